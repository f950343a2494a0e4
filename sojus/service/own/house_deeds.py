"""What a group leader does with one tap: the entries that say it, as an act that can be asked again by its key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from sojus.domain.model.actors import Actor
from sojus.domain.model.days import Span
from sojus.domain.model.ids import ClosureId, GroupId, PlaceId, StayId
from sojus.domain.placement.events import PlacementEvent, TakeIn
from sojus.domain.register.book import PlaceBook
from sojus.domain.register.entries import Closure, Confirmation, Entry, Facility, Given, Removable, Removal, Stay
from sojus.domain.register.ledger import Taken, reported
from sojus.service.answers import Reason, Refused
from sojus.service.deeds import Deed, name_from
from sojus.service.houses import PlaceAct, PlaceWish, ReachWish

NOT_CLOSED = "Dieser Platz ist nicht geschlossen."
NOT_REPORTED = "Hier ist niemand als belegt gemeldet. Wer über SoJuS aufgenommen ist, wird unter „Vorgänge“ entlassen."
NO_HOUSE = "Eine solche Einrichtung haben Sie nicht."
REACH = "Telefon und Anschrift"
WHERE: Mapping[PlaceAct, str] = {
    PlaceAct.CLOSE: "Schließen",
    PlaceAct.OPEN: "Wieder öffnen",
    PlaceAct.OCCUPY: "Belegt melden",
    PlaceAct.FREE: "Frei melden",
}


def confirmation(key: str, by: Actor, group: GroupId, places: tuple[PlaceId, ...] = ()) -> Deed:
    """All places of the group are as they stand here, or these."""
    return Deed(key, by, TakeIn((Given("Bestätigen", Confirmation(group, places)),)))


def place_deed(book: PlaceBook | None, wish: PlaceWish) -> Deed | Refused:
    """`book`: of the place as it is now, None: it is not there, or of others; the register says so then."""
    entry = ENTRIES[wish.what](book, wish)
    if isinstance(entry, str):
        return Refused(entry, Reason.STALE)
    return Deed(wish.key, wish.by, TakeIn((Given(WHERE[wish.what], entry),)))


def reach_deed(known: Facility | None, wish: ReachWish) -> Deed | Refused:
    """`known`: the house as it is now, None: it is not there, or of others."""
    if known is None:
        return Refused(NO_HOUSE, Reason.WRONG)
    phone, address = _said(wish.phone, known.phone), _said(wish.address, known.address)
    return Deed(wish.key, wish.by, TakeIn((Given(REACH, replace(known, phone=phone, address=address)),)))


def _said(wished: str | None, known: str) -> str:
    return known if wished is None else wished


def is_same_reach(wish: ReachWish, what: PlacementEvent) -> bool:
    """Whether this is what became of such a wish before: the same for the same house."""
    match what:
        case TakeIn(batch=(Given(where=where, entry=Facility() as entry),)):
            same = (where, entry.id) == (REACH, wish.facility)
            return same and reach_deed(entry, wish) == Deed(wish.key, wish.by, what)
        case _:
            return False


def is_same(wish: PlaceWish, what: PlacementEvent) -> bool:
    """Whether this is what became of such a wish before: the same with the same place."""
    match what:
        case TakeIn(batch=(Given(where=where, entry=Closure() | Stay() | Removal() as entry),)):
            return (where, entry.place) == (WHERE[wish.what], wish.place)
        case _:
            return False


def _close(book: PlaceBook | None, wish: PlaceWish) -> Entry | str:
    name = ClosureId(wish.ref or name_from(wish.key))
    return Closure(name, wish.place, Span(wish.from_, wish.until), wish.reason)


def _open(book: PlaceBook | None, wish: PlaceWish) -> Entry | str:
    """From that day on; what was closed before stays so."""
    closures = () if book is None else book.closed
    found = next((one for one in closures if _is_meant(one, wish)), None)
    if found is None and not wish.ref:
        return NOT_CLOSED
    if found is None or found.span.start >= wish.from_:
        ref = ClosureId(wish.ref) if found is None else found.id
        return Removal(wish.place, Removable.CLOSURE, ref)
    return replace(found, span=Span(found.span.start, wish.from_))


def _is_meant(one: Closure, wish: PlaceWish) -> bool:
    return one.id == wish.ref if wish.ref else one.span.stop > wish.from_


def _occupy(book: PlaceBook | None, wish: PlaceWish) -> Entry | str:
    """Somebody new, or (`ref`) whoever is there, for longer or shorter."""
    taken = _reported(book, wish)
    start = wish.from_ if taken is None else taken.span.start
    amount = wish.amount if taken is None else taken.amount
    return Stay(StayId(wish.ref or name_from(wish.key)), wish.place, Span(start, wish.until), amount)


def _free(book: PlaceBook | None, wish: PlaceWish) -> Entry | str:
    """From that day on."""
    taken = _reported(book, wish)
    if not wish.ref:
        return NOT_REPORTED
    if taken is None or taken.span.start >= wish.from_:
        return Removal(wish.place, Removable.STAY, StayId(wish.ref))
    return Stay(StayId(wish.ref), wish.place, Span(taken.span.start, wish.from_), taken.amount)


def _reported(book: PlaceBook | None, wish: PlaceWish) -> Taken | None:
    name = reported(StayId(wish.ref))
    return next((one for one in book.taken if one.ref == name), None) if wish.ref and book is not None else None


ENTRIES: Mapping[PlaceAct, Callable[[PlaceBook | None, PlaceWish], Entry | str]] = {
    PlaceAct.CLOSE: _close,
    PlaceAct.OPEN: _open,
    PlaceAct.OCCUPY: _occupy,
    PlaceAct.FREE: _free,
}
