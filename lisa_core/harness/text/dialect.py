"""In which language a feature file is written: German, unless it says or shows that it is in another of Gherkin's.

A file in German that forgot to say so is refused: in English, which Gherkin takes it for, all of it would be prose.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import cast

from gherkin.dialect import DIALECTS

from lisa_core.domain.model.nearest import nearest_word
from lisa_core.harness.text.findings import Rule
from lisa_core.harness.text.language import say

GERMAN, ENGLISH = "de", "en"
_LANGUAGE = re.compile(r"\s*#\s*language\s*:\s*([\w-]+)\s*$")
_BLOCKS = ("feature", "rule", "background", "scenario", "scenarioOutline", "examples")
_MEANT = 0.85
"""How like a keyword the head of a paragraph is that was meant as one; the ordinary words of German alone are known."""


def dialect_name(language: str) -> str:
    """Gherkin's name of a language: "de" also for the "de-AT" of SpecFlow; "" for one that it does not have."""
    base = re.split("[-_]", language)[0].lower()
    return next((name for name in (language, base) if name in DIALECTS), "")


def refusal(text: str) -> tuple[int, str, str, Rule] | None:
    """Why nobody can tell the language of this feature: line, what is wrong, what to do, rule; None where one can."""
    declared, line = _declared(text)
    language = dialect_name(declared) if declared else ENGLISH
    if not language:
        what = say("Die Sprache „{name}“ kennt Gherkin nicht.", name=declared)
        near = nearest_word(declared, DIALECTS)
        advice = say("Meinten Sie „{word}“?", word=f"# language: {near}") if near else _first_line()
        return line, what, advice, "sprachzeile"
    if language == GERMAN or _is_in(text, language, declared=bool(declared)):
        return None
    if declared:
        what = say("Die Sprachzeile nennt „{name}“, aber so beginnt die Datei nicht.", name=declared)
        return line, what, _first_line(), "sprachzeile"
    what = say("Die Sprachzeile fehlt, und auf Englisch ist die Datei auch nicht geschrieben.")
    return 1, what, _first_line(), "sprachzeile"


def outline_words(language: str) -> tuple[str, ...]:
    """What a scenario is called that runs once for each row of its examples."""
    return tuple(DIALECTS[language]["scenarioOutline"])


def meant_block(line: str, language: str) -> str:
    """The block keyword that a line of prose in another language was meant to open with, or nothing."""
    head, colon, _ = line.partition(":")
    words = {word.lower(): word for word in _heads(language, *_BLOCKS)}
    return words.get(nearest_word(f"{head.strip().lower()}:", words, _MEANT), "") if colon else ""


def _first_line() -> str:
    return say("Erste Zeile: # language: de")


def _declared(text: str) -> tuple[str, int]:
    """What the file says, in its first line or below comments on whose it is; and the line."""
    for number, line in enumerate(text.split("\n"), start=1):
        if found := _LANGUAGE.match(line):
            return found[1], number
        if line.strip() and not line.lstrip().startswith("#"):
            break
    return "", 1


def _is_in(text: str, language: str, *, declared: bool) -> bool:
    """Whether it begins as a feature in that language does; what says nothing also needs a scenario of it."""
    lines = [line for line in map(str.strip, text.split("\n")) if line and not line.startswith(("#", "@"))]
    if not _opens(lines[:1], _heads(language, "feature")):
        return False
    if declared or _opens(lines, _heads(language, "scenario", "scenarioOutline")):
        return True
    return not _opens(lines, _heads(GERMAN, "scenario", "scenarioOutline", "background"))


def _opens(lines: Sequence[str], heads: tuple[str, ...]) -> bool:
    return any(line.startswith(heads) for line in lines)


def _heads(language: str, *kinds: str) -> tuple[str, ...]:
    """Words of Gherkin that open a block, with their colon."""
    spec: Mapping[str, Sequence[str]] = cast("Mapping[str, Sequence[str]]", DIALECTS[language])
    return tuple(f"{word}:" for kind in kinds for word in spec[kind])
