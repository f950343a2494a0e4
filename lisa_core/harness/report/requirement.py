"""What one requirement asks, as a value: its words, its limit, and the parts that it is made of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lisa_core.harness.report.measure import Limit
from lisa_core.harness.text.language import say, spoken

_OF_BRIEF = re.compile(r"S\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Part:
    """One of several things that a requirement asks for; `id` is whole, as a tag says it: "S0.11.kopieren"."""

    id: str
    text: str
    text_en: str
    line: int
    open_reason: str = ""
    limit: Limit | None = None

    @property
    def spoken_text(self) -> str:
        """The text in the language of the run."""
        return self.text_en if spoken() == "en" else self.text


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement as written; `open_reason` says why no scenario shows it yet.

    With `parts` it is shown only when each of them is: a tag that names it as a whole shows none.
    """

    id: str
    text: str
    text_en: str
    source: str
    path: Path
    line: int
    open_reason: str = ""
    limit: Limit | None = None
    parts: tuple[Part, ...] = ()

    @property
    def from_brief(self) -> bool:
        """Whether it is one of the brief that the project was asked for with, by its id ("S0.10")."""
        return bool(_OF_BRIEF.fullmatch(self.id))

    @property
    def spoken_text(self) -> str:
        """The text in the language of the run."""
        return self.text_en if spoken() == "en" else self.text

    @property
    def names(self) -> tuple[str, ...]:
        """Every name under which a tag may name it: its own, and those of its parts."""
        return (self.id, *(part.id for part in self.parts))

    def limits(self, name: str) -> tuple[tuple[str, Limit], ...]:
        """What a scenario has to keep that names it so, each with the id that sets it; as a whole: all there is."""
        asked: list[Requirement | Part] = [self, *(part for part in self.parts if name in (self.id, part.id))]
        return tuple((one.id, one.limit) for one in asked if one.limit is not None)

    def differs(self, other: Requirement) -> str:
        """The word for what another requirement of this id asks otherwise; "" where it asks the same."""
        here = [(part.id, part.text, part.limit) for part in self.parts]
        there = [(part.id, part.text, part.limit) for part in other.parts]
        pairs = (
            (say("Text"), self.text, other.text),
            (say("Grenze"), self.limit, other.limit),
            (say("Teile"), here, there),
        )
        return next((word for word, ours, theirs in pairs if ours != theirs), "")


def owner(name: str, known: Mapping[str, Requirement]) -> Requirement | None:
    """The requirement that a tag means by this name, of itself or of one of its parts."""
    found = known.get(name) or known.get(name.rpartition(".")[0])
    return found if found is not None and name in found.names else None
