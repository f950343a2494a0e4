"""From a profile to opened slots: one table of drivers, each found by its name."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from functools import partial
from typing import Any, get_type_hints

from lisa_core.devices.escl import open_escl
from lisa_core.devices.ld2410 import open_ld2410
from lisa_core.devices.modbus_io import ModbusIo, open_modbus_io
from lisa_core.devices.raw_print import open_raw_print
from lisa_core.devices.wacom_stu import open_wacom_stu
from lisa_core.media.camera import open_camera
from lisa_core.media.microphone import open_microphone
from lisa_core.model.errors import DeviceFault, ProfileError
from lisa_core.profiles.drivers import BUS_DRIVER, EMULATOR, PAGE_DRIVER
from lisa_core.profiles.late import LateDevice, first_attempts, hold_all, stand_in
from lisa_core.profiles.profile import Profile, SlotBinding
from lisa_core.slots.devices import Screen, Slots
from lisa_core.transports.program import beside

Opener = Callable[[str, Mapping[str, Any]], AbstractAsyncContextManager[Any]]

DRIVERS: Mapping[str, Opener] = {
    "hlk-ld2410": open_ld2410,
    "escl": open_escl,
    "wacom-stu": open_wacom_stu,
    "camera": open_camera,
    "microphone": open_microphone,
    "raw-print": open_raw_print,
    BUS_DRIVER: open_modbus_io,
}
_BUS_SLOTS: Mapping[str, Callable[[ModbusIo, Mapping[str, Any]], Any]] = {
    "door": lambda bus, o: bus.contact(o["channel"], inverted=o.get("inverted", False)),
    "call_button": lambda bus, o: bus.contact(o["channel"], inverted=o.get("inverted", False)),
    "privacy_glass": lambda bus, o: bus.switch(o["channel"]),
    "lamp": lambda bus, o: bus.lamp(o["red"], o["yellow"], o["green"]),
}
PROTOCOLS: Mapping[str, type] = get_type_hints(Slots)
"""What each slot can do."""


@dataclass(frozen=True, slots=True)
class OpenedSlots:
    """All slots of a booth, and those of its devices that are still awaited."""

    slots: Slots
    late: tuple[LateDevice, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not there now, a sentence for each."""
        return tuple(filter(None, (device.missing for device in self.late)))


@contextlib.asynccontextmanager
async def open_slots(
    profile: Profile, emulated: Mapping[str, str], screen: Screen, *, patient: bool = False
) -> AsyncIterator[OpenedSlots]:
    """Open every driver of the profile; `emulated` gives the address of each slot that is bound to the emulator.

    Slots on the same bus address share one connection. Raises `DeviceFault` when a device cannot be opened; `patient`:
    then it is opened as soon as that is possible, and only what can never be opened is an error (`ProfileError`).
    """
    addresses = {bound.slot: _address(bound, emulated) for bound in profile.slots.values()}
    async with AsyncExitStack() as stack:
        opened: dict[str, Any] = {}
        late: list[LateDevice] = []
        for device in _devices(profile, addresses):
            if not patient or device.emulated:
                opened |= device.slots_of(await stack.enter_async_context(device.opened()))
                continue
            awaited = LateDevice(device.first, device.opened)
            late.append(awaited)
            opened |= device.stand_ins(awaited)
        if late:
            await stack.enter_async_context(beside(hold_all(late)))
            await first_attempts(late)
        yield OpenedSlots(Slots(**opened, screen=screen), tuple(late))


@contextlib.asynccontextmanager
async def open_bound(profile: Profile) -> AsyncIterator[None]:
    """Open what the profile binds to real addresses, and nothing else. Raises as `open_slots` does."""
    bound = {slot: bound.binding for slot, bound in profile.slots.items() if slot not in profile.emulated}
    async with AsyncExitStack() as stack:
        for device in _devices(profile, bound):
            device.slots_of(await stack.enter_async_context(device.opened()))
        yield


@dataclass(frozen=True, slots=True)
class _Device:
    """One connection of a driver, and the slots that it serves: several on a bus, else one."""

    profile: Profile
    address: str
    bound: tuple[SlotBinding, ...]

    @property
    def first(self) -> str:
        return self.bound[0].slot

    @property
    def emulated(self) -> bool:
        return self.bound[0].binding == EMULATOR

    @contextlib.asynccontextmanager
    async def opened(self) -> AsyncIterator[Any]:
        """What the driver opens."""
        first = self.bound[0]
        options = _bus_options(first) if _is_bus(first) else first.options
        async with AsyncExitStack() as stack:
            with _naming(self.profile, first):
                device = await stack.enter_async_context(DRIVERS[first.driver](self.address, options))
                self.slots_of(device)  # options that do not go together are told now
            yield device

    def slots_of(self, device: Any) -> dict[str, Any]:
        """The slots of an open device."""
        found = {}
        for bound in self.bound:
            with _naming(self.profile, bound):
                found[bound.slot] = _BUS_SLOTS[bound.slot](device, bound.options) if _is_bus(bound) else device
        return found

    def stand_ins(self, late: LateDevice) -> dict[str, Any]:
        """The same slots, before there is a device."""

        def asked(slot: str) -> Any:
            return self.slots_of(late.device())[slot]

        return {bound.slot: stand_in(PROTOCOLS[bound.slot], partial(asked, bound.slot)) for bound in self.bound}


def _devices(profile: Profile, addresses: Mapping[str, str]) -> list[_Device]:
    """One for each slot, but only one for all that hang on the same bus."""
    found: dict[tuple[str, str], list[SlotBinding]] = {}
    for slot, address in addresses.items():
        bound = profile.slots[slot]
        if bound.driver != PAGE_DRIVER:
            found.setdefault(("" if _is_bus(bound) else slot, address), []).append(bound)
    return [_Device(profile, address, tuple(bound)) for (_, address), bound in found.items()]


def _is_bus(bound: SlotBinding) -> bool:
    return bound.driver == BUS_DRIVER


@contextlib.contextmanager
def _naming(profile: Profile, bound: SlotBinding) -> Iterator[None]:
    """What goes wrong with a real address is to be mended in the profile: say where."""
    try:
        yield
    except DeviceFault as fault:
        if bound.binding == EMULATOR:
            raise
        text = f"{profile.path}: slots.{bound.slot}.binding: {fault}"
        raise DeviceFault(fault.code, text, retryable=fault.retryable) from fault
    except ProfileError as error:
        raise ProfileError(f"{profile.path}: slots.{bound.slot}: {error}") from error


def _address(bound: SlotBinding, emulated: Mapping[str, str]) -> str:
    if bound.binding != EMULATOR:
        return bound.binding
    if bound.slot not in emulated and bound.driver != PAGE_DRIVER:
        raise ProfileError(f"slots.{bound.slot}.binding: Für „emulator“ gibt es hier kein emuliertes Gerät.")
    return emulated.get(bound.slot, "")  # the screen is emulated without an address


def _bus_options(bound: SlotBinding) -> dict[str, Any]:
    own = ("channel", "inverted", "red", "yellow", "green")
    return {key: value for key, value in bound.options.items() if key not in own}
