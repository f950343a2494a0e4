"""Modbus RTU for discrete inputs, coils and registers: both sides, sans-IO.

Sources: MODBUS Application Protocol Specification V1.1b3, clauses 6.1-6.6 and 6.11 (functions) and 7 (exceptions);
MODBUS over Serial Line V1.02, 2.5.1 (frame) and 6.2.2 (CRC). Frames are told apart by the length that their first bytes
promise and by the CRC, not by the 3.5 characters of silence between them: a pty and a network keep no silences.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

BROADCAST = 0
MAX_FRAME = 256


class Function(IntEnum):
    """The functions this codec knows."""

    READ_COILS = 1
    READ_INPUTS = 2
    READ_HOLDING = 3
    READ_INPUT_REGISTERS = 4
    WRITE_COIL = 5
    WRITE_REGISTER = 6
    WRITE_COILS = 15


class Reason(IntEnum):
    """Exception codes (clause 7)."""

    ILLEGAL_FUNCTION = 1
    ILLEGAL_ADDRESS = 2
    ILLEGAL_VALUE = 3


@dataclass(frozen=True, slots=True)
class Request:
    """What the master asks. `count` is how many to read; `values` what to write: 0/1 for coils, 0..65535 for registers.

    Addresses count from 0, as on the wire.
    """

    unit: int
    function: Function
    address: int
    count: int = 1
    values: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What was read, 0/1 for coils and inputs; empty after a write."""

    values: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """The unit says no. On the unit's side: what the standard demands as answer to the frame that came."""

    unit: int
    function: int
    code: int


_BITS = (Function.READ_COILS, Function.READ_INPUTS)
_REGISTERS = (Function.READ_HOLDING, Function.READ_INPUT_REGISTERS)
_MOST: Mapping[int, int] = {
    **dict.fromkeys(_BITS, 2000),
    **dict.fromkeys(_REGISTERS, 125),
    Function.WRITE_COILS: 1968,
}
_COIL = {0xFF00: 1, 0x0000: 0}


def crc16(data: bytes) -> int:
    """CRC-16/MODBUS: polynomial 0xA001 (reflected), start 0xFFFF."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


def encode_request(request: Request) -> bytes:
    """The frame that asks."""
    return _sealed(_request_body(request))


def encode_answer(request: Request, answer: Answer) -> bytes:
    """The frame that answers `request`; a write is answered by its own first six bytes."""
    head = bytes((request.unit, request.function))
    if request.function in _BITS:
        data = _packed(answer.values)
    elif request.function in _REGISTERS:
        data = struct.pack(f">{len(answer.values)}H", *answer.values)
    else:
        return _sealed(_request_body(request)[:6])
    return _sealed(head + bytes((len(data),)) + data)


def encode_refusal(refusal: Refusal) -> bytes:
    """The frame that says no."""
    return _sealed(bytes((refusal.unit, refusal.function | 0x80, refusal.code)))


class RequestParser:
    """The unit's side: finds requests, to itself and to others, in a stream with damage."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[Request | Refusal]:
        """Return what is complete; a `Refusal` is what the unit must answer (if `unit` is its own)."""
        self._buffer += data
        found: list[Request | Refusal] = []
        while frame := self._next_frame():
            found.append(_request(frame))
        del self._buffer[:-MAX_FRAME]
        return found

    def reset(self) -> None:
        """Forget a frame that was begun: the line has been silent for long."""
        self._buffer.clear()

    def _next_frame(self) -> bytes:
        for start in range(len(self._buffer) - 3):
            length = _request_length(bytes(self._buffer[start : start + 7]))
            ends = range(start + length, start + length + 1) if length else self._any_end(start)
            for end in ends:
                frame = bytes(self._buffer[start:end])
                if end <= len(self._buffer) and _intact(frame):
                    del self._buffer[:end]
                    return frame
        return b""

    def _any_end(self, start: int) -> range:
        """A function of unknown length may end anywhere; only the buffer's first byte is tried, or chance would win."""
        return range(4, len(self._buffer) + 1) if start == 0 else range(0)


