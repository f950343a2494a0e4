"""Radars, contacts and outputs that fail while they answer: what the drivers make of each, and how it heals.

Device and driver are joined by a wire in memory and live in virtual time; what a whole visit makes of it stands in
tests/booth/test_bus_faults.py.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import pytest

from emulator.devices.bus import wear
from emulator.devices.bus.line import serve_on_bus
from emulator.devices.bus.unit import DoorUnit, Manners
from emulator.devices.presence import serve
from emulator.devices.radars import sight
from emulator.devices.uart import LineSettings
from emulator.memory import open_booth
from emulator.world.live_world import HostedWorld
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import LampColour, PresenceReport
from lisa_core.equipment.drivers.ld2410 import Ld2410
from lisa_core.equipment.drivers.modbus.master import Master, SerialFraming
from lisa_core.equipment.drivers.modbus_io import OPTIONS, ModbusIo
from lisa_core.equipment.slots.bus_faults import (
    CALL_BUTTON_FAULTS,
    DOOR_FAULTS,
    LAMP_FAULTS,
    PRESENCE_FAULTS,
    PRIVACY_GLASS_FAULTS,
)
from lisa_core.equipment.slots.declaration import Fault
from lisa_core.equipment.slots.devices import Presence, Slots
from lisa_core.equipment.slots.driver import chosen
from lisa_core.harness.loop.virtual_loop import VirtualLoop

Act = Callable[..., Awaitable[None]]


class Wire:
    """What the device says the driver hears, and the other way round."""

    settings: LineSettings | None = None

    def __init__(self) -> None:
        self._to_device, self._to_driver = asyncio.Queue[bytes](), asyncio.Queue[bytes]()

    async def read(self) -> bytes:
        return await self._to_device.get()

    def write(self, data: bytes) -> None:
        self._to_driver.put_nowait(data)

    @property
    def other_end(self) -> _DriversEnd:
        return _DriversEnd(self._to_driver, self._to_device)


class _DriversEnd:
    def __init__(self, incoming: asyncio.Queue[bytes], outgoing: asyncio.Queue[bytes]) -> None:
        self._incoming, self._outgoing = incoming, outgoing

    async def read(self) -> bytes:
        return await self._incoming.get()

    async def write(self, data: bytes) -> None:
        self._outgoing.put_nowait(data)

    async def again(self) -> None:
        await asyncio.Event().wait()

    async def aclose(self) -> None:
        pass


async def passes(seconds: float) -> None:
    """Virtual time goes by."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await asyncio.Event().wait()


@contextlib.asynccontextmanager
async def tasks(*running: Awaitable[None]) -> AsyncIterator[None]:
    begun = [asyncio.ensure_future(one) for one in running]
    try:
        yield
    finally:
        for one in begun:
            one.cancel()
        await asyncio.gather(*begun, return_exceptions=True)


@contextlib.asynccontextmanager
async def a_radar(kind: str) -> AsyncIterator[tuple[Presence, Act]]:
    """Over the wire, or the one of the memory booth."""
    if kind == "memory":
        async with open_booth(frozenset({"presence"})) as booth:
            assert booth.slots is not None
            assert booth.disturb is not None
            yield booth.slots.presence, booth.disturb
        return
    world, wire = HostedWorld(), Wire()
    radar = Ld2410(wire.other_end, "somewhere")
    async with tasks(serve(world, wire), radar.follow()):
        yield radar, world.act


async def heard(radar: Presence, seconds: float) -> tuple[set[PresenceReport], list[str]]:
    """What comes within this time: distances without energies, and the codes of faults."""
    seen: set[PresenceReport] = set()
    codes: list[str] = []
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while True:
                try:
                    async for report in radar.reports():
                        seen.add(PresenceReport(report.moving_cm, report.still_cm))
                except DeviceFault as fault:
                    codes.append(fault.code)
                await passes(0.1)
    return seen, codes


