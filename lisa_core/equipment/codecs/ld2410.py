"""HLK-LD2410 presence radar: its serial protocol, sans-IO.

Source: Hi-Link "HLK-LD2410 Serial communication protocol" V1.02 (2022-07-01): 2.1 frame formats, 2.2 commands, 2.3
reports; the photosensor and OUT bytes of engineering reports and the commands 0xA9..0xAE from LD2410B V1.06. Numbers
are little endian, except the firmware's type. There is no checksum: header, length and footer are all that says where a
frame lies, so the parser trusts a frame only when all of it fits, and looks again one byte further when it does not.

    report   F4 F3 F2 F1 | length u16 | 02 AA | targets (9) | 55 00 | F8 F7 F6 F5                    length 13
             F4 F3 F2 F1 | length u16 | 01 AA | targets (9) | gates | 55 00 | F8 F7 F6 F5            length 33 to 64
      targets  status u8 | moving: cm u16, energy u8 | still: cm u16, energy u8 | detection cm u16
      gates    farthest moving u8, still u8 | moving energies u8 x 9 | still energies u8 x 9 | [light u8 | OUT u8]
    command  FD FC FB FA | length u16 | word u16          | arguments         | 04 03 02 01            length 2 to 64
    answer   FD FC FB FA | length u16 | word + 0x0100 u16 | 0 = done u16, data | 04 03 02 01           length 4 to 64

    report    f4 f3 f2 f1 0d 00 02 aa 02 00 00 00 57 00 3c 57 00 55 00 f8 f7 f6 f5      still, 87 cm, energy 60
    command   fd fc fb fa 04 00 ff 00 01 00 04 03 02 01                                 CONFIG_ENABLE
    answer    fd fc fb fa 08 00 ff 01 00 00 01 00 40 00 04 03 02 01                     done, protocol 1, buffer 64
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

REPORT_HEADER, REPORT_FOOTER = bytes.fromhex("f4f3f2f1"), bytes.fromhex("f8f7f6f5")
COMMAND_HEADER, COMMAND_FOOTER = bytes.fromhex("fdfcfbfa"), bytes.fromhex("04030201")
MAX_LENGTH = 64
"""The longest payload the module says it buffers (answer to CONFIG_ENABLE); a longer length field is damage."""
GATES = 9
BAUDRATE = 256_000
BAUDRATES = (9600, 19_200, 38_400, 57_600, 115_200, 230_400, 256_000, 460_800)
"""What Code.BAUDRATE chooses from, by 1 to 8; it holds from the next restart on (manual 2.2)."""
REPORT_PERIOD_S = 0.1

_ENGINEERING, _BASIC = 0x01, 0x02
_HEAD, _TAIL = 0xAA, b"\x55\x00"
_TARGETS = struct.Struct("<BHBHBH")
_BASIC_LENGTH = 2 + _TARGETS.size + 2
_ENGINEERING_LENGTH = _BASIC_LENGTH + 2 + 2 * GATES
_ACK = 0x0100
_PIECE = 256


class TargetState(IntEnum):
    """What the radar sees (manual 2.3.1, table 12); the last three only while it measures its background noise."""

    NOBODY = 0
    MOVING = 1
    STILL = 2
    BOTH = 3
    CALIBRATING = 4
    CALIBRATED = 5
    CALIBRATION_FAILED = 6


class Code(IntEnum):
    """Command words (manual 2.2)."""

    CONFIG_ENABLE = 0xFF
    CONFIG_DISABLE = 0xFE
    WRITE_PARAMETERS = 0x60
    READ_PARAMETERS = 0x61
    ENGINEERING_ON = 0x62
    ENGINEERING_OFF = 0x63
    WRITE_SENSITIVITY = 0x64
    FIRMWARE = 0xA0
    BAUDRATE = 0xA1
    FACTORY_RESET = 0xA2
    RESTART = 0xA3
    BLUETOOTH = 0xA4
    MAC = 0xA5
    BLUETOOTH_PASSWORD = 0xA9
    WRITE_RESOLUTION = 0xAA
    READ_RESOLUTION = 0xAB
    WRITE_LIGHT = 0xAD
    READ_LIGHT = 0xAE
    CALIBRATE = 0x0B
    CALIBRATION = 0x1B


_STATUSES = frozenset(map(int, TargetState))


@dataclass(frozen=True, slots=True)
class Engineering:
    """What engineering mode adds: energies 0..100 per gate (0.75 m or 0.2 m each), brightness 0..255, the OUT pin."""

    max_moving_gate: int
    max_still_gate: int
    moving: tuple[int, ...]
    still: tuple[int, ...]
    light: int = 0
    out: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """One report, as it stands in the frame: centimetres and energies 0..100."""

    status: TargetState
    moving_cm: int = 0
    moving_energy: int = 0
    still_cm: int = 0
    still_energy: int = 0
    detection_cm: int = 0
    engineering: Engineering | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """A command to the module. `code` may be one that is not in `Code`."""

    code: int
    args: bytes = b""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The module's answer to the command `code`."""

    code: int
    ok: bool = True
    data: bytes = b""


