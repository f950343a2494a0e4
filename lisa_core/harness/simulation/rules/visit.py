"""What must hold of visits: one outcome each, wiped, media only in a talk, a deadline everywhere."""

from __future__ import annotations

from lisa_core.domain.model.case import Case
from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.ids import VisitId
from lisa_core.domain.visit import events as e
from lisa_core.domain.visit import states as s
from lisa_core.harness.simulation.plan.days import DAY_US
from lisa_core.harness.simulation.rules.figures import Figures
from lisa_core.harness.simulation.rules.outages import OutageRules
from lisa_core.harness.simulation.rules.tally import name_of
from lisa_core.harness.simulation.world.agenda import Agenda
from lisa_core.harness.simulation.world.observations import NOBODY
from lisa_core.harness.simulation.world.scenes import screen_of
from lisa_core.harness.simulation.world.stage import Program

_DEVICES = (e.DeviceGone, e.DeviceBack)
_LINKS = (e.LinkLost, e.LinkBack)
_FATES = ("mit der Post", "nicht eingereicht")
"""What the citizen reads of an application whose number is not known in time."""
_REACHED = (s.Connecting, s.Disturbed, s.Talking, s.InTransfer)


class VisitRules(OutageRules):
    """`visited` after every step of a visit machine."""

    def __init__(self, agenda: Agenda, figures: Figures, directory: Directory) -> None:
        super().__init__(agenda, figures, directory)
        self._visited = self._talks = 0

    def visited(
        self, booth: Program, event: e.VisitEvent, before: s.State, after: s.State, commands: tuple[e.Command, ...]
    ) -> None:
        name = booth.name
        self._visited += 1
        talking = s.talk_of(after)
        if talking is not None:
            self._talk(booth, after, talking)
        if (booth.leg is None) is not (talking is None):
            self.breach("I9", name, f"{name_of(after)} mit {'offener' if booth.leg else 'ohne'} Verbindung")
        if type(event) in _DEVICES and s.office_of(before) is not None:
            self._device(booth, event, commands)
        if isinstance(event, e.DeviceBack) and event.slot == "presence":
            self.sees_again(booth)
        if type(after) is not type(before) or type(event) in _LINKS:
            self.moved(booth, event, before, after)
        if after is before and not commands and type(event) is not e.CallButton:
            return
        if type(after) is not s.Idle:
            due_us, now_us = booth.due_us, self._agenda.now_us
            if due_us is None or not now_us <= due_us <= now_us + DAY_US:
                self.breach("Frist", name, f"{name_of(after)} mit Frist {due_us}")
        if type(event) is e.CallButton:
            reached = isinstance(after, _REACHED) or (isinstance(after, s.Wiping) and after.again)
            self._must("Ruftaste", reached, name, f"gedrückt in {name_of(before)}, danach {name_of(after)}")
        if after is not before or commands:
            self._changed(booth, event, before, after, commands)

    def _device(self, booth: Program, event: e.VisitEvent, commands: tuple[e.Command, ...]) -> None:
        """In a talk, also while the citizen is out for a moment, the agent is told."""
        told = any(type(command) is e.Tell and command.code.startswith("device.") for command in commands)
        self._must("Geraet", told, booth.name, f"{event}: die Mitarbeiterin erfährt es nicht")

    def _talk(self, booth: Program, after: s.State, talking: s.Talking) -> None:
        self._talks += 1
        if not (talking.agent_name and talking.office_name):
            self.breach("I11", booth.name, "ohne Namen oder Stelle")
        if not booth.guarded and (booth.room.door_open or after is not talking):
            self.breach("I10", booth.name, f"{name_of(after)}, Tür {'offen' if booth.room.door_open else 'zu'}")

    def _changed(
        self, booth: Program, event: e.VisitEvent, before: s.State, after: s.State, commands: tuple[e.Command, ...]
    ) -> None:
        name = booth.name
        connected = s.talk_of(before) is not None
        for command in commands:
            if type(command) is e.Conclude:
                self._concluded(booth, command, before)
            elif type(command) is e.CloseLeg:
                connected = False
            elif type(command) is e.OpenLeg:
                self._must("I4", not connected, name, f"{name_of(before)}: eine zweite Verbindung neben der ersten")
        old, new = s.visit_of(before), s.visit_of(after)
        if new is not None and (old is None or old.id != new.id):
            self._begun(booth, event, new.id)
        if type(after) is s.Farewell and type(before) is not s.Farewell:
            self._said_goodbye(booth)
        if type(event) is e.Restarted:
            self._must("I15", isinstance(after, s.Wiping), name, f"nach dem Neustart {name_of(after)}")
        if old is not None and new is None:
            self._must("I15", isinstance(before, s.Wiping), name, f"aus {name_of(before)} ohne Löschung frei")
        if type(event) is e.CallAnswered and isinstance(after, s.Talking):
            self._figures.answered(booth, after, self._agenda.now_us)
        elif new is not None and any(type(command) is e.Place for command in commands):
            self._figures.placed(booth, new.id, self._agenda.now_us)

    def _begun(self, booth: Program, event: e.VisitEvent, visit: VisitId) -> None:
        name = booth.name
        if type(event) is not e.Restarted:
            self._must("I1", not booth.work.vault and booth.work.case == Case(), name, "Unterlagen des vorigen Besuchs")
            self._must("I2", not booth.observed.open, name, f"{visit} beginnt, {booth.observed.open} ist offen")
            self._figures.begun(booth, visit)
        booth.observed.begin(visit)

    def _concluded(self, booth: Program, command: e.Conclude, before: s.State) -> None:
        name, visit = booth.name, command.visit
        observed = booth.observed
        once = observed.open == visit and observed.ended != visit
        self._must("I2", once, name, f"{visit} endet noch einmal")
        self._must("I15", isinstance(before, s.Wiping), name, f"{visit} endet aus {name_of(before)}")
        self._must("I3", not booth.work.vault, name, f"{len(booth.work.vault)} Seiten liegen noch in der Kabine")
        observed.open, observed.ended = NOBODY, visit
        self._figures.concluded(booth, visit, command.outcome)

    def _said_goodbye(self, booth: Program) -> None:
        """Whoever has handed something in knows its number, or what becomes of it."""
        if booth.observed.handed_in is not None:
            screen = screen_of(booth, self._directory)
            known = screen.receipt is not None or any(text in screen.notice for text in _FATES)
            self._must("Antrag", known, booth.name, f"zum Abschied liest sie {screen.notice!r}")

    def entered(self, booth: Program) -> None:
        """Somebody came in a while ago, sensors and program are well: the call is being connected."""
        called = not isinstance(booth.state, s.Idle | s.Entered)
        self._must("I12", called, booth.name, f"lange nach dem Eintreten {name_of(booth.state)}")

    def finish(self, booth: Program) -> None:
        """The end: every visit is over."""
        left = booth.observed.open
        self._must("I2", not left, booth.name, f"{left} ist am Ende noch offen ({name_of(booth.state)})")
