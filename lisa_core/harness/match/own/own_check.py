"""Whether sentences of a tester's own can stand beside each other and beside all others, before a feature is blamed.

Every sentence in them must be known, use none that leads back to itself, and take the place of no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from lisa_core.harness.match import catalogue
from lisa_core.harness.match.check import StepCheck
from lisa_core.harness.match.own.definitions import example_words, filled, is_whole, with_words
from lisa_core.harness.match.step_index import Definition, StepIndex
from lisa_core.harness.text.findings import Finding, shown
from lisa_core.harness.text.former_words import current_step
from lisa_core.harness.text.language import say
from lisa_core.harness.text.sentences import OwnSentence
from lisa_core.harness.text.written import WrittenStep

MOST = 500
"""Into so many steps a sentence unfolds at most."""


class OwnCheck:
    """Whether the sentences that a file sees can stand beside each other and beside all others."""

    def __init__(self, file: pytest.File, index: StepIndex, profile: str) -> None:
        self._file, self._index, self._profile = file, index, profile
        self._inner: dict[OwnSentence, list[tuple[WrittenStep, Definition]]] = {}
        self._sizes: dict[OwnSentence, int] = {}

    def findings(self, definitions: Iterable[Definition]) -> list[Finding]:
        """Everything that is wrong."""
        listed = list(definitions)
        found = [one for definition in listed for one in self._of(definition)]
        owns = [definition.own for definition in listed if definition.own is not None]
        circles = [one for own in owns for one in self._circle(own)]
        return [*found, *(circles or [one for own in owns for one in self._too_long(own)])]

    def _of(self, definition: Definition) -> Iterator[Finding]:
        own = definition.own
        assert own is not None
        if own.kind == "then" and not own.checks:
            yield Finding(own.path, own.line, *checks_nothing(own), "ohne-dann")
        yield from self._taken(definition, own)
        check = StepCheck(own, self._file, self._index, self._profile)
        words, known = example_words(own.text), []
        for step in own.steps:
            whole = with_words(step, words)
            if not is_whole(whole.text):
                continue  # no word of this kind is at hand: looked at where it is used
            sentence, found = check.found(whole)
            if found is not None:
                self._inner.setdefault(own, []).append((whole, found))
                known += [(whole, sentence, found)] if whole.text == step.text else []
        check.words(known, alone=False)
        yield from check.found_wrong()

    def _taken(self, definition: Definition, own: OwnSentence) -> Iterator[Finding]:
        """Another sentence of the same words, now or up to the version before."""
        example = filled(own.text, example_words(own.text))
        others = {one.place: one for one in self._index.definitions(self._file, own.kind, example)}
        for one in self._index.visible(self._file):
            shipped = catalogue.sentence(one.context)
            if one.own is None and definition.matches(one.context.type or own.kind, shipped):
                others[one.place] = one
        places = [f"„{one.pattern}“ ({one.place})" for place, one in others.items() if place != definition.place]
        if current_step(example) != example:
            places.append(f"„{current_step(example)}“")
        if places:
            what = say("Den Satz „{name}“ gibt es schon: {places}.", name=own.text, places=", ".join(places))
            advice = say("Einen anderen Satz schreiben: Ersetzen lässt sich keiner.")
            yield Finding(own.path, own.line, what, advice, "schritt-mehrdeutig")

    def _circle(self, own: OwnSentence) -> Iterator[Finding]:
        if way := self._way_back(own):
            names = " → ".join(f"„{one.text}“" for one in way)
            what = say("Der Satz „{name}“ verwendet sich selbst: {way}.", name=own.text, way=names)
            yield Finding(own.path, own.line, what, say("Den Kreis auflösen."), "eigener-satz")

    def _way_back(self, own: OwnSentence) -> tuple[OwnSentence, ...]:
        """The shortest way from this sentence to itself; none where there is none."""
        ways: list[tuple[OwnSentence, ...]] = [(own,)]
        seen = {own}
        while ways:
            way = ways.pop(0)
            for _, definition in self._inner.get(way[-1], ()):
                if definition.own == own:
                    return (*way, own)
                if definition.own is not None and definition.own not in seen:
                    seen.add(definition.own)
                    ways.append((*way, definition.own))
        return ()

    def _too_long(self, own: OwnSentence) -> Iterator[Finding]:
        if self._size(own) > MOST:
            what = say("Der Satz „{name}“ entfaltet sich zu mehr als {most} Schritten.", name=own.text, most=MOST)
            yield Finding(own.path, own.line, what, say("Ihn aufteilen."), "eigener-satz")

    def _size(self, own: OwnSentence) -> int:
        if own not in self._sizes:
            inner = self._inner.get(own, ())
            self._sizes[own] = sum(1 if one.own is None else self._size(one.own) for _, one in inner)
        return self._sizes[own]


def checks_nothing(own: OwnSentence) -> tuple[str, str]:
    """What is wrong with "Dann" before a sentence in which nothing is checked."""
    place = f"{shown(own.path)}:{own.line}"
    what = say("Der Satz „{name}“ ({place}) prüft nichts: In ihm steht kein „Dann“.", name=own.text, place=place)
    return what, say("In ihm mit „Dann …“ sagen, was zu sehen sein muss, oder ihn mit „Wenn“ verwenden.")
