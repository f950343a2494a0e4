"""Landkreise and the Land each is in: whose numbers and houses somebody of a Land sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sojus.domain.model.ids import TenantId


@dataclass(frozen=True, slots=True)
class Tenant:
    """`land`: the one that a Landkreis is in, None: it is a Land."""

    id: TenantId
    name: str
    land: TenantId | None = None


Tenants = Mapping[TenantId, Tenant]


def is_within(tenants: Tenants, tenant: TenantId, whole: TenantId) -> bool:
    """Whether `tenant` is `whole`, or a Landkreis of it. One that nobody has entered is in no Land."""
    known = tenants.get(tenant)
    return tenant == whole or (known is not None and known.land == whole)
