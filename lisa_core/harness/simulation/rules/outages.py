"""What must hold while something is amiss: the citizen reads what is going on, nobody is dropped, and it ends."""

from __future__ import annotations

from lisa_core.domain.visit import events as e
from lisa_core.domain.visit import states as s
from lisa_core.harness.simulation.plan.days import SECOND_US
from lisa_core.harness.simulation.rules.tally import Tally, name_of
from lisa_core.harness.simulation.world.scenes import why_untold
from lisa_core.harness.simulation.world.stage import Program

TOLD_US = 5 * SECOND_US
"""Maximum time that the screen may leave unsaid what happens."""
LOOK_US = 20 * SECOND_US
"""Interval of looking whether a cut link leaves somebody alone."""
LATE_US = 5 * SECOND_US

Seen = tuple[Program, s.State]


class OutageRules(Tally):
    """`moved` after every step into another kind of state, and after each that is about the link."""

    def moved(self, booth: Program, event: e.VisitEvent, before: s.State, after: s.State) -> None:
        self._look(booth)
        now_us = self._agenda.now_us
        if isinstance(after, s.Disturbed) and not isinstance(before, s.Disturbed):
            booth.observed.disturbed_us = now_us
            self._agenda.at(now_us + LOOK_US, self._still_disturbed, (booth, after))
        if type(event) is e.LinkLost:
            self._agenda.at(now_us + LOOK_US, self._still_cut, (booth, ""))

    # --- what the citizen reads -------------------------------------------------------------------------------------

    def _look(self, booth: Program) -> None:
        observed = booth.observed
        self.checked["Anzeige"] += 1
        if not why_untold(booth, self._directory):
            observed.mute_us = None
        elif observed.mute_us is None:
            observed.mute_us = self._agenda.now_us
            self._agenda.at(observed.mute_us + TOLD_US, self._look_again, (booth, observed.mute_us))

    def _look_again(self, packed: tuple[Program, int]) -> None:
        booth, since_us = packed
        if booth.observed.mute_us == since_us:
            if found := why_untold(booth, self._directory):
                self.breach("Anzeige", booth.name, f"{name_of(booth.state)}, seit 5 s: {found}")
            booth.observed.mute_us = None

    # --- the disturbance --------------------------------------------------------------------------------------------

    def _still_disturbed(self, packed: Seen) -> None:
        """It ends with the link, or by its deadline once the link is back."""
        booth, before = packed
        state, line, now_us = booth.state, booth.line, self._agenda.now_us
        if booth.down or not isinstance(state, s.Disturbed) or not isinstance(before, s.Disturbed):
            return
        if state.visit.id != before.visit.id:
            return
        limit_us = booth.site.deadlines.link_patience_us + LATE_US
        linked_us = now_us - max(line.since_us, booth.observed.disturbed_us) if line.up else 0
        self._must("Ausfall", linked_us <= limit_us, booth.name, f"{linked_us // SECOND_US} s nach der Rückkehr")
        overdue = booth.due_us is None or booth.due_us < now_us
        self._must("Ausfall", not overdue, booth.name, "in der Störung ohne Frist")
        self._agenda.at(now_us + LOOK_US, self._still_disturbed, (booth, state))

    # --- nobody is there any more -----------------------------------------------------------------------------------

    def sees_again(self, booth: Program) -> None:
        """The radar of this booth answers again: who came and went meanwhile must not be taken for present."""
        self._agenda.at(self._agenda.now_us + LOOK_US, self._still_empty, (booth, ""))

    def _still_empty(self, packed: tuple[Program, str]) -> None:
        booth, before = packed
        found = deserted_visit(booth, self._agenda.now_us)
        self._must("Leer", not found or found != before, booth.name, f"{found} geht ohne jemanden weiter")
        if found and not before:
            again_us = booth.site.deadlines.away_grace_us + LOOK_US
            self._agenda.at(self._agenda.now_us + again_us, self._still_empty, (booth, found))

    # --- nobody is dropped ------------------------------------------------------------------------------------------

    def _still_cut(self, packed: tuple[Program, str]) -> None:
        """As long as the link is down: what is amiss at two looks will stay so."""
        booth, before = packed
        if booth.down or booth.line.up:
            return
        found = why_dropped(booth)
        self._must("Verbleib", not found or found != before, booth.name, found)
        self._agenda.at(self._agenda.now_us + LOOK_US, self._still_cut, (booth, found))


def deserted_visit(booth: Program, now_us: int) -> str:
    """The visit that goes on though nobody is inside and the radar works; "" if none does."""
    state, seeing = booth.state, booth.body.radar == "praesenz.gut" and "presence" not in booth.room.gone
    visit = s.visit_of(state)
    if visit is None or booth.down or booth.body.people or not seeing or isinstance(state, s.Away | s.Wiping):
        return ""
    since_us = booth.room.absent_since_us
    if since_us is None or now_us - since_us <= LATE_US:
        return ""  # the citizen has only just gone
    return str(visit.id)


def why_dropped(booth: Program) -> str:
    """How somebody is forgotten for whom nothing can be asked of the exchange; "" if nobody is."""
    state, room = booth.state, booth.room
    if isinstance(state, s.Idle) and state.armed and room.present and "presence" not in room.gone:
        return "jemand ist da, und nichts geschieht"
    if isinstance(state, s.Connecting) and state.linked and booth.line.lost_noticed:
        return "sie wartet auf einen Ruf, der nicht hinausgeht"
    return ""
