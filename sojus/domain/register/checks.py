"""What an entry must be to be one: a function for each kind, which says in German sentences what is wrong with it.

Each looks at the draft, in which all that stood before it is already entered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from sojus.domain.model.actors import Actor
from sojus.domain.model.days import Span, german, german_span
from sojus.domain.model.ids import FacilityId, GroupId, PlaceId, ProviderId
from sojus.domain.model.units import Unit
from sojus.domain.register import entries as e
from sojus.domain.register.book import Register
from sojus.domain.register.facility_checks import whereabouts
from sojus.domain.register.group_checks import in_words_of_its_field, kind_of, traits
from sojus.domain.register.ledger import Ledger, Use, in_the_way, most_taken, reported
from sojus.domain.register.sentences import (
    empty_span,
    unknown_facility,
    unknown_group,
    unknown_place,
    unknown_provider,
)
from sojus.domain.search.phrases import PER

EARLIEST, LATEST = date(1950, 1, 1), date(2150, 1, 1)
"""Days beyond these are slips of the pen."""
MOST = 100_000
"""Of seats, hours or contacts at one place."""
MOST_AHEAD = 100
"""Closures of a place, reported stays of it beyond one for each seat, and rates of a group that are not over yet: each
is a layer of its own that every search of the neighbourhood looks at."""
MOST_SEATS = 400
"""Seats of a place that may be reported one by one; of more, some together."""
MOST_KEPT = 2_000
"""Of each, with those that are over: whoever acts on the place goes through them."""
_REMOVABLE: Mapping[e.Removable, str] = {
    e.Removable.CLOSURE: "Schließung",
    e.Removable.STAY: "gemeldete Belegung",
}

Reasons = Iterator[str]


class Unknown(Exception):
    """What the entry belongs to is not there; the message names it."""


def reasons(draft: Register, entry: e.Entry, by: Actor, today: date) -> Reasons:
    """All that is wrong with this entry; nothing: it can be taken in. Raises `Unknown`.

    Of what belongs to others nothing more is said: neither days nor names."""
    owner = owner_of(draft, entry)
    known = draft.providers.get(owner)
    if owner != by.provider or (known is not None and known.tenant != by.tenant):
        yield "Das gehört einem anderen Träger."
        return
    if isinstance(entry, e.Provider) and entry.tenant != by.tenant:
        yield f"Der Träger „{entry.name}“ gehört zu einem anderen Mandanten."
    yield from CHECKS[type(entry)](draft, entry)
    if isinstance(entry, e.Place):
        yield from _less_than_taken(draft, entry, today)
    if isinstance(entry, e.Closure | e.Stay | e.Rate):
        yield from _too_many(draft, entry, today)


def owner_of(draft: Register, entry: e.Entry) -> ProviderId:
    """Whose business it is. Raises `Unknown`."""
    match entry:
        case e.Provider():
            return entry.id
        case e.Facility():
            return _provider(draft, entry.provider)
        case e.Group():
            return _facility(draft, entry.facility).provider
        case e.Place() | e.Rate() | e.Confirmation():
            return _facility(draft, _group(draft, entry.group).facility).provider
        case e.Closure() | e.Stay() | e.Removal():
            return draft.owner(_place(draft, entry.place).id)


def _check_provider(draft: Register, entry: e.Provider) -> Reasons:
    yield from _unnamed(entry.name, "Der Träger")


def _check_facility(draft: Register, entry: e.Facility) -> Reasons:
    yield from _unnamed(entry.name, "Die Einrichtung")
    yield from whereabouts(entry)
    old = draft.facilities.get(entry.id)
    if old is not None and old.provider != entry.provider:
        yield f"Die Einrichtung „{entry.id}“ gehört einem anderen Träger."


def _check_group(draft: Register, entry: e.Group) -> Reasons:
    yield from _unnamed(entry.name, "Die Gruppe")
    yield from in_words_of_its_field(draft, entry)
    old = draft.groups.get(entry.id)
    if old is not None and old.facility != entry.facility:
        yield f"Die Gruppe „{entry.id}“ gehört zu einer anderen Einrichtung."
    elif old is not None and old.help != entry.help and draft.members.get(entry.id):
        yield f"Die Gruppe „{old.name}“ hat schon Plätze; ihre Hilfeart ändert sich nicht mehr."


def _check_place(draft: Register, entry: e.Place) -> Reasons:
    yield from _unnamed(entry.name, "Der Platz")
    group, old = draft.groups[entry.group], draft.books.get(entry.id)
    kind = kind_of(draft, group)
    if not _whole(entry.capacity) or not 1 <= entry.capacity <= MOST:
        yield f"{entry.capacity} ist kein Umfang: es muss eine ganze Zahl von 1 bis {MOST} sein."
    elif kind is not None and kind.unit is Unit.BED and entry.capacity != 1:
        yield f"Ein Bett ist genau ein Platz, nicht {entry.capacity}."
    if old is not None and old.place.group != entry.group:
        yield f"Der Platz „{entry.id}“ gehört zu einer anderen Gruppe."
    if vocabulary := draft.vocabularies.get(group.area):
        yield from traits(vocabulary, entry.traits)


def _less_than_taken(draft: Register, entry: e.Place, today: date) -> Reasons:
    """A team may become smaller than it once was, not smaller than what is promised of it."""
    old = draft.books.get(entry.id)
    if old is None or old.place.group != entry.group or not _whole(entry.capacity):
        return
    if (taken := most_taken(old.taken, Span(today))) > entry.capacity:
        yield f"{taken} sind vergeben, mehr als {entry.capacity}."


def _check_rate(draft: Register, entry: e.Rate) -> Reasons:
    if not _whole(entry.cents):
        yield f"{entry.cents} ist kein Betrag in ganzen Cent."
    elif entry.cents < 0:
        yield f"Ein Entgelt ist nicht negativ: {entry.cents} Cent."
    kind = kind_of(draft, draft.groups[entry.group])
    if kind is not None and entry.unit is not kind.rate:
        yield f"„{kind.name}“ wird {PER[kind.rate]} bezahlt, nicht {PER[entry.unit]}."
    yield from _impossible(entry.span)
    for other in draft.rates.get(entry.group, ()):
        if other.id != entry.id and other.span.overlaps(entry.span):
            yield f"Für diese Gruppe gilt {german_span(other.span)} schon ein anderes Entgelt („{other.id}“)."


def _check_removal(draft: Register, entry: e.Removal) -> Reasons:
    if not draft.books[entry.place].has(entry.what, entry.ref):
        yield f"„{entry.ref}“ ist bei diesem Platz keine {_REMOVABLE[entry.what]}."


def _too_many(draft: Register, entry: e.Closure | e.Stay | e.Rate, today: date) -> Reasons:
    """Nobody makes the search slow for all others."""
    match entry:
        case e.Closure():
            what, most = "Schließungen des Platzes", MOST_AHEAD
            others = [one.span for one in draft.books[entry.place].closed if one.id != entry.id]
        case e.Stay():
            book = draft.books[entry.place]
            what, most = "gemeldete Belegungen des Platzes", MOST_AHEAD + min(book.place.capacity, MOST_SEATS)
            known = (one for one in book.taken if one.use is Use.REPORTED)
            others = [one.span for one in known if one.ref != reported(entry.id)]
        case e.Rate():
            what, most = "Entgelte der Gruppe", MOST_AHEAD
            others = [one.span for one in draft.rates.get(entry.group, ()) if one.id != entry.id]
    if entry.span.stop > today and sum(one.stop > today for one in others) >= most:
        yield f"Es sind schon {most} {what} eingetragen, die nicht vorbei sind; mehr gehen nicht. Erst welche löschen."
    elif len(others) >= MOST_KEPT:
        yield f"Es sind schon {MOST_KEPT} {what} eingetragen; mehr gehen nicht. Erst welche löschen, die vorbei sind."


def _check_closure(draft: Register, entry: e.Closure) -> Reasons:
    yield from _impossible(entry.span)
    for one in draft.books[entry.place].taken:
        if one.use is Use.RESERVED and entry.span.holds(one.span.start):
            yield f"Der Platz ist {german_span(one.span)} reserviert; die Reservierung ist zuerst abzusagen."


def _check_stay(draft: Register, entry: e.Stay) -> Reasons:
    yield from _impossible(entry.span)
    book = draft.books[entry.place]
    if not _whole(entry.amount) or entry.amount < 1:
        yield f"{entry.amount} ist kein Umfang: es muss eine ganze Zahl von 1 an sein."
        return
    if most_taken(book.taken, entry.span, reported(entry.id)) + entry.amount > book.place.capacity:
        yield _overlapping(book.taken, entry, book.place.capacity)


def _check_confirmation(draft: Register, entry: e.Confirmation) -> Reasons:
    members = draft.members.get(entry.group, ())
    for place in entry.places:
        if place not in members:
            yield f"Der Platz „{place}“ gehört nicht zu dieser Gruppe."


CHECKS: Mapping[type, Callable[..., Reasons]] = {
    e.Provider: _check_provider,
    e.Facility: _check_facility,
    e.Group: _check_group,
    e.Place: _check_place,
    e.Rate: _check_rate,
    e.Removal: _check_removal,
    e.Closure: _check_closure,
    e.Stay: _check_stay,
    e.Confirmation: _check_confirmation,
}
"""In the order in which a batch is taken in: what others belong to comes first."""


def _overlapping(ledger: Ledger, entry: e.Stay, capacity: int) -> str:
    other = in_the_way(ledger, entry.span, reported(entry.id))
    if other is None:
        return f"{entry.amount} ist mehr, als der Platz hat ({capacity})."
    days, name = german_span(other.span), other.ref.removeprefix("/")
    if capacity == 1:
        return f"Der Platz ist {days} schon {other.use.value} („{name}“)."
    most = most_taken(ledger, entry.span, reported(entry.id))
    return f"An einem Tag wären {most + entry.amount} von {capacity} vergeben (unter anderem „{name}“, {days})."


def _unnamed(name: str, what: str) -> Reasons:
    if not name.strip():
        yield f"{what} hat keinen Namen."


def _impossible(span: Span) -> Reasons:
    if span.empty:
        yield empty_span(span)
    for day in (span.start, span.end):
        if day is not None and not EARLIEST <= day <= LATEST:
            yield f"Den {german(day)} kann niemand meinen."


def _whole(number: object) -> bool:
    return type(number) is int


def _provider(draft: Register, name: ProviderId) -> ProviderId:
    if name not in draft.providers:
        raise Unknown(unknown_provider(name))
    return name


def _facility(draft: Register, name: FacilityId) -> e.Facility:
    if (found := draft.facilities.get(name)) is None:
        raise Unknown(unknown_facility(name))
    return found


def _group(draft: Register, name: GroupId) -> e.Group:
    if (found := draft.groups.get(name)) is None:
        raise Unknown(unknown_group(name))
    return found


def _place(draft: Register, name: PlaceId) -> e.Place:
    if (found := draft.books.get(name)) is None:
        raise Unknown(unknown_place(name))
    return found.place
