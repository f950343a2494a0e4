"""How a driver of STU pads and its pad talk, whatever lies between: one protocol, and its two lines.

On a serial line each question is answered by a report of its own, and pen data come in between. On USB (HID) reports
are asked for and set one by one, what became of a setting stands in the pad's status, and pen data come apart.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Protocol

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.codecs.stu import reports as stu
from lisa_core.equipment.codecs.stu.framing import Deframer, frame
from lisa_core.equipment.codecs.stu.hid import IMAGE_BLOCK
from lisa_core.equipment.codecs.stu.reports import Report, Result
from lisa_core.equipment.codecs.stu.settings import PenDataEncrypted, PenDataTimeCountSequenceEncrypted
from lisa_core.equipment.codecs.stu.table import BY_KIND, BY_NUMBER, decode, encode
from lisa_core.equipment.lines.hid import STALL, HidLine
from lisa_core.equipment.lines.stream import ByteStream

OK = stu.SetResult(Result.OK)


class PadLine(Protocol):
    """One question at a time; the caller sees to that and to the time it may take."""

    damaged: int
    """Reports that arrived broken since the line was opened."""
    fast: bool
    """Whether a picture in colours goes through in seconds: at 128,000 baud its megabyte takes a minute and a half."""

    async def ask(self, report: Report, expected: type[object]) -> Report:
        """Send a report and return its answer: one of the `expected` kind, or the `SetResult` of a refusal."""
        ...

    async def upload(self, reports: Iterable[Report]) -> Report:
        """Send settings in order and return the first refusal, or the last result."""
        ...

    async def heard(self) -> Sequence[Report | stu.Unknown]:
        """What came unasked. Fault `link.lost`."""
        ...

    def fail(self, fault: DeviceFault) -> None:
        """Whoever waits for an answer gets this fault."""
        ...

    def silence(self) -> str:
        """What may be the cause when no answer comes, as the end of a sentence."""
        ...

    async def again(self) -> None:
        """After `link.lost`: wait until it is there again."""
        ...

    async def aclose(self) -> None: ...


class SerialPad:
    """A pad on a serial line."""

    fast = False

    def __init__(self, stream: ByteStream, crc_start: int | None) -> None:
        self.damaged = 0
        self._stream, self._crc_start = stream, crc_start
        self._deframer = self._fresh()
        self._unread = 0
        """Bytes since the last whole frame: many of them are a line at another speed, or another device."""
        self._expected: type[object] | None = None
        self._answer: asyncio.Future[Report] | None = None

    def _fresh(self) -> Deframer:
        return Deframer(self._crc_start, steady=True)

    async def ask(self, report: Report, expected: type[object]) -> Report:
        self._expected, self._answer = expected, asyncio.get_running_loop().create_future()
        try:
            await self._stream.write(frame(encode(report), self._crc_start))
            return await self._answer
        finally:
            self._expected = self._answer = None

    async def upload(self, reports: Iterable[Report]) -> Report:
        answer: Report = OK
        for report in reports:
            answer = await self.ask(report, stu.SetResult)
            if answer != OK:
                break
        return answer

    async def heard(self) -> Sequence[Report | stu.Unknown]:
        while True:
            data = await self._stream.read()
            self._unread += len(data)
            inputs: list[Report | stu.Unknown] = []
            for found in self._deframer.feed(data):
                if isinstance(found, bytes):
                    self._unread = 0
                    if not self._answers(report := decode(found)):
                        inputs.append(report)
                else:
                    self.damaged += 1
            if inputs:
                return inputs

    def _answers(self, report: Report | stu.Unknown) -> bool:
        """Whether it is no pen data; if somebody waits for it, he has it now."""
        if isinstance(report, stu.Unknown) or report.__class__ in _UNASKED:
            return False
        # A refusal answers a question too; an "ok" never does: it may be a late answer to an earlier set.
        refused = isinstance(report, stu.SetResult) and report.result != Result.OK
        if (self._expected is type(report) or refused) and self._answer and not self._answer.done():
            self._answer.set_result(report)
        return True

    def fail(self, fault: DeviceFault) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_exception(fault)

    def silence(self) -> str:
        heard, self._unread = self._unread, 0
        what = "es kommen Zeichen, aber keine Antwort" if heard else "antwortet nicht"
        cable = "" if heard else "Kabel, Strom, "
        check = f"{cable}Modell (model, danach richtet sich die Geschwindigkeit) und Option crc prüfen"
        return f"{what}; {check}; oder hängt dort ein anderes Gerät?"

    async def again(self) -> None:
        await self._stream.again()
        self._deframer = self._fresh()

    async def aclose(self) -> None:
        await self._stream.aclose()


class HidPad:
    """A pad on USB."""

    fast = True

    def __init__(self, line: HidLine) -> None:
        self.damaged = 0
        self._line = line

    async def ask(self, report: Report, expected: type[object]) -> Report:
        if isinstance(report, stu.GetReport):
            return await self._get(report.number)
        return await self.upload((report,))

    async def _get(self, number: int) -> Report:
        try:
            data = await self._line.get_feature(number, BY_NUMBER[number].size)
        except DeviceFault as fault:
            if fault.code != STALL:
                raise
            return stu.SetResult(Result.WRONG_REPORT_ID)
        report = decode(data) if data else stu.Unknown(number, b"")
        if isinstance(report, stu.Unknown):
            self.damaged += 1
            return stu.SetResult(Result.BAD_PARAMETER)
        return report

    async def upload(self, reports: Iterable[Report]) -> Report:
        try:
            await self._line.set_features([_of_full_length(report) for report in reports])
        except DeviceFault as fault:
            if fault.code != STALL:
                raise
            refused = await self._result()
            return refused if refused != OK else stu.SetResult(Result.WRONG_REPORT_ID)
        return await self._result()

    async def _result(self) -> Report:
        status = await self._get(BY_KIND[stu.Status].number)
        return stu.SetResult(status.last_result) if isinstance(status, stu.Status) else status

    async def heard(self) -> Sequence[Report | stu.Unknown]:
        return [decode(data) for data in await self._line.read() if data]

    def fail(self, fault: DeviceFault) -> None:
        """Who asks over USB hears of it from there."""

    def silence(self) -> str:
        return "antwortet nicht; Kabel und Strom prüfen."

    async def again(self) -> None:
        await self._line.again()

    async def aclose(self) -> None:
        await self._line.aclose()


_UNASKED = frozenset(
    {
        stu.PenData,
        stu.PenDataTimeCountSequence,
        stu.EventData,
        PenDataEncrypted,
        PenDataTimeCountSequenceEncrypted,
    }
)


def _of_full_length(report: Report) -> bytes:
    if isinstance(report, stu.ImageDataBlock):
        return encode(stu.ImageDataBlock(report.count, report.data.ljust(IMAGE_BLOCK, b"\0")))
    return encode(report)
