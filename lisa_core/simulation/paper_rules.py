"""What must hold of papers, form and signature: checked as a whole before signed."""

from __future__ import annotations

from lisa_core.model import case_events as ops
from lisa_core.model.case import Case, FormStage
from lisa_core.simulation.stage import Program
from lisa_core.simulation.tally import Tally


class PaperRules(Tally):
    """`operated` after every step of a case machine."""

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
