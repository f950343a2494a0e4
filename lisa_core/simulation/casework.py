"""The case of a visit in a simulation: the real case machine, and devices and an office that answer after a while."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from lisa_core.documents import case as machine
from lisa_core.model import case_events as ops
from lisa_core.model.case import Case, Page, Receipt
from lisa_core.model.directory import Directory
from lisa_core.model.ids import BlobId, PaperId, VisitId
from lisa_core.simulation.agenda import Agenda

PAGES = 2
EMPTY = Case()
SCAN_US = 2_500_000
DELIVERY_US = 1_200_000
DELIVERY_FAILS_US = 20_000_000


class Casework:
    """`operate(event)` steps the case. What devices report comes back through `report` with the visit it belongs to."""

    __slots__ = (
        "_agenda",
        "_directory",
        "_pages",
        "_report",
        "case",
        "jams",
        "linked",
        "steps",
        "vault",
        "visit",
    )

    def __init__(
        self,
        agenda: Agenda,
        directory: Directory,
        report: Callable[[Any], None],
        linked: Callable[[], bool],
    ) -> None:
        self._agenda, self._directory, self._report, self.linked = agenda, directory, report, linked
        self.case = EMPTY
        self.visit = VisitId("")
        self.vault: dict[str, None] = {}
        """Every page that lies in the booth, until it is destroyed or wiped."""
        self.jams = False
        self.steps = 0
        self._pages = 0

    def operate(self, event: ops.CaseEvent, visit: VisitId) -> Case:
        """One machine step; returns the case as it was before."""
        before = self.case
        self.visit = visit
        self.steps += 1
        self.case, effects = machine.step(before, event, self._directory.forms, self._directory.services)
        for effect in effects:
            if act := _EFFECTS.get(type(effect)):
                act(self, effect)
        return before

    def erase(self) -> None:
        self.case = EMPTY
        self.visit = VisitId("")
        self.vault.clear()

    def _later(self, wait_us: int, event: ops.DeviceResult) -> None:
        self._agenda.at(self._agenda.now_us + wait_us, self._report, (self.visit, event))

    def _scan(self, effect: ops.StartScan) -> None:
        for number in range(PAGES):
            if number == 1 and self.jams:
                self.jams = False
                self._later(2 * SCAN_US, ops.CaptureFailed(effect.paper, "scanner.jam"))
                return
            self._later((number + 1) * SCAN_US, ops.PageCaptured(effect.paper, self._page(effect.paper)))
        self._later((PAGES + 1) * SCAN_US, ops.CaptureEnded(effect.paper))

    def _page(self, paper: PaperId) -> Page:
        self._pages += 1
        name = f"{self.visit}/{paper}/{self._pages}"
        return Page(BlobId(name), sha256(name.encode()).hexdigest(), "image/jpeg")

    def _destroy(self, effect: ops.DestroyPages) -> None:
        for page in effect.pages:
            self.vault.pop(page.blob, None)

    def _deliver(self, effect: ops.Deliver) -> None:
        if not self.linked():
            self._later(DELIVERY_FAILS_US, ops.DeliveryFailed("delivery.link"))
            return
        number = f"{self.visit}-E"
        receipt = Receipt(number, str(self._agenda.now_us), sha256(number.encode()).hexdigest())
        self._later(DELIVERY_US, ops.Received(receipt))


_EFFECTS: Mapping[type, Callable[[Casework, Any], None]] = {
    ops.StartScan: Casework._scan,
    ops.DestroyPages: Casework._destroy,
    ops.Deliver: Casework._deliver,
}
