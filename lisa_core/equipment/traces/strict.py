"""A recording played as it stands: the driver does the same in the same order, byte by byte, or is told where not.

What the device sent follows when all has been done that was done before it, and so long after the last of that as it
came then. The first deviation stays: every later call raises it again, so that no driver can overlook it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.traces.entries import About, Content, EntryKind, Trace, TraceEntry, bytes_in, plain
from lisa_core.equipment.traces.matching import same
from lisa_core.equipment.traces.script import News, deviation

_OURS = (EntryKind.OPEN, EntryKind.SENT, EntryKind.ASKED)
"""What a driver does."""
_THEIRS = (EntryKind.CAME, EntryKind.LOST)
_ANSWERS = (EntryKind.ANSWERED, EntryKind.FAULT)


class Strict:
    """Fulfils `Script`. `real_time`: as slowly as it was; else as soon as it can be. `acts`: marks are waited for."""

    def __init__(self, trace: Trace, *, real_time: bool = True, acts: bool = False) -> None:
        self.deviation: DeviceFault | None = None
        self._trace, self._entries, self._real_time = trace, trace.entries, real_time
        self._gates = (*_OURS, EntryKind.MARK) if acts else _OURS
        self._done: dict[int, float] = {}
        """When what a driver did, and what was done at the device, was done here, by its place in the recording."""
        self._next = self._heard = self._marked = 0
        self._begun_s = asyncio.get_running_loop().time()
        self._partly = b""
        """What was sent of an entry that is not whole yet."""
        self._news = News()
        self._gate_of: list[int | None] = []
        """For each entry the gate before it."""
        gate: int | None = None
        for at, entry in enumerate(self._entries):
            self._gate_of.append(gate)
            gate = at if entry.kind in self._gates else gate

    def opened(self) -> TraceEntry | None:
        return self._fault_at(self._expected(EntryKind.OPEN, (), {}) + 1)

    def sent(self, contents: Sequence[Content]) -> TraceEntry | None:
        for content in contents:
            data = bytes_in(content)
            if data is None:
                self._expected(EntryKind.SENT, content, {})
            else:
                self._sent_bytes(self._partly + data)
        return self._fault_at(self._next)

    def _fault_at(self, index: int) -> TraceEntry | None:
        """What went wrong with what was done last."""
        entry = self._entries[index] if index < len(self._entries) else None
        return entry if entry and entry.kind is EntryKind.FAULT and not entry.number() else None

    def _sent_bytes(self, data: bytes) -> None:
        """However a driver cuts what it sends: the bytes are the same."""
        self._partly = b""
        while data:
            index = self._upcoming()
            entry = self._entries[index] if index < len(self._entries) else None
            wanted = bytes_in(entry.content) if entry and entry.kind is EntryKind.SENT else None
            if wanted and len(wanted) > len(data) and wanted.startswith(data):
                self._partly = data
                return
            if wanted and data.startswith(wanted):
                self._did(index)
                data = data[len(wanted) :]
            else:
                self._expected(EntryKind.SENT, plain(data), {})
                return

    async def came(self) -> TraceEntry:
        while True:
            self._check()
            index = self._found(_THEIRS, self._heard)
            if index is None:
                await self._news.wait()  # the device says no more; a driver that asks for more is told
                continue
            due_s = self._due_s(index)
            if due_s is None:
                await self._news.wait()
            elif due_s > asyncio.get_running_loop().time():
                await self._news.wait(due_s)
            else:
                self._heard = index + 1
                return self._entries[index]

    async def ended(self) -> bool:
        since = self._next
        index = self._found((EntryKind.ENDED, EntryKind.FAULT), since)
        if index is None:
            return True
        await self._until(index)
        if self._entries[index].kind is EntryKind.FAULT:
            raise ConnectionResetError("so steht es in der Aufzeichnung")
        return bool(self._entries[index].about.get("ok", True))

    async def asked(self, content: Content, about: About) -> tuple[TraceEntry, float]:
        index = self._expected(EntryKind.ASKED, content, about)
        number = self._entries[index].number()
        answer = next((at for at in self._from(index) if self._answers(at, number)), None)
        if answer is None or (self._entries[answer].kind is EntryKind.FAULT and not self._entries[answer].word("code")):
            await asyncio.Event().wait()  # nobody waited for it then
        assert answer is not None
        after_s = (self._entries[answer].at_us - self._entries[index].at_us) / 1_000_000
        return self._entries[answer], after_s if self._real_time else 0.0

    async def again(self) -> TraceEntry:
        index = self._found((EntryKind.AGAIN,), self._heard)
        if index is None or self.deviation:
            await asyncio.Event().wait()
        assert index is not None
        await self._until(index)
        self._heard = index + 1
        return self._entries[index]

    @property
    def shortfall(self) -> str:
        if self.deviation:
            return str(self.deviation)
        if self._upcoming() == len(self._entries):
            return ""
        return f"Aufzeichnung {self._trace.place(self._upcoming())}: Von hier an wurde nichts mehr gefragt."

    def reach(self, act: str) -> None:
        index = self._found((EntryKind.MARK,), self._marked)
        if index is not None and self._entries[index].word("act") == act:
            self._marked = index + 1
            self._done[index] = asyncio.get_running_loop().time()
            self._news.tell()

    # --- where it stands --------------------------------------------------------------------------------------------

    def _check(self) -> None:
        if self.deviation:
            raise self.deviation

    def _expected(self, kind: EntryKind, content: Content, about: About) -> int:
        """The place of what a driver does now. Raises the deviation."""
        self._check()
        index = self._upcoming()
        if index < len(self._entries):
            entry = self._entries[index]
            if entry.kind is kind and same(entry, content, about) and not self._partly:
                self._did(index)
                return index
        self.deviation = deviation(self._trace, index, kind, content, about)
        self._news.tell()
        raise self.deviation

    def _upcoming(self) -> int:
        found = self._found(_OURS, self._next)
        return len(self._entries) if found is None else found

    def _did(self, index: int) -> None:
        self._done[index], self._next = asyncio.get_running_loop().time(), index + 1
        self._news.tell()

    def _found(self, kinds: Sequence[EntryKind], since: int) -> int | None:
        return next((at for at in self._from(since) if self._entries[at].kind in kinds), None)

    def _from(self, since: int) -> range:
        return range(since, len(self._entries))

    def _answers(self, at: int, number: int) -> bool:
        return self._entries[at].kind in _ANSWERS and self._entries[at].number() == number

    async def _until(self, index: int) -> None:
        while (due_s := self._due_s(index)) is None or due_s > asyncio.get_running_loop().time():
            self._check()
            await self._news.wait(due_s)

    def _due_s(self, index: int) -> float | None:
        """When this is due, in the loop's time; None while something that came before it has not been done."""
        gate = self._gate_of[index]
        if gate is not None and (gate not in self._done or not self._all_done(gate)):
            return None
        since_s = self._begun_s if gate is None else self._done[gate]
        since_us = 0 if gate is None else self._entries[gate].at_us
        return since_s + ((self._entries[index].at_us - since_us) / 1_000_000 if self._real_time else 0.0)

    def _all_done(self, gate: int) -> bool:
        return self._entries[gate].kind is not EntryKind.MARK or self._upcoming() > gate
