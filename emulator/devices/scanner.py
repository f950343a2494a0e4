"""The scanner in the table, as an eSCL server: glass and feeder, one job at a time, pages taken from the world.

Behaves as AirSane and go-mfp do: a job on an empty feeder is made and its first NextDocument is 404; after the last
page the job is completed before the 404 that tells so; a jam is 409, AdfState Jam, State Stopped until it is cleared.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from dataclasses import replace

from starlette.applications import Starlette
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import Route

from emulator.devices.listener import bound_socket
from emulator.devices.scanning.certificate import own_certificate
from emulator.devices.scanning.jobs import IDENTITY, JOBS, ROOT, Job, active, status_of
from emulator.devices.scanning.pluggable import Pluggable
from emulator.devices.scanning.sheets import draw
from emulator.devices.scanning.values import offered_by
from emulator.paper.scan_image import MADE, SHEET, clipped, pixels, scan_page
from emulator.world.live_world import LiveWorld
from lisa_core.domain.model.errors import HarnessError, ProtocolError
from lisa_core.equipment.codecs import escl
from lisa_core.equipment.codecs.escl_capabilities import write_capabilities
from lisa_core.equipment.codecs.escl_image_info import ImageInfo, write_image_info
from lisa_core.equipment.codecs.xml_tree import MAX_XML
from lisa_core.web.asgi import serve

ABANDONED_S = 30.0
"""Seconds after the last request for a page until a job gives way to the next one."""
KEPT_JOBS = 8
BODY_S = 10.0
"""Seconds until a request must be complete, however steadily it comes."""
TLS = "https://"

_GLASS = escl.InputCaps(
    min_width=16,
    max_width=SHEET.width,
    min_height=16,
    max_height=SHEET.height,
    colour_modes=tuple(escl.ColourMode),
    media_types=("image/jpeg", "image/png", "application/pdf"),
    resolutions_dpi=(75, 100, 150, 200, 300),
)
# No PNG: few feeders offer it, and Debian's libsane-escl asks a feeder for PNG if it can, then cannot read it.
_FEEDER = replace(_GLASS, media_types=("image/jpeg", "application/pdf"))
CAPABILITIES = escl.Capabilities(
    version="2.63",
    make_and_model="LISA Emulated Scanner",
    serial="LISA-0001",
    uuid=str(IDENTITY),
    sources={escl.Source.PLATEN: _GLASS, escl.Source.FEEDER: _FEEDER},
    duplex=replace(_FEEDER, both_sides=True),
)


class ScannerServer:
    """The mechanism behind the addresses."""

    def __init__(self, world: LiveWorld, offered: escl.Capabilities = CAPABILITIES) -> None:
        self._world, self._offered = world, offered
        self._jobs: tuple[Job, ...] = ()
        self._made = 0
        self._mechanism = asyncio.Lock()

    def routes(self) -> list[Route]:
        """The addresses of eSCL."""
        return [
            Route(f"{JOBS}/{{job}}/NextDocument", self.next_document),
            Route(f"{ROOT}/ScannerCapabilities", self.capabilities),
            Route(f"{ROOT}/ScannerStatus", self.status),
            Route(JOBS, self.make_job, methods=["POST"]),
            Route(f"{JOBS}/{{job}}/ScanImageInfo", self.image_info),
            Route(f"{JOBS}/{{job}}", self.cancel_job, methods=["DELETE"]),
        ]

    async def capabilities(self, http: HttpRequest) -> Response:
        return _xml(write_capabilities(self._offered))

    async def status(self, http: HttpRequest) -> Response:
        return _xml(escl.write_status(status_of(self._world.state, self._jobs)))

    async def make_job(self, http: HttpRequest) -> Response:
        try:
            async with asyncio.timeout(BODY_S):
                body = await _bounded_body(http)
        except TimeoutError:
            return Response(status_code=408)
        if body is None:
            return Response(status_code=413)
        try:
            request = escl.read_request(body)
        except ProtocolError as error:
            return Response(str(error), status_code=400)
        if self._busy():
            return Response(status_code=503, headers={"Retry-After": "1"})
        agreed = agreed_on(self._offered, request)
        if agreed is None or self._world.state.jammed:
            return Response(status_code=409)
        self._made += 1
        job = Job(self._made, agreed, asyncio.get_running_loop().time())
        self._jobs = (*self._jobs[1 - KEPT_JOBS :], job)
        made = Response(status_code=201)
        # Starlette would write the name in small letters, and libsane's escl backend looks for it letter by letter.
        made.raw_headers.append((b"Location", f"{http.url.scheme}://{http.url.netloc}{job.path}".encode("latin-1")))
        return made

    async def next_document(self, http: HttpRequest) -> Response:
        if (job := self._job(http)) is None:
            return Response(status_code=404)
        async with self._mechanism:
            job.asked_at_s = asyncio.get_running_loop().time()
            try:
                page = await self._take_page(job) if job.runs else None
                if page is None:
                    return Response(status_code=409 if self._world.state.jammed else 404)
                data = await asyncio.to_thread(scan_page, page, job.request)
            except HarnessError as error:
                job.state = escl.JobState.ABORTED
                return Response(str(error), status_code=500)
            job.last = page
            return Response(data, media_type=job.request.media_type)

    async def image_info(self, http: HttpRequest) -> Response:
        """Of the page that was handed out last; before there is one nothing is known."""
        job = self._job(http)
        if job is None or job.last is None:
            return Response(status_code=404)
        return _xml(write_image_info(ImageInfo(job.path, job.id, *pixels(job.request), blank=not job.last)))

    async def cancel_job(self, http: HttpRequest) -> Response:
        if (job := self._job(http)) is None:
            return Response(status_code=404)
        if job.runs:
            job.state = escl.JobState.CANCELED
        return Response(status_code=200)

    async def _take_page(self, job: Job) -> str | None:
        """Take the next page from the glass or the feeder; None when there is none or it got stuck."""
        if job.request.source is escl.Source.PLATEN:
            job.state, job.delivered = escl.JobState.COMPLETED, 1
            return self._world.state.glass
        if not job.pages:
            await self._draw_in(job)
        if not job.pages:
            return None
        page, *left = job.pages
        job.pages, job.delivered = tuple(left), job.delivered + 1
        if not left and not self._world.state.feeder:
            job.state = escl.JobState.COMPLETED
        return page

    async def _draw_in(self, job: Job) -> None:
        drawn = draw(self._world.state, job.sheets + 1, both_sides=job.request.duplex)
        if drawn is None:
            job.state = escl.JobState.COMPLETED
            return
        await self._world.act("draw_in", jam=drawn.jam)
        job.sheets, job.pages = job.sheets + 1, drawn.pages
        if drawn.jam:
            job.state = escl.JobState.ABORTED

    def _busy(self) -> bool:
        running = active(self._jobs)
        if running and asyncio.get_running_loop().time() - running.asked_at_s > ABANDONED_S:
            running.state = escl.JobState.ABORTED
            return False
        return running is not None

    def _job(self, http: HttpRequest) -> Job | None:
        return next((job for job in self._jobs if job.id == http.path_params["job"]), None)


@contextlib.asynccontextmanager
async def open_scanner(
    world: LiveWorld, *, listen: str = "", personality: str = "", offered: escl.Capabilities = CAPABILITIES
) -> AsyncIterator[str]:
    """Run the scanner; yields http://host:port/eSCL. Raises `LisaError` when `listen` cannot be had.

    `listen`: "host:port"; "https://host:port" serves TLS with a certificate of its own. `offered`: what it says that it
    can do, and does; with a `personality` what that one offers (`scanning.values`).
    """
    offered = offered_by(personality) if personality else offered
    tls = _own_tls(offered.make_and_model) if listen.startswith(TLS) else None
    app = Pluggable("scanner", world, Starlette(routes=ScannerServer(world, offered).routes()))
    async with serve(app, bound_socket(listen.partition("://")[2] or listen), tls=tls) as address:
        yield f"{'https' if tls else 'http'}://{address}{ROOT}"


def _own_tls(name: str) -> ssl.SSLContext:
    return own_certificate(name[:60] or "scanner").tls


async def _bounded_body(http: HttpRequest) -> bytes | None:
    body = bytearray()
    async for chunk in http.stream():
        body += chunk
        if len(body) > MAX_XML:
            return None
    return bytes(body)


def agreed_on(offered: escl.Capabilities, request: escl.ScanRequest) -> escl.ScanRequest | None:
    """The request as a scanner that offers this does it, its region cut to size; None where it refuses.

    As strict as a real one may be.
    """
    caps = offered.offer(request.source, request.duplex)
    if caps is None:
        return None
    region = clipped(request.region, caps)
    fits = (
        request.media_type in caps.media_types
        and request.media_type in MADE
        and request.resolution_dpi in caps.resolutions_dpi
        and request.colour_mode in caps.colour_modes
        and region.width >= max(1, caps.min_width)
        and region.height >= max(1, caps.min_height)
    )
    return replace(request, region=region) if fits else None


def _xml(data: bytes) -> Response:
    return Response(data, media_type="text/xml")
