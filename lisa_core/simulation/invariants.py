"""What must hold after every step, checked as the simulation goes; each rule counts how often it was checked.

I1 ... I16 are the numbers of the domain. Rules are about what the machines do to the booth (leg open, papers in the
vault, guard on), not about their own variables alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lisa_core.model import case_events as ops
from lisa_core.model.case import Case, FormStage
from lisa_core.model.directory import Agent, Directory
from lisa_core.model.ids import AgentId, CallId, OfficeId, VisitId
from lisa_core.protocols import messages as m
from lisa_core.routing import events as r
from lisa_core.routing.router import Router
from lisa_core.routing.seats import CallMode, Desk, DeskMode, Wish
from lisa_core.simulation.agenda import Agenda
from lisa_core.simulation.books import NOBODY
from lisa_core.simulation.days import DAY_US, SECOND_US
from lisa_core.simulation.figures import Figures
from lisa_core.simulation.stage import Program
from lisa_core.visit import events as e
from lisa_core.visit import states as s

RULES: Mapping[str, str] = {
    "I1": "Nichts von Besuch A ist da, wenn Besuch B beginnt",
    "I2": "Jeder Besuch endet in genau einem Ergebnis",
    "I3": "Jede erfasste Unterlage ist am Ende eingereicht oder vernichtet",
    "I4": "Keine Mitarbeiterin in zwei Gesprächen, keine Kabine mit zwei Verbindungen",
    "I5": "Niemand wartet, solange eine zuständige Mitarbeiterin frei ist",
    "I7": "Unterschrieben wird nur, was vorher als Ganzes geprüft wurde",
    "I9": "Bild und Ton verlassen die Kabine nur im Gespräch",
    "I10": "Offene Tür oder leerer Platz: Ton stumm, Unterlagen ausgeblendet",
    "I11": "Name und Stelle sind sichtbar, solange Medien fließen",
    "I12": "Vom Eintreten bis zum Ruf ist keine Eingabe nötig",
    "I13": "Nur ein Mensch an einem Platz nimmt einen Anruf an",
    "I15": "Nach jedem Absturz und vor jedem Ergebnis wird gelöscht",
    "I16": "Das Protokoll enthält nur Namen von Ereignissen und Kennungen",
    "Frist": "Jeder Zustand mit einem Menschen darin hat eine Frist",
    "Ruftaste": "Die Ruftaste führt aus jedem Zustand zu einem Menschen",
    "Verbleib": "Niemand wird fallen gelassen, solange er in der Kabine ist",
    "Fehler": "Keine Maschine bricht mit einem Fehler ab",
}
LOST_LIMIT_US = 90 * SECOND_US
"""So long a booth may believe in a call that the exchange does not know."""
_MEDIA = (s.Talking,)
_REACHED = (s.Connecting, s.Disturbed, s.Talking, s.Transferring)


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that did not hold: when, where, and what was found instead."""

    rule: str
    at_us: int
    who: str
    found: str


