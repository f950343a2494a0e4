"""The table [routing] of a Landkreis: how long the exchange waits for whom, each value within its limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from lisa_core.config.directory_faults import Fault
from lisa_core.domain.model.directory import Rules
from lisa_core.domain.model.json_types import Json, JsonMap
from lisa_core.domain.model.nearest import nearest

UNITS: Mapping[str, tuple[str, int]] = {"s": ("Sekunden", 1_000_000), "min": ("Minuten", 60_000_000)}
LIMITS: Mapping[str, tuple[int, int]] = {
    "ring_s": (1, 600),
    "transfer_s": (1, 3600),
    "wrap_up_s": (0, 3600),
    "reject_pause_s": (0, 3600),
    "busy_pause_s": (0, 3600),
    "no_answer_pause_s": (0, 3600),
    "relax_s": (1, 3600),
    # A booth whose forwarding takes longer than ringing several times calls the front desk anew by itself.
    "known_wait_s": (0, 60),
    "desk_grace_s": (1, 60),
    "booth_grace_s": (1, 300),
    "place_s": (1, 60),
    "estimate_min": (1, 240),
    "early_min": (0, 240),
    "late_min": (0, 240),
}
"""What may stand in [routing]: a field of `domain.model.directory.Rules` with its unit, the least and the greatest
value."""
IN_OFFICES: Mapping[str, tuple[int, int]] = {"wrap_up_s": LIMITS["wrap_up_s"], "overflow_after_s": (0, 3600)}
"""What an office says for itself."""


def routing_faults(raw: JsonMap) -> Iterator[Fault]:
    """Keys that do not exist and numbers that make no sense; what is no whole number is somebody else's to name."""
    given, offices = raw.get("routing"), raw.get("offices")
    for key, value in given.items() if isinstance(given, dict) else ():
        if key in LIMITS:
            yield from _out_of_limits(f"routing.{key}", value, LIMITS[key])
        else:
            yield f"routing.{key}", f"Den Schlüssel „{key}“ gibt es hier nicht.{nearest(key, list(LIMITS))}"
    for name, office in offices.items() if isinstance(offices, dict) else ():
        for key in IN_OFFICES.keys() & (office.keys() if isinstance(office, dict) else ()):
            yield from _out_of_limits(f"offices.{name}.{key}", office[key], IN_OFFICES[key])


def _out_of_limits(where: str, value: Json, limits: tuple[int, int]) -> Iterator[Fault]:
    least, most = limits
    if type(value) is int and not least <= value <= most:
        unit, _ = UNITS[where.rpartition("_")[2]]
        yield where, f"Hier steht {value}; möglich sind {least} bis {most} {unit}."


def rules_from(given: Mapping[str, int]) -> Rules:
    """The rules of a Landkreis; what its file does not say is as usual."""
    return replace(Rules(), **dict(_field(key, value) for key, value in given.items()))


def _field(key: str, value: int) -> tuple[str, int]:
    name, _, unit = key.rpartition("_")
    return f"{name}_us", value * UNITS[unit][1]
