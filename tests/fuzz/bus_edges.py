"""Devices on buses and networks: Modbus TCP, both ends, and the tracking radar."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from emulator.devices import door
from emulator.devices.radars import tracking as tracking_radar
from lisa_core.equipment.codecs import ld2450, modbus_tcp
from lisa_core.equipment.codecs.modbus_pdu import Answer, ExceptionResponse, Function, Reason, Request
from tests.fuzz.edge import Edge
from tests.fuzz.mutation import damaged, pieces, stream
from tests.fuzz.shapes import either
from tests.protocols.test_ld2450 import MANUAL
from tests.protocols.test_modbus_rtu import EXAMPLES

_ASKED = (Request(1, Function.READ_INPUTS, 0, 8), Request(1, Function.WRITE_COILS, 0, 3, (1, 0, 1)))


def network_questions() -> Sequence[bytes]:
    asked = [*(request for request, _, _, _ in EXAMPLES), *_ASKED]
    return [modbus_tcp.encode_request(request, number) for number, request in enumerate(asked)]


def take_network_question(data: bytes, chance: Random) -> None:
    """The emulated unit on a network: an answer to each question, under its number, until the stream is none."""
    parser, unit = modbus_tcp.NetworkRequestParser(), door.Unit()
    for piece in pieces(chance, data):
        for number, message in parser.feed(piece):
            if isinstance(message, ExceptionResponse):
                modbus_tcp.encode_exception(message, number)
                continue
            assert modbus_tcp.NetworkRequestParser().feed(modbus_tcp.encode_request(message, number)) == [
                (number, message)
            ]
            unit, said = door.answer(unit, (False,) * door.CHANNELS, message)
            if isinstance(said, Answer):
                reply = modbus_tcp.encode_answer(message, said, number)
                frames = modbus_tcp.NetworkDeframer()
                assert modbus_tcp.NetworkAnswerParser(message, number, frames).feed(reply) == said


def network_answers() -> Sequence[bytes]:
    refused = modbus_tcp.encode_exception(ExceptionResponse(1, Function.READ_INPUTS, Reason.ILLEGAL_ADDRESS), 1)
    answers = [modbus_tcp.encode_answer(request, answer, 1) for request, answer, _, _ in EXAMPLES]
    return [*answers, refused, modbus_tcp.encode_answer(_ASKED[0], Answer((0, 1, 0, 0, 0, 0, 0, 1)), 1)]


def take_network_answer(data: bytes, chance: Random) -> None:
    request = chance.choice((*(request for request, _, _, _ in EXAMPLES), *_ASKED))
    parser = modbus_tcp.NetworkAnswerParser(request, 1, modbus_tcp.NetworkDeframer())
    for piece in pieces(chance, data):
        if (answer := parser.feed(piece)) and isinstance(answer, Answer):
            assert len(answer.values) == (0 if request.values else request.count)


def tracking_frames() -> Sequence[bytes]:
    return [bytes.fromhex(text) for text in MANUAL]


def take_tracking(data: bytes, chance: Random) -> None:
    """Both ends: what is understood can be written again, and the emulated radar has an answer to each command."""
    parser, tracker = ld2450.TrackingParser(), tracking_radar.Tracker(configuring=True)
    for piece in pieces(chance, data):
        for message in parser.feed(piece):
            assert ld2450.TrackingParser().feed(ld2450.encode(message)) == [message]
            if isinstance(message, ld2450.Command):
                tracker, said = tracking_radar.answer(tracker, message)
                ld2450.encode(said)
    assert parser.skipped <= len(data)


EDGES = (
    Edge("network-question", network_questions, either(stream, damaged), take_network_question, 20_000, ()),
    Edge("network-answer", network_answers, either(stream, damaged), take_network_answer, 20_000, ()),
    Edge("tracking-radar", tracking_frames, either(stream, damaged), take_tracking, 20_000, ()),
)