Message = Report | Command | Acknowledgement


def encode(message: Message) -> bytes:
    """The whole frame of one message."""
    match message:
        case Report():
            return _framed(REPORT_HEADER, _report_payload(message), REPORT_FOOTER)
        case Command(code, args):
            return _framed(COMMAND_HEADER, struct.pack("<H", code) + args, COMMAND_FOOTER)
        case Acknowledgement(code, ok, data):
            return _framed(COMMAND_HEADER, struct.pack("<HH", code | _ACK, not ok) + data, COMMAND_FOOTER)


class Parser:
    """Finds messages in a stream that may hold anything else. `skipped` counts the bytes that belonged to none."""

    def __init__(self) -> None:
        self.skipped = 0
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[Message]:
        """Return what is complete by now."""
        pieces = (data[at : at + _PIECE] for at in range(0, len(data), _PIECE))
        return [message for piece in pieces for message in self._fed(piece)]

    def _fed(self, piece: bytes) -> list[Message]:
        """So little at once that looking for headers in all of it again and again costs next to nothing."""
        self._buffer += piece
        messages: list[Message] = []
        while self._at_header():
            length = int.from_bytes(self._buffer[4:6], "little")
            if not _possible(self._buffer, length):
                self._skip(1)
                continue
            if len(self._buffer) < length + 10:
                break
            message = _decode(bytes(self._buffer[: length + 10]))
            if message is None:
                self._skip(1)
                continue
            messages.append(message)
            del self._buffer[: length + 10]
        return messages

    def _at_header(self) -> bool:
        """Drop what cannot begin a frame; whether a header with its length has arrived."""
        found = [at for header in (REPORT_HEADER, COMMAND_HEADER) if (at := self._buffer.find(header)) >= 0]
        self._skip(min(found) if found else max(len(self._buffer) - 3, 0))
        return bool(found) and len(self._buffer) >= 6

    def _skip(self, count: int) -> None:
        self.skipped += count
        del self._buffer[:count]


def _possible(buffer: bytearray, length: int) -> bool:
    """Judge a frame by its first bytes, so that a damaged length does not hold up the frames behind it."""
    if buffer.startswith(COMMAND_HEADER):
        return 2 <= length <= MAX_LENGTH
    least = {_BASIC: _BASIC_LENGTH, _ENGINEERING: _ENGINEERING_LENGTH}
    most = {_BASIC: _BASIC_LENGTH, _ENGINEERING: MAX_LENGTH}
    if len(buffer) < 7:
        return _BASIC_LENGTH <= length <= MAX_LENGTH
    return least.get(buffer[6], MAX_LENGTH) <= length <= most.get(buffer[6], 0)


def _framed(header: bytes, payload: bytes, footer: bytes) -> bytes:
    return header + struct.pack("<H", len(payload)) + payload + footer


def _decode(frame: bytes) -> Message | None:
    """One whole frame; None when it is damaged."""
    header, payload, footer = frame[:4], frame[6:-4], frame[-4:]
    if header == REPORT_HEADER:
        return _report(payload) if footer == REPORT_FOOTER else None
    if footer != COMMAND_FOOTER:
        return None
    (word,) = struct.unpack_from("<H", payload)
    if not word & _ACK:
        return Command(word, payload[2:])
    if len(payload) < 4:
        return None
    return Acknowledgement(word & ~_ACK, payload[2:4] == b"\0\0", payload[4:])


