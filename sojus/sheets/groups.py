"""Facilities, groups and rates of a table: what its rows agree on, and what is missing of new ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sojus.domain.field.vocabulary import KindOfHelp
from sojus.domain.model.ages import Ages
from sojus.domain.model.days import Span, german
from sojus.domain.model.ids import FacilityId, GroupId, RateId
from sojus.domain.register.entries import Facility, Group, Rate
from sojus.domain.search.offer import Point
from sojus.domain.search.phrases import euros
from sojus.sheets.columns import Column, folded
from sojus.sheets.known import made_id, name_kept, rate_ahead
from sojus.sheets.plan import EntryPlan
from sojus.sheets.presence import end_of
from sojus.sheets.rows import KindKey, PlaceRow, agreed, first_with, is_noted

_GROUP, _FACILITY = "für eine Gruppe", "für eine Einrichtung"


def find_facility(plan: EntryPlan, row: PlaceRow) -> tuple[FacilityId, Facility | None]:
    """By its name, else by the id that its name makes: then it was renamed in the portal."""
    named = plan.known.facilities.get(folded(row.facility), ())
    if len(named) > 1:
        plan.notes.wrong(row, Column.FACILITY, f"Im Portal heißen mehrere Einrichtungen „{row.facility}“.", _RENAME)
    if named:
        return named[0].id, named[0]
    made = FacilityId(made_id(plan.claimed, plan.provider.id, row.facility))
    return made, plan.register.facilities.get(made)


def find_group(plan: EntryPlan, row: PlaceRow, facility: FacilityId) -> tuple[GroupId, Group | None]:
    """By its name in its facility, else by the id that its name makes."""
    named = plan.known.groups.get((facility, folded(row.group)), ())
    if len(named) > 1:
        plan.notes.wrong(row, Column.GROUP, f"Im Portal heißen hier mehrere Gruppen „{row.group}“.", _RENAME)
    if named:
        return named[0].id, named[0]
    made = GroupId(made_id(plan.claimed, plan.provider.id, facility, row.group))
    return made, plan.register.groups.get(made)


_RENAME = "Eine davon im Portal umbenennen."


def settle_facility(plan: EntryPlan, rows: list[PlaceRow], name: FacilityId, known: Facility | None) -> None:
    """Enter the facility of these rows. What is missing is noted; what stands in for it is never taken in."""
    north = agreed(rows, Column.NORTH, lambda row: row.north, plan.notes, _FACILITY)
    east = agreed(rows, Column.EAST, lambda row: row.east, plan.notes, _FACILITY)
    stands = known.point if known is not None else None
    if stands is None and north is None:
        _note_missing(plan, rows, Column.NORTH, "Einrichtung")
    if stands is None and east is None:
        _note_missing(plan, rows, Column.EAST, "Einrichtung")
    stands = stands or Point(0, 0)
    point = Point(stands.north if north is None else north, stands.east if east is None else east)
    address = agreed(rows, Column.ADDRESS, lambda row: row.address, plan.notes, _FACILITY)
    phone = agreed(rows, Column.PHONE, lambda row: row.phone, plan.notes, _FACILITY)
    made = Facility(
        *(name, plan.provider.id, name_kept(rows[0].facility, known), point),
        address=(known.address if known is not None else "") if address is None else address,
        phone=(known.phone if known is not None else "") if phone is None else phone,
    )
    if made != known:
        plan.want(first_with(rows, Column.NORTH, plan.notes), Column.FACILITY, made)


def settle_group(
    plan: EntryPlan, rows: list[PlaceRow], facility: FacilityId, name: GroupId, known: Group | None, key: KindKey
) -> Group:
    """The group of these rows, with the traits it has by now. What is missing is noted, as with a facility."""
    words = plan.register.vocabularies[key[0]]
    if known is not None and (known.area, known.kind) != key and plan.register.members.get(known.id):
        row = next(row for row in rows if row.kind == key)
        why = f"Die Gruppe „{known.name}“ hat schon Plätze; ihre Hilfeart ändert sich nicht mehr."
        plan.notes.wrong(row, Column.KIND, why, "Die Hilfeart lassen, oder eine neue Gruppe anlegen.")
        key = known.area, known.kind
    ages = _ages(plan, rows, known, words.kinds[key[1]])
    genders = agreed(rows, Column.GENDERS, lambda row: row.genders, plan.notes, _GROUP)
    if genders is None and known is None:
        _note_missing(plan, rows, Column.GENDERS, "Gruppe")
    genders = genders or (known.genders if known is not None else frozenset(words.genders))
    traits = known.traits if known is not None else {}
    return Group(name, facility, name_kept(rows[0].group, known), *key, ages, genders, traits)


def _ages(plan: EntryPlan, rows: list[PlaceRow], known: Group | None, kind: KindOfHelp) -> Ages:
    notes, limits = plan.notes, kind.ages
    youngest = agreed(rows, Column.YOUNGEST, lambda row: row.youngest, notes, _GROUP)
    oldest = agreed(rows, Column.OLDEST, lambda row: row.oldest, notes, _GROUP)
    do = f"Möglich sind {limits.youngest} bis {limits.oldest} Jahre."
    for column, said in ((Column.YOUNGEST, youngest), (Column.OLDEST, oldest)):
        if said is None and known is None:
            _note_missing(plan, rows, column, "Gruppe")
        elif said is not None and not limits.youngest <= said <= limits.oldest:
            row = next(row for row in rows if said == (row.youngest if column is Column.YOUNGEST else row.oldest))
            notes.wrong(row, column, f"„{kind.name}“ gibt es nicht mit {said} Jahren.", do)
    stands = known.ages if known is not None else limits
    made = Ages(stands.youngest if youngest is None else youngest, stands.oldest if oldest is None else oldest)
    if is_noted(rows, Column.YOUNGEST) or is_noted(rows, Column.OLDEST):
        return stands
    if made.youngest > made.oldest:
        row = first_with(rows, Column.OLDEST, notes)
        notes.wrong(
            row, Column.OLDEST, f"{made.oldest} Jahre ist jünger als {made.youngest}.", "Von und bis vertauscht?"
        )
        return stands
    return made


def _note_missing(plan: EntryPlan, rows: list[PlaceRow], column: Column, what: str) -> None:
    if not is_noted(rows, column):
        why = f"Bei einer neuen {what} muss hier etwas stehen."
        plan.notes.wrong(rows[0], column, why, column.means)


# --- rates ------------------------------------------------------------------------------------------------------------


def settle_rate(plan: EntryPlan, rows: list[PlaceRow], group: Group) -> None:
    """What these rows say of the price. A new one that begins ends the one before it."""
    notes = plan.notes
    cents = agreed(rows, Column.CENTS, lambda row: row.cents, notes, _GROUP)
    begin = agreed(rows, Column.RATE_FROM, lambda row: row.rate_from, notes, _GROUP)
    until = agreed(rows, Column.RATE_UNTIL, lambda row: row.rate_until, notes, _GROUP)
    known = plan.register.rates.get(group.id, ())
    current = rate_ahead(plan.register, group.id, plan.today)
    if any(is_noted(rows, column) for column in (Column.CENTS, Column.PER, Column.RATE_FROM, Column.RATE_UNTIL)):
        return
    if begin is None and (cents is not None or until is not None):
        begin = _begin(plan, rows, current, cents)
    if begin is None:
        return
    old = next((rate for rate in known if rate.span.start == begin), None)
    if cents is None and old is None:
        row = first_with(rows, Column.RATE_FROM, notes)
        notes.wrong(row, Column.CENTS, f"Vom {german(begin)} an ist kein Entgelt bekannt.", "Den Betrag eintragen.")
        return
    span = Span(begin, end_of(until, old.span.end if old is not None else None))
    if span.empty:
        row = first_with(rows, Column.RATE_UNTIL, notes)
        notes.wrong(row, Column.RATE_UNTIL, f"Das Ende liegt vor dem Anfang, dem {german(begin)}.", "Den Tag prüfen.")
        return
    _want_rate(plan, rows, group, old, span, cents)


def _begin(plan: EntryPlan, rows: list[PlaceRow], current: Rate | None, cents: int | None) -> date | None:
    """Of a rate that does not say when it begins: it is the one that holds."""
    row = first_with(rows, Column.CENTS, plan.notes)
    if current is None:
        do = "Den ersten Tag eintragen, an dem das Entgelt gilt."
        plan.notes.wrong(row, Column.RATE_FROM, "Hier fehlt, ab wann das Entgelt gilt.", do)
        return None
    if cents is not None and cents != current.cents:
        why = f"Im Portal stehen {euros(current.cents)}; hier fehlt, ab wann das andere Entgelt gilt."
        plan.notes.wrong(row, Column.RATE_FROM, why, "Den ersten Tag eintragen, an dem es gilt.")
        return None
    return current.span.start


def _want_rate(
    plan: EntryPlan, rows: list[PlaceRow], group: Group, old: Rate | None, span: Span, cents: int | None
) -> None:
    known = plan.register.rates.get(group.id, ())
    row = first_with(rows, Column.CENTS, plan.notes)
    unit = plan.register.vocabularies[group.area].kinds[group.kind].rate
    name = old.id if old is not None else RateId(made_id((), plan.provider.id, group.id, span.start.isoformat()))
    amount = cents if cents is not None or old is None else old.cents
    assert amount is not None
    made = Rate(name, group.id, span, amount, unit)
    if made == old:
        return
    plan.want(row, Column.CENTS, made)
    for rate in known:
        if rate.span.start < span.start < rate.span.stop and rate.id != name:
            plan.want(row, Column.RATE_FROM, replace(rate, span=Span(rate.span.start, span.start)))
