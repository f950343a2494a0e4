"""What a desk is shown of the diary: the front desk all of it, an office what concerns it."""

from __future__ import annotations

from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.ids import AgentId
from lisa_core.domain.routing.router import Router
from lisa_core.wire import messages as m


def diary_for(agent: AgentId, directory: Directory, router: Router) -> m.Diary:
    """The appointments that are still to come, and the sites where one may be made."""
    office = directory.agents[agent].office
    mine = [one for one in router.appointments() if office in (directory.front_desk.id, one.office)]
    names = {colleague.id: colleague.name for colleague in directory.agents.values()}
    entries = tuple(
        m.DiaryEntry(
            one.token,
            one.start,
            directory.sites[one.site].name,
            directory.offices[one.office].name,
            names.get(one.agent, "") if one.agent else "",
        )
        for one in mine
        if one.site in directory.sites and one.office in directory.offices
    )
    return m.Diary(entries, tuple(m.SiteEntry(site.id, site.name) for site in directory.sites.values()))
