"""From a profile to opened slots, each by the driver that the profile names."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from lisa_core.config.drivers import BROKEN, EMULATOR, driver, foreign, line_options
from lisa_core.config.foreign_device import held_to
from lisa_core.config.late_devices import LateDevice, first_attempts, hold_all, stand_in
from lisa_core.config.profile import Profile, SlotBinding
from lisa_core.domain.model.errors import DeviceFault, LisaError, ProfileError
from lisa_core.domain.model.readings import DeviceIdentity
from lisa_core.equipment.lines.tapped.tap import Tap, tapped
from lisa_core.equipment.media.sound.echo import without_echo
from lisa_core.equipment.slots.catalogue import PROTOCOLS
from lisa_core.equipment.slots.devices import Screen, Slots
from lisa_core.equipment.slots.driver import Given, Serves, SlotPlace, chosen
from lisa_core.equipment.slots.start_check import check_slot
from lisa_core.equipment.traces.binding import is_replay, read_replay
from lisa_core.equipment.traces.reading import read_head
from lisa_core.equipment.traces.session import TapSession
from lisa_core.host.address import read_address
from lisa_core.host.causes import told_by
from lisa_core.host.program import beside, held

ECHO = "echo"
"""The option of a microphone or loudspeaker that takes its own echo out: false."""


@dataclass(frozen=True, slots=True)
class OpenedSlots:
    """All slots of a booth, and those of its devices that are still awaited."""

    slots: Slots
    late: tuple[LateDevice, ...] = ()
    bound: Mapping[str, object] = field(default_factory=dict)
    """By slot what its driver has opened at a real address."""
    played: Mapping[str, DeviceIdentity] = field(default_factory=dict)
    """By slot whose device is played from a recording: who that was."""

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not there now, a sentence for each."""
        return tuple(filter(None, (device.missing for device in self.late)))


@contextlib.asynccontextmanager
async def open_slots(
    profile: Profile,
    emulated: Mapping[str, str],
    screen: Screen,
    *,
    patient: bool = False,
    session: TapSession | None = None,
) -> AsyncIterator[OpenedSlots]:
    """Open every driver of the profile; `emulated` gives the address of each slot that is bound to the emulator.

    Slots on the same bus address share one connection. Raises `DeviceFault` when a device cannot be opened; `patient`:
    then it is opened as soon as that is possible, and only what can never be opened is an error (`ProfileError`).
    `session`: what is recorded and played.
    """
    session = session or TapSession()
    addresses = {bound.slot: _address(profile, bound, emulated) for bound in profile.slots.values()}
    async with AsyncExitStack() as stack:
        opened: dict[str, Any] = {}
        late: list[LateDevice] = []
        found: dict[str, object] = {}
        played: dict[str, DeviceIdentity] = {}
        for device in _devices(profile, addresses, session):
            played |= dict.fromkeys(device.names, device.recorded_identity) if device.replayed else {}
            if not patient or device.emulated or device.replayed:
                there = await stack.enter_async_context(device.opened())
                opened |= device.slots_of(there)
                found |= {} if device.emulated or device.replayed else dict.fromkeys(device.names, there)
                continue
            awaited = LateDevice(device.first, device.opened)
            late.append(awaited)
            opened |= device.stand_ins(awaited)
        if late:
            await stack.enter_async_context(beside(hold_all(late)))
            await first_attempts(late)
        slots = Slots(**opened, screen=screen)
        yield OpenedSlots(without_echo(slots) if _in_one_room(profile) else slots, tuple(late), found, played)


def _in_one_room(profile: Profile) -> bool:
    """Whether the microphone hears the loudspeaker: both stand in a real booth, and no device sees to it itself."""
    both = [profile.slots[slot] for slot in ("microphone", "loudspeaker") if slot in profile.slots]
    return len(both) == 2 and all(bound.binding != EMULATOR and bound.options.get(ECHO, True) for bound in both)


