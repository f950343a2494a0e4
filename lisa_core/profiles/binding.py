"""From a profile to opened slots: one table of drivers, each found by its name."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Any

from lisa_core.devices.escl import open_escl
from lisa_core.devices.ld2410 import open_ld2410
from lisa_core.devices.modbus_io import ModbusIo, open_modbus_io
from lisa_core.devices.raw_print import open_raw_print
from lisa_core.devices.wacom_stu import open_wacom_stu
from lisa_core.media.camera import open_camera
from lisa_core.media.microphone import open_microphone
from lisa_core.model.errors import DeviceFault, ProfileError
from lisa_core.profiles.drivers import BUS_DRIVER, PAGE_DRIVER
from lisa_core.profiles.profile import EMULATOR, Profile, SlotBinding
from lisa_core.slots.devices import Screen, Slots

Opener = Callable[[str, Mapping[str, Any]], AbstractAsyncContextManager[Any]]

DRIVERS: Mapping[str, Opener] = {
    "hlk-ld2410": open_ld2410,
    "escl": open_escl,
    "wacom-stu": open_wacom_stu,
    "camera": open_camera,
    "microphone": open_microphone,
    "raw-print": open_raw_print,
}
_BUS_SLOTS: Mapping[str, Callable[[ModbusIo, Mapping[str, Any]], Any]] = {
    "door": lambda bus, o: bus.contact(o["channel"], inverted=o.get("inverted", False)),
    "call_button": lambda bus, o: bus.contact(o["channel"], inverted=o.get("inverted", False)),
    "privacy_glass": lambda bus, o: bus.switch(o["channel"]),
    "lamp": lambda bus, o: bus.lamp(o["red"], o["yellow"], o["green"]),
}


@contextlib.asynccontextmanager
async def open_slots(profile: Profile, emulated: Mapping[str, str], screen: Screen) -> AsyncIterator[Slots]:
    """Open every driver of the profile; `emulated` gives the address of each slot that is bound to the emulator.

    Slots on the same bus address share one connection. Raises `DeviceFault` when a device cannot be opened.
    """
    addresses = {bound.slot: _address(bound, emulated) for bound in profile.slots.values()}
    async with _opened(profile, addresses) as opened:
        yield Slots(**opened, screen=screen)


@contextlib.asynccontextmanager
async def open_bound(profile: Profile) -> AsyncIterator[None]:
    """Open what the profile binds to real addresses, and nothing else. Raises as `open_slots` does."""
    bound = {slot: bound.binding for slot, bound in profile.slots.items() if slot not in profile.emulated}
    async with _opened(profile, bound):
        yield


@contextlib.asynccontextmanager
async def _opened(profile: Profile, addresses: Mapping[str, str]) -> AsyncIterator[dict[str, Any]]:
    async with AsyncExitStack() as stack:
        opened: dict[str, Any] = {}
        buses: dict[str, ModbusIo] = {}
        for slot, address in addresses.items():
            bound = profile.slots[slot]
            if bound.driver == PAGE_DRIVER:
                continue
            with _naming(profile, bound):
                if bound.driver != BUS_DRIVER:
                    opened[slot] = await stack.enter_async_context(DRIVERS[bound.driver](address, bound.options))
                    continue
                if address not in buses:
                    buses[address] = await stack.enter_async_context(open_modbus_io(address, _bus_options(bound)))
                opened[slot] = _BUS_SLOTS[slot](buses[address], bound.options)
        yield opened


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
