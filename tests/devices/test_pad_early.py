"""Who writes while the pad is made ready: a line without time, on which the pen speaks in the middle of a question."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import aclosing

import pytest

from emulator.devices.stu.pad import CLEAR_US, StuPad
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import WRITE_NOW, PenSample
from lisa_core.equipment.codecs.stu import reports as stu
from lisa_core.equipment.codecs.stu.reports import Report
from lisa_core.equipment.codecs.stu.table import encode
from lisa_core.equipment.drivers.stu.lines import OK
from lisa_core.equipment.drivers.wacom_stu import WacomStu

READY, COUNTS, INKS = stu.ClearScreen(), stu.PenDataOptionMode(3), stu.InkingMode(1)
TOUCH, HOVER = (PenSample(0, 100, 200, 500 * down, near=True, down=bool(down)) for down in (1, 0))


class Spoken:
    """A `PadLine`: the pad answers at once. `pen`: what it feels while it is asked for the setting `when`.

    On USB reports come apart from answers: one that is `late` is heard only when the pad is told to ink.
    """

    def __init__(self) -> None:
        self.damaged, self.fast = 0, False
        self.pen: PenSample | None = None
        self.when: Report | None = None
        self.late = False
        self._late: Report | None = None
        self._pad, self._now_us = StuPad(), 0
        self._said: asyncio.Queue[Report] = asyncio.Queue()
        self._taken = asyncio.Event()

    def restart(self) -> None:
        """It was without power for a moment."""
        self._pad.restart(self._now_us)

    async def feels(self, pen: PenSample | None) -> None:
        """Returns when the driver has heard of it."""
        report = self._pad.write(pen, self._now_us)
        assert report is not None
        if self.late and pen == self.pen:
            self._late = report
        else:
            await self._say(report)

    async def _say(self, report: Report) -> None:
        self._taken.clear()
        self._said.put_nowait(report)
        await self._taken.wait()

    async def ask(self, report: Report, expected: type[object]) -> Report:
        self._now_us += CLEAR_US
        answer = self._pad.answer(encode(report), self._now_us)
        assert answer is not None
        if report == self.when and self.pen:
            self._now_us += CLEAR_US
            await self.feels(self.pen)
        if report == INKS and self._late:
            await self._say(self._late)
            self.pen = self._late = None
        return answer

    async def upload(self, reports: Iterable[Report]) -> Report:
        for report in reports:
            assert await self.ask(report, stu.SetResult) == OK
        return OK

    async def heard(self) -> Sequence[Report]:
        self._taken.set()
        return [await self._said.get()]

    def fail(self, fault: DeviceFault) -> None: ...

    def silence(self) -> str:
        return ""

    async def again(self) -> None: ...

    async def aclose(self) -> None: ...


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize(
    ("pen", "when", "late", "then"),
    [
        (TOUCH, READY, False, "pad.early"),
        (TOUCH, READY, True, "pad.early"),
        (TOUCH, COUNTS, False, "pad.early"),
        (TOUCH, INKS, False, TOUCH),
        (HOVER, READY, False, TOUCH),
        (HOVER, READY, True, TOUCH),
        (HOVER, COUNTS, False, TOUCH),
        (HOVER, INKS, False, HOVER),
    ],
)
def test_who_writes_while_it_is_made_ready_has_not_signed(
    pen: PenSample, when: Report, late: bool, then: str | PenSample, number: int
) -> None:
    """The first signature on a pad, and each later one: it is not as it was when it was opened."""

    async def story() -> None:
        line = Spoken()
        pad = WacomStu(line, "hier", {})
        listening = asyncio.create_task(pad.listen())
        for _ in range(number - 1):
            assert await first(line, pad) == TOUCH
        line.pen, line.when, line.late = pen, when, late
        if isinstance(then, PenSample):
            assert await first(line, pad) == then
        else:
            with pytest.raises(DeviceFault) as early:
                await first(line, pad)
            assert early.value.code == then
        listening.cancel()

    asyncio.run(asyncio.wait_for(story(), 60))


def test_a_pad_that_has_begun_anew_says_so_when_it_is_asked_in_a_capture() -> None:
    """Nobody touches it: nothing else would tell that it has forgotten what it was to do."""

    async def story() -> None:
        line = Spoken()
        pad = WacomStu(line, "hier", {})
        listening = asyncio.create_task(pad.listen())
        async with aclosing(pad.capture()) as capture:
            assert await anext(capture) == WRITE_NOW
            await pad.check()
            line.restart()
            with pytest.raises(DeviceFault) as anew:
                await pad.check()
            assert anew.value.code == "pad.restarted"
        await pad.check()
        listening.cancel()

    asyncio.run(asyncio.wait_for(story(), 60))


@pytest.mark.parametrize("then", ["goes on", "goes away", "falls silent"])
def test_a_pen_that_was_near_does_not_fall_silent(then: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It hovers on, or it says that it is away; else its last strokes are missing."""
    monkeypatch.setattr("lisa_core.equipment.drivers.wacom_stu.NEAR_S", 0.05 if then == "falls silent" else 5)

    async def story() -> None:
        line = Spoken()
        pad = WacomStu(line, "hier", {})
        listening = asyncio.create_task(pad.listen())
        async with aclosing(pad.capture()) as capture:
            assert await anext(capture) == WRITE_NOW
            for pen in (TOUCH, HOVER, *((None,) if then == "goes away" else ())):
                await line.feels(pen)
                await anext(capture)
            asked = asyncio.create_task(pad.check())
            while then == "goes on" and not asked.done():
                await line.feels(HOVER)
                await asyncio.sleep(0)
            if then == "falls silent":
                with pytest.raises(DeviceFault, match="von einem Stift in der Nähe nichts mehr"):
                    await asked
            else:
                await asked
        listening.cancel()

    asyncio.run(asyncio.wait_for(story(), 60))


async def first(line: Spoken, pad: WacomStu) -> PenSample:
    """What is taken first of a pen that touches once the pad is ready."""
    async with aclosing(pad.capture()) as capture:
        assert await anext(capture) == WRITE_NOW
        await line.feels(TOUCH)
        return await anext(capture)
