"""A class of certification as a value: what is asked, of whom, within which limits, and how each of it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from lisa_core.config.classes.budget import Contribution
from lisa_core.config.classes.limits import Limit
from lisa_core.config.classes.references import REFERENCES, ReferenceKind

FOLDER = "klassen"
"""The folder of class files, beside `anforderungen`."""


class Obligation(Enum):
    """Whether it has to be shown."""

    MANDATORY = "pflicht"
    CONDITIONAL = "bedingt"
    """Where the device has what `Demand.ability` names."""
    OPTIONAL = "wahlfrei"


class Showing(Enum):
    """By what it is shown."""

    SCENARIO = "szenario"
    TESTER = "pruefer"
    """Somebody measures on the spot, with a photograph."""
    LABORATORY = "labor"
    """Only a laboratory's certificate: what is measured on the spot is an estimate, and never fulfils it."""


class Basis(Enum):
    """What of the device it rests on: what cannot have changed needs not be shown again (ADR 92)."""

    DEVICE = "geraet"
    """All of it, its firmware too."""
    BUILD = "bau"
    """Only how it is built: housing, dimensions, place. No firmware changes that."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What the measure is compared with, how it is used, and what makes it inexact."""

    word: str
    text: str
    contributions: tuple[Contribution, ...] = ()

    @property
    def kind(self) -> ReferenceKind:
        """What is known of such references."""
        return REFERENCES[self.word]


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that a class asks for. `id` is whole, as the tag of a scenario says it: "praesenzsensor.latenz"."""

    id: str
    text: str
    text_en: str
    source: str
    """Standard and clause, page of a manual; or that this class sets it, and why."""
    path: Path
    line: int
    obligation: Obligation = Obligation.MANDATORY
    ability: str = ""
    """The word of a driver (`Driver.can`) on which it depends, if it is conditional."""
    showing: Showing = Showing.SCENARIO
    limit: Limit | None = None
    reference: Reference | None = None
    open_reason: str = ""
    """Why no scenario shows it yet."""
    unverified: str = ""
    """What of its source nobody here has seen."""
    basis: Basis = Basis.DEVICE


@dataclass(frozen=True, slots=True)
class CertificationClass:
    """A class in one version. `slot` is "" for a whole booth."""

    name: str
    version: str
    title: str
    title_en: str
    slot: str
    valid_from: date
    valid_until: date
    source: str
    abilities: tuple[str, ...]
    """What the device has to be able to do (`Driver.can`); it has to declare it, and probing has to find it."""
    demands: tuple[Demand, ...]
    path: Path
    unverified: str = ""
    parts: tuple[str, ...] = ()
    """Of a whole booth: the class of each slot, by its id. A device is certified in its slot, by a class of its own."""

    @property
    def id(self) -> str:
        """`praesenzsensor-2026.1`."""
        return f"{self.name}-{self.version}"

    def valid_on(self, day: date) -> bool:
        """Whether something may be certified after it on this day; both ends are part of it."""
        return self.valid_from <= day <= self.valid_until

    def demand(self, identity: str) -> Demand | None:
        """What it asks for by this id, as a whole ("praesenzsensor.latenz")."""
        return next((one for one in self.demands if one.id == identity), None)

    def mandatory(self, abilities: frozenset[str]) -> tuple[Demand, ...]:
        """What a device with these abilities has to show."""
        due = {Obligation.MANDATORY}
        return tuple(
            one
            for one in self.demands
            if one.obligation in due or (one.obligation is Obligation.CONDITIONAL and one.ability in abilities)
        )
