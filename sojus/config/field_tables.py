"""The tables of a vocabulary as they are written, and the values that they become."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from lisa_core.config.toml import Table
from sojus.domain.field.vocabulary import FieldTerms, KindOfHelp, Trait, TraitKind, Vocabulary
from sojus.domain.model.ages import Ages
from sojus.domain.model.ids import DischargeId, FieldId, GenderId, KindId, TraitId
from sojus.domain.model.units import RateUnit, Unit


class FieldTable(Table):
    """[field]"""

    id: str
    name: str
    together: str


class TermsTable(Table):
    """[terms]"""

    stale_days: int
    discharge_day_free: bool
    kept_at_once: int = 3
    discharges: list[str] | None = None


class KindTable(Table):
    """[kinds.KEY]"""

    name: str
    law: str
    unit: Literal["bed", "seat", "weekly_hours", "contacts"]
    rate: Literal["day", "month", "hour", "contact"]
    ages: list[int]
    discharges: list[str] | None = None
    heading: str = ""


class TraitTable(Table):
    """[traits.KEY]"""

    name: str
    kind: Literal["yes_no", "one_of", "several_of", "number"]
    said: str
    denied: str = ""
    values: dict[str, str] = Field({})
    range: list[int] = Field([])


class FieldFile(Table):
    """A whole file."""

    schema_: Literal[1] = Field(1, alias="schema")
    field: FieldTable
    terms: TermsTable
    kinds: dict[str, KindTable]
    genders: dict[str, str]
    discharges: dict[str, str] = Field({})
    traits: dict[str, TraitTable] = Field({})


def vocabulary_of(file: FieldFile) -> Vocabulary:
    """Of a file in which nothing is wrong. A kind of help without reasons of its own has the usual ones, or all."""
    usual = list(file.discharges) if file.terms.discharges is None else file.terms.discharges
    return Vocabulary(
        FieldId(file.field.id),
        file.field.name,
        file.field.together,
        FieldTerms(file.terms.stale_days, file.terms.discharge_day_free, file.terms.kept_at_once),
        {
            KindId(key): _kind(KindId(key), kind, _reasons(file, kind.discharges, usual))
            for key, kind in file.kinds.items()
        },
        {TraitId(key): _trait(TraitId(key), trait) for key, trait in file.traits.items()},
        {GenderId(key): word for key, word in file.genders.items()},
    )


def _kind(key: KindId, kind: KindTable, reasons: dict[DischargeId, str]) -> KindOfHelp:
    youngest, oldest = kind.ages
    unit, rate = Unit(kind.unit), RateUnit(kind.rate)
    return KindOfHelp(key, kind.name, kind.law, unit, rate, Ages(youngest, oldest), reasons, kind.heading)


def _reasons(file: FieldFile, own: list[str] | None, usual: list[str]) -> dict[DischargeId, str]:
    return {DischargeId(key): file.discharges[key] for key in (usual if own is None else own)}


def _trait(key: TraitId, trait: TraitTable) -> Trait:
    least, most = trait.range or (0, 0)
    return Trait(key, trait.name, TraitKind(trait.kind), trait.said, trait.denied, trait.values or None, (least, most))
