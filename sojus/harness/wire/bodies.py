"""Which address an act has at the portal, and what is said there; and searches as JSON. Written from its description
(docs/portal.md), and none of its code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from lisa_core.domain.model.json_types import JsonDict, JsonMap
from sojus.domain.model.days import Span
from sojus.domain.model.ids import FieldId
from sojus.domain.placement import events as e
from sojus.domain.placement.records import Part
from sojus.domain.search.wish import Search, TraitWish, Wanted

Said = tuple[str, JsonDict]
"""An address behind /api/, and what is said there."""


def act(what: e.PlacementEvent) -> Said:
    """Raises `KeyError` for an act that nobody does at a page."""
    return _ACTS[type(what)](what)


def wish(area: FieldId, search: Search) -> JsonDict:
    """A search."""
    near = search.near
    return {
        "area": area,
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


def question(area: FieldId, search: Search, case: str, to: Sequence[str], span: Span) -> Said:
    """A request without a name."""
    asked = {key: value for key, value in wish(area, search).items() if key in ("area", "kind", "people", "traits")}
    return "requests", {"case": case, **asked, "amount": search.amount, "to": list(to), **_span(span)}


def place_act(place: str, doing: str, start: date, until: date | None = None, reason: str = "", ref: str = "") -> Said:
    """What a provider does with one place: close, open, occupy, free."""
    return f"places/{place}/{doing}", {"from": start.isoformat(), "until": _day(until), "reason": reason, "ref": ref}


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


def _reservation(doing: str, **more: object) -> Callable[[Any], Said]:
    return lambda one: (f"reservations/{one.reservation}/{doing}", dict(more))


def _stay(doing: str, said: Callable[[Any], JsonDict]) -> Callable[[Any], Said]:
    return lambda one: (f"stays/{one.stay}/{doing}", said(one))


_ACTS: Mapping[type, Callable[[Any], Said]] = {
    e.Reserve: lambda one: ("reserve", {"case": one.case, "places": _parts(one.parts), **_span(one.span)}),
    e.Join: lambda one: (
        "wait",
        {"case": one.case, "group": one.group, "count": one.need.count, "amount": one.need.amount}
        | _span(one.need.span),
    ),
    e.Extend: _reservation("extend"),
    e.Cancel: _reservation("cancel"),
    e.Confirm: _reservation("confirm"),
    e.Decline: lambda one: (f"reservations/{one.reservation}/decline", {"reason": one.reason}),
    e.Admit: lambda one: (
        f"reservations/{one.reservation}/admit",
        {"day": one.day.isoformat(), "until": _day(one.until)},
    ),
    e.Propose: lambda one: (f"requests/{one.request}/propose", {"places": _parts(one.parts)}),
    e.PassOver: lambda one: (f"requests/{one.request}/pass", {}),
    e.Accept: lambda one: (f"requests/{one.request}/accept", {"provider": one.provider}),
    e.Discharge: _stay("discharge", lambda one: {"day": one.day.isoformat(), "reason": one.reason}),
    e.MoveStay: _stay("move", lambda one: {"place": one.place, "day": one.day.isoformat()}),
    e.Approve: _stay("approve", lambda one: {"contingent": one.contingent}),
    e.RecordContacts: _stay("contacts", lambda one: {"day": one.day.isoformat(), "contacts": one.contacts}),
}
