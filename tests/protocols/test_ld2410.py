"""LD2410: the manual's own frames, round trips, and what is left of a damaged stream."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lisa_core.equipment.codecs.ld2410 import (
    GATES,
    MAX_LENGTH,
    Acknowledgement,
    Code,
    Command,
    Engineering,
    Message,
    Parameters,
    Parser,
    Report,
    TargetState,
    encode,
    firmware,
    firmware_data,
    parameters,
)

MANUAL: dict[str, Message] = {
    # "HLK-LD2410 Serial communication protocol" V1.02: 2.3.2 (reports), 2.2.1-2.2.4 and 2.2.8 (commands)
    "F4F3F2F1 0D00 02AA 02 5100 00 0000 3B 0000 5500 F8F7F6F5": Report(TargetState.STILL, 81, 0, 0, 59, 0),
    "F4F3F2F1 2300 01AA 03 1E00 3C 0000 39 0000 0808 3C2205030304030605 000039101306060804 0305 5500 F8F7F6F5": Report(
        TargetState.BOTH,
        30,
        60,
        0,
        57,
        0,
        Engineering(8, 8, (60, 34, 5, 3, 3, 4, 3, 6, 5), (0, 0, 57, 16, 19, 6, 6, 8, 4), 3, 5),
    ),
    "FDFCFBFA 0400 FF00 0100 04030201": Command(Code.CONFIG_ENABLE, b"\1\0"),
    "FDFCFBFA 0800 FF01 0000 0100 4000 04030201": Acknowledgement(Code.CONFIG_ENABLE, data=b"\1\0\x40\0"),
    "FDFCFBFA 0200 FE00 04030201": Command(Code.CONFIG_DISABLE),
    "FDFCFBFA 0400 FE01 0000 04030201": Acknowledgement(Code.CONFIG_DISABLE),
    "FDFCFBFA 1400 6000 0000 08000000 0100 08000000 0200 05000000 04030201": Command(
        Code.WRITE_PARAMETERS, bytes.fromhex("0000 08000000 0100 08000000 0200 05000000")
    ),
    "FDFCFBFA 1C00 6101 0000 AA080808 141414141414141414 191919191919191919 0500 04030201": Acknowledgement(
        Code.READ_PARAMETERS, data=Parameters(8, 8, (20,) * 9, (25,) * 9, 5).encode()
    ),
    "FDFCFBFA 0C00 A001 0000 0001 02 01 16240622 04030201": Acknowledgement(
        Code.FIRMWARE, data=firmware_data("V1.02.22062416")
    ),
}


@pytest.mark.parametrize(("text", "message"), MANUAL.items())
def test_the_frames_of_the_manual(text: str, message: Message) -> None:
    frame = bytes.fromhex(text)
    assert Parser().feed(frame) == [message]
    assert encode(message) == frame


def test_the_manuals_meaning_of_data() -> None:
    assert firmware(bytes.fromhex("0001 02 01 16240622")) == "V1.02.22062416"
    written = parameters(bytes.fromhex("AA080807 141414141414141414 191919191919191919 0500"))
    assert written == Parameters(8, 7, (20,) * 9, (25,) * 9, 5)


byte, word = st.integers(0, 255), st.integers(0, 0xFFFF)
gates = st.tuples(*[byte] * GATES)
messages: st.SearchStrategy[Message] = st.one_of(
    st.builds(
        Report,
        st.sampled_from(TargetState),
        word,
        byte,
        word,
        byte,
        word,
        st.none() | st.builds(Engineering, byte, byte, gates, gates, byte, byte),
    ),
    st.builds(Command, byte, st.binary(max_size=MAX_LENGTH - 2)),
    st.builds(Acknowledgement, byte, st.booleans(), st.binary(max_size=MAX_LENGTH - 4)),
)


@given(st.lists(messages, max_size=6), st.integers(1, 40), st.binary(max_size=3))
def test_any_messages_in_any_pieces(sent: list[Message], piece: int, junk: bytes) -> None:
    stream = junk + b"".join(map(encode, sent))
    parser = Parser()
    got = [message for at in range(0, len(stream), piece) for message in parser.feed(stream[at : at + piece])]
    assert got == sent
    assert parser.skipped == (len(junk) if sent else parser.skipped)


Damage = Callable[[random.Random, bytes], bytes]


def _flip(rng: random.Random, frame: bytes) -> bytes:
    at = rng.randrange(len(frame))
    return frame[:at] + bytes((frame[at] ^ 1 << rng.randrange(8),)) + frame[at + 1 :]


def _cut(rng: random.Random, frame: bytes) -> bytes:
    return frame[: rng.randrange(1, len(frame))]


def _wrong_length(rng: random.Random, frame: bytes) -> bytes:
    return frame[:4] + rng.randrange(1, 0xFFFF).to_bytes(2, "little") + frame[6:]


def _wrong_but_short_length(rng: random.Random, frame: bytes) -> bytes:
    return frame[:4] + bytes((rng.choice([n for n in range(MAX_LENGTH + 1) if n != frame[4]]), 0)) + frame[6:]


def _junk_before(rng: random.Random, frame: bytes) -> bytes:
    return rng.randbytes(rng.randrange(1, 60)) + frame


def _header_before(rng: random.Random, frame: bytes) -> bytes:
    """The nastiest junk: the beginning of a frame that never comes."""
    return frame[: rng.randrange(1, 8)] + frame


@pytest.mark.parametrize(
    ("damage", "share", "harms"),
    [
        (_flip, 0.3, True),
        (_cut, 0.3, True),
        (_wrong_length, 0.1, True),
        (_wrong_but_short_length, 0.1, True),
        (_junk_before, 0.3, False),
        (_header_before, 0.3, False),
    ],
)
@pytest.mark.parametrize("engineering", [False, True])
def test_undamaged_frames_survive_damaged_neighbours(
    damage: Damage, share: float, harms: bool, engineering: bool
) -> None:
    rng = random.Random(f"{damage.__name__} {engineering}")
    gates = Engineering(8, 8, (7,) * GATES, (9,) * GATES) if engineering else None
    whole, stream = set(), bytearray()
    for number in range(3000):
        report = Report(TargetState.BOTH, number, 50, 0xFFFF - number, 50, number, gates)
        damaged = rng.random() < share
        stream += damage(rng, encode(report)) if damaged else encode(report)
        if not (damaged and harms):
            whole.add(report)
    parser = Parser()
    got = {message for at in range(0, len(stream), 23) for message in parser.feed(bytes(stream[at : at + 23]))}
    assert len(whole & got) >= 0.99 * len(whole)
