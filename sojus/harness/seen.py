"""What somebody who is logged in reads, as values: read from what the portal says, in the form of its JSON.

Only what scenarios speak of is read; in memory the service's views are brought into the same form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.json_types import JsonMap
from sojus.service.asked import Asked


@dataclass(frozen=True, slots=True)
class Seen:
    """One hit. `sentences`: all that is said of it, in order."""

    place: str
    name: str
    sentences: tuple[str, ...]

    @classmethod
    def read(cls, said: JsonMap) -> Seen:
        """Raises `KeyError` where something is missing that every hit has."""
        words = (said["price"]["sentence"], said["free"], said["confirmed"], *said["reasons"], *said["unfulfilled"])
        return cls(said["place"], said["place_name"], (*words, *(one["value"] for one in said["traits"])))


@dataclass(frozen=True, slots=True)
class Found:
    """What a search has found. `id` and `at`: to go on with it in real time."""

    asked: Asked
    id: str
    at: int
    hits: tuple[Seen, ...]
    misses: tuple[str, ...]

    @classmethod
    def read(cls, asked: Asked, said: JsonMap) -> Found:
        hits = tuple(Seen.read(one) for one in said["hits"])
        return cls(asked, said["id"], said["at"], hits, tuple(one["sentence"] for one in said["misses"]))


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an act. `reason`: "" where it was done, else the portal's word for why not."""

    sentence: str
    reason: str = ""
    instead: tuple[Seen, ...] = ()

    @property
    def is_done(self) -> bool:
        return not self.reason


def checked(answer: Answer) -> Answer:
    """It was done. Raises `AssertionError` with what they were told."""
    assert answer.is_done, f"Das ging nicht: {answer.sentence}"
    return answer


class Denied(AssertionError):
    """The portal refuses a question: `answer` says why."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"Das ging nicht: {answer.sentence}")
        self.answer = answer


@dataclass(frozen=True, slots=True)
class Affair:
    """Something that is under way: a reservation, a place on a waiting list, a request, a stay."""

    id: str
    kind: str
    """The name of its list: "reservations", "waiting", "requests", "stays"."""
    sentence: str
    can: tuple[str, ...]
    places: tuple[str, ...]
    """Ids."""
    state: str
    said: JsonMap
    """All of it as it was told."""


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A place in the list of whoever keeps it. `confirmed`: of its group, in words; `reported`: the stay that was
    reported there, "" where none was."""

    place: str
    name: str
    group: str
    state: str
    sentence: str
    confirmed: str
    reported: str


@dataclass(frozen=True, slots=True)
class SeenPreview:
    """What a file would do. `id`: by which it is taken in, "" where it cannot be; `lines`: all that is said of it."""

    id: str
    lines: tuple[str, ...]

    @classmethod
    def read(cls, said: JsonMap) -> SeenPreview:
        """Raises `KeyError` where something is missing that every preview has."""
        wrong = [f"Zeile {one['row']}, Spalte {one['column']}: {one['why']} {one['do']}" for one in said["mistakes"]]
        new = [f"neu: {one['what']} {one['name']}" for one in said["new"]]
        other = [f"geändert: {one['name']}, {one['column']}: {one['old']} → {one['new']}" for one in said["changed"]]
        return cls(said["preview"], (*wrong, *new, *other, f"unverändert: {said['same']}", *said["hints"]))


def affairs_of(said: JsonMap) -> list[Affair]:
    """All that is under way, list by list."""
    return [_affair(kind, one) for kind in ("reservations", "waiting", "requests", "stays") for one in said[kind]]


def _affair(kind: str, said: JsonMap) -> Affair:
    return Affair(said["id"], kind, said["sentence"], tuple(said["can"]), _places(kind, said), said["state"], said)


def _places(kind: str, said: JsonMap) -> tuple[str, ...]:
    """Of which places it is: a stay is at one, a waiting list and a request at none."""
    if kind == "stays":
        return (said["place"],)
    return tuple(part["place"] for part in said["parts"]) if kind == "reservations" else ()


def own_places_of(groups: Sequence[JsonMap]) -> list[OwnPlace]:
    """All places of a provider, group by group."""
    return [_own(group, one) for group in groups for one in group["places"]]


def _own(group: JsonMap, said: JsonMap) -> OwnPlace:
    place, reported = (said["place"], said["name"], group["group"]), said.get("reported") or ""
    return OwnPlace(*place, said["state"], said["sentence"], group["confirmed"], reported)


def lines_of(figures: JsonMap) -> list[str]:
    """Each row of each table: what stands in its cells, behind the names of their columns."""
    return [
        f"{table['title']}: {', '.join(f'{name} {cell}' for name, cell in zip(table['columns'], row, strict=True))}"
        for table in figures["tables"]
        for row in table["rows"]
    ]


def purpose_named(name: str, known: Mapping[str, object]) -> str:
    """The purpose of this name. Raises `HarnessError` naming those among which the role may choose."""
    if name not in known:
        raise HarnessError(f"Den Zweck „{name}“ gibt es für diese Stelle nicht. Möglich: {'; '.join(known)}.")
    return name
