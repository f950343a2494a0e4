"""Modbus RTU for discrete inputs, coils and registers: both sides, sans-IO. What is said stands in `modbus_pdu`.

Source: MODBUS over Serial Line V1.02, 2.5.1 (frame) and 6.2.2 (CRC). Frames are told apart by the length that their
first bytes promise and by the CRC, not by the 3.5 characters of silence between them: a pty and a network keep no
silences. Numbers are big endian, the CRC alone is sent low byte first.

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

from lisa_core.equipment.codecs.crc import CRC_OF, crc16
from lisa_core.equipment.codecs.modbus_pdu import (
    BITS,
    BROADCAST,
    FIVE_BYTES,
    Answer,
    ExceptionResponse,
    Function,
    Reason,
    Request,
    answer_bytes,
    answer_pdu,
    exception_pdu,
    read_data,
    read_request,
    request_pdu,
)

__all__ = [
    "BROADCAST",
    "MAX_FRAME",
    "Answer",
    "AnswerParser",
    "ExceptionResponse",
    "Function",
    "Reason",
    "Request",
    "RequestParser",
    "encode_answer",
    "encode_exception",
    "encode_request",
]

MAX_FRAME = 256
_ROOM = 2 * MAX_FRAME
_KNOWN = FIVE_BYTES | {Function.WRITE_COILS}


def encode_request(request: Request) -> bytes:
    """The frame that asks."""
    return _sealed(request.unit, request_pdu(request))


def encode_answer(request: Request, answer: Answer) -> bytes:
    """The frame that answers `request`; a write is answered by its own first six bytes."""
    return _sealed(request.unit, answer_pdu(request, answer))


def encode_exception(refusal: ExceptionResponse) -> bytes:
    """The frame that says no."""
    return _sealed(refusal.unit, exception_pdu(refusal))


class RequestParser:
    """The unit's side: finds requests, to itself and to others, in a stream with damage.

    Each byte is looked at once: where it may begin a frame, the place is noted at which that frame would end.
    """

    def __init__(self) -> None:
        self.reset()

    def feed(self, data: bytes) -> list[Request | ExceptionResponse]:
        """Return what is complete; a `ExceptionResponse` is what the unit must answer (if `unit` is its own)."""
        return [read_request(frame[0], frame[1:-2]) for byte in data if (frame := self._next(byte))]

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
        if byte in FIVE_BYTES and count >= 2:
            self._ends.setdefault(count + 6, []).append(count - 2)
        if count >= 7 and buffer[-6] == Function.WRITE_COILS and byte <= MAX_FRAME - 9:
            self._ends.setdefault(count + 2 + byte, []).append(count - 7)
        if count in self._ends:
            for start in sorted(self._ends.pop(count)):
                if _intact(buffer[start:]):
                    return self._taken(start)
        # A function of unknown length may end anywhere; only the first byte is tried, or chance would win.
        self._crc = CRC_OF[(self._crc ^ byte) & 0xFF] ^ self._crc >> 8 if count <= MAX_FRAME else 1
        if not self._crc and count >= 4 and buffer[1] not in _KNOWN:
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
        self._size = answer_bytes(request)
        self._ends: dict[int, int] = {}
        """Lengths of the answers that may end when so many bytes have come."""
        refusal = (bytes((request.unit, request.function | 0x80)), 5)
        self._shapes = (refusal,) if self._size else (refusal, (bytes((request.unit,)) + request_pdu(request)[:5], 8))

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
        if length - 5 == self._size or (length - 5 > self._size and self._request.function in BITS):
            return frame
        self.short = length - 5
        return b""

    def _read(self, frame: bytes) -> Answer | ExceptionResponse:
        unit, function = frame[:2]
        if function & 0x80:
            return ExceptionResponse(unit, function & 0x7F, frame[2])
        return read_data(self._request, frame[3 : 3 + self._size]) if self._size else Answer()


def _sealed(unit: int, pdu: bytes) -> bytes:
    body = bytes((unit,)) + pdu
    return body + struct.pack("<H", crc16(body))


def _intact(frame: bytes | bytearray) -> bool:
    return crc16(frame[:-2]) == int.from_bytes(frame[-2:], "little")
