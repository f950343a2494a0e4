"""Modbus RTU: the specification's and Waveshare's frames, a null modem between both sides, and damage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lisa_core.equipment.codecs.crc import crc16
from lisa_core.equipment.codecs.modbus_rtu import (
    Answer,
    AnswerParser,
    ExceptionResponse,
    Function,
    Reason,
    Request,
    RequestParser,
    encode_answer,
    encode_exception,
    encode_request,
)

# MODBUS Application Protocol Specification V1.1b3, the examples of 6.1 to 6.6 and 6.11 (without unit and CRC)
EXAMPLES = [
    (Request(9, Function.READ_COILS, 0x13, 0x13), Answer((1, 0, 1, 1, 0, 0, 1, 1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1)),
     "01 0013 0013", "01 03 CD 6B 05"),
    (Request(9, Function.READ_INPUTS, 0xC4, 0x16),
     Answer((0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1, 0, 1, 0, 1, 1)), "02 00C4 0016", "02 03 AC DB 35"),
    (Request(9, Function.READ_HOLDING, 0x6B, 3), Answer((0x022B, 0, 0x64)), "03 006B 0003", "03 06 022B 0000 0064"),
    (Request(9, Function.READ_INPUT_REGISTERS, 8, 1), Answer((10,)), "04 0008 0001", "04 02 000A"),
    (Request(9, Function.WRITE_COIL, 0xAC, values=(1,)), Answer(), "05 00AC FF00", "05 00AC FF00"),
    (Request(9, Function.WRITE_REGISTER, 1, values=(3,)), Answer(), "06 0001 0003", "06 0001 0003"),
    (Request(9, Function.WRITE_COILS, 0x13, 10, (1, 0, 1, 1, 0, 0, 1, 1, 1, 0)), Answer(),
     "0F 0013 000A 02 CD 01", "0F 0013 000A"),
]  # fmt: skip


def _sealed(body: bytes) -> bytes:
    return body + crc16(body).to_bytes(2, "little")


@pytest.mark.parametrize(("request_", "answer", "asked", "answered"), EXAMPLES)
def test_the_examples_of_the_specification(request_: Request, answer: Answer, asked: str, answered: str) -> None:
    question, reply = (_sealed(b"\x09" + bytes.fromhex(text)) for text in (asked, answered))
    assert encode_request(request_) == question
    assert RequestParser().feed(question) == [request_]
    assert encode_answer(request_, answer) == reply
    assert AnswerParser(request_).feed(reply) == answer


@pytest.mark.parametrize(
    ("frame", "request_"),
    [  # as Waveshare's pages print them, CRC included
        ("01 01 00 00 00 08 3D CC", Request(1, Function.READ_COILS, 0, 8)),
        ("01 02 00 00 00 08 79 CC", Request(1, Function.READ_INPUTS, 0, 8)),
        ("01 05 00 00 FF 00 8C 3A", Request(1, Function.WRITE_COIL, 0, values=(1,))),
        ("01 05 00 01 00 00 9C 0A", Request(1, Function.WRITE_COIL, 1, values=(0,))),
        ("01 03 80 00 00 01 AD CA", Request(1, Function.READ_HOLDING, 0x8000)),
    ],
)
def test_the_frames_of_the_maker(frame: str, request_: Request) -> None:
    assert encode_request(request_) == bytes.fromhex(frame)
    assert RequestParser().feed(bytes.fromhex(frame)) == [request_]


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ("01 2B 0E 01 00", ExceptionResponse(1, 0x2B, Reason.ILLEGAL_FUNCTION)),
        ("01 07", ExceptionResponse(1, 7, Reason.ILLEGAL_FUNCTION)),
        ("01 01 0000 0000", ExceptionResponse(1, 1, Reason.ILLEGAL_VALUE)),
        ("01 03 0000 007E", ExceptionResponse(1, 3, Reason.ILLEGAL_VALUE)),
        ("01 05 0000 1234", ExceptionResponse(1, 5, Reason.ILLEGAL_VALUE)),
        ("01 0F 0000 000A 01 FF", ExceptionResponse(1, 15, Reason.ILLEGAL_VALUE)),
    ],
)
def test_what_the_standard_wants_refused(body: str, refusal: ExceptionResponse) -> None:
    assert RequestParser().feed(_sealed(bytes.fromhex(body))) == [refusal]


bit, word = st.integers(0, 1), st.integers(0, 0xFFFF)


@st.composite
def exchanges(draw: st.DrawFn) -> tuple[Request, Answer | ExceptionResponse]:
    unit, address, function = draw(st.integers(1, 247)), draw(word), draw(st.sampled_from(Function))
    if draw(st.booleans()) and draw(st.booleans()):
        return Request(unit, function, address, 1, (0,) if function >= 5 else ()), ExceptionResponse(
            unit, function, draw(bit) + 1
        )
    match function:
        case Function.READ_COILS | Function.READ_INPUTS:
            bits = draw(st.lists(bit, min_size=1, max_size=30))
            return Request(unit, function, address, len(bits)), Answer(tuple(bits))
        case Function.READ_HOLDING | Function.READ_INPUT_REGISTERS:
            words = draw(st.lists(word, min_size=1, max_size=9))
            return Request(unit, function, address, len(words)), Answer(tuple(words))
        case Function.WRITE_COILS:
            bits = draw(st.lists(bit, min_size=1, max_size=30))
            return Request(unit, function, address, len(bits), tuple(bits)), Answer()
        case _:
            return Request(
                unit, function, address, 1, (draw(bit if function == Function.WRITE_COIL else word),)
            ), Answer()


@given(st.lists(exchanges(), min_size=1, max_size=5), st.integers(1, 9), st.binary(max_size=4))
def test_null_modem(talk: list[tuple[Request, Answer | ExceptionResponse]], piece: int, noise: bytes) -> None:
    """What the master asks is what the unit hears, and the other way round, in any pieces and behind some noise."""
    unit = RequestParser()
    for request, said in talk:
        question = noise + encode_request(request)
        heard = [message for at in range(0, len(question), piece) for message in unit.feed(question[at : at + piece])]
        assert heard == [request]
        told = encode_exception(said) if isinstance(said, ExceptionResponse) else encode_answer(request, said)
        reply = noise + told
        master = AnswerParser(request)
        answers = [master.feed(reply[at : at + piece]) for at in range(0, len(reply), piece)]
        assert [found for found in answers if found] == [said] or (said == Answer() and Answer() in answers)


@given(exchanges(), st.data())
def test_a_damaged_frame_is_never_taken_for_another(
    exchange: tuple[Request, Answer | ExceptionResponse], data: st.DataObject
) -> None:
    request, said = exchange
    frame = bytearray(encode_exception(said) if isinstance(said, ExceptionResponse) else encode_answer(request, said))
    frame[data.draw(st.integers(0, len(frame) - 1))] ^= data.draw(st.integers(1, 255))
    assert AnswerParser(request).feed(bytes(frame)) is None


def test_the_answer_to_an_earlier_question_is_overlooked() -> None:
    late = encode_answer(Request(1, Function.READ_INPUTS, 0, 8), Answer((1,) * 8))
    request = Request(1, Function.WRITE_COIL, 3, values=(1,))
    parser = AnswerParser(request)
    assert parser.feed(late) is None
    assert parser.feed(encode_answer(request, Answer())) == Answer()
