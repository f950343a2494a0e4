"""What exists where a scenario plays: who works there, places, services, forms, devices; read once for a profile.

A scenario may add to it ("zum Landkreis gehört das Bürgerbüro Brüssow"): that makes another value of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from lisa_core.config.profile import Profile, load_profile
from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.errors import LisaError
from lisa_core.equipment.slots.catalogue import FAILING, FAILS, SLOTS
from lisa_core.host.data import data_dir
from lisa_core.wire.toml_text import parse_toml

TOWN = "Bürgerbüro "
"""What stands before the town in the name of a site."""


@dataclass(frozen=True, slots=True)
class Known:
    """The values that sentences may name."""

    sites: Mapping[str, str]
    """By the name of the town the key of its site."""
    agents: Mapping[str, str]
    """By name the name of their office."""
    offices: tuple[str, ...]
    services: tuple[str, ...]
    forms: Mapping[str, tuple[str, ...]]
    """By title the labels of its fields."""
    devices: tuple[str, ...]
    """What this profile has and can fail, without an article."""
    faults: tuple[str, ...]
    """What can be wrong with them, a sentence each."""
    papers: Mapping[str, int]
    """How many pages has what the emulated citizen brings along; empty where a person brings it."""

    def with_site(self, town: str) -> Known:
        """There is a booth in this town as well."""
        return replace(self, sites={**self.sites, town: ""})

    def with_office(self, name: str) -> Known:
        """There is this office as well."""
        return replace(self, offices=(*self.offices, name))

    def with_agent(self, name: str) -> Known:
        """There is this agent as well, at the office that came last; who was there before stays where she is."""
        return replace(self, agents={name: self.offices[-1], **self.agents})


@lru_cache(maxsize=8)
def known_in(profile: str) -> Known | None:
    """What the Landkreis, the site and the booth of this profile have; None where it cannot be read, told elsewhere."""
    from lisa_core.booth.wishes import load_site

    try:
        loaded = load_profile(profile)
        directory, _ = load_site(loaded)
    except LisaError:
        return None
    return _known(loaded, directory)


def _known(profile: Profile, directory: Directory) -> Known:
    offices = directory.offices
    return Known(
        sites={site.name.rpartition(TOWN)[2]: str(key) for key, site in directory.sites.items()},
        agents={agent.name: offices[agent.office].name for agent in directory.agents.values()},
        offices=tuple(office.name for office in offices.values()),
        services=tuple(service.name for service in directory.services.values()),
        forms={form.title: tuple(field.label for field in form.fields) for form in directory.forms.values()},
        devices=tuple(noun for noun in FAILING if noun in {SLOTS[name].noun for name in profile.slots}),
        faults=tuple(told for told, (name, _) in FAILS.items() if name in profile.slots),
        papers=_papers() if {"scanner", "document_camera"} <= profile.emulated else {},
    )


def _papers() -> dict[str, int]:
    """The papers in fixtures/documents, as sentences call them."""
    found = sorted((data_dir("fixtures") / "documents").glob("*.toml"))
    return {path.stem.capitalize(): _page_count(path) for path in found}


def _page_count(path: Path) -> int:
    return len(parse_toml(path.read_text(encoding="utf-8")).get("page", []))
