"""What somebody else may be shown of a place: a few lines, and nothing of whom they are for."""

from __future__ import annotations

from lisa_core.domain.model.screen import Leaflet, cut_to_fit
from sojus.service.found import PlacePage


def leaflet(place: PlacePage) -> Leaflet:
    """The house, the kind of help, how far it is and when it is free: what a family asks first."""
    hit = place.hit
    far = "" if hit.km is None else f"Entfernung: {_kilometres(hit.km)} Luftlinie"
    called = " · ".join(dict.fromkeys(filter(None, (hit.group_name, hit.place_name))))
    carrier = f"Träger: {hit.provider_name}" if hit.provider_name else ""
    return cut_to_fit(hit.facility_name or hit.place_name, (place.kind_name, called, hit.free, far, carrier))


def _kilometres(km: float) -> str:
    return "unter 1 km" if km < 1 else f"{km:.0f} km"
