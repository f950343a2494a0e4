"""A lexicon of sentences with values in them, and how a line is read by it: as much of the line as possible is known.

Lines come from devices, files and people too. So nothing here looks at all ways to read one: what a twin leaves open is
found in one pass, values are read only so deep, and a line that has too many ways to be read stays as it is. What comes
out depends on the line alone, never on what was read before: a page is drawn twice, and has to be the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from types import MappingProxyType

_HOLE = re.compile(r"\{[^{}]*\}")
_WORD = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"(?<=[.!?…:;,])\s+|\s+[–·]\s+|\s{2,}|\s+(?=\()|(?<=[)“])\s+")
_FRAME = re.compile(r"(\s*(?:[–✓✗?!·▸│┌└#]\s+)?\(?)(.*?)(?!(?<=\s)\s)(\)?[.,:;]?\)?(?:\s+[–·])?\s*)", re.DOTALL)
_LONGEST_RUN = 12
"""So many parts of a line are tried as one sentence."""
_LONGEST = 800
"""A longer text is no sentence."""
_PLACE = "{}: "
"""What a sentence may begin with; it is also known without it."""
_DEEPEST = 6
"""So often a value may be a sentence with a value again."""
_MOST_PARTS = 10_000
"""So many pieces of a line are tried; no sentence of ours needs a quarter of it."""
_FEW = 8
"""So few letters are no sentence by themselves."""
_MANY = 4096
"""So many texts are remembered."""


class _TooManyWays(Exception):
    """A line has more pieces than any sentence of ours."""


@dataclass(frozen=True, slots=True)
class _Twin:
    """A German sentence with values in it, and the English one."""

    literal: tuple[str, ...]
    """What stands before, between and behind the values."""
    english: str
    weight: int
    """How many characters of it are no value."""
    pattern: re.Pattern[str] | None = None
    """Where a value is of a kind."""

    def values(self, text: str) -> tuple[str, ...] | None:
        """What this text has in their places, the first as short as can be, and so on; None where it is another one."""
        if self.pattern is None:
            return _between(self.literal, text)
        found = self.pattern.fullmatch(text)
        return found.groups() if found else None


@dataclass(frozen=True, slots=True)
class _Read:
    """A text in English, and how many characters of the German one were known."""

    text: str
    known: int = 0


def _how_much(one: _Read) -> int:
    return one.known


class Lexicon:
    """Twins by their German text, and what a value of a named kind (`{wer:Bürgerin}`) looks like.

    A line is read so that as much of it as possible is known. A word of its own is what a sentence with values is
    looked up by.
    """

    def __init__(self, twins: Mapping[str, str], kinds: Mapping[str, str] = MappingProxyType({})) -> None:
        self._by_word: dict[str, list[_Twin]] = {}
        self._known: dict[str, str] = {}
        twins = {**_without_stop(twins), **_without_place(twins), **twins}
        self.exact = {german: english for german, english in twins.items() if not _HOLE.search(german)}
        for german, english in twins.items():
            # What is nothing but values and signs is the same in both languages.
            if german not in self.exact and (word := max(_own_words(german), key=len, default="")):
                self._by_word.setdefault(word, []).append(_twin(german, english, kinds))

    def text(self, text: str) -> str:
        """One line, as far as it is known."""
        if text not in self._known:
            if len(self._known) > _MANY:
                self._known.clear()
            try:
                self._known[text] = _Reading(self).read(text, 0).text
            except _TooManyWays:
                self._known[text] = text
        return self._known[text]

    def whole(self, text: str) -> str | None:
        """All of it as one sentence; None where there is no such one."""
        try:
            found = _Reading(self).sentence(text, 0)
        except _TooManyWays:
            return None
        return found.text if found.known else None

    def near(self, text: str) -> list[_Twin]:
        """Sentences that this text may be: of two that know as much, the first was meant."""
        words = dict.fromkeys(_WORD.findall(text)) if len(text) < _LONGEST else ()
        return sorted((twin for word in words for twin in self._by_word.get(word, ())), key=lambda twin: -twin.weight)


class _Reading:
    """One line is read; `depth`: in how many sentences a text is a value."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[tuple[str, int], _Read] = {}
        self._tried = 0

    def read(self, text: str, depth: int) -> _Read:
        if depth > _DEEPEST:
            return _Read(text)
        if (text, depth) not in self._known:
            self._known[text, depth] = max(self._framed(text, depth), self._parts(text, depth), key=_how_much)
        return self._known[text, depth]

    def sentence(self, text: str, depth: int) -> _Read:
        if text in self._lexicon.exact:
            return _Read(self._lexicon.exact[text], len(text))
        near = (self._filled(twin, text, depth) for twin in self._lexicon.near(text))
        return max(filter(None, near), key=_how_much, default=_Read(text))

    def _filled(self, twin: _Twin, text: str, depth: int) -> _Read | None:
        if (found := twin.values(text)) is None:
            return None
        values = [self.read(one, depth + 1) for one in found]
        english = twin.english.format(*(one.text for one in values))
        return _Read(english, twin.weight + sum(one.known for one in values))

    def _framed(self, part: str, depth: int) -> _Read:
        """One sentence, whatever stands around it: a bullet, brackets, a stop that may belong to it."""
        self._tried += 1
        if self._tried > _MOST_PARTS:
            raise _TooManyWays
        frame = _FRAME.fullmatch(part)
        if frame is None or not _WORD.search(part):
            return _Read(part)
        before, inner, after = frame.groups()
        core, found = after.rstrip(), [self.sentence(part, depth)]
        for tail in dict.fromkeys((core, core[:1], core[:-1], "")):
            one = self.sentence(f"{inner}{tail}", depth)
            found.append(_Read(f"{before}{one.text}{after[len(tail) :]}", one.known))
        return max(found, key=_how_much)

    def _parts(self, text: str, depth: int) -> _Read:
        """Of several sentences each in its turn; from the end on, as none depends on what stands before it."""
        edges = [0, *(one.end() for one in _BREAK.finditer(text) if one.end() < len(text)), len(text)]
        best = {len(edges) - 1: _Read("")}
        for at in range(len(edges) - 2, -1, -1):
            ends = range(at + 1, min(len(edges), at + _LONGEST_RUN))
            parts = ((self._framed(text[edges[at] : edges[end]], depth), best[end]) for end in ends)
            both = (_Read(f"{one.text}{rest.text}", one.known + rest.known) for one, rest in parts)
            best[at] = max(both, key=_how_much, default=_Read(text))
        return best[0]