def _report(payload: bytes) -> Report | None:
    if payload[1] != _HEAD or payload[-2:] != _TAIL or payload[2] not in _STATUSES:
        return None
    status, moving_cm, moving_energy, still_cm, still_energy, detection_cm = _TARGETS.unpack_from(payload, 2)
    gates = _engineering(payload[_BASIC_LENGTH - 2 : -2]) if payload[0] == _ENGINEERING else None
    return Report(TargetState(status), moving_cm, moving_energy, still_cm, still_energy, detection_cm, gates)


def _engineering(rest: bytes) -> Engineering:
    moving, still = rest[2 : 2 + GATES], rest[2 + GATES : 2 + 2 * GATES]
    light, out = (*rest[2 + 2 * GATES :], 0, 0)[:2]  # the first firmware sends neither
    return Engineering(rest[0], rest[1], tuple(moving), tuple(still), light, out)


def _report_payload(report: Report) -> bytes:
    targets = _TARGETS.pack(
        report.status,
        report.moving_cm,
        report.moving_energy,
        report.still_cm,
        report.still_energy,
        report.detection_cm,
    )
    if report.engineering is None:
        return bytes((_BASIC, _HEAD)) + targets + _TAIL
    gates = report.engineering
    energies = bytes((gates.max_moving_gate, gates.max_still_gate, *gates.moving, *gates.still))
    return bytes((_ENGINEERING, _HEAD)) + targets + energies + bytes((gates.light, gates.out)) + _TAIL


@dataclass(frozen=True, slots=True)
class Parameters:
    """What READ_PARAMETERS tells: farthest gates 2..8, sensitivity 0..100 per gate, seconds until "nobody"."""

    max_moving_gate: int = 8
    max_still_gate: int = 8
    moving: tuple[int, ...] = (50, 50, 40, 30, 20, 15, 15, 15, 15)
    still: tuple[int, ...] = (0, 0, 40, 40, 30, 30, 20, 20, 20)
    timeout_s: int = 5

    def encode(self) -> bytes:
        """The data of the acknowledgement (manual 2.2.4)."""
        gates = (GATES - 1, self.max_moving_gate, self.max_still_gate, *self.moving, *self.still)
        return bytes((_HEAD, *gates)) + struct.pack("<H", self.timeout_s)


def parameters(data: bytes) -> Parameters:
    """Read the data of the acknowledgement. Raises ValueError when it is not one for nine gates."""
    if len(data) != 6 + 2 * GATES or data[:2] != bytes((_HEAD, GATES - 1)):
        raise ValueError(f"not the parameters of an LD2410: {data.hex(' ')}")
    gates = data[4:-2]
    seconds = int.from_bytes(data[-2:], "little")
    return Parameters(data[2], data[3], tuple(gates[:GATES]), tuple(gates[GATES:]), seconds)


def firmware(data: bytes) -> str:
    """The firmware as Hi-Link writes it: hexadecimal digits, such as "V1.02.22062416" (manual 2.2.8)."""
    if len(data) != 8:
        raise ValueError(f"not the firmware of an LD2410: {data.hex(' ')}")
    minor, major, revision = struct.unpack_from("<BBI", data, 2)
    return f"V{major:x}.{minor:02x}.{revision:08x}"


def firmware_data(version: str) -> bytes:
    """The inverse of `firmware`."""
    major, minor, revision = version.removeprefix("V").split(".")
    return b"\x00\x01" + struct.pack("<BBI", int(minor, 16), int(major, 16), int(revision, 16))


def words(data: bytes) -> dict[int, int]:
    """Arguments written as (u16 word, u32 value) pairs, by word. Raises ValueError for a broken pair."""
    if len(data) % 6:
        raise ValueError(f"not pairs of word and value: {data.hex(' ')}")
    return dict(struct.iter_unpack("<HI", data))
