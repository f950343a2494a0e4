"""The scanner in the table, as an eSCL server: glass and feeder, one job at a time, pages taken from the world.

Behaves as AirSane and go-mfp do: a job on an empty feeder is made and its first NextDocument is 404; after the last
page the job is completed before the 404 that tells so; a jam is 409, AdfState Jam, State Stopped until it is cleared.
"""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

from starlette.applications import Starlette
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from emulator.devices.listener import bound_socket
from emulator.devices.scanner_values import offered_by
from emulator.paper.scan_image import MADE, PLATEN, clipped, scan_page
from emulator.world.live_world import LiveWorld
from emulator.world.world import World
from lisa_core.domain.model.errors import HarnessError, ProtocolError
from lisa_core.equipment.codecs import escl
from lisa_core.equipment.codecs.escl_capabilities import write_capabilities
from lisa_core.equipment.codecs.xml_tree import MAX_XML
from lisa_core.web.asgi import serve

ABANDONED_S = 30.0
"""Seconds after the last request for a page until a job gives way to the next one."""
KEPT_JOBS = 8
BODY_S = 10.0
"""Seconds until a request must be complete, however steadily it comes."""

_IDENTITY = uuid.uuid5(uuid.NAMESPACE_URL, "lisa:emulated:scanner")
_GLASS = escl.InputCaps(
    min_width=16,
    max_width=PLATEN.width,
    min_height=16,
    max_height=PLATEN.height,
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
    uuid=str(_IDENTITY),
    sources={escl.Source.PLATEN: _GLASS, escl.Source.FEEDER: _FEEDER},
)


@dataclass(slots=True)
class Job:
    """One scan job. `asked_at_s` is when its client was last heard of, in loop time."""

    number: int
    request: escl.ScanRequest
    asked_at_s: float
    state: escl.JobState = escl.JobState.PROCESSING
    delivered: int = 0
    id: str = field(init=False)

    def __post_init__(self) -> None:
        self.id = str(uuid.uuid5(_IDENTITY, str(self.number)))


def status_of(world: World, jobs: tuple[Job, ...] = ()) -> escl.ScannerStatus:
    """What the scanner says of itself, given the world and its jobs (newest last)."""
    active = next((job for job in jobs if job.state is escl.JobState.PROCESSING), None)
    infos = tuple(escl.JobInfo(f"/eSCL/ScanJobs/{job.id}", job.id, job.state, job.delivered) for job in reversed(jobs))
    if world.jammed:
        return escl.ScannerStatus(escl.State.STOPPED, escl.FeederState.JAM, infos)
    state = escl.State.PROCESSING if active else escl.State.IDLE
    if active and active.request.source is escl.Source.FEEDER:
        return escl.ScannerStatus(state, escl.FeederState.PROCESSING, infos)
    return escl.ScannerStatus(state, escl.FeederState.LOADED if world.feeder else escl.FeederState.EMPTY, infos)


