"""A recording played by what is asked: its own clock runs beside the loop's, and says how far things have come.

A question that changes something is answered as it was when it was asked next; one that only asks how things stand, as
it was at that time. What the device sent by itself comes in its time. The clock stands before an act that is still to
be done (`reach`), and is set by questions where a device only does what it is told (`Dialect.led`).
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, pairwise
from statistics import median

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.traces.dialects import Dialect
from lisa_core.equipment.traces.entries import About, Content, EntryKind, Trace, TraceEntry, bytes_in, plain
from lisa_core.equipment.traces.script import News, unknown

_NEAR_US = 50_000
"""So much before its time a state may be told: two clocks never run quite alike."""
_LAST = 10
_USUAL_PACE_S = 0.1
_KEPT = 512
_OPEN = 32
"""So many questions may wait for their answers at the same time."""


@dataclass(slots=True)
class _Exchange:
    """A question and what belongs to it."""

    at: int
    entry: TraceEntry
    answers: list[TraceEntry] = field(default_factory=list)


class Tolerant:
    """Fulfils `Script`. `real_time`: as slowly as it was; else as soon as it can be. `acts`: marks are waited for."""

    def __init__(self, trace: Trace, dialect: Dialect, *, real_time: bool = True, acts: bool = False) -> None:
        self._trace, self._dialect, self._real_time = trace, dialect, real_time
        self._marks = [entry for entry in trace.entries if acts and entry.kind is EntryKind.MARK]
        self._exchanges, self._unasked = _sorted(trace.entries, dialect)
        self._begins = {key for _, key in self._unasked if key is not None}
        """The questions since which the device sends something by itself."""
        self._begun: dict[Hashable, Content] = {}
        """Which of them were asked on this line, the newest each."""
        self._by_key: dict[Hashable, list[int]] = {}
        for number, exchange in enumerate(self._exchanges):
            key = dialect.key(exchange.entry.content, exchange.entry.about)
            self._by_key.setdefault((exchange.entry.kind, key), []).append(number)
        self._changers = [
            number
            for number, one in enumerate(self._exchanges)
            if dialect.led and not dialect.polls(one.entry.content, one.entry.about)
        ]
        """Where a device only does what it is told: the questions that tell it something."""
        self._last = -1
        """The question that was answered last, of those that change something."""
        self._acted_us = 0
        """The time of the act that was done last: it changes something as well."""
        self._polled: dict[Hashable, int] = {}
        self._base_us, self._since_s = 0, asyncio.get_running_loop().time()
        self._heard, self._repeated_s = 0, 0.0
        self._tail = b""
        """The newest bytes of what the device sent by itself."""
        self._due: list[tuple[float, int, TraceEntry]] = []
        self._order, self._news = count(), News()
        self._ends = [entry for entry in trace.entries if entry.kind in (EntryKind.ENDED,)]

    def opened(self) -> TraceEntry | None:
        self._begun.clear()
        return None

    def sent(self, contents: Sequence[Content]) -> TraceEntry | None:
        for content in contents:
            exchange = self._answered(EntryKind.SENT, content, {})
            self._begin(self._dialect.key(content, {}), content, exchange.entry)
            for answer in exchange.answers:
                self._later(answer, exchange.entry, content)
        self._news.tell()
        return None

    async def asked(self, content: Content, about: About) -> tuple[TraceEntry, float]:
        exchange = self._answered(EntryKind.ASKED, content, about)
        answer = next(iter(exchange.answers), None)
        if answer is None or (answer.kind is EntryKind.FAULT and not answer.word("code")):
            await asyncio.Event().wait()  # nobody waited for it then
        assert answer is not None
        after_s = (answer.at_us - exchange.entry.at_us) / 1_000_000 if self._real_time else 0.0
        return self._fitting(answer, content), after_s

    @property
    def shortfall(self) -> str:
        return ""  # a driver may ask for less

    async def came(self) -> TraceEntry:
        loop = asyncio.get_running_loop()
        while True:
            due_s = self._due[0][0] if self._due else None
            unasked_s = None if self._is_away else self._unasked_due_s()
            soonest_s = min((one for one in (due_s, unasked_s) if one is not None), default=None)
            if soonest_s is None or soonest_s > loop.time():
                await self._news.wait(soonest_s)
            elif due_s is not None and due_s == soonest_s:
                return heapq.heappop(self._due)[2]
            else:
                return self._by_itself()

    async def ended(self) -> bool:
        return bool(self._ends[-1].about.get("ok", True)) if self._ends else True

    @property
    def _is_away(self) -> bool:
        """Whether the next thing is that the line is there again."""
        return self._heard < len(self._unasked) and self._unasked[self._heard][0].kind is EntryKind.AGAIN

    async def again(self) -> TraceEntry:
        while True:
            if self._is_away:
                due_s = self._unasked_due_s()
                if due_s is not None and due_s <= asyncio.get_running_loop().time():
                    self._heard += 1
                    return self._unasked[self._heard - 1][0]
                await self._news.wait(due_s)
            else:
                await self._news.wait()

    def reach(self, act: str) -> None:
        at = next((at for at, mark in enumerate(self._marks) if mark.word("act") == act), None)
        if at is not None:
            self._acted_us = self._marks[at].at_us
            self._set(self._acted_us)
            del self._marks[: at + 1]
            self._news.tell()

    # --- questions --------------------------------------------------------------------------------------------------

    def _answered(self, kind: EntryKind, content: Content, about: About) -> _Exchange:
        """What was said to this question at this time, or when it was asked next. Raises `DeviceFault`."""
        key = (kind, self._dialect.key(content, about))
        numbers = self._by_key.get(key)
        if not numbers:
            raise self._unknown(kind, content, about)
        if self._dialect.polls(content, about):
            chosen = self._state(key, numbers)
        else:
            chosen = next((number for number in numbers if number > self._last), numbers[-1])
            self._last = chosen
            if self._dialect.led:
                self._set(self._exchanges[chosen].entry.at_us)
        return self._exchanges[chosen]

    def _unknown(self, kind: EntryKind, content: Content, about: About) -> DeviceFault:
        return unknown(self._trace, kind, content, about)

    def _state(self, key: Hashable, numbers: list[int]) -> int:
        """The newest of these answers by now; at least the first since something was changed."""
        if self._real_time:
            now_us = self._now_us() + _NEAR_US
            before = [one for one in numbers if self._exchanges[one].entry.at_us <= now_us and self._may_come(one)]
        else:
            before = [one for one in numbers if one <= self._polled.get(key, -1)]
            further = next((one for one in numbers if one > self._polled.get(key, -1) and self._may_come(one)), None)
            before += [] if further is None else [further]
        newest = before[-1] if before else numbers[0]
        since = next((one for one in numbers if self._is_since(one) and self._may_come(one)), newest)
        self._polled[key] = max(newest, since)
        return self._polled[key]

    def _is_since(self, number: int) -> bool:
        """Whether it was asked after what was changed last, by a question or by an act."""
        return number > self._last and self._exchanges[number].entry.at_us >= self._acted_us

    def _may_come(self, number: int) -> bool:
        """Whether nothing stands between now and then that still has to be done, or asked."""
        upcoming = next((one for one in self._changers if one > self._last), number)
        acted = not self._marks or self._exchanges[number].entry.at_us < self._marks[0].at_us
        return acted and number <= upcoming

    def _later(self, answer: TraceEntry, asked: TraceEntry, content: Content) -> None:
        after_s = (answer.at_us - asked.at_us) / 1_000_000 if self._real_time else 0.0
        due_s = asyncio.get_running_loop().time() + after_s
        heapq.heappush(self._due, (due_s, next(self._order), self._fitting(answer, content)))

    def _fitting(self, answer: TraceEntry, asked: Content) -> TraceEntry:
        data, question = bytes_in(answer.content[:1]), bytes_in(asked[:1])
        if not data or not question:
            return answer
        return replace(answer, content=(*plain(self._dialect.adapted(data, question)), *answer.content[1:]))

    # --- the clock of the recording -----------------------------------------------------------------------------------

    def _now_us(self) -> int:
        at_us = self._base_us + round((asyncio.get_running_loop().time() - self._since_s) * 1_000_000)
        return min(at_us, self._marks[0].at_us) if self._marks else at_us

    def _set(self, at_us: int) -> None:
        self._base_us, self._since_s = at_us, asyncio.get_running_loop().time()

    def _begin(self, key: Hashable, content: Content, asked: TraceEntry) -> None:
        """What the device sends since this question comes so long after it as then, however late it is asked here."""
        if key not in self._begins:
            return
        if key not in self._begun:
            heard_us = self._unasked[self._heard - 1][0].at_us if self._heard else 0
            self._set(max(asked.at_us, heard_us))
        self._begun[key] = content

    def _upcoming(self) -> tuple[TraceEntry, Hashable] | None:
        """What the device says next by itself, unless an act comes before it."""
        upcoming = self._unasked[self._heard] if self._heard < len(self._unasked) else None
        return None if upcoming and self._marks and upcoming[0].at_us >= self._marks[0].at_us else upcoming

    def _unasked_due_s(self) -> float | None:
        """When the device says something by itself, in the loop's time."""
        if upcoming := self._upcoming():
            entry, key = upcoming
            if key is not None and key not in self._begun:
                return None
            return self._since_s + (entry.at_us - self._base_us) / 1_000_000 if self._real_time else 0.0
        if self._dialect.message is None or not self._dialect.message.search(self._tail):
            return None
        return self._repeated_s + self._pace_s()

    def _pace_s(self) -> float:
        before = self._unasked[max(0, self._heard - _LAST) : self._heard]
        gaps = [(after.at_us - one.at_us) / 1_000_000 for (one, _), (after, _) in pairwise(before)]
        return max(0.01, median(gaps)) if gaps else _USUAL_PACE_S

    def _by_itself(self) -> TraceEntry:
        self._repeated_s = asyncio.get_running_loop().time()
        if upcoming := self._upcoming():
            entry, key = upcoming
            self._heard += 1
            self._tail = (self._tail + (bytes_in(entry.content) or b""))[-_KEPT:]
            return entry if key is None else self._fitting(entry, self._begun[key])
        assert self._dialect.message is not None
        found = self._dialect.message.findall(self._tail)
        return TraceEntry(self._now_us(), EntryKind.CAME, plain(found[-1]))


