"""VISCA: messages as the makers print them, both ends over a null modem, damage, and the header of a datagram."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lisa_core.equipment.codecs.visca import ip
from lisa_core.equipment.codecs.visca import replies as r
from lisa_core.equipment.codecs.visca import requests as q
from lisa_core.equipment.codecs.visca.parsers import CommandParser, ReplyParser

# Sony EVI-D70 technical manual, command list and inquiry list; Sony FCB-IX11A technical manual, page 25; PTZOptics
# VISCA command list, part 1; with camera 1 and numbers for their letters.
REQUESTS = [
    ("81 01 04 00 02 FF", q.Power(True)),
    ("81 01 04 07 00 FF", q.ZoomDrive(0)),
    ("81 01 04 07 02 FF", q.ZoomDrive(1)),
    ("81 01 04 07 37 FF", q.ZoomDrive(-1, 7)),
    ("81 01 04 47 04 00 00 00 FF", q.ZoomTo(0x4000)),
    ("81 01 04 38 02 FF", q.AutoFocus(True)),
    ("81 01 06 01 18 14 03 01 FF", q.Drive(0, 1)),
    ("81 01 06 01 05 06 01 02 FF", q.Drive(-1, -1, 5, 6)),
    ("81 01 06 02 18 14 0F 0A 06 00 00 01 06 08 FF", q.MoveTo(-1440, 360)),
    ("81 01 06 03 01 01 00 00 00 0A 0F 0F 0F 06 FF", q.MoveTo(10, -10, 1, 1, relative=True)),
    ("81 01 06 04 FF", q.Home()),
    ("81 01 06 05 FF", q.SeekMiddle()),
    ("81 01 04 3F 02 05 FF", q.Preset(q.Memory.RECALL, 5)),
    ("81 09 04 00 FF", q.Inquire(q.Inquiry.POWER)),
    ("81 09 06 12 FF", q.Inquire(q.Inquiry.PAN_TILT)),
    ("81 09 00 02 FF", q.Inquire(q.Inquiry.VERSION)),
    ("81 21 FF", q.CancelSocket(1)),
    ("81 01 00 01 FF", q.Clear()),
    ("81 01 7E 01 18 02 FF", q.UnknownCommand(bytes.fromhex("01 7E 01 18 02"))),
]
REPLIES = [
    ("90 41 FF", r.ViscaAck(1)),
    ("90 52 FF", r.Done(2)),
    ("90 50 02 FF", r.Told(b"\x02")),
    ("90 50 FF", r.Told()),
    ("90 60 02 FF", r.ViscaRefusal(0, r.ViscaError.SYNTAX)),
    ("90 60 03 FF", r.ViscaRefusal(0, r.ViscaError.FULL)),
    ("90 61 04 FF", r.ViscaRefusal(1, r.ViscaError.CANCELLED)),
    ("90 62 41 FF", r.ViscaRefusal(2, r.ViscaError.NOT_EXECUTABLE)),
    ("90 38 FF", r.Changed()),
]


@pytest.mark.parametrize(("frame", "request_"), REQUESTS)
def test_what_a_controller_says(frame: str, request_: q.Request) -> None:
    assert q.encode_request(q.To(1, request_)) == bytes.fromhex(frame)
    assert CommandParser().feed(bytes.fromhex(frame)) == [q.To(1, request_)]


@pytest.mark.parametrize(("frame", "reply"), REPLIES)
def test_what_a_camera_says(frame: str, reply: r.Reply) -> None:
    assert r.encode_reply(r.From(1, reply)) == bytes.fromhex(frame)
    assert ReplyParser().feed(bytes.fromhex(frame)) == [r.From(1, reply)]


def test_what_goes_round_the_chain() -> None:
    told = ReplyParser().feed(bytes.fromhex("88 30 04 FF 88 01 00 01 FF B0 38 FF"))
    assert told == [r.From(0, r.Numbered(4)), r.From(0, r.Cleared()), r.From(3, r.Changed())]
    asked = CommandParser().feed(bytes.fromhex("88 30 01 FF 88 01 00 01 FF"))
    assert asked == [q.To(q.EVERY_CAMERA, q.AddressSet(1)), q.To(q.EVERY_CAMERA, q.Clear())]


_sockets, _positions = st.sampled_from(q.SOCKETS), st.integers(-0x8000, 0x7FFF)
_speeds, _ways = st.integers(1, 0x17), st.sampled_from((-1, 0, 1))
requests = st.builds(q.To, st.sampled_from(q.CAMERAS), st.one_of(
    st.sampled_from([request for _, request in REQUESTS if not isinstance(request, q.UnknownCommand)]),
    st.builds(q.ZoomTo, st.integers(0, 0xFFFF)),
    st.builds(q.MoveTo, _positions, _positions, _speeds, _speeds, st.booleans()),
    st.builds(q.Drive, _ways, _ways, _speeds, _speeds),
))  # fmt: skip
replies = st.builds(r.From, st.sampled_from(q.CAMERAS), st.one_of(
    st.builds(r.ViscaAck, _sockets),
    st.builds(r.Done, _sockets),
    st.builds(lambda at: r.Told(q.nibbles(at)), _positions),
    st.builds(r.ViscaRefusal, st.integers(0, 2), st.sampled_from(r.ViscaError)),
))  # fmt: skip


@given(st.lists(requests, max_size=5), st.lists(replies, max_size=5), st.integers(1, 9), st.binary(max_size=9))
def test_null_modem(asked: list[q.To], said: list[r.From], piece: int, noise: bytes) -> None:
    """What one end says is what the other hears, in pieces of any size, whatever came before it."""
    for parser, stream, meant in (
        (CommandParser(), b"".join(map(q.encode_request, asked)), asked),
        (ReplyParser(), b"".join(map(r.encode_reply, said)), said),
    ):
        parser.feed(noise + b"\xff")
        heard = [message for at in range(0, len(stream), piece) for message in parser.feed(stream[at : at + piece])]
        assert heard == meant


def test_sound_messages_get_through_damage() -> None:
    """Junk between messages, and every third damaged: 99 of 100 of the others arrive, in order."""
    chance, parser = Random(20), ReplyParser()
    sound, heard = [], []
    for turn in range(3_000):
        reply = r.From(1, chance.choice((r.ViscaAck(1 + turn % 2), r.Done(1 + turn % 2), r.Told(q.nibbles(turn)))))
        frame = bytearray(r.encode_reply(reply))
        if turn % 3 == 1:
            match chance.randrange(3):
                case 0:
                    frame[chance.randrange(len(frame))] ^= 1 << chance.randrange(8)
                case 1:
                    del frame[chance.randrange(1, len(frame)) :]
                case 2:
                    frame[1:1] = chance.randbytes(20)
        else:
            sound.append(reply)
        stream = bytes(frame) + (chance.randbytes(chance.randrange(6)) if chance.random() < 0.3 else b"")
        while stream:
            size = chance.randrange(1, 12)
            heard += parser.feed(stream[:size])
            stream = stream[size:]
    arrived = _in_order(sound, heard)
    assert arrived >= 0.99 * len(sound), f"{arrived} of {len(sound)}"


def _in_order(wanted: list[r.From], heard: list[r.From]) -> int:
    """How many of the wanted messages were heard, each after the one before; what else was heard is skipped."""
    found, at = 0, 0
    for message in wanted:
        try:
            at = heard.index(message, at, at + 8) + 1
            found += 1
        except ValueError:
            continue
    return found


@given(st.sampled_from(ip.Kind), st.integers(0, ip.MOST), st.binary(min_size=1, max_size=16), st.integers(0, 30))
def test_a_datagram(kind: ip.Kind, sequence: int, message: bytes, cut: int) -> None:
    packet = ip.Packet(kind, sequence, message)
    assert ip.unpack(ip.pack(packet)) == packet
    assert ip.unpack(ip.pack(packet) + b"\x00") is None
    assert cut >= len(message) + 8 or ip.unpack(ip.pack(packet)[:cut]) is None


def test_the_datagrams_of_the_manual() -> None:
    reset = ip.Packet(ip.Kind.CONTROL, 1, ip.RESET)
    assert ip.pack(reset).hex(" ") == "02 00 00 01 00 00 00 01 01"
    command = ip.Packet(ip.Kind.COMMAND, 0, bytes.fromhex("81 01 04 3F 02 01 FF"))
    assert ip.unpack(bytes.fromhex("01 00 00 07 00 00 00 00 81 01 04 3F 02 01 FF")) == command
