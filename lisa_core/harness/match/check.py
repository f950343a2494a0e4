"""Before anything runs: every step of every scenario must have exactly one definition, and words that there are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest

from lisa_core.harness.match.advice import ALMOST, advice, matches, nearest_sentences, respelled
from lisa_core.harness.match.bridge import why_not_a_step
from lisa_core.harness.match.catalogue import summary
from lisa_core.harness.match.known import Known, known_in
from lisa_core.harness.match.step_index import Definition, StepIndex
from lisa_core.harness.match.value_check import ValueCheck
from lisa_core.harness.text.document import TextLine
from lisa_core.harness.text.findings import Finding, Rule, shown
from lisa_core.harness.text.former_words import current_step
from lisa_core.harness.text.keywords import PLACEHOLDER, STEP_WORDS, meant_step
from lisa_core.harness.text.language import say
from lisa_core.harness.text.words import Sentence
from lisa_core.harness.text.written import WrittenStep


class Checked(Protocol):
    """What is read step by step: a feature, or a sentence of a tester's own."""

    @property
    def path(self) -> Path: ...

    @property
    def prose(self) -> tuple[TextLine, ...]: ...


MOST_SEARCHED = 60
"""For so many unknown sentences of a run the nearest one is looked for: 50 ms each, and whose whole suite is unknown
brings steps of another project."""


class StepCheck:
    """Collects what is wrong with the steps of one file, in a run with this profile.

    `disturbed`: a plan lets devices fail of which no scenario speaks. `prose`: descriptions that were meant as steps
    are looked for.
    """

    def __init__(
        self,
        feature: Checked,
        file: pytest.File,
        index: StepIndex,
        profile: str,
        *,
        disturbed: bool = False,
        prose: bool = True,
    ) -> None:
        self._feature, self._file, self._index, self._profile = feature, file, index, profile
        self._disturbed, self._read_prose = disturbed, prose
        self._findings: dict[Finding, None] = {}
        self._unknown: dict[tuple[int, int], dict[str, WrittenStep]] = {}
        """By the lines of a step that there is not, and of its use: what the rows of an outline make of it."""
        self._written: dict[int, str] = {}
        self._respelled: dict[str, str] = {}
        self._known: dict[tuple[str, str, bool, bool], tuple[str, Definition]] = {}

    def found(self, step: WrittenStep) -> tuple[str, Definition | None]:
        """The sentence by which it is called now, and its one definition; the same sentence is checked once a file."""
        if not step.used_at:
            self._written[step.line] = step.text
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
        for text in respelled(step.text):
            if self._index.definitions(self._file, step.kind, current := current_step(text)):
                self._respelled[step.text] = text
                return replace(step, text=current)
        return replace(step, text=current_step(step.text))

    def words(self, steps: Sequence[tuple[WrittenStep, str, Definition]], *, alone: bool = True) -> None:
        """Note the words of this scenario that there are not: `steps` with the sentences by which they are called.

        Not `alone`: others come before, of which nothing is known.
        """
        ours = [one for one in steps if isinstance(one[2].context.parser, Sentence)]
        if not ours or (known := known_in(self._profile)) is None:
            return
        check = ValueCheck(known, alone=alone and len(ours) == len(steps), disturbed=self._disturbed)
        blamed: set[int] = set()
        for step, sentence, definition in ours:
            line, found = step.used_at or step.line, False
            for wrong in check.step(definition.context.parser, sentence, line, step.table):
                found = True
                if line not in blamed or not step.used_at:  # its own words are told: what they are handed on to is not
                    self.note("wort-unbekannt", step, *wrong)
            if found and not step.used_at:
                blamed.add(line)
        for line, wrong in check.end():
            self._note("wort-unbekannt", line, *wrong)

    def definition(self, step: WrittenStep) -> Definition | None:
        """The one definition of this step; None, and a finding, where there is none or more than one."""
        found = self._index.definitions(self._file, step.kind, step.text)
        if len(found) == 1:
            self._fits(step, found[0])
            return found[0]
        if found:
            self.note("schritt-mehrdeutig", step, *_several(step, found))
        elif not PLACEHOLDER.search(step.text):  # what fills it is missing: that is told of the examples
            self._unknown.setdefault((step.line, step.used_at), {})[step.text] = step
        return None

    @property
    def unknown(self) -> list[tuple[str, str]]:
        """The sentences that there are not, each with its kind."""
        return [(one.kind, one.text) for steps in self._unknown.values() for one in steps.values()]

    def spelled(self) -> list[Finding]:
        """What runs, and is spelled otherwise than it is meant: no mistake."""
        return [
            Finding(self._feature.path, line, *_spelling(written, self._respelled[written]), "schreibweise")
            for line, written in self._written.items()
            if written in self._respelled
        ]

    def found_wrong(self) -> list[Finding]:
        """All that was wrong."""
        if self._read_prose:
            self._prose()
        for steps in self._unknown.values():
            first, *others = steps.values()
            self._index.searched += 1
            near = self._index.searched <= MOST_SEARCHED
            self.note("schritt-unbekannt", first, *_missing([first, *others], known_in(self._profile), near=near))
        return list(self._findings)

    def _fits(self, step: WrittenStep, definition: Definition) -> None:
        if reason := why_not_a_step(definition.context.step_func):
            self.note("schritt-defekt", step, reason, say("Siehe {place}.", place=definition.place))
        for name, given in (("datatable", step.table is not None), ("docstring", step.docstring is not None)):
            if given and name not in definition.parameters:
                what = _UNWANTED[name](step.text)
                advice = say("Löschen oder einen anderen Schritt verwenden.")
                self.note("schritt-anhang", step, what, advice)
            elif name in definition.parameters and not given:
                advice = f"{say('Darunter ergänzen.')} {summary(definition.context)}".rstrip()
                self.note("schritt-anhang", step, _MISSING[name](step.text), advice)

    def _prose(self) -> None:
        """A line of a description whose end is a known step was meant as one ("Falls die Tür aufgeht")."""
        for line in self._feature.prose:
            plain = re.sub(r"^[\W\d_]+", "", line.text)  # also behind a dash, a number or a mark of a comment
            words = plain.split(None, 2)  # a keyword is one word, or two: "Gegeben sei"
            rests = [plain.removeprefix(" ".join(words[:count])).lstrip() for count in range(3)]
            if any(map(matches, rests)) or (meant_step(plain) and nearest_sentences("", rests[1], ALMOST)):
                self._note("nur-beschreibung", line.line, *_no_step(line.text, plain))

    def note(self, rule: Rule, step: WrittenStep, what: str, advice: str) -> None:
        """This step breaks the rule; of one in an own sentence it is told where that is used, for its words."""
        if step.used_at and step.file:
            place = f"{shown(step.file)}:{step.line}"
            what = say("In „{step}“ ({place}): {error}", step=step.text, place=place, error=what)
        self._note(rule, step.used_at or step.line, what, advice)

    def _note(self, rule: Rule, line: int, what: str, advice: str) -> None:
        self._findings[Finding(self._feature.path, line, what, advice, rule)] = None


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


