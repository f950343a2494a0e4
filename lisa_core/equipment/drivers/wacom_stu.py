"""Wacom STU signature pads on a serial line (STU-430V).

A pad draws ink by itself as soon as it has power: this driver lets it ink during a capture only, and wipes it whenever
it is opened, cleared or left.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator
from typing import TypeVar

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import DeviceIdentity, PadInfo, PenSample
from lisa_core.equipment.codecs.stu import reports as stu
from lisa_core.equipment.codecs.stu.framing import CRC_START, Deframer, frame
from lisa_core.equipment.codecs.stu.reports import PadState, Report, Result
from lisa_core.equipment.codecs.stu.table import BY_KIND, decode, encode
from lisa_core.equipment.lines.stream import ByteStream
from lisa_core.equipment.slots.devices import SignaturePad
from lisa_core.equipment.slots.driver import Driver, Given, Option, Serves, chosen
from lisa_core.host.address import SERIAL

BAUDRATE = {"STU-430V": 128_000}
TIMEOUT_S = 3.0
"""Seconds that the vendor's own software waits for the pad."""
LEAVING_S = 1.0
"""Seconds that we wait for the pad at the end of the program."""
POLL_S, POLLS = 0.01, 100
"""Wiping may take 0.6 s (STU-520); a pad that is busy for longer is stuck."""
BACKLOG = 4096
"""Pen reports kept for a slow reader, about twenty seconds; older ones are dropped and counted as gaps."""

_TIME_AND_SEQUENCE = 3
_WRAP = 0x10000

_R = TypeVar("_R", bound=Report)
_Heard = stu.PenDataTimeCountSequence | DeviceFault


@contextlib.asynccontextmanager
async def open_wacom_stu(binding: str, options: Given) -> AsyncIterator[WacomStu]:
    """Open the pad at a serial address; wiped and without ink when this yields, and wiped again afterwards.

    Faults: those of `open_serial`, `pad.silent`, `pad.lost`, `pad.busy`, `pad.<result>` when the pad refuses.
    """
    from lisa_core.equipment.lines.serial import open_serial  # pyserial is needed where something is opened

    options = chosen(OPTIONS, options)
    stream = await open_serial(binding, baudrate=BAUDRATE[str(options["model"])])
    pad = WacomStu(stream, binding, CRC_START[str(options["crc"])])
    tasks = [asyncio.create_task(pad.listen())]
    try:
        await pad.reset()
        tasks.append(asyncio.create_task(pad.wipe_when_back()))
        yield pad
    finally:
        with contextlib.suppress(DeviceFault, TimeoutError):
            async with asyncio.timeout(LEAVING_S):
                await pad.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await stream.aclose()


