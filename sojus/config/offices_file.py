"""The file that says which Länder, Landkreise and offices a portal is for (`lisa portal --offices FILE`).

Providers do not stand in it: they bring their names with their places.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import Field

from lisa_core.config.directory_faults import Fault
from lisa_core.config.toml import Table, validated
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.domain.model.nearest import nearest
from sojus.config.tables import read_tables
from sojus.domain.model.actors import Role
from sojus.domain.model.ids import OfficeId, TenantId
from sojus.domain.rights.tenants import Tenant

NO_TENANT = "Den Landkreis oder das Land „{}“ gibt es in dieser Datei nicht.{}"
NO_LAND = "Das Land „{}“ gibt es in dieser Datei nicht.{}"
BOTH = "„{}“ heißt ein Land und ein Landkreis. Einem von beiden eine andere Kennung geben."
TWICE = "In „{}“ gibt es diese Stelle mit dieser Rolle schon: stellen.{}."


class OfficeRow(NamedTuple):
    """An office as it stands in the file."""

    id: OfficeId
    tenant: TenantId
    role: Role
    name: str


class Offices(NamedTuple):
    """All of a file."""

    tenants: tuple[Tenant, ...]
    offices: tuple[OfficeRow, ...]


class _Land(Table):
    name: str


class _Landkreis(Table):
    name: str
    land: str


class _Office(Table):
    """`id`: what it is called in its tenant, else as its table."""

    name: str
    role: Literal["jugendamt", "landesjugendamt", "ministerium", "entscheider"]
    tenant: str
    id: str = ""


class _OfficesFile(Table):
    schema_: Literal[1] = Field(1, alias="schema")
    laender: dict[str, _Land]
    landkreise: dict[str, _Landkreis] = Field(default_factory=dict)
    stellen: dict[str, _Office]


def read_offices(path: Path) -> Offices:
    """All of it. Raises `ProfileError` listing every fault with file, line and key."""
    file = read_tables(_OfficesFile, path, "fixtures/sojus/stellen.toml", _faults)
    lands = [Tenant(TenantId(key), one.name) for key, one in file.laender.items()]
    others = [Tenant(TenantId(key), one.name, TenantId(one.land)) for key, one in file.landkreise.items()]
    return Offices((*lands, *others), tuple(_office(key, one) for key, one in file.stellen.items()))


def _office(key: str, one: _Office) -> OfficeRow:
    return OfficeRow(OfficeId(one.id or key), TenantId(one.tenant), Role(one.role), one.name)


def _faults(raw: JsonMap) -> Iterator[Fault]:
    """Of a file that fits the schema."""
    file, _ = validated(_OfficesFile, raw)
    if file is None:
        return
    tenants = [*file.laender, *file.landkreise]
    for key, one in file.landkreise.items():
        if key in file.laender:
            yield f"landkreise.{key}", BOTH.format(key)
        if one.land not in file.laender:
            yield f"landkreise.{key}.land", NO_LAND.format(one.land, nearest(one.land, list(file.laender)))
    known: dict[tuple[str, str, str], str] = {}
    for key, office in file.stellen.items():
        if office.tenant not in tenants:
            yield f"stellen.{key}.tenant", NO_TENANT.format(office.tenant, nearest(office.tenant, tenants))
        first = known.setdefault((office.role, office.id or key, office.tenant), key)
        if first != key:
            yield f"stellen.{key}", TWICE.format(office.tenant, first)
