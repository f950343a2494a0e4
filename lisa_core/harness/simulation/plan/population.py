"""As many booths as are asked for: a directory made larger by copies of its sites, and of as many agents as they need.

Pure. The first booths are the directory's own sites; copy 2 of Templin is `templin-2`. Agents are sized by the work
that this number of booths brings to their office: the offered load and once its square root on top
(square-root staffing).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import isqrt

from lisa_core.domain.model.directory import Agent, Directory, Office, Site
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.ids import AgentId, OfficeId, SiteId

VISITS_PER_DAY = 6
DAY_MIN = 480
FRONT_TALK_MIN = 3
OFFICE_TALK_MIN = 8
FORWARDED_PERCENT = 70
MAX_BOOTHS = 100_000


def enlarge(directory: Directory, booths: int) -> Directory:
    """The same directory with exactly `booths` sites. Raises `LisaError` for a number that makes no sense."""
    check_booths(booths)
    sites = list(directory.sites.values())
    chosen = {site.id: site for site in (_copy(sites[i % len(sites)], i // len(sites)) for i in range(booths))}
    agents: dict[AgentId, Agent] = {}
    for office in directory.offices.values():
        agents.update(_agents(directory, office, booths))
    return replace(directory, sites=chosen, agents=agents)


def check_booths(booths: int) -> None:
    """Raises `LisaError` for a number that makes no sense."""
    if not 1 <= booths <= MAX_BOOTHS:
        raise LisaError(f"{booths} Büros lassen sich nicht simulieren: bitte 1 bis {MAX_BOOTHS} angeben.")


def origin_of(site: SiteId, directory: Directory) -> SiteId:
    """The site of the original directory that this one is a copy of."""
    if site in directory.sites:
        return site
    return SiteId(site.rpartition("-")[0])


def staff_for(office: Office, offices: Mapping[OfficeId, Office], booths: int) -> int:
    """How many agents this office needs for the work of this number of booths."""
    calls = booths * VISITS_PER_DAY
    if office.front_desk:
        load_permille = calls * FRONT_TALK_MIN * 1000 // DAY_MIN
    else:
        specialists = max(1, sum(not other.front_desk for other in offices.values()))
        load_permille = calls * OFFICE_TALK_MIN * 10 * FORWARDED_PERCENT // DAY_MIN // specialists
    return 1 + -(-(load_permille + isqrt(load_permille * 1000)) // 1000)


def _copy(site: Site, number: int) -> Site:
    if number == 0:
        return site
    return replace(site, id=SiteId(f"{site.id}-{number + 1}"), name=f"{site.name} {number + 1}")


def _agents(directory: Directory, office: Office, booths: int) -> dict[AgentId, Agent]:
    """The office's own agents, and copies of them as far as the work asks for more."""
    own = [agent for agent in directory.agents.values() if agent.office == office.id]
    found = {agent.id: agent for agent in own}
    for number in range(staff_for(office, directory.offices, booths) - len(own) if own else 0):
        model = own[number % len(own)]
        copy = number // len(own) + 2
        made = replace(model, id=AgentId(f"{model.id}-{copy}"), name=f"{model.name} {copy}")
        found[made.id] = made
    return found
