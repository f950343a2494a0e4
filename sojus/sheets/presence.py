"""Who is at a place and when it is closed, as a row says it, held against what stands in the portal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sojus.domain.model.days import Span, german
from sojus.domain.model.ids import ClosureId, StayId
from sojus.domain.register.book import PlaceBook
from sojus.domain.register.entries import Closure, Place, Removable, Removal, Stay
from sojus.domain.register.ledger import Ledger, Taken, Use
from sojus.sheets.columns import Column
from sojus.sheets.known import made_id
from sojus.sheets.plan import EntryPlan
from sojus.sheets.rows import NO_DAY, PlaceRow

MARK = "t-"
"""Begins the ids of stays and closures that come from a table."""
_ONE_DAY = timedelta(days=1)


def end_of(said: date | None, stands: date | None) -> date | None:
    """The first day after the last that is said; else as it stands. None: it is open."""
    if said is None:
        return stands
    return None if said == NO_DAY else said + _ONE_DAY


def settle_stay(plan: EntryPlan, row: PlaceRow, place: Place, book: PlaceBook | None) -> None:
    """What the row says of who is there. Who came through the portal is counted, and stays the portal's business."""
    ledger = book.taken if book is not None else ()
    if row.occupied is None and (row.occupied_from is not None or row.occupied_until is not None):
        row.occupied = 1 if place.capacity == 1 and Column.OCCUPIED not in row.wrong else None
        if row.occupied is None:
            why = "Hier fehlt, wie viel davon belegt ist."
            plan.notes.wrong(row, Column.OCCUPIED, why, "Die Zahl eintragen.")
    if row.occupied is None:
        return
    now = [one for one in ledger if one.use is not Use.RESERVED and one.span.stop > plan.today]
    mine = [one for one in now if is_of_table(one, place)]
    begin = row.occupied_from or (mine[0].span.start if mine else plan.today)
    others = sum(one.amount for one in now if one not in mine and one.span.holds(max(begin, plan.today)))
    if row.occupied > place.capacity:
        why = f"{row.occupied} ist mehr, als der Platz hat ({place.capacity})."
        plan.notes.wrong(row, Column.OCCUPIED, why, "Die Zahl prüfen.")
    elif row.occupied < others:
        why = f"Über das Portal aufgenommen oder einzeln gemeldet: {others}."
        plan.notes.wrong(row, Column.OCCUPIED, why, "Die Entlassung im Portal eintragen, oder die Zahl ändern.")
    elif row.occupied == others:
        _free(plan, row, place, mine)
    else:
        _occupy(plan, row, place, ledger, mine, Span(begin, row.occupied_until), row.occupied - others)


def is_of_table(one: Taken, place: Place) -> bool:
    """Of one bed whoever was reported; of more only what a table has reported: the rest was reported one by one."""
    return one.use is Use.REPORTED and (place.capacity == 1 or one.ref.startswith(f"/{MARK}"))


def _occupy(
    plan: EntryPlan, row: PlaceRow, place: Place, ledger: Ledger, mine: list[Taken], said: Span, amount: int
) -> None:
    """`said`: its end is the last day, or `NO_DAY`, or None where the row says nothing of it."""
    same = [one for one in ledger if is_of_table(one, place) and one.span.start == said.start]
    old = next(iter([*same, *mine]), None)
    end = end_of(said.end, old.span.end if old is not None else None)
    if end is not None and end <= plan.today and row.occupied_from is None:
        _free(plan, row, place, mine, end)
        return
    span = Span(said.start, end)
    if span.empty:
        why = f"Das Ende liegt vor dem Anfang, dem {german(said.start)}."
        plan.notes.wrong(row, Column.OCCUPIED_UNTIL, why, "Die Tage prüfen.")
        return
    name = old.ref.removeprefix("/") if old is not None else _mark(plan, place, "belegt", said.start)
    if old is None or (old.span, old.amount) != (span, amount):
        plan.want(row, Column.OCCUPIED, Stay(StayId(name), place.id, span, amount))


def _free(plan: EntryPlan, row: PlaceRow, place: Place, mine: list[Taken], end: date | None = None) -> None:
    """Nobody is there any more: who was ends today, or on the day that is said; who was yet to come does not."""
    for one in mine:
        stop = max(end or plan.today, one.span.start)
        name = StayId(one.ref.removeprefix("/"))
        if stop == one.span.start:
            plan.want(row, Column.OCCUPIED, Removal(place.id, Removable.STAY, name))
        elif one.span.end != stop:
            plan.want(row, Column.OCCUPIED, Stay(name, place.id, Span(one.span.start, stop), one.amount))


def _mark(plan: EntryPlan, place: Place, what: str, begin: date) -> str:
    return MARK + made_id((), plan.provider.id, place.id, what, begin.isoformat())


# --- closures ---------------------------------------------------------------------------------------------------------


def settle_closure(plan: EntryPlan, row: PlaceRow, place: Place, book: PlaceBook | None) -> None:
    """What the row says of when nobody is taken in."""
    known = book.closed if book is not None else ()
    ahead = [one for one in known if one.span.stop > plan.today]
    if row.closed_from == NO_DAY:
        _open(plan, row, ahead)
        return
    if row.closed_from is None and row.closed_until is None and row.closed_why is None:
        return
    begin = row.closed_from or (ahead[0].span.start if ahead else None)
    if begin is None:
        plan.notes.wrong(
            row, Column.CLOSED_FROM, "Hier fehlt, ab wann der Platz geschlossen ist.", "Den Tag eintragen."
        )
        return
    same = [one for one in known if one.span.start == begin]
    old = next(iter([*same, *ahead]), None)
    span = Span(begin, end_of(row.closed_until, old.span.end if old is not None else None))
    if span.empty:
        why = f"Das Ende liegt vor dem Anfang, dem {german(begin)}."
        plan.notes.wrong(row, Column.CLOSED_UNTIL, why, "Die Tage prüfen.")
        return
    name = old.id if old is not None else ClosureId(_mark(plan, place, "geschlossen", begin))
    reason = row.closed_why if row.closed_why is not None else (old.reason if old is not None else "")
    made = Closure(name, place.id, span, reason)
    if made != old:
        plan.want(row, Column.CLOSED_FROM, made)


def _open(plan: EntryPlan, row: PlaceRow, ahead: list[Closure]) -> None:
    for one in ahead:
        if one.span.start >= plan.today:
            plan.want(row, Column.CLOSED_FROM, Removal(one.place, Removable.CLOSURE, one.id))
        else:
            plan.want(row, Column.CLOSED_FROM, replace(one, span=Span(one.span.start, plan.today)))
