"""Modbus TCP: the specification's examples in the frame of the network, a null modem, and what is no Modbus."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lisa_core.equipment.codecs.modbus_pdu import Answer, ExceptionResponse, Function, Reason, Request
from lisa_core.equipment.codecs.modbus_tcp import (
    NetworkAnswerParser,
    NetworkDeframer,
    NetworkFrame,
    NetworkRequestParser,
    encode,
    encode_answer,
    encode_exception,
    encode_request,
)
from tests.protocols.test_modbus_rtu import EXAMPLES, exchanges


def test_the_frame_of_the_guide() -> None:
    """MODBUS Messaging on TCP/IP V1.0b, 5.2: register 4 of unit 0xFF is read, and is 5."""
    request = Request(0xFF, Function.READ_HOLDING, 4)
    question, reply = bytes.fromhex("1501 0000 0006 FF 03 0004 0001"), bytes.fromhex("1501 0000 0005 FF 03 02 0005")
    assert encode_request(request, 0x1501) == question
    assert NetworkRequestParser().feed(question) == [(0x1501, request)]
    assert encode_answer(request, Answer((5,)), 0x1501) == reply
    assert NetworkAnswerParser(request, 0x1501, NetworkDeframer()).feed(reply) == Answer((5,))


@pytest.mark.parametrize(("request_", "answer", "asked", "answered"), EXAMPLES)
def test_the_examples_of_the_specification(request_: Request, answer: Answer, asked: str, answered: str) -> None:
    pdu, said = bytes.fromhex(asked), bytes.fromhex(answered)
    assert encode_request(request_, 7) == encode(NetworkFrame(7, 9, pdu))
    assert encode_answer(request_, answer, 7) == encode(NetworkFrame(7, 9, said))
    assert NetworkAnswerParser(request_, 7, NetworkDeframer()).feed(encode(NetworkFrame(7, 9, said))) == answer


@pytest.mark.parametrize(
    ("pdu", "reason"),
    [
        ("2B 0E 01 00", Reason.ILLEGAL_FUNCTION),
        ("81", Reason.ILLEGAL_FUNCTION),
        ("01 0000 0000", Reason.ILLEGAL_VALUE),
        ("03 0000 007E", Reason.ILLEGAL_VALUE),
        ("05 0000 1234", Reason.ILLEGAL_VALUE),
        ("01 0000", Reason.ILLEGAL_VALUE),
        ("01 0000 0001 00", Reason.ILLEGAL_VALUE),
        ("0F 0000 0001", Reason.ILLEGAL_VALUE),
        ("0F 0000 0009 01 FF", Reason.ILLEGAL_VALUE),
        ("0F 0000 0009 02 FF", Reason.ILLEGAL_VALUE),
    ],
)
def test_what_the_standard_wants_refused(pdu: str, reason: Reason) -> None:
    function = bytes.fromhex(pdu)[0] & 0x7F
    refusal = ExceptionResponse(1, function, reason)
    assert NetworkRequestParser().feed(encode(NetworkFrame(3, 1, bytes.fromhex(pdu)))) == [(3, refusal)]


@given(st.lists(exchanges(), min_size=1, max_size=5), st.integers(1, 9), st.booleans())
@settings(max_examples=40)
def test_null_modem(talk: list[tuple[Request, Answer | ExceptionResponse]], piece: int, late: bool) -> None:
    """Any pieces; and an answer that comes after the next question does not count for that one."""
    unit, frames = NetworkRequestParser(), NetworkDeframer()
    for number, (request, said) in enumerate(talk):
        question = encode_request(request, number)
        heard = [one for at in range(0, len(question), piece) for one in unit.feed(question[at : at + piece])]
        assert heard == [(number, request)]
        told = [
            encode_exception(said, one) if isinstance(said, ExceptionResponse) else encode_answer(request, said, one)
            for one in ([number - 1] if late and number else []) + [number]
        ]
        master, reply = NetworkAnswerParser(request, number, frames), b"".join(told)
        answers = [master.feed(reply[at : at + piece]) for at in range(0, len(reply), piece)]
        assert [found for found in answers if found] == [said]
        assert answers[-1] == said


@pytest.mark.parametrize("stream", [b"GET / HTTP/1.1\r\n\r\n", bytes.fromhex("0001 0000 0001 01 02"), bytes(300)])
def test_what_is_no_modbus_breaks_the_stream_for_good(stream: bytes) -> None:
    parser = NetworkRequestParser()
    assert parser.feed(stream) == []
    assert parser.broken
    assert parser.feed(encode_request(Request(1, Function.READ_INPUTS, 0, 8), 1)) == []


@pytest.mark.parametrize("reply", ["000200000003 01 0202", "000100000004 02 020105", "000100000003 01 0100"])
def test_what_is_no_answer_to_this_question_is_none(reply: str) -> None:
    parser = NetworkAnswerParser(Request(1, Function.READ_INPUTS, 0, 4), 1, NetworkDeframer())
    assert parser.feed(bytes.fromhex(reply)) is None