class WacomStu:
    """The open pad; a `SignaturePad`."""

    def __init__(self, stream: ByteStream, binding: str, crc_start: int | None) -> None:
        self.gaps = 0
        """Pen reports that the present or last capture missed, by the pad's running number."""
        self.damaged = 0
        """Frames that arrived broken since the pad was opened."""
        self.armed = asyncio.Event()
        """Set while a capture is listening and the pad draws ink: from now on nothing of the pen is lost."""
        self._stream, self._binding, self._crc_start = stream, binding, crc_start
        self._unread = 0
        """Bytes since the last whole frame: many of them are a line at another speed, or another device."""
        self._turn = asyncio.Lock()
        self._expected: type[object] | None = None
        self._answer: asyncio.Future[Report] | None = None
        self._pen: asyncio.Queue[_Heard] | None = None
        self._lost: DeviceFault | None = None
        self._fresh = asyncio.Event()
        """Set while the pad may be as a program before, or its getting power, has left it."""
        self._wiping = asyncio.Lock()

    async def info(self) -> PadInfo:
        """Ask for model and range."""
        name, can = await self._get(stu.Information), await self._get(stu.Capability)
        if not (can.max_x and can.max_y and can.max_pressure):
            text = f"Unterschriftenpad {self._binding}: nennt keine Schreibfläche; aus- und wieder einschalten."
            raise DeviceFault("pad.implausible", text, retryable=True)
        return PadInfo(_text(name.name), can.max_x, can.max_y, can.max_pressure, can.max_rate)

    async def identify(self) -> DeviceIdentity:
        """Model, firmware and the number that the operator gave the pad (empty where it has none)."""
        about = await self._get(stu.Information)
        try:
            serial = f"{(await self._get(stu.Uid)).number:08x}"
        except DeviceFault as fault:
            if fault.code != "pad.wrong_report_id":
                raise
            serial = ""
        firmware = f"{about.firmware_major}.{about.firmware_minor}"
        return DeviceIdentity("Wacom", _text(about.name), serial, firmware)

    async def check(self) -> None:
        """Ask for its status, also in the middle of a capture. Faults `pad.silent`, `pad.lost`."""
        await self._get(stu.Status)

    async def reset(self) -> None:
        """Put the pad into its known first state, whatever a program before has left, then stop inking and wipe."""
        self._fresh.set()
        await self.clear()

    async def clear(self) -> None:
        """Leave nothing visible on the pad and stop inking; returns when the pad has wiped."""
        async with self._wiping:
            await self._wipe()

    async def _wipe(self) -> None:
        """Only a pad that has done all of this is known not to ink."""
        fresh = self._fresh.is_set()
        self._fresh.clear()
        try:
            if fresh:
                await self._set(stu.Reset())
            await self._become_ready()
            await self._set(stu.InkingMode(0))
            await self._set(stu.ClearScreen())
            await self._until_ready()
        except DeviceFault:
            self._fresh.set()
            raise

    async def capture(self) -> AsyncGenerator[PenSample, None]:
        """Clear, ink and yield every pen report; `at_us` counts from the first one by the pad's own clock.

        Faults: `pad.lost` when the line goes, `pad.silent` when the pad no longer answers (asked after three seconds
        without a pen). `gaps` tells what is missing.
        """
        pen: asyncio.Queue[_Heard] = asyncio.Queue(BACKLOG)
        try:
            async with self._wiping:
                await self._wipe()
                self._pen, self.gaps = pen, 0
                await self._set(stu.PenDataOptionMode(_TIME_AND_SEQUENCE))
                await self._set(stu.InkingMode(1))
            self.armed.set()
            loop = asyncio.get_running_loop()
            last, heard_at, at_ms = None, 0.0, 0
            while True:
                report = await self._next(pen)
                if last:
                    self.gaps += (report.sequence - last.sequence - 1) % _WRAP
                    silence_ms = (loop.time() - heard_at) * 1000
                    at_ms += elapsed_ms(last.time_count, report.time_count, silence_ms)
                last, heard_at = report, loop.time()
                yield _sample(report, at_ms)
        finally:
            if self._pen is pen:
                self._pen = None
                self.armed.clear()

    async def listen(self) -> None:
        """Take in what the pad says, for ever; a line that was lost is taken up again."""
        while True:
            try:
                await self._take_in()
            except DeviceFault as fault:
                self._lose(fault)
            await self._stream.again()
            self._lost = None
            self._fresh.set()

    async def wipe_when_back(self) -> None:
        """A pad that gets power again inks by itself: it is reset as soon as it answers. For ever."""
        while True:
            await self._fresh.wait()
            with contextlib.suppress(DeviceFault):
                async with self._wiping:
                    if self._fresh.is_set():
                        await self._wipe()
            if self._fresh.is_set():
                await asyncio.sleep(LEAVING_S)

    async def _take_in(self) -> None:
        deframer = Deframer(self._crc_start, steady=True)
        while True:
            heard = await self._stream.read()
            self._unread += len(heard)
            for data in deframer.feed(heard):
                if isinstance(data, bytes):
                    self._unread = 0
                    self._take(decode(data))
                else:
                    self.damaged += 1

    def _lose(self, fault: DeviceFault) -> None:
        self._lost = DeviceFault("pad.lost", f"Unterschriftenpad: Die Verbindung ist weg ({fault})", retryable=True)
        self._lost.__cause__ = fault
        if self._answer and not self._answer.done():
            self._answer.set_exception(self._lost)
        self._put(self._lost)

    def _take(self, report: Report | stu.Unknown) -> None:
        match report:
            case stu.PenDataTimeCountSequence():
                self._put(report)
            case stu.Unknown() | stu.PenData():
                pass  # keys of other models; pen data outside of a capture
            case _:
                # A refusal answers a question too; an "ok" never does: it may be a late answer to an earlier set.
                refused = isinstance(report, stu.SetResult) and report.result != Result.OK
                fits = self._expected is type(report) or refused
                if fits and self._answer and not self._answer.done():
                    self._answer.set_result(report)

    def _put(self, heard: _Heard) -> None:
        if self._pen is None:
            return
        if self._pen.full():
            self._pen.get_nowait()
        self._pen.put_nowait(heard)

    async def _next(self, pen: asyncio.Queue[_Heard]) -> stu.PenDataTimeCountSequence:
        while True:
            try:
                async with asyncio.timeout(TIMEOUT_S):
                    heard = await pen.get()
            except TimeoutError:
                await self._get(stu.Status)  # no pen is no fault, no pad is one
                continue
            if isinstance(heard, DeviceFault):
                raise heard  # also when the pad is back by now: it has forgotten that it was to write
            return heard

    async def _become_ready(self) -> None:
        """Wait for a wiping to end; what a broken upload or a session has left is ended by a reset."""
        try:
            await self._until_ready()
        except DeviceFault as fault:
            if fault.code != "pad.busy":
                raise
            await self._set(stu.Reset())
            await self._until_ready()

    async def _until_ready(self) -> None:
        for _ in range(POLLS):
            state = (await self._get(stu.Status)).state
            if state == PadState.READY:
                return
            await asyncio.sleep(POLL_S)
        text = f"Unterschriftenpad {self._binding}: bleibt im Zustand {state}; aus- und wieder einschalten."
        raise DeviceFault("pad.busy", text, retryable=True)

    async def _get(self, kind: type[_R]) -> _R:
        answer = await self._ask(stu.GetReport(BY_KIND[kind].number), kind)
        if isinstance(answer, kind):
            return answer
        raise self._refused(answer, kind.__name__)

    async def _set(self, report: Report) -> None:
        answer = await self._ask(report, stu.SetResult)
        if answer != stu.SetResult(Result.OK):
            raise self._refused(answer, type(report).__name__)

    async def _ask(self, report: Report, expected: type[object]) -> Report:
        async with self._turn:
            if self._lost:
                raise self._lost
            self._expected, self._answer = expected, asyncio.get_running_loop().create_future()
            try:
                async with asyncio.timeout(TIMEOUT_S):
                    await self._stream.write(frame(encode(report), self._crc_start))
                    return await self._answer
            except TimeoutError:
                raise self._silent() from None
            finally:
                self._expected = self._answer = None

    def _silent(self) -> DeviceFault:
        heard, self._unread = self._unread, 0
        what = "es kommen Zeichen, aber keine Antwort; Modell (model, danach richtet sich die Geschwindigkeit)"
        if not heard:
            what = "antwortet nicht; Kabel, Strom, Modell (model, danach richtet sich die Geschwindigkeit)"
        text = f"Unterschriftenpad {self._binding}: {what} und Option crc prüfen; oder hängt dort ein anderes Gerät?"
        return DeviceFault("pad.silent", text, retryable=True)

    def _refused(self, answer: Report, what: str) -> DeviceFault:
        name = stu.result_name(answer.result) if isinstance(answer, stu.SetResult) else "wrong_answer"
        text = f"Unterschriftenpad {self._binding}: lehnt {what} ab ({name})."
        return DeviceFault(f"pad.{name}", text, retryable=True)


def elapsed_ms(last_count: int, count: int, silence_ms: float) -> int:
    """Milliseconds between two counts of 16 bits; `silence_ms` by our own clock tells how often it wrapped."""
    step = (count - last_count) % _WRAP
    return step + _WRAP * max(0, round((silence_ms - step) / _WRAP))


def _sample(report: stu.PenDataTimeCountSequence, at_ms: int) -> PenSample:
    near, down = stu.is_near(report.head), stu.is_down(report.head)
    return PenSample(at_ms * 1000, report.x, report.y, stu.pressure(report.head), near, down)


def _text(name: bytes) -> str:
    return name.partition(b"\0")[0].decode("ascii", "replace")


OPTIONS = (
    Option("model", str, "Modell; danach richtet sich die Baudrate", "STU-430V", words=tuple(BAUDRATE)),
    Option("crc", str, "Startwert der Prüfsumme", next(iter(CRC_START)), words=tuple(CRC_START)),
)
DRIVER = Driver("wacom-stu", (Serves(SignaturePad),), SERIAL, open_wacom_stu, OPTIONS, can=("druck", "zeit", "kennung"))
