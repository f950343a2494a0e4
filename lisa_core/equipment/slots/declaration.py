"""What there is to say about one slot, said once; `equipment.slots.catalogue` derives every table from it.

Each field of `equipment.slots.devices.Slots` carries one of these. The name of the field is the name of the slot, its
type the protocol that a driver fulfils, and a field that may be `None` is a slot that a booth can do without.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

KEY = "slot"
SILENT = "stumm"
"""The word of the fault of every device: it does not answer any more."""
ITSELF = "*"
"""The emulated device of a slot that has one of its own: it is called as the slot is, with hyphens."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One way in which a device fails: declared once, for scenarios, `lisa emulate`, simulation and device tests."""

    name: str
    """"scanner.doppeleinzug": the emulated device or its slot, and one German word."""
    says: str
    """What happens, in German, after the title: "zieht zwei Blätter zugleich ein"."""
    reaction: str = ""
    """What citizen and agent see, what is kept and what heals it, in one German sentence."""
    code: str = ""
    """The code of the `DeviceFault` that its driver raises; "" where no fault is raised (a page that is blank)."""
    wire: bool = False
    """Whether it is a matter of bytes on their way: a memory booth, which has none, cannot have it."""
    order: str = ""
    """What a tester does so that a real device has it; "" where nobody can bring it about by hand."""

    @property
    def word(self) -> str:
        """Its name without the device: "doppeleinzug"."""
        return self.name.partition(".")[2]


@dataclass(frozen=True, slots=True)
class Slot:
    """One device of a booth, as people, the emulator, a tester and the simulation know it."""

    title: str
    """German, with its article, as a sentence begins: "Die Waage"."""
    fault: str = ""
    """The code of the fault when the device does not answer; "" for a page, which always does."""
    device: str = ITSELF
    """The emulated device that plays it; "" where the booth itself does. Several slots may share one."""
    notices: tuple[str, ...] = ()
    """Which acts of a citizen it notices: where it is real, a tester performs them."""
    unplug: str = ""
    """What a tester does so that it fails; "" where it cannot be cut off alone. Such a slot can fail in a scenario."""
    replug: str = ""
    mishaps: Mapping[str, str] = field(default_factory=dict)
    """What goes wrong with it in a simulation (kinds of `harness.simulation.plan.plan.Mishap`), and which of its faults
    that is. Their order is part of every plan that was drawn."""

    faults: tuple[Fault, ...] = ()
    """Every way in which it fails; its emulated device looks for them in `World.faults`."""

    @property
    def noun(self) -> str:
        """The title without its article, as sentences of scenarios call it."""
        return self.title.partition(" ")[2]

    def told(self, fault: Fault) -> str:
        """This fault as a sentence of a scenario: "der Scanner zieht zwei Blätter zugleich ein"."""
        return f"{self.title[0].lower()}{self.title[1:]} {fault.says}"

    def declared(self) -> Mapping[str, Slot]:
        """This, as the metadata of a field."""
        return {KEY: self}
