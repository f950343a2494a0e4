"""What somebody says to the portal: a small JSON object from a page of ours or a program, read strictly.

Each key is taken once, as what it has to be, within bounds; what is left over was not understood and is refused. Every
mistake is a German sentence that names the place: `people[0].age`.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from starlette.datastructures import QueryParams
from starlette.requests import ClientDisconnect, Request

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.domain.model.json_types import Json
from lisa_core.wire.json_text import RepeatedKey, read_json
from sojus.portal import texts

MAX_BODY, BODY_S = 64 * 1024, 10.0
MAX_LIST, MAX_ID, MAX_TEXT, MOST_DIGITS = 200, 200, 2_000, 15
MARK = "x-sojus"
"""A header that no form of a foreign page can send, and no script of one without being asked about it first."""
AS = "x-sojus-as"
"""A header: the membership for which a page was made, as `/api/me` names it."""
Query = Mapping[str, int]
"""What may stand in an address behind "?", and how many times."""
KEY = re.compile(r"[A-Za-z0-9_-]{16,100}")


class Unreadable(ProtocolError):
    """The sentence is for whoever said it."""


async def body_of(request: Request, most: int = MAX_BODY) -> bytes:
    """All of it, in time. Raises `Unreadable`."""
    data = bytearray()
    try:
        async with asyncio.timeout(BODY_S):
            async for piece in request.stream():
                data += piece
                if len(data) > most:
                    raise Unreadable(texts.TOO_LARGE.format(most // 1024))
    except (TimeoutError, ClientDisconnect):
        raise Unreadable(texts.NOT_WHOLE) from None
    return bytes(data)


def check_kind(request: Request, kind: str, text: str) -> None:
    """Of the body, as its header says. Raises `Unreadable`: `text`."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != kind:
        raise Unreadable(text)


async def said_in(request: Request) -> Said:
    """The object in the body. Raises `Unreadable`."""
    check_kind(request, "application/json", texts.NO_JSON)
    try:
        return Said(read_json(await body_of(request), "body", max_bytes=MAX_BODY))
    except Unreadable:
        raise
    except RepeatedKey as twice:
        raise Unreadable(texts.SAID_TWICE.format(twice.key[:80])) from None
    except ProtocolError:
        raise Unreadable(texts.NO_JSON) from None