def _twin(german: str, english: str, kinds: Mapping[str, str]) -> _Twin:
    literal, holes = _HOLE.split(german), _HOLE.findall(german)
    for name in {*holes} - {"{}"}:
        english = english.replace(name, f"{{{holes.index(name)}}}")
    wanted = [kinds.get(one[1:-1].partition(":")[2], "") for one in holes]
    weight = sum(map(len, literal))
    if not any(wanted):
        return _Twin(tuple(literal), english, weight)
    values = [f"({one or '.*?'})" for one in wanted]
    pattern = "".join(part for pair in zip_longest(map(re.escape, literal), values, fillvalue="") for part in pair)
    return _Twin(tuple(literal), english, weight, re.compile(pattern, re.DOTALL))


def _between(literal: Sequence[str], text: str) -> tuple[str, ...] | None:
    """What stands between these in the text. The first place of each leaves most room for those behind it: so no other
    has to be tried, as a regular expression would."""
    first, *inner, last = literal
    at, end = len(first), len(text) - len(last)
    if at > end or not text.startswith(first) or not text.endswith(last):
        return None
    values = []
    for part in inner:
        found = text.find(part, at, end)
        if found < 0:
            return None
        values.append(text[at:found])
        at = found + len(part)
    return (*values, text[at:end])


def _without_place(twins: Mapping[str, str]) -> Mapping[str, str]:
    """The same sentences where no file stands before them."""
    size = len(_PLACE)
    bare = {german[size:]: english[size:] for german, english in twins.items() if german.startswith(_PLACE)}
    return {german: english for german, english in bare.items() if sum(map(len, _own_words(german))) > _FEW}


def _without_stop(twins: Mapping[str, str]) -> Mapping[str, str]:
    """The same sentences as a part of another one."""
    ended = ((german, english) for german, english in twins.items() if german.endswith(".") and english.endswith("."))
    return {german[:-1]: english[:-1] for german, english in ended}


def _own_words(german: str) -> Iterator[str]:
    """Its words that no value touches."""
    for found in _WORD.finditer(german):
        if german[: found.start()].count("{") != german[: found.start()].count("}"):
            continue
        if german[found.start() - 1 : found.start()] != "}" and german[found.end() : found.end() + 1] != "{":
            yield found[0]
