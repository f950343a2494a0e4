"""Which address an act has at the portal, and what is said there; and searches as JSON. Written from its description
(docs/portal.md), and none of its code.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.json_types import JsonDict, JsonMap
from sojus.domain.model.days import Span
from sojus.domain.placement import events as e
from sojus.domain.placement.records import NamelessProfile, Part
from sojus.domain.search.wish import TraitWish, Wanted
from sojus.service.asked import Asked

Said = tuple[str, JsonDict]
"""An address behind /api/, and what is said there."""


def act(what: e.PlacementEvent) -> Said:
    """Raises `HarnessError` for an act that nobody does at a page."""
    match what:
        case e.Reserve():
            said = {"case": what.case, "places": _parts(what.parts), "profile": _profile(what.profile)}
            return "reserve", {**said, **_span(what.span)}
        case e.Join():
            need = {"count": what.need.count, "amount": what.need.amount, **_span(what.need.span)}
            return "wait", {"case": what.case, "group": what.group, "profile": _profile(what.profile), **need}
        case e.Extend() | e.Cancel() | e.Confirm() | e.Decline() | e.Admit():
            return _with_reservation(what)
        case e.Propose():
            return f"requests/{what.request}/propose", {"places": _parts(what.parts)}
        case e.PassOver():
            return f"requests/{what.request}/pass", {}
        case e.Accept():
            return f"requests/{what.request}/accept", {"provider": what.provider}
        case e.Discharge() | e.MoveStay() | e.Approve() | e.RecordContacts():
            return _with_stay(what)
        case _:
            raise HarnessError(f"{type(what).__name__}: Dafür hat das Portal keine Adresse.")


def _with_reservation(what: e.Extend | e.Cancel | e.Confirm | e.Decline | e.Admit) -> Said:
    address = f"reservations/{what.reservation}"
    match what:
        case e.Decline():
            return f"{address}/decline", {"reason": what.reason}
        case e.Admit():
            return f"{address}/admit", {"day": what.day.isoformat(), "until": _day(what.until)}
        case e.Extend():
            return f"{address}/extend", {}
        case e.Cancel():
            return f"{address}/cancel", {}
        case e.Confirm():
            return f"{address}/confirm", {}


def _with_stay(what: e.Discharge | e.MoveStay | e.Approve | e.RecordContacts) -> Said:
    address = f"stays/{what.stay}"
    match what:
        case e.Discharge():
            return f"{address}/discharge", {"day": what.day.isoformat(), "reason": what.reason}
        case e.MoveStay():
            return f"{address}/move", {"place": what.place, "day": what.day.isoformat()}
        case e.Approve():
            return f"{address}/approve", {"contingent": what.contingent}
        case e.RecordContacts():
            return f"{address}/contacts", {"day": what.day.isoformat(), "contacts": what.contacts}


def wish(asked: Asked) -> JsonDict:
    """A search."""
    search, near = asked.search, asked.search.near
    return {
        "area": asked.area,
        "kind": search.kind,
        "people": [{"age": one.age, "gender": one.gender or ""} for one in search.people],
        "traits": [_trait(one) for one in search.traits],
        "preferences": [{**_trait(one.wish), "weight": one.weight} for one in search.preferences],
        "tenants": sorted(search.tenants),
        "amount": search.amount,
        "start": _day(search.start),
        "days": search.days,
        "most_cents": search.most_cents,
        "near": {"point": list(near.point), "km": near.km} if near else None,
        "together": search.together.value,
    }


def question(asked: Asked, case: str, to: Sequence[str], span: Span) -> Said:
    """A request without a name."""
    said = {key: value for key, value in wish(asked).items() if key in ("area", "kind", "people", "traits", "amount")}
    return "requests", {"case": case, **said, "to": list(to), **_span(span)}


def place_act(place: str, doing: str, start: date, until: date | None = None, reason: str = "", ref: str = "") -> Said:
    """What a provider does with one place: close, open, occupy, free."""
    more: JsonDict = {"until": _day(until), "reason": reason, "ref": ref}  # not every act has use for each
    return f"places/{place}/{doing}", {"from": start.isoformat(), **{key: one for key, one in more.items() if one}}


def _profile(profile: NamelessProfile | None) -> JsonDict | None:
    """For whom."""
    if profile is None:
        return None
    people = [{"age": one.age, "gender": one.gender or ""} for one in profile.people]
    traits = [_trait(one) for one in profile.traits]
    return {"area": profile.area, "kind": profile.kind, "people": people, "traits": traits, "remark": profile.remark}


def _trait(one: TraitWish) -> JsonDict:
    return {"trait": one.trait, "wanted": _wanted(one.wanted)}


def _wanted(value: Wanted) -> bool | list[str] | list[int]:
    if isinstance(value, bool):
        return value
    return sorted(value) if isinstance(value, frozenset) else list(value)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _span(span: Span) -> JsonDict:
    return {"from": span.start.isoformat(), "until": _day(span.end)}


def _parts(parts: Sequence[Part]) -> list[JsonMap]:
    return [{"place": one.place, "amount": one.amount} for one in parts]
