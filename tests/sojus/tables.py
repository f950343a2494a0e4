"""Tables of an invented provider for tests: rows by heading, written as CSV, held against a register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache

from sojus.config.field_file import load_vocabulary
from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.ids import OfficeId, ProviderId, TenantId
from sojus.domain.placement.events import Act
from sojus.domain.placement.machine import handle
from sojus.domain.placement.state import Placements
from sojus.domain.register.book import Register
from sojus.domain.register.entries import Provider
from sojus.domain.register.intake import Intake, take_in
from sojus.sheets.preview import Preview, batch, preview

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
TODAY = NOON.date()
NORTH = TenantId("nord")
OAK = Provider(ProviderId("eiche"), "Eiche gGmbH", NORTH)
BY = Actor(Role.PROVIDER, OfficeId("eiche"), NORTH)

Row = Mapping[str, str]
HOUSE: Row = {"Einrichtung": "Haus Eiche", "Breite": "53,8655", "Länge": "13,2401"}
BEDS: Row = {
    **HOUSE,
    "Gruppe": "Gruppe Nord",
    "Hilfeart": "Heimerziehung, sonstige betreute Wohnform",
    "Alter von": "6",
    "Alter bis": "17",
    "Geschlecht": "Mädchen und junge Frauen; divers",
    "Tagessatz": "216,88 €",
    "gültig ab": "01.01.2026",
}
HOURS: Row = {
    **HOUSE,
    "Gruppe": "Team",
    "Hilfeart": "§ 31 SGB VIII",
    "Alter von": "0",
    "Alter bis": "17",
    "Geschlecht": "alle",
    "Platz": "Wochenstunden",
    "Umfang": "40",
    "Belegt": "12",
    "Tagessatz": "64,80",
    "Entgelt je": "Stunde",
    "gültig ab": "2026-01-01",
}
ROWS: Sequence[Row] = (
    {**BEDS, "Platz": "Zimmer 1", "Barrierefreiheit": "ja", "Sprachen": "Deutsch, Arabisch", "Belegt": "nein"},
    {**BEDS, "Platz": "Zimmer 2", "Barrierefreiheit": "nein", "Belegt": "ja", "Belegt bis": "24.12.2026"},
    {**BEDS, "Platz": "Zimmer 3", "Belegt": "nein", "Geschlossen ab": "1.3.2027", "Geschlossen bis": "31.3.2027"},
    HOURS,
)


@cache
def vocabulary(name: str = "jugendhilfe") -> Vocabulary:
    return load_vocabulary(name)


def register(*words: Vocabulary) -> Register:
    """The provider is there, and nothing of it."""
    made = Register({one.id: one for one in words or (vocabulary(),)})
    made.providers[OAK.id] = OAK
    return made


def headings(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def csv_text(rows: Sequence[Row], delimiter: str = ";", end: str = "\n") -> str:
    names = headings(rows)
    lines = [names, *([row.get(name, "") for name in names] for row in rows)]
    return end.join(delimiter.join(_quoted(cell, delimiter) for cell in line) for line in lines) + end


def _quoted(cell: str, delimiter: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if delimiter in cell or '"' in cell or "\n" in cell else cell


def look(data: bytes | Sequence[Row], into: Register, at: datetime = NOON) -> Preview:
    return preview(data if isinstance(data, bytes) else csv_text(data).encode(), BY, at, into)


def take(data: bytes | Sequence[Row], into: Register, at: datetime = NOON) -> Intake:
    """As the portal does when somebody has looked at it."""
    seen = look(data, into, at)
    assert not seen.mistakes, seen.mistakes
    act = batch(seen)
    return take_in(into, act.batch, BY, at) if act is not None else Intake()


def told(data: bytes | Sequence[Row], into: Register | None = None) -> list[str]:
    """The mistakes as people read them."""
    return [str(one) for one in look(data, into or register()).mistakes]


def by_the_machine(data: Sequence[Row], state: Placements) -> None:
    act = batch(look(data, state.register))
    assert act is not None
    handle(state, Act(BY, NOON, act))
