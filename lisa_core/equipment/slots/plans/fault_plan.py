"""What goes wrong when: a plan of faults as a text, read into acts at times. Pure; a seed repeats it bit for bit.

    presence.rauschen                   from the beginning, for ever
    scanner.doppeleinzug@2s             from two seconds on
    door.stumm@2s+500ms                 for half a second
    presence.rauschen@1s..9s+2s         at a moment that the seed draws
    scanner.*@5s, *@1min                one of its faults, or one of all, that the seed draws

Several stand with commas between them. What a fault is says `equipment.slots.catalogue.FAULTS`; the seed is also what
chance on the lines is drawn from (`World.seed`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.nearest import nearest
from lisa_core.equipment.slots.catalogue import FAULTS

UNITS_US = {"us": 1, "ms": 1_000, "s": 1_000_000, "min": 60_000_000, "h": 3_600_000_000}
LONGEST_US = 366 * 24 * 3_600_000_000
_ITEM = re.compile(r"(?P<name>[^@+\s]+)(?:@(?P<at>[^+\s.]+)(?:\.\.(?P<until>[^+\s]+))?)?(?:\+(?P<lasts>\S+))?")
_TIME = re.compile(rf"(\d+)({'|'.join(UNITS_US)})")
_FORM = "Erwartet wird NAME, NAME@2s, NAME@2s+5s oder NAME@1s..9s"


@dataclass(frozen=True, slots=True)
class Happening:
    """An act of the world (`fail` or `heal`) with its fault, so many microseconds after the beginning."""

    at_us: int
    act: str
    fault: str

    @property
    def told(self) -> str:
        """ "nach 2,5 s beginnt scanner.klappe"."""
        after = f"{self.at_us / 1_000_000:.3f}".rstrip("0").rstrip(".").replace(".", ",")
        return f"nach {after} s {'beginnt' if self.act == 'fail' else 'endet'} {self.fault}"


class Draws(Protocol):
    """Where chance comes from: a `random.Random` of `seed_of`."""

    def choice(self, seq: Sequence[str], /) -> str: ...

    def randint(self, a: int, b: int, /) -> int: ...


def seed_of(seed: int) -> str:
    """What chance is seeded with for the plan of a run: what is drawn elsewhere does not move it."""
    return f"{seed}/plan"


def planned(text: str, rng: Draws, cannot: Mapping[str, str] | None = None) -> tuple[Happening, ...]:
    """The plan in the order of its times; `cannot` says why which faults cannot be had here: none of them is drawn.

    Raises `LisaError` in German, with the nearest name for one there is not.
    """
    found = [one for item in text.split(",") if item.strip() for one in _read(item.strip(), rng, cannot or {})]
    return tuple(sorted(found, key=lambda one: one.at_us))


def _read(item: str, rng: Draws, cannot: Mapping[str, str]) -> Sequence[Happening]:
    parts = _ITEM.fullmatch(item)
    if parts is None:
        raise LisaError(f"Die Störung „{item}“ ist nicht zu verstehen. {_FORM}.")
    fault = _fault(parts["name"], rng, cannot)
    at_us = _time(parts["at"] or "0s", item)
    if parts["until"]:
        until_us = _time(parts["until"], item)
        if until_us < at_us:
            raise LisaError(f"Die Störung „{item}“ endet vor ihrem Anfang.")
        at_us = rng.randint(at_us, until_us)
    begins = Happening(at_us, "fail", fault)
    if not parts["lasts"]:
        return (begins,)
    return (begins, Happening(at_us + _time(parts["lasts"], item), "heal", fault))


def _fault(name: str, rng: Draws, cannot: Mapping[str, str]) -> str:
    """The name itself, or one that it stands for."""
    if name in FAULTS:
        if name in cannot:
            raise LisaError(f"Die Störung „{name}“ kann hier nicht eintreten: {cannot[name]}")
        return name
    if name == "*" or name.endswith(".*"):
        named = sorted(one for one in FAULTS if one.startswith(name[:-1]))
        if drawn := [one for one in named if one not in cannot]:
            return rng.choice(drawn)
        if named:
            raise LisaError(f"Keine Störung „{name}“ kann hier eintreten: {cannot[named[0]]}")
        name = name[:-2]
    device, _, word = name.partition(".")
    devices = {one.partition(".")[0] for one in FAULTS}
    words = [one.partition(".")[2] for one in FAULTS if one.startswith(f"{device}.")]
    if words:
        raise LisaError(f"Die Störung „{word}“ von „{device}“ gibt es nicht.{nearest(word, words)}")
    raise LisaError(f"Ein Gerät „{device}“, das gestört sein kann, gibt es nicht.{nearest(device, devices)}")


def _time(text: str, item: str) -> int:
    found = _TIME.fullmatch(text)
    if found is None or int(found[1][:20]) * UNITS_US[found[2]] > LONGEST_US:
        raise LisaError(f"In „{item}“ ist „{text}“ keine Zeit. {_FORM}; Einheiten: {', '.join(UNITS_US)}.")
    return int(found[1]) * UNITS_US[found[2]]