class AnswerParser:
    """The master's side: waits for the answer to one request and overlooks everything else."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._buffer = bytearray()
        head = bytes((request.unit, request.function))
        size = _answer_bytes(request)
        echo = head + bytes((size,)) if size else _request_body(request)[:6]
        self._shapes = ((echo, len(echo) + size + 2), (bytes((request.unit, request.function | 0x80)), 5))

    def feed(self, data: bytes) -> Answer | Refusal | None:
        """Return the answer once it is complete."""
        self._buffer += data
        for start in range(len(self._buffer)):
            for head, length in self._shapes:
                frame = bytes(self._buffer[start : start + length])
                if len(frame) == length and frame.startswith(head) and _intact(frame):
                    return self._read(frame)
        del self._buffer[:-MAX_FRAME]
        return None

    def _read(self, frame: bytes) -> Answer | Refusal:
        unit, function = frame[:2]
        if function & 0x80:
            return Refusal(unit, function & 0x7F, frame[2])
        if function in _BITS:
            return Answer(_unpacked(frame[3:-2], self._request.count))
        if function in _REGISTERS:
            return Answer(struct.unpack(f">{self._request.count}H", frame[3:-2]))
        return Answer()


def _sealed(body: bytes) -> bytes:
    return body + struct.pack("<H", crc16(body))


def _intact(frame: bytes) -> bool:
    return crc16(frame[:-2]) == int.from_bytes(frame[-2:], "little")


def _request_body(request: Request) -> bytes:
    head = struct.pack(">BBH", request.unit, request.function, request.address)
    match request.function:
        case Function.WRITE_COIL:
            return head + (b"\xff\x00" if request.values[0] else b"\x00\x00")
        case Function.WRITE_REGISTER:
            return head + struct.pack(">H", request.values[0])
        case Function.WRITE_COILS:
            data = _packed(request.values)
            return head + struct.pack(">HB", len(request.values), len(data)) + data
        case _:
            return head + struct.pack(">H", request.count)


def _request_length(begun: bytes) -> int:
    """How long the frame that begins so will be; 0 when nobody can tell."""
    if begun[1] == Function.WRITE_COILS:
        return 9 + (begun[6] if len(begun) > 6 else 1)
    return 8 if begun[1] in _MOST or begun[1] in (Function.WRITE_COIL, Function.WRITE_REGISTER) else 0


def _request(frame: bytes) -> Request | Refusal:
    """Read an intact frame, or say how the standard wants it refused."""
    unit, number = frame[:2]
    if not _request_length(frame):
        return Refusal(unit, number & 0x7F, Reason.ILLEGAL_FUNCTION)
    function = Function(number)
    address, amount = struct.unpack_from(">HH", frame, 2)
    refused = Refusal(unit, number, Reason.ILLEGAL_VALUE)
    match function:
        case Function.WRITE_COIL:
            return Request(unit, function, address, values=(_COIL[amount],)) if amount in _COIL else refused
        case Function.WRITE_REGISTER:
            return Request(unit, function, address, values=(amount,))
        case _ if not 1 <= amount <= _MOST[function]:
            return refused
        case Function.WRITE_COILS if frame[6] != (amount + 7) // 8:
            return refused
        case Function.WRITE_COILS:
            return Request(unit, function, address, amount, _unpacked(frame[7:-2], amount))
        case _:
            return Request(unit, function, address, amount)


def _answer_bytes(request: Request) -> int:
    """How many data bytes a reading answer carries; 0 for a write."""
    if request.function in _BITS:
        return (request.count + 7) // 8
    return 2 * request.count if request.function in _REGISTERS else 0


def _packed(values: tuple[int, ...]) -> bytes:
    """Bits to bytes, the first in the lowest place (clause 6.1)."""
    number = sum(1 << place for place, value in enumerate(values) if value)
    return number.to_bytes((len(values) + 7) // 8, "little")


def _unpacked(data: bytes, count: int) -> tuple[int, ...]:
    number = int.from_bytes(data, "little")
    return tuple(number >> place & 1 for place in range(count))
