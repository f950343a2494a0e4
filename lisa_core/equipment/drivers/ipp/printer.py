"""A printer that speaks IPP: one sheet after the other, each watched until it lies there.

A job ends in one of three ways. It is completed: that is a sheet. It fails: the printer says so. Or it would have to
wait for somebody, for paper or for a cover: then it is taken back, so that nothing comes out when the next citizen sits
there. What an earlier run of the booth has left in the queue is taken back before the next sheet, and so is what a
visit leaves that ends while it prints. A job that is done although it was being taken back is a sheet.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable
from dataclasses import dataclass, field

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import DeviceIdentity
from lisa_core.equipment.codecs.ipp.message import Group, Message
from lisa_core.equipment.codecs.ipp.values import Attribute, Tag, attribute
from lisa_core.equipment.codecs.ipp.words import GroupTag, Operation, PrintJobState, StatusCode, is_ok
from lisa_core.equipment.drivers.ipp.faults import (
    Trouble,
    job_trouble,
    may_come_later,
    number_of,
    refusal,
    stands,
    standstill,
    word_of,
    words_of,
)
from lisa_core.equipment.drivers.ipp.form import PrintForm, UnprintableError, as_form, chosen_form
from lisa_core.equipment.drivers.ipp.identity import identity_of
from lisa_core.equipment.drivers.ipp.talk import IppTalk

LOOK_S = 3.0
"""Seconds until a printer has to say how it is."""
TAKE_BACK_S = 2.0
"""Seconds for taking back what would be printed for nobody: so long the wiping of a visit may wait for it."""
MAX_NAME = 80
_STATE = ("printer-state", "printer-state-reasons", "printer-state-message", "printer-is-accepting-jobs")
_OFFER = (
    *("document-format-supported", "media-supported", "sides-supported", "urf-supported"),
    *("pwg-raster-document-type-supported", "pwg-raster-document-resolution-supported", "printer-make-and-model"),
    *("printer-device-id", "printer-uuid", "printer-firmware-string-version", "printer-serial-number"),
)
_JOB = ("job-id", "job-state", "job-state-reasons")
_OVER = (PrintJobState.CANCELED, PrintJobState.ABORTED, PrintJobState.COMPLETED)


@dataclass(frozen=True, slots=True)
class PrintPatience:
    """`print_s` for a whole job, `poll_s` between two questions about it, `answer_s` for one answer."""

    print_s: float = 120.0
    poll_s: float = 0.5
    answer_s: float = 10.0


_BUSY: Trouble = ("printer.busy", "ist in der Zeit nicht fertig geworden")
_LOST: Trouble = ("printer.offline", "antwortet seit dem Druckauftrag nicht mehr. Nachsehen, ob das Blatt da ist")
_UNKNOWN: Trouble = ("printer.io", "war zwischendurch aus und weiß von dem Auftrag nichts mehr. Nachsehen, was da ist.")


@dataclass(frozen=True, slots=True)
class _Look:
    """What a question about a job brought. `standing`: what the printer waits for; `lost`: it gave no answer."""

    over: bool = False
    trouble: Trouble | None = None
    forgotten: bool = False
    standing: Trouble | None = None
    lost: bool = False


class _StandsError(Exception):
    """The job is not done, and waits. `trouble` says for what."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(*trouble)
        self.trouble = trouble


