"""Driver for a Modbus input/output unit, RTU or TCP: door contact, call button, privacy glass and lamp on one bus.

Channels are counted from 1, as printed beside the terminals (DI1, DO1).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Mapping

from lisa_core.domain.model.errors import DeviceFault, ProfileError
from lisa_core.domain.model.readings import DeviceIdentity, LampColour
from lisa_core.equipment.codecs.modbus_pdu import Function
from lisa_core.equipment.drivers.modbus.faults import stuck
from lisa_core.equipment.drivers.modbus.master import BACKLOG, Master, NetworkFraming, SerialFraming
from lisa_core.equipment.lines.stream import put_newest
from lisa_core.equipment.slots.devices import Contact, Lamp, Switch
from lisa_core.equipment.slots.driver import Driver, Evidence, Given, Option, Serves, Tried, chosen
from lisa_core.host.address import MODBUS, read_address

VERSION_REGISTER = 0x8000
"""Software version times 100 on Waveshare units; others refuse, which is fine."""

Inputs = tuple[bool, ...]


class ModbusIo:
    """One unit: its inputs, read again and again, and its outputs."""

    def __init__(self, master: Master, binding: str, options: Given) -> None:
        """`options` are complete."""
        self._binding = binding
        self._count = int(options["inputs"])
        self._poll_s = float(options["poll_ms"]) / 1000
        self._reads_back = bool(options["readback"])
        self._master = master
        self.ask, self.ping = master.ask, master.ping
        self._inputs: Inputs | None = None
        self._watchers: set[asyncio.Queue[Inputs | DeviceFault]] = set()

    @property
    def delay_s(self) -> float:
        """Seconds by which a change may be told later than at the end of a short line: a round, and by how much the
        inputs are read more seldom than `poll_ms` says."""
        round_s = self._master.rounds.worst_s
        return round_s + max(0.0, round_s - self._poll_s)

    def contact(self, channel: int, *, inverted: bool = False) -> Contact:
        """An input; `inverted` for a normally closed contact, whose circuit is closed (1) while the door is."""
        if not 1 <= channel <= self._count:
            inputs = f"Die Einheit an {self._binding!r} hat die Eingänge 1 bis {self._count}"
            raise ProfileError(f"channel = {channel} gibt es nicht. {inputs}; sind es andere, inputs angeben.")
        return _Contact(self, channel, inverted)

    def switch(self, channel: int) -> Switch:
        """An output."""
        return _Switch(self, channel)

    def lamp(self, red: int, yellow: int, green: int) -> Lamp:
        """Three outputs that are one lamp."""
        return _Lamp(self, {LampColour.RED: red, LampColour.YELLOW: yellow, LampColour.GREEN: green})

    async def identify(self) -> DeviceIdentity:
        """Read the version, if the unit has one."""
        try:
            answer = await self.ask(Function.READ_HOLDING, VERSION_REGISTER)
        except DeviceFault as fault:
            if fault.code != "door.refused" or fault.retryable:
                raise
            return DeviceIdentity()
        return DeviceIdentity(firmware=f"V{answer.values[0] / 100:.2f}")

    async def check(self) -> None:
        """Return when it answers; one without inputs refuses for good, which is an answer.

        Faults `door.silent`, `link.lost`, and `door.refused` of one that reports a failure of its own, or is busy.
        """
        try:
            await self.ask(Function.READ_INPUTS, 0, count=self._count)
        except DeviceFault as fault:
            if fault.code != "door.refused" or fault.retryable:
                raise

    async def put(self, first: int, values: tuple[int, ...]) -> None:
        """Set outputs from this address on, and see whether they are set. Faults of `ask`, and `door.stuck`."""
        await self.ask(Function.WRITE_COIL if len(values) == 1 else Function.WRITE_COILS, first, values=values)
        if not self._reads_back:
            return
        try:
            found = await self.ask(Function.READ_COILS, first, count=len(values))
        except DeviceFault as fault:
            if fault.code != "door.refused" or fault.retryable:
                raise
            self._reads_back = False  # a unit that does not tell
        else:
            if found.values != values:
                raise stuck(self._binding, first, values, found.values)

    async def watch(self) -> AsyncGenerator[Inputs, None]:
        """All inputs, at once and after each change of any; a fault ends it."""
        changes: asyncio.Queue[Inputs | DeviceFault] = asyncio.Queue(BACKLOG)
        if self._master.lost or self._inputs is not None:
            changes.put_nowait(self._master.lost or self._inputs or ())
        self._watchers.add(changes)
        try:
            while True:
                change = await changes.get()
                if isinstance(change, DeviceFault):
                    raise change
                yield change
        finally:
            self._watchers.discard(changes)

    async def poll(self) -> None:
        """Read the inputs again and again, for ever."""
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            try:
                answer = await self.ask(Function.READ_INPUTS, 0, count=self._count)
                self._tell(tuple(bool(value) for value in answer.values))
            except DeviceFault as fault:
                self._tell(fault)
            due = max(due + self._poll_s, loop.time())
            await asyncio.sleep(due - loop.time())

    def _tell(self, news: Inputs | DeviceFault) -> None:
        inputs = None if isinstance(news, DeviceFault) else news
        if inputs is None or inputs != self._inputs:
            for watcher in self._watchers:
                put_newest(watcher, news)
        self._inputs = inputs


class _Contact:
    def __init__(self, io: ModbusIo, channel: int, inverted: bool) -> None:
        self._io, self._channel, self._inverted = io, channel, inverted

    async def states(self) -> AsyncIterator[bool]:
        last: bool | None = None
        async with contextlib.aclosing(self._io.watch()) as watching:
            async for inputs in watching:
                state = inputs[self._channel - 1] != self._inverted
                if state != last:
                    last = state
                    yield state


class _Switch:
    def __init__(self, io: ModbusIo, channel: int) -> None:
        self._io, self._channel = io, channel

    async def set(self, on: bool) -> None:
        await self._io.put(self._channel - 1, (int(on),))


class _Lamp:
    def __init__(self, io: ModbusIo, channels: Mapping[LampColour, int]) -> None:
        self._io, self._channels = io, channels

    async def show(self, colour: LampColour) -> None:
        lights = sorted((channel, lit == colour) for lit, channel in self._channels.items())
        first, last = lights[0][0], lights[-1][0]
        if last - first == len(lights) - 1:  # neighbours change together, nobody sees a mixed colour
            await self._io.put(first - 1, tuple(int(on) for _, on in lights))
            return
        for channel, on in sorted(lights, key=lambda light: light[1]):  # out first, then on
            await self._io.put(channel - 1, (int(on),))


@contextlib.asynccontextmanager
async def open_modbus_io(binding: str, options: Given) -> AsyncIterator[ModbusIo]:
    """Open the unit at a device path, `rfc2217://`, `socket://` (RTU) or `tcp://` (Modbus TCP)."""
    options = chosen(OPTIONS, options)
    name = f"Ein-/Ausgabe-Einheit {options['unit']} an {binding!r}"
    async with contextlib.AsyncExitStack() as stack:
        address = read_address(binding, MODBUS)
        if address.scheme == "tcp":
            from lisa_core.equipment.lines.tcp_stream import open_tcp

            network = await open_tcp(address.host, address.port)
            stack.push_async_callback(network.aclose)
            master = Master(network, NetworkFraming(network), name, options, binding)
        else:
            from lisa_core.equipment.lines.serial import open_serial  # pyserial is needed where a line is opened

            baudrate, parity = int(options["baudrate"]), str(options["parity"])
            line = await open_serial(binding, baudrate=baudrate, parity=parity)
            stack.push_async_callback(line.aclose)
            master = Master(line, SerialFraming(baudrate, parity), name, options, binding)
        io = ModbusIo(master, binding, options)
        stack.push_async_callback(_ended, asyncio.create_task(master.follow()), asyncio.create_task(io.poll()))
        yield io


async def _ended(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _output(name: str, text: str) -> Option:
    return Option(name, int, text, needed=True, least=1, most=65_536)


OPTIONS = (
    Option("unit", int, "Nummer der Einheit auf dem Bus", 1, least=1, most=255),
    Option("baudrate", int, "Geschwindigkeit der Leitung", 9600, least=50, most=4_000_000),
    Option("parity", str, "Parität", "N", words=("N", "E", "O")),
    Option("inputs", int, "Anzahl der Eingänge", 8, least=1, most=2_000),  # what one question can ask for
    Option("poll_ms", int, "so oft werden die Eingänge gelesen, in Millisekunden", 50, least=1, most=60_000),
    Option("timeout_s", float, "so lange wird auf eine Antwort gewartet, in Sekunden", 0.3, least=0.01, most=60),
    Option("tries", int, "so oft wird eine Einheit gefragt, die nicht antwortet", 3, least=1, most=100),
    Option(
        "later_s",
        float,
        "so lange wird eine Einheit gefragt, die „später“ sagt (Ausnahme 5 und 6), in Sekunden",
        5.0,
        least=0,
        most=600,
    ),
    Option("readback", bool, "ob nach jedem Schalten gefragt wird, wie die Ausgänge stehen", True),
)
EVIDENCE = Evidence(
    "Einheit mit Ein- und Ausgängen an Modbus RTU oder TCP: Tür, Taste, Glas, Lampe, Schleife",
    Tried.PAPERS,
    "die Beispiele aus der Norm und von Waveshare",
    (
        "Spulen, mit denen ein Relaismodul blinkt",
        "welcher Ein- und Ausgang was ist: das ist unsere Wahl",
        "wie viele Clients eine Einheit zugleich nimmt",
    ),
)
DRIVER = Driver(
    "modbus-io",
    (
        Serves(
            Contact,
            (
                _output("channel", "Eingang, ab 1 gezählt"),
                Option("inverted", bool, "true für einen Kontakt, der in Ruhe geschlossen ist", False),
            ),
            lambda io, options: io.contact(int(options["channel"]), inverted=bool(options["inverted"])),
        ),
        Serves(
            Switch,
            (_output("channel", "Ausgang, ab 1 gezählt"),),
            lambda io, options: io.switch(int(options["channel"])),
        ),
        Serves(
            Lamp,
            (_output("red", "Ausgang für Rot"), _output("yellow", "… Gelb"), _output("green", "… Grün")),
            lambda io, options: io.lamp(*(int(options[name]) for name in ("red", "yellow", "green"))),
        ),
    ),
    MODBUS,
    open_modbus_io,
    OPTIONS,
    shared=True,
    check=ModbusIo.check,
    evidence=EVIDENCE,
)
