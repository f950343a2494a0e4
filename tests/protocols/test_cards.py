"""Answers to reset as readers print them, each changed byte of them, and vpcd's messages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lisa_core.equipment.codecs.cards.atr import LONGEST, STORAGE, Atr, read_atr, write_contactless
from lisa_core.equipment.codecs.cards.vpcd import MessageParser, encode_message

# As readers print them: an identity card; MIFARE Classic 1K and Ultralight C (PC/SC part 3); a bank card; the shortest
# of ISO/IEC 7816-3, with T=0 alone and no check byte.
KNOWN = [
    ("3B 84 80 01 80 82 90 00 97", Atr((0, 1), bytes.fromhex("80 82 90 00")), False),
    (
        "3B 8F 80 01 80 4F 0C A0 00 00 03 06 03 00 01 00 00 00 00 6A",
        Atr((0, 1), STORAGE + bytes.fromhex("03 00 01 00 00 00 00")),
        True,
    ),
    (
        "3B 8F 80 01 80 4F 0C A0 00 00 03 06 03 00 3A 00 00 00 00 51",
        Atr((0, 1), STORAGE + bytes.fromhex("03 00 3A 00 00 00 00")),
        True,
    ),
    (
        "3B 8B 80 01 00 31 C0 64 08 44 03 77 00 90 00 37",
        Atr((0, 1), bytes.fromhex("00 31 C0 64 08 44 03 77 00 90 00")),
        False,
    ),
    ("3B 00", Atr((0,), b""), False),
    ("3F 65 25 00 2C 09 69 90 00", Atr((0,), bytes.fromhex("2C 09 69 90 00")), False),
]


@pytest.mark.parametrize(("printed", "atr", "storage"), KNOWN)
def test_answers_to_reset_as_readers_print_them(printed: str, atr: Atr, storage: bool) -> None:
    assert read_atr(bytes.fromhex(printed)) == atr
    assert atr.is_storage is storage


@given(st.binary(max_size=15), st.data())
def test_a_contactless_card_and_every_damage_of_it(historical: bytes, data: st.DataObject) -> None:
    atr = write_contactless(historical)
    assert read_atr(atr) == Atr((0, 1), historical)
    damaged = bytearray(atr)
    damaged[data.draw(st.integers(0, len(atr) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    for wrong in (bytes(damaged), atr[: data.draw(st.integers(0, len(atr) - 1))], atr + b"\x00"):
        try:
            found = read_atr(wrong)
        except ValueError:
            continue
        assert wrong[0] in (0x3B, 0x3F), "TS is not part of the sum"
        assert found.historical == historical


@given(st.binary(max_size=LONGEST + 3))
def test_any_bytes_are_an_answer_or_none(data: bytes) -> None:
    try:
        atr = read_atr(data)
    except ValueError:
        return
    assert len(atr.historical) == data[1] & 0xF


@given(st.lists(st.binary(max_size=300), max_size=6), st.integers(1, 7))
def test_null_modem(messages: list[bytes], piece: int) -> None:
    stream, parser = b"".join(map(encode_message, messages)), MessageParser()
    found = [message for at in range(0, len(stream), piece) for message in parser.feed(stream[at : at + piece])]
    assert found == messages
