"""What a simulated booth was told in its days, in order, and what came of it: its log, and what its screen showed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from lisa_core.booth.journal.entries import Written
from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.ids import CallId
from lisa_core.domain.model.screen import READ_TO_THE_END, ScreenView, Sound
from lisa_core.domain.visit import states as s
from lisa_core.harness.simulation.play import run
from lisa_core.harness.simulation.play.order import Prepared
from lisa_core.harness.simulation.play.run import Simulation
from lisa_core.harness.simulation.world.booth import SimulatedBooth
from lisa_core.harness.simulation.world.casework import Printed
from lisa_core.harness.simulation.world.scenes import screen_of


def as_simulated(view: ScreenView) -> ScreenView:
    """What a simulated citizen does not see: tones, minutes, the door's words, and that she has to read to the end."""
    buttons = tuple(replace(b, active=True) for b in view.buttons if not b.id.startswith(READ_TO_THE_END))
    return replace(view, sound=Sound.SILENT, buttons=buttons, waited="", site=None, deaf_ms=0)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a step asks of the hands of the booth: they are made up in a simulation, and told to the real booth here.

    `unsent`: what was handed in is still here; `waits`: its receipt is waited for; `signed_anew`: nothing is handed in
    of what is signed now; `printer`, `pad`: they work, the pad for wiping.
    """

    unsent: bool
    waits: bool
    signed_anew: bool
    printer: bool
    pad: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that reached the booth from outside, and when."""

    at_us: int
    kind: str
    value: Any
    around: Surroundings


@dataclass(slots=True)
class History:
    """One booth's."""

    program: SimulatedBooth
    told: list[Told] = field(default_factory=list)
    log: list[Written] = field(default_factory=list)
    screens: list[ScreenView] = field(default_factory=list)


class Recorded(SimulatedBooth):
    """The booth of a simulation as it is, and beside it what it was told."""

    histories: list[History] = []  # noqa: RUF012 -- emptied by `record`

    def __init__(self, *arguments: Any) -> None:
        self.history = History(self)
        self.histories.append(self.history)
        self.depth = 0
        super().__init__(*arguments)

    @contextmanager
    def outside(self, kind: str, value: Any) -> Iterator[None]:
        """This comes from outside, unless the booth is in the middle of a step; then the screen is looked at."""
        if self.depth == 0 and not self.down:
            self.history.told.append(Told(self.stage.agenda.now_us, kind, value, self.around()))
        self.depth += 1
        yield
        self.depth -= 1
        self.seen()

    def around(self) -> Surroundings:
        work = self.work
        waits = work.delivery._parcel is not None
        printer, pad = "printer" not in work.broken, not self.wipe_stalls
        return Surroundings(work.delivery.unsent, waits, work.handed_in is None, printer, pad)

    def seen(self) -> None:
        """Whatever the screen shows after a whole step."""
        if self.depth or self.down:
            return
        # A simulated citizen goes by `scene`, the rules by the whole screen: they are one.
        drawn = replace(screen_of(self, self.stage.directory), scene=self.scene)
        shown, screens = as_simulated(drawn), self.history.screens
        if not screens or screens[-1] != shown:
            screens.append(shown)

    def read(self, reading: Any) -> None:
        with self.outside("item", reading):
            super().read(reading)

    def receive(self, messages: list[tuple[CallId, Any]]) -> None:
        for call, body in messages:
            with self.outside("message", (call, body)):
                super().receive([(call, body)])

    def touch(self, button: str) -> None:
        if "screen" not in self.work.broken:
            with self.outside("touch", button):
                super().touch(button)

    def operate(self, event: ops.CaseEvent) -> None:
        visit = s.visit_of(self.state)
        if isinstance(event, ops.Signed):
            with self.outside("result", (visit.id if visit else "", event)):
                super().operate(event)
        else:
            with self.outside("message", (self.leg[0] if self.leg else "", event)):
                super().operate(event)

    def _report(self, packed: Any) -> None:
        if isinstance(packed[1], Printed):
            super()._report(packed)
            self.seen()
        else:
            with self.outside("result", packed):
                super()._report(packed)

    def link_lost(self) -> None:
        with self.outside("link_lost", None):
            super().link_lost()

    def link_back(self, fresh: bool) -> None:
        with self.outside("link_back", fresh):
            super().link_back(fresh)

    def _deadline(self) -> None:
        self.history.told.append(Told(self.stage.agenda.now_us - 1, "around", None, self.around()))
        super()._deadline()
        self.seen()

    def _wiped(self, packed: Any) -> None:
        super()._wiped(packed)
        self.seen()

    def crash(self) -> None:
        with self.outside("crash", None):
            super().crash()

    def restart(self) -> None:
        self.history.told.append(Told(self.stage.agenda.now_us, "restart", None, self.around()))
        super().restart()

    def _note(self, entry: Written) -> None:
        self.history.log.append(entry)
        super()._note(entry)


def record(monkeypatch: pytest.MonkeyPatch, prepared: Prepared) -> list[History]:
    """Play all days; the history of each booth."""
    monkeypatch.setattr(run, "SimulatedBooth", Recorded)
    Recorded.histories.clear()
    Simulation(prepared.world).run(prepared.days())
    return list(Recorded.histories)
