"""English where a sentence leaves the program: what rooms say in German, found again by how it stands in their source.

Rooms below the harness raise and return German sentences, and a bundle holds them; they know of no language. Whoever
prints one gives it to `said`. Its English twin stands in `english.rooms`, under the German text as the source has it,
`{}` for each value: `"{}: Den Schlüssel „{}“ gibt es nicht.{}"`. A value may be a sentence again, and a line several.
What has no twin stays as it is: names, addresses, what others have written.
"""

from __future__ import annotations

import re
from functools import cache

from lisa_core.harness.text.language import spoken
from lisa_core.harness.text.lexicon import Lexicon

_NO_LINE = 5_000
"""What is longer is no line for people: data."""
_QUOTED = re.compile("„([^„“]*)“")
_DAY = re.compile(r"\b(\d\d)\.(\d\d)\.(\d{4})\b(, \d\d:\d\d Uhr)?")
_COMMA = re.compile(r"(?<=\d),(?=\d+ ?(?:s|ms|min|h|cm|mm|MB|%|Hz|±)(?!\w))")
_UNIT = re.compile(r"(?<=\d\s)(?:Stück|Bilder/s|Grad|Pixel)\b")
_UNITS = {"Stück": "pieces", "Bilder/s": "pictures/s", "Grad": "degrees", "Pixel": "pixels"}
_KEYWORDS = {"Angenommen": "Given", "Wenn": "When", "Dann": "Then", "Und": "And", "Aber": "But"}


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
    from lisa_core.harness.text.english.rooms.emulated import FAULTS
    from lisa_core.harness.text.english.rooms.steps import MEASURES, STEPS, WORDS
    from lisa_core.harness.text.words import TYPES

    kinds = {name: str(vars(convert)["pattern"]) for name, convert in TYPES.items()}
    quoted = {f"„{german}“": f"“{english}”" for german, english in (MEASURES | WORDS).items()}
    faults = {f"{{geraet:Geraet}} {german}": f"{{geraet:Geraet}} {english}" for german, english in FAULTS.items()}
    return Lexicon({**STEPS, **faults, **WORDS, **quoted}, kinds)
