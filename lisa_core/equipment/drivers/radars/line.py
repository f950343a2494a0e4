"""The serial line of a radar of Hi-Link: reports one way, commands the other, and what to say of silence."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import Generic, TypeVar

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.codecs.hilink import BAUDRATE, Acknowledgement, Command, EveryRadar, Finder, encode_command
from lisa_core.equipment.lines.stream import ByteStream
from lisa_core.equipment.slots.promises.delayed import RoundTrips

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

R = TypeVar("R")


class RadarLine(Generic[R]):
    """What one radar sends. Reports go to one reader."""

    def __init__(
        self,
        stream: ByteStream,
        where: str,
        baudrate: int,
        parser: Callable[[], Finder[R | Command | Acknowledgement]],
    ) -> None:
        self._stream, self._where, self._baudrate, self._parser = stream, where, baudrate, parser
        self._unread = 0
        """Bytes since the last frame that belong to none."""
        self._reports: deque[R] = deque(maxlen=BACKLOG)
        self._acks: deque[Acknowledgement] = deque(maxlen=BACKLOG)
        self._news = asyncio.Event()
        """A report, an answer or a loss has come; whoever waits looks which, and waits on."""
        self._configuring = asyncio.Lock()
        self._lost: DeviceFault | None = None
        self.rounds = RoundTrips(where)

    async def resume(self) -> None:
        """Leave configuration mode, in case a program that ended before left the radar in it: it would stay silent."""
        await self._stream.write(encode_command(Command(EveryRadar.CONFIG_DISABLE)))

    async def follow(self) -> None:
        """Take in what the radar sends, for ever; a line that was lost is taken up again."""
        while True:
            try:
                await self._take_in()
            except DeviceFault as fault:
                self._lost = fault
                self._news.set()
            await self._stream.again()
            self._lost, self._unread = None, 0
            with contextlib.suppress(DeviceFault):  # lost once more: reading finds that out
                await self.resume()

    async def _take_in(self) -> None:
        parser = self._parser()
        while True:
            before = parser.skipped
            messages = parser.feed(await self._stream.read())
            self._unread += parser.skipped - before
            for message in messages:
                self._unread = 0
                if isinstance(message, Acknowledgement):
                    self._acks.append(message)
                elif not isinstance(message, Command):
                    self._reports.append(message)
            if messages:
                self._news.set()

    async def next_report(self) -> R:
        """The next one. Faults `presence.silent`, `presence.garbled`, `link.lost`."""
        waits = 0
        while not self._reports:
            if self._lost:
                raise self._lost
            if waits == SILENCE_SLICES:
                with contextlib.suppress(DeviceFault):
                    await self.resume()  # and whoever writes learns that the line behind a network is dead
                raise self._nothing_to_read()
            try:
                async with asyncio.timeout(SILENCE_S / SILENCE_SLICES):
                    while not (self._reports or self._lost):
                        await self._changed()
            except TimeoutError:
                waits = 0 if self._configuring.locked() else waits + 1
        return self._reports.popleft()

    @contextlib.asynccontextmanager
    async def configured(self) -> AsyncIterator[None]:
        """Commands go within this; the radar sends no reports meanwhile (some milliseconds). Fault of `ask`."""
        async with self._configuring:
            await self.ask(EveryRadar.CONFIG_ENABLE, b"\x01\x00")
            try:
                yield
            finally:
                await self.resume()

    async def ping(self) -> float:
        """Seconds until the radar has answered one command. Faults of `ask`."""
        loop = asyncio.get_running_loop()
        async with self._configuring:
            since = loop.time()
            await self.ask(EveryRadar.CONFIG_ENABLE, b"\x01\x00")
            took_s = loop.time() - since
            await self.resume()
        return took_s

    async def ask(self, code: int, args: bytes = b"") -> Acknowledgement:
        """The answer to a command. Faults `presence.no_answer`, `link.lost`."""
        loop = asyncio.get_running_loop()
        since = loop.time()  # of the first try: what answers the second may be late for it
        for _ in range(ATTEMPTS):
            self._acks.clear()
            await self._stream.write(encode_command(Command(code, args)))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(ANSWER_S):
                    answer = await self._answer(code)
                    self.rounds.add(loop.time() - since)
                    return answer
        text = f"Keine Antwort auf den Befehl 0x{code:02X}. Kabel und Geschwindigkeit (baudrate) prüfen."
        raise self.fault("no_answer", text)

    async def _answer(self, code: int) -> Acknowledgement:
        while True:
            if self._lost:
                raise self._lost
            while self._acks:
                if (ack := self._acks.popleft()).code == code:
                    return ack
            await self._changed()

    async def _changed(self) -> None:
        self._news.clear()
        await self._news.wait()

    def _nothing_to_read(self) -> DeviceFault:
        heard, self._unread = self._unread, 0
        usual = "" if self._baudrate == BAUDRATE else f"; ab Werk {BAUDRATE}"
        speed = f"Geschwindigkeit (baudrate = {self._baudrate}{usual})"
        if heard >= NOISE:
            text = f"Es kommen Zeichen, aber keine Berichte. {speed} prüfen; oder hängt dort ein anderes Gerät?"
            return self.fault("garbled", text)
        text = f"Seit einer Sekunde kein Bericht. Strom, Kabel und {speed} prüfen; oder hängt dort ein anderes Gerät?"
        return self.fault("silent", text)

    def fault(self, code: str, text: str) -> DeviceFault:
        """One of this radar, with where it is."""
        return DeviceFault(f"presence.{code}", f"Präsenzradar an {self._where!r}: {text}", retryable=True)