@contextlib.asynccontextmanager
async def open_bound(profile: Profile) -> AsyncIterator[Mapping[str, object]]:
    """Open what the profile binds to real addresses, and nothing else, by slot. Recordings are none.

    Raises as `open_slots` does, for all at once.
    """
    found: dict[str, object] = {}
    faults: list[DeviceFault] = []
    async with AsyncExitStack() as stack:
        for device in devices_of(profile):
            try:
                there = await stack.enter_async_context(device.opened())
            except DeviceFault as fault:
                faults.append(fault)
            else:
                found |= dict.fromkeys(device.names, there)
        if faults:
            text = "\n".join(map(str, faults))
            raise DeviceFault(faults[0].code, text, retryable=all(fault.retryable for fault in faults))
        yield found


@contextlib.asynccontextmanager
async def open_device(
    profile: Profile, slot: str, emulated: Mapping[str, str], session: TapSession
) -> AsyncIterator[tuple[object, Mapping[str, object]]]:
    """Open the one device in this slot; yields what its driver has opened, and the slots that it serves, by name.

    Raises as `open_slots` does.
    """
    addresses = {name: _address(profile, bound, emulated) for name, bound in profile.slots.items() if name == slot}
    shared = {
        name: bound.binding for name, bound in profile.slots.items() if bound.binding == profile.slots[slot].binding
    }
    if EMULATOR not in shared.values():
        addresses = shared
    [device] = [one for one in _devices(profile, addresses, session) if slot in one.names]
    async with device.opened() as there:
        yield there, device.slots_of(there)


def devices_of(profile: Profile) -> list[BoundDevice]:
    """What the profile binds to real addresses: one for each device, with all the slots that it serves."""
    bound = {slot: bound.binding for slot, bound in profile.slots.items() if slot in profile.outside}
    return _devices(profile, bound, TapSession())


@dataclass(frozen=True, slots=True)
class BoundDevice:
    """One connection of a driver, and the slots that it serves: several on a bus, else one."""

    profile: Profile
    address: str
    bound: tuple[SlotBinding, ...]
    session: TapSession

    @property
    def first(self) -> str:
        return self.bound[0].slot

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(bound.slot for bound in self.bound)

    @property
    def emulated(self) -> bool:
        return self.bound[0].binding == EMULATOR

    @property
    def replayed(self) -> bool:
        return is_replay(self.address)

    @property
    def recorded_identity(self) -> DeviceIdentity:
        """Who it was that is played. Raises `ProfileError`, `TraceError`."""
        return read_head(read_replay(self.address).path).identity

    def _tapped(self) -> tuple[str, Tap | None, bool]:
        """The address that the driver is opened with, who listens or plays, and whether it has to have spoken."""
        first = self.bound[0]
        if self.replayed:
            played = self.session.plays(self.address)
            return played.address(driver(first.driver).binding), played.player, played.was_checked
        options = {bound.slot: dict(bound.options) for bound in self.bound}
        tap = self.session.listens(options, first.driver, self.address, emulated=self.emulated)
        return self.address, tap, not self.emulated

    @contextlib.asynccontextmanager
    async def opened(self) -> AsyncIterator[Any]:
        """What the driver opens; a real device has spoken once."""
        first = self.bound[0]
        declared = driver(first.driver)
        address, tap, checks = self._tapped()
        async with AsyncExitStack() as stack:
            with _naming(self.profile, first):
                options = chosen(declared.options, line_options(self.bound))
                opened = partial(declared.opened_at, address, options, SlotPlace(first.slot, first.folder))
                theirs = foreign(first.driver)
                with tapped(tap):
                    device = await stack.enter_async_context(
                        held(opened, theirs.module, theirs.fault) if theirs else opened()
                    )
                slots = self.slots_of(device)  # options that do not go together are told now
                if declared.check is not None and checks:
                    await declared.check(device)
            for bound in self.bound if checks else ():
                with _naming(self.profile, bound):
                    await check_slot(PROTOCOLS[bound.slot], slots[bound.slot])
            yield device

    def slots_of(self, device: Any) -> dict[str, Any]:
        """The slots of an open device."""
        found = {}
        for bound in self.bound:
            with _naming(self.profile, bound):
                declared, served = driver(bound.driver), _served(bound)
                options = chosen(declared.options_for(served.protocol), bound.options)
                found[bound.slot] = _slot(bound, served, device, options)
        return found

    def stand_ins(self, late: LateDevice) -> dict[str, Any]:
        """The same slots, before there is a device."""

        def asked(slot: str) -> Any:
            return self.slots_of(late.device())[slot]

        return {bound.slot: stand_in(PROTOCOLS[bound.slot], partial(asked, bound.slot)) for bound in self.bound}


