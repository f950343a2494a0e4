"""HLK-LD2410 presence radar: its serial protocol, sans-IO. What it has in common with others stands in `hilink`.

Source: Hi-Link "HLK-LD2410 Serial communication protocol" V1.02 (2022-07-01): 2.1 frame formats, 2.2 commands, 2.3
reports; the photosensor and OUT bytes of engineering reports and the commands 0xA9..0xAE from LD2410B V1.06.

    report   F4 F3 F2 F1 | length u16 | 02 AA | targets (9) | 55 00 | F8 F7 F6 F5                    length 13
             F4 F3 F2 F1 | length u16 | 01 AA | targets (9) | gates | 55 00 | F8 F7 F6 F5            length 33 to 64
      targets  status u8 | moving: cm u16, energy u8 | still: cm u16, energy u8 | detection cm u16
      gates    farthest moving u8, still u8 | moving energies u8 x 9 | still energies u8 x 9 | [light u8 | OUT u8]

    report    f4 f3 f2 f1 0d 00 02 aa 02 00 00 00 57 00 3c 57 00 55 00 f8 f7 f6 f5      still, 87 cm, energy 60
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

from lisa_core.equipment.codecs.hilink import (
    BAUDRATE,
    BAUDRATES,
    COMMAND_HEADER,
    MAX_LENGTH,
    MORE,
    REPORT_PERIOD_S,
    Acknowledgement,
    Command,
    Finder,
    command_length,
    encode_command,
    firmware,
    firmware_data,
    read_command,
)

__all__ = [
    "BAUDRATE",
    "BAUDRATES",
    "GATES",
    "MAX_LENGTH",
    "REPORT_PERIOD_S",
    "Acknowledgement",
    "Code",
    "Command",
    "Engineering",
    "Message",
    "Parameters",
    "Parser",
    "Report",
    "TargetState",
    "encode",
    "firmware",
    "firmware_data",
    "parameters",
    "words",
]

REPORT_HEADER, REPORT_FOOTER = bytes.fromhex("f4f3f2f1"), bytes.fromhex("f8f7f6f5")
GATES = 9

_ENGINEERING, _BASIC = 0x01, 0x02
_HEAD, _TAIL = 0xAA, b"\x55\x00"
_TARGETS = struct.Struct("<BHBHBH")
_BASIC_LENGTH = 2 + _TARGETS.size + 2
_ENGINEERING_LENGTH = _BASIC_LENGTH + 2 + 2 * GATES


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
    """What engineering mode adds: energies 0..100 per gate (0.75 m or 0.2 m each), brightness 0..255, the OUT pin.

    The first firmware tells neither of the last two: None.
    """

    max_moving_gate: int
    max_still_gate: int
    moving: tuple[int, ...]
    still: tuple[int, ...]
    light: int | None = 0
    out: int | None = 0


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


Message = Report | Command | Acknowledgement


def encode(message: Message) -> bytes:
    """The whole frame of one message."""
    if not isinstance(message, Report):
        return encode_command(message)
    payload = _report_payload(message)
    return REPORT_HEADER + struct.pack("<H", len(payload)) + payload + REPORT_FOOTER


class Parser(Finder[Message]):
    """Finds messages in a stream that may hold anything else. `skipped` counts the bytes that belonged to none."""

    def __init__(self) -> None:
        super().__init__(
            {REPORT_HEADER: (_report_length, _read_report), COMMAND_HEADER: (command_length, read_command)}
        )


def _report_length(begun: bytes | bytearray) -> int:
    """Judge a frame by its first bytes, so that a damaged length does not hold up the frames behind it."""
    if len(begun) < 6:
        return MORE
    length = begun[4] | begun[5] << 8
    if not _BASIC_LENGTH <= length <= MAX_LENGTH:
        return 0
    if len(begun) < 7:
        return MORE
    if begun[6] == _BASIC:
        return length + 10 if length == _BASIC_LENGTH else 0
    return length + 10 if begun[6] == _ENGINEERING and length >= _ENGINEERING_LENGTH else 0


def _read_report(frame: bytes) -> Report | None:
    """One whole frame; None when it is damaged."""
    return _report(frame[6:-4]) if frame.endswith(REPORT_FOOTER) else None


def _report(payload: bytes) -> Report | None:
    if payload[1] != _HEAD or payload[-2:] != _TAIL or payload[2] not in _STATUSES:
        return None
    status, moving_cm, moving_energy, still_cm, still_energy, detection_cm = _TARGETS.unpack_from(payload, 2)
    gates = _engineering(payload[_BASIC_LENGTH - 2 : -2]) if payload[0] == _ENGINEERING else None
    return Report(TargetState(status), moving_cm, moving_energy, still_cm, still_energy, detection_cm, gates)


def _engineering(rest: bytes) -> Engineering:
    moving, still = rest[2 : 2 + GATES], rest[2 + GATES : 2 + 2 * GATES]
    light, out = rest[20:22] if len(rest) >= 22 else (None, None)
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
    if gates.light is not None and gates.out is not None:
        energies += bytes((gates.light, gates.out))
    return bytes((_ENGINEERING, _HEAD)) + targets + energies + _TAIL


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


def words(data: bytes) -> dict[int, int]:
    """Arguments written as (u16 word, u32 value) pairs, by word. Raises ValueError for a broken pair."""
    if len(data) % 6:
        raise ValueError(f"not pairs of word and value: {data.hex(' ')}")
    return dict(struct.iter_unpack("<HI", data))
