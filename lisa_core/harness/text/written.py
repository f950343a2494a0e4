"""The steps that run, as they are written: of a scenario, of an example row, of a sentence of a tester's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lisa_core.domain.model.json_types import JsonMap

_KINDS = {"Context": "given", "Action": "when", "Outcome": "then", "Unknown": ""}
"""Of what gherkin calls a step, what pytest-bdd does; `*` may be any."""
Table = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class WrittenStep:
    """One step, its placeholders filled in. `kind` is given, when, then, or "" for any.

    `file`: the file of own sentences in which it stands, and `used_at` the line of the feature that uses it there.
    """

    kind: str
    keyword: str
    text: str
    line: int
    table: Table | None = None
    docstring: str | None = None
    file: Path | None = None
    used_at: int = 0


def written_steps(pickle: JsonMap, nodes: Mapping[str, JsonMap]) -> Iterator[WrittenStep]:
    """The steps of one of gherkin's pickles; `nodes` are those of its tree, by their ids."""
    kind = "given"
    for step in pickle["steps"]:
        node = nodes[step["astNodeIds"][0]]
        kind = _KINDS.get(step["type"], kind)
        argument = step.get("argument", {})
        table = argument.get("dataTable", {}).get("rows")
        yield WrittenStep(
            kind,
            node["keyword"].strip(),
            step["text"],
            node["location"]["line"],
            tuple(tuple(cell["value"] for cell in row["cells"]) for row in table) if table is not None else None,
            argument.get("docString", {}).get("content"),
        )


def step_nodes(node: JsonMap) -> Iterator[JsonMap]:
    """The steps below this node of gherkin's tree."""
    for child in node["children"]:
        for kind in ("background", "scenario"):
            yield from child.get(kind, {}).get("steps", ())
        if "rule" in child:
            yield from step_nodes(child["rule"])
