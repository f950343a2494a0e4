"""What a provider gives in: one value for each kind of entry. Whether it can be so, `checks` say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from sojus.domain.field.vocabulary import TraitValue
from sojus.domain.model.ages import Ages
from sojus.domain.model.days import Span
from sojus.domain.model.ids import (
    ClosureId,
    FacilityId,
    FieldId,
    GenderId,
    GroupId,
    Help,
    KindId,
    PlaceId,
    ProviderId,
    RateId,
    StayId,
    TenantId,
    TraitId,
)
from sojus.domain.model.units import RateUnit
from sojus.domain.search.offer import Point


@dataclass(frozen=True, slots=True)
class Provider:
    """Who keeps facilities. `tenant`: the Landkreis or Land in whose portal it is."""

    id: ProviderId
    name: str
    tenant: TenantId


@dataclass(frozen=True, slots=True)
class Facility:
    """A house, or the office from which help goes out.

    `address`: where it is, in one line; "" where it is nobody's business. `phone`: who calls there reaches somebody of
    the house, as it was typed; "": nobody has said."""

    id: FacilityId
    provider: ProviderId
    name: str
    point: Point
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Places of one kind of help under one roof, or a team that goes out; what is true of all its places.

    `area`, `kind`, genders and traits are words of a vocabulary."""

    id: GroupId
    facility: FacilityId
    name: str
    area: FieldId
    kind: KindId
    ages: Ages
    genders: frozenset[GenderId]
    traits: Mapping[TraitId, TraitValue] = field(default_factory=dict)

    @property
    def help(self) -> Help:
        return self.area, self.kind


@dataclass(frozen=True, slots=True)
class Place:
    """What is given away: one bed, or a stock of seats, weekly hours or contacts a week.

    `capacity`: 1 for a bed; how many there are of the unit of its kind of help. `traits`: what differs from its group.
    """

    id: PlaceId
    group: GroupId
    name: str
    capacity: int = 1
    traits: Mapping[TraitId, TraitValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rate:
    """What a group's help costs on the days of `span`: whole cents for each `unit`."""

    id: RateId
    group: GroupId
    span: Span
    cents: int
    unit: RateUnit


@dataclass(frozen=True, slots=True)
class Closure:
    """Nobody is taken in on these days. Who came before stays; what is reserved from one of them on has to be cancelled
    first.

    `id`: one of the provider's; given again with another place it is closed there, and not here."""

    id: ClosureId
    place: PlaceId
    span: Span
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody is there who did not come through SoJuS. `amount`: of the place's capacity.

    `id`: one of the provider's; given again with another place they are there, and not here."""

    id: StayId
    place: PlaceId
    span: Span
    amount: int = 1


class Removable(Enum):
    """What can be taken back; each has ids of its own."""

    CLOSURE = "closure"
    STAY = "stay"


@dataclass(frozen=True, slots=True)
class Removal:
    """What was given in by mistake, or is over before it began: a closure or a reported stay, by its id."""

    place: PlaceId
    what: Removable
    ref: ClosureId | StayId


@dataclass(frozen=True, slots=True)
class Confirmation:
    """All is as it stands here: a whole group at once, or the places named."""

    group: GroupId
    places: tuple[PlaceId, ...] = ()


Entry = Provider | Facility | Group | Place | Rate | Removal | Closure | Stay | Confirmation


@dataclass(frozen=True, slots=True)
class Given:
    """One entry and where it stood, in words of people: "Zeile 7", "Platz hinzufügen"."""

    where: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Mistake:
    """What cannot be so: where it stood, and why it cannot, in a German sentence."""

    where: str
    why: str

    def __str__(self) -> str:
        return f"{self.where}: {self.why}"
