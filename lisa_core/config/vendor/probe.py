"""The devices of a profile, each opened and asked: who it is, what it can do, how long the way to it takes.

All are opened at the same time, each in a task of its own, and none is waited for without end. What keeps one from
being asked is told with whose business that is (`trouble`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace

from lisa_core.config.binding import BoundDevice, devices_of
from lisa_core.config.drivers import driver
from lisa_core.config.profile import Profile, SlotBinding
from lisa_core.config.vendor.compared import Difference, Weight, differences, is_meant
from lisa_core.config.vendor.trouble import Business, kind_of
from lisa_core.domain.model.errors import DeviceFault, LisaError
from lisa_core.equipment.drivers.identity import Said, identities
from lisa_core.equipment.drivers.link import Link, link_of
from lisa_core.equipment.slots.catalogue import SLOTS
from lisa_core.host.patience import patience

OPEN_S = 20.0
"""So long a device may take to be opened."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a device could not be asked: whose business that is, and a sentence."""

    kind: Business
    text: str


@dataclass(frozen=True, slots=True)
class Probed:
    """One slot: what its device has said, or what kept it from that. `link`: timed, or why not."""

    bound: SlotBinding
    said: Said = Said()
    link: Link | str = ""
    trouble: Trouble | None = None
    differences: tuple[Difference, ...] = ()

    @property
    def contradictions(self) -> tuple[Difference, ...]:
        """In what the device is not what is said of it."""
        return tuple(one for one in self.differences if one.weight is Weight.CONTRADICTION)


async def probed(profile: Profile) -> tuple[Probed, ...]:
    """Every slot that is bound to a real address, in the order of the profile."""
    devices = devices_of(profile)
    found = await asyncio.gather(*map(_asked, devices))
    by_slot = {one.bound.slot: one for some in found for one in some}
    rows = [by_slot[slot] for slot in profile.slots if slot in by_slot]
    return tuple(exchanged(one, rows) for one in rows)


async def _asked(device: BoundDevice) -> list[Probed]:
    try:
        async with AsyncExitStack() as stack:
            async with patience(OPEN_S):
                there = await stack.enter_async_context(device.opened())
            said = (await identities({device.first: there}))[device.first]
            link = await link_of(there)
    except TimeoutError:
        text = f"{_where(device)}: Er antwortet seit {OPEN_S:g} s nicht auf das Öffnen. Anschluss und Strom prüfen."
        return [Probed(bound, trouble=Trouble(Business.SETUP, text)) for bound in device.bound]
    except (DeviceFault, LisaError) as error:
        return [Probed(bound, trouble=Trouble(kind_of(error), str(error))) for bound in device.bound]
    return [_compared(bound, said, link) for bound in device.bound]


def _compared(bound: SlotBinding, said: Said, link: Link | str) -> Probed:
    return Probed(bound, said, link, None, differences(bound.declared, said, driver(bound.driver).can))


def _where(device: BoundDevice) -> str:
    return device.profile.place_of(f"slots.{device.first}.binding")


def exchanged(one: Probed, rows: Sequence[Probed]) -> Probed:
    """A device that is the one of another slot hangs at the wrong address: nobody has been asked that was meant."""
    if not one.contradictions:
        return one
    meant = (other for other in rows if other is not one and is_meant(other.bound.declared, one.said.identity))
    if (other := next(meant, None)) is None:
        return one
    what = f"An {one.bound.binding} hängt, was für „{SLOTS[other.bound.slot].noun}“ erklärt ist"
    cure = f"Die Anschlüsse von slots.{one.bound.slot} und slots.{other.bound.slot} tauschen."
    text = f"{what} ({one.said.identity.model}). {cure}"
    return replace(one, trouble=Trouble(Business.SETUP, text), differences=())
