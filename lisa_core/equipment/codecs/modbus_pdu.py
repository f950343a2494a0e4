"""Modbus, what is said whatever carries it: requests, answers and refusals as values and as bytes (PDU), both sides.

Source: MODBUS Application Protocol Specification V1.1b3, clauses 4.1 (PDU), 6.1-6.6 and 6.11 (functions) and 7
(exceptions). Numbers are big endian. `modbus_rtu` frames this for serial lines, `modbus_tcp` for networks.

    read             function 01 to 04 u8 | address u16 | how many u16                          5 bytes
    write one        function 05 or 06 u8 | address u16 | value u16 (a coil: FF00 or 0000)      5 bytes
    write coils      0F u8 | address u16 | how many u16 | bytes n u8 | bits, lowest first       6 + n bytes
    answer, read     function u8 | bytes n u8 | data                                            2 + n bytes
    answer, write    the first five bytes of the request
    exception        function + 0x80 u8 | code u8                                               2 bytes

    read        02 00 c4 00 16       inputs 196 to 217
    answer      02 03 ac db 35       22 bits in three bytes
    exception   82 02                ILLEGAL_ADDRESS
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

BROADCAST = 0
MAX_PDU = 253


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


BITS = (Function.READ_COILS, Function.READ_INPUTS)
REGISTERS = (Function.READ_HOLDING, Function.READ_INPUT_REGISTERS)
FIVE_BYTES = frozenset(map(int, (*BITS, *REGISTERS, Function.WRITE_COIL, Function.WRITE_REGISTER)))
"""The functions whose requests have that length, function and address among them."""
_MOST: Mapping[int, int] = {
    **dict.fromkeys(BITS, 2000),
    **dict.fromkeys(REGISTERS, 125),
    Function.WRITE_COILS: 1968,
}
_COIL = {0xFF00: 1, 0x0000: 0}
_HEAD, _WORDS = struct.Struct(">BH"), struct.Struct(">HH")


def request_pdu(request: Request) -> bytes:
    """What the master asks, as bytes."""
    head = _HEAD.pack(request.function, request.address)
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


def read_request(unit: int, pdu: bytes) -> Request | ExceptionResponse:
    """What is asked of this unit, or how the standard wants it refused. `pdu` has at least one byte."""
    if pdu[0] not in FIVE_BYTES and pdu[0] != Function.WRITE_COILS:
        return ExceptionResponse(unit, pdu[0] & 0x7F, Reason.ILLEGAL_FUNCTION)
    function = Function(pdu[0])
    refused = ExceptionResponse(unit, function, Reason.ILLEGAL_VALUE)
    if len(pdu) != (6 + pdu[5] if function == Function.WRITE_COILS and len(pdu) > 5 else 5):
        return refused
    address, amount = _WORDS.unpack_from(pdu, 1)
    match function:
        case Function.WRITE_COIL:
            return Request(unit, function, address, values=(_COIL[amount],)) if amount in _COIL else refused
        case Function.WRITE_REGISTER:
            return Request(unit, function, address, values=(amount,))
        case _ if not 1 <= amount <= _MOST[function]:
            return refused
        case Function.WRITE_COILS if len(pdu) < 6 or pdu[5] != (amount + 7) // 8:
            return refused
        case Function.WRITE_COILS:
            return Request(unit, function, address, amount, _unpacked(pdu[6:], amount))
        case _:
            return Request(unit, function, address, amount)


def answer_pdu(request: Request, answer: Answer) -> bytes:
    """What the unit says to `request`; a write is answered by its own first five bytes."""
    if request.function in BITS:
        data = _packed(answer.values)
    elif request.function in REGISTERS:
        data = struct.pack(f">{len(answer.values)}H", *answer.values)
    else:
        return request_pdu(request)[:5]
    return bytes((request.function, len(data))) + data


def exception_pdu(refusal: ExceptionResponse) -> bytes:
    """How the unit says no."""
    return bytes((refusal.function | 0x80, refusal.code))


def read_answer(request: Request, pdu: bytes) -> Answer | ExceptionResponse | None:
    """What was said to `request`; None when it cannot be an answer to it.

    Some units send more bytes than the bits that were asked for need: the first ones count.
    """
    if len(pdu) == 2 and pdu[0] == request.function | 0x80:
        return ExceptionResponse(request.unit, request.function, pdu[1])
    size = answer_bytes(request)
    if not size:
        return Answer() if pdu == request_pdu(request)[:5] else None
    if len(pdu) < 2 or pdu[0] != request.function or pdu[1] != len(pdu) - 2:
        return None
    if pdu[1] == size or (pdu[1] > size and request.function in BITS):
        return read_data(request, pdu[2 : 2 + size])
    return None


def read_data(request: Request, data: bytes) -> Answer:
    """The values in the data of a reading answer, as many as were asked for."""
    if request.function in BITS:
        return Answer(_unpacked(data, request.count))
    return Answer(struct.unpack(f">{request.count}H", data))


def answer_bytes(request: Request) -> int:
    """How many data bytes a reading answer carries; 0 for a write."""
    if request.function in BITS:
        return (request.count + 7) // 8
    return 2 * request.count if request.function in REGISTERS else 0


def _packed(values: tuple[int, ...]) -> bytes:
    """Bits to bytes, the first in the lowest place (clause 6.1)."""
    number = sum(1 << place for place, value in enumerate(values) if value)
    return number.to_bytes((len(values) + 7) // 8, "little")


def _unpacked(data: bytes, count: int) -> tuple[int, ...]:
    number = int.from_bytes(data, "little")
    return tuple(number >> place & 1 for place in range(count))
