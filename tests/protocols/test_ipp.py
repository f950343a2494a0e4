"""IPP: the examples of RFC 8010, appendix A, and any message there and back, in pieces of any size."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lisa_core.domain.model.errors import ProtocolError, Side
from lisa_core.equipment.codecs.ipp.message import (
    MAX_DEPTH,
    Group,
    Message,
    MessageReader,
    read_message,
    write_message,
)
from lisa_core.equipment.codecs.ipp.values import (
    MAX_VALUE,
    Attribute,
    Localized,
    Range,
    Resolution,
    Tag,
    Value,
    attribute,
)
from lisa_core.equipment.codecs.ipp.words import GroupTag, Operation, PrintJobState, StatusCode

LONG = bool(os.environ.get("LISA_LONG"))


def field(tag: int, name: str, value: bytes) -> bytes:
    """As the tables of the appendix show it: tag, length, name, length, value."""
    return bytes((tag,)) + len(name).to_bytes(2, "big") + name.encode() + len(value).to_bytes(2, "big") + value


OPENING = field(0x47, "attributes-charset", b"utf-8") + field(0x48, "attributes-natural-language", b"en-us")
PINETREE = "ipp://printer.example.com/ipp/print/pinetree"
TARGET = field(0x45, "printer-uri", PINETREE.encode())
ASKS = (
    attribute("attributes-charset", Tag.CHARSET, "utf-8"),
    attribute("attributes-natural-language", Tag.LANGUAGE, "en-us"),
)
ASKED = Group(GroupTag.OPERATION, (*ASKS, attribute("printer-uri", Tag.URI, PINETREE)))
UNSUPPORTED_SIDES = Group(
    GroupTag.UNSUPPORTED,
    (attribute("copies", Tag.INTEGER, 20), attribute("sides", Tag.UNSUPPORTED)),
)
EXAMPLES = {
    "A.1 Print-Job request": (
        bytes.fromhex("0101 0002 00000001 01")
        + OPENING
        + TARGET
        + field(0x42, "job-name", b"foobar")
        + field(0x22, "ipp-attribute-fidelity", b"\x01")
        + b"\x02"
        + field(0x21, "copies", bytes.fromhex("00000014"))
        + field(0x44, "sides", b"two-sided-long-edge")
        + b"\x03",
        Message(
            Operation.PRINT_JOB,
            1,
            (
                Group(
                    GroupTag.OPERATION,
                    (
                        *ASKED.attributes,
                        attribute("job-name", Tag.NAME, "foobar"),
                        attribute("ipp-attribute-fidelity", Tag.BOOLEAN, True),
                    ),
                ),
                Group(
                    GroupTag.JOB,
                    (
                        attribute("copies", Tag.INTEGER, 20),
                        attribute("sides", Tag.KEYWORD, "two-sided-long-edge"),
                    ),
                ),
            ),
            (1, 1),
        ),
    ),
    "A.2 Print-Job response (successful)": (
        bytes.fromhex("0101 0000 00000001 01")
        + OPENING
        + field(0x41, "status-message", b"successful-ok")
        + b"\x02"
        + field(0x21, "job-id", bytes.fromhex("00000093"))
        + field(0x45, "job-uri", b"ipp://printer.example.com/ipp/print/pinetree/147")
        + field(0x23, "job-state", bytes.fromhex("00000003"))
        + b"\x03",
        Message(
            StatusCode.OK,
            1,
            (
                Group(GroupTag.OPERATION, (*ASKS, attribute("status-message", Tag.TEXT, "successful-ok"))),
                Group(
                    GroupTag.JOB,
                    (
                        attribute("job-id", Tag.INTEGER, 147),
                        attribute("job-uri", Tag.URI, f"{PINETREE}/147"),
                        attribute("job-state", Tag.ENUM, PrintJobState.PENDING),
                    ),
                ),
            ),
            (1, 1),
        ),
    ),
    "A.3 Print-Job response (failure)": (
        bytes.fromhex("0101 040b 00000001 01")
        + OPENING
        + b"\x05"
        + field(0x21, "copies", bytes.fromhex("00000014"))
        + field(0x10, "sides", b"")
        + b"\x03",
        Message(StatusCode.NOT_SUPPORTED, 1, (Group(GroupTag.OPERATION, ASKS), UNSUPPORTED_SIDES), (1, 1)),
    ),
    "Create-Job request with a collection, in the form of A.7": (
        bytes.fromhex("0101 0005 00000001 01")
        + OPENING
        + TARGET
        + field(0x34, "media-col", b"")
        + field(0x4A, "", b"media-size")
        + field(0x34, "", b"")
        + field(0x4A, "", b"x-dimension")
        + field(0x21, "", bytes.fromhex("00005208"))
        + field(0x4A, "", b"y-dimension")
        + field(0x21, "", bytes.fromhex("00007404"))
        + field(0x37, "", b"")
        + field(0x4A, "", b"media-type")
        + field(0x44, "", b"stationery")
        + field(0x37, "", b"")
        + b"\x03",
        Message(
            Operation.CREATE_JOB,
            1,
            (
                Group(
                    GroupTag.OPERATION,
                    (
                        *ASKED.attributes,
                        attribute(
                            "media-col",
                            Tag.COLLECTION,
                            (
                                attribute(
                                    "media-size",
                                    Tag.COLLECTION,
                                    (
                                        attribute("x-dimension", Tag.INTEGER, 21_000),
                                        attribute("y-dimension", Tag.INTEGER, 29_700),
                                    ),
                                ),
                                attribute("media-type", Tag.KEYWORD, "stationery"),
                            ),
                        ),
                    ),
                ),
            ),
            (1, 1),
        ),
    ),
    "Get-Jobs request": (
        bytes.fromhex("0101 000a 0000007b 01")
        + OPENING
        + TARGET
        + field(0x21, "limit", bytes.fromhex("00000032"))
        + field(0x44, "requested-attributes", b"job-id")
        + field(0x44, "", b"job-name")
        + field(0x44, "", b"document-format")
        + b"\x03",
        Message(
            Operation.GET_JOBS,
            123,
            (
                Group(
                    GroupTag.OPERATION,
                    (
                        *ASKED.attributes,
                        attribute("limit", Tag.INTEGER, 50),
                        attribute("requested-attributes", Tag.KEYWORD, "job-id", "job-name", "document-format"),
                    ),
                ),
            ),
            (1, 1),
        ),
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_of_the_standard_are_read_and_written(name: str) -> None:
    data, message = EXAMPLES[name]
    assert read_message(data + b"%!PS...") == (message, b"%!PS...")
    assert write_message(message) == data


@pytest.mark.parametrize(
    ("tag", "data", "meant"),
    [
        (
            Tag.DATE_TIME,
            "07e8 02 1d 17 3b 3b 09 2d 01 1e",
            datetime(2024, 2, 29, 23, 59, 59, 900_000, timezone(-timedelta(hours=1.5))),
        ),
        (Tag.RESOLUTION, "00000258 0000012c 03", Resolution(600, 300)),
        (Tag.RANGE, "ffffffff 00000063", Range(-1, 99)),
        (Tag.NAME_WITH_LANGUAGE, "0002 6465 0003 41c3a4", Localized("de", "Aä")),
        (Tag.TEXT, "4fdf", "O\udcdf"),  # no UTF-8: kept as it is
        (Tag.INTEGER, "0001", b"\0\1"),  # too short: kept as bytes
        (Tag.BOOLEAN, "02", b"\2"),
        (Tag.DATE_TIME, "07e8 0d 1d 17 3b 3b 09 2d 01 1e", bytes.fromhex("07e80d1d173b3b092d011e")),
        (Tag.TEXT_WITH_LANGUAGE, "0002 6465 0003 41", bytes.fromhex("00026465000341")),
        (Tag.NO_VALUE, "", None),
        (0x5F, "ff", b"\xff"),  # a syntax of tomorrow
    ],
)
def test_each_syntax_is_read_or_kept(tag: int, data: str, meant: object) -> None:
    raw = bytes.fromhex("0200 0000 00000001 04") + field(tag, "x", bytes.fromhex(data)) + b"\x03"
    message, _ = read_message(raw)
    assert message.group(GroupTag.PRINTER).all("x") == (meant,)
    assert write_message(message) == raw


NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
NUMBERS = st.integers(-(2**31), 2**31 - 1)
MOMENTS = st.datetimes(timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=at.microsecond // 100_000 * 100_000)
)
PLAIN = st.one_of(
    st.builds(Value, st.sampled_from([Tag.INTEGER, Tag.ENUM]), NUMBERS),
    st.builds(Value, st.just(Tag.BOOLEAN), st.booleans()),
    st.builds(
        Value, st.sampled_from([Tag.KEYWORD, Tag.TEXT, Tag.URI, Tag.MIME_TYPE]), st.text(st.characters(codec="utf-8"))
    ),
    st.builds(Value, st.just(Tag.OCTETS), st.binary(max_size=30)),
    st.builds(Value, st.just(Tag.RANGE), st.builds(Range, NUMBERS, NUMBERS)),
    st.builds(Value, st.just(Tag.RESOLUTION), st.builds(Resolution, NUMBERS, NUMBERS, st.sampled_from([3, 4]))),
    st.builds(Value, st.just(Tag.TEXT_WITH_LANGUAGE), st.builds(Localized, NAMES, NAMES)),
    st.builds(Value, st.just(Tag.DATE_TIME), MOMENTS),
    st.builds(Value, st.sampled_from([Tag.UNKNOWN, Tag.NO_VALUE]), st.none()),
)


def attributes(values: st.SearchStrategy[Value]) -> st.SearchStrategy[tuple[Attribute, ...]]:
    one = st.builds(Attribute, NAMES, st.lists(values, min_size=1, max_size=3).map(tuple))
    return st.lists(one, max_size=3).map(tuple)


VALUES = st.recursive(PLAIN, lambda inner: st.builds(Value, st.just(Tag.COLLECTION), attributes(inner)), max_leaves=6)
GROUPS = st.lists(st.builds(Group, st.sampled_from(GroupTag), attributes(VALUES)), max_size=3).map(tuple)
MESSAGES = st.builds(Message, st.integers(0, 0xFFFF), st.integers(0, 2**32 - 1), GROUPS)


@settings(max_examples=1000 if LONG else 40)
@given(MESSAGES, st.binary(max_size=20), st.integers(1, 40))
def test_any_message_arrives_as_it_was_sent_in_pieces_of_any_size(message: Message, document: bytes, size: int) -> None:
    data, reader, found = write_message(message) + document, MessageReader(), None
    at = 0
    while found is None:
        found, at = reader.feed(data[at : at + size]), at + size
    assert (found, reader.rest + data[at:]) == (message, document)


HEAD = bytes.fromhex("0200 000b 00000001")
DEEP = field(0x34, "x", b"") + (field(0x4A, "", b"x") + field(0x34, "", b"")) * MAX_DEPTH


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "breaks off"),
        (HEAD, "breaks off"),
        (HEAD + b"\x01" + OPENING, "breaks off"),
        (HEAD + OPENING + b"\x03", "before the first group"),
        (HEAD + b"\x00\x03", "tag 0"),
        (HEAD + b"\x01" + field(0x44, "", b"more") + b"\x03", "without an attribute"),
        (HEAD + b"\x01" + field(0x34, "x", b"") + b"\x03", "without its end"),
        (HEAD + b"\x01" + field(0x37, "", b"") + b"\x03", "has not begun"),
        (HEAD + b"\x01" + field(0x4A, "", b"x") + b"\x03", "outside"),
        (HEAD + b"\x01" + field(0x34, "x", b"") + field(0x21, "y", b"") + b"\x03", "within a collection"),
        (
            HEAD + b"\x01" + field(0x34, "x", b"") + field(0x4A, "", b"y") + field(0x37, "", b"") + b"\x03",
            "without a value",
        ),
        (HEAD + b"\x01" + DEEP + b"\x03", "deep"),
        (HEAD + b"\x01" + field(0x30, "x", bytes(60_000)) * 18, "more than"),
        (HEAD + b"\x01" + field(0x21, "x", bytes(4)) + field(0x21, "", bytes(4)) * 60_000, "more than"),
    ],
    ids=lambda value: value if isinstance(value, str) else "bytes",
)
def test_what_is_no_message_ends_it(data: bytes, why: str) -> None:
    with pytest.raises(ProtocolError, match=why) as caught:
        read_message(data)
    assert caught.value.side is Side.REMOTE


@pytest.mark.parametrize(
    "wrong",
    [
        Message(0x10000, 1),
        Message(0, -1),
        Message(0, 1, (Group(0x03),)),
        Message(0, 1, (Group(1, (Attribute("x", ()),)),)),
        Message(0, 1, (Group(1, (attribute("", Tag.INTEGER, 1),)),)),
        Message(0, 1, (Group(1, (attribute("x", Tag.INTEGER, 2**31),)),)),
        Message(0, 1, (Group(1, (attribute("x", Tag.TEXT, "x" * (MAX_VALUE + 1)),)),)),
        Message(0, 1, (Group(1, (attribute("x", Tag.TEXT, "\ud800"),)),)),
        Message(0, 1, (Group(1, (attribute("x", Tag.END_COLLECTION),)),)),
        Message(0, 1, (Group(1, (attribute("x", Tag.INTEGER, (attribute("y", Tag.INTEGER, 1),)),)),)),
    ],
)
def test_what_cannot_be_said_is_our_own_fault(wrong: Message) -> None:
    with pytest.raises(ProtocolError) as caught:
        write_message(wrong)
    assert caught.value.side is Side.LOCAL


def test_a_message_without_an_end_is_given_up_early() -> None:
    reader = MessageReader()
    assert reader.feed(HEAD + b"\x01" + field(0x44, "x", b"y") + b"\x44\0\0") is None
    assert reader.feed(b"\xff\xff") is None
    assert reader.feed(bytes(0xFFFF)) is None
    with pytest.raises(ProtocolError, match="more than"):
        reader.feed(field(0x30, "", bytes(0xFFFF)) * 16)
