"""LD2450: the manual's own frames, round trips, and what is left of a damaged stream."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lisa_core.equipment.codecs.ld2450 import (
    MAX_SIZE,
    Acknowledgement,
    Command,
    Message,
    Target,
    TrackingParser,
    TrackingReport,
    Zones,
    encode,
    firmware,
    read_zones,
)
from lisa_core.equipment.codecs.ld2450 import TrackingCode as Code

ZONE = (1000, 1000, -1000, 5000, *(0,) * 8)
MANUAL: dict[str, Message] = {
    # "HLK-LD2450 Serial communication protocol" V1.03: 2.3 (report) and 2.2.1, 2.2.4 to 2.2.6, 2.2.11 to 2.2.13
    "AAFF0300 0E03B18610004001 0000000000000000 0000000000000000 55CC": TrackingReport(
        (Target(-782, 1713, -16, 320), None, None)
    ),
    "FDFCFBFA 0200 9000 04030201": Command(Code.ALL_TARGETS),
    "FDFCFBFA 0600 9101 0000 0200 04030201": Acknowledgement(Code.TRACKING, data=b"\2\0"),
    "FDFCFBFA 0C00 A001 0000 0000 0201 16240622 04030201": Acknowledgement(
        Code.FIRMWARE, data=bytes.fromhex("0000 0201 16240622")
    ),
    "FDFCFBFA 0A00 A501 0000 8F272EB80F65 04030201": Acknowledgement(Code.MAC, data=bytes.fromhex("8F272EB80F65")),
    f"FDFCFBFA 1E00 C101 0000 0100 E803E80318FC8813 {'0000' * 8} 04030201": Acknowledgement(
        Code.READ_ZONES, data=Zones(1, ZONE).encode()
    ),
    f"FDFCFBFA 1C00 C200 0200 E803E80318FC8813 {'0000' * 8} 04030201": Command(
        Code.WRITE_ZONES, Zones(2, ZONE).encode()
    ),
}


@pytest.mark.parametrize(("text", "message"), MANUAL.items())
def test_the_frames_of_the_manual(text: str, message: Message) -> None:
    frame = bytes.fromhex(text)
    assert TrackingParser().feed(frame) == [message]
    assert encode(message) == frame


def test_the_manuals_meaning_of_data() -> None:
    assert firmware(bytes.fromhex("0000 0201 16240622")) == "V1.02.22062416"
    assert read_zones(Zones(2, ZONE).encode()) == Zones(2, ZONE)
    assert Target(-782, 1713).distance_cm == 188
    for wrong in (b"", bytes(25), b"\3" + bytes(25)):
        with pytest.raises(ValueError, match="no zones"):
            read_zones(wrong)


size = st.integers(-MAX_SIZE, MAX_SIZE)
targets = st.none() | st.builds(Target, size, size, size, st.integers(0, 0xFFFF))
messages: st.SearchStrategy[Message] = st.one_of(
    st.builds(TrackingReport, st.tuples(targets, targets, targets)),
    st.builds(Command, st.integers(0, 255), st.binary(max_size=62)),
    st.builds(Acknowledgement, st.integers(0, 255), st.booleans(), st.binary(max_size=60)),
)


@given(st.lists(messages, max_size=6), st.integers(1, 40), st.binary(max_size=3))
@settings(max_examples=40)
def test_any_messages_in_any_pieces(sent: list[Message], piece: int, junk: bytes) -> None:
    stream = junk + b"".join(map(encode, sent))
    parser = TrackingParser()
    got = [message for at in range(0, len(stream), piece) for message in parser.feed(stream[at : at + piece])]
    assert got == sent
    assert parser.skipped == (len(junk) if sent else parser.skipped)


@pytest.mark.parametrize("kind", ["flip", "cut", "junk"])
def test_undamaged_frames_survive_damaged_neighbours(kind: str) -> None:
    rng = random.Random(kind)
    whole, stream = set(), bytearray()
    for number in range(1500):
        report = TrackingReport((Target(number, 3000 - number, 7, 320), None, Target(-number, 1, -9, 320)))
        frame, hit = bytearray(encode(report)), rng.random() < 0.3
        if hit and kind == "flip":
            frame[rng.choice((*range(4), 28, 29))] ^= 1 << rng.randrange(8)
        elif hit and kind == "cut":
            del frame[rng.randrange(1, 30) :]
        elif hit:
            stream += rng.randbytes(rng.randrange(1, 60))
        if kind == "junk" or not hit:
            whole.add(report)
        stream += frame
    parser = TrackingParser()
    got = {message for at in range(0, len(stream), 23) for message in parser.feed(bytes(stream[at : at + 23]))}
    assert len(whole & got) >= 0.99 * len(whole)
