"""What each desk is shown: its own state at once, the numbers of the whole house a moment later and a few at a time.

Two hundred desks told at once would keep the next caller waiting; nobody needs the number of free colleagues that fast.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.ids import AgentId, OfficeId
from lisa_core.domain.routing.router import Router
from lisa_core.domain.routing.seats import DeskMode
from lisa_core.wire import messages as m

REST_AFTER_S = 0.5
"""Seconds for which changed numbers are collected before the other desks are told."""
AT_A_TIME = 2
"""Maximum number of desks that are told before whatever else has come in is handled."""
_Numbers = dict[OfficeId, tuple[int, int, bool]]
"""Of each office: how many are free there, how many wait, and whether anybody is at work."""
_Told = tuple[AgentId, m.DeskState | m.UnstaffedOffices]


class DeskStates:
    """Note what changes, ask what is to be told."""

    def __init__(self, directory: Directory, router: Router) -> None:
        self._directory, self._router = directory, router
        self._changed: dict[AgentId, None] = {}
        self._told: _Numbers = {}
        self._empty_told: dict[AgentId, tuple[OfficeId, ...]] = {}
        self._rest: list[AgentId] = []
        self._services: tuple[m.ServiceEntry, ...] = ()
        self._day: date | None = None
        self._made_of: tuple[date, _Numbers] | None = None
        """The day and the numbers that stand in those that are made."""
        self._made: dict[tuple[DeskMode, OfficeId], m.DeskState] = {}

    def changed(self, agent: AgentId) -> None:
        self._changed[agent] = None

    def joined(self, agent: AgentId) -> None:
        """This desk is new or was away: it knows nothing for sure."""
        self._empty_told.pop(agent, None)

    def own(self, connected: Collection[AgentId], today: date) -> list[_Told]:
        """For the desks that changed themselves."""
        agents = [agent for agent in self._changed if agent in connected]
        self._changed.clear()
        return list(self._states(agents, today))

    @property
    def outdated(self) -> bool:
        """Whether the others have not heard of the newest numbers."""
        return self._told != self._numbers()

    def start_round(self, connected: Collection[AgentId]) -> None:
        """Begin telling all other desks; call `next_batch` until it returns nothing."""
        self._told = self._numbers()
        self._rest = sorted(connected, reverse=True)

    def next_batch(self, connected: Collection[AgentId], today: date) -> list[_Told]:
        """The next few of all other desks, with what each is told."""
        agents = [self._rest.pop() for _ in range(min(AT_A_TIME, len(self._rest)))]
        return list(self._states([agent for agent in agents if agent in connected], today))

    @property
    def unfinished(self) -> bool:
        return bool(self._rest)

    def _numbers(self) -> _Numbers:
        router = self._router
        return {
            office: (router.ready_count(office), router.waiting_count(office), router.is_staffed(office))
            for office in self._directory.offices
        }

    def _states(self, agents: list[AgentId], today: date) -> Iterable[_Told]:
        if not agents:
            return
        numbers = self._numbers()
        if (today, numbers) != self._made_of:
            self._made.clear()
            self._made_of = today, numbers
        empty = tuple(office for office, (_, _, staffed) in numbers.items() if not staffed)
        for agent in agents:
            desk = self._router.desk(agent)
            if desk is not None and desk.mode is not DeskMode.OFF:
                key = (desk.mode, desk.office)
                if key not in self._made:
                    self._made[key] = self._state(*key, today)
                yield agent, self._made[key]
                if self._empty_told.get(agent) != empty:
                    self._empty_told[agent] = empty
                    yield agent, m.UnstaffedOffices(empty)

    def _state(self, mode: DeskMode, office: OfficeId, today: date) -> m.DeskState:
        offices = tuple(
            m.OfficeEntry(entry.id, entry.name, self._router.ready_count(entry.id), entry.external)
            for entry in self._directory.offices.values()
            if entry.valid_from <= today
        )
        return m.DeskState(mode, self._router.waiting_count(office), offices, self._catalogue(today))

    def _catalogue(self, today: date) -> tuple[m.ServiceEntry, ...]:
        """The services on offer today."""
        if self._day != today:
            self._day = today
            self._services = tuple(
                m.ServiceEntry(
                    service.id,
                    service.name,
                    service.office,
                    service.forms,
                    tuple(self._directory.forms[form].title for form in service.forms),
                )
                for service in self._directory.services.values()
                if service.valid_from <= today
            )
        return self._services
