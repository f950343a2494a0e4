"""What each scenario and example row of a file is called, in a run and in everything that is kept of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lisa_core.domain.model.json_types import JsonMap
from lisa_core.harness.text.document import FeatureText, ScenarioText

_AGAIN = re.compile(r"(?P<name>.+) \(Wiederholung (?P<number>\d+) von (?P<total>\d+)\)")


def named(feature: FeatureText) -> Iterator[tuple[str, JsonMap]]:
    """Every scenario and row, as its pickle, with a name that no other of the file has."""
    taken: set[str] = set()
    rows = {line: (one, cells) for one in feature.scenarios for table in one.examples for line, cells in table.rows}
    for pickle in feature.syntax.pickles:
        name = _name(pickle, *rows.get(pickle["location"]["line"], (None, ()))).replace(
            "::", ":"
        )  # pytest's own mark between the parts of a name
        if name in taken:
            name = f"{name} (Zeile {pickle['location']['line']})"
        taken.add(name)
        yield name, pickle


def repeated(name: str, times: int) -> Sequence[str]:
    """What the repetitions of a scenario are called; run once it keeps its name."""
    if times == 1:
        return (name,)
    return [f"{name} (Wiederholung {number} von {times})" for number in range(1, times + 1)]


def unrepeated(name: str) -> str:
    """The name of the scenario of which this is the name or that of a repetition."""
    found = _AGAIN.fullmatch(name)
    return found["name"] if found else name


def _name(pickle: JsonMap, outline: ScenarioText | None, cells: Sequence[str]) -> str:
    """The scenario's name; of an example row with its values where they do not stand in it."""
    name = str(pickle["name"])
    return name if outline is None or name != outline.name else f"{name} ({', '.join(cells)})"
