"""What stands on the table: the head of the camera above it (VISCA, both ends, its datagrams), and the card reader."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from lisa_core.equipment.codecs.cards.atr import read_atr
from lisa_core.equipment.codecs.cards.vpcd import MessageParser, encode_message
from lisa_core.equipment.codecs.visca import ip
from lisa_core.equipment.codecs.visca.parsers import CommandParser, ReplyParser
from lisa_core.equipment.codecs.visca.replies import encode_reply
from lisa_core.equipment.codecs.visca.requests import encode_request
from tests.fuzz.edge import Edge
from tests.fuzz.mutation import damaged, pieces, stream
from tests.fuzz.shapes import either
from tests.protocols.test_cards import KNOWN
from tests.protocols.test_visca import REPLIES, REQUESTS


def head_questions() -> Sequence[bytes]:
    """What controllers send to a camera head, as the makers print it."""
    return [bytes.fromhex(frame) for frame, _ in REQUESTS]


def take_head_question(data: bytes, chance: Random) -> None:
    parser = CommandParser()
    for asked in (one for piece in pieces(chance, data) for one in parser.feed(piece)):
        assert CommandParser().feed(encode_request(asked)) == [asked]


def head_answers() -> Sequence[bytes]:
    return [bytes.fromhex(frame) for frame, _ in REPLIES]


def take_head_answer(data: bytes, chance: Random) -> None:
    parser = ReplyParser()
    for said in (one for piece in pieces(chance, data) for one in parser.feed(piece)):
        assert ReplyParser().feed(encode_reply(said))


def head_datagrams() -> Sequence[bytes]:
    kinds = {ip.Kind.COMMAND: head_questions(), ip.Kind.REPLY: head_answers(), ip.Kind.CONTROL: [ip.RESET]}
    return [ip.pack(ip.Packet(kind, 7, message)) for kind, messages in kinds.items() for message in messages]


def take_head_datagram(data: bytes, chance: Random) -> None:
    if packet := ip.unpack(data):
        assert ip.pack(packet) == data
        take_head_question(packet.message, chance)
        take_head_answer(packet.message, chance)


def card_answers() -> Sequence[bytes]:
    """Answers to reset as readers print them."""
    return [bytes.fromhex(printed) for printed, _, _ in KNOWN]


def take_card_answer(data: bytes, chance: Random) -> None:
    atr = read_atr(data)
    assert len(atr.historical) == data[1] & 0xF


def card_messages() -> Sequence[bytes]:
    return [*map(encode_message, (b"\x00", b"\x01", b"\x02", b"\x04", b"\x00\xa4\x00\x00\x00", *card_answers()))]


def take_card_message(data: bytes, chance: Random) -> None:
    parser = MessageParser()
    found = [message for piece in pieces(chance, data) for message in parser.feed(piece)]
    assert data.startswith(b"".join(map(encode_message, found)))


EDGES = (
    Edge("head-question", head_questions, either(stream, damaged), take_head_question, 10_000, ()),
    Edge("head-answer", head_answers, either(stream, damaged), take_head_answer, 10_000, ()),
    Edge("head-datagram", head_datagrams, damaged, take_head_datagram, 10_000, ()),
    Edge("card-answer", card_answers, damaged, take_card_answer, 10_000, (ValueError,)),
    Edge("card-message", card_messages, either(stream, damaged), take_card_message, 10_000, ()),
)
