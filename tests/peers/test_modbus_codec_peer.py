"""The codecs of pymodbus and pymod beside ours, over the same questions and answers, there and back."""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pymodbus.framer import FramerRTU, FramerSocket
from pymodbus.pdu import DecodePDU, ExceptionResponse

from lisa_core.equipment.codecs import modbus_pdu as m
from lisa_core.equipment.codecs import modbus_rtu, modbus_tcp
from tests.peers.clients import Client

pytestmark = pytest.mark.peer

ACCEPTED = (
    Client(
        "door",
        "pymodbus (RTU)",
        "3.16.1",
        "PyPI",
        "codec",
        "test_pymodbus_and_we_say_and_read_the_same",
        "questions, answers and refusals of seven functions",
    ),
    Client(
        "door",
        "pymodbus (TCP)",
        "3.16.1",
        "PyPI",
        "codec",
        "test_pymodbus_and_we_say_and_read_the_same",
        "questions, answers and refusals of seven functions",
    ),
    Client(
        "door",
        "pymod",
        "0.1.0",
        "PyPI",
        "codec",
        "test_pymod_and_we_say_and_read_the_same",
        "questions, answers, frames and their sums, on a line and on a network",
    ),
)
TALKS = 300
TRANSACTION = 513


def talks() -> Iterator[tuple[m.Request, m.Answer]]:
    """Questions of all seven functions, and the answers of a unit that does what is asked."""
    chance = random.Random(1)
    for number in range(TALKS):
        function = list(m.Function)[number % 7]
        bits = function in (*m.BITS, m.Function.WRITE_COIL, m.Function.WRITE_COILS)
        most = {m.Function.WRITE_COILS: 1968, **dict.fromkeys(m.BITS, 2000), **dict.fromkeys(m.REGISTERS, 125)}
        count = chance.choice((1, 8, chance.randint(1, most.get(function, 1))))
        count = min(count, most.get(function, 1))
        values = tuple(chance.randrange(2 if bits else 0x1_0000) for _ in range(count))
        reads = function in (*m.BITS, *m.REGISTERS)
        request = m.Request(
            chance.randint(1, 247), function, chance.randrange(0x1_0000 - count), count, () if reads else values
        )
        yield request, m.Answer(values if reads else ())


def _frames(framer: type, request: m.Request, answer: m.Answer) -> tuple[bytes, bytes, bytes]:
    """Question, answer and refusal as ours."""
    no = m.ExceptionResponse(request.unit, request.function, m.Reason.BUSY)
    if framer is FramerRTU:
        rtu = modbus_rtu
        return rtu.encode_request(request), rtu.encode_answer(request, answer), rtu.encode_exception(no)
    return (
        modbus_tcp.encode_request(request, TRANSACTION),
        modbus_tcp.encode_answer(request, answer, TRANSACTION),
        modbus_tcp.encode_exception(no, TRANSACTION),
    )


@pytest.mark.parametrize("framer", [FramerRTU, FramerSocket])
def test_pymodbus_and_we_say_and_read_the_same(framer: type) -> None:
    unit: Any = framer(DecodePDU(True))
    master: Any = framer(DecodePDU(False))
    for request, answer in talks():
        asked, said, refused = _frames(framer, request, answer)
        used, question = unit.handleFrame(asked, 0, 0)
        assert (used, question.dev_id, question.function_code) == (len(asked), request.unit, request.function)
        assert question.address == request.address
        assert tuple(map(int, question.bits or question.registers)) == request.values
        assert unit.buildFrame(question) == asked
        used, told = master.handleFrame(said, request.unit, 0)
        assert used == len(said)
        if answer.values:
            assert tuple(map(int, told.bits or told.registers))[: request.count] == answer.values
        assert master.buildFrame(told) == said
        _, no = master.handleFrame(refused, request.unit, 0)
        assert isinstance(no, ExceptionResponse)
        assert (no.function_code, no.exception_code) == (request.function | 0x80, m.Reason.BUSY)


QUESTIONS = {
    m.Function.READ_COILS: "read_coils",
    m.Function.READ_INPUTS: "read_discrete_inputs",
    m.Function.READ_HOLDING: "read_holding_registers",
    m.Function.READ_INPUT_REGISTERS: "read_input_registers",
    m.Function.WRITE_COIL: "write_single_coil",
    m.Function.WRITE_REGISTER: "write_single_register",
    m.Function.WRITE_COILS: "write_multiple_coils",
}


def test_pymod_and_we_say_and_read_the_same(pypi: Callable[[str], Path]) -> None:
    pypi("modbus-clients")
    pdu, rtu, tcp = (importlib.import_module(f"pymod.protocol.{name}") for name in ("pdu", "adu_rtu", "adu_tcp"))
    for request, answer in talks():
        name, writes = QUESTIONS[request.function], bool(request.values)
        many = request.function == m.Function.WRITE_COILS
        what = (list(request.values) if many else request.values[0]) if writes else request.count
        asked, said = m.request_pdu(request), m.answer_pdu(request, answer)
        assert getattr(pdu, f"encode_{name}")(request.address, what) == asked
        first, second = getattr(pdu, f"decode_request_{name}")(asked)
        assert (first, [*map(int, second)] if many else int(second)) == (request.address, what)
        if answer.values:
            assert getattr(pdu, f"encode_response_{name}")(list(answer.values)) == said
            assert tuple(map(int, getattr(pdu, f"decode_{name}")(said, request.count))) == answer.values
        assert rtu.encode_rtu_frame(request.unit, asked) == modbus_rtu.encode_request(request)
        assert tcp.encode_mbap_frame(7, request.unit, said) == modbus_tcp.encode_answer(request, answer, 7)
