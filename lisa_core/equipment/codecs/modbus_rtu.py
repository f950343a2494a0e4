"""Modbus RTU for discrete inputs, coils and registers: both sides, sans-IO.

Sources: MODBUS Application Protocol Specification V1.1b3, clauses 6.1-6.6 and 6.11 (functions) and 7 (exceptions);
MODBUS over Serial Line V1.02, 2.5.1 (frame) and 6.2.2 (CRC). Frames are told apart by the length that their first bytes
promise and by the CRC, not by the 3.5 characters of silence between them: a pty and a network keep no silences.
Numbers are big endian, the CRC alone is sent low byte first.

    read             unit u8 | function 01 to 04 u8 | address u16 | how many u16                      | CRC    8 bytes
    write one        unit u8 | 05 or 06 u8          | address u16 | value u16 (a coil: FF00 or 0000)  | CRC    8 bytes
    write coils      unit u8 | 0F u8 | address u16  | how many u16 | bytes n u8 | bits, lowest first  | CRC    9 + n
    answer, read     unit u8 | function u8          | bytes n u8 | data                               | CRC    5 + n
    answer, write    the first six bytes of the request                                               | CRC    8 bytes
    exception        unit u8 | function + 0x80 u8   | code u8                                         | CRC    5 bytes

    read        01 02 00 00 00 04 79 c9     inputs 0 to 3 of unit 1
    answer      01 02 01 05 61 8b           1, 0, 1, 0
    exception   01 82 02 c1 61              ILLEGAL_ADDRESS
    write one   01 05 00 02 ff 00 2d fa     coil 2 on
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

BROADCAST = 0
MAX_FRAME = 256
_ROOM = 2 * MAX_FRAME


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
    DEVICE_FAILURE = 4
    ACKNOWLEDGE = 5
    BUSY = 6
    NO_PATH = 10
    NO_ANSWER_BEHIND = 11


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
class ExceptionResponse:
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
_EIGHT_BYTES = frozenset(map(int, (*_BITS, *_REGISTERS, Function.WRITE_COIL, Function.WRITE_REGISTER)))
_COIL = {0xFF00: 1, 0x0000: 0}


def crc16(data: bytes | bytearray) -> int:
    """CRC-16/MODBUS: polynomial 0xA001 (reflected), start 0xFFFF."""
    crc = 0xFFFF
    for byte in data:
        crc = _CRC[(crc ^ byte) & 0xFF] ^ crc >> 8
    return crc


def _crc_of_byte(byte: int) -> int:
    for _ in range(8):
        byte = byte >> 1 ^ (0xA001 if byte & 1 else 0)
    return byte


_CRC = tuple(map(_crc_of_byte, range(256)))


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


def encode_exception(refusal: ExceptionResponse) -> bytes:
    """The frame that says no."""
    return _sealed(bytes((refusal.unit, refusal.function | 0x80, refusal.code)))


class RequestParser:
    """The unit's side: finds requests, to itself and to others, in a stream with damage.

    Each byte is looked at once: where it may begin a frame, the place is noted at which that frame would end.
    """

    def __init__(self) -> None:
        self.reset()

    def feed(self, data: bytes) -> list[Request | ExceptionResponse]:
        """Return what is complete; a `ExceptionResponse` is what the unit must answer (if `unit` is its own)."""
        return [_request(frame) for byte in data if (frame := self._next(byte))]

    def reset(self) -> None:
        """Forget a frame that was begun: the line has been silent for long."""
        self._buffer = bytearray()
        self._ends: dict[int, list[int]] = {}
        """Where frames may end, and where each of them would begin, counted from the first byte of the buffer."""
        self._crc = 0xFFFF

    def _next(self, byte: int) -> bytes:
        buffer = self._buffer
        buffer.append(byte)
        count = len(buffer)
        if byte in _EIGHT_BYTES and count >= 2:
            self._ends.setdefault(count + 6, []).append(count - 2)
        if count >= 7 and buffer[-6] == Function.WRITE_COILS and byte <= MAX_FRAME - 9:
            self._ends.setdefault(count + 2 + byte, []).append(count - 7)
        if count in self._ends:
            for start in sorted(self._ends.pop(count)):
                if _intact(buffer[start:]):
                    return self._taken(start)
        # A function of unknown length may end anywhere; only the first byte is tried, or chance would win.
        self._crc = _CRC[(self._crc ^ byte) & 0xFF] ^ self._crc >> 8 if count <= MAX_FRAME else 1
        if not self._crc and count >= 4 and not _request_length(buffer[:7]):
            return self._taken(0)
        if count == _ROOM:
            self._forget(_ROOM - MAX_FRAME)
        return b""

    def _taken(self, start: int) -> bytes:
        frame = bytes(self._buffer[start:])
        self.reset()
        return frame

    def _forget(self, count: int) -> None:
        """Let go of the oldest bytes: what they began has ended by now."""
        del self._buffer[:count]
        self._ends = {end - count: [start - count for start in starts] for end, starts in self._ends.items()}


class AnswerParser:
    """The master's side: waits for the answer to one request and overlooks everything else.

    On a line that hears itself the request comes back first, and the answer to a write looks just like it: with `echo`
    one such is overlooked. `echoed` says whether the request has come back, which shows in the answer to reading only.
    Some units send more bytes than the bits that were asked for need: the first ones count. `short` is how many bytes
    an answer had that was intact and too short; `strange` whether anything came that was neither echo nor answer.
    """

    def __init__(self, request: Request, *, echo: bool = False) -> None:
        self.echoed = False
        self.short = 0
        self._request, self._own, self._overlook = request, encode_request(request), echo
        self._buffer = bytearray()
        self._count = 0
        self._head = bytes((request.unit, request.function))
        self._size = _answer_bytes(request)
        self._ends: dict[int, int] = {}
        """Lengths of the answers that may end when so many bytes have come."""
        refusal = (bytes((request.unit, request.function | 0x80)), 5)
        self._shapes = (refusal,) if self._size else (refusal, (_request_body(request)[:6], 8))

    def feed(self, data: bytes) -> Answer | ExceptionResponse | None:
        """Return the answer once it is complete."""
        for byte in data:
            self._count += 1
            self._buffer.append(byte)
            if len(self._buffer) == _ROOM:
                del self._buffer[:-MAX_FRAME]
            if self._buffer.endswith(self._own):
                self.echoed = True
                if self._overlook:
                    self._overlook = False
                    self._buffer.clear()
                    self._ends.clear()
                    continue
            if frame := self._ended(byte):
                return self._read(frame)
        return None

    @property
    def strange(self) -> bool:
        """Whether more has come than our own request."""
        return self._count > len(self._own) * self.echoed

    def _ended(self, byte: int) -> bytes:
        """The whole frame that ends with this byte; b"" when none does."""
        for head, length in self._shapes:
            start = len(self._buffer) - length
            if start >= 0 and self._buffer.startswith(head, start) and _intact(self._buffer[start:]):
                return bytes(self._buffer[start:])
        if self._size and byte and self._buffer[-3:-1] == self._head:
            self._ends[self._count + byte + 2] = byte + 5
        length = self._ends.pop(self._count, 0)
        if not length or not _intact(frame := bytes(self._buffer[-length:])):
            return b""
        if length - 5 == self._size or (length - 5 > self._size and self._request.function in _BITS):
            return frame
        self.short = length - 5
        return b""

    def _read(self, frame: bytes) -> Answer | ExceptionResponse:
        unit, function = frame[:2]
        if function & 0x80:
            return ExceptionResponse(unit, function & 0x7F, frame[2])
        data = frame[3 : 3 + self._size]
        if function in _BITS:
            return Answer(_unpacked(data, self._request.count))
        if function in _REGISTERS:
            return Answer(struct.unpack(f">{self._request.count}H", data))
        return Answer()


def _sealed(body: bytes) -> bytes:
    return body + struct.pack("<H", crc16(body))


def _intact(frame: bytes | bytearray) -> bool:
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


def _request_length(begun: bytes | bytearray) -> int:
    """How long the frame that begins so will be; 0 when nobody can tell."""
    if begun[1] == Function.WRITE_COILS:
        return 9 + (begun[6] if len(begun) > 6 else 1)
    return 8 if begun[1] in _EIGHT_BYTES else 0


def _request(frame: bytes) -> Request | ExceptionResponse:
    """Read an intact frame, or say how the standard wants it refused."""
    unit, number = frame[:2]
    if not _request_length(frame):
        return ExceptionResponse(unit, number & 0x7F, Reason.ILLEGAL_FUNCTION)
    function = Function(number)
    address, amount = struct.unpack_from(">HH", frame, 2)
    refused = ExceptionResponse(unit, number, Reason.ILLEGAL_VALUE)
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
