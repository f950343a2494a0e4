"""Which of the shipped scenarios say, together, every sentence on the wire: each sentence with each device it names.

Whole scenarios, as few steps as can be found by taking each time what says most that is new. The others say the same
sentences in another order or with other words; all of them are run in memory (tests/gherkin/test_memory_alone.py), and
all of them on the wire with LISA_LONG=1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from pytest_bdd.steps import StepFunctionContext

from lisa_core.domain.model.json_types import JsonMap
from lisa_core.harness.match.catalogue import registered, steps
from lisa_core.harness.match.values import words_of
from lisa_core.harness.text.document import read
from tests.system.programs import MEASURED

Said = tuple[str, tuple[str, ...]]
"""The definition of a sentence, and the devices that stand in it."""
ELSEWHERE = ("@dauert", "@manuell", *(f"@{tag}" for tag in MEASURED.split(" or ")))
"""Tags of what runs otherwise: for minutes, by hand, or measured."""
WIRE = "@stufe:wire"


def places(folder: Path) -> list[str]:
    """The scenarios and example rows to be run, as `lisa run` takes them: `datei.feature:12`."""
    pickles = dict(_pickles(folder))
    said = said_in(folder)
    chosen = {place for place, pickle in pickles.items() if _tagged(pickle, WIRE)}
    missing = _all(said.values()) - _all(said[place] for place in chosen)
    while missing:
        place = max(said, key=lambda one: len(said[one] & missing) / len(pickles[one]["steps"]))
        chosen.add(place)
        missing -= said[place]
    return sorted(chosen)


def said_in(folder: Path) -> Mapping[str, frozenset[Said]]:
    """What each scenario says that can be run on the wire by itself, by its place."""
    return {place: frozenset(_said(pickle)) for place, pickle in _pickles(folder)}


def _all(parts: Iterable[frozenset[Said]]) -> frozenset[Said]:
    return frozenset[Said]().union(*parts)


def _pickles(folder: Path) -> Iterator[tuple[str, JsonMap]]:
    for path in sorted(folder.rglob("*.feature")):
        for pickle in read(path).syntax.pickles:
            if not _tagged(pickle, *ELSEWHERE):
                yield f"{path}:{pickle['location']['line']}", pickle


def _tagged(pickle: JsonMap, *tags: str) -> bool:
    return any(tag["name"].startswith(tags) for tag in pickle["tags"])


def _said(pickle: JsonMap) -> Iterator[Said]:
    for step in pickle["steps"]:
        yield from _in(step["text"])


@cache
def _in(text: str) -> tuple[Said, ...]:
    found = [one.parser for one in _library() if one.parser.is_matching(text)]
    return tuple((one.name, tuple(word for _, kind, word in words_of(one, text) if kind == "Geraet")) for one in found)


@cache
def _library() -> Sequence[StepFunctionContext]:
    steps()  # imports what is then registered
    return registered()
