"""The case of a visit in a simulation: the real case machine, and devices and an office that answer after a while."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from lisa_core.booth.case.told import told_after
from lisa_core.booth.screen import texts
from lisa_core.domain.case import consent, machine
from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.case import Case, FormStage, Page
from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.ids import BlobId, OfficeId, PaperId, VisitId
from lisa_core.harness.simulation.world.agenda import Agenda
from lisa_core.harness.simulation.world.delivery import Delivery, Parcel

PAGES = 2
PRINT_US = 6_000_000
"""From the order to the sheet in the citizen's hand."""
EMPTY = Case()
SCAN_US = 2_500_000
STILL_US = 400_000
SILENCE_US = 2_000_000
"""How long a device is silent before its driver says that it is gone."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The printer has done its work, or cannot: `failed` is what the desk is told. `copy`: the citizen has it."""

    copy: bool = False
    doing: str = ""
    failed: str = ""


class Casework:
    """`operate(event)` steps the case. What devices report comes back through `report` with the visit it belongs to."""

    __slots__ = (
        "_agenda",
        "_directory",
        "_pages",
        "_receipt_us",
        "_report",
        "_sharing",
        "_tenants",
        "appointment",
        "broken",
        "case",
        "civil",
        "copy",
        "delivery",
        "doing",
        "handed_in",
        "jams",
        "owes_copy",
        "steps",
        "told",
        "vault",
        "visit",
    )

    def __init__(
        self,
        agenda: Agenda,
        directory: Directory,
        report: Callable[[tuple[VisitId, ops.DeviceResult]], None],
        delivery: Delivery,
        receipt_us: int,
    ) -> None:
        self._agenda, self._directory, self._report, self.delivery = agenda, directory, report, delivery
        self._receipt_us = receipt_us
        self.civil = delivery.civil
        """The booth's clock on the wall."""
        self._tenants = {office.id: office.tenant for office in directory.offices.values()}
        self.case = EMPTY
        self._sharing = consent.Sharing()
        self.appointment = self.doing = self.copy = self.told = ""
        """The one that was made in this visit, as people say it; and what the printer does for the citizen."""
        self.owes_copy = False
        self.handed_in: datetime | None = None
        """When what the citizen has signed was first handed in."""
        self.broken: dict[str, None] = {}
        """Slots whose device does not work just now."""
        self.visit = VisitId("")
        self.vault: dict[str, None] = {}
        """Every page that lies in the booth, until it is destroyed or wiped."""
        self.jams = False
        self.steps = 0
        self._pages = 0

    def operate(
        self, event: ops.CaseEvent, visit: VisitId, office: OfficeId | None
    ) -> tuple[Case, tuple[ops.CaseEffect, ...]]:
        """One machine step; the case as it was before, and the effects. `office`: the one in the talk."""
        before = self.case
        self.visit = visit
        self.steps += 1
        self.case, effects = machine.step(before, event, self._directory.forms, self._directory.services)
        self.told = told_after(event, before, self.case, self.told)
        if office is not None and self.case is not before:
            self._sharing = consent.note(self._sharing, self.case, office)
        if type(event) is ops.Signed:
            self.handed_in = None
        for effect in effects:
            if act := _EFFECTS.get(type(effect)):
                act(self, effect)
        return before, effects

    # --- who may see what -------------------------------------------------------------------------------------------

    def shown(self, office: OfficeId) -> Case:
        """The case as a desk of this office is told it."""
        case = self.case
        if case.form is None and not case.papers:
            return case
        return consent.for_office(self._sharing, case, office, self._tenants)

    def may(self, act: ops.AgentOperation, office: OfficeId) -> bool:
        return consent.may_operate(self._sharing, self.case, act, office, self._tenants)

    def hidden(self, office: OfficeId) -> int:
        """How much the citizen could show to this office, by agreeing."""
        case = self.case
        if case.form is None and not case.papers:
            return 0
        return consent.hidden_count(self._sharing, case, office, self._tenants)

    def shared(self, office: OfficeId) -> int:
        """How much the citizen lets this office see of what others took."""
        return consent.shared_count(self._sharing, self.case, office, self._tenants)

    def agree(self, office: OfficeId, on: bool) -> None:
        self._sharing = (consent.agree if on else consent.withdraw)(self._sharing, office)

    def erase(self) -> None:
        self.case, self._sharing = EMPTY, consent.Sharing()
        self.appointment = self.doing = self.copy = self.told = ""
        self.handed_in, self.owes_copy = None, False
        self.visit = VisitId("")
        self.vault.clear()
        self.delivery.recall()

    # --- devices and the office -------------------------------------------------------------------------------------

    def _later(self, wait_us: int, event: ops.DeviceResult) -> None:
        self._agenda.at(self._agenda.now_us + wait_us, self._report, (self.visit, event))

    def _scan(self, effect: ops.StartScan) -> None:
        if "scanner" in self.broken:
            self._later(SILENCE_US, ops.CaptureFailed(effect.paper, "scanner.offline"))
            return
        for number in range(PAGES):
            if number == 1 and self.jams:
                self.jams = False
                self._later(2 * SCAN_US, ops.CaptureFailed(effect.paper, "scanner.jam"))
                return
            self._later((number + 1) * SCAN_US, ops.PageCaptured(effect.paper, self._page(effect.paper)))
        self._later((PAGES + 1) * SCAN_US, ops.CaptureEnded(effect.paper))

    def _still(self, effect: ops.TakeStill) -> None:
        if "document_camera" in self.broken:
            self._later(SILENCE_US, ops.CaptureFailed(effect.paper, "camera.lost"))
            return
        self._later(STILL_US, ops.PageCaptured(effect.paper, self._page(effect.paper)))
        self._later(STILL_US, ops.CaptureEnded(effect.paper))

    def _sign(self, effect: ops.StartSignature) -> None:
        """The strokes come from the citizen; a pad that does not answer says so after a while."""
        if "signature_pad" in self.broken:
            self._later(SILENCE_US, ops.SignatureFailed("pad.silent"))

    def pad_lost(self) -> None:
        """The pad stops working: whoever is just signing has to do so again."""
        if self.case.form is not None and self.case.form.stage is FormStage.SIGNING:
            self._later(SILENCE_US, ops.SignatureFailed("pad.lost"))

    def _copy(self, effect: ops.HandOutCopy) -> None:
        self.owes_copy = True

    def print_copy(self) -> None:
        """The copy, now that the citizen is there to take it."""
        self.owes_copy, self.doing = False, texts.COPYING
        self.copy = texts.COPYING
        if "printer" in self.broken:
            self._print(Printed(doing=texts.COPY_BY_POST, failed="printer.failed"))
        else:
            self._print(Printed(copy=True))

    def print_slip(self, visit: VisitId, appointment: str) -> None:
        """The slip of the appointment that was made for the citizen."""
        self.visit, self.appointment, self.doing = visit, appointment, texts.SLIP_PRINTING
        self._print(Printed(failed="slip.failed" if "printer" in self.broken else ""))

    def _print(self, printed: Printed) -> None:
        wait_us = SILENCE_US if printed.failed else PRINT_US
        self._agenda.at(self._agenda.now_us + wait_us, self._report, (self.visit, printed))

    def _print_paper(self, effect: ops.PrintPaper) -> None:
        """A copy of a paper that stays with the citizen."""
        if "printer" in self.broken:
            self._later(SILENCE_US, ops.CopyFailed(effect.paper, "printer.offline"))
        else:
            self._later(PRINT_US, ops.Copied(effect.paper))

    def _page(self, paper: PaperId) -> Page:
        self._pages += 1
        name = f"{self.visit}/{paper}/{self._pages}"
        return Page(BlobId(name), sha256(name.encode()).hexdigest(), "image/jpeg")

    def _destroy(self, effect: ops.DestroyPages) -> None:
        for page in effect.pages:
            self.vault.pop(page.blob, None)

    def _deliver(self, effect: ops.Deliver) -> None:
        now_us = self._agenda.now_us
        # A second try hands in what the first did, with the same time.
        self.handed_in = handed_in = self.handed_in or self.civil(now_us)
        parcel = self.delivery.hand_in(self.visit, handed_in)
        self._agenda.at(now_us + self._receipt_us, self._expire, parcel)

    def _expire(self, parcel: Parcel) -> None:
        """Nobody waits any longer; it is still on its way."""
        if self.delivery.is_out(parcel):
            self._report((parcel.visit, ops.DeliveryFailed("timeout")))


_EFFECTS: Mapping[type, Callable[..., None]] = {
    ops.StartScan: Casework._scan,
    ops.TakeStill: Casework._still,
    ops.StartSignature: Casework._sign,
    ops.HandOutCopy: Casework._copy,
    ops.PrintPaper: Casework._print_paper,
    ops.DestroyPages: Casework._destroy,
    ops.Deliver: Casework._deliver,
}
