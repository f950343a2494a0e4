"""What of a protocol a tolerant player has to know: which part of a question only counts, which answers are news.

A driver that stands in no row is played by what it asks, byte for byte, and what follows a question belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.equipment.codecs.adapter.messages import SHORT_LINE
from lisa_core.equipment.codecs.ipp.words import Operation
from lisa_core.equipment.codecs.modbus_pdu import Function
from lisa_core.equipment.codecs.pjl import ASK_STATUS
from lisa_core.equipment.codecs.stu.framing import Deframer
from lisa_core.equipment.codecs.stu.table import BY_NUMBER, Use
from lisa_core.equipment.traces.entries import About, Content, bytes_in, plain
from lisa_core.equipment.traces.matching import shape
from lisa_core.wire.json_text import read_json

Key = Callable[[Content, About], Hashable]


def _by_shape(content: Content, about: About) -> Hashable:
    return about.get("method", ""), about.get("path", ""), about.get("number", ""), shape(content)


def _never(content: Content, about: About) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Dialect:
    """`key`: two questions with the same are the same question. `adapted(answer, asked)`: the answer as it fits."""

    key: Key = _by_shape
    adapted: Callable[[bytes, bytes], bytes] = lambda answer, asked: answer
    polls: Callable[[Content, About], bool] = _never
    """Whether a question only asks how things stand: it may come as often as it likes."""
    unasked: Callable[[bytes], bool] = lambda data: False
    """Whether the device sent this by itself."""
    message: re.Pattern[bytes] | None = None
    """What it sends by itself for ever, one message after the other: the last is repeated when nothing new comes."""
    belongs: Callable[[Content, Content], bool] = lambda asked, answer: True
    """Whether this is an answer to that question, where several may be open; else it belongs to the newest."""
    number: Callable[[Content], int] = lambda content: 0
    """What a question and what the device sends since then by itself have in common; 0: nothing."""
    led: bool = True
    """Whether what the device does follows what it is asked, so that the recording's clock may be set by it."""


def _rtu_polls(content: Content, about: About) -> bool:
    return (bytes_in(content) or b"")[1:2] == bytes((Function.READ_INPUTS,))


def _tcp_polls(content: Content, about: About) -> bool:
    return (bytes_in(content) or b"")[7:8] == bytes((Function.READ_INPUTS,))


def _past(count: int) -> Key:
    """A key without so many bytes at the beginning, which number the question."""
    return lambda content, about: (bytes_in(content) or b"")[count:]


def _visca_key(content: Content, about: About) -> Hashable:
    data = bytes_in(content) or b""
    return data[:4], data[8:]


def _numbered(start: int, end: int) -> Callable[[bytes, bytes], bytes]:
    """The answer bears the number of the question."""
    return lambda answer, asked: answer[:start] + asked[start:end] + answer[end:] if len(answer) >= end else answer


_JOB_ID = re.compile(rb"\x21\x00\x06job-id\x00\x04(....)", re.DOTALL)
_ASKS = frozenset({Operation.GET_PRINTER_ATTRIBUTES, Operation.GET_JOB_ATTRIBUTES, Operation.GET_JOBS})


def _ipp_head(content: Content) -> bytes:
    return bytes_in(content[:1]) or b""


def _ipp_key(content: Content, about: About) -> Hashable:
    head = _ipp_head(content)
    job = _JOB_ID.search(head)
    return about.get("path", ""), head[2:4], job[1] if job else b""


def _ipp_polls(content: Content, about: About) -> bool:
    return int.from_bytes(_ipp_head(content)[2:4], "big") in _ASKS


def _escl_polls(content: Content, about: About) -> bool:
    return about.get("method") == "GET" and not str(about.get("path", "")).endswith("/NextDocument")


_GET_REPORT, _STATUS = 0x80, 0x03


def _stu_report(content: Content) -> bytes:
    found = [one for one in Deframer(None).feed(bytes_in(content) or b"") if isinstance(one, bytes)]
    return found[0] if found else b""


