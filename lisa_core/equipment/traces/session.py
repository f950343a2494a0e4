"""What is recorded and what is played in one booth, from its opening on: whoever opens its devices asks here for taps.

What is done at the devices meanwhile (`act`) goes into every recording, and moves on every recording that plays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from lisa_core.domain.model.readings import DeviceIdentity
from lisa_core.equipment.slots.driver import Given
from lisa_core.equipment.traces.entries import EntryKind, TraceHead
from lisa_core.equipment.traces.keepers import Ring
from lisa_core.equipment.traces.masks.choice import mask_for
from lisa_core.equipment.traces.opening import Opened, open_replay
from lisa_core.equipment.traces.recorder import Recorder
from lisa_core.equipment.traces.script import Script

PACKAGE = "lisa-booth"
EMULATED_LINE = "/dev/emuliert"
"""How the line of an emulated device is called in a recording: its real path is of this machine and this moment."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The recording of one device: what hangs on it, how it was opened, and what it holds by now."""

    slots: Mapping[str, Given]
    driver: str
    binding: str
    emulated: bool
    begun: datetime
    ring: Ring
    recorder: Recorder

    def head(self, origin: str, identity: DeviceIdentity, note: str = "") -> TraceHead:
        """What its file begins with."""
        told = (self.slots, self.driver, self.binding, origin, self.begun, version(PACKAGE))
        return TraceHead(*told, identity=identity, note=note)


class TapSession:
    """One opening of a booth's devices. `ring` None: nothing is recorded. `acts`: what plays waits for `act`."""

    def __init__(self, ring: Callable[[], Ring] | None = None, *, acts: bool = False) -> None:
        self.recorded: list[Recorded] = []
        self._ring, self._acts = ring, acts
        self._scripts: list[Script] = []

    def listens(self, slots: Mapping[str, Given], driver: str, binding: str, *, emulated: bool) -> Recorder | None:
        """The tap of a device that is about to be opened."""
        if self._ring is None:
            return None
        ring = self._ring()
        recorder = Recorder(ring, mask_for(slots, driver))
        begun = datetime.now(UTC).astimezone()
        binding = EMULATED_LINE if emulated and binding.startswith("/") else binding
        self.recorded.append(Recorded(slots, driver, binding, emulated, begun, ring, recorder))
        return recorder

    def plays(self, binding: str) -> Opened:
        """The recording that plays a device. Raises `ProfileError`, `TraceError`."""
        opened = open_replay(binding, acts=self._acts)
        self._scripts.append(opened.script)
        return opened

    def act(self, name: str) -> None:
        """This is done at the devices now."""
        for one in self.recorded:
            one.recorder.note(EntryKind.MARK, act=name)
        for script in self._scripts:
            script.reach(name)

    @property
    def shortfalls(self) -> tuple[str, ...]:
        """What of the recordings was not played as it stands there, once their drivers are closed."""
        return tuple(filter(None, (script.shortfall for script in self._scripts)))
