"""Driver for a Modbus RTU input/output unit: door contact, call button, privacy glass and lamp on one bus.

Channels are counted from 1, as printed beside the terminals (DI1, DO1).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from typing import TypeVar

from lisa_core.domain.model.errors import DeviceFault, ProfileError
from lisa_core.domain.model.readings import DeviceIdentity, LampColour
from lisa_core.equipment.codecs.modbus_rtu import (
    Answer,
    AnswerParser,
    ExceptionResponse,
    Function,
    Request,
    encode_request,
)
from lisa_core.equipment.drivers.modbus_faults import LATER, refused, silent
from lisa_core.equipment.lines.stream import ByteStream
from lisa_core.equipment.slots.devices import Contact, Lamp, Switch
from lisa_core.equipment.slots.driver import Driver, Given, Option, Serves, chosen
from lisa_core.host.address import SERIAL

AGAIN_S = 0.2
"""Seconds between two questions to a unit that says "later"."""
BACKLOG = 64
"""Maximum number of unasked bytes, and of changes for a reader that is late, that are kept: the newest."""
VERSION_REGISTER = 0x8000
"""Software version times 100 on Waveshare units; others refuse, which is fine."""

Inputs = tuple[bool, ...]

_WRITES = (Function.WRITE_COIL, Function.WRITE_REGISTER, Function.WRITE_COILS)
_T = TypeVar("_T")


class ModbusIo:
    """One unit. Everything on the bus goes through `ask`, one request at a time."""

    def __init__(self, stream: ByteStream, where: str, options: Given) -> None:
        self._stream, self._where = stream, where
        self._options = options = chosen(OPTIONS, options)
        self._unit = int(options["unit"])
        self._name = f"Ein-/Ausgabe-Einheit {self._unit} an {where!r}"
        self._count = int(options["inputs"])
        self._poll_s = float(options["poll_ms"]) / 1000
        self._answer_s, self._tries = float(options["timeout_s"]), int(options["tries"])
        self._later_s = float(options["later_s"])
        # 3.5 characters of 11 bits end a frame for every listener, but never less than 1.75 ms.
        self._gap_s = max(0.00175, 3.5 * 11 / int(options["baudrate"]))
        self._bus = asyncio.Lock()
        self._received: asyncio.Queue[bytes | DeviceFault] = asyncio.Queue(BACKLOG)
        self._hears_itself: bool | None = None
        """Whether the line gives back what is sent on it; not known before something was read."""
        self._lost: DeviceFault | None = None
        self._inputs: Inputs | None = None
        self._watchers: set[asyncio.Queue[Inputs | DeviceFault]] = set()

    def contact(self, channel: int, *, inverted: bool = False) -> Contact:
        """An input; `inverted` for a normally closed contact, whose circuit is closed (1) while the door is."""
        if not 1 <= channel <= self._count:
            inputs = f"Die Einheit an {self._where!r} hat die Eingänge 1 bis {self._count}"
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
            if fault.code != "door.refused":
                raise
            return DeviceIdentity()
        return DeviceIdentity(firmware=f"V{answer.values[0] / 100:.2f}")

    async def check(self) -> None:
        """Return when it answers; one without inputs refuses, which is an answer. Faults `door.silent`, `link.lost`."""
        try:
            await self.ask(Function.READ_INPUTS, 0, count=self._count)
        except DeviceFault as fault:
            if fault.code != "door.refused":
                raise

    async def ask(self, function: Function, address: int, *, count: int = 1, values: tuple[int, ...] = ()) -> Answer:
        """One exchange; a unit that says "later" is asked again. Faults: `door.silent`, `door.refused`, `link.lost`."""
        request = Request(self._unit, function, address, count, values)
        loop = asyncio.get_running_loop()
        until = loop.time() + self._later_s
        while True:
            async with self._bus:
                if function in _WRITES and self._hears_itself is None:  # else its own echo would confirm it
                    await self._tried(Request(self._unit, Function.READ_INPUTS, 0, self._count))
                answer = await self._tried(request)
            if isinstance(answer, Answer):
                return answer
            if answer.code not in LATER or loop.time() >= until:
                raise refused(self._name, request, answer)
            await asyncio.sleep(AGAIN_S)

    async def _tried(self, request: Request) -> Answer | ExceptionResponse:
        parser = AnswerParser(request)
        for _ in range(self._tries):
            parser = AnswerParser(request, echo=request.function in _WRITES and self._hears_itself is True)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._answer_s):
                    return await self._exchange(request, parser)
        raise silent(self._name, self._options, request, parser)

    async def watch(self) -> AsyncGenerator[Inputs, None]:
        """All inputs, at once and after each change of any; a fault ends it."""
        changes: asyncio.Queue[Inputs | DeviceFault] = asyncio.Queue(BACKLOG)
        if self._lost or self._inputs is not None:
            changes.put_nowait(self._lost or self._inputs or ())
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

    async def follow(self) -> None:
        """Take in what the unit sends, for ever; a line that was lost is taken up again."""
        while True:
            try:
                _put(self._received, await self._stream.read())
            except DeviceFault as fault:
                self._lost = fault
                _put(self._received, fault)
                self._tell(fault)
                await self._stream.again()
                self._lost = self._hears_itself = None

    def _tell(self, news: Inputs | DeviceFault) -> None:
        inputs = None if isinstance(news, DeviceFault) else news
        if inputs is None or inputs != self._inputs:
            for watcher in self._watchers:
                _put(watcher, news)
        self._inputs = inputs

    async def _exchange(self, request: Request, parser: AnswerParser) -> Answer | ExceptionResponse:
        if self._lost:
            raise self._lost
        while not self._received.empty():  # a late answer to an earlier request
            self._received.get_nowait()
        await self._stream.write(encode_request(request))
        while True:
            data = await self._received.get()
            if isinstance(data, DeviceFault):
                raise data
            answer = parser.feed(data)
            if request.function not in _WRITES and (answer or parser.echoed):
                self._hears_itself = parser.echoed
            if answer:
                await asyncio.sleep(self._gap_s)
                return answer


def _put(queue: asyncio.Queue[_T], item: _T) -> None:
    """The newest counts: a full queue loses its oldest."""
    if queue.full():
        queue.get_nowait()
    queue.put_nowait(item)


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
        await self._io.ask(Function.WRITE_COIL, self._channel - 1, values=(int(on),))


class _Lamp:
    def __init__(self, io: ModbusIo, channels: Mapping[LampColour, int]) -> None:
        self._io, self._channels = io, channels

    async def show(self, colour: LampColour) -> None:
        lights = sorted((channel, lit == colour) for lit, channel in self._channels.items())
        first, last = lights[0][0], lights[-1][0]
        if last - first == len(lights) - 1:  # neighbours change together, nobody sees a mixed colour
            values = tuple(int(on) for _, on in lights)
            await self._io.ask(Function.WRITE_COILS, first - 1, values=values)
            return
        for channel, on in sorted(lights, key=lambda light: light[1]):  # out first, then on
            await self._io.ask(Function.WRITE_COIL, channel - 1, values=(int(on),))


@contextlib.asynccontextmanager
async def open_modbus_io(binding: str, options: Given) -> AsyncIterator[ModbusIo]:
    """Open the unit at a device path, `rfc2217://` or `socket://`."""
    from lisa_core.equipment.lines.serial import open_serial  # pyserial is needed where something is opened

    options = chosen(OPTIONS, options)
    stream = await open_serial(binding, baudrate=int(options["baudrate"]), parity=str(options["parity"]))
    io = ModbusIo(stream, binding, options)
    tasks = [asyncio.create_task(io.follow()), asyncio.create_task(io.poll())]
    try:
        yield io
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await stream.aclose()


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
    SERIAL,
    open_modbus_io,
    OPTIONS,
    shared=True,
    check=ModbusIo.check,
)