NOBODY, SEATED, GHOST = PresenceReport(), PresenceReport(still_cm=80), PresenceReport(moving_cm=0)
SEEN: dict[str, tuple[set[PresenceReport], set[PresenceReport]]] = {
    # what is seen of nobody, and of somebody who sits
    sight.CURTAIN: ({PresenceReport(190)}, {PresenceReport(190, 80)}),
    sight.PHANTOM: ({NOBODY, GHOST}, {SEATED, PresenceReport(0, 80)}),
    sight.FLICKERS: ({NOBODY}, {NOBODY, SEATED}),
    sight.STICKS: ({SEATED}, {SEATED}),
    sight.BLIND: ({NOBODY}, {NOBODY}),
    sight.RESTARTS: ({NOBODY}, {SEATED}),
    sight.LEFT_CONFIGURED: ({NOBODY}, {SEATED}),
    sight.CALIBRATES: (set(), set()),
}


@pytest.mark.parametrize("kind", ["wire", "memory"])
@pytest.mark.parametrize("fault", PRESENCE_FAULTS, ids=lambda fault: fault.word)
def test_what_is_heard_of_a_radar_that_fails_and_that_it_heals(fault: Fault, kind: str) -> None:

    async def scenario() -> None:
        async with a_radar(kind) as (radar, act):
            await heard(radar, 1)
            empty, sitting = SEEN[fault.name]
            await act("fail", fault=fault.name)
            await heard(radar, 2)
            assert (await heard(radar, 7))[0] == empty
            await act("heal", fault=fault.name)
            await act("enter", distance_cm=140)
            await act("sit")
            await heard(radar, 2)
            await act("fail", fault=fault.name)
            codes = (await heard(radar, 2))[1]
            assert set(codes) == ({fault.code} if fault.code else set())
            assert (await heard(radar, 7))[0] == sitting
            await act("heal", fault=fault.name)
            await heard(radar, 1.5)
            assert await heard(radar, 2) == ({SEATED}, [])

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(scenario())


@contextlib.asynccontextmanager
async def a_unit(kind: str) -> AsyncIterator[tuple[Slots, HostedWorld]]:
    """Over the wire, or those of the memory booth; the slots that hang on the unit."""
    async with open_booth(frozenset({"door", "call_button", "privacy_glass", "lamp"})) as booth:
        assert booth.slots is not None
        if kind == "memory":
            yield booth.slots, vars(booth.slots.door)["_world"]
            return
        world, wire, options = HostedWorld(), Wire(), chosen(OPTIONS, {})
        master = Master(wire.other_end, SerialFraming(9600, "N"), "somewhere", options)
        io = ModbusIo(master, "somewhere", options)
        slots = replace(
            booth.slots,
            door=io.contact(1, inverted=True),
            call_button=io.contact(2),
            privacy_glass=io.switch(1),
            lamp=io.lamp(2, 3, 4),
        )
        async with tasks(serve_on_bus(DoorUnit(world), wire, Manners()), master.follow(), io.poll()):
            yield slots, world


async def contacts(slots: Slots, seconds: float) -> tuple[set[bool], set[bool], set[str]]:
    """What door and button say within this time, and the codes of faults."""
    door, button, codes = set[bool](), set[bool](), set[str]()

    async def read(states: Callable[[], AsyncIterator[bool]], into: set[bool]) -> None:
        while True:
            try:
                async for state in states():
                    into.add(state)
            except DeviceFault as fault:
                codes.add(fault.code)
            await passes(0.1)

    async with tasks(read(slots.door.states, door), read(slots.call_button.states, button)):
        await passes(seconds)
    return door, button, codes


async def code_of(doing: Awaitable[None]) -> str:
    try:
        await doing
    except DeviceFault as fault:
        return fault.code if fault.retryable else f"{fault.code}, never again"
    return ""


