"""What a player plays by: the contract of both ways, and what they share: waiting, and the sentence of a fault."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Protocol

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.traces.entries import About, Content, EntryKind, Trace, TraceEntry
from lisa_core.equipment.traces.matching import first_difference, shown
from lisa_core.host.notices import tell_once

DEVIATES = "link.lost"
"""Drivers know what to make of a line that is gone, and pass its sentence on."""


class Script(Protocol):
    """A recording as it is played: what a driver does is judged, what the device did follows in its time.

    What is asked and not answered in the recording raises `DeviceFault`: in which line, what is expected, what came.
    """

    def opened(self) -> TraceEntry | None:
        """The driver opens a line; the fault that it met then, None where it met none."""
        ...

    def sent(self, contents: Sequence[Content]) -> TraceEntry | None:
        """The driver sends these; the fault that it met then, None where it met none."""
        ...

    async def came(self) -> TraceEntry:
        """What the device sent next, or that the line was lost."""
        ...

    async def ended(self) -> bool:
        """The driver says that there is no more: whether the device has taken all of it."""
        ...

    @property
    def shortfall(self) -> str:
        """What of the recording was not played as it stands there, as a sentence; "" where nothing is to be said."""
        ...

    async def asked(self, content: Content, about: About) -> tuple[TraceEntry, float]:
        """The answer or fault that belongs to this question, and in how many seconds it is due."""
        ...

    async def again(self) -> TraceEntry:
        """Wait until a line that was lost is there again."""
        ...

    def reach(self, act: str) -> None:
        """This was done at the device now."""
        ...


class News:
    """Lets several tasks wait until something has changed."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def tell(self) -> None:
        """Whoever waits looks again."""
        self._event.set()
        self._event = asyncio.Event()

    async def wait(self, until_s: float | None = None) -> None:
        """Until something has changed, or until this time of the loop."""
        if until_s is None:
            await self._event.wait()
            return
        try:
            async with asyncio.timeout_at(until_s):
                await self._event.wait()
        except TimeoutError:
            return


def deviation(trace: Trace, index: int, kind: EntryKind, content: Content, about: About) -> DeviceFault:
    """The driver does something else than stands there. It is also told once to whoever runs the program."""
    if index < len(trace.entries):
        entry = trace.entries[index]
        wanted = f"dort steht: {shown(entry.kind, entry.content, entry.about)}"
        at = first_difference(entry.content, content) if entry.kind is kind else None
    else:
        wanted, at = "dort ist die Aufzeichnung zu Ende", None
    differs = f" Der erste Unterschied ist Byte {at + 1}." if at is not None else ""
    got = shown(kind, content, about)
    text = f"Aufzeichnung {trace.place(index)}: Der Treiber fragt anders; {wanted}; gekommen ist: {got}.{differs}"
    return _told(text)


def unknown(trace: Trace, kind: EntryKind, content: Content, about: About) -> DeviceFault:
    """The driver asks what nobody has asked in the whole recording."""
    got = shown(kind, content, about)
    text = (
        f"Aufzeichnung {trace.path}: Danach wird in ihr nirgends gefragt: {got}. Eine aufnehmen, in der das vorkommt."
    )
    return _told(text)


def _told(text: str) -> DeviceFault:
    tell_once(text)
    return DeviceFault(DEVIATES, text, retryable=False)
