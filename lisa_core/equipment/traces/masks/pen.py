"""Signature pads (STU): where the pen was becomes a line that nobody wrote, pictures and keys become noughts.

What stays of a signature is when the pen touched, and how many reports came: that is what the pad's clock and its
running numbers are made of, which a driver checks. Reports that nobody knows are left out as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from lisa_core.equipment.codecs.stu import reports as stu
from lisa_core.equipment.codecs.stu.framing import Deframer, frame
from lisa_core.equipment.codecs.stu.settings import (
    EncryptionCommand,
    PenDataEncrypted,
    PenDataTimeCountSequenceEncrypted,
)
from lisa_core.equipment.codecs.stu.table import decode, encode
from lisa_core.equipment.traces.entries import Blank, Content, Part, Plain, plain
from lisa_core.equipment.traces.masks.mask import Mask

PRESSED = 400
"""Every touch has this pressure, of 1023."""
_START, _LENGTH_HIGH = 0x80, 0x3F
_WIDTH, _HEIGHT = 9_600, 6_000
_STEP_X, _STEP_Y = 37, 23


class Strokes:
    """A pen that goes to and fro, whatever the real one does: the same for every signature."""

    def __init__(self) -> None:
        self._count = 0
        self._can = (_WIDTH, _HEIGHT)

    def masked(self, report: stu.Report) -> stu.Report | None:
        """The report that is kept in its place; None: it may stay."""
        if isinstance(report, stu.Capability):
            self._can = (report.max_x or _WIDTH, report.max_y or _HEIGHT)
        if isinstance(report, stu.PenData | stu.PenDataTimeCountSequence):
            return self._pen(report)
        blanked = _BLANKED.get(type(report))
        return blanked(report) if blanked else None

    def _pen(self, report: stu.PenData | stu.PenDataTimeCountSequence) -> stu.Report:
        self._count += 1
        x, y = self._count * _STEP_X % self._can[0], self._count * _STEP_Y % self._can[1]
        near, down = stu.is_near(report.head), stu.is_down(report.head)
        return replace(report, head=stu.pen_head(near=near, down=down, pressure=PRESSED if down else 0), x=x, y=y)


def _picture(report: stu.Report) -> stu.Report:
    assert isinstance(report, stu.ImageDataBlock)
    return replace(report, data=bytes(len(report.data)))


def _command(report: stu.Report) -> stu.Report:
    assert isinstance(report, EncryptionCommand)
    return replace(report, data=bytes(len(report.data)))


def _key(report: stu.Report) -> stu.Report:
    assert isinstance(report, stu.EventData)
    return replace(report, data=bytes(len(report.data)))


_BLANKED: Mapping[type[object], Callable[[stu.Report], stu.Report]] = {
    stu.ImageDataBlock: _picture,
    EncryptionCommand: _command,
    stu.EventData: _key,
    PenDataEncrypted: lambda report: PenDataEncrypted(bytes(16)),
    PenDataTimeCountSequenceEncrypted: lambda report: PenDataTimeCountSequenceEncrypted(bytes(16)),
    stu.StartCapture: lambda report: stu.StartCapture(0),
}


class PadMask(Mask):
    """A pad on either of its lines."""

    def __init__(self) -> None:
        self._strokes = Strokes()
        self.renewed()

    def renewed(self) -> None:
        self._ways = (_Frames(self._strokes), _Frames(self._strokes))

    def sent(self, data: bytes) -> Sequence[Content]:
        return tuple(self._ways[0].feed(data))

    def came(self, data: bytes) -> Sequence[Content]:
        return tuple(self._ways[1].feed(data))

    def report(self, data: bytes) -> Part:
        known = decode(data) if data else stu.Unknown(0, b"")
        if isinstance(known, stu.Unknown):
            return Blank(len(data))
        masked = self._strokes.masked(known)
        return Plain(data if masked is None else encode(masked))


class _Frames:
    """The frames of one direction of a serial line, one content for each."""

    def __init__(self, strokes: Strokes) -> None:
        self._strokes = strokes
        self._pending = bytearray()

    def feed(self, data: bytes) -> Iterator[Content]:
        for byte in data:
            if byte & _START and self._pending:
                yield (Blank(len(self._pending)),)
                self._pending.clear()
            self._pending.append(byte)
            if not self._pending[0] & _START:
                yield (Blank(1),)
                self._pending.clear()
            elif len(self._pending) >= 2 and len(self._pending) == self._whole():
                yield self._frame(bytes(self._pending))
                self._pending.clear()

    def _whole(self) -> int:
        return 2 + ((self._pending[0] & _LENGTH_HIGH) << 7 | self._pending[1])

    def _frame(self, raw: bytes) -> Content:
        found = [one for one in Deframer(None).feed(raw) if isinstance(one, bytes) and one]
        report = decode(found[0]) if found else stu.Unknown(0, b"")
        if isinstance(report, stu.Unknown):
            return (Blank(len(raw)),)
        masked = self._strokes.masked(report)
        if masked is None:
            return plain(raw)
        start = next((start for start in (None, 0, 0xFFFF) if frame(found[0], start) == raw), None)
        return plain(frame(encode(masked), start))
