"""What must hold of papers, form and signature: who sees them, what is signed, and what a receipt says."""

from __future__ import annotations

from datetime import datetime

from lisa_core.booth.screen import texts
from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.case import Case, Form, FormStage, PaperState, Receipt
from lisa_core.domain.model.ids import OfficeId, VisitId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.visit import states as s
from lisa_core.harness.simulation.rules.tally import Tally
from lisa_core.harness.simulation.world.scenes import screen_of
from lisa_core.harness.simulation.world.stage import Program

FORM = "antrag"
_CAPTURED, _SIGNED, _COPIED, _BOOKED = "erfasst", "Unterschriftenpad", "Kopie", "Termin"
"""What the citizen reads while a device works, whoever set it to work."""
_READ_HINTS = (s.Talking, s.InTransfer, s.Connecting, s.Farewell)
"""States in which the screen says what the printer does; in the others it says what is more important."""


class PaperRules(Tally):
    """`operated` after every step of a case machine, `shown` whenever a desk is told how the case stands."""

    def operated(self, booth: Program, event: ops.CaseEvent, before: Case) -> None:
        """A step of the case."""
        case = booth.work.case
        if isinstance(event, ops.CaptureFailed | ops.SignatureFailed) and case is not before:
            self._must("Geraet", bool(case.notice), booth.name, f"{event.code}: niemand erfährt es")
        if case.papers is not before.papers or (case.form is None) is not (before.form is None):
            self._note(booth, case, before)
        if case is not before and isinstance(booth.state, s.Talking):
            self._announced(booth, case, before)
        if case.form is not None:
            self._form(booth, event, case.form)

    # --- I6: who sees what ------------------------------------------------------------------------------------------

    def _note(self, booth: Program, case: Case, before: Case) -> None:
        """Where everything that is new was taken; told by who is on the line, not by what the booth remembers of it."""
        taken, office = booth.observed.taken, s.office_of(booth.state)
        if office is None:
            return
        for paper in case.papers:
            taken.setdefault(paper.id, office)
        if case.form is not None and before.form is None:
            taken[FORM] = office

    def agreed(self, booth: Program, office: OfficeId) -> None:
        booth.observed.agreed[office] = None

    def shown(self, booth: Program, office: OfficeId, case: Case) -> None:
        """A desk of this office is told that the case stands so."""
        if not case.papers and case.form is None:
            return
        taken, found = booth.observed.taken, ""
        for paper in case.papers:
            found = found or self._why_hidden(booth, taken.get(paper.id, office), office)
        if case.form is not None:
            found = found or self._why_hidden(booth, taken.get(FORM, office), office)
            if case.form.receipt is not None:
                self._received(booth, case.form.receipt)
        self._must("I6", not found, booth.name, found)

    def _why_hidden(self, booth: Program, taken_at: OfficeId, office: OfficeId) -> str:
        """What this office must not see of another, "" for nothing."""
        if taken_at == office:
            return ""
        offices = self._directory.offices
        agreed = office in booth.observed.agreed and offices[taken_at].tenant == offices[office].tenant
        return "" if agreed else f"{office} sieht, was bei {taken_at} erfasst wurde"

    # --- I7, I8: signature and receipt ------------------------------------------------------------------------------

    def _form(self, booth: Program, event: ops.CaseEvent, form: Form) -> None:
        observed = booth.observed
        if form.stage is FormStage.CHECKED and isinstance(event, ops.ConfirmDeclaration):
            observed.digest = form.declaration_digest
        elif isinstance(event, ops.Signed):
            observed.handed_in = None
            if form.stage is FormStage.SIGNED:
                same = observed.digest == form.declaration_digest
                self._must("I7", same, booth.name, "unterschrieben ohne Prüfung")
        elif isinstance(event, ops.HandIn) and form.stage is FormStage.SUBMITTING and observed.handed_in is None:
            observed.handed_in = booth.work.civil(self._agenda.now_us)
        if form.receipt is not None:
            self._received(booth, form.receipt)

    def _received(self, booth: Program, receipt: Receipt) -> None:
        """It is the same wherever it is seen, and says no later time than that of handing in."""
        observed = booth.observed
        if observed.receipt is not None:
            self._must("I8", receipt == observed.receipt, booth.name, "die Eingangsbestätigung ist nun eine andere")
            return
        observed.receipt = receipt
        handed_in, counts = observed.handed_in, datetime.fromisoformat(receipt.received_at)
        on_time = handed_in is not None and counts <= handed_in
        self._must("I8", on_time, booth.name, f"abgegeben {handed_in}, eingegangen erst {counts}")

    # --- what becomes of an application -----------------------------------------------------------------------------

    def settled(self, booth: Program, visit: VisitId, outcome: Outcome, received: bool) -> None:
        """Both logs say what the inbox says."""
        self.checked["Antrag"] += 1
        if received is not (outcome is Outcome.APPLICATION):
            self.breach("Antrag", booth.name, f"{visit}: {outcome.value}, {'' if received else 'nicht '}bei der Stelle")

    # --- I14: what devices do ---------------------------------------------------------------------------------------

    def _announced(self, booth: Program, case: Case, before: Case) -> None:
        """A device works for an agent: the citizen reads what it does, for as long as it does."""
        capturing = case.papers is not before.papers and any(
            paper.state is PaperState.CAPTURING and not paper.fault for paper in case.papers
        )
        stage = case.form.stage if case.form is not None else None
        signing = stage is FormStage.SIGNING and (before.form is None or before.form.stage is not stage)
        if not (capturing or signing):
            return
        screen = screen_of(booth, self._directory)
        if capturing:
            self._reads(booth, screen.hint, _CAPTURED)
        if signing:
            self._reads(booth, screen.hint, _SIGNED)

    def printed(self, booth: Program) -> None:
        """The printer has begun with the citizen's copy, or with the slip of an appointment."""
        if isinstance(booth.state, _READ_HINTS):
            needed = _COPIED if booth.work.doing == texts.COPYING else _BOOKED
            self._reads(booth, screen_of(booth, self._directory).hint, needed)

    def _reads(self, booth: Program, hint: str, needed: str) -> None:
        self._must("I14", needed in hint, booth.name, f"ein Gerät arbeitet, sie liest nur {hint!r}")

    # --- what agents are told ---------------------------------------------------------------------------------------

    def told(self, booth: Program, code: str) -> None:
        self._must("Geraet", texts.notice(code) != code, booth.name, f"{code} ist kein Satz")