class ScannerServer:
    """The mechanism behind the addresses."""

    def __init__(self, world: LiveWorld, offered: escl.Capabilities = CAPABILITIES) -> None:
        self._world, self._offered = world, offered
        self._jobs: list[Job] = []
        self._made = 0
        self._mechanism = asyncio.Lock()

    def routes(self) -> list[Route]:
        """The addresses of eSCL."""
        return [
            Route("/eSCL/ScannerCapabilities", self.capabilities),
            Route("/eSCL/ScannerStatus", self.status),
            Route("/eSCL/ScanJobs", self.make_job, methods=["POST"]),
            Route("/eSCL/ScanJobs/{job}/NextDocument", self.next_document),
            Route("/eSCL/ScanJobs/{job}", self.cancel_job, methods=["DELETE"]),
        ]

    async def capabilities(self, http: HttpRequest) -> Response:
        return _xml(write_capabilities(self._offered))

    async def status(self, http: HttpRequest) -> Response:
        return _xml(escl.write_status(status_of(self._world.state, tuple(self._jobs))))

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
        if self._world.state.jammed or not is_offered(self._offered, request):
            return Response(status_code=409)
        self._made += 1
        job = Job(self._made, request, asyncio.get_running_loop().time())
        self._jobs = [*self._jobs[1 - KEPT_JOBS :], job]
        made = Response(status_code=201)
        # Starlette would write the name in small letters, and libsane's escl backend looks for it letter by letter.
        made.raw_headers.append((b"Location", f"http://{http.url.netloc}/eSCL/ScanJobs/{job.id}".encode("latin-1")))
        return made

    async def next_document(self, http: HttpRequest) -> Response:
        job = self._job(http)
        if job is None:
            return Response(status_code=404)
        async with self._mechanism:
            job.asked_at_s = asyncio.get_running_loop().time()
            try:
                page = await self._take_page(job) if job.state is escl.JobState.PROCESSING else None
                if page is None:
                    return Response(status_code=409 if self._world.state.jammed else 404)
                data = await asyncio.to_thread(scan_page, page, job.request)
            except HarnessError as error:
                job.state = escl.JobState.ABORTED
                return Response(str(error), status_code=500)
            return Response(data, media_type=job.request.media_type)

    async def cancel_job(self, http: HttpRequest) -> Response:
        job = self._job(http)
        if job is None:
            return Response(status_code=404)
        if job.state is escl.JobState.PROCESSING:
            job.state = escl.JobState.CANCELED
        return Response(status_code=200)

    async def _take_page(self, job: Job) -> str | None:
        """Take the next page from the glass or the feeder; None when there is none or it got stuck."""
        job.delivered += 1
        if job.request.source is escl.Source.PLATEN:
            job.state = escl.JobState.COMPLETED
            return self._world.state.glass
        page = next(iter(self._world.state.feeder), None)
        jam = page is not None and self._world.state.jam_after == job.delivered
        if page is not None:
            await self._world.act("draw_in", jam=jam)
        if page is None or jam:
            job.delivered -= 1
        if jam:
            job.state = escl.JobState.ABORTED
        elif not self._world.state.feeder:
            job.state = escl.JobState.COMPLETED
        return None if jam else page

    def _busy(self) -> bool:
        active = next((job for job in self._jobs if job.state is escl.JobState.PROCESSING), None)
        if active and asyncio.get_running_loop().time() - active.asked_at_s > ABANDONED_S:
            active.state = escl.JobState.ABORTED
            return False
        return active is not None

    def _job(self, http: HttpRequest) -> Job | None:
        return next((job for job in self._jobs if job.id == http.path_params["job"]), None)


@contextlib.asynccontextmanager
async def open_scanner(
    world: LiveWorld, *, listen: str = "", personality: str = "", offered: escl.Capabilities = CAPABILITIES
) -> AsyncIterator[str]:
    """Run the scanner; yields http://host:port/eSCL. Raises `LisaError` when `listen` cannot be had.

    `offered`: what it says that it can do, and does; with a `personality` what that one offers (`scanner_values`).
    """
    offered = offered_by(personality) if personality else offered
    app = Pluggable(world, Starlette(routes=ScannerServer(world, offered).routes()))
    async with serve(app, bound_socket(listen)) as address:
        yield f"http://{address}/eSCL"


class Pluggable:
    """While the scanner is unplugged nothing is answered; what was asked meanwhile is not done afterwards."""

    def __init__(self, world: LiveWorld, app: Starlette) -> None:
        self._world, self._app = world, app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or "scanner" not in self._world.state.silent:
            await self._app(scope, receive, send)
            return
        back, given_up = asyncio.create_task(self._plugged_in()), asyncio.create_task(_given_up(receive))
        try:
            await asyncio.wait((back, given_up), return_when=asyncio.FIRST_COMPLETED)
            if not given_up.done():
                await Response(status_code=503)(scope, receive, send)
        finally:
            back.cancel()
            given_up.cancel()

    async def _plugged_in(self) -> None:
        while "scanner" in (state := self._world.state).silent:
            await self._world.changed(state.revision)


async def _given_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _bounded_body(http: HttpRequest) -> bytes | None:
    body = bytearray()
    async for chunk in http.stream():
        body += chunk
        if len(body) > MAX_XML:
            return None
    return bytes(body)


def is_offered(offered: escl.Capabilities, request: escl.ScanRequest) -> bool:
    """Whether a scanner that offers this takes the request, as strictly as a real one may."""
    caps = offered.sources.get(request.source)
    if caps is None:
        return False
    region = clipped(request.region)
    return (
        request.media_type in caps.media_types
        and request.media_type in MADE
        and request.resolution_dpi in caps.resolutions_dpi
        and request.colour_mode in caps.colour_modes
        and min(region.width, region.height) > 0
        and request.duplex == caps.both_sides
    )


def _xml(data: bytes) -> Response:
    return Response(data, media_type="text/xml")
