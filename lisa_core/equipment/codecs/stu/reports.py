"""What the reports say: one value per report a booth needs, fields in the order of the wire (`table` has the layout).

Numbers and meanings are those of the vendor's Protocol.hpp.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from lisa_core.equipment.codecs.stu.settings import More


class PadState(IntEnum):
    """`Status.state`."""

    READY = 0
    IMAGE = 1
    CAPTURE = 2
    CALCULATION = 3
    IMAGE_BOOT = 4
    ROM_BUSY = 5
    SYSTEM_RESET = 0xFF


class Result(IntEnum):
    """`SetResult.result` and `Status.last_result`."""

    OK = 0x00
    WRONG_REPORT_ID = 0x01
    WRONG_STATE = 0x02
    CRC = 0x03
    BAD_PARAMETER = 0x04
    WRONG_ENCODING = 0x10
    IMAGE_TOO_LONG = 0x11
    ZLIB_ERROR = 0x12
    WRONG_AREA = 0x15
    PAD_NOT_EXIST = 0x20
    ROM_OVERFLOW = 0x33
    ROM_PARAMETER = 0x34
    ROM_CRC = 0x35


@dataclass(frozen=True, slots=True)
class PenData:
    """Pen report without option: `head` holds nearness, switches and pressure (see `pen_head`)."""

    head: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class PenDataTimeCountSequence:
    """Pen report with the pad's time (1 ms) and a running number; both wrap after 65535."""

    head: int
    x: int
    y: int
    time_count: int
    sequence: int


@dataclass(frozen=True, slots=True)
class Status:
    """`state` is a PadState, `last_result` a Result."""

    state: int
    last_result: int
    word: int = 0


@dataclass(frozen=True, slots=True)
class Reset:
    """0 software, 1 hardware. Afterwards: white screen, inking ON, no pen option, default areas."""

    kind: int = 0


@dataclass(frozen=True, slots=True)
class Information:
    """`name` is ASCII, filled up with NUL."""

    name: bytes
    firmware_major: int
    firmware_minor: int
    secure_ic: int = 0
    secure_ic_version: bytes = bytes(4)


@dataclass(frozen=True, slots=True)
class Capability:
    """Pen range and screen; `resolution` in pen units per inch; `encodings`: 1 zlib, 2 1-bit, 4 16-bit, 8 24-bit."""

    max_x: int
    max_y: int
    max_pressure: int
    screen_width: int
    screen_height: int
    max_rate: int
    resolution: int
    encodings: int
    reserved: bytes = bytes(2)


@dataclass(frozen=True, slots=True)
class Uid:
    """A number that the pad keeps; the operator may set it."""

    number: int


@dataclass(frozen=True, slots=True)
class ReportRate:
    """Pen reports per second: 150 or 200."""

    per_second: int


@dataclass(frozen=True, slots=True)
class StartCapture:
    """Begin a session, needed for encrypted pen data only; the host waits 20 ms."""

    session: int


@dataclass(frozen=True, slots=True)
class EndCapture:
    """End the session; the host waits 20 ms."""

    unused: int = 0


@dataclass(frozen=True, slots=True)
class ClearScreen:
    """Wipe picture and ink. The pad answers at once and wipes after: poll Status until it is ready again."""

    unused: int = 0


@dataclass(frozen=True, slots=True)
class InkingMode:
    """1: the pad draws what the pen writes."""

    on: int


@dataclass(frozen=True, slots=True)
class InkThreshold:
    """Pressures from which ink flows and below which it ends."""

    on: int = 0x15
    off: int = 0x10


@dataclass(frozen=True, slots=True)
class StartImageData:
    """`encoding`: 0 1-bit, 1 1-bit zlib, 2 16-bit, 4 24-bit."""

    encoding: int


@dataclass(frozen=True, slots=True)
class ImageDataBlock:
    """`count` bytes of the picture; drivers pad `data` beyond it."""

    count: int
    data: bytes


@dataclass(frozen=True, slots=True)
class EndImageData:
    """0 show the picture, 1 forget it."""

    abandon: int = 0


@dataclass(frozen=True, slots=True)
class HandwritingDisplayArea:
    """Where ink may appear, in pixels."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class PenDataOptionMode:
    """0 plain PenData, 3 PenDataTimeCountSequence."""

    mode: int


@dataclass(frozen=True, slots=True)
class GetReport:
    """Host: send me that report. Serial line only."""

    number: int


@dataclass(frozen=True, slots=True)
class SetResult:
    """Pad: what became of the last report (`Result`). Serial line only."""

    result: int


@dataclass(frozen=True, slots=True)
class EventData:
    """A key on the pad's screen (STU-540 only; length unverified)."""

    mode: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Unknown:
    """A report that the table does not know, or not in this length."""

    number: int
    body: bytes


Report = (
    PenData
    | PenDataTimeCountSequence
    | Status
    | Reset
    | Information
    | Capability
    | Uid
    | ReportRate
    | StartCapture
    | EndCapture
    | ClearScreen
    | InkingMode
    | InkThreshold
    | StartImageData
    | ImageDataBlock
    | EndImageData
    | HandwritingDisplayArea
    | PenDataOptionMode
    | GetReport
    | SetResult
    | EventData
    | More
)


def pen_head(*, near: bool, down: bool, pressure: int) -> int:
    """The first two bytes of pen data: bit 15 near, bits 14..12 switches (the tip is 1), 12 bits of pressure."""
    return near << 15 | down << 12 | pressure


def is_near(head: int) -> bool:
    """Whether the pen is close enough to be seen."""
    return bool(head & 0x8000)


def is_down(head: int) -> bool:
    """Whether any switch of the pen says that it touches."""
    return bool(head & 0x7000)


def pressure(head: int) -> int:
    """0 to `Capability.max_pressure`."""
    return head & 0x0FFF


def result_name(code: int) -> str:
    """The name of a result for fault codes and messages: "wrong_state"; "result_0x7f" for one nobody knows."""
    return Result(code).name.lower() if code in Result._value2member_map_ else f"result_0x{code:02x}"


def image_reports(encoding: int, picture: bytes, block: int = 253) -> Iterator[Report]:
    """What a host sends to show a picture: start, blocks, end."""
    yield StartImageData(encoding)
    for start in range(0, len(picture), block):
        part = picture[start : start + block]
        yield ImageDataBlock(len(part), part)
    yield EndImageData()
