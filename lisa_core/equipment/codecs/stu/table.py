"""The reports in one table for both ends: number, value, layout, how it may be used and in which state it may be set.

A report is its number in one byte, then its fields. Capabilities and pen data are big endian, settings little endian.
On a serial line the host gets one with `GetReport`, which the pad answers with the report itself, and sets one by
sending it, which the pad answers with `SetResult`; pen data comes unasked in between.
"""

from __future__ import annotations

import struct
from dataclasses import astuple, dataclass
from enum import Flag, auto

from lisa_core.equipment.codecs.stu import settings
from lisa_core.equipment.codecs.stu.reports import (
    Capability,
    ClearScreen,
    EndCapture,
    EndImageData,
    EventData,
    GetReport,
    HandwritingDisplayArea,
    ImageDataBlock,
    Information,
    InkingMode,
    InkThreshold,
    PadState,
    PenData,
    PenDataOptionMode,
    PenDataTimeCountSequence,
    Report,
    ReportRate,
    Reset,
    SetResult,
    StartCapture,
    StartImageData,
    Status,
    Uid,
    Unknown,
)


class Use(Flag):
    """How a report travels."""

    GET = auto()
    SET = auto()
    INPUT = auto()


ANY_STATE = frozenset(PadState)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One line of the table; `states` are those in which the pad lets the host set it."""

    number: int
    kind: type[Report]
    layout: str
    use: Use
    states: frozenset[PadState] = ANY_STATE
    open_ended: bool = False
    """The last field takes whatever follows."""

    @property
    def size(self) -> int:
        """Bytes with its number, without what is open-ended."""
        return 1 + struct.calcsize(self.layout)


_BOTH = Use.GET | Use.SET
_READY, _IMAGE, _CAPTURE = (
    frozenset({PadState.READY}),
    frozenset({PadState.IMAGE}),
    frozenset({PadState.CAPTURE}),
)

TABLE = (
    ReportRow(0x01, PenData, ">HHH", Use.INPUT),
    ReportRow(0x03, Status, "<BBH", Use.GET),
    ReportRow(0x04, Reset, "B", Use.SET),
    ReportRow(0x08, Information, "9sBBB4s", Use.GET),
    ReportRow(0x09, Capability, ">HHHHHBHB2s", Use.GET),
    ReportRow(0x0A, Uid, ">I", _BOTH, _READY),
    ReportRow(0x0D, ReportRate, "B", _BOTH),
    ReportRow(0x15, StartCapture, ">I", Use.SET, _READY),
    ReportRow(0x16, EndCapture, "B", Use.SET, _CAPTURE),
    ReportRow(0x20, ClearScreen, "B", Use.SET, _READY),
    ReportRow(0x21, InkingMode, "B", _BOTH),
    ReportRow(0x22, InkThreshold, "<HH", _BOTH, _READY),
    ReportRow(0x25, StartImageData, "B", Use.SET, _READY),
    ReportRow(0x26, ImageDataBlock, "<H", Use.SET, _IMAGE, open_ended=True),
    ReportRow(0x27, EndImageData, "B", Use.SET, _IMAGE),
    ReportRow(0x2A, HandwritingDisplayArea, "<HHHH", _BOTH),
    ReportRow(0x32, PenDataOptionMode, "B", _BOTH),
    ReportRow(0x34, PenDataTimeCountSequence, ">HHHHH", Use.INPUT),
    ReportRow(0x0B, settings.Uid2, "10s", Use.GET),
    ReportRow(0x0C, settings.DefaultMode, "BB", _BOTH, _READY),
    ReportRow(0x0E, settings.RenderingMode, "B", _BOTH),
    ReportRow(0x0F, settings.Eserial, "13s", Use.GET),
    ReportRow(0x10, settings.PenDataEncrypted, "16s", Use.INPUT),
    ReportRow(0x23, settings.ClearScreenArea, "<BBHHHH", Use.SET, _READY),
    ReportRow(0x24, settings.StartImageDataArea, "<BBHHHH", Use.SET, _READY),
    ReportRow(0x28, settings.ThicknessColour, "<HB", _BOTH),
    ReportRow(0x29, settings.BackgroundColour, "<H", _BOTH),
    ReportRow(0x2B, settings.Backlight, "<H", _BOTH),
    ReportRow(0x2C, settings.Contrast, "<H", _BOTH),
    ReportRow(0x2D, settings.ThicknessColour24, "3sB", _BOTH),
    ReportRow(0x2E, settings.BackgroundColour24, "3s", _BOTH),
    ReportRow(0x2F, settings.BootScreen, "B", _BOTH),
    ReportRow(0x33, settings.PenDataTimeCountSequenceEncrypted, "16s", Use.INPUT),
    ReportRow(0x40, settings.EncryptionCommand, "BBB64s", _BOTH, _READY),
    ReportRow(0x50, settings.EncryptionStatus, "BBBBBBBB8s", Use.GET),
    ReportRow(0x80, GetReport, "B", Use.SET),
    ReportRow(0x81, SetResult, "B", Use.INPUT),
    ReportRow(0x99, EventData, "B8s", Use.INPUT),
)
BY_NUMBER = {row.number: row for row in TABLE}
BY_KIND: dict[type[object], ReportRow] = {row.kind: row for row in TABLE}
_READERS = {row.number: (row, struct.Struct(row.layout), row.size) for row in TABLE}


def encode(report: Report) -> bytes:
    """The bytes of a report, its number first. `ValueError` when a field does not fit."""
    row = BY_KIND[type(report)]
    fields = list(astuple(report))
    rest = fields.pop() if row.open_ended else b""
    try:
        return bytes((row.number,)) + struct.pack(row.layout, *fields) + rest
    except struct.error as error:
        raise ValueError(f"{report}: {error}") from error


def decode(data: bytes) -> Report | Unknown:
    """The report in `data`, which is not empty; `Unknown` for anything outside the table. Never raises."""
    if (known := _READERS.get(data[0])) is None:
        return Unknown(data[0], data[1:])
    row, layout, fixed = known
    if len(data) < fixed or (len(data) > fixed and not row.open_ended):
        return Unknown(data[0], data[1:])
    rest = (data[fixed:],) if row.open_ended else ()
    return row.kind(*layout.unpack_from(data, 1), *rest)