def _spelling(written: str, meant: str) -> tuple[str, str]:
    what = say("„{step}“ läuft, wird aber mit „ “ und ohne Punkt geschrieben.", step=written)
    return what, say("Meinten Sie „{word}“?", word=meant)


def _missing(steps: Sequence[WrittenStep], known: Known | None, *, near: bool) -> tuple[str, str]:
    """Of a step in an outline one sentence is told, however many rows make another one of it."""
    first, others = steps[0], len(steps) - 1
    what = say("Den Schritt „{step}“ gibt es nicht.", step=first.text)
    more = say("Ebenso in {count} weiteren Zeilen der Beispiele.", count=others)
    meant = advice(first.kind, first.text, known) if near else say("Alle Schritte zeigt: lisa steps")
    return (f"{what} {more}" if others else what), meant


def _no_step(line: str, plain: str) -> tuple[str, str]:
    word = meant_step(plain)
    if word and not plain.startswith(STEP_WORDS):
        what = say("„{line}“ ist kein Schritt, sondern nur Beschreibung, und liefe nie.", line=line)
        return what, say("Meinten Sie „{word}“? Eine Beschreibung beginnt mit einem anderen Wort.", word=word)
    what = say("„{line}“ sieht aus wie ein Schritt, ist aber Beschreibung und liefe nie.", line=line)
    return what, say("Mit Angenommen, Wenn, Dann, Und oder Aber beginnen, und das unter einem Szenario.")