class Said:
    """One object; `where`: what it is called in sentences, "" for the whole."""

    def __init__(self, value: Json, where: str = "") -> None:
        if not isinstance(value, dict):
            raise Unreadable(texts.EXPECTED.format(where or "Anfrage", "ein Objekt"))
        self._left: dict[str, Json] = dict(value)
        self._known: list[str] = []
        self._where = where

    def place(self, key: str) -> str:
        return f"{self._where}.{key}" if self._where else key

    def take(self, key: str) -> Json:
        """Whatever stands there; None for nothing."""
        self._known.append(key)
        return self._left.pop(key, None)

    def end(self) -> None:
        """Nothing else was said. Raises `Unreadable`."""
        if self._left:
            unknown = self.place(min(self._left))[:80]
            raise Unreadable(texts.UNKNOWN_KEY.format(unknown, ", ".join(self._known)))

    def wrong(self, key: str, wanted: str) -> Unreadable:
        return Unreadable(texts.EXPECTED.format(self.place(key), wanted))

    def text(self, key: str, most: int = MAX_TEXT, least: int = 0) -> str:
        value = self.take(key)
        if value is None and not least:
            return ""
        if not isinstance(value, str) or not least <= len(value) <= most:
            raise self.wrong(key, f"ein Text mit {least} bis {most} Zeichen")
        return value

    def maybe_text(self, key: str, most: int = MAX_TEXT) -> str | None:
        return None if self._is_nothing(key) else self.text(key, most)

    def id(self, key: str) -> str:
        return self.text(key, MAX_ID, 1)

    def key(self) -> str:
        """The name of the wish: who got no answer asks again by it."""
        value = self.take("key")
        if not isinstance(value, str) or not KEY.fullmatch(value):
            raise self.wrong("key", "ein zufälliger Schlüssel aus 16 bis 100 Zeichen (A-Z a-z 0-9 _ -)")
        return value

    def whole(self, key: str, least: int, most: int) -> int:
        value = self.take(key)
        if type(value) is not int or not least <= value <= most:
            raise self.wrong(key, f"eine ganze Zahl von {least} bis {most}")
        return value

    def maybe_whole(self, key: str, least: int, most: int) -> int | None:
        return None if self._is_nothing(key) else self.whole(key, least, most)

    def day(self, key: str) -> date:
        value = self.take(key)
        try:
            if isinstance(value, str) and len(value) == 10:
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise self.wrong(key, "ein Tag in der Form 2026-12-01")

    def maybe_day(self, key: str) -> date | None:
        return None if self._is_nothing(key) else self.day(key)

    def flag(self, key: str) -> bool:
        value = self.take(key)
        if not isinstance(value, bool):
            raise self.wrong(key, "true oder false")
        return value

    def maybe_flag(self, key: str) -> bool:
        """Nothing is no."""
        return not self._is_nothing(key) and self.flag(key)

    def choice(self, key: str, words: Collection[str], without: str = "") -> str:
        value = self.take(key)
        if value is None and without:
            return without
        if not isinstance(value, str) or value not in words:
            raise self.wrong(key, f"eines davon: {', '.join(words)}")
        return value

    def ids(self, key: str, most: int = MAX_LIST) -> tuple[str, ...]:
        items = self._list(key, most)
        if not all(isinstance(one, str) and 0 < len(one) <= MAX_ID for one in items):
            raise self.wrong(key, "eine Liste von Kennungen")
        return tuple(map(str, items))

    def objects(self, key: str, most: int = MAX_LIST) -> Iterator[Said]:
        """Each has to be ended by whoever takes it."""
        for index, one in enumerate(self._list(key, most)):
            yield Said(one, f"{self.place(key)}[{index}]")

    def maybe_object(self, key: str) -> Said | None:
        value = self.take(key)
        return None if value is None else Said(value, self.place(key))

    def pair(self, key: str) -> tuple[float, float]:
        match self.take(key):
            case [int() | float() as one, int() | float() as other] if bool not in (type(one), type(other)):
                return float(one), float(other)
        raise self.wrong(key, "zwei Zahlen")

    def _list(self, key: str, most: int) -> list[Json]:
        value = self.take(key)
        if value is None:
            return []
        if not isinstance(value, list) or len(value) > most:
            raise self.wrong(key, f"eine Liste mit höchstens {most} Einträgen")
        return value

    def _is_nothing(self, key: str) -> bool:
        """Whether null stands there, or nothing at all; then it is taken."""
        return self._left.get(key) is None and self.take(key) is None


def check_query(given: QueryParams, known: Query) -> None:
    """What stands in an address behind "?" is all known there. Raises `Unreadable`: nothing of it is passed over."""
    times = Counter(key for key, _ in given.multi_items())
    if unknown := sorted(times.keys() - known.keys()):
        raise Unreadable(texts.UNKNOWN_KEY.format(unknown[0][:80], ", ".join(known) or "keine"))
    for key, value in given.multi_items():
        if times[key] > known[key]:
            raise Unreadable(texts.TOO_OFTEN.format(key, times[key], known[key]))
        if len(value) > MAX_TEXT:
            raise Unreadable(texts.TOO_LARGE.format(MAX_TEXT // 1000))
        if "\0" in value:  # which no database takes as a text
            raise Unreadable(texts.EXPECTED.format(key, "ein Text ohne Nullzeichen"))


def choice_of(query: Mapping[str, str], key: str, words: Sequence[str]) -> str:
    """One of these words in an address; the first where nothing stands there. Raises `Unreadable`."""
    word = query.get(key, "") or words[0]
    if word not in words:
        raise Unreadable(texts.EXPECTED.format(key, f"eines davon: {', '.join(words)}"))
    return word


def number_of(query: Mapping[str, str], key: str) -> int:
    """A whole number in an address; 0 where none stands there. Raises `Unreadable`."""
    text = query.get(key, "")
    if text and not (text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS):
        raise Unreadable(texts.EXPECTED.format(key, "eine ganze Zahl"))
    return int(text or 0)
