"""Before anything runs: every step of every scenario must have exactly one definition."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from lisa_core.domain.model.nearest import nearest_word
from lisa_core.harness.match.bridge import why_not_a_step
from lisa_core.harness.match.catalogue import readable, registered, sentence
from lisa_core.harness.match.step_index import Definition, StepIndex
from lisa_core.harness.text.document import FeatureText
from lisa_core.harness.text.findings import FeatureError, Finding
from lisa_core.harness.text.former_words import current_step
from lisa_core.harness.text.keywords import KEYWORD_OF_TYPE
from lisa_core.harness.text.language import say
from lisa_core.harness.text.words import UNITS_S

_NUMBER = re.compile(r"(?P<number>\d+(?:,\d+)?)(?P<word> ?[^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class WrittenStep:
    """One step of a scenario or example row, its placeholders filled in. `kind` is given, when or then."""

    kind: str
    keyword: str
    text: str
    line: int
    table: tuple[tuple[str, ...], ...] | None = None
    docstring: str | None = None


class StepCheck:
    """Collects what is wrong with the steps of one file."""

    def __init__(self, feature: FeatureText, file: pytest.File, index: StepIndex) -> None:
        self._feature, self._file, self._index = feature, file, index
        self._findings: dict[Finding, None] = {}
        self._known: dict[tuple[str, str, bool, bool], tuple[str, Definition]] = {}

    def found(self, step: WrittenStep) -> tuple[str, Definition | None]:
        """The sentence by which it is called now, and its one definition; the same sentence is checked once a file."""
        key = (step.kind, step.text, step.table is not None, step.docstring is not None)
        if key in self._known:
            return self._known[key]
        current, before = self.current(step), len(self._findings)
        definition = self.definition(current)
        if definition is not None and len(self._findings) == before:
            self._known[key] = (current.text, definition)
        return current.text, definition

    def current(self, step: WrittenStep) -> WrittenStep:
        """The step by the sentence that it is called now, when no step has its own."""
        if self._index.definitions(self._file, step.kind, step.text):
            return step
        return replace(step, text=current_step(step.text))

    def definition(self, step: WrittenStep) -> Definition | None:
        """The one definition of this step; None, and a finding, where there is none or more than one."""
        found = self._index.definitions(self._file, step.kind, step.text)
        if len(found) == 1:
            self._fits(step, found[0])
            return found[0]
        if found:
            self._note(step.line, *_several(step, found))
        else:
            what = say("Den Schritt „{step}“ gibt es nicht.", step=step.text)
            self._note(step.line, what, _advice(step))
        return None

    def settle(self) -> None:
        """Raise `FeatureError` when anything was wrong."""
        self._prose()
        if self._findings:
            raise FeatureError(self._findings)

    def _fits(self, step: WrittenStep, definition: Definition) -> None:
        if reason := why_not_a_step(definition.context.step_func):
            self._note(step.line, reason, say("Siehe {place}.", place=definition.place))
        for name, given in (("datatable", step.table is not None), ("docstring", step.docstring is not None)):
            if given and name not in definition.parameters:
                what = _UNWANTED[name](step.text)
                self._note(step.line, what, say("Löschen oder einen anderen Schritt verwenden."))
            elif name in definition.parameters and not given:
                self._note(step.line, _MISSING[name](step.text), say("Darunter ergänzen."))

    def _prose(self) -> None:
        """A line of a description whose end is a known step was meant as one ("Falls die Tür aufgeht")."""
        for line in self._feature.prose:
            plain = re.sub(r"^[\W\d_]+", "", line.text)  # also behind a dash, a number or a mark of a comment
            words = plain.split(None, 2)  # a keyword is one word, or two: "Gegeben sei"
            if any(_matches(plain.removeprefix(" ".join(words[:count])).lstrip()) for count in range(3)):
                what = "„{line}“ sieht aus wie ein Schritt, ist aber Beschreibung und liefe nie."
                advice = say("Mit Angenommen, Wenn, Dann, Und oder Aber beginnen, und das unter einem Szenario.")
                self._note(line.line, say(what, line=line.text), advice)

    def _note(self, line: int, what: str, advice: str) -> None:
        self._findings[Finding(self._feature.path, line, what, advice)] = None


_UNWANTED = {
    "datatable": lambda step: say("Der Schritt „{step}“ nimmt keine Tabelle an; sie bliebe unbeachtet.", step=step),
    "docstring": lambda step: say("Der Schritt „{step}“ nimmt keinen Text an; er bliebe unbeachtet.", step=step),
}
_MISSING = {
    "datatable": lambda step: say("Dem Schritt „{step}“ fehlt eine Tabelle.", step=step),
    "docstring": lambda step: say("Dem Schritt „{step}“ fehlt ein Text.", step=step),
}


def _several(step: WrittenStep, found: Sequence[Definition]) -> tuple[str, str]:
    patterns = {one.pattern for one in found}
    if len(patterns) == 1:
        places = say(" und ").join(one.place for one in found)
        what = say("Der Schritt „{step}“ ist mehrfach definiert: {places}.", step=patterns.pop(), places=places)
        return what, say("Ein Schritt lässt sich nicht ersetzen: Den eigenen anders nennen oder löschen.")
    places = say(" und ").join(f"„{one.pattern}“ ({one.place})" for one in found)
    what = say("Auf „{step}“ passen mehrere Schritte: {places}.", step=step.text, places=places)
    return what, say("Einen davon ändern.")


def _advice(step: WrittenStep) -> str:
    if words := _unseen(step.text) or _of_unit(step):
        return words
    for context in registered():
        if context.parser.is_matching(step.text) and context.type:
            return say("Er wird nur mit „{word}“ verwendet.", word=KEYWORD_OF_TYPE[context.type])
    same_kind = [context for context in registered() if context.type in {step.kind, None}]
    for contexts in (same_kind, registered()):
        texts = {readable(context.parser.name): sentence(context) for context in contexts}
        texts |= {text: text for text in texts.values()}
        if near := nearest_word(step.text, texts):
            return say("Meinten Sie „{word}“?", word=texts[near])
    return say("Alle Schritte zeigt: lisa steps")


def _unseen(text: str) -> str:
    """What keeps a sentence from being a known step although it looks like one: another blank, a decomposed umlaut."""
    shown = "".join(one for one in unicodedata.normalize("NFC", text) if unicodedata.category(one) != "Cf")
    plain = " ".join(shown.split())
    codes = ", ".join(f"U+{ord(one):04X}" for one in sorted({*text} - {*plain}))
    if not codes or not _matches(plain):
        return ""
    return say(
        "Er gleicht einem bekannten Schritt bis auf Zeichen, die man nicht sieht ({codes}): neu tippen.", codes=codes
    )


def _of_unit(step: WrittenStep) -> str:
    """What is wrong with a number when the step would be known with another unit behind it, or with one at all."""
    known = say("Einheiten sind ms, s, min und h, auch ausgeschrieben.")
    for found in _NUMBER.finditer(step.text):
        start, number = step.text[: found.start()], found["number"]
        if _matches(f"{start}{number} s{step.text[found.end('number') :]}"):
            return f"{say('Hinter „{number}“ fehlt die Einheit.', number=number)} {known}"
        if found["word"] and _matches(f"{start}{number} s{step.text[found.end() :]}"):
            word = found["word"].strip()
            near = nearest_word(word, UNITS_S)
            guess = f"{say('Meinten Sie „{word}“?', word=near)} " if near else ""
            return f"{say('Die Einheit „{unit}“ gibt es nicht.', unit=word)} {guess}{known}"
    return ""


def _matches(text: str) -> bool:
    return any(context.parser.is_matching(text) for context in registered())
