"""What the emulated radars of Hi-Link have in common: reports on time, commands that are answered, and a memory."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from emulator.devices.radars.sight import LEFT_CONFIGURED, restarting
from emulator.devices.uart import ByteLine, LineSettings
from emulator.world.live_world import LiveWorld
from emulator.world.world import World
from lisa_core.equipment.codecs.hilink import (
    BAUDRATES,
    REPORT_PERIOD_S,
    Acknowledgement,
    Command,
    EveryRadar,
    encode_command,
)

MAC = bytes.fromhex("02 00 4c 49 53 41")  # locally administered: belongs to no maker
PLAYS = "presence"
"""What falls silent: the device of the slot, whichever radar plays it."""
PROTOCOL = b"\x01\x00\x40\x00"
"""Its version, and the size of the module's buffer."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What every module holds. `commands`: those that this firmware knows besides beginning and end."""

    configuring: bool = False
    bluetooth: bool = True
    baudrate_index: int = 7
    firmware: str = ""
    commands: frozenset[int] = frozenset()

    @property
    def line(self) -> LineSettings:
        """Its end of the line, from the next restart on."""
        return LineSettings(BAUDRATES[self.baudrate_index - 1])


M = TypeVar("M", bound=Memory)
Handler = Callable[[M, bytes], tuple[M, bytes]]
"""Memory and arguments to memory and the acknowledgement's data; ValueError, KeyError or struct.error: refused."""


def says(data: Callable[[M], bytes]) -> Handler[M]:
    """A question."""
    return lambda memory, args: (memory, data(memory))


def mode(change: Callable[[M], M]) -> Handler[M]:
    """A command without arguments."""
    return lambda memory, args: (change(memory), b"")


def word(args: bytes) -> int:
    """The one argument of a command."""
    return int(struct.unpack("<H", args)[0])


def within(value: int, least: int, most: int) -> int:
    """The same value. Raises ValueError for one that the module does not take."""
    if not least <= value <= most:
        raise ValueError(f"{value} is not within {least}..{most}")
    return value


def common(_: type[M]) -> Mapping[int, Handler[M]]:
    """What all of them answer alike."""
    return {
        EveryRadar.CONFIG_ENABLE: lambda memory, args: (replace(memory, configuring=True), PROTOCOL),
        EveryRadar.CONFIG_DISABLE: mode(lambda memory: replace(memory, configuring=False)),
        EveryRadar.BAUDRATE: lambda memory, args: (replace(memory, baudrate_index=within(word(args), 1, 8)), b""),
        EveryRadar.BLUETOOTH: lambda memory, args: (replace(memory, bluetooth=bool(word(args))), b""),
        EveryRadar.MAC: says(lambda memory: MAC),
    }


def answered(handlers: Mapping[int, Handler[M]], memory: M, command: Command) -> tuple[M, Acknowledgement]:
    """The module's memory after a command, and its acknowledgement. Only CONFIG_ENABLE works in normal mode."""
    known = command.code in (EveryRadar.CONFIG_ENABLE, EveryRadar.CONFIG_DISABLE) or command.code in memory.commands
    handler = handlers.get(command.code) if known else None
    if handler is None or not (memory.configuring or command.code == EveryRadar.CONFIG_ENABLE):
        return memory, Acknowledgement(command.code, ok=False)
    try:
        after, data = handler(memory, command.args)
    except (ValueError, KeyError, struct.error):
        return memory, Acknowledgement(command.code, ok=False)
    return after, Acknowledgement(command.code, data=data)


class Feeds(Protocol):
    """Finds messages in a stream."""

    def feed(self, data: bytes) -> Sequence[object]: ...


@dataclass(frozen=True, slots=True)
class Kind(Generic[M]):
    """One kind of radar. `report`: what it sends of this world at this time, in microseconds."""

    fresh: M
    report: Callable[[M, World, int], bytes]
    answer: Callable[[M, Command], tuple[M, Acknowledgement]]
    parser: Callable[[], Feeds]


class _Device(Generic[M]):
    def __init__(self, kind: Kind[M], world: LiveWorld, line: ByteLine, period_s: float) -> None:
        self._kind, self._world, self._line, self._period_s = kind, world, line, period_s
        self._memory = kind.fresh
        self._restarting = self._left = False

    async def report(self) -> None:
        """Report by absolute times; after a stall the missed ones are left out, not made up for."""
        loop = asyncio.get_running_loop()
        start, count = loop.time(), 0
        while True:
            state, now_us = self._world.state, round(loop.time() * 1_000_000)
            self._befall(state, now_us)
            if not (self._memory.configuring or self._restarting or PLAYS in state.silent):
                self._line.write(self._kind.report(self._memory, state, now_us))
            count = max(count, int((loop.time() - start) / self._period_s)) + 1
            await asyncio.sleep(start + count * self._period_s - loop.time())

    def _befall(self, state: World, now_us: int) -> None:
        """What begins now: a restart in the middle of a report, or a configuration that nobody ends."""
        if restarting(state, now_us) and not self._restarting:
            half = self._kind.report(self._memory, state, now_us)
            self._line.write(half[: len(half) // 2])
            self._memory = replace(self._memory, configuring=False)
        self._restarting = restarting(state, now_us)
        if LEFT_CONFIGURED in state.faults and not self._left:
            self._memory = replace(self._memory, configuring=True)
        self._left = LEFT_CONFIGURED in state.faults

    async def obey(self) -> None:
        parser = self._kind.parser()
        while True:
            for message in parser.feed(await self._line.read()):
                if isinstance(message, Command) and not (self._restarting or PLAYS in self._world.state.silent):
                    self._memory, ack = self._kind.answer(self._memory, message)
                    self._line.write(encode_command(ack))
                    if message.code == EveryRadar.RESTART and ack.ok:
                        self._line.settings = self._memory.line


async def serve_radar(kind: Kind[M], world: LiveWorld, line: ByteLine, period_s: float = REPORT_PERIOD_S) -> None:
    """Be a radar of this kind on this line, for ever."""
    device = _Device(kind, world, line, period_s)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(device.report())
        tasks.create_task(device.obey())