def _sorted(
    entries: Sequence[TraceEntry], dialect: Dialect
) -> tuple[list[_Exchange], list[tuple[TraceEntry, Hashable]]]:
    """The questions with their answers, and what came by itself, with the key of the question since which it came."""
    exchanges: list[_Exchange] = []
    unasked: list[tuple[TraceEntry, Hashable]] = []
    begun: dict[int, Hashable] = {}
    by_number: dict[int, _Exchange] = {}
    asking: _Exchange | None = None
    for at, entry in enumerate(entries):
        match entry.kind:
            case EntryKind.SENT:
                asking = _Exchange(at, entry)
                exchanges.append(asking)
                if number := dialect.number(entry.content):
                    begun[number] = dialect.key(entry.content, {})
            case EntryKind.ASKED:
                by_number[entry.number()] = one = _Exchange(at, entry)
                exchanges.append(one)
            case EntryKind.ANSWERED | EntryKind.FAULT if entry.number() in by_number:
                by_number.pop(entry.number()).answers.append(entry)
            case EntryKind.CAME if asking and not dialect.unasked(bytes_in(entry.content) or b""):
                near = reversed(exchanges[-_OPEN:])
                of = next((one for one in near if dialect.belongs(one.entry.content, entry.content)), asking)
                of.answers.append(entry)
            case EntryKind.CAME | EntryKind.LOST | EntryKind.AGAIN:
                unasked.append((entry, begun.get(dialect.number(entry.content))))
            case EntryKind.OPEN | EntryKind.CLOSE:
                asking = None
            case _:
                pass
    return exchanges, unasked