class Invariants:
    """The watcher of a run. `breaches` holds the first of each rule; `broken` counts them all."""

    def __init__(self, agenda: Agenda, figures: Figures, directory: Directory) -> None:
        self._agenda, self._figures, self._directory = agenda, figures, directory
        self.checked = dict.fromkeys(RULES, 0)
        self.broken = dict.fromkeys(RULES, 0)
        self.breaches: list[Breach] = []
        self.acts: list[tuple[int, str, str, Any]] | None = None
        self._visited = self._talks = 0
        self._seats: dict[AgentId, CallId] = {}
        self._talkers: dict[CallId, AgentId] = {}
        self._ready: dict[OfficeId, int] = {}
        self._was_ready: dict[AgentId, bool] = {}

    def breach(self, rule: str, who: str, found: str) -> None:
        self.broken[rule] += 1
        if self.broken[rule] == 1:
            self.breaches.append(Breach(rule, self._agenda.now_us, who, found))

    def _must(self, rule: str, holds: bool, who: str, found: str) -> None:
        self.checked[rule] += 1
        if not holds:
            self.breach(rule, who, found)

    def act(self, who: str, verb: str, detail: Any) -> None:
        """A person did something: kept for the history of a short run."""
        if self.acts is not None:
            self.acts.append((self._agenda.now_us, who, verb, detail))

    # --- the visit --------------------------------------------------------------------------------------------------

    def visited(
        self, booth: Program, event: e.VisitEvent, before: s.State, after: s.State, commands: tuple[e.Command, ...]
    ) -> None:
        name = booth.name
        self._visited += 1
        talking = after.before if type(after) is s.Away else after
        if type(talking) is s.Talking:
            self._talk(booth, after, talking)
        if (booth.leg is not None) is not (type(talking) is s.Talking):
            self.breach("I9", name, f"{_name(after)} mit {'offener' if booth.leg else 'ohne'} Verbindung")
        if after is before and not commands and type(event) is not e.CallButton:
            return
        if type(after) is not s.Idle:
            due_us, now_us = booth.due_us, self._agenda.now_us
            if due_us is None or not now_us <= due_us <= now_us + DAY_US:
                self.breach("Frist", name, f"{_name(after)} mit Frist {due_us}")
        if type(event) is e.CallButton:
            reached = isinstance(after, _REACHED) or (isinstance(after, s.Wiping) and after.again)
            self._must("Ruftaste", reached, name, f"gedrückt in {_name(before)}, danach {_name(after)}")
        if after is not before or commands:
            self._changed(booth, event, before, after, commands)

    def _talk(self, booth: Program, after: s.State, talking: s.Talking) -> None:
        self._talks += 1
        if not (talking.agent_name and talking.office_name):
            self.breach("I11", booth.name, "ohne Namen oder Stelle")
        if not booth.guarded and (booth.room.door_open or after is not talking):
            self.breach("I10", booth.name, f"{_name(after)}, Tür {'offen' if booth.room.door_open else 'zu'}")

    def _changed(
        self, booth: Program, event: e.VisitEvent, before: s.State, after: s.State, commands: tuple[e.Command, ...]
    ) -> None:
        name = booth.name
        connected = isinstance(before.before if isinstance(before, s.Away) else before, s.Talking)
        for command in commands:
            if type(command) is e.Conclude:
                self._concluded(booth, command, before)
            elif type(command) is e.CloseLeg:
                connected = False
            elif type(command) is e.OpenLeg:
                self._must("I4", not connected, name, f"{_name(before)}: eine zweite Verbindung neben der ersten")
        old, new = s.visit_of(before), s.visit_of(after)
        if new is not None and (old is None or old.id != new.id):
            self._begun(booth, event, new.id)
        if type(event) is e.Restarted:
            self._must("I15", isinstance(after, s.Wiping), name, f"nach dem Neustart {_name(after)}")
        if old is not None and new is None:
            self._must("I15", isinstance(before, s.Wiping), name, f"aus {_name(before)} ohne Löschung frei")
        if type(event) is e.CallAnswered and isinstance(after, s.Talking):
            self._figures.answered(booth, after, self._agenda.now_us)
        elif new is not None and any(type(command) is e.Place for command in commands):
            self._figures.placed(booth, new.id, self._agenda.now_us)

    def _begun(self, booth: Program, event: e.VisitEvent, visit: VisitId) -> None:
        name = booth.name
        if type(event) is not e.Restarted:
            self._must("I1", not booth.work.vault and booth.work.case == Case(), name, "Unterlagen des vorigen Besuchs")
            self._must("I2", not booth.books.open, name, f"{visit} beginnt, {booth.books.open} ist offen")
            self._figures.begun(booth, visit)
        booth.books.open, booth.books.digest = visit, ""

    def _concluded(self, booth: Program, command: e.Conclude, before: s.State) -> None:
        name, visit = booth.name, command.visit
        books = booth.books
        once = books.open == visit and books.ended != visit
        self._must("I2", once, name, f"{visit} endet noch einmal")
        self._must("I15", isinstance(before, s.Wiping), name, f"{visit} endet aus {_name(before)}")
        self._must("I3", not booth.work.vault, name, f"{len(booth.work.vault)} Seiten liegen noch in der Kabine")
        books.open, books.ended = NOBODY, visit
        self._figures.concluded(booth, visit, command.outcome)

    def operated(self, booth: Program, event: ops.CaseEvent, before: Case) -> None:
        """A step of the case."""
        form = booth.work.case.form
        if form is None:
            return
        if form.stage is FormStage.CHECKED and isinstance(event, ops.ConfirmDeclaration):
            booth.books.digest = form.declaration_digest
        if form.stage is FormStage.SIGNED and isinstance(event, ops.Signed):
            same = booth.books.digest == form.declaration_digest
            self._must("I7", same, booth.name, "unterschrieben ohne Prüfung")

    # --- routing ----------------------------------------------------------------------------------------------------

    def routed(self, router: Router, event: r.RoutingEvent, commands: list[r.Command]) -> None:
        """A step of the router."""
        offices: dict[OfficeId, None] = {}
        changed: list[Desk] = []
        for command in commands:
            match command:
                case r.DeskChanged():
                    if (desk := router.desk(command.agent)) is not None:
                        self._leaves(desk)
                        changed.append(desk)
                        offices[desk.office] = None
                case r.ToBooth():
                    if (call := router.call(command.call)) is not None:
                        offices[call.office] = None
                    if type(command.body) is m.Answered:
                        answered = command.body
                        human = router.desk(answered.agent) is not None and bool(answered.agent_name)
                        self._must("I13", human, command.site, f"{answered.agent!r} ist niemand")
                case r.ToDesk():
                    """What is said to a desk is seen by how the desk stands."""
        for desk in changed:
            self._takes(desk)
        for office in offices:
            self.checked["I5"] += 1
            if self._ready.get(office, 0) > 0 and router.waiting(office) and (found := self._idle(router, office)):
                self.breach("I5", office, found)

    def _leaves(self, desk: Desk) -> None:
        """Before anybody is counted where she is now: nobody is where she was."""
        before = self._seats.pop(desk.agent, None)
        if before is not None and self._talkers.get(before) == desk.agent:
            del self._talkers[before]

    def _takes(self, desk: Desk) -> None:
        agent, ready = desk.agent, desk.mode is DeskMode.READY
        if ready is not self._was_ready.get(agent, False):
            self._was_ready[agent] = ready
            self._ready[desk.office] = self._ready.get(desk.office, 0) + (1 if ready else -1)
        if desk.call is not None and (desk.mode is DeskMode.RINGING or desk.mode is DeskMode.TALKING):
            other = self._talkers.get(desk.call)
            self._must("I4", other in (None, agent), agent, f"{desk.call} ist schon bei {other}")
            self._seats[agent], self._talkers[desk.call] = desk.call, agent

    def _idle(self, router: Router, office: OfficeId) -> str:
        """Somebody who waits here and a free agent who may take her; "" when there is no such pair."""
        free = [agent for agent in self._directory.agents.values() if agent.office == office]
        free = [agent for agent in free if (desk := router.desk(agent.id)) and desk.mode is DeskMode.READY]
        for call in router.calls():
            if call.mode is CallMode.WAITING and call.office == office:
                for agent in free:
                    if _may_take(agent, call.wish):
                        return f"{call.id} wartet, {agent.id} ist frei"
        return ""

    def forget_routing(self) -> None:
        """The exchange was restarted: every desk is told anew."""
        self._seats.clear()
        self._talkers.clear()
        self._ready.clear()
        self._was_ready.clear()

    # --- now and then -----------------------------------------------------------------------------------------------

    def audit(self, booth: Program, router: Router, steady_us: int) -> str:
        """What booth and exchange disagree about, "" for nothing; `steady_us`: since when both and the link are up."""
        state, now_us = booth.state, self._agenda.now_us
        if not isinstance(state, s.Connecting | s.Talking | s.Transferring) or not booth.line.up:
            return ""
        if now_us - max(steady_us, state.since_us) < LOST_LIMIT_US:
            return ""
        self.checked["Verbleib"] += 1
        call = router.call(state.visit.call)
        if call is None:
            return f"{_name(state)}, aber die Zentrale kennt {state.visit.call} nicht"
        if isinstance(state, s.Talking) and call.mode is not CallMode.CONNECTED:
            return f"im Gespräch, aber der Anruf ist {call.mode.value}"
        return ""

    def entered(self, booth: Program) -> None:
        """Somebody came in a while ago, sensors and program are well: she is being connected."""
        called = not isinstance(booth.state, s.Idle | s.Entered)
        self._must("I12", called, booth.name, f"lange nach dem Eintreten {_name(booth.state)}")

    def logged(self, lines: int, strange: int) -> None:
        """The event log is complete."""
        checked = self.checked
        checked["I16"] += lines
        checked["I9"], checked["Frist"] = self._visited, self._visited
        checked["I10"], checked["I11"] = self._talks, self._talks
        if strange:
            self.breach("I16", "Protokoll", f"{strange} Zeilen mit mehr als Namen und Kennungen")

    def finish(self, booth: Program) -> None:
        """The end: every visit is over."""
        left = booth.books.open
        self._must("I2", not left, booth.name, f"{left} ist am Ende noch offen ({_name(booth.state)})")


def _may_take(agent: Agent, wish: Wish | None) -> bool:
    if wish is None:
        return True
    if wish.held:
        return agent.id == wish.preferred
    return agent.skills.get(wish.skill, 0) >= wish.level


def _name(state: s.State) -> str:
    if isinstance(state, s.Away):
        return f"Away({type(state.before).__name__})"
    return type(state).__name__
