"""The mechanism of the emulated scanner, and the addresses of eSCL before it: one job at a time, pages from the world.

Behaves as AirSane and go-mfp do: a job on an empty feeder is made and its first NextDocument is 404; after the last
page the job is completed before the 404 that tells so; a jam is 409, AdfState Jam, State Stopped until it is cleared.
"""

from __future__ import annotations

import asyncio

from starlette.requests import Request as HttpRequest
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from emulator.devices.http.body import whole_body
from emulator.devices.scanning.agreement import agreed_on, why_refused
from emulator.devices.scanning.jobs import AS_IT_SHOULD, JOBS, ROOT, Job, active, status_of
from emulator.devices.scanning.sheets import COVER, CUT, GONE, NOTHING, WRONG_TYPE, draw, look_of, occupied, spoilt
from emulator.devices.scanning.values import RELATIVE, Habits
from emulator.paper.scan_image import kept, pixels, scan_page
from emulator.world.live_world import LiveWorld
from lisa_core.domain.model.errors import HarnessError, ProtocolError
from lisa_core.equipment.codecs import escl
from lisa_core.equipment.codecs.escl_capabilities import write_capabilities
from lisa_core.equipment.codecs.escl_image_info import ImageInfo, write_image_info
from lisa_core.equipment.codecs.xml_tree import MAX_XML

ABANDONED_S = 30.0
"""Seconds after the last request for a page until a job gives way to the next one."""
KEPT_JOBS = 8
BODY_S = 10.0
"""Seconds until a request must be complete."""
SETTLES_S = 0.1
"""Seconds after a page for which a feeder that is `too_early` does not see the next sheet; at real pace:"""
SETTLES_PACED_S = 1.0
"""as long as sane-airscan waits at most (ESCL_NEXT_LOAD_DELAY)."""


class ScannerServer:
    """The mechanism behind the addresses."""

    def __init__(
        self,
        world: LiveWorld,
        offered: escl.Capabilities,
        habits: Habits = AS_IT_SHOULD,
        *,
        pace: bool = False,
    ) -> None:
        self._world, self._offered, self._habits, self._pace = world, offered, habits, pace
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

    def app(self) -> ASGIApp:
        """All of them; pages without what a framework does around an answer, as fast as from a bare server."""
        others = Router(self.routes())

        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            job, _, what = scope.get("path", "").removeprefix(f"{JOBS}/").partition("/")
            if what == "NextDocument" and job and scope.get("method") == "GET":
                scope["path_params"] = {"job": job}
                response = await self.next_document(HttpRequest(scope))
                await response(scope, receive, send)
            else:
                await others(scope, receive, send)

        return answer

    async def capabilities(self, http: HttpRequest) -> Response:
        return _xml(write_capabilities(self._offered))

    async def status(self, http: HttpRequest) -> Response:
        return _xml(escl.write_status(status_of(self._world.state, self._jobs, self._habits)))

    async def make_job(self, http: HttpRequest) -> Response:
        body = await whole_body(http, MAX_XML, BODY_S)
        if isinstance(body, Response):
            return body
        try:
            request = escl.read_request(body)
        except ProtocolError as error:
            return Response(str(error), status_code=400)
        if self._busy() or occupied(self._world.state):
            return Response(status_code=503, headers={"Retry-After": "1"})
        agreed = agreed_on(self._offered, request)
        if agreed is None:
            return PlainTextResponse(why_refused(self._offered, request), status_code=409)
        if self._world.state.jammed or COVER in self._world.state.faults:
            return Response(status_code=409)
        self._made += 1
        job = Job(self._made, agreed, asyncio.get_running_loop().time(), name=self._habits.job_name)
        self._jobs = (*self._jobs[1 - KEPT_JOBS :], job)
        await self._takes(self._habits.job_s)
        made = Response(status_code=201)
        # Starlette would write the name in small letters, and libsane's escl backend looks for it letter by letter.
        made.raw_headers.append((b"Location", self._place_of(job, http).encode("latin-1")))
        return made

    async def next_document(self, http: HttpRequest) -> Response:
        if (job := self._job(http)) is None:
            return Response(status_code=404)
        if spoilt(self._world.state) == GONE:
            self._jobs = tuple(one for one in self._jobs if one is not job)
            return Response(status_code=410)
        async with self._mechanism:
            job.asked_at_s = asyncio.get_running_loop().time()
            job.early = self._too_early(job)
            if job.early:
                return Response(status_code=404)
            try:
                page = await self._take_page(job) if job.runs else None
                if page is None:
                    return Response(status_code=409 if self._world.state.jammed or job.fault else 404)
                await self._takes(self._habits.page_s)
                look = look_of(self._world.state)
                if (data := kept(page, job.request, look)) is None:
                    data = await asyncio.to_thread(scan_page, page, job.request, look)
            except HarnessError as error:
                job.state = escl.JobState.ABORTED
                return Response(str(error), status_code=500)
            job.last, job.handed_at_s = page, asyncio.get_running_loop().time()
            return self._handed_out(data, job.request.media_type)

    def _handed_out(self, data: bytes, media_type: str) -> Response:
        if fault := spoilt(self._world.state):
            data = {CUT: data[: len(data) // 2], NOTHING: b""}.get(fault, data)
        return Response(data, media_type="text/html" if WRONG_TYPE in self._world.state.faults else media_type)

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
        moved = {"Location": f"https://{http.url.hostname}:443{job.path}"} if self._habits.deleted == 301 else {}
        return Response(status_code=self._habits.deleted, headers=moved)

    def _place_of(self, job: Job, http: HttpRequest) -> str:
        """Where it says that the job is; some name themselves as nobody else does."""
        if self._habits.location == RELATIVE:
            return job.path
        return f"{http.url.scheme}://{self._habits.location or http.url.netloc}{job.path}"

    def _too_early(self, job: Job) -> bool:
        if not (self._habits.too_early and job.runs and job.delivered):
            return False
        return job.asked_at_s - job.handed_at_s < (SETTLES_PACED_S if self._pace else SETTLES_S)

    async def _takes(self, seconds: float) -> None:
        """As long as the real one takes, where its pace is kept."""
        if self._pace and seconds:
            await asyncio.sleep(seconds)

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
        job.fault = drawn.fault
        if not drawn.fault:
            await self._world.act("draw_in", jam=drawn.jam)
        job.sheets, job.pages = job.sheets + 1, drawn.pages
        if not drawn.pages:
            job.state = escl.JobState.ABORTED

    def _busy(self) -> bool:
        running = active(self._jobs)
        if running and asyncio.get_running_loop().time() - running.asked_at_s > ABANDONED_S:
            running.state = escl.JobState.ABORTED
            return False
        return running is not None

    def _job(self, http: HttpRequest) -> Job | None:
        return next((job for job in self._jobs if job.id == http.path_params["job"]), None)


def _xml(data: bytes) -> Response:
    return Response(data, media_type="text/xml")
