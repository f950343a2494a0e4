"""What somebody does at a page, as the act that it is: one row for each address, with what has to be said there.

Nothing is decided here. `said` is read strictly; what an act makes (a reservation, a request) is named after its key,
so that whoever got no answer and asks again means the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from sojus.domain.model.actors import Actor
from sojus.domain.model.days import Span
from sojus.domain.model.ids import (
    CaseId,
    DischargeId,
    FacilityId,
    FieldId,
    GroupId,
    KindId,
    PlaceId,
    ProviderId,
    RequestId,
    ReservationId,
    SearchId,
    StayId,
)
from sojus.domain.placement import events as e
from sojus.domain.placement.moves import MOST_AT_ONCE
from sojus.domain.placement.records import NamelessProfile, Need, Part
from sojus.domain.placement.requests import MOST_ASKED
from sojus.domain.placement.whom.profile import LONGEST_REMARK
from sojus.domain.register.facility_checks import MOST_ADDRESS
from sojus.portal.spoken.said import MAX_ID, Said
from sojus.portal.spoken.wishes import MOST_AMOUNT, people_in, traits_in
from sojus.service.deeds import name_from
from sojus.service.houses import PlaceAct, PlaceWish, ReachWish

MOST_REASON, MAX_REF = 500, 401
MOST_ALIKE = 20
"""Places that may stand in for one that is taken meanwhile."""
MOST_PHONE = 40


class Target(NamedTuple):
    """What the address names, "" where it names nothing; and what is made by this act would be called."""

    id: str
    new: str


Read = Callable[[Said, Target], e.PlacementEvent]


def _span(said: Said) -> Span:
    return Span(said.day("from"), said.maybe_day("until"))


def _parts(said: Said) -> tuple[Part, ...]:
    return tuple(map(_part, said.objects("places", MOST_AT_ONCE)))


def _part(said: Said) -> Part:
    part = Part(PlaceId(said.id("place")), said.maybe_whole("amount", 1, MOST_AMOUNT) or 1)
    said.end()
    return part


def _contingent(said: Said) -> int | None:
    """How many contacts are approved for each; nothing: they are not counted."""
    return said.maybe_whole("contingent", 0, MOST_AMOUNT)


def _need(said: Said) -> Need:
    count, amount = said.maybe_whole("count", 1, MOST_AT_ONCE) or 1, said.maybe_whole("amount", 1, MOST_AMOUNT) or 1
    return Need(_span(said), count, amount, _contingent(said))


def said_to_house(said: Said) -> tuple[NamelessProfile, Need]:
    """What a house would be told, as far as words are made of it. Raises `Unreadable`."""
    profile, amount = _whom(said), said.maybe_whole("amount", 1, MOST_AMOUNT) or 1
    if profile is None:
        raise said.wrong("profile", "für wen")
    return profile, Need(Span(date.min), len(profile.people), amount, _contingent(said))


def _profile(said: Said) -> NamelessProfile:
    area, kind = FieldId(said.id("area")), KindId(said.id("kind"))
    return NamelessProfile(area, kind, people_in(said), traits_in(said), said.text("remark", LONGEST_REMARK))


def _whom(said: Said) -> NamelessProfile | None:
    """For whom: nothing, and the house reads that nobody has said."""
    if (inner := said.maybe_object("profile")) is None:
        return None
    profile = _profile(inner)
    inner.end()
    return profile


def _reserve(said: Said, target: Target) -> e.PlacementEvent:
    case, parts, span = CaseId(said.id("case")), _parts(said), _span(said)
    alike = tuple(map(PlaceId, said.ids("alike", MOST_ALIKE)))
    return e.Reserve(ReservationId(target.new), case, parts, span, _contingent(said), _whom(said), alike)


def _wait(said: Said, target: Target) -> e.PlacementEvent:
    case, group = CaseId(said.id("case")), GroupId(said.id("group"))
    return e.Join(ReservationId(target.new), case, group, _need(said), _whom(said))


def _ask(said: Said, target: Target) -> e.PlacementEvent:
    case, profile, span = CaseId(said.id("case")), _profile(said), _span(said)
    amount, contingent = said.maybe_whole("amount", 1, MOST_AMOUNT) or 1, _contingent(said)
    to = tuple(map(ProviderId, said.ids("to", MOST_ASKED)))
    return e.Ask(RequestId(target.new), case, profile, Need(span, len(profile.people), amount, contingent), to)


def _accept(said: Said, target: Target) -> e.PlacementEvent:
    provider, made = ProviderId(said.id("provider")), ReservationId(target.new)
    return e.Accept(RequestId(target.id), provider, made, _contingent(said))


def _admit(said: Said, target: Target) -> e.PlacementEvent:
    return e.Admit(ReservationId(target.id), said.day("day"), said.maybe_day("until"))


def _change(said: Said, target: Target) -> e.PlacementEvent:
    return e.ChangeStay(StayId(target.id), said.maybe_day("until"), said.maybe_whole("amount", 1, MOST_AMOUNT) or 1)


def _discharge(said: Said, target: Target) -> e.PlacementEvent:
    return e.Discharge(StayId(target.id), said.day("day"), DischargeId(said.text("reason", MAX_ID)))


def _take_back(said: Said, target: Target) -> e.PlacementEvent:
    what = e.Entered(said.choice("what", [one.value for one in e.Entered]))
    return e.TakeBack(StayId(target.id), what, said.day("day"))


_RESERVATION: Mapping[str, Read] = {
    "rebook": lambda said, target: e.Rebook(ReservationId(target.id), _span(said)),
    "extend": lambda said, target: e.Extend(ReservationId(target.id)),
    "cancel": lambda said, target: e.Cancel(ReservationId(target.id)),
    "confirm": lambda said, target: e.Confirm(ReservationId(target.id)),
    "decline": lambda said, target: e.Decline(ReservationId(target.id), said.text("reason", MOST_REASON, 1)),
    "admit": _admit,
}
_REQUEST: Mapping[str, Read] = {
    "propose": lambda said, target: e.Propose(RequestId(target.id), _parts(said)),
    "pass": lambda said, target: e.PassOver(RequestId(target.id)),
    "accept": _accept,
    "withdraw": lambda said, target: e.Withdraw(RequestId(target.id)),
}
_STAY: Mapping[str, Read] = {
    "change": _change,
    "agree": lambda said, target: e.Agree(StayId(target.id), said.flag("yes")),
    "move": lambda said, target: e.MoveStay(StayId(target.id), PlaceId(said.id("place")), said.day("day")),
    "discharge": _discharge,
    "takeback": _take_back,
    "correct": lambda said, target: e.CorrectContacts(
        StayId(target.id), said.day("day"), said.whole("contacts", 0, MOST_AMOUNT)
    ),
    "approve": lambda said, target: e.Approve(StayId(target.id), said.whole("contingent", 0, MOST_AMOUNT)),
    "contacts": lambda said, target: e.RecordContacts(
        StayId(target.id), said.day("day"), said.whole("contacts", 1, MOST_AMOUNT)
    ),
}
ACTS: Mapping[tuple[str, str], Read] = {
    ("reserve", ""): _reserve,
    ("wait", ""): _wait,
    ("requests", ""): _ask,
    **{("reservations", name): read for name, read in _RESERVATION.items()},
    **{("requests", name): read for name, read in _REQUEST.items()},
    **{("stays", name): read for name, read in _STAY.items()},
    ("searches", "end"): lambda said, target: e.DropSearch(SearchId(target.id)),
}
"""By what stands in the address: /api/WHAT, or /api/WHAT/{id}/DOING."""

MAKES: Mapping[str, str] = {"reserve": "reservation", "wait": "reservation", "requests": "request"}
"""How the answer calls what was made, or what it was about."""


def act_of(what: str, doing: str, id: str, said: Said, key: str) -> e.PlacementEvent:
    """Raises `Unreadable`, and `KeyError` for an address that there is not."""
    return ACTS[what, doing](said, Target(id, name_from(key)))


def place_wish(by: Actor, what: PlaceAct, place: str, said: Said, key: str) -> PlaceWish:
    """What a group leader does with one place; what this act has no use for is not taken. Raises `Unreadable`."""
    wish = PlaceWish(key, by, PlaceId(place), what, said.day("from"), ref=said.text("ref", MAX_REF))
    if what is PlaceAct.CLOSE:
        return replace(wish, until=said.maybe_day("until"), reason=said.text("reason", MOST_REASON))
    if what is not PlaceAct.OCCUPY:
        return wish
    amount = 1 if wish.ref else said.maybe_whole("amount", 1, MOST_AMOUNT) or 1  # whoever is there has theirs
    return replace(wish, until=said.maybe_day("until"), amount=amount)


def reach_wish(by: Actor, facility: str, said: Said, key: str) -> ReachWish:
    """Telephone and address of a house; what is not said stays. Raises `Unreadable`."""
    phone, address = said.maybe_text("phone", MOST_PHONE), said.maybe_text("address", MOST_ADDRESS)
    return ReachWish(key, by, FacilityId(facility), phone, address)
