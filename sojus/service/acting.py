"""What came of an act, for whoever did it: from what was told, and the state after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from sojus.domain.field.speech import row
from sojus.domain.model.actors import Actor
from sojus.domain.model.ids import PlaceId, RequestId, ReservationId
from sojus.domain.placement import events as e
from sojus.domain.placement.decisions import News, Tell, Why
from sojus.domain.placement.moves import house, party
from sojus.domain.placement.state import Placements
from sojus.domain.placement.words import wait_means
from sojus.domain.register.book import Hindrance
from sojus.domain.register.ledger import Taken, Use, in_the_way
from sojus.service.answers import REASON_OF, Granted, Reason, Refused, WrongEntry
from sojus.service.asked import Asked
from sojus.service.deeds import Deed
from sojus.service.offers.change_words import differences, taken_words
from sojus.service.offers.finding import fault, like, next_best, place_name, shown
from sojus.service.offers.live import Live
from sojus.store.replica import Done

DONE: Mapping[type, str] = {
    e.TakeIn: "Übernommen.",
    e.Confirm: "Bestätigt; wer reserviert hat, weiß es.",
    e.Decline: "Abgelehnt; wer reserviert hat, weiß es.",
    e.Ask: "Die Anfrage ist hinausgegangen.",
    e.Propose: "Ihr Angebot ist abgegeben. Freigehalten wird der Platz erst, wenn es angenommen ist.",
    e.PassOver: "Eingetragen: Sie haben nichts Passendes.",
    e.Admit: "Die Aufnahme ist eingetragen.",
    e.ChangeStay: "Die Änderung ist eingetragen.",
    e.Agree: "Der Träger weiß Bescheid.",
    e.MoveStay: "Der Umzug ist eingetragen.",
    e.Discharge: "Die Entlassung ist eingetragen.",
    e.Approve: "Bewilligt.",
    e.TakeBack: "Zurückgenommen.",
}
"""Of acts of which the machine does not, or not always, tell whoever did them."""
CHANGED_SINCE = "Seit Ihrer Suche hat sich {} geändert: {}. Bitte noch einmal ansehen und neu entscheiden."
NONE_ALIKE = "Auch von den gleichen Plätzen der Gruppe ist keiner mehr frei."
TOO_FEW_ALIKE = "Auch mit den gleichen Plätzen der Gruppe ist nicht genug frei."
OFFERED_SINCE = "Der Träger hat inzwischen etwas anderes angeboten. Bitte noch einmal ansehen und neu entscheiden."
NOT_TAKEN_IN = "Nichts wurde übernommen: {} stimmt nicht. Bitte berichtigen und noch einmal übernehmen."


def outcome(state: Placements, done: Done, other: str) -> Granted | Refused:
    """`other`: what another office is called for whoever did it. The state may be newer than the act."""
    mine = [one for one in done.decisions if isinstance(one, Tell) and one.to == party(done.act.by)]
    no = next((one for one in mine if one.news is News.REFUSED), None)
    if no is not None and no.why is not None:
        text = no.text
        if no.why is Why.NOT_FREE:
            text = " ".join([text, *_by_whom(state, done, other), *_none_alike(done)])
        return Refused(text, REASON_OF[no.why], waits=wait_means(state.terms.hold) if no.may_wait else "")
    if mistakes := tuple(WrongEntry(one.about, one.text) for one in mine if one.news is News.MISTAKES):
        count = "1 Angabe" if len(mistakes) == 1 else f"{len(mistakes)} Angaben"
        return Refused(NOT_TAKEN_IN.format(count), Reason.WRONG, mistakes=mistakes)
    about = e.about_of(done.act.what)
    said = next((one.text for one in mine if one.about == about), DONE.get(type(done.act.what), ""))
    return Granted(done.number, about, said, _ends_at(state, about), done.again)


def _by_whom(state: Placements, done: Done, other: str) -> Iterator[str]:
    """Who has what was wanted, of the first place that one of them has for themselves."""
    event = done.act.what
    if not isinstance(event, e.Reserve):
        return
    for part in event.parts:
        book = state.register.books.get(part.place)
        if book is None or book.hindrance(event.span, part.amount) not in (Hindrance.RESERVED, Hindrance.OCCUPIED):
            continue
        taken = in_the_way(book.taken, event.span)
        if taken is not None and (who := _holder(state, part.place, taken)) is not None:
            said = taken_words(who, done.act.by, other)
            yield f"{said[0].upper()}{said[1:]}."
            return


def _none_alike(done: Done) -> Iterator[str]:
    if isinstance(done.act.what, e.Reserve) and done.act.what.alike:
        yield NONE_ALIKE if len(done.act.what.parts) == 1 else TOO_FEW_ALIKE


def _holder(state: Placements, place: PlaceId, taken: Taken) -> Actor | None:
    """Who reserved it, or the provider that gave it in."""
    if taken.use is Use.REPORTED:
        return Actor(*house(state, state.register.owner(place)))
    found = state.reservations.get(ReservationId(taken.ref.split("/", 1)[0]))
    return None if found is None else found.by


def _ends_at(state: Placements, about: str) -> datetime | None:
    reservation = state.reservations.get(ReservationId(about))
    if reservation is not None:
        return reservation.ends_at if reservation.stage.open else None
    request = state.requests.get(RequestId(about))
    return None if request is None else request.due_at


# --- on stale data ----------------------------------------------------------------------------------------------------


def asked_by(live: Live, deed: Deed, now: datetime) -> Asked | None:
    """The search that the page names, if it can be one: it only says what is next best, and hinders nothing."""
    return None if deed.asked is None or fault(live, deed.asked, now.date()) else deed.asked


def as_seen(live: Live, deed: Deed) -> Deed:
    """Without the places that were alike on the page and are something else now: nobody has seen what they are."""
    if deed.seen is None or not isinstance(event := deed.what, e.Reserve):
        return deed
    day = event.span.start
    kept = tuple(one for one in event.alike if not any(_changed(live, one, deed.seen, day)))
    return deed if kept == event.alike else replace(deed, what=replace(event, alike=kept))


def may_stand_otherwise(deed: Deed) -> bool:
    """Whether what `as_seen` makes of it depends on when that is done."""
    return deed.seen is not None and isinstance(deed.what, e.Reserve) and bool(deed.what.alike)


def as_before(deed: Deed, before: e.PlacementEvent) -> Deed:
    """`before`: what was done by its key. If it was this, without those alike that were something else then, it is that
    again; else it is what it is, and the log says that the key is used."""
    match deed.what, before:
        case e.Reserve() as event, e.Reserve() as kept if set(kept.alike) <= set(event.alike):
            return replace(deed, what=kept) if replace(event, alike=kept.alike) == kept else deed
        case _:
            return deed


def stale(live: Live, deed: Deed, now: datetime) -> Refused | None:
    """Why whoever asks would decide on what is no longer so: a place costs, or is, something else than on their page.

    That it was taken meanwhile, the machine says."""
    if deed.seen is None:
        return None
    if isinstance(deed.what, e.Accept) and live.has_proposed(deed.what.request, deed.what.provider, deed.seen):
        return Refused(OFFERED_SINCE, Reason.STALE)
    if not isinstance(deed.what, e.Reserve):
        return None
    for part in deed.what.parts:
        if told := list(_changed(live, part.place, deed.seen, deed.what.span.start)):
            name = place_name(live, part.place)
            asked = asked_by(live, deed, now)
            view = shown(live, part.place, None if asked is None else live.look(deed.by, asked, now), now.date())
            return Refused(CHANGED_SINCE.format(name, row(told)), Reason.STALE, (view,) if view else ())
    return None


def _changed(live: Live, place: PlaceId, seen: int, on: date) -> Iterator[str]:
    """What of a place is another since the entry `seen`, besides when it is free and confirmed: words of a row."""
    before, after = live.offer_when(place, seen), live.stock.offer(place)
    if before is None or after is None:
        return
    vocabulary = live.stock.places[after.area].vocabulary
    same = replace(after, free=before.free, rest=before.rest, closed=before.closed, confirmed=before.confirmed)
    yield from differences(vocabulary, before, same, on)


def with_next_best(live: Live, deed: Deed, what: Granted | Refused, now: datetime) -> Granted | Refused:
    """Where a place was lost: what can be had instead."""
    if not isinstance(what, Refused) or what.reason is not Reason.STALE or not isinstance(deed.what, e.Reserve):
        return what
    lost = {*(part.place for part in deed.what.parts), *deed.what.alike}
    asked = asked_by(live, deed, now) or like(live, deed.what.parts[0].place, deed.what.span)
    return what if asked is None else replace(what, hits=next_best(live, deed.by, asked, lost, now))
