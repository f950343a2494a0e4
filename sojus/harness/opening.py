"""What a portal begins with in a scenario: what day it is, who takes part, and what each provider has given in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lisa_core.domain.model.errors import HarnessError
from sojus.domain.model.actors import Actor
from sojus.domain.model.ids import TenantId
from sojus.domain.register.entries import Given, Group, Place
from sojus.harness.words import LAND, actor_named, key_of

if TYPE_CHECKING:
    from sojus.service.directory import Directory

ZONE = ZoneInfo("Europe/Berlin")
A_MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)
"""Scenarios play on this ordinary Monday morning, as those of the booth do."""
LANDS = {LAND: "Land Brandenburg", TenantId("mecklenburg-vorpommern"): "Land Mecklenburg-Vorpommern"}
DISTRICTS = {"Uckermark": LAND, "Barnim": LAND, "Rostock": TenantId("mecklenburg-vorpommern")}
"""By its name the Land of each Landkreis that scenarios speak of."""
UNKNOWN_PLACE = "Von einem Platz „{}“ ist davor nicht die Rede. Es gibt: {}."


@dataclass(slots=True)
class Opening:
    """What the portal begins with: what day it is, and what each provider has given in."""

    now: datetime = A_MONDAY
    batches: list[tuple[Actor, tuple[Given, ...]]] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    """By the name of a place, or of a group, its id."""

    def directory(self) -> Directory:
        """Who takes part: a Land, its Landkreise, and in each the offices that scenarios speak of."""
        from sojus.domain.rights.tenants import Tenant
        from sojus.service.directory import Office, directory

        districts = [Tenant(TenantId(key_of(name)), name, land) for name, land in DISTRICTS.items()]
        tenants = (*(Tenant(key, name) for key, name in LANDS.items()), *districts)
        named = [f"{word} {name}" for name in DISTRICTS for word in ("Jugendamt", "Sozialamt", "Landrätin")]
        actors = {name: actor_named(name) for name in (*named, "Landesjugendamt", "Sozialministerium")}
        return directory(tenants, tuple(Office(one.office, one.tenant, one.role, name) for name, one in actors.items()))

    def take_in(self, provider: Actor, batch: tuple[Given, ...]) -> None:
        """A provider begins with these. Raises `HarnessError` where a place of another name is called so."""
        self.batches.append((provider, batch))
        for given in batch:
            if isinstance(given.entry, Group):
                self.groups[given.entry.name] = given.entry.id
            if isinstance(given.entry, Place):
                if given.entry.name in self.places:
                    raise HarnessError(f"Zwei Plätze heißen „{given.entry.name}“. Jedem einen eigenen Namen geben.")
                self.places[given.entry.name] = given.entry.id

    def place(self, name: str) -> str:
        """The id of a place. Raises `HarnessError` naming those that there are."""
        if name not in self.places:
            raise HarnessError(UNKNOWN_PLACE.format(name, ", ".join(self.places) or "keinen"))
        return self.places[name]

    def group(self, name: str) -> str:
        """The id of a group. Raises `HarnessError` naming those that there are."""
        if name not in self.groups:
            known = ", ".join(self.groups) or "keine"
            raise HarnessError(f"Von einer Gruppe „{name}“ ist davor nicht die Rede. Es gibt: {known}.")
        return self.groups[name]
