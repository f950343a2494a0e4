"""Which of the shipped scenarios say, together, every sentence on the wire that reaches a booth.

Once is enough: with each device and each fault that it names a sentence is said in memory, on the wire by `make run`
and with LISA_LONG=1; what a device does that fails is the subject of tests/faults and tests/devices.

What agents do among themselves and how a Landkreis is set goes over the same messages in memory, and reaches no device:
such sentences are said on the wire where a scenario says others there (`OF_DESKS`). So it is with SoJuS, whose own test
says them to its program; what the booth shows of it is among the others. Whole scenarios, as few steps as
can be found by taking each time what says most that is new. The others say the same sentences in another order or with
other words; all of them are run in memory (tests/gherkin/test_memory_alone.py), and on the wire with LISA_LONG=1. What
is tagged @dauert does not apply there either, since it would take minutes each: on the wire it is run by
`lisa run --lasting` alone, and its sentences are said in memory.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from pytest_bdd.steps import StepFunctionContext

from lisa_core.domain.model.json_types import JsonMap
from lisa_core.harness.match.catalogue import import_steps, registered
from lisa_core.harness.text.document import read
from tests.system.programs import MEASURED

AS_MEASURED = frozenset(f"@{tag}" for tag in MEASURED.split(" or "))
LASTING = frozenset({"@dauert"})
ELSEWHERE = AS_MEASURED | LASTING | {"@manuell"}
"""Tags of what runs otherwise: measured, for minutes, or by hand."""
WIRE = "@stufe:wire"
OF_DESKS = frozenset({"consult", "desk", "around.seat", "site"})
"""Where the sentences stand whose steps ask desks and the directory alone."""
PORTAL, SHOWN = "sojus.harness", "showing"
"""Where those of SoJuS stand, and which of them reach a booth."""


def places(folder: Path) -> list[str]:
    """The scenarios and example rows to be run, as `lisa run` takes them: `datei.feature:12`."""
    pickles = {place: pickle for place, pickle in _pickles(folder) if not _tags(pickle) & ELSEWHERE}
    said = said_in(folder)
    chosen = {place for place, pickle in pickles.items() if WIRE in _tags(pickle) and wanted(said[place])}
    missing = wanted(spoken(said, said)) - spoken(said, chosen)
    while missing:
        place = max(said, key=lambda one: len(said[one] & missing) / len(pickles[one]["steps"]))
        chosen.add(place)
        missing -= said[place]
    return sorted(chosen)


def said_in(folder: Path, elsewhere: Collection[str] = ELSEWHERE) -> Mapping[str, frozenset[str]]:
    """What each scenario says, by its place; those with a tag of `elsewhere` are left out."""
    kept = ((place, pickle) for place, pickle in _pickles(folder) if _tags(pickle).isdisjoint(elsewhere))
    return {place: frozenset(_said(pickle)) for place, pickle in kept}


def wanted(said: Iterable[str]) -> frozenset[str]:
    """Without those that reach desks only."""
    return frozenset(one for one in said if not _is_of_desks(_room(one)))


def spoken(said: Mapping[str, frozenset[str]], where: Iterable[str]) -> frozenset[str]:
    """What the scenarios at these places say together."""
    return frozenset[str]().union(*(said[place] for place in where))


def _pickles(folder: Path) -> Iterator[tuple[str, JsonMap]]:
    for path in sorted(folder.rglob("*.feature")):
        for pickle in read(path).syntax.pickles:
            yield f"{path}:{pickle['location']['line']}", pickle


def _tags(pickle: JsonMap) -> frozenset[str]:
    return frozenset(tag["name"] for tag in pickle["tags"])


def _said(pickle: JsonMap) -> Iterator[str]:
    for step in pickle["steps"]:
        yield from _in(step["text"])


@cache
def _in(text: str) -> tuple[str, ...]:
    found = tuple(one.parser.name for one in _library() if one.parser.is_matching(text))
    assert found, f"no step says: {text}"
    return found


def _is_of_desks(room: str) -> bool:
    package, _, name = room.partition(".steps.")
    return name in OF_DESKS or (package == PORTAL and name != SHOWN)


@cache
def _room(sentence: str) -> str:
    [room] = {one.step_func.__module__ for one in _library() if one.parser.name == sentence}
    return room


@cache
def _library() -> Sequence[StepFunctionContext]:
    import_steps()  # imports what is then registered
    return registered()