@dataclass(slots=True)
class IppPrinter:
    """Fulfils `equipment.slots.devices.Printer`. `unlisted_pdf`: PDF is sent to one that does not name it, too."""

    talk: IppTalk
    patience: PrintPatience = PrintPatience()
    unlisted_pdf: bool = False
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def check(self) -> None:
        """Return when it answers, however it is. Fault `printer.offline`, or `printer.refused` where it takes no
        form of ours.

        While it prints it is not asked: some serve one connection at a time, and the job notices when it is gone.
        """
        if not self._turn.locked():
            self._form(await self._printer(LOOK_S))

    async def identify(self) -> DeviceIdentity:
        """As it says itself: model, serial number and firmware."""
        return identity_of(await self._printer(LOOK_S))

    async def ping(self) -> float:
        """Seconds until it has said how it is. Fault `printer.offline`."""
        loop = asyncio.get_running_loop()
        since = loop.time()
        await self._printer(LOOK_S)
        return loop.time() - since

    async def hand_out(self, document: bytes, title: str) -> None:
        """Print a PDF; returns when the printer says that it is printed.

        Faults `printer.offline`, `printer.refused`, `printer.paper`, `.jam`, `.cover`, `.toner`, `.attention` when
        somebody has to see to it, `printer.busy`, `printer.io`. After each of them nothing of it waits in the printer,
        unless the sentence says so.
        """
        async with self._turn:
            until_s = asyncio.get_running_loop().time() + self.patience.print_s
            printer = await self._printer(self.patience.answer_s)
            form = self._form(printer)
            if stands(printer):
                code, why = standstill(printer)
                raise self.talk.fault(code, f"{why}. Gedruckt ist nichts.")
            sent = await self._drawn(document, form)
            await self._take_back_all()
            try:
                job = await self._sent(sent, title, form, until_s)
            except BaseException:  # it may be there, though nobody said so
                await self._taken_back(self._take_back_all())
                raise
            await self._watched(job, until_s)

    async def _watched(self, job: int, until_s: float) -> None:
        try:
            await self._until_over(job, until_s)
        except _StandsError as standing:
            await self._give_up(job, *standing.trouble)
        except DeviceFault:  # it is over, without a sheet
            raise
        except BaseException:  # the visit is over: nobody is there to take the sheet
            await self._taken_back(self._cancel(job))
            raise

    async def _printer(self, within_s: float) -> Group:
        wanted = attribute("requested-attributes", Tag.KEYWORD, *_STATE, *_OFFER)
        answer = await self.talk.ask(Operation.GET_PRINTER_ATTRIBUTES, wanted, within_s=within_s)
        if not is_ok(answer.code):
            code, why = refusal(answer.code, _message(answer))
            raise self.talk.fault(code, why)
        return answer.group(GroupTag.PRINTER)

    def _form(self, printer: Group) -> PrintForm:
        """As what a PDF is sent."""
        try:
            return chosen_form(printer, unlisted_pdf=self.unlisted_pdf)
        except UnprintableError as error:
            raise self.talk.fault("printer.refused", str(error)) from error

    async def _drawn(self, pdf: bytes, form: PrintForm) -> bytes:
        try:
            return await as_form(pdf, form)
        except UnprintableError as error:
            raise self.talk.fault("printer.refused", str(error)) from error

    async def _sent(self, document: bytes, title: str, form: PrintForm, until_s: float) -> int:
        """The number of the job. One that has no room for it is asked again."""
        attributes = (
            attribute("requesting-user-name", Tag.NAME, self.talk.user),
            attribute("job-name", Tag.NAME, _plain(title)),
            attribute("ipp-attribute-fidelity", Tag.BOOLEAN, False),
            attribute("document-format", Tag.MIME_TYPE, form.media_type),
        )
        while True:
            within_s = self.patience.answer_s + self.patience.print_s
            answer = await self.talk.ask(
                Operation.PRINT_JOB, *attributes, job=form.job, document=document, within_s=within_s
            )
            if is_ok(answer.code):
                return number_of(answer.group(GroupTag.JOB), "job-id")
            if not may_come_later(answer.code) or asyncio.get_running_loop().time() > until_s:
                code, why = refusal(answer.code, _message(answer))
                raise self.talk.fault(code, why)
            await asyncio.sleep(self.patience.poll_s)

    async def _until_over(self, job: int, until_s: float) -> None:
        """Return when it is printed. Raises `_StandsError` for a printer that is found standing twice in a row."""
        stood = lost = False
        while not (look := await self._look(job)).over:
            if look.standing and stood:
                raise _StandsError(look.standing)
            stood, lost = look.standing is not None, lost or look.lost
            if asyncio.get_running_loop().time() > until_s:
                raise _StandsError(_LOST if look.lost else _BUSY)
            await asyncio.sleep(self.patience.poll_s)
        if trouble := look.trouble or (_UNKNOWN if look.forgotten and lost else None):
            raise self.talk.fault(*trouble)

    async def _look(self, job: int) -> _Look:
        """How it is with the job. A question without an answer is asked again later: the job may go on all the same."""
        try:
            wanted = attribute("requested-attributes", Tag.KEYWORD, *_JOB)
            answer = await self.talk.ask(Operation.GET_JOB_ATTRIBUTES, _job_id(job), wanted)
            if answer.code in (StatusCode.NOT_FOUND, StatusCode.GONE):
                return _Look(over=True, forgotten=True)
            found = answer.group(GroupTag.JOB)
            state, reasons = number_of(found, "job-state"), words_of(found, "job-state-reasons")
            if state in _OVER:
                return _Look(over=True, trouble=job_trouble(state, reasons))
            printer = await self._printer(self.patience.answer_s)
        except DeviceFault:
            return _Look(lost=True)
        return _Look(standing=standstill(printer) if stands(printer) or state == PrintJobState.STOPPED else None)

    async def _give_up(self, job: int, code: str, why: str) -> None:
        """Take it back. Return if it turns out to be printed."""
        canceled = await self._taken_back(self._cancel(job))
        look = _Look() if canceled else await self._look(job)
        if look.over and not look.trouble and not look.forgotten:
            return
        left = "Der Auftrag ist zurückgenommen." if canceled or look.over else "Der Auftrag steht noch darin: löschen."
        raise self.talk.fault(code, f"{why}. {left}")

    async def _taken_back(self, taking_back: Awaitable[bool]) -> bool:
        """Whether the printer says so in time."""
        with contextlib.suppress(DeviceFault, TimeoutError):
            async with asyncio.timeout(TAKE_BACK_S):
                return await taking_back
        return False

    async def _cancel(self, job: int) -> bool:
        user = attribute("requesting-user-name", Tag.NAME, self.talk.user)
        return is_ok((await self.talk.ask(Operation.CANCEL_JOB, _job_id(job), user)).code)

    async def _take_back_all(self) -> bool:
        """Whatever of ours still waits there. Faults when it cannot be asked for."""
        answer = await self.talk.ask(
            Operation.GET_JOBS,
            attribute("requesting-user-name", Tag.NAME, self.talk.user),
            attribute("which-jobs", Tag.KEYWORD, "not-completed"),
            attribute("my-jobs", Tag.BOOLEAN, True),
            attribute("requested-attributes", Tag.KEYWORD, "job-id", "job-originating-user-name"),
        )
        waiting = [group for group in answer.groups if group.tag == GroupTag.JOB]
        ours = [group for group in waiting if word_of(group, "job-originating-user-name") == self.talk.user]
        return all([await self._cancel(number_of(group, "job-id")) for group in ours])


def _job_id(job: int) -> Attribute:
    return attribute("job-id", Tag.INTEGER, job)


def _message(answer: Message) -> str:
    return word_of(answer.group(GroupTag.OPERATION), "status-message")[:200]


def _plain(title: str) -> str:
    """A name that fits and does no harm where it is shown."""
    return "".join(char if char.isprintable() else " " for char in title)[:MAX_NAME].strip()
