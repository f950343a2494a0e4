"""Modbus TCP: the frame of the network around what `modbus_pdu` says, both sides, sans-IO.

Source: MODBUS Messaging on TCP/IP Implementation Guide V1.0b, 3.1.3 (MBAP header) and 4.4.2.2 (what a unit number means
on a network). Numbers are big endian. There is no checksum, TCP has one; and nothing to find again: a stream whose
frames do not fit is not Modbus, and whoever hears it closes the connection.

    frame       transaction u16 | protocol u16 = 0 | length u16 = 1 + n | unit u8 | PDU        7 + n bytes, n 1 to 253

    read        00 01 00 00 00 06 01 02 00 00 00 04        transaction 1, unit 1: inputs 0 to 3
    answer      00 01 00 00 00 04 01 02 01 05              1, 0, 1, 0
    exception   00 01 00 00 00 03 01 82 02                 ILLEGAL_ADDRESS
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from lisa_core.equipment.codecs.modbus_pdu import (
    MAX_PDU,
    Answer,
    ExceptionResponse,
    Request,
    answer_pdu,
    exception_pdu,
    read_answer,
    read_request,
    request_pdu,
)

ITSELF = (0x00, 0xFF)
"""Unit numbers that mean the device at the other end of the connection, whatever its own number is (4.4.2.2)."""
MAX_FRAME = 7 + MAX_PDU
_MBAP = struct.Struct(">HHHB")


@dataclass(frozen=True, slots=True)
class NetworkFrame:
    """One message of the network: `transaction` joins an answer to its question."""

    transaction: int
    unit: int
    pdu: bytes


def encode(frame: NetworkFrame) -> bytes:
    """The bytes of one frame."""
    return _MBAP.pack(frame.transaction, 0, 1 + len(frame.pdu), frame.unit) + frame.pdu


class NetworkDeframer:
    """Finds frames in a stream. `broken` says that it holds something else; then nothing more is found in it."""

    def __init__(self) -> None:
        self.broken = False
        self._buffer = b""

    def feed(self, data: bytes) -> list[NetworkFrame]:
        """Return what is complete by now."""
        if self.broken:
            return []
        data = self._buffer + data if self._buffer else data
        found: list[NetworkFrame] = []
        at = 0
        while len(data) - at >= 7:
            transaction, protocol, length, unit = _MBAP.unpack_from(data, at)
            if protocol or not 2 <= length <= MAX_PDU + 1:
                self.broken, self._buffer = True, b""
                return found
            end = at + 6 + length
            if len(data) < end:
                break
            found.append(NetworkFrame(transaction, unit, data[at + 7 : end]))
            at = end
        self._buffer = data[at:]
        return found


class NetworkRequestParser:
    """The unit's side: requests with their transactions; an `ExceptionResponse` is what the unit must answer."""

    def __init__(self) -> None:
        self._frames = NetworkDeframer()

    @property
    def broken(self) -> bool:
        """Whether the client speaks something else."""
        return self._frames.broken

    def feed(self, data: bytes) -> list[tuple[int, Request | ExceptionResponse]]:
        """Return what is complete by now."""
        return [(one.transaction, read_request(one.unit, one.pdu)) for one in self._frames.feed(data)]


class NetworkAnswerParser:
    """The master's side: waits for the answer to one request and overlooks those to earlier ones.

    `strange` says whether anything came that is none; the other two are what a serial line may do besides.
    """

    echoed = False
    short = 0

    def __init__(self, request: Request, transaction: int, frames: NetworkDeframer) -> None:
        """`frames` belongs to the connection: what was begun before this request goes on."""
        self.strange = False
        self._request, self._transaction, self._frames = request, transaction, frames

    def feed(self, data: bytes) -> Answer | ExceptionResponse | None:
        """Return the answer once it is complete."""
        for frame in self._frames.feed(data):
            if frame.transaction == self._transaction:
                if frame.unit == self._request.unit and (said := read_answer(self._request, frame.pdu)):
                    return said
                self.strange = True
        self.strange = self.strange or self._frames.broken
        return None


def encode_request(request: Request, transaction: int) -> bytes:
    """The frame that asks."""
    return encode(NetworkFrame(transaction, request.unit, request_pdu(request)))


def encode_answer(request: Request, answer: Answer, transaction: int) -> bytes:
    """The frame that answers `request`."""
    return encode(NetworkFrame(transaction, request.unit, answer_pdu(request, answer)))


def encode_exception(refusal: ExceptionResponse, transaction: int) -> bytes:
    """The frame that says no."""
    return encode(NetworkFrame(transaction, refusal.unit, exception_pdu(refusal)))
