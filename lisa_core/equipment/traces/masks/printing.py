"""Printers: documents become lengths; names of jobs and of people are written over, also where a printer repeats them.

What a printer says of itself stays. IPP is read and written anew, so that its lengths stay right; PJL is read by lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.equipment.codecs.ipp.message import Group, Message, read_message, write_message
from lisa_core.equipment.codecs.ipp.values import Attribute, Data, Localized, Tag, Value
from lisa_core.equipment.codecs.ipp.words import GroupTag
from lisa_core.equipment.codecs.pjl import ASK_STATUS
from lisa_core.equipment.lines.tapped.request import HttpQuestion, Reply
from lisa_core.equipment.traces.entries import Blank, Content, Plain, plain
from lisa_core.equipment.traces.masks.mask import Mask
from lisa_core.equipment.traces.masks.names import LENGTH, OVER, Names

DOCUMENT = "document"
LONGEST_LINE = 4096
_OF_DEVICES = frozenset(
    {"printer-uri", "job-uri", "job-printer-uri", "attributes-charset", "attributes-natural-language"}
)
_TEXTS = (Tag.NAME, Tag.TEXT, Tag.NAME_WITH_LANGUAGE, Tag.TEXT_WITH_LANGUAGE, Tag.OCTETS)
_KNOWN = frozenset(map(int, Tag)).difference(_TEXTS)
"""Tags of what is no text of anybody."""
_NOBODY = f"urn:{OVER * LENGTH}"
_ANSWERED = frozenset({"status-message"})
_NAME = re.compile(rb'NAME\s*=\s*"([^"\r\n]*)"', re.IGNORECASE)
_OFFENDING = re.compile(r"(?<=OffendingCommand:).*?(?=\]%%|$)", re.IGNORECASE)


class IppMask(Mask):
    """IPP over HTTP."""

    def __init__(self) -> None:
        self._names = Names()

    def asked(self, asked: HttpQuestion) -> Content:
        return self._masked(asked.body)

    def answered(self, asked: HttpQuestion, reply: Reply) -> Content:
        return self._masked(reply.body)

    def _masked(self, body: bytes) -> Content:
        if not body:
            return ()
        try:
            message, document = read_message(body)
            groups = tuple(self._group(group) for group in message.groups)
            head = write_message(Message(message.code, message.request_id, groups, message.version))
        except ProtocolError:
            return (Blank(len(body)),)
        return (Plain(head), *((Blank(len(document), DOCUMENT),) if document else ()))

    def _group(self, group: Group) -> Group:
        keeps = group.tag == GroupTag.PRINTER
        return replace(group, attributes=tuple(self._attribute(one, keeps) for one in group.attributes))

    def _attribute(self, one: Attribute, keeps: bool) -> Attribute:
        keeps = keeps or one.name in _OF_DEVICES | _ANSWERED
        return Attribute(one.name, tuple(self._value(value, keeps) for value in one.values))

    def _value(self, value: Value, keeps: bool) -> Value:
        if isinstance(value.data, tuple):
            return Value(value.tag, tuple(self._attribute(one, keeps) for one in value.data))
        if value.tag == Tag.URI and isinstance(value.data, str) and not keeps:
            return Value(value.tag, _NOBODY)  # where a document lies, to whom something is sent
        if value.tag in _KNOWN and not isinstance(value.data, bytes):
            return value
        return Value(value.tag, self._text(value.data, keeps))

    def _text(self, data: Data, keeps: bool) -> Data:
        if isinstance(data, Localized):
            return Localized(data.language, self._names.over(data.text) if keeps else self._names.learn(data.text))
        if isinstance(data, str):
            return self._names.over(data) if keeps else self._names.learn(data)
        return data if keeps or not isinstance(data, bytes) else bytes(len(data))


class JobMask(Mask):
    """A raw port: what a printer says in lines of PJL stays, but for names; a job becomes its length."""

    def __init__(self) -> None:
        self._names = Names()
        self._begun = b""

    def renewed(self) -> None:
        self._begun = b""

    def sent(self, data: bytes) -> Sequence[Content]:
        if data == ASK_STATUS:
            return (plain(data),)
        for name in _NAME.findall(data[:LONGEST_LINE]):
            self._names.learn(name.decode("utf-8", "replace"))
        return ((Blank(len(data), DOCUMENT),),)

    def came(self, data: bytes) -> Sequence[Content]:
        return tuple(self._lines(data))

    def _lines(self, data: bytes) -> Iterator[Content]:
        self._begun += data
        end = max(map(self._begun.rfind, (b"\n", b"\f"))) + 1
        whole, self._begun = self._begun[:end], self._begun[end:]
        if whole:
            yield plain(b"".join(map(self._line, whole.splitlines(keepends=True))))
        if len(self._begun) > LONGEST_LINE:
            yield from self.rest()

    def rest(self) -> Sequence[Content]:
        begun, self._begun = self._begun, b""
        return (plain(self._line(begun)),) if begun else ()

    def _line(self, line: bytes) -> bytes:
        named = _NAME.sub(_overwritten, line)
        text = self._names.over(named.decode("latin-1"))
        return _OFFENDING.sub(lambda found: OVER * len(found[0]), text).encode("latin-1")


def _overwritten(found: re.Match[bytes]) -> bytes:
    begun = found.start(1) - found.start()
    return found[0][:begun] + OVER.encode() * LENGTH + b'"'
