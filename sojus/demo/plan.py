"""The file of the demonstration, as values: who there is, what they keep, what has happened already.

All words of fields of work, and all names, stand in `fixtures/sojus/vorfuehrung.toml`; no code knows one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from lisa_core.domain.model.json_types import Json, JsonMap
from lisa_core.host.data import data_dir
from sojus.domain.field.vocabulary import TraitValue
from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.ages import Ages
from sojus.domain.model.ids import FieldId, GenderId, KindId, OfficeId, ProviderId, TenantId, TraitId
from sojus.domain.rights.tenants import Tenant
from sojus.domain.search.offer import Point
from sojus.service.directory import Office

FILE = "vorfuehrung.toml"


class DemoPerson(NamedTuple):
    """`name`: plainly invented, with what they do, for a button at the door."""

    id: str
    name: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """One group: `count` places of `capacity` each. `full`: how much of it is taken, from 0 to 1; of beds roughly.

    `confirmed`: whether its provider has confirmed it."""

    provider: ProviderId
    town: str
    name: str
    area: FieldId
    kind: KindId
    ages: Ages
    genders: frozenset[GenderId]
    count: int
    capacity: int
    cents: int
    full: float
    confirmed: bool
    traits: Mapping[TraitId, TraitValue]


@dataclass(frozen=True, slots=True)
class ActsPlan:
    """For whom places were reserved, and the profile that goes to several providers."""

    area: FieldId
    kind: KindId
    age: int
    remark: str
    request_age: int
    request_gender: GenderId
    request_traits: Mapping[TraitId, bool]
    request_to: tuple[ProviderId, ...]


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """`providers`: their names and tenants. `facility`, `place`: how these are called, with {} for town or number;
    `address`, `phone`: of a facility, with {} for its number (and town)."""

    tenants: tuple[Tenant, ...]
    offices: tuple[Office, ...]
    people: tuple[DemoPerson, ...]
    providers: Mapping[ProviderId, tuple[str, TenantId]]
    towns: Mapping[str, Point]
    groups: tuple[GroupPlan, ...]
    acts: ActsPlan
    facility: str
    place: str
    closed: str
    address: str
    phone: str


@cache
def plan() -> DemoPlan:
    """As it is shipped."""
    read = tomllib.loads((data_dir("fixtures") / "sojus" / FILE).read_text(encoding="utf-8"))
    words = read["words"]
    return DemoPlan(
        tuple(Tenant(one["id"], one["name"], one.get("within")) for one in read["tenants"]),
        tuple(Office(one["id"], one["tenant"], Role(one["role"]), one["name"]) for one in read["offices"]),
        tuple(DemoPerson(one["id"], one["name"], _actor(one)) for one in read["people"]),
        {ProviderId(one["id"]): (one["name"], TenantId(one["tenant"])) for one in read["providers"]},
        {town: Point(*point) for town, point in read["towns"].items()},
        tuple(map(_group, read["groups"])),
        _acts(read["acts"]),
        *(words["facility"], words["place"], words["closed"], words["address"], words["phone"]),
    )


def _actor(row: JsonMap) -> Actor:
    return Actor(Role(row["role"]), OfficeId(row["office"]), TenantId(row["tenant"]))


def _group(row: JsonMap) -> GroupPlan:
    made = {**row, "ages": Ages(*row["ages"]), "genders": frozenset(row["genders"]), "traits": _traits(row["traits"])}
    return GroupPlan(**made)


def _acts(row: JsonMap) -> ActsPlan:
    return ActsPlan(**{**row, "request_to": tuple(row["request_to"])})


def _traits(row: JsonMap) -> dict[TraitId, TraitValue]:
    return {TraitId(key): _value(one) for key, one in row.items()}


def _value(value: Json) -> TraitValue:
    """A list of words is several, one of numbers a range."""
    if isinstance(value, list):
        return frozenset(value) if isinstance(value[0], str) else (value[0], value[1])
    return bool(value) if isinstance(value, bool) else str(value)
