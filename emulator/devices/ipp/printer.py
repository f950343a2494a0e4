"""The emulated IPP printer without its network: a queue, one job printed after the other, an answer to each request.

What is printed lands in the world's tray. It works as real ones do: a job is taken at once and printed when those
before it are done; in a printer that stands it waits; without power all jobs are gone.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Callable, Mapping

from emulator.devices.ipp import requests
from emulator.devices.ipp.attributes import Now, chosen, joined
from emulator.devices.ipp.documents import judged, unpacked
from emulator.devices.ipp.jobs import Job, job_attributes
from emulator.devices.ipp.requests import RefusedError, flag, text
from emulator.devices.printer_state import BUSY, GIVES_UP, HALF, TONER, condition
from emulator.paper.printed import half_sheet
from emulator.world.live_world import LiveWorld
from lisa_core.equipment.codecs.ipp.message import Group, Message
from lisa_core.equipment.codecs.ipp.values import Attribute, Collection, Data, Tag, attribute
from lisa_core.equipment.codecs.ipp.words import GroupTag, Operation, PrinterState, PrintJobState, StatusCode

MOST_WAITING, KEPT = 20, 50
"""Jobs that may wait at once, and those that are remembered when they are over."""
ABANDONED_S = 60
"""Seconds until a job without its document is given up ("multiple-operation-time-out")."""
_WHICH = ("completed", "not-completed")
"""What a printer tells that does not say what it tells (RFC 8011, 4.2.6.1)."""
_JOB_DEFAULT = ("job-uri", "job-id")
_ANSWERED = ("job-uri", "job-id", "job-state", "job-state-reasons")


class EmulatedPrinter:
    """One printer. `address` is where it can be reached, as host:port."""

    def __init__(self, world: LiveWorld, address: str, secure: bool, offer: Collection) -> None:
        self._world, self._address, self._secure, self._offer = world, address, secure, offer
        self._jobs: list[Job] = []
        self._made = 0
        self._since_s = asyncio.get_running_loop().time()
        self._changed = asyncio.Event()

    def answer(self, request: Message, document: bytes) -> Message:
        """The answer to a request; its document has arrived as a whole."""
        try:
            first = requests.operation_attributes(request)
            handler = _HANDLERS.get(request.code)
            if handler is None or request.code not in self._values("operations-supported"):
                raise RefusedError(StatusCode.OPERATION_NOT_SUPPORTED)
            template = request.group(GroupTag.JOB).attributes
            status, groups = handler(self, _Request(first, requests.target(first), template, document))
        except RefusedError as refused:
            unsupported = (Group(GroupTag.UNSUPPORTED, refused.unsupported),) if refused.unsupported else ()
            return _response(request, refused.status, unsupported, refused.why)
        return _response(request, status, groups)

    async def work(self) -> None:
        """Print what waits, for ever."""
        while True:
            self._changed.clear()
            job = next(
                (one for one in self._jobs if one.state is PrintJobState.PENDING and one.document is not None), None
            )
            if job is None:
                await self._changed.wait()
            else:
                await self._print(job)

    def lose_power(self) -> None:
        """It has no disk: whatever it knew of its jobs is gone."""
        for job in [*self._jobs]:
            self._end(job, PrintJobState.ABORTED, "aborted-by-system")
        self._jobs.clear()
        self._since_s = asyncio.get_running_loop().time()

    async def _print(self, job: Job) -> None:
        job.state, job.begun_s = PrintJobState.PROCESSING, self._up_s()
        job.reasons = ("job-printing",)
        offer = Group(GroupTag.PRINTER, self._offer)
        found = await asyncio.to_thread(judged, job.name, job.format, job.document or b"", offer)
        if job.is_over:  # canceled meanwhile
            return
        if found.why:
            self._end(job, PrintJobState.ABORTED, found.why)
            return
        job.pages = found.pages
        for _ in range(job.copies):
            await self._while_it_stands(job)
            if job.is_over:
                return
            if (fault := condition(self._world.state).fault) in (HALF, GIVES_UP):
                await self._break_off(job, half=fault == HALF)
                return
            await self._world.act("hand_out", sheet=found.sheet)
            job.printed += job.pages
        self._end(job, PrintJobState.COMPLETED, "job-completed-successfully")

    async def _while_it_stands(self, job: Job) -> None:
        """Wait until somebody has seen to it; the job may be canceled meanwhile."""
        while (how := condition(state := self._world.state)).stands and not job.is_over:
            job.state, job.reasons = PrintJobState.STOPPED, ("printer-stopped", how.reasons[0])
            await self._world.changed(state.revision)
        if not job.is_over:
            job.state, job.reasons = PrintJobState.PROCESSING, ("job-printing",)

    async def _break_off(self, job: Job, half: bool) -> None:
        if half:
            await self._world.act("hand_out", sheet=half_sheet(job.name))
        self._end(job, PrintJobState.ABORTED, "aborted-by-system")

    def _end(self, job: Job, state: PrintJobState, reason: str) -> None:
        if job.is_over:  # canceled while its last sheet came out, it stays so
            return
        job.state, job.reasons, job.over_s = state, (reason,), self._up_s()
        job.document = b""  # nothing is kept of what was printed
        over = [one for one in self._jobs if one.is_over]
        for old in over[:-KEPT]:
            self._jobs.remove(old)
        self._changed.set()

    def _up_s(self) -> int:
        return int(asyncio.get_running_loop().time() - self._since_s) + 1

    def _now(self) -> Now:
        waiting, how = [job for job in self._jobs if not job.is_over], condition(self._world.state)
        state = PrinterState.PROCESSING if waiting or how.fault == BUSY else PrinterState.IDLE
        state, supply = PrinterState.STOPPED if how.stands else state, 0 if how.fault == TONER else 80
        return Now(self._address, self._secure, state, how.reasons, self._up_s(), len(waiting), supply)

    def _values(self, name: str) -> tuple[Data, ...]:
        return Group(GroupTag.PRINTER, self._offer).all(name)

    def get_printer_attributes(self, asked: _Request) -> _Answer:
        requests.document_format(asked.first, self._values("document-format-supported"))
        told = chosen(joined(self._offer, self._now()), asked.wanted())
        return StatusCode.OK, (Group(GroupTag.PRINTER, told),)

    def validate_job(self, asked: _Request) -> _Answer:
        return self._judged(asked)

    def print_job(self, asked: _Request) -> _Answer:
        status, unsupported = self._judged(asked)
        document = self._document(asked)
        if not document:
            raise RefusedError(StatusCode.BAD_REQUEST, "the document is missing")
        job = self._new(asked, unsupported)
        job.format = self._format(asked)
        job.take(document)
        return status, (*unsupported, self._told(job, _ANSWERED))

    def create_job(self, asked: _Request) -> _Answer:
        status, unsupported = self._judged(asked)
        job = self._new(asked, unsupported)
        job.state, job.reasons = PrintJobState.HELD, ("job-incoming",)
        return status, (*unsupported, self._told(job, _ANSWERED))

    def send_document(self, asked: _Request) -> _Answer:
        job, last = self._job(asked), flag(asked.first, "last-document")
        if last is None:
            raise RefusedError(StatusCode.BAD_REQUEST, "last-document is missing")
        if job.is_over:
            raise RefusedError(StatusCode.NOT_POSSIBLE, "the job is over")
        if job.document is not None:
            raise RefusedError(StatusCode.ONE_DOCUMENT, "a job has one document here")
        job.format, document = self._format(asked), self._document(asked)
        if document:
            job.take(document)
        if last:
            self._close(job)
        return StatusCode.OK, (self._told(job, _ANSWERED),)

    def close_job(self, asked: _Request) -> _Answer:
        self._close(self._job(asked))
        return StatusCode.OK, ()

    def _close(self, job: Job) -> None:
        if job.state is not PrintJobState.HELD:
            return
        if job.document is None:
            self._end(job, PrintJobState.ABORTED, "aborted-by-system")
            return
        job.state, job.reasons = PrintJobState.PENDING, ()
        self._changed.set()

    def cancel_job(self, asked: _Request) -> _Answer:
        job = self._job(asked)
        if job.is_over:
            raise RefusedError(StatusCode.NOT_POSSIBLE, "the job is over")
        self._end(job, PrintJobState.CANCELED, "job-canceled-by-user")
        return StatusCode.OK, ()

    def cancel_my_jobs(self, asked: _Request) -> _Answer:
        for job in [one for one in self._jobs if not one.is_over and one.user == asked.user()]:
            self._end(job, PrintJobState.CANCELED, "job-canceled-by-user")
        return StatusCode.OK, ()

    def get_job_attributes(self, asked: _Request) -> _Answer:
        return StatusCode.OK, (self._told(self._job(asked), asked.wanted()),)

    def get_jobs(self, asked: _Request) -> _Answer:
        which = text(asked.first, "which-jobs", Tag.KEYWORD) or "not-completed"
        if which not in (self._values("which-jobs-supported") or _WHICH):
            wrong = attribute("which-jobs", Tag.KEYWORD, which)
            raise RefusedError(StatusCode.NOT_SUPPORTED, f"{which} is not told here", (wrong,))
        found = [job for job in self._jobs if which == "all" or job.is_over == (which == "completed")]
        if flag(asked.first, "my-jobs"):
            found = [job for job in found if job.user == asked.user()]
        limit = requests.limit(asked.first)
        ordered = sorted(found, key=lambda job: -job.id) if which == "completed" else found
        return StatusCode.OK, tuple(self._told(job, asked.wanted() or _JOB_DEFAULT) for job in ordered[:limit])

    def identify_printer(self, asked: _Request) -> _Answer:
        return StatusCode.OK, ()

    def _told(self, job: Job, wanted: tuple[str, ...]) -> Group:
        names = frozenset(one.name for one in job.template)
        return Group(GroupTag.JOB, chosen(job_attributes(job, self._now()), wanted, names))

    def _judged(self, asked: _Request) -> _Answer:
        """What a job asks for that is not offered: it is refused where the client insists, and left out elsewhere."""
        self._format(asked)
        requests.compression(asked.first, self._values("compression-supported"))
        wrong = requests.unsupported(asked.template, self._offer)
        if not wrong:
            return StatusCode.OK, ()
        if flag(asked.first, "ipp-attribute-fidelity"):
            raise RefusedError(StatusCode.NOT_SUPPORTED, "not offered", wrong)
        return StatusCode.OK_IGNORED, (Group(GroupTag.UNSUPPORTED, wrong),)

    def _format(self, asked: _Request) -> str:
        return requests.document_format(asked.first, self._values("document-format-supported"))

    def _document(self, asked: _Request) -> bytes:
        packed = requests.compression(asked.first, self._values("compression-supported"))
        try:
            return unpacked(asked.document, packed)
        except zlib.error as error:
            raise RefusedError(StatusCode.COMPRESSION_ERROR, str(error)) from None
        except ValueError as error:
            raise RefusedError(StatusCode.TOO_LARGE, str(error)) from None

    def _new(self, asked: _Request, unsupported: tuple[Group, ...]) -> Job:
        self._abandon()
        full = sum(not job.is_over for job in self._jobs) >= MOST_WAITING
        if full or condition(self._world.state).fault == BUSY:
            raise RefusedError(StatusCode.BUSY, "too many jobs wait")
        names = {one.name for group in unsupported for one in group.attributes}
        self._made += 1
        named = text(asked.first, "job-name", Tag.NAME) or text(asked.first, "document-name", Tag.NAME)
        template = tuple(one for one in asked.template if one.name not in names)
        job = Job(self._made, named or f"Auftrag {self._made}", asked.user(), self._up_s(), template)
        self._jobs.append(job)
        self._changed.set()
        return job

    def _abandon(self) -> None:
        for job in [*self._jobs]:
            if job.state is PrintJobState.HELD and self._up_s() - job.made_s > ABANDONED_S:
                self._end(job, PrintJobState.ABORTED, "aborted-by-system")

    def _job(self, asked: _Request) -> Job:
        if not asked.job:
            raise RefusedError(StatusCode.BAD_REQUEST, "job-id or job-uri is missing")
        found = next((job for job in self._jobs if job.id == asked.job), None)
        if found is None:
            raise RefusedError(StatusCode.NOT_FOUND, "no such job")
        return found


class _Request:
    """A request that keeps the rules: its first group, the job that it is about (0: none), what a new job asks for."""

    def __init__(self, first: Group, job: int, template: Collection, document: bytes) -> None:
        self.first, self.job, self.template, self.document = first, job, template, document

    def user(self) -> str:
        return text(self.first, "requesting-user-name", Tag.NAME) or "anonymous"

    def wanted(self) -> tuple[str, ...]:
        return tuple(one for one in self.first.all("requested-attributes") if isinstance(one, str))


_Answer = tuple[StatusCode, tuple[Group, ...]]
_HANDLERS: Mapping[int, Callable[[EmulatedPrinter, _Request], _Answer]] = {
    Operation.PRINT_JOB: EmulatedPrinter.print_job,
    Operation.VALIDATE_JOB: EmulatedPrinter.validate_job,
    Operation.CREATE_JOB: EmulatedPrinter.create_job,
    Operation.SEND_DOCUMENT: EmulatedPrinter.send_document,
    Operation.CANCEL_JOB: EmulatedPrinter.cancel_job,
    Operation.GET_JOB_ATTRIBUTES: EmulatedPrinter.get_job_attributes,
    Operation.GET_JOBS: EmulatedPrinter.get_jobs,
    Operation.GET_PRINTER_ATTRIBUTES: EmulatedPrinter.get_printer_attributes,
    Operation.CANCEL_MY_JOBS: EmulatedPrinter.cancel_my_jobs,
    Operation.CLOSE_JOB: EmulatedPrinter.close_job,
    Operation.IDENTIFY_PRINTER: EmulatedPrinter.identify_printer,
}


def _response(request: Message, status: StatusCode, groups: tuple[Group, ...], why: str = "") -> Message:
    opening: tuple[Attribute, ...] = (
        attribute("attributes-charset", Tag.CHARSET, "utf-8"),
        attribute("attributes-natural-language", Tag.LANGUAGE, "en"),
    )
    if why:
        opening += (attribute("status-message", Tag.TEXT, why[:255]),)
    version = request.version if request.version[0] in (1, 2) else (2, 0)
    return Message(status, request.request_id, (Group(GroupTag.OPERATION, opening), *groups), version)
