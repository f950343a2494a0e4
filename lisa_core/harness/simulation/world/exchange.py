"""The exchange of a simulation: the real router between the links, its timer, its event log and its restarts."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from lisa_core.domain.model.case import Receipt
from lisa_core.domain.model.directory import Directory, Rules
from lisa_core.domain.model.ids import AgentId, CallId, SiteId, VisitId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.routing import events as r
from lisa_core.domain.routing.decisions import DeskChanged
from lisa_core.domain.routing.seats import DeskMode
from lisa_core.exchange.journal.endings import arrival, ending, settle
from lisa_core.exchange.journal.names import STARTED, Entry, entry_of
from lisa_core.exchange.journal.remembered import REMEMBERED
from lisa_core.exchange.wording import Command, ToBooth
from lisa_core.exchange.wording import WordedRouter as Router
from lisa_core.harness.simulation.plan.chance import Dice
from lisa_core.harness.simulation.world.agenda import Agenda
from lisa_core.harness.simulation.world.ledger import Ledger
from lisa_core.harness.simulation.world.line import Line
from lisa_core.wire import messages as m
from lisa_core.wire.envelope import NO_CALL

EXCHANGE = "vermittlung"
"""Under this name stands what is about the program itself: all programs of a simulation write into one log."""


class Party(Protocol):
    """A booth or a desk, as the exchange sees it. `session` is new with every start of its program."""

    @property
    def line(self) -> Line: ...

    @property
    def name(self) -> str: ...

    @property
    def session(self) -> int: ...

    def joined(self, fresh: bool) -> r.RoutingEvent: ...

    def lost(self) -> r.RoutingEvent: ...

    def link_lost(self) -> None: ...

    def link_back(self, fresh: bool) -> None:
        """`fresh`: the exchange was started anew meanwhile."""
        ...


class RouterWatcher(Protocol):
    """Sees every step of the router and checks what must hold after it."""

    def routed(self, router: Router, event: r.RoutingEvent, commands: list[Command]) -> None: ...

    def forget_routing(self) -> None:
        """The exchange was started anew."""
        ...


class SimulatedExchange:
    """`handle(event)` steps the router and sends what it answers. While it is down, every link is."""

    def __init__(
        self,
        directory: Directory,
        rules: Rules,
        agenda: Agenda,
        ledger: Ledger,
        watcher: RouterWatcher,
        civil: Callable[[int], datetime],
    ) -> None:
        self._directory, self._rules = directory, rules
        self._agenda, self._ledger, self._watcher, self.civil = agenda, ledger, watcher, civil
        self.router = Router(directory, rules)
        self.booths: dict[SiteId, Party] = {}
        self.desks: dict[AgentId, Party] = {}
        self.steps = 0
        self.inbox: dict[VisitId, Receipt] = {}
        """What the offices have received, by visit: it outlives the programs."""
        self._saved = "{}"
        self.up = True
        self.since_us = 0
        self._timer_us: int | None = None
        self._sessions: dict[str, int] = {}
        self._ended: dict[SiteId, deque[VisitId]] = {}

    # --- events -----------------------------------------------------------------------------------------------------

    def handle(self, event: r.RoutingEvent) -> None:
        """One machine step."""
        now_us = self._agenda.now_us
        self.steps += 1
        commands = self.router.handle(event, now_us)
        name, subject, detail = entry_of(event)
        self._ledger.note(now_us, subject, name, detail)
        self._send(commands)
        self._watcher.routed(self.router, event, commands)
        self._set_timer()

    def tell_time(self) -> None:
        """What the wall clock shows, once a day and after a restart."""
        local = self.civil(self._agenda.now_us).replace(tzinfo=None)
        self.handle(r.CivilSet(local.isoformat()))

    def _send(self, commands: list[Command]) -> None:
        """What goes to one booth or desk goes together; last of all, a desk is told how it stands."""
        parcels: dict[Line, list[tuple[CallId, m.Message | DeskMode]]] = {}
        changed: dict[AgentId, None] = {}
        for command in commands:
            if isinstance(command, DeskChanged):
                changed[command.agent] = None
                continue
            party = self.booths[command.site] if isinstance(command, ToBooth) else self.desks[command.agent]
            parcels.setdefault(party.line, []).append((command.call, command.body))
        for agent in changed:
            desk = self.router.desk(agent)
            if desk is not None and desk.mode is not DeskMode.OFF:
                parcels.setdefault(self.desks[agent].line, []).append((NO_CALL, desk.mode))
        for line, messages in parcels.items():
            line.send_down(messages)

    def _set_timer(self) -> None:
        due_us = self.router.next_due_us()
        if due_us is not None and (self._timer_us is None or due_us < self._timer_us):
            self._timer_us = due_us
            self._agenda.at(due_us, self._due, due_us)

    def _due(self, due_us: int) -> None:
        if due_us != self._timer_us or not self.up:
            return
        self._timer_us = None
        next_us = self.router.next_due_us()
        if next_us is not None and next_us <= self._agenda.now_us:
            self.handle(r.Due())
        else:
            self._set_timer()

    # --- visits -----------------------------------------------------------------------------------------------------

    def came_in(self, visit: VisitId) -> None:
        """An office has the application of this visit."""
        self._log(arrival(visit, self.inbox[visit].number))

    def visit_ended(self, site: SiteId, told: m.VisitEnded) -> Outcome:
        """How the visit did end, as the inbox knows; what a booth says again after a crash is logged once."""
        received = self.inbox.get(told.visit)
        outcome = settle(told.outcome, received.number if received else "")
        known = self._ended.setdefault(site, deque(maxlen=REMEMBERED))
        if told.visit not in known:
            known.append(told.visit)
            self._log(*ending(told.visit, outcome, received.number if received and not told.copy else ""))
        return outcome

    def _log(self, *entries: Entry) -> None:
        for name, subject, detail in entries:
            self._ledger.note(self._agenda.now_us, subject, name, detail)

    # --- links ------------------------------------------------------------------------------------------------------

    def outage(self, party: Party, lasts_us: int, noticed_us: int) -> None:
        """Nothing passes during `lasts_us`; both ends notice after `noticed_us`, if it lasts longer."""
        now_us = self._agenda.now_us
        party.line.cut()
        self._agenda.at(now_us + noticed_us, self._notice, party)
        self._agenda.at(now_us + lasts_us, self.reconnect, party)

    def hang(self, party: Party) -> None:
        """A program ends in good order: the exchange notices at once."""
        party.line.cut()
        self._notice(party)

    def _notice(self, party: Party) -> None:
        line = party.line
        if line.up or line.lost_noticed:
            return
        line.lost_noticed = True
        party.link_lost()
        if self.up:
            self.handle(party.lost())

    def reconnect(self, party: Party) -> None:
        """One reason less for being cut off; if it was the last, hello, and what waited is sent."""
        line = party.line
        if not line.mend():
            return
        if line.lost_noticed:
            line.lost_noticed = False
            fresh = self._sessions.get(party.name) != party.session
            self._sessions[party.name] = party.session
            self.handle(party.joined(fresh))
            party.link_back(line.exchange_changed())
        line.flush()

    # --- restarts ---------------------------------------------------------------------------------------------------

    def crash(self) -> None:
        """The program is gone, and every link with it. The booths and desks notice at once: their sockets close."""
        self.up = False
        self._saved = json.dumps(self.router.snapshot())
        self._ledger.note(self._agenda.now_us, EXCHANGE, "vermittlung.abgestuerzt")
        for party in self.parties():
            party.line.cut()
            if not party.line.lost_noticed:
                party.line.lost_noticed = True
                party.link_lost()

    def restart(self, dice: Dice, *, forgetful: bool = False) -> None:
        """Started again from what was durable; booths and desks dial again, each in its time.

        `forgetful`: its log is lost, it knows nothing of any call, and what it had to send is lost as well.
        """
        now_us = self._agenda.now_us
        self.up, self.since_us = True, now_us
        self._ledger.note(now_us, EXCHANGE, STARTED)
        self._watcher.forget_routing()
        self._timer_us = None
        if forgetful:
            self.router = Router(self._directory, self._rules)
            self._sessions.clear()
            self._ended.clear()
            for party in self.parties():
                party.line.exchange_restarted()
        else:
            saved = json.loads(self._saved)
            self.router = Router.restore(self._directory, self._rules, saved, now_us)
            for booth in self.booths.values():
                self.handle(booth.lost())
            self._agenda.at(now_us + self._rules.desk_grace_us, self._miss_desks)
        self.tell_time()
        for party in self.parties():
            self._agenda.at(now_us + dice.between(100, 3_000) * 1_000, self.reconnect, party)

    def _miss_desks(self, _: object) -> None:
        """An agent who has not come back after a restart is gone; until now the seat was kept as it was."""
        for agent, party in self.desks.items():
            desk = self.router.desk(agent)
            if self.up and party.line.lost_noticed and desk is not None and desk.linked:
                self.handle(party.lost())

    def parties(self) -> list[Party]:
        return [*self.booths.values(), *self.desks.values()]
