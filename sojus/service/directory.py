"""What Landkreise, Länder and offices are called: configured, not in the log. Providers are in the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.ids import OfficeId, TenantId
from sojus.domain.placement.decisions import Party
from sojus.domain.rights.tenants import Tenant


@dataclass(frozen=True, slots=True)
class Office:
    """Who asks or looks on behalf of a tenant. Two tenants may call theirs by the same id."""

    id: OfficeId
    tenant: TenantId
    role: Role
    name: str


@dataclass(frozen=True, slots=True)
class Directory:
    """`offices`: by role, id and tenant."""

    tenants: Mapping[TenantId, Tenant] = field(default_factory=dict)
    offices: Mapping[Party, Office] = field(default_factory=dict)

    def office_name(self, actor: Actor | Party) -> str:
        """ "Jugendamt Uckermark"; of one that is not in it its id."""
        known = self.offices.get(Party(actor.role, actor.office, actor.tenant))
        return known.name if known else str(actor.office)

    def tenant_name(self, tenant: TenantId) -> str:
        known = self.tenants.get(tenant)
        return known.name if known else str(tenant)


def directory(tenants: tuple[Tenant, ...], offices: tuple[Office, ...]) -> Directory:
    """Of these."""
    return Directory(
        {one.id: one for one in tenants},
        {Party(one.role, one.id, one.tenant): one for one in offices},
    )
