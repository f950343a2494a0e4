"""What must hold after every step, checked as the simulation goes: the rules of visits, papers and routing together."""

from __future__ import annotations

from lisa_core.domain.routing.router import Router
from lisa_core.domain.routing.seats import CallMode
from lisa_core.domain.visit import states as s
from lisa_core.harness.simulation.plan.days import SECOND_US
from lisa_core.harness.simulation.rules.outages import why_dropped
from lisa_core.harness.simulation.rules.papers import PaperRules
from lisa_core.harness.simulation.rules.routing import RoutingRules
from lisa_core.harness.simulation.rules.tally import name_of
from lisa_core.harness.simulation.rules.visit import VisitRules
from lisa_core.harness.simulation.world.stage import Program

LOST_LIMIT_US = 90 * SECOND_US
"""Maximum time that a booth may believe in a call that the exchange does not know."""


class Invariants(VisitRules, PaperRules, RoutingRules):
    """The watcher of a run; `audit` compares booth and exchange now and then."""

    def audit(self, booth: Program, router: Router, steady_us: int) -> str:
        """What booth and exchange disagree about, "" for nothing; `steady_us`: since when both and the link are up."""
        state, now_us = booth.state, self._agenda.now_us
        if not booth.line.up:
            self.checked["Verbleib"] += 1
            return why_dropped(booth)
        if not isinstance(state, s.Connecting | s.Talking | s.InTransfer):
            return ""
        if now_us - max(steady_us, state.since_us) < LOST_LIMIT_US:
            return ""
        self.checked["Verbleib"] += 1
        call = router.call(state.visit.call)
        if call is None:
            return f"{name_of(state)}, aber die Vermittlung kennt {state.visit.call} nicht"
        if isinstance(state, s.Talking) and call.mode is not CallMode.CONNECTED:
            return f"im Gespräch, aber der Anruf ist {call.mode.value}"
        return ""

    def logged(self, lines: int, strange: int) -> None:
        """The event log is complete."""
        checked = self.checked
        checked["I16"] += lines
        checked["I9"], checked["Frist"] = self._visited, self._visited
        checked["I10"], checked["I11"] = self._talks, self._talks
        if strange:
            self.breach("I16", "Protokoll", f"{strange} Zeilen mit mehr als Namen und Kennungen")