def _stu_polls(content: Content, about: About) -> bool:
    if about.get("method") == "get":
        return about.get("number") == _STATUS
    return _stu_report(content) == bytes((_GET_REPORT, _STATUS))


def _stu_unasked(data: bytes) -> bool:
    found = [one for one in Deframer(None).feed(data) if isinstance(one, bytes)]
    row = BY_NUMBER.get(found[0][0]) if found and found[0] else None
    return row is not None and row.use is Use.INPUT and row.number != _ANSWERED


def _said(content: Content) -> Mapping[str, object]:
    """A line of an adapter."""
    try:
        line = read_json((bytes_in(content) or b"").strip(), "adapter", max_bytes=SHORT_LINE)
    except ProtocolError:
        return {}
    return line if isinstance(line, dict) else {}


def _adapter_key(content: Content, about: About) -> Hashable:
    """What is asked, without its number."""
    return tuple(sorted((key, str(value)) for key, value in _said(content).items() if key != "id"))


def _adapter_unasked(data: bytes) -> bool:
    return _said(plain(data)).get("type") == "event"


def _adapter_belongs(asked: Content, answer: Content) -> bool:
    question, said = _said(asked), _said(answer)
    kind = {"pong": "ping", "hello": "hello"}.get(str(said.get("type")), "call")
    return (question.get("type"), question.get("id")) == (kind, None if kind == "hello" else said.get("id"))


def _adapter_call(content: Content) -> int:
    said = _said(content)
    number = said.get("id") if said.get("type") in ("call", "event") else None
    return number if isinstance(number, int) else 0


_ID = re.compile(rb'"id":\s*(\d+)')


def _adapter_numbered(answer: bytes, asked: bytes) -> bytes:
    number = _ID.search(asked)
    return _ID.sub(number[0], answer, count=1) if number else answer


_ANSWERED = 0x81
_ACKNOWLEDGED = b"\xfd\xfc\xfb\xfa"


def _radar(message: bytes) -> Dialect:
    return Dialect(unasked=lambda data: _ACKNOWLEDGED not in data, message=re.compile(message, re.DOTALL), led=False)


NETWORK, DATAGRAMS = "tcp", "udp"
BY_DRIVER: Mapping[tuple[str, str], Dialect] = {
    ("hlk-ld2410", ""): _radar(rb"\xf4\xf3\xf2\xf1.{2,64}?\xf8\xf7\xf6\xf5"),
    ("hlk-ld2450", ""): _radar(rb"\xaa\xff\x03\x00.{24}\x55\xcc"),
    ("modbus-io", ""): Dialect(polls=_rtu_polls, led=False),
    ("modbus-io", NETWORK): Dialect(_past(2), _numbered(0, 2), _tcp_polls, led=False),
    ("visca", DATAGRAMS): Dialect(_visca_key, _numbered(4, 8)),
    ("escl", ""): Dialect(polls=_escl_polls),
    ("ipp", ""): Dialect(_ipp_key, _numbered(4, 8), _ipp_polls),
    ("raw-print", ""): Dialect(polls=lambda content, about: bytes_in(content) == ASK_STATUS),
    ("wacom-stu", ""): Dialect(polls=_stu_polls, unasked=_stu_unasked),
    ("adapter", ""): Dialect(
        _adapter_key,
        _adapter_numbered,
        lambda content, about: _said(content).get("type") == "ping",
        _adapter_unasked,
        belongs=_adapter_belongs,
        number=_adapter_call,
        led=False,
    ),
    ("pcsc", ""): Dialect(polls=lambda content, about: True, led=False),
}


def dialect_of(driver: str, binding: str) -> Dialect:
    """That of this driver on this kind of line."""
    scheme = binding.partition("://")[0] if "://" in binding else ""
    return BY_DRIVER.get((driver, scheme)) or BY_DRIVER.get((driver, ""), Dialect())
