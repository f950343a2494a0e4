"""Sentences about what is given in, for the register and for placements alike."""

from __future__ import annotations

from sojus.domain.model.days import Span, german
from sojus.domain.model.ids import FacilityId, FieldId, GroupId, PlaceId, ProviderId


def unknown_area(name: FieldId) -> str:
    return f"Das Arbeitsfeld „{name}“ gibt es nicht."


def unknown_provider(name: ProviderId) -> str:
    return f"Den Träger „{name}“ gibt es nicht."


def unknown_facility(name: FacilityId) -> str:
    return f"Die Einrichtung „{name}“ gibt es nicht."


def unknown_group(name: GroupId) -> str:
    return f"Die Gruppe „{name}“ gibt es nicht."


def unknown_place(name: PlaceId) -> str:
    return f"Den Platz „{name}“ gibt es nicht."


def empty_span(span: Span) -> str:
    """Of one that ends before it begins, or on that day."""
    return f"Das Ende {german(span.stop)} liegt nicht nach dem Anfang {german(span.start)}."
