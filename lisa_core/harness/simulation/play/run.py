"""One simulation: a plan goes in; figures, invariants and a digest come out, the same for the same plan everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.ids import SiteId
from lisa_core.domain.routing import events as r
from lisa_core.domain.visit.states import State
from lisa_core.harness.simulation.plan.days import MINUTE_US, SECOND_US, Calendar, hours_of
from lisa_core.harness.simulation.plan.plan import Arrival, Day, Mishap, Shift, persona_of
from lisa_core.harness.simulation.plan.policies import People
from lisa_core.harness.simulation.plan.population import origin_of
from lisa_core.harness.simulation.rules.figures import Figures
from lisa_core.harness.simulation.rules.invariants import Invariants
from lisa_core.harness.simulation.rules.tally import Breach
from lisa_core.harness.simulation.world.agenda import Agenda
from lisa_core.harness.simulation.world.booth import SimulatedBooth
from lisa_core.harness.simulation.world.exchange import SimulatedExchange
from lisa_core.harness.simulation.world.ledger import Ledger
from lisa_core.harness.simulation.world.mishaps import Mishaps
from lisa_core.harness.simulation.world.seat import Seat
from lisa_core.harness.simulation.world.stage import Stage

END_US = 150 * MINUTE_US
"""Time after the last shift by which every citizen has left and every visit is wiped."""
AUDITS_US = (4 * MINUTE_US, 12 * MINUTE_US, 30 * MINUTE_US)
"""Times after an arrival at which booth and exchange are asked whether they agree on what is going on."""
MANY = 12
"""Maximum number of sites whose outcomes are counted one by one."""
MESSAGE_US = 10 * SECOND_US
"""By then every message has arrived."""
FAILURES = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
"""What a machine with a bug raises; it is a broken rule like any other."""


@dataclass(frozen=True, slots=True)
class SimulationWorld:
    """What a plan is played in. `directory` is `original` made as large as was asked for."""

    seed: int
    original: Directory
    directory: Directory
    calendar: Calendar
    people: People


@dataclass(frozen=True, slots=True)
class SimulationResult:
    """`steps` counts machine steps: sensor readings, visit, case and routing events."""

    digest: str
    steps: int
    acts: int
    figures: Figures
    invariants: Invariants
    talk_us: dict[str, int]
    duty_us: dict[str, int]
    log: list[str] | None

    @property
    def breaches(self) -> list[Breach]:
        return self.invariants.breaches


@dataclass(frozen=True, slots=True)
class PlayOptions:
    """How a run is recorded: `history` keeps log and acts, `sink` gets the log, `until` ends when this rule breaks."""

    history: bool = False
    sink: TextIO | None = None
    until: str = ""


class Simulation:
    """Everything that takes part, wired together."""

    def __init__(self, world: SimulationWorld, options: PlayOptions = PlayOptions()) -> None:
        self._world, self._options = world, options
        agenda, ledger = Agenda(), Ledger(keep=options.history, sink=options.sink)
        self.figures = Figures(groups_of(world))
        self.watch = Invariants(agenda, self.figures, world.directory)
        if options.history:
            self.watch.acts = []
        exchange = SimulatedExchange(
            world.directory, world.directory.rules, agenda, ledger, self.watch, world.calendar.civil
        )
        self.stage = Stage(world.seed, agenda, ledger, world.directory, world.people, exchange, self.watch)
        hours = hours_of(world.calendar, world.directory)
        self.booths = {
            str(site.id): SimulatedBooth(self.stage, site, hours[site.id]) for site in world.directory.sites.values()
        }
        self.seats = {str(agent.id): Seat(self.stage, agent) for agent in world.directory.agents.values()}
        for booth in self.booths.values():
            exchange.booths[booth.site.id] = booth
            self.stage.booths[booth.name] = booth
        for seat in self.seats.values():
            exchange.desks[seat.agent.id] = seat
            self.stage.desks[seat.agent.id] = seat
        self._duty_us: dict[str, int] = {}
        self._mishaps = Mishaps(self.stage, self.booths, self.seats)

    def run(self, days: Iterator[Day] | list[Day]) -> SimulationResult:
        """Play every day, then let everybody go home."""
        agenda = self.stage.agenda
        acts = 0
        for number, day in enumerate(days):
            if number == 0:
                self._open(day)
            until_us = self._enter(day)
            try:
                acts += agenda.run(until_us, self._goes_on)
            except FAILURES as error:
                self.watch.breach("Fehler", "Maschine", f"{type(error).__name__}: {error}")
                return self._result(acts)
        self._finish()
        return self._result(acts)

    def _goes_on(self) -> bool:
        return not (self._options.until and self.watch.broken[self._options.until])

    def _open(self, day: Day) -> None:
        """Every booth's program starts a while before the first thing happens."""
        first_us = min([*(item.at_us for item in day.arrivals), *(item.at_us for item in day.mishaps)], default=0)
        begin_us = min((first_us, *(shift.from_us for shift in day.shifts))) - 10 * MINUTE_US
        agenda = self.stage.agenda
        for number, booth in enumerate(self.booths.values()):
            agenda.at(begin_us + number % 1_000, self.stage.exchange.reconnect, booth)

    def _enter(self, day: Day) -> int:
        """Everything of a day onto the agenda; returns until when it is to be played."""
        agenda = self.stage.agenda
        end_us = agenda.now_us
        ill = dict.fromkeys(mishap.target for mishap in day.mishaps)
        self.stage.well = {name: name not in ill for name in self.booths}
        if day.shifts:
            agenda.at(min(shift.from_us for shift in day.shifts) - MINUTE_US, self._dawns, day)
        for shift in day.shifts:
            agenda.at(shift.from_us, self._begins, shift)
            agenda.at(shift.till_us, self._ends, shift)
            end_us = max(end_us, shift.till_us)
        self._next_arrival(iter(day.arrivals))
        self._next_mishap(iter(day.mishaps))
        ends = [arrival.at_us for arrival in day.arrivals] + [item.at_us + item.lasts_us for item in day.mishaps]
        end_us = max((end_us, *ends))
        return end_us + END_US

    def _dawns(self, day: Day) -> None:
        """The exchange learns what day it is and who is expected."""
        exchange, directory = self.stage.exchange, self._world.directory
        if not exchange.up:
            return
        exchange.tell_time()
        for arrival in day.arrivals:
            if arrival.appointment:
                wanted = persona_of(arrival, self._world.seed, self._world.people, directory).service
                office = directory.services[wanted].office if wanted else directory.front_desk.id
                token = f"termin-{arrival.site}-{arrival.number}"
                made = r.AppointmentMade(token, arrival.site, office, arrival.appointment, wanted)
                exchange.handle(made)

    def _begins(self, shift: Shift) -> None:
        self._duty_us[shift.agent] = self._duty_us.get(shift.agent, 0) + shift.till_us - shift.from_us
        self.seats[shift.agent].duty(True)

    def _ends(self, shift: Shift) -> None:
        self.seats[shift.agent].duty(False)

    def _next_mishap(self, rest: Iterator[Mishap]) -> None:
        """One after the other onto the agenda: all at once they would make it as wide as the nation."""
        if (mishap := next(rest, None)) is not None:
            self.stage.agenda.at(mishap.at_us, self._breaks, (mishap, rest))

    def _breaks(self, packed: tuple[Mishap, Iterator[Mishap]]) -> None:
        self._mishaps.begin(packed[0])
        self._next_mishap(packed[1])

    def _next_arrival(self, rest: Iterator[Arrival]) -> None:
        if (arrival := next(rest, None)) is not None:
            self.stage.agenda.at(arrival.at_us, self._comes, (arrival, rest))

    def _comes(self, packed: tuple[Arrival, Iterator[Arrival]]) -> None:
        arrival = packed[0]
        self._next_arrival(packed[1])
        booth = self.booths[arrival.site]
        booth.visitor.comes(arrival)
        for wait_us in AUDITS_US:
            self.stage.agenda.at(arrival.at_us + wait_us, self._audit, booth)

    def _audit(self, booth: SimulatedBooth) -> None:
        """What disagrees now may be on its way; what still disagrees after a while is a breach."""
        if self._amiss(booth):
            agenda = self.stage.agenda
            agenda.at(agenda.now_us + MESSAGE_US, self._audit_again, (booth, booth.state))

    def _audit_again(self, packed: tuple[SimulatedBooth, State]) -> None:
        booth, before = packed
        found = self._amiss(booth)
        if found and booth.state is before:
            self.watch.breach("Verbleib", booth.name, found)

    def _amiss(self, booth: SimulatedBooth) -> str:
        exchange = self.stage.exchange
        return self.watch.audit(booth, exchange.router, max(exchange.since_us, booth.line.since_us))

    def _finish(self) -> None:
        ledger = self.stage.ledger
        ledger.digest()
        self.watch.logged(ledger.count, ledger.strange)
        if self._goes_on():
            for booth in self.booths.values():
                self.watch.finish(booth)

    def _result(self, acts: int) -> SimulationResult:
        stage = self.stage
        case_steps = sum(booth.work.steps for booth in self.booths.values())
        return SimulationResult(
            stage.ledger.digest(),
            stage.sensor_steps + stage.visit_steps + case_steps + stage.exchange.steps,
            acts,
            self.figures,
            self.watch,
            {name: seat.talk_us for name, seat in self.seats.items()},
            self._duty_us,
            stage.ledger.kept,
        )


def groups_of(world: SimulationWorld) -> dict[SiteId, SiteId]:
    """Under which site the outcomes of each are counted: its own if there are few, else that of which it is a copy."""
    few = len(world.directory.sites) <= MANY
    return {site: site if few else origin_of(site, world.original) for site in world.directory.sites}
