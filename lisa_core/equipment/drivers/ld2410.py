"""Driver for the HLK-LD2410 presence radar: slot `Presence`."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import DeviceIdentity, PresenceReport
from lisa_core.equipment.codecs.ld2410 import (
    BAUDRATE,
    Acknowledgement,
    Code,
    Command,
    Parser,
    Report,
    TargetState,
    encode,
    firmware,
)
from lisa_core.equipment.lines.stream import ByteStream
from lisa_core.equipment.slots.devices import Presence
from lisa_core.equipment.slots.driver import Driver, Given, Option, Serves, chosen
from lisa_core.host.address import SERIAL

SILENCE_S = 1.0
"""The radar reports ten times a second; after this long without one something is wrong."""
SILENCE_SLICES = 2
"""The limit is waited for in slices: if our own process was held up, one may run out unnoticed, and the next one finds
the reports that have arrived meanwhile."""
ANSWER_S = 1.0
ATTEMPTS = 2
BACKLOG = 20
"""Reports kept for a reader that is late: two seconds."""
NOISE = 4
"""So many bytes since the last frame that begin none are no accident: a line at another speed, or another device."""


class Ld2410:
    """One radar. Reports go to one reader."""

    def __init__(self, stream: ByteStream, where: str, baudrate: int = BAUDRATE) -> None:
        self._stream, self._where, self._baudrate = stream, where, baudrate
        self._unread = 0
        """Bytes since the last frame that belong to none."""
        self._reports: deque[Report] = deque(maxlen=BACKLOG)
        self._acks: deque[Acknowledgement] = deque(maxlen=BACKLOG)
        self._arrived = asyncio.Condition()
        self._configuring = asyncio.Lock()
        self._lost: DeviceFault | None = None

    async def reports(self) -> AsyncGenerator[PresenceReport, None]:
        """Report for ever. Faults: `presence.silent`, `presence.garbled`, `presence.calibrating`, `link.lost`."""
        while True:
            yield self._reading(await self._next_report())

    async def identify(self) -> DeviceIdentity:
        """Ask for firmware and address; the radar sends no reports meanwhile (some milliseconds)."""
        async with self._configuring:
            await self._ask(Code.CONFIG_ENABLE, b"\x01\x00")
            try:
                version = await self._ask(Code.FIRMWARE)
                address = await self._ask(Code.MAC, b"\x01\x00")
            finally:
                await self._stream.write(encode(Command(Code.CONFIG_DISABLE)))
        text = firmware(version.data) if len(version.data) == 8 else ""
        return DeviceIdentity("Hi-Link", "HLK-LD2410", address.data.hex(":"), text)

    async def resume(self) -> None:
        """Leave configuration mode, in case a program that ended before left the radar in it: it would stay silent."""
        await self._stream.write(encode(Command(Code.CONFIG_DISABLE)))

    async def follow(self) -> None:
        """Take in what the radar sends, for ever; a line that was lost is taken up again."""
        while True:
            try:
                await self._take_in()
            except DeviceFault as fault:
                async with self._arrived:
                    self._lost = fault
                    self._arrived.notify_all()
            await self._stream.again()
            self._lost, self._unread = None, 0
            with contextlib.suppress(DeviceFault):  # lost once more: reading finds that out
                await self.resume()

    async def _take_in(self) -> None:
        parser = Parser()
        while True:
            before = parser.skipped
            messages = parser.feed(await self._stream.read())
            self._unread += parser.skipped - before
            for message in messages:
                await self._take(message)

    async def _take(self, message: Report | Command | Acknowledgement) -> None:
        async with self._arrived:
            self._unread = 0
            if isinstance(message, Report):
                self._reports.append(message)
            elif isinstance(message, Acknowledgement):
                self._acks.append(message)
            self._arrived.notify_all()

    async def _next_report(self) -> Report:
        waits = 0
        while not self._reports:
            if self._lost:
                raise self._lost
            if waits == SILENCE_SLICES:
                with contextlib.suppress(DeviceFault):
                    await self.resume()  # and whoever writes learns that the line behind a network is dead
                raise self._nothing_to_read()
            try:
                async with asyncio.timeout(SILENCE_S / SILENCE_SLICES), self._arrived:
                    await self._arrived.wait_for(lambda: self._reports or self._lost)
            except TimeoutError:
                waits = 0 if self._configuring.locked() else waits + 1
        return self._reports.popleft()

    def _nothing_to_read(self) -> DeviceFault:
        heard, self._unread = self._unread, 0
        usual = "" if self._baudrate == BAUDRATE else f"; ab Werk {BAUDRATE}"
        speed = f"Geschwindigkeit (baudrate = {self._baudrate}{usual})"
        if heard >= NOISE:
            text = f"Es kommen Zeichen, aber keine Berichte. {speed} prüfen; oder hängt dort ein anderes Gerät?"
            return self._fault("garbled", text)
        text = f"Seit einer Sekunde kein Bericht. Strom, Kabel und {speed} prüfen; oder hängt dort ein anderes Gerät?"
        return self._fault("silent", text)

    def _reading(self, report: Report) -> PresenceReport:
        if report.status > TargetState.BOTH:
            raise self._fault("calibrating", "Es misst sein Grundrauschen ein. Das Bürgerbüro leer lassen und warten.")
        moving = report.status in (TargetState.MOVING, TargetState.BOTH)
        still = report.status in (TargetState.STILL, TargetState.BOTH)
        # Real modules leave the field of a still person at 0 and say the distance elsewhere: 0 is no distance.
        still_cm = report.still_cm or report.detection_cm or report.moving_cm
        return PresenceReport(
            report.moving_cm if moving else None,
            still_cm if still else None,
            min(report.moving_energy, 100),
            min(report.still_energy, 100),
        )

    async def _ask(self, code: Code, args: bytes = b"") -> Acknowledgement:
        for _ in range(ATTEMPTS):
            self._acks.clear()
            await self._stream.write(encode(Command(code, args)))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(ANSWER_S):
                    return await self._answer(code)
        text = f"Keine Antwort auf den Befehl 0x{code:02X}. Kabel und Geschwindigkeit (baudrate) prüfen."
        raise self._fault("no_answer", text)

    async def _answer(self, code: Code) -> Acknowledgement:
        async with self._arrived:
            while True:
                if self._lost:
                    raise self._lost
                while self._acks:
                    if (ack := self._acks.popleft()).code == code:
                        return ack
                await self._arrived.wait()

    def _fault(self, code: str, text: str) -> DeviceFault:
        return DeviceFault(f"presence.{code}", f"Präsenzradar an {self._where!r}: {text}", retryable=True)


@contextlib.asynccontextmanager
async def open_ld2410(binding: str, options: Given) -> AsyncIterator[Ld2410]:
    """Open the radar at a device path, `rfc2217://` or `socket://`."""
    from lisa_core.equipment.lines.serial import open_serial  # pyserial is needed where something is opened

    baudrate = int(chosen(OPTIONS, options)["baudrate"])
    stream = await open_serial(binding, baudrate=baudrate)
    radar = Ld2410(stream, binding, baudrate)
    following = asyncio.create_task(radar.follow(), name=f"presence {binding}")
    try:
        await radar.resume()
        yield radar
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        await stream.aclose()


OPTIONS = (Option("baudrate", int, "Geschwindigkeit der Leitung", BAUDRATE, least=50, most=4_000_000),)
DRIVER = Driver("hlk-ld2410", (Serves(Presence),), SERIAL, open_ld2410, OPTIONS, can=("entfernung", "kennung"))
