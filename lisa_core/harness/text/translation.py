"""English where a sentence leaves the program: what rooms say in German, found again by how it stands in their source.

Rooms below the harness raise and return German sentences, and a bundle holds them; they know of no language. Whoever
prints one gives it to `said`. Its English twin stands in `english.rooms`, under the German text as the source has it,
`{}` for each value: `"{}: Den Schlüssel „{}“ gibt es nicht.{}"`. A value may be a sentence again, and a line several.
What has no twin stays as it is: names, addresses, what others have written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from types import MappingProxyType

from lisa_core.harness.text.language import spoken

_HOLE = re.compile(r"\{[^{}]*\}")
_WORD = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"(?<=[.!?…:;,])\s+|\s+[–·]\s+|\s{2,}|\s+(?=\()|(?<=[)“])\s+")
_FRAME = re.compile(r"(\s*(?:[–✓✗?!·▸│┌└#]\s+)?\(?)(.*?)(\)?[.,:;]?\)?(?:\s+[–·])?\s*)", re.DOTALL)
_LONGEST_RUN = 12
"""So many parts of a line are tried as one sentence."""
_LONGEST = 800
"""A longer text is no sentence."""
_PLACE = "{}: "
"""What a sentence may begin with; it is also known without it."""
_NO_LINE = 5_000
"""What is longer is no line for people: data."""
_FEW = 8
"""So few letters are no sentence by themselves."""
_MANY = 4096
"""So many texts are remembered."""
_QUOTED = re.compile("„([^„“]*)“")
_DAY = re.compile(r"\b(\d\d)\.(\d\d)\.(\d{4})\b(, \d\d:\d\d Uhr)?")
_COMMA = re.compile(r"(?<=\d),(?=\d+ ?(?:s|ms|min|h|cm|mm|MB|%|Hz|±)(?!\w))")
_UNIT = re.compile(r"(?<=\d\s)(?:Stück|Bilder/s|Grad|Pixel)\b")
_UNITS = {"Stück": "pieces", "Bilder/s": "pictures/s", "Grad": "degrees", "Pixel": "pixels"}
_KEYWORDS = {"Angenommen": "Given", "Wenn": "When", "Dann": "Then", "Und": "And", "Aber": "But"}


@dataclass(frozen=True, slots=True)
class _Twin:
    """A German sentence with values in it, and the English one."""

    pattern: re.Pattern[str]
    english: str
    weight: int
    """How many characters of it are no value."""


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
        self._known: dict[str, _Read] = {}
        twins = {**_without_stop(twins), **_without_place(twins), **twins}
        self._exact = {german: english for german, english in twins.items() if not _HOLE.search(german)}
        for german, english in twins.items():
            # What is nothing but values and signs is the same in both languages.
            if german not in self._exact and (word := max(_own_words(german), key=len, default="")):
                self._by_word.setdefault(word, []).append(_twin(german, english, kinds))

    def text(self, text: str) -> str:
        """One line, as far as it is known."""
        return self._read(text).text

    def whole(self, text: str) -> str | None:
        """All of it as one sentence; None where there is no such one."""
        found = self._sentence(text)
        return found.text if found.known else None

    def _read(self, text: str) -> _Read:
        if text not in self._known:
            if len(self._known) > _MANY:
                self._known.clear()
            self._known[text] = max(self._framed(text), self._parts(text), key=_how_much)
        return self._known[text]

    def _sentence(self, text: str) -> _Read:
        if text in self._exact:
            return _Read(self._exact[text], len(text))
        words = {*_WORD.findall(text)} if len(text) < _LONGEST else ()
        near = [twin for word in words for twin in self._by_word.get(word, ())]
        near.sort(key=lambda twin: -twin.weight)  # of two that know as much, that which says more itself was meant
        return max(filter(None, (self._filled(twin, text) for twin in near)), key=_how_much, default=_Read(text))

    def _filled(self, twin: _Twin, text: str) -> _Read | None:
        if (found := twin.pattern.fullmatch(text)) is None:
            return None
        values = [*map(self._read, found.groups())]
        english = twin.english.format(*(one.text for one in values))
        return _Read(english, twin.weight + sum(one.known for one in values))

    def _framed(self, part: str) -> _Read:
        """One sentence, whatever stands around it: a bullet, brackets, a stop that may belong to it."""
        frame = _FRAME.fullmatch(part)
        if frame is None or not _WORD.search(part):
            return _Read(part)
        before, inner, after = frame.groups()
        core, found = after.rstrip(), [self._sentence(part)]
        for tail in dict.fromkeys((core, core[:1], core[:-1], "")):
            one = self._sentence(f"{inner}{tail}")
            found.append(_Read(f"{before}{one.text}{after[len(tail) :]}", one.known))
        return max(found, key=_how_much)

    def _parts(self, text: str) -> _Read:
        """Of several sentences each in its turn; from the end on, as none depends on what stands before it."""
        edges = [0, *(one.end() for one in _BREAK.finditer(text) if one.end() < len(text)), len(text)]
        best = {len(edges) - 1: _Read("")}
        for at in range(len(edges) - 2, -1, -1):
            ends = range(at + 1, min(len(edges), at + _LONGEST_RUN))
            parts = ((self._framed(text[edges[at] : edges[end]]), best[end]) for end in ends)
            both = (_Read(f"{one.text}{rest.text}", one.known + rest.known) for one, rest in parts)
            best[at] = max(both, key=_how_much, default=_Read(text))
        return best[0]


def said(text: str) -> str:
    """The text in the chosen language."""
    return in_english(text) if spoken() == "en" else text


def in_english(text: str) -> str:
    """The same lines in English, as far as they have twins."""
    lines = (line if len(line) > _NO_LINE else _polished(_rooms().text(line)) for line in text.split("\n"))
    return "\n".join(lines)


def unit_word(unit: str) -> str:
    """A unit of a measurement, in the chosen language."""
    return _UNITS.get(unit, unit) if spoken() == "en" else unit


def gloss(name: str) -> str:
    """The English line of a feature or scenario, also of an example row or a repetition; "" where it has none."""
    from lisa_core.harness.text.english.rooms.scenarios import NAMES

    if name in NAMES:
        return NAMES[name]
    outline, _, row = name.rpartition(" (")
    return f"{NAMES[outline]} ({in_english(row)}" if outline in NAMES else ""


def step_gloss(keyword: str, text: str) -> str:
    """The English line of a step; "" where it has none."""
    found = _steps().whole(text)
    return _polished(f"{_KEYWORDS.get(keyword.strip(), keyword)} {found}") if found is not None else ""


def in_both(sentence: str) -> str:
    """A sentence of a scenario with its keyword; in English with its English line behind it, where it has one."""
    line = step_gloss(*sentence.split(" ", 1)) if spoken() == "en" and " " in sentence else ""
    return f"{sentence} ({line})" if line else sentence


def _polished(text: str) -> str:
    """Quotation marks, days, numbers and units as English writes them."""
    text = _QUOTED.sub("“\\1”", text)
    text = _DAY.sub(lambda one: f"{one[3]}-{one[2]}-{one[1]}{(one[4] or '').removesuffix(' Uhr')}", text)
    return _UNIT.sub(lambda one: _UNITS[one[0]], _COMMA.sub(".", text))


@cache
def _rooms() -> Lexicon:
    from lisa_core.harness.text.english.rooms import SAID_IN_ROOMS

    return Lexicon(SAID_IN_ROOMS)


@cache
def _steps() -> Lexicon:
    from lisa_core.harness.text.english.rooms.steps import FAULTS, MEASURES, STEPS, WORDS
    from lisa_core.harness.text.words import TYPES

    kinds = {name: str(vars(convert)["pattern"]) for name, convert in TYPES.items()}
    quoted = {f"„{german}“": f"“{english}”" for german, english in (MEASURES | WORDS).items()}
    faults = {f"{{geraet:Geraet}} {german}": f"{{geraet:Geraet}} {english}" for german, english in FAULTS.items()}
    return Lexicon({**STEPS, **faults, **WORDS, **quoted}, kinds)


def _twin(german: str, english: str, kinds: Mapping[str, str]) -> _Twin:
    literal, holes = _HOLE.split(german), _HOLE.findall(german)
    for name in {*holes} - {"{}"}:
        english = english.replace(name, f"{{{holes.index(name)}}}")
    values = [f"({kinds.get(one[1:-1].partition(':')[2], '.*?')})" for one in holes]
    pattern = "".join(part for pair in zip_longest(map(re.escape, literal), values, fillvalue="") for part in pair)
    return _Twin(re.compile(pattern, re.DOTALL), english, sum(map(len, literal)))


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
