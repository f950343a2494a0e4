"""One field of work as values: which kinds of help there are, what is told of places, how long a word is good for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from sojus.domain.model.ages import Ages
from sojus.domain.model.ids import DischargeId, FieldId, GenderId, KindId, TraitId
from sojus.domain.model.units import RateUnit, Unit

TraitValue = bool | str | frozenset[str] | tuple[int, int]
"""What a place says of a trait, or what is wished of it: yes or no; the key of one value; the keys of several; a range
of numbers, both ends in it. Which of these a trait has says its vocabulary."""


class TraitKind(Enum):
    """What may be said of a trait; see `TraitValue`."""

    YES_NO = "yes_no"
    ONE_OF = "one_of"
    SEVERAL_OF = "several_of"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class KindOfHelp:
    """Hilfeart. `law`: where it stands; `ages`: nobody younger or older gets it. `discharges`: why somebody leaves, as
    it will be counted, each key with its German word; empty: nobody says. `heading`: under which it is chosen, with
    those beside it that have the same; "" under none."""

    id: KindId
    name: str
    law: str
    unit: Unit
    rate: RateUnit
    ages: Ages
    discharges: Mapping[DischargeId, str] = field(default_factory=dict)
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Trait:
    """Merkmal of a place. `said` is how a place and a wish say it, with {} where the value stands; a trait that is yes
    or no says `said` or `denied`."""

    id: TraitId
    name: str
    kind: TraitKind
    said: str
    denied: str = ""
    values: Mapping[str, str] | None = None
    """Of ONE_OF and SEVERAL_OF: each key with its German word."""
    range: tuple[int, int] = (0, 0)
    """Of NUMBER: the least and the greatest that make sense."""


@dataclass(frozen=True, slots=True)
class FieldTerms:
    """`stale_days`: after so many days a place that nobody has confirmed again is marked, and stands below.
    `discharge_day_free`: on the day somebody leaves, somebody else may come. `kept_at_once`: so many reservations of
    one kind of help are kept for one case on the same days, and no more."""

    stale_days: int
    discharge_day_free: bool
    kept_at_once: int = 3


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words of one field. `together`: what people are called who come together ("Geschwister")."""

    id: FieldId
    name: str
    together: str
    terms: FieldTerms
    kinds: Mapping[KindId, KindOfHelp]
    traits: Mapping[TraitId, Trait]
    genders: Mapping[GenderId, str]
