"""Who acts in SoJuS: a role, an office or provider, and whose Landkreis or Land it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sojus.domain.model.ids import OfficeId, ProviderId, TenantId


class Role(StrEnum):
    """In whose name something is done. The words are those of the field that came first; all fields share them."""

    YOUTH_OFFICE = "jugendamt"
    """Who looks for a place and decides on it."""
    PROVIDER = "traeger"
    """Who keeps places; its `office` is the provider's id."""
    STATE_OFFICE = "landesjugendamt"
    MINISTRY = "ministerium"
    DECISION_MAKER = "entscheider"
    CLOCK = "uhr"
    """Nobody: a term is over."""


@dataclass(frozen=True, slots=True)
class Actor:
    """`office`: the youth office, or the provider by its id. Never a person: who it was, the log-in knows."""

    role: Role
    office: OfficeId
    tenant: TenantId

    @property
    def provider(self) -> ProviderId | None:
        """The provider in whose name this is done, None for anybody else."""
        return ProviderId(self.office) if self.role is Role.PROVIDER else None
