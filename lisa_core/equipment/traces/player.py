"""A tap that answers out of a recording: lines as drivers know them, and nothing of a driver goes out."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Sequence

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.lines.hid import HidLine, lost
from lisa_core.equipment.lines.stream import ByteStream, DatagramLine, Dialogue, NetworkStream
from lisa_core.equipment.lines.tapped.request import HttpQuestion, Reply
from lisa_core.equipment.lines.tapped.tap import Ask, Dial
from lisa_core.equipment.traces.drawn import played
from lisa_core.equipment.traces.entries import About, EntryKind, TraceEntry
from lisa_core.equipment.traces.masks.mask import Mask
from lisa_core.equipment.traces.script import DEVIATES, Script

Waiting = Callable[[], Coroutine[object, object, TraceEntry]]


class Player:
    """The tap of one device that is played. Fulfils `lines.tapped.tap.Tap`; `mask` is as that of the recording was."""

    plays = True

    def __init__(self, script: Script, mask: Mask, name: str) -> None:
        self.script, self.mask, self.name = script, mask, name

    async def stream(self, dial: Dial[ByteStream]) -> NetworkStream:
        self._opened()
        return _PlayedStream(self)

    async def dialogue(self, dial: Dial[Dialogue]) -> Dialogue:
        self.mask.renewed()
        if self.script.opened():
            raise ConnectionRefusedError(f"{self.name}: So steht es in der Aufzeichnung.")
        return _PlayedDialogue(self)

    async def hid(self, dial: Dial[HidLine]) -> HidLine:
        self._opened()
        return _PlayedHid(self, await self.script.again())

    async def datagrams(self, dial: Dial[DatagramLine]) -> DatagramLine:
        self._opened()
        return _PlayedDatagrams(self)

    async def ask(self, asked: HttpQuestion, ask: Ask) -> Reply:
        about: About = {"method": asked.method, "path": asked.path}
        about = {**about, **({"type": asked.media_type} if asked.media_type else {})}
        entry, after_s = await self.script.asked(self.mask.asked(asked), about)
        if after_s > asked.part_s:  # whoever asked would have given up
            await asyncio.sleep(asked.part_s)
            text = f"{self.name}: Verbindung abgebrochen (in der Zeit kam keine Antwort)"
            raise DeviceFault(DEVIATES, text, retryable=True)
        await asyncio.sleep(after_s)
        if entry.kind is EntryKind.FAULT:
            raise self.fault(entry)
        body = played(entry.content)
        if len(body) > asked.limit:
            text = f"{self.name}: die Antwort hat mehr als {asked.limit} Bytes"
            raise DeviceFault("link.too_large", text, retryable=False)
        retry = entry.about.get("retry_after_s")
        return Reply(
            entry.number("status"),
            body,
            entry.word("type"),
            entry.word("location"),
            float(retry) if retry is not None else None,
            entry.number("https_port"),
        )

    def _opened(self) -> None:
        self.mask.renewed()
        if fault := self.script.opened():
            raise self.fault(fault)

    def fault(self, entry: TraceEntry) -> DeviceFault:
        """What a line said then."""
        code, why = entry.word("code") or DEVIATES, entry.word("why")
        return DeviceFault(code, why or self.name, retryable=not entry.about.get("final", False))

    def closed(self) -> DeviceFault:
        """The driver itself has let go of the line."""
        return lost(self.name, "selbst geschlossen")


class _Open:
    """A line as long as it is open: a reader that waits ends when it is closed."""

    def __init__(self, player: Player) -> None:
        self._player, self._script, self._mask = player, player.script, player.mask
        self._closed = asyncio.Event()
        self._kept: list[TraceEntry] = []
        """What came at the very moment in which its reader was cancelled."""

    async def _next(self, waiting: Waiting) -> TraceEntry:
        if self._closed.is_set():
            raise self._player.closed()
        if self._kept:
            return self._kept.pop()
        coming, closing = asyncio.create_task(waiting()), asyncio.create_task(self._closed.wait())
        try:
            await asyncio.wait((coming, closing), return_when=asyncio.FIRST_COMPLETED)
            if coming.done():
                return coming.result()
            raise self._player.closed()
        except asyncio.CancelledError:
            if coming.done() and not coming.cancelled() and not coming.exception():
                self._kept.append(coming.result())
            raise
        finally:
            closing.cancel()
            if not coming.done():
                coming.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await coming

    async def _came(self) -> bytes:
        entry = await self._next(self._script.came)
        if entry.kind is EntryKind.LOST:
            raise self._player.fault(entry)
        return played(entry.content)

    async def again(self) -> None:
        """Wait until the recording says that the line is there again."""
        await self._next(self._script.again)
        self._mask.renewed()

    async def aclose(self) -> None:
        """Let go of it."""
        self._closed.set()


class _PlayedStream(_Open):
    async def read(self) -> bytes:
        while not (data := await self._came()):
            pass
        return data

    async def write(self, data: bytes) -> None:
        if self._closed.is_set():
            raise self._player.closed()
        if fault := self._script.sent(self._mask.sent(data)):
            raise self._player.fault(fault)

    def drop(self, fault: DeviceFault) -> None:
        """A recording has no connection that could be given up."""


class _PlayedDialogue(_Open):
    async def read(self) -> bytes:
        entry = await self._next(self._script.came)
        if entry.kind is EntryKind.LOST:
            raise ConnectionResetError("so steht es in der Aufzeichnung")
        return played(entry.content)

    async def send(self, data: bytes) -> None:
        if self._script.sent(self._mask.sent(data)):
            raise ConnectionResetError("so steht es in der Aufzeichnung")

    async def deliver(self, data: bytes) -> bool:
        await self.send(data)
        return await self._script.ended()

    def abort(self) -> None:
        self._closed.set()


class _PlayedDatagrams(_Open):
    async def read(self) -> bytes:
        return await self._came()

    def write(self, data: bytes) -> None:
        self._script.sent(self._mask.sent(data))


class _PlayedHid(_Open):
    def __init__(self, player: Player, there: TraceEntry) -> None:
        super().__init__(player)
        self.product, self.serial = there.number("product"), there.word("serial")

    async def read(self) -> list[bytes]:
        return [await self._came()]

    async def get_feature(self, number: int, length: int) -> bytes:
        entry = await self._asked({"method": "get", "number": number, "length": length}, ())
        return played(entry.content)

    async def set_features(self, reports: Sequence[bytes]) -> None:
        await self._asked({"method": "set"}, reports)

    async def _asked(self, about: About, reports: Sequence[bytes]) -> TraceEntry:
        entry, after_s = await self._script.asked(tuple(map(self._mask.report, reports)), about)
        await asyncio.sleep(after_s)
        if entry.kind is EntryKind.FAULT:
            raise self._player.fault(entry)
        return entry
