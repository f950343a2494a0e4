"""Copies that go by post: an agent of the office is told, until one has read it.

An agent who was told and has left the desk, or closed its page, may not have read it: then the next one is told.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.ids import AgentId, OfficeId
from lisa_core.wire.messages import CopyOwed

MOST, MOST_TOLD = 500, 100
"""Maximum number of copies that desks are told of (older ones stand in the inbox alone), and of sessions for each."""


@dataclass(slots=True)
class _Open:
    office: OfficeId
    body: CopyOwed
    told: dict[str, None] = field(default_factory=dict)


class Owed:
    """Each application with the sessions of desks (their lines) that were told of it. Decides, and sends nothing."""

    def __init__(self, directory: Directory) -> None:
        self._directory, self._front = directory, directory.front_desk.id
        self._open: dict[str, _Open] = {}

    def add(self, number: str, office: OfficeId, told: Iterable[str] = ()) -> list[str]:
        """Somebody has to know of it; returns the numbers that are too many now."""
        sites = [site for site in self._directory.sites.values() if f"-{site.id}-" in number]
        name = max(sites, key=lambda site: len(site.id)).name if sites else ""
        self._open[number] = _Open(office, CopyOwed(number, name), dict.fromkeys(told))
        gone = list(self._open)[:-MOST]
        for old in gone:
            del self._open[old]
        return gone

    def read(self, number: str) -> bool:
        """Somebody has read it; False if it was not open."""
        return self._open.pop(number, None) is not None

    def due(self, desks: Mapping[AgentId, str]) -> Iterator[tuple[AgentId, CopyOwed]]:
        """Whom of these, who are connected, by the lines of their sessions, to tell what now.

        Those of its office, else those of the front desk; nobody while anybody who was told is connected.
        """
        lines = set(desks.values())
        there: dict[OfficeId, list[AgentId]] = {}
        for agent in desks:
            there.setdefault(self._directory.agents[agent].office, []).append(agent)
        for one in self._open.values():
            if not lines.isdisjoint(one.told):
                continue
            for agent in there.get(one.office) or there.get(self._front, []):
                one.told[desks[agent]] = None
                yield agent, one.body

    def kept(self, number: str) -> str:
        """What is kept beside the log of it."""
        return json.dumps(list(self._open[number].told)[-MOST_TOLD:])
