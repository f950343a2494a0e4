"""What a scene knows of its equipment: what each slot held, which of them decide, and whether all of it stayed.

Only where a profile binds something to an address is there anything to know; an emulated booth costs nothing here.
Which slots decide a scenario says its @braucht; where it says nothing, every slot whose device had to notice an act of
the citizen, or was looked at ([ADR 60](docs/adr/0060-what-was-real.md)).
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from lisa_core.config.profile import Profile
from lisa_core.equipment.slots.catalogue import DEVICE_OF_SLOT, title_of
from lisa_core.harness.report.equipment import opens_nothing, slot_records
from lisa_core.harness.report.record import SlotRecord
from lisa_core.harness.text.tags import needs_of
from lisa_core.host import clock

if TYPE_CHECKING:
    from lisa_core.booth.sensors import Loss
    from lisa_core.harness.rig.rig import Rig


class Witness:
    """Looks after the slots of one scenario."""

    def __init__(self, profile: Profile, tags: frozenset[str], *, memory: bool = False) -> None:
        self.bound = frozenset() if memory else frozenset(profile.slots) - profile.emulated
        self._profile = profile
        self._named = frozenset(slot for slot, _ in needs_of(tags))
        self._used: set[str] = set()
        self._guided: set[str] = set()
        self._unseen: list[str] = []
        self._excused: set[str] = set()
        self._slots: tuple[SlotRecord, ...] = ()
        self._made_good: set[Loss] = set()
        """Before anything was tested with what had been lost."""
        self._began_us = 0
        self._before: list[Loss] = []
        """Of booths that were started before this one in the same scenario."""
        self._rig: Rig | None = None

    async def meets(self, rig: Rig) -> None:
        """A booth has been opened, and its devices have said who they are."""
        if not self.bound:
            return
        if self._rig is None:
            self._began_us = clock.now_us()
        else:
            self._before += self._news()
        self._rig = rig
        self._slots = await asyncio.to_thread(slot_records, self._profile, rig.said)  # may ask for names of computers

    def used(self, slots: Iterable[str], *, tester: bool = False) -> None:
        """These had to notice something, or were looked at; by the tester where she did it or saw it."""
        if self.bound:
            self._used.update(slots)
            self._guided.update(slots if tester else ())

    @property
    def in_use(self) -> frozenset[str]:
        """The bound slots with which something was tested until now."""
        return self.bound & self._used

    def only_played(self, slots: Iterable[str], question: str) -> bool:
        """Whether one of these is played from a recording: nobody can look at it, and so nothing is shown."""
        played = sorted(self._profile.replayed.intersection(slots))
        for slot in played:
            self._unseen.append(f"{title_of(slot)} wird nachgespielt, niemand kann hinsehen: {question}")
        return bool(played)

    def excuse(self, device: str) -> None:
        """The scenario itself lets this device fail: its slots, and those on the same line, may be lost."""
        ours = {slot for slot, name in DEVICE_OF_SLOT.items() if name == device and slot in self._profile.slots}
        lines = {self._profile.slots[slot].binding for slot in ours & self.bound}
        self._excused |= ours | {slot for slot in self.bound if self._profile.slots[slot].binding in lines}

    def made_good(self, slot: str) -> None:
        """This one answers now; that it did not before counts only if something was tested with it already."""
        if slot not in self._used:
            self._made_good.update(one for one in self._news() if one.slot == slot)

    @property
    def losses(self) -> tuple[str, ...]:
        """The bound devices that were lost, in a sentence each: which, when, why. None that the scenario is about."""
        return (*self._lost(self.bound), *self._unseen)

    @property
    def lost_in_use(self) -> tuple[str, ...]:
        """Those of them with which something was tested already: going on would show nothing."""
        return self._lost(self.in_use)

    def _lost(self, slots: frozenset[str]) -> tuple[str, ...]:
        if not slots:
            return ()
        news = (one for one in (*self._before, *self._news()) if one not in self._made_good)
        lost = {one.slot: one for one in reversed(tuple(news))}
        found = (one for slot, one in lost.items() if slot in slots - self._excused)
        return tuple(self._told(one) for one in sorted(found, key=lambda one: one.at_us))

    @property
    def equipment(self) -> tuple[SlotRecord, ...]:
        """What each slot held, and which of them decide; empty on a booth that is emulated as a whole."""
        deciding = self._named or {slot for slot in self._used if not self._is_program(slot)}
        return tuple(replace(one, decides=one.slot in deciding, tester=one.slot in self._guided) for one in self._slots)

    def _is_program(self, slot: str) -> bool:
        bound = self._profile.slots.get(slot)
        return bound is not None and opens_nothing(bound)

    def _news(self) -> tuple[Loss, ...]:
        return self._rig.booth.losses if self._rig is not None else ()

    def _told(self, loss: Loss) -> str:
        after = f"{max(0, loss.at_us - self._began_us) / 1_000_000:.1f}".replace(".", ",")
        return f"{title_of(loss.slot)} antwortete {after} s nach Beginn nicht mehr: {loss.text}"
