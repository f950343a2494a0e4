"""The rows of cases: each office counts its own, finds them again, and sees no other's."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from lisa_core.domain.model.errors import LisaError
from lisa_core.store.chain import Columns
from sojus.domain.model.actors import Role
from sojus.domain.model.ids import CaseId, OfficeId, TenantId
from sojus.domain.placement.decisions import Party
from sojus.store.persons.database import Statements
from sojus.store.persons.values import AuditDeed, CaseLine

MOST_A_DAY = 200
"""Cases that one office enters on one day: more than the largest have, and no script fills the list of an office."""
ENOUGH = (
    "Ihre Stelle hat heute schon {} Fälle angelegt; mehr nimmt SoJuS an einem Tag nicht auf. Es wurde nichts angelegt. "
    "Bitte einen Fall aus der Liste wählen, oder morgen wieder."
)
LABEL = "Fall {}"
TOGETHER = 500
"""Ids in one question: SQLite takes only so many values."""
_LINE = "select id, number, created, reference from sojus_person_case where tenant = ? and office = ?"
_PAGE = (
    _LINE
    + r""" and (? = 0 or (number < ? and number <> ?)) and (? = '' or number = ? or sought like ? escape '\')
    order by case when number = ? then 0 else 1 end, number desc limit ?"""
)
_NEXT = """insert into sojus_person_office values (?, ?, 1, ?, 1) on conflict (tenant, office) do update set
    last = sojus_person_office.last + 1,
    entered = case when sojus_person_office.day = excluded.day then sojus_person_office.entered + 1 else 1 end,
    day = excluded.day returning last, entered"""

_USED = """insert into sojus_person_wish select asked, id, cast(? as text), cast(? as text) from sojus_person_case
    where id = ? on conflict (asked) do nothing"""


class KeptCase(NamedTuple):
    """A case as it is kept."""

    owner: Party
    case: CaseId
    people: str
    reference: str


def found(do: Statements, case: CaseId) -> KeptCase | None:
    """None: there is no such case, or of whom it was is forgotten."""
    for tenant, office, *kept in do(
        "select tenant, office, people, reference from sojus_person_case where id = ?", case
    ):
        return KeptCase(Party(Role.YOUTH_OFFICE, OfficeId(office), TenantId(tenant)), case, *kept)
    return None


def made(do: Statements, own: Party, asked: str, people: str, reference: str, at: datetime) -> CaseLine:
    """A new one; its id is made of nothing. Raises `LisaError` where this office has entered enough today."""
    case, created = CaseId(secrets.token_urlsafe(16)), at.date().isoformat()
    ((number, today),) = do(_NEXT, own.tenant, own.office, created)
    if today > MOST_A_DAY:
        raise LisaError(ENOUGH.format(MOST_A_DAY))
    row = (case, asked, own.tenant, own.office, number, created, people, reference, reference.casefold())
    do("insert into sojus_person_case values (?, ?, ?, ?, ?, ?, ?, ?, ?)", *row)
    return line((case, number, created, reference))


def let_go(do: Statements, case: CaseId, at: datetime) -> None:
    """Nobody knows any more of whom it was. That its key was used is kept: whoever asks again by it, late, would else
    enter anew what was deleted meanwhile."""
    do(_USED, str(AuditDeed.ENTERED), at.isoformat(), case)
    do("delete from sojus_person_case where id = ?", case)


def page(do: Statements, own: Party, before: int, wanted: str, most: int) -> Sequence[CaseLine]:
    """So many, the newest first. `before`: only lower numbers, 0: from the newest on. `wanted`: "7" or "Fall 7" is
    that one, before all whose reference holds this text."""
    text = wanted.strip().casefold()
    digits = text.removeprefix("fall ").strip()
    number = int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else 0
    like = text.translate({ord(one): f"\\{one}" for one in "\\%_"})
    asked = (before, before, number, text, number, f"%{like}%", number, most)
    return [line(row) for row in do(_PAGE, own.tenant, own.office, *asked)]


def called(do: Statements, own: Party, cases: Collection[CaseId]) -> Sequence[CaseLine]:
    """These of the office, as far as there are any."""
    return [line(row) for row in _among(do, f"{_LINE} and id in ({{}})", cases, own.tenant, own.office)]


def named(do: Statements, cases: Collection[CaseId]) -> set[CaseId]:
    """Those among these, of whomever, of which a name is known."""
    return {row[0] for row in _among(do, "select id from sojus_person_case where id in ({})", cases)}


def _among(do: Statements, question: str, cases: Collection[CaseId], *first: str) -> Iterator[Columns]:
    wanted = list(cases)
    for begin in range(0, len(wanted), TOGETHER):
        some = wanted[begin : begin + TOGETHER]
        yield from do(question.format(", ".join("?" * len(some))), *first, *some)


def line(row: Columns) -> CaseLine:
    id_, number, created, reference = row
    return CaseLine(CaseId(id_), LABEL.format(number), date.fromisoformat(created), reference, number)
