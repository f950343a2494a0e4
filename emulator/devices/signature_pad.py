"""A Wacom STU-430V on a serial line: the pad without its line (`StuPad`, pure), and the line (`open_signature_pad`).

The pen is the world's: while a recording plays, the pad reports it at its own rate and its LCD shows ink where the pen
touches. What is visible goes back into the world (act `ink`), so that a scenario can ask whether anything is left.
"""

from __future__ import annotations

import asyncio
import contextlib
import zlib
from collections.abc import AsyncIterator, Iterator

from emulator.devices.pty import Pty, open_pty
from emulator.devices.uart import LineSettings
from emulator.paper.strokes import load, sample
from emulator.world.line_faults import LineFaults
from emulator.world.live_world import LiveWorld
from emulator.world.world import Pen
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.readings import PenSample
from lisa_core.equipment.codecs.stu import reports as stu
from lisa_core.equipment.codecs.stu.framing import CRC_START, Damaged, Deframer, frame
from lisa_core.equipment.codecs.stu.reports import PadState, Report, Result
from lisa_core.equipment.codecs.stu.table import BY_KIND, BY_NUMBER, Use, decode, encode

LINE = LineSettings(128_000)
WIDTH, HEIGHT = 320, 200
CLEAR_US = 30_000
"""How long wiping takes; meanwhile the pad is in state Image and silent about the pen."""

_ONE_BIT, _ONE_BIT_ZLIB = 0, 1
_PICTURE_BYTES = WIDTH * HEIGHT // 8
_UPLOAD_BYTES = _PICTURE_BYTES + 256  # foreign drivers pad the last block
_WAIT_S = 0.002

_IDENTITY: tuple[Report, ...] = (
    stu.Information(b"STU-430V\0", 1, 2),
    stu.Capability(9600, 6000, 1023, WIDTH, HEIGHT, 200, 2540, encodings=0b11),
)
_DEFAULTS: tuple[Report, ...] = (
    stu.ReportRate(200),
    stu.InkingMode(1),
    stu.InkThreshold(),
    stu.HandwritingDisplayArea(0, 0, WIDTH - 1, HEIGHT - 1),
    stu.PenDataOptionMode(0),
)


class StuPad:
    """The pad: answers reports, turns pen samples into reports, remembers what its LCD shows."""

    def __init__(self, boot_us: int = 0, *, uid: int = 0x4C495341, time_count: int = 0, sequence: int = 0) -> None:
        """`time_count` and `sequence` are where the two counters stand at `boot_us`."""
        self._boot_us = boot_us - time_count * 1000
        self._sequence = sequence
        self._kept: dict[type[Report], Report] = {type(report): report for report in (*_IDENTITY, stu.Uid(uid))}
        self._reset()
        self._last_result = Result.OK
        self.near = False
        self._position = (0, 0)

    @property
    def blank(self) -> bool:
        """Whether the LCD shows neither ink nor a picture."""
        return not self.ink and not self.picture

    @property
    def rate_hz(self) -> int:
        """Pen reports per second, as set."""
        rate = self._kept[stu.ReportRate]
        return rate.per_second if isinstance(rate, stu.ReportRate) else 200

    def answer(self, data: bytes | Damaged, now_us: int) -> Report | None:
        """What the pad says to one frame; None to one that it cannot recognise as such."""
        match data:
            case Damaged(crc=crc):
                return self._result(Result.CRC) if crc else None
            case bytes():
                report = decode(data)
        match report:
            case stu.GetReport(number):
                return self._get(number, now_us)
            case stu.Unknown(number):
                return self._result(Result.BAD_PARAMETER if number in BY_NUMBER else Result.WRONG_REPORT_ID)
            case _:
                return self._result(self._set(report, now_us))

    def write(self, pen: PenSample | None, at_us: int) -> Report | None:
        """The report for the pen at `at_us`; None for `pen` says that it has gone. No report while wiping."""
        if at_us < self._wiping_until_us:
            return None
        self.near = pen is not None
        if pen:
            self._position = (pen.x, pen.y)
            self.ink |= pen.down and self._kept[stu.InkingMode] == stu.InkingMode(1)
            head = stu.pen_head(near=pen.near, down=pen.down, pressure=pen.pressure)
        else:
            head = stu.pen_head(near=False, down=False, pressure=0)
        if self._kept[stu.PenDataOptionMode] == stu.PenDataOptionMode(0):
            return stu.PenData(head, *self._position)
        self._sequence = self._sequence + 1 & 0xFFFF
        count = (at_us - self._boot_us) // 1000 & 0xFFFF
        return stu.PenDataTimeCountSequence(head, *self._position, count, self._sequence)

    def _reset(self) -> None:
        self._kept |= {type(report): report for report in _DEFAULTS}
        self._mode = PadState.READY
        self._wiping_until_us = 0
        self._upload, self._encoding = bytearray(), _ONE_BIT
        self.ink, self.picture = False, b""

    def _state(self, now_us: int) -> PadState:
        return PadState.IMAGE if now_us < self._wiping_until_us else self._mode

    def _result(self, result: Result) -> stu.SetResult:
        self._last_result = result
        return stu.SetResult(result)

    def _get(self, number: int, now_us: int) -> Report:
        row = BY_NUMBER.get(number)
        if row is None or Use.GET not in row.use:
            return self._result(Result.WRONG_REPORT_ID)
        if row.kind is stu.Status:
            return stu.Status(self._state(now_us), self._last_result)
        return self._kept[row.kind]

    def _set(self, report: Report, now_us: int) -> Result:
        row = BY_KIND[type(report)]
        if Use.SET not in row.use:
            return Result.WRONG_REPORT_ID
        if self._state(now_us) not in row.states:
            return Result.WRONG_STATE
        match report:
            case stu.Reset():
                self._reset()
            case stu.StartCapture():
                self._mode = PadState.CAPTURE
            case stu.EndCapture():
                self._mode = PadState.READY
            case stu.ClearScreen():
                self.ink, self.picture = False, b""
                self._wiping_until_us = now_us + CLEAR_US
            case stu.StartImageData() | stu.ImageDataBlock() | stu.EndImageData():
                return self._draw(report)
            case _:
                return self._keep(report)
        return Result.OK

    def _keep(self, report: Report) -> Result:
        match report:
            case stu.InkingMode(0 | 1) | stu.ReportRate(150 | 200) | stu.PenDataOptionMode(0 | 3):
                pass
            case stu.InkThreshold() | stu.HandwritingDisplayArea() | stu.Uid():
                pass
            case _:
                return Result.BAD_PARAMETER
        self._kept[type(report)] = report
        return Result.OK

    def _draw(self, report: stu.StartImageData | stu.ImageDataBlock | stu.EndImageData) -> Result:
        match report:
            case stu.StartImageData(encoding):
                if encoding not in (_ONE_BIT, _ONE_BIT_ZLIB):
                    return Result.WRONG_ENCODING
                self._upload, self._encoding = bytearray(), encoding
                self._mode = PadState.IMAGE
            case stu.ImageDataBlock(count, data):
                if count > len(data):
                    return Result.BAD_PARAMETER
                if len(self._upload) + count > _UPLOAD_BYTES:
                    return Result.IMAGE_TOO_LONG
                self._upload += data[:count]
            case stu.EndImageData(abandon):
                self._mode = PadState.READY
                return Result.OK if abandon else self._show()
        return Result.OK

    def _show(self) -> Result:
        picture = bytes(self._upload)
        if self._encoding == _ONE_BIT_ZLIB:
            try:
                picture = zlib.decompressobj().decompress(picture, _PICTURE_BYTES)
            except zlib.error:
                return Result.ZLIB_ERROR
        self.picture = picture[:_PICTURE_BYTES]
        return Result.OK


