"""What the recordings of a profile say of their devices: nobody is asked, so it counts as nothing that was asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lisa_core.config.profile import Profile, SlotBinding
from lisa_core.config.vendor.compared import Difference, differences
from lisa_core.equipment.drivers.identity import Said
from lisa_core.equipment.slots.origin import Origin, identity_text
from lisa_core.equipment.traces.binding import read_replay
from lisa_core.equipment.traces.entries import TraceHead
from lisa_core.equipment.traces.reading import read_head


@dataclass(frozen=True, slots=True)
class RecalledDevice:
    """One slot whose device is played: what its recording begins with, held against what the profile declares."""

    bound: SlotBinding
    head: TraceHead
    differences: tuple[Difference, ...]

    @property
    def lines(self) -> Iterator[str]:
        """For people, in German."""
        made = f" aus {self.head.source}" if self.head.source else ""
        yield f"Aufzeichnung vom {self.head.begun:%d.%m.%Y %H:%M}{made}, LISA {self.head.version}"
        yield f"sagte von sich: {identity_text(self.head.identity) or 'nichts'}"
        yield f"Herkunft: {Origin.REPLAYED.value} (damals: {self.head.origin})"
        yield from (f"{one.weight.value}: {one.text}" for one in self.differences)


def recalled(profile: Profile) -> tuple[RecalledDevice, ...]:
    """Each slot that is bound to a recording, in the order of the profile. Raises `TraceError`."""
    return tuple(_of(profile.slots[slot]) for slot in profile.slots if slot in profile.replayed)


def _of(bound: SlotBinding) -> RecalledDevice:
    head = read_head(read_replay(bound.binding).path)
    found = differences(bound.declared, Said(identity=head.identity), ())
    return RecalledDevice(bound, head, tuple(one for one in found if one.key != "capabilities"))
