"""Limits as files say them: the units that there are, a bound with its uncertainty, and the one rule of decision."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

# unit -> (what it measures, how many of the first one of its kind)
UNITS: dict[str, tuple[str, str]] = {
    "s": ("Zeit", "1"),
    "ms": ("Zeit", "0.001"),
    "min": ("Zeit", "60"),
    "h": ("Zeit", "3600"),
    "m": ("Länge", "1"),
    "cm": ("Länge", "0.01"),
    "mm": ("Länge", "0.001"),
    "%": ("Anteil", "0.01"),
    "Bilder/s": ("Bildrate", "1"),
    "Pixel": ("Bildgröße", "1"),
    "dpi": ("Auflösung", "1"),
    "dB": ("Pegel", "1"),
    "lx": ("Helligkeit", "1"),
    "Hz": ("Rate", "1"),
    "Grad": ("Winkel", "1"),
    "Byte": ("Menge", "1"),
    "Stück": ("Anzahl", "1"),
    "N": ("Kraft", "1"),
}
TIME = "Zeit"
RULE = "schutzband"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most (`upper`) or at least `value`; `uncertainty` is U where the measurement does not say its own."""

    measurement: str
    value: Decimal
    unit: str
    upper: bool
    uncertainty: Decimal
    rule: str = RULE
    whose: str = ""
    """Who demands more than the requirement, as its reader is told; "": the requirement itself."""

    @property
    def decidable(self) -> bool:
        """Whether a value from zero on could keep it: with a U beyond an upper bound not even zero could."""
        return not self.upper or self.uncertainty <= self.value


def size(unit: str) -> Decimal:
    """How many of the first unit of its kind it is."""
    return Decimal(UNITS[unit][1])


def exact(value: float | str | Decimal) -> Decimal | None:
    """The number as it is written, without binary rounding; None for what is none."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
