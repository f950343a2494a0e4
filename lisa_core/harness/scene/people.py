"""Whom a step means: an agent by name, or by role at the only desk of its kind where somebody sits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from lisa_core.domain.model.directory import Agent, Directory
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.ids import AgentId

FRONT_ROLES = ("Mitarbeiterin", "Mitarbeiter")
SPECIALIST_ROLES = ("Sachbearbeiterin", "Sachbearbeiter")
ROLES = frozenset((*FRONT_ROLES, *SPECIALIST_ROLES))

D = TypeVar("D")


def agent_named(directory: Directory, name: str) -> Agent:
    """The agent with this name. Raises `HarnessError` naming those that exist."""
    agents = directory.agents.values()
    for agent in agents:
        if agent.name == name:
            return agent
    known = ", ".join(agent.name for agent in agents)
    raise HarnessError(f"Es gibt keine Mitarbeiterin namens „{name}“. Bekannt sind: {known}.")


def desk_of_role(directory: Directory, desks: Mapping[AgentId, D], role: str) -> D:
    """The only one of `desks` at the front ("Mitarbeiterin") or at an office ("Sachbearbeiterin")."""
    front = directory.front_desk.id
    found = [
        desk for agent, desk in desks.items() if (directory.agents[agent].office == front) == (role in FRONT_ROLES)
    ]
    if len(found) == 1:
        return found[0]
    raise HarnessError(f"Wer ist mit „{role}“ gemeint? An solchen Plätzen sitzen {len(found)}. Den Namen nennen.")
