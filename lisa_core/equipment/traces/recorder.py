"""A tap that keeps what passes, masked before it is kept; nothing of it holds a driver or a device up."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.lines.hid import HidLine
from lisa_core.equipment.lines.stream import ByteStream, DatagramLine, Dialogue, NetworkStream
from lisa_core.equipment.lines.tapped.request import HttpQuestion, Reply
from lisa_core.equipment.lines.tapped.tap import Ask, Dial
from lisa_core.equipment.traces.entries import About, Content, EntryKind, TraceEntry
from lisa_core.equipment.traces.masks.mask import Mask
from lisa_core.host import clock

Line = TypeVar("Line")
NOTHING: About = {}


class Keeper(Protocol):
    """Where entries go: a file, or a ring of the newest."""

    def keep(self, entry: TraceEntry) -> None: ...


class Recorder:
    """The tap of one device. Fulfils `lines.tapped.tap.Tap`."""

    plays = False

    def __init__(self, keeper: Keeper, mask: Mask) -> None:
        self.mask = mask
        self._keeper = keeper
        self._began_us = clock.now_us()
        self._asked = 0

    def note(self, kind: EntryKind, content: Content = (), about: About = NOTHING, **words: str | float) -> None:
        """Keep that this happened now; `about` and `words` are what else is known."""
        self._keeper.keep(TraceEntry(clock.now_us() - self._began_us, kind, content, {**about, **words}))

    def notes(self, kind: EntryKind, contents: Iterable[Content]) -> None:
        """The same for each of these."""
        for content in contents:
            self.note(kind, content)

    def number(self) -> int:
        """That of the next question."""
        self._asked += 1
        return self._asked

    async def stream(self, dial: Dial[ByteStream]) -> NetworkStream:
        return _Stream(await self._dialled(dial), self)

    async def dialogue(self, dial: Dial[Dialogue]) -> Dialogue:
        self.note(EntryKind.OPEN)
        self.mask.renewed()
        try:
            return _Dialogue(await dial(), self)
        except OSError as error:
            self.note(EntryKind.FAULT, why=type(error).__name__)
            raise

    async def hid(self, dial: Dial[HidLine]) -> HidLine:
        line = await self._dialled(dial)
        self.note(EntryKind.AGAIN, product=line.product, serial=line.serial)
        return _Hid(line, self)

    async def datagrams(self, dial: Dial[DatagramLine]) -> DatagramLine:
        return _Datagrams(await self._dialled(dial), self)

    async def _dialled(self, dial: Dial[Line]) -> Line:
        self.mask.renewed()
        self.note(EntryKind.OPEN)
        try:
            return await dial()
        except DeviceFault as fault:
            self.note(EntryKind.FAULT, about=told(fault))
            raise

    async def ask(self, asked: HttpQuestion, ask: Ask) -> Reply:
        number = self.number()
        words = {"type": asked.media_type} if asked.media_type else {}
        self.note(EntryKind.ASKED, self.mask.asked(asked), words, n=number, method=asked.method, path=asked.path)
        try:
            reply = await ask(asked)
        except DeviceFault as fault:
            self.note(EntryKind.FAULT, about=told(fault), n=number)
            raise
        except asyncio.CancelledError:
            self.note(EntryKind.FAULT, n=number, code="", why="nicht abgewartet")
            raise
        self.note(EntryKind.ANSWERED, self.mask.answered(asked, reply), about_reply(reply), n=number)
        return reply


def told(fault: DeviceFault) -> About:
    """A fault as it stands in a recording; its text is drawn from there again."""
    return {"code": fault.code, "why": str(fault), **({} if fault.retryable else {"final": True})}


def about_reply(reply: Reply) -> About:
    """An answer without its body; only what it has."""
    said: dict[str, str | int | float | bool] = {"status": reply.status}
    if reply.media_type:
        said["type"] = reply.media_type
    if reply.location:
        said["location"] = reply.location
    if reply.retry_after_s is not None:
        said["retry_after_s"] = reply.retry_after_s
    if reply.https_port:
        said["https_port"] = reply.https_port
    return said


async def _came(line: ByteStream | DatagramLine, recorder: Recorder) -> bytes:
    """What comes next, or that the line is lost; either is noted."""
    try:
        data = await line.read()
    except DeviceFault as fault:
        recorder.note(EntryKind.LOST, about=told(fault))
        raise
    recorder.notes(EntryKind.CAME, recorder.mask.came(data))
    return data


class _Stream:
    """A stream that is listened to. Fulfils `NetworkStream`."""

    def __init__(self, line: ByteStream, recorder: Recorder) -> None:
        self._line, self._recorder = line, recorder

    async def read(self) -> bytes:
        return await _came(self._line, self._recorder)

    async def write(self, data: bytes) -> None:
        self._recorder.notes(EntryKind.SENT, self._recorder.mask.sent(data))
        try:
            await self._line.write(data)
        except DeviceFault as fault:
            self._recorder.note(EntryKind.FAULT, about=told(fault))
            raise

    async def again(self) -> None:
        await self._line.again()
        self._recorder.mask.renewed()
        self._recorder.note(EntryKind.AGAIN)

    def drop(self, fault: DeviceFault) -> None:
        if drop := getattr(self._line, "drop", None):
            drop(fault)

    async def aclose(self) -> None:
        self._recorder.note(EntryKind.CLOSE)
        await self._line.aclose()


class _Dialogue:
    def __init__(self, line: Dialogue, recorder: Recorder) -> None:
        self._line, self._recorder = line, recorder

    async def read(self) -> bytes:
        try:
            data = await self._line.read()
        except OSError as error:
            self._recorder.notes(EntryKind.CAME, self._recorder.mask.rest())
            self._recorder.note(EntryKind.LOST, why=type(error).__name__)
            raise
        self._recorder.notes(
            EntryKind.CAME, self._recorder.mask.came(data) if data else (*self._recorder.mask.rest(), ())
        )
        return data

    async def send(self, data: bytes) -> None:
        self._recorder.notes(EntryKind.SENT, self._recorder.mask.sent(data))
        try:
            await self._line.send(data)
        except OSError as error:
            self._recorder.note(EntryKind.FAULT, why=type(error).__name__)
            raise

    async def deliver(self, data: bytes) -> bool:
        self._recorder.notes(EntryKind.SENT, self._recorder.mask.sent(data))
        try:
            taken = await self._line.deliver(data)
        except OSError as error:
            self._recorder.note(EntryKind.FAULT, why=type(error).__name__)
            raise
        self._recorder.note(EntryKind.ENDED, ok=taken)
        return taken

    def abort(self) -> None:
        self._recorder.notes(EntryKind.CAME, self._recorder.mask.rest())
        self._recorder.note(EntryKind.CLOSE)
        self._line.abort()


class _Hid:
    def __init__(self, line: HidLine, recorder: Recorder) -> None:
        self._line, self._recorder = line, recorder

    @property
    def product(self) -> int:
        return self._line.product

    @property
    def serial(self) -> str:
        return self._line.serial

    async def get_feature(self, number: int, length: int) -> bytes:
        asked = self._recorder.number()
        self._recorder.note(EntryKind.ASKED, n=asked, method="get", number=number, length=length)
        try:
            data = await self._line.get_feature(number, length)
        except DeviceFault as fault:
            self._recorder.note(EntryKind.FAULT, about=told(fault), n=asked)
            raise
        self._recorder.note(EntryKind.ANSWERED, (self._recorder.mask.report(data),), n=asked)
        return data

    async def set_features(self, reports: Sequence[bytes]) -> None:
        asked = self._recorder.number()
        masked = tuple(map(self._recorder.mask.report, reports))
        self._recorder.note(EntryKind.ASKED, masked, n=asked, method="set")
        try:
            await self._line.set_features(reports)
        except DeviceFault as fault:
            self._recorder.note(EntryKind.FAULT, about=told(fault), n=asked)
            raise
        self._recorder.note(EntryKind.ANSWERED, n=asked)

    async def read(self) -> list[bytes]:
        try:
            reports = await self._line.read()
        except DeviceFault as fault:
            self._recorder.note(EntryKind.LOST, about=told(fault))
            raise
        for report in reports:
            self._recorder.note(EntryKind.CAME, (self._recorder.mask.report(report),))
        return reports

    async def again(self) -> None:
        await self._line.again()
        self._recorder.note(EntryKind.AGAIN, product=self.product, serial=self.serial)

    async def aclose(self) -> None:
        self._recorder.note(EntryKind.CLOSE)
        await self._line.aclose()


class _Datagrams:
    def __init__(self, line: DatagramLine, recorder: Recorder) -> None:
        self._line, self._recorder = line, recorder

    async def read(self) -> bytes:
        return await _came(self._line, self._recorder)

    def write(self, data: bytes) -> None:
        self._recorder.notes(EntryKind.SENT, self._recorder.mask.sent(data))
        self._line.write(data)