def due(pen: Pen, after_us: int, until_us: int, rate_hz: int) -> Iterator[tuple[int, PenSample | None]]:
    """What a pad with that rate sees of the pen after `after_us` up to `until_us`; None once, when it has gone."""
    recording = load(pen.recording)
    period_us = 1_000_000 // rate_hz
    number = max(0, (after_us - pen.since_us) // period_us + 1)
    while number * period_us <= until_us - pen.since_us:
        seen = sample(recording, number * period_us)
        yield pen.since_us + number * period_us, seen
        if seen is None:
            return
        number += 1


@contextlib.asynccontextmanager
async def open_signature_pad(
    world: LiveWorld, *, listen: str = "", crc: str = "0000", pad: StuPad | None = None
) -> AsyncIterator[str]:
    """Switch the pad on; yields the path of its serial line (`listen` names one). `crc` as in `CRC_START`."""
    pad = pad or StuPad(_now_us())
    async with open_pty(listen, LINE, LineFaults(world, "signature-pad")) as pty:
        line = _Line(world, pad, pty, CRC_START[crc])
        tasks = [asyncio.create_task(line.listen()), asyncio.create_task(line.play())]
        try:
            yield pty.path
        finally:
            # A pad whose work has ended by itself was none: whatever the body met (a silent pad), this is the cause.
            broken = [error for task in tasks if task.done() and (error := task.exception())]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if broken:
                raise HarnessError(f"the emulated signature pad has stopped: {broken[0]}") from broken[0]


class _Line:
    """The pad on its line, in its world."""

    def __init__(self, world: LiveWorld, pad: StuPad, pty: Pty, crc_start: int | None) -> None:
        self._world, self._pad, self._pty = world, pad, pty
        self._crc_start = crc_start
        self._deframer = Deframer(crc_start)
        self._seen_us = _now_us()

    async def listen(self) -> None:
        """Answer the host for ever."""
        await self._tell()
        while True:
            for data in self._deframer.feed(await self._pty.read()):
                self._say(self._pad.answer(data, _now_us()))
            await self._tell()

    async def play(self) -> None:
        """Report the world's pen for ever."""
        while True:
            state = self._world.state
            if state.pen is None and not self._pad.near:
                await self._world.changed(state.revision)
                continue
            now_us = _now_us()
            gone = state.pen is None
            for at_us, seen in due(state.pen, self._seen_us, now_us, self._pad.rate_hz) if state.pen else ():
                self._say(self._pad.write(seen, at_us))
                gone = seen is None
            self._seen_us = now_us
            await self._tell()
            if gone:
                await self._take_away(now_us)
            await asyncio.sleep(_WAIT_S)

    async def _take_away(self, now_us: int) -> None:
        if self._pad.near:
            self._say(self._pad.write(None, now_us))
        if self._world.state.pen:
            await self._world.act("pen_away")

    def _say(self, report: Report | None) -> None:
        if report and "signature-pad" not in self._world.state.silent:
            crc_start = self._crc_start if self._deframer.with_crc else None
            self._pty.write(frame(encode(report), crc_start))

    async def _tell(self) -> None:
        """Let the world know what can be seen on the LCD."""
        if self._pad.ink != self._world.state.pad_ink:
            await self._world.act("ink", visible=self._pad.ink)


def _now_us() -> int:
    return round(asyncio.get_running_loop().time() * 1_000_000)
