"""An STU pad without its line, pure: answers reports, turns the pen into reports, remembers what its LCD shows.

Which reports it knows and what its LCD can show says its model; the states in which it takes a setting are those of
the codec's table.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping

from emulator.devices.stu.cipher import PadCipher
from emulator.devices.stu.model import PLAIN, SERIAL_NUMBER, PadModel
from lisa_core.domain.model.readings import PenSample
from lisa_core.equipment.codecs.stu import reports as stu
from lisa_core.equipment.codecs.stu import settings
from lisa_core.equipment.codecs.stu.framing import Damaged
from lisa_core.equipment.codecs.stu.reports import PadState, Report, Result
from lisa_core.equipment.codecs.stu.table import BY_KIND, BY_NUMBER, Use, decode
from lisa_core.equipment.slots.pad_faults import PLAIN as PLAIN_TEXT
from lisa_core.equipment.slots.pad_faults import REFUSES, SHOWS, SLEEPS, TEARS, WRAPS

AWAKE_US = 1_000_000
"""How long a pad that sleeps stays awake after it was spoken to."""
CALCULATE_US = 20_000
"""How long it takes for its key; meanwhile it is in state Calculation."""
SOON_US, SOON = 65_000_000, 65_500
"""Where time count and running number stand at the start of a capture, when both are to wrap in it."""
CLEAR_US = 30_000
"""How long wiping takes; meanwhile the pad is in state Image and silent about the pen."""

ONE_BIT, ONE_BIT_ZLIB, SIXTEEN_BIT, FULL_COLOUR = 0, 1, 2, 4
_FLAG: Mapping[int, int] = {ONE_BIT: 0b11, ONE_BIT_ZLIB: 0b1, SIXTEEN_BIT: 0b100, FULL_COLOUR: 0b1000}
"""Which bits of `Capability.encodings` say that it takes this encoding; raw 1-bit is taken by all that take zlib."""
_SPARE = 256  # foreign drivers pad the last block


Area = settings.ClearScreenArea | settings.StartImageDataArea | stu.HandwritingDisplayArea


class StuPad:
    """The pad. `near`: whether it sees a pen; `ink`, `picture`: what its LCD shows."""

    def __init__(
        self,
        boot_us: int = 0,
        *,
        model: PadModel = PLAIN,
        uid: int = 0x4C495341,
        time_count: int = 0,
        sequence: int = 0,
    ) -> None:
        """`time_count` and `sequence` are where the two counters stand at `boot_us`."""
        self.model = model
        self.ink, self.picture = False, b""
        self.faults: Collection[str] = ()
        """What is wrong with it now, by the names of `equipment.slots.pad_faults`."""
        self._awake_until_us = 0
        self._boot_us = boot_us - time_count * 1000
        self._sequence = sequence
        self._kept: dict[type[object], Report] = {type(report): report for report in _identity(model, uid)}
        self._reset()
        self._last_result = Result.OK
        self.near = False
        self._position = (0, 0)

    @property
    def blank(self) -> bool:
        """Whether the LCD shows neither ink nor a picture."""
        return not self.ink and not self.picture

    @property
    def armed(self) -> bool:
        """Whether a host has begun to take a signature: pen reports are counted, and the pen inks."""
        counted, inks = self._kept[stu.PenDataOptionMode], self._kept[stu.InkingMode]
        return counted != stu.PenDataOptionMode(0) and inks == stu.InkingMode(1)

    @property
    def rate_hz(self) -> int:
        """Pen reports per second, as set."""
        rate = self._kept[stu.ReportRate]
        return rate.per_second if isinstance(rate, stu.ReportRate) else self.model.report_rate

    def hears(self, now_us: int) -> bool:
        """Whether it takes in what is said to it: a pad that sleeps is woken by it, and takes in what comes next."""
        heard = SLEEPS not in self.faults or now_us < self._awake_until_us
        self._awake_until_us = now_us + AWAKE_US
        return heard

    def answer(self, data: bytes | Damaged, now_us: int) -> Report | None:
        """What the pad says on a serial line to one frame; None to one that it cannot recognise as such."""
        if not self.hears(now_us):
            return None
        match data:
            case Damaged(crc=crc):
                return stu.SetResult(self._done(Result.CRC)) if crc else None
            case bytes():
                report = decode(data)
        if isinstance(report, stu.GetReport):
            return self.read(report.number, now_us) or stu.SetResult(self._done(Result.WRONG_REPORT_ID))
        return stu.SetResult(self.take(data, now_us))

    def read(self, number: int, now_us: int) -> Report | None:
        """The report of that number; None when it cannot be asked for."""
        row = BY_NUMBER.get(number)
        if row is None or number not in self.model.features or Use.GET not in row.use:
            return None
        if row.kind is stu.Status:
            return stu.Status(self._state(now_us), self._last_result)
        if row.kind is settings.EncryptionStatus:
            return self._cipher.status()
        return self._cipher.shown() if row.kind is settings.EncryptionCommand else self._kept.get(row.kind)

    def take(self, data: bytes, now_us: int) -> Result:
        """A setting, and what becomes of it."""
        report = decode(data)
        row = BY_NUMBER.get(data[0])
        if row is None or data[0] not in self.model.features or Use.SET not in row.use:
            return self._done(Result.WRONG_REPORT_ID)
        if isinstance(report, stu.Unknown):
            return self._done(Result.BAD_PARAMETER)
        return self._done(self._set(report, now_us))

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
        self.lose()
        count = (at_us - self._boot_us) // 1000 & 0xFFFF
        report = stu.PenDataTimeCountSequence(head, *self._position, count, self._sequence)
        sealed = self._session and self._cipher.key and PLAIN_TEXT not in self.faults
        return self._cipher.seal(report, self._session) if sealed else report

    def lose(self) -> None:
        """A report that is counted; who calls this alone lets it get lost."""
        self._sequence = self._sequence + 1 & 0xFFFF

    def restart(self, now_us: int) -> None:
        """It gets power again: everything as at the beginning, and it knows of no pen."""
        self._boot_us, self._sequence, self.near = now_us, 0, False
        self._reset()

    def _reset(self) -> None:
        self._cipher, self._session = PadCipher(), 0
        self._kept |= {type(report): report for report in _defaults(self.model)}
        self._mode = PadState.READY
        self._wiping_until_us = self._calculates_until_us = 0
        self._upload, self._encoding, self._expected = bytearray(), ONE_BIT, 0
        self._wipe()

    def _wipe(self) -> None:
        """Leave nothing on the LCD, unless it does not let go of what it shows."""
        self._shows_on = SHOWS in self.faults and not self.blank
        if not self._shows_on:
            self.ink, self.picture = False, b""

    def _state(self, now_us: int) -> PadState:
        if self._shows_on:
            self._wipe()
        if now_us < self._calculates_until_us:
            return PadState.CALCULATION
        return PadState.IMAGE if now_us < self._wiping_until_us or self._shows_on else self._mode

    def _done(self, result: Result) -> Result:
        self._last_result = result
        return result

    def _set(self, report: Report, now_us: int) -> Result:
        if self._state(now_us) not in BY_KIND[type(report)].states:
            return Result.WRONG_STATE
        match report:
            case stu.Reset():
                self._reset()
            case stu.StartCapture(session):
                self._mode, self._session = PadState.CAPTURE, session
            case stu.EndCapture():
                self._mode, self._session = PadState.READY, 0
            case settings.ClearScreenArea() | settings.StartImageDataArea() | stu.HandwritingDisplayArea() if (
                not self._holds(report)
            ):
                return Result.WRONG_AREA
            case settings.ClearScreenArea() if _pixels(report) < self._screen:
                self._wiping_until_us = now_us + CLEAR_US  # what is beside it stays to be seen
            case stu.ClearScreen() | settings.ClearScreenArea():
                self._wipe()
                self._wiping_until_us = now_us + CLEAR_US
            case settings.EncryptionCommand(order):
                self._calculates_until_us = now_us + CALCULATE_US * (order == settings.Order.GENERATE)
                return self._cipher.take(report)
            case stu.InkingMode(1) if REFUSES in self.faults:
                return Result.WRONG_STATE
            case stu.StartImageData() | settings.StartImageDataArea() | stu.ImageDataBlock() | stu.EndImageData():
                return self._draw(report)
            case _:
                return self._keep(report, now_us)
        return Result.OK

    @property
    def _screen(self) -> int:
        return self.model.capability.screen_width * self.model.capability.screen_height

    def _holds(self, area: Area) -> bool:
        """Whether the screen has this area. A driver of others names the corner one beyond the last pixel (0, 0, 800,
        480 at an STU-540); whether a pad takes that is unverified, here it does."""
        can = self.model.capability
        return area.left <= area.right <= can.screen_width and area.top <= area.bottom <= can.screen_height

    def _keep(self, report: Report, now_us: int) -> Result:
        match report:
            case stu.PenDataOptionMode(3) if WRAPS in self.faults:
                self._boot_us, self._sequence = now_us - SOON_US, SOON
            case stu.InkingMode(0 | 1) | stu.ReportRate(150 | 200) | stu.PenDataOptionMode(0 | 3):
                pass
            case stu.InkThreshold() | stu.HandwritingDisplayArea() | stu.Uid():
                pass
            case _ if type(report) in _SETTABLE:
                pass
            case _:
                return Result.BAD_PARAMETER
        self._kept[type(report)] = report
        return Result.OK

    def _draw(
        self, report: stu.StartImageData | settings.StartImageDataArea | stu.ImageDataBlock | stu.EndImageData
    ) -> Result:
        match report:
            case stu.StartImageData(encoding) | settings.StartImageDataArea(encoding=encoding):
                if not _FLAG.get(encoding, 0) & self.model.capability.encodings:
                    return Result.WRONG_ENCODING
                self._upload, self._encoding = bytearray(), encoding
                self._expected = _bytes_of(self.model.capability, encoding, report)
                self._mode = PadState.IMAGE
            case stu.ImageDataBlock(count, data):
                if count > len(data):
                    return Result.BAD_PARAMETER
                if TEARS in self.faults:
                    self.picture, self._mode = data[: max(1, count // 2)], PadState.READY
                    return Result.WRONG_STATE
                if len(self._upload) + count > self._expected + _SPARE:
                    return Result.IMAGE_TOO_LONG
                self._upload += data[:count]
            case stu.EndImageData(abandon):
                self._mode = PadState.READY
                return Result.OK if abandon else self._show()
        return Result.OK

    def _show(self) -> Result:
        picture = bytes(self._upload)
        if self._encoding == ONE_BIT_ZLIB:
            try:
                picture = zlib.decompressobj().decompress(picture, self._expected)
            except zlib.error:
                return Result.ZLIB_ERROR
        self.picture = picture[: self._expected]
        return Result.OK


def _identity(model: PadModel, uid: int) -> tuple[Report, ...]:
    about = stu.Information(model.name.encode().ljust(9, b"\0"), *model.firmware)
    number = SERIAL_NUMBER.encode()
    serials = (settings.Uid2(number.ljust(10, b"\0")), settings.Eserial(number.ljust(13, b"\0")))
    return (about, model.capability, stu.Uid(uid), *serials, *_KEPT_FOR_EVER)


_KEPT_FOR_EVER: tuple[Report, ...] = (
    settings.DefaultMode(1),
    settings.Backlight(3),
    settings.Contrast(0),
    settings.BackgroundColour(0xFFFF),
    settings.BackgroundColour24(b"\xff\xff\xff"),
    settings.BootScreen(0),
)
"""What a reset does not change; who writes them wears the pad's memory."""
_SETTABLE = frozenset(
    {
        *map(type, _KEPT_FOR_EVER),
        settings.RenderingMode,
        settings.ThicknessColour,
        settings.ThicknessColour24,
    }
)


def _defaults(model: PadModel) -> tuple[Report, ...]:
    can = model.capability
    return (
        stu.ReportRate(model.report_rate),
        stu.InkingMode(1),
        stu.InkThreshold(),
        stu.HandwritingDisplayArea(0, 0, can.screen_width - 1, can.screen_height - 1),
        stu.PenDataOptionMode(0),
        settings.RenderingMode(0),
        settings.ThicknessColour(0, 1),
        settings.ThicknessColour24(bytes(3), 1),
    )


def _pixels(area: Area) -> int:
    return (area.right - area.left + 1) * (area.bottom - area.top + 1)


def _bytes_of(can: stu.Capability, encoding: int, report: Report) -> int:
    width, height = can.screen_width, can.screen_height
    if isinstance(report, settings.StartImageDataArea):
        width, height = report.right - report.left + 1, report.bottom - report.top + 1
    row = {SIXTEEN_BIT: width * 2, FULL_COLOUR: width * 3}.get(encoding, (width + 7) // 8)
    return row * height
