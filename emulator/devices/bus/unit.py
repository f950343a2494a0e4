"""The input/output unit by the emulated booth's door, after the Waveshare Modbus RTU IO 8CH.

| terminal | meaning |
|---|---|
| DI1 | door contact, normally closed: 1 while the door is closed |
| DI2 | call button: 1 while pressed |
| DO1 | privacy glass: 1 = opaque |
| DO2, DO3, DO4 | lamp red, yellow, green |
| DO5 | induction loop: 1 = on |

Source: Waveshare's wiki page of the unit (functions 01, 02, 05, 0F; eight inputs, eight outputs from address 0; 9600
8N1, unit 1) and its development protocol (registers 0x2000 serial parameters, 0x4000 address, 0x8000 version).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from emulator.devices.bus.wear import LAMP_DARK, LAMP_STUCK, STUCK, button_pressed, door_open, refusal
from emulator.devices.uart import LineSettings
from emulator.personalities import personality as values_of
from emulator.world.live_world import LiveWorld
from emulator.world.world import World
from lisa_core.domain.model.readings import LampColour
from lisa_core.equipment.codecs.modbus_rtu import (
    Answer,
    ExceptionResponse,
    Function,
    Reason,
    Request,
)
from lisa_core.host import clock

LINE = LineSettings(9600)
CHANNELS = 8
SWITCHES = {0: "privacy_glass", 4: "induction_loop"}
LAMP = {1: LampColour.RED, 2: LampColour.YELLOW, 3: LampColour.GREEN}
SERIAL, ADDRESS, VERSION = 0x2000, 0x4000, 0x8000


def inputs(world: World, now_us: int = 0) -> tuple[bool, ...]:
    """The eight inputs, DI1 first."""
    return (not door_open(world, now_us), button_pressed(world), *(False,) * (CHANNELS - 2))


def colour(coils: tuple[int, ...]) -> LampColour:
    """What the lamp shows; with several lit the most serious one counts."""
    return next((lit for channel, lit in LAMP.items() if coils[channel]), LampColour.OFF)


def moved(before: tuple[int, ...], wanted: tuple[int, ...], faults: Collection[str]) -> tuple[int, ...]:
    """How the outputs stand after they were told to: what is stuck stays."""
    stuck = {channel for channel, slot in SWITCHES.items() if STUCK.get(slot) in faults}
    stuck |= set(LAMP) if LAMP_STUCK in faults else set()
    return tuple(
        old if channel in stuck else new for channel, (old, new) in enumerate(zip(before, wanted, strict=True))
    )


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit's memory."""

    coils: tuple[int, ...] = (0,) * CHANNELS
    registers: Mapping[int, int] = field(default_factory=lambda: {SERIAL: 0x0001, ADDRESS: 1, VERSION: 200})

    @property
    def number(self) -> int:
        return self.registers[ADDRESS]


def answer(unit: Unit, seen: tuple[bool, ...], request: Request) -> tuple[Unit, Answer | ExceptionResponse]:
    """The unit's memory after a request, and what it says."""

    def refused(reason: Reason) -> tuple[Unit, ExceptionResponse]:
        return unit, ExceptionResponse(request.unit, request.function, reason)

    first, last = request.address, request.address + request.count
    match request.function:
        case Function.READ_COILS | Function.READ_INPUTS if last <= CHANNELS:
            bits = unit.coils if request.function == Function.READ_COILS else tuple(map(int, seen))
            return unit, Answer(bits[first:last])
        case Function.WRITE_COIL | Function.WRITE_COILS if last <= CHANNELS:
            coils = (*unit.coils[:first], *request.values, *unit.coils[last:])
            return replace(unit, coils=coils), Answer()
        case Function.READ_HOLDING if all(at in unit.registers for at in range(first, last)):
            return unit, Answer(tuple(unit.registers[at] for at in range(first, last)))
        case Function.WRITE_REGISTER if first in (SERIAL, ADDRESS):
            (value,) = request.values
            if first == ADDRESS and not 1 <= value <= 255:
                return refused(Reason.ILLEGAL_VALUE)
            return replace(unit, registers={**unit.registers, first: value}), Answer()
        case Function.READ_INPUT_REGISTERS:
            return refused(Reason.ILLEGAL_FUNCTION)
        case _:
            return refused(Reason.ILLEGAL_ADDRESS)


@dataclass(frozen=True, slots=True)
class Manners:
    """How a unit, or the adapter before it, answers on a serial line: after so long, with bytes that belong to nothing.

    `echo`: whatever is sent to it comes back first.
    """

    delay_ms: int = 0
    before: bytes = b""
    after: bytes = b""
    echo: bool = False


def manners_of(personality: str) -> Manners:
    """Those of a known unit; "" is ours. Raises `HarnessError` for an unknown one."""
    if not personality:
        return Manners()
    values = values_of("door", personality)
    before, after = (bytes.fromhex(values.get(name, "")) for name in ("before", "after"))
    return Manners(values.get("delay_ms", 0), before, after, values.get("echo", False))


class DoorUnit:
    """The unit in a world, whatever carries what is said to it."""

    def __init__(self, world: LiveWorld) -> None:
        self._world = world
        lit = {channel for channel, colour in LAMP.items() if world.state.lamp == colour.value}
        lit |= {channel for channel, slot in SWITCHES.items() if slot in world.state.on}
        self._unit = Unit(tuple(int(channel in lit) for channel in range(CHANNELS)))

    @property
    def number(self) -> int:
        """The one to which it answers on a bus."""
        return self._unit.number

    @property
    def silent(self) -> bool:
        """Whether it says nothing at all."""
        return "door" in self._world.state.silent

    @property
    def faults(self) -> Collection[str]:
        """What is wrong now, here or anywhere."""
        return self._world.state.faults

    async def said(self, message: Request | ExceptionResponse) -> Answer | ExceptionResponse:
        """Do what is asked, and answer."""
        if isinstance(message, ExceptionResponse):
            return message
        before, state = self._unit, self._world.state
        if (reason := refusal(state)) is not None:
            return ExceptionResponse(message.unit, message.function, reason)
        after, said = answer(before, inputs(state, clock.now_us()), message)
        self._unit = replace(after, coils=moved(before.coils, after.coils, state.faults))
        await self._drive(before.coils, self._unit.coils)
        return said

    async def _drive(self, before: tuple[int, ...], after: tuple[int, ...]) -> None:
        """What the outputs do to the booth."""
        if before == after:
            return
        for channel, slot in SWITCHES.items():
            if before[channel] != after[channel]:
                await self._world.act("switch", slot=slot, on=bool(after[channel]))
        if colour(before) != colour(after):
            lit = LampColour.OFF if LAMP_DARK in self._world.state.faults else colour(after)
            await self._world.act("light", colour=lit.value)