def _slot(bound: SlotBinding, served: Serves[Any], device: Any, options: Given) -> object:
    theirs = foreign(bound.driver)
    if theirs is None:
        return served.slot(device, options)
    try:
        slot = served.slot(device, options)
    except LisaError:
        raise
    except (Exception, SystemExit) as error:
        raise theirs.fault(f"scheitert beim Öffnen ({told_by(error, theirs.module)})") from error
    return held_to(served.protocol, slot, theirs)


def _served(bound: SlotBinding) -> Serves[Any]:
    served = driver(bound.driver).serving(PROTOCOLS[bound.slot])
    assert served is not None, "a profile with another driver was refused"
    return served


def _devices(profile: Profile, addresses: Mapping[str, str], session: TapSession) -> list[BoundDevice]:
    """One for each slot, but only one for all that hang on the same bus."""
    found: dict[tuple[str, str], list[SlotBinding]] = {}
    for slot, address in addresses.items():
        bound = profile.slots[slot]
        declared = driver(bound.driver)
        if declared.opened is not None:
            found.setdefault((bound.driver if declared.shared else slot, address), []).append(bound)
    return [BoundDevice(profile, address, tuple(bound), session) for (_, address), bound in found.items()]


@contextlib.contextmanager
def _naming(profile: Profile, bound: SlotBinding) -> Iterator[None]:
    """What goes wrong with a real address is to be mended in the profile: say where."""
    try:
        yield
    except DeviceFault as fault:
        if (bound.binding == EMULATOR and fault.code != BROKEN) or str(fault).startswith(f"{profile.path}:"):
            raise
        key = f"slots.{bound.slot}.binding"
        if fault.code == BROKEN:
            where = f"{profile.place_of(f'slots.{bound.slot}.driver')}: slots.{bound.slot}"
        else:
            where = f"{profile.place_of(key)}: {key}"
        text = f"{where}: {fault}"
        raise DeviceFault(fault.code, text, retryable=fault.retryable) from fault
    except ProfileError as error:
        if str(error).startswith(f"{profile.path}:"):
            raise
        raise ProfileError(f"{profile.place_of(f'slots.{bound.slot}')}: slots.{bound.slot}: {error}") from error


def _address(profile: Profile, bound: SlotBinding, emulated: Mapping[str, str]) -> str:
    if bound.binding != EMULATOR:
        return bound.binding
    if bound.slot not in emulated and driver(bound.driver).opened is not None:
        raise ProfileError(f"slots.{bound.slot}.binding: Für „emulator“ gibt es hier kein emuliertes Gerät.")
    address = emulated.get(bound.slot, "")  # the screen is emulated without an address
    if (theirs := foreign(bound.driver)) and driver(bound.driver).opened is not None:
        try:
            read_address(address, driver(bound.driver).binding)
        except ProfileError as error:
            what = f"versteht die Adresse seines emulierten Geräts nicht: {error}"
            where = profile.place_of(f"slots.{bound.slot}.driver")
            raise ProfileError(f"{where}: slots.{bound.slot}: {theirs.fault(what.rstrip('.'))}") from None
    return address
