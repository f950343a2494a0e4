"""The physical booth of a simulation: who is inside, the door, and sensors that read it, well or badly.

A radar reports ten times a second; only those reports are made here that can tell something new: at a change, when each
debounce time is over, and once in a while because a person moves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lisa_core.domain.model.directory import Deadlines
from lisa_core.domain.model.readings import PresenceReport
from lisa_core.domain.visit.perception import ButtonReading, DeviceReading, DoorReading, Reading
from lisa_core.harness.simulation.plan.chance import Dice
from lisa_core.harness.simulation.world.agenda import Agenda

NOBODY = PresenceReport()
WALKING = PresenceReport(moving_cm=150, moving_energy=70)
STANDING = PresenceReport(moving_cm=145, still_cm=145, moving_energy=30, still_energy=60)
SEATED = PresenceReport(still_cm=80, still_energy=80)
FIDGETING = PresenceReport(moving_cm=82, still_cm=80, moving_energy=25, still_energy=80)

OPENED, SHUT = DoorReading(True), DoorReading(False)
KEEP_US = 20_000_000
"""Maximum time between two reports of somebody inside."""
MARGIN_US = 20_000


class PhysicalRoom:
    """`read(reading)` takes what the sensors say. Faults are set from outside and change only what is read."""

    __slots__ = (
        "_agenda",
        "_dice",
        "_keeping",
        "_limits",
        "_read",
        "button_works",
        "door_open",
        "door_works",
        "people",
        "radar",
        "seated",
        "stuck",
    )

    def __init__(self, agenda: Agenda, limits: Deadlines, dice: Dice, read: Callable[[Reading], None]) -> None:
        self._agenda, self._limits, self._dice, self._read = agenda, limits, dice, read
        self.people = 0
        self.seated = self.door_open = False
        self.radar = "praesenz.gut"
        self.stuck = NOBODY
        self.door_works = self.button_works = True
        self._keeping = False

    # --- what people do ---------------------------------------------------------------------------------------------

    def door(self, is_open: bool) -> None:
        if is_open != self.door_open:
            self.door_open = is_open
            self.contact(is_open)

    def contact(self, is_open: bool) -> None:
        """What the door's contact says, whatever the door does."""
        if self.door_works:
            self._read(OPENED if is_open else SHUT)

    def changed(self) -> None:
        """Somebody came, went, sat down or stood up: the radar sees it, and goes on seeing it."""
        now_us, limits = self._agenda.now_us, self._limits
        self.sample()
        waits_us = limits.presence_debounce_us if self.people else limits.absence_debounce_us
        self._agenda.at(now_us + waits_us + MARGIN_US, self.sample)
        if self.people and not self._keeping:
            self._keeping = True
            self._agenda.at(now_us + KEEP_US, self._keep)

    def press(self) -> None:
        if self.button_works:
            self._read(ButtonReading(True))
            self._read(ButtonReading(False))

    # --- what is read -----------------------------------------------------------------------------------------------

    def sample(self, _: object = None) -> None:
        """One report of the radar, if it reports."""
        if self.radar == "praesenz.stumm":
            return
        if self.radar == "praesenz.haengt":
            self._read(self.stuck)
        elif self.radar == "praesenz.flackert" and self._dice.chance(50):
            self._read(self._dice.one_of((NOBODY, WALKING, SEATED)))
        else:
            self._read(self.truth())

    def truth(self) -> PresenceReport:
        if not self.people:
            return NOBODY
        if self.seated:
            return FIDGETING if self._dice.chance(60) else SEATED
        return STANDING if self._dice.chance(50) else WALKING

    def flicker(self, until_us: int) -> None:
        """Read again and again, soon and late, while the radar flickers."""
        if self.radar == "praesenz.flackert" and self._agenda.now_us < until_us:
            self.sample()
            wait_us = self._dice.between(50, 2_000) * 1_000
            self._agenda.at(self._agenda.now_us + wait_us, self.flicker, until_us)

    def all_anew(self) -> None:
        """A program that starts, or a sensor that answers again, learns how things are."""
        self.contact(self.door_open)
        self.changed()

    def miss(self, devices: Iterable[str]) -> None:
        """A program that started a while ago has found out that these, and which sensors, do not answer."""
        sensors = {
            "presence": self.radar == "praesenz.stumm",
            "door": not self.door_works,
            "call_button": not self.button_works,
        }
        for slot in (*devices, *(slot for slot, silent in sensors.items() if silent)):
            self.device(slot, False)

    def device(self, slot: str, answers: bool) -> None:
        self._read(DeviceReading(slot, answers))

    def _keep(self, _: object) -> None:
        if self.people:
            self.sample()
            self._agenda.at(self._agenda.now_us + KEEP_US, self._keep)
        else:
            self._keeping = False