SAID: dict[str, tuple[set[bool], set[bool]]] = {
    # of an open door and of a button that is pressed
    wear.BOUNCES: ({True, False}, {True}),
    wear.STICKS: ({False}, {True}),
    wear.BROKEN_WIRE: ({True}, {True}),
    wear.BUTTON_STUCK: ({True}, {True}),
    wear.BUTTON_DEAD: ({True}, {False}),
}
UNIT = [one for one in DOOR_FAULTS if one.code]
OUTPUTS = (*PRIVACY_GLASS_FAULTS, *LAMP_FAULTS)


@pytest.mark.parametrize("kind", ["wire", "memory"])
@pytest.mark.parametrize("fault", SAID, ids=lambda fault: str(fault).partition(".")[2])
def test_what_is_said_by_a_contact_that_is_worn(fault: str, kind: str) -> None:
    async def scenario() -> None:
        async with a_unit(kind) as (slots, world):
            await world.act("open_door")
            await world.act("press_button")
            await world.act("fail", fault=fault)
            assert await contacts(slots, 9 if fault == wear.BOUNCES else 1) == (*SAID[fault], set())
            await world.act("heal", fault=fault)
            await world.act("close_door")
            await world.act("release_button")
            await contacts(slots, 0.2)
            assert await contacts(slots, 1) == ({False}, {False}, set())

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(scenario())


@pytest.mark.parametrize(
    ("fault", "kind"),
    [(one, kind) for one in UNIT for kind in ("wire", "memory") if kind == "wire" or not one.wire],
    ids=lambda value: getattr(value, "word", value),
)
def test_a_unit_that_refuses_or_is_not_understood_is_told_and_nothing_is_switched(fault: Fault, kind: str) -> None:
    async def scenario() -> None:
        async with a_unit(kind) as (slots, world):
            await slots.lamp.show(LampColour.GREEN)
            await world.act("fail", fault=fault.name)
            assert fault.code in (await contacts(slots, 7))[2]
            if fault.name != wear.LATE:  # that one does what it is told, and says so when nobody waits any more
                assert await code_of(slots.privacy_glass.set(True)) == fault.code
            await world.act("heal", fault=fault.name)
            await contacts(slots, 4)
            assert (await contacts(slots, 2))[2] == set()
            await slots.privacy_glass.set(True)
            assert (world.state.glass_opaque, world.state.lamp) == (True, "gruen")

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(scenario())


@pytest.mark.parametrize("kind", ["wire", "memory"])
@pytest.mark.parametrize("fault", OUTPUTS, ids=lambda fault: fault.name)
def test_an_output_that_does_not_move_is_found_out_and_one_that_is_dark_is_not(fault: Fault, kind: str) -> None:

    async def scenario() -> None:
        async with a_unit(kind) as (slots, world):
            await slots.lamp.show(LampColour.GREEN)
            await world.act("fail", fault=fault.name)
            glass, lamp = (
                await code_of(slots.privacy_glass.set(True)),
                await code_of(slots.lamp.show(LampColour.RED)),
            )
            of_glass = fault in PRIVACY_GLASS_FAULTS
            assert (glass, lamp) == ((fault.code, "") if of_glass else ("", fault.code))
            assert world.state.glass_opaque is not of_glass
            assert world.state.lamp == {wear.LAMP_STUCK: "gruen", wear.LAMP_DARK: "aus"}.get(fault.name, "rot")
            await world.act("heal", fault=fault.name)
            await slots.lamp.show(LampColour.OFF)
            await slots.lamp.show(LampColour.RED)
            await slots.privacy_glass.set(True)
            assert (world.state.glass_opaque, world.state.lamp) == (True, "rot")

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(scenario())


def test_every_fault_has_its_test() -> None:
    tested = {*SEEN, *SAID, *(one.name for one in (*UNIT, *OUTPUTS))}
    declared = (*PRESENCE_FAULTS, *DOOR_FAULTS, *CALL_BUTTON_FAULTS, *PRIVACY_GLASS_FAULTS, *LAMP_FAULTS)
    assert tested == {one.name for one in declared}
