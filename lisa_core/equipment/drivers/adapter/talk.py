"""One conversation with an adapter, from its hello until it ends: calls, values, pings, and what it may not do."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterable, Mapping
from typing import NoReturn, Protocol, cast

from lisa_core.domain.model.errors import DeviceFault, ProtocolError
from lisa_core.domain.model.json_types import Json
from lisa_core.domain.model.values import from_json, to_json
from lisa_core.equipment.codecs.adapter import messages as m
from lisa_core.equipment.codecs.adapter.lines import LineCutter
from lisa_core.equipment.drivers.adapter.delay import Delay
from lisa_core.equipment.drivers.adapter.faults import broken, ended, silent
from lisa_core.equipment.drivers.adapter.pending import PendingCall
from lisa_core.equipment.drivers.adapter.terms import SlotTerms
from lisa_core.equipment.slots.promises.methods import Method, is_nothing
from lisa_core.host.patience import patience

ROUNDS = 8
"""So many pings measure the line before anything else is said."""
PING_S = 5.0
"""Seconds between two pings later on."""
PONG_S = 10.0
"""Seconds in which it has to answer a ping, unless it works on a call: then as long as that may take."""
MOST_LINES = 2000
"""AdapterLines that it may say in a second: ten times what the fastest device of ours does."""
REMEMBERED = 256
"""Numbers of calls that are over and remembered: the newest."""


class AdapterLines(Protocol):
    """What carries the conversation; the first two as streams of asyncio do, `why` it has ended as words."""

    @property
    def last_words(self) -> str: ...
    async def read(self) -> bytes: ...
    def put(self, data: bytes) -> None: ...
    async def taken(self) -> None: ...
    @property
    def is_full(self) -> bool: ...
    async def why(self) -> str: ...


class Talk:
    """A conversation. `follow` takes in what the adapter says; all else waits for that."""

    def __init__(self, lines: AdapterLines, terms: SlotTerms, hello_s: float) -> None:
        self.delay = Delay()
        self._lines, self._terms, self._hello_s = lines, terms, hello_s
        self._cutter = LineCutter(terms.max_line)
        self._fault: DeviceFault | None = None
        """Why it is over."""
        self._over = asyncio.Event()
        self._hello: asyncio.Future[m.AdapterHello] = asyncio.get_running_loop().create_future()
        self._asked: dict[int, PendingCall] = {}
        self._left: dict[int, bool] = {}
        """Calls nobody waits for any more; whether the adapter has yet to say that it has ended them."""
        self._pings: dict[int, asyncio.Future[None]] = {}
        self._sent_s = 0.0
        self._calls = self._rounds = 0
        self._second, self._lines_of_second = -1, 0

    # --- what is wanted of it -----------------------------------------------------------------------------------------

    async def greet(self) -> m.AdapterHello:
        """Say hello, hear who is there, and measure the line. Raises `DeviceFault`."""
        self._say(self._terms.hello)
        try:
            async with patience(self._hello_s):
                hello = await self._hello
        except TimeoutError:
            raise self._silent(f"hat sich in {self._hello_s:g} s nicht gemeldet („hello“)") from None
        for _ in range(ROUNDS):
            await self.ping()
        return hello

    async def watch(self) -> NoReturn:
        """Measure the line now and then, until the conversation is over. Raises `DeviceFault` with the reason."""
        while True:
            await self.ping()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PING_S):
                    await self._over.wait()

    async def ping(self) -> None:
        """One round. Raises `DeviceFault` when no answer comes."""
        self._check()
        self._rounds += 1
        back = self._pings[self._rounds] = asyncio.get_running_loop().create_future()
        self._sent_s = asyncio.get_running_loop().time()
        self._say(m.SlotPing(self._rounds))
        while not back.done():
            with contextlib.suppress(TimeoutError):
                async with patience(PONG_S):
                    await asyncio.shield(back)
            if not back.done() and all(one.method.reports for one in self._asked.values()):
                raise self._silent(f"hat {PONG_S:g} s lang nicht auf „ping“ geantwortet")
        back.result()

    async def call(self, method: Method, args: Mapping[str, object], given: AsyncIterable[object] | None) -> object:
        """Have something done; returns what it gives. Raises `DeviceFault`."""
        asked = self._ask(method, args)
        giving = asyncio.create_task(self._give(asked, given)) if given is not None else None
        try:
            await self._lines.taken()
            return (await self._next(asked, method.first_s))[0]
        finally:
            if giving is not None:
                giving.cancel()
                await asyncio.gather(giving, return_exceptions=True)
            self._leave(asked)

    async def reports(self, method: Method, args: Mapping[str, object]) -> AsyncGenerator[object, None]:
        """What it reports, until it has no more or nobody wants to hear it. Raises `DeviceFault`."""
        asked, limit_s = self._ask(method, args), method.first_s
        try:
            while found := await self._next(asked, limit_s):
                yield found[0]
                limit_s = method.next_s
        finally:
            self._leave(asked)

    def end(self, fault: DeviceFault) -> None:
        """It is over: whoever waits for something learns why."""
        self._fault = self._fault or fault
        self._over.set()
        for asked in self._asked.values():
            asked.end(self._fault)
        waiting: list[asyncio.Future[m.AdapterHello] | asyncio.Future[None]] = [self._hello, *self._pings.values()]
        for future in waiting:
            if not future.done():
                future.set_exception(self._fault)
                future.exception()  # whoever still waits is told; nobody has to

    # --- what it says -------------------------------------------------------------------------------------------------

    async def follow(self) -> None:
        """Take in what it says, until it has said its last or what no adapter may."""
        try:
            await self._take_in()
        except ProtocolError as error:
            self.end(broken(self._terms.where, str(error), self._lines.last_words))
        except DeviceFault as fault:
            self.end(fault)

    async def _take_in(self) -> NoReturn:
        while data := await self._lines.read():
            for number, line in self._cutter.feed(data):
                self._count(number)
                try:
                    self._take(m.decode(line))
                except ProtocolError as error:
                    raise self._terms.wrong(number, line, error, greeted=self._hello.done()) from None
        why = await self._lines.why()
        cut = " mitten in einer Zeile" if self._cutter.unfinished else ""
        raise ended(self._terms.where, f"{why}{cut}")

    def _count(self, number: int) -> None:
        second = int(asyncio.get_running_loop().time())
        self._lines_of_second = self._lines_of_second + 1 if second == self._second else 1
        self._second = second
        if self._lines_of_second > MOST_LINES:
            raise ProtocolError(f"es sagt mehr als {MOST_LINES} Zeilen in einer Sekunde (bis Zeile {number})")

    def _take(self, said: m.FromAdapter) -> None:
        if isinstance(said, m.AdapterHello):
            if self._hello.done():
                raise ProtocolError("„hello“ ein zweites Mal")
            self._terms.check_hello(said)
            self._hello.set_result(said)
        elif not self._hello.done():
            raise ProtocolError("als Erstes muss „hello“ kommen")
        elif isinstance(said, m.AdapterPong):
            self._pong(said)
        elif (asked := self._asked.get(said.id)) is not None:
            self._take_of(asked, said)
        elif said.id not in self._left:
            raise ProtocolError(f"von einem Aufruf mit id {said.id} weiß hier niemand")
        elif not self._left[said.id]:
            raise ProtocolError(f"zum Aufruf mit id {said.id} war schon alles gesagt")
        elif not isinstance(said, m.AdapterEvent):
            self._left[said.id] = False

    def _pong(self, said: m.AdapterPong) -> None:
        back = self._pings.pop(said.id, None)
        if back is None:
            raise ProtocolError(f"„pong“ mit id {said.id} antwortet auf kein „ping“")
        self.delay.add(self._sent_s, asyncio.get_running_loop().time(), said.at_us)
        if not back.done():
            back.set_result(None)

    def _take_of(
        self, asked: PendingCall, said: m.AdapterAnswer | m.AdapterEvent | m.AdapterEnd | m.AdapterFault
    ) -> None:
        method = asked.method
        match said:
            case m.AdapterFault():
                asked.end(self._terms.fault(said))
            case m.AdapterEvent() if method.reports:
                asked.put(self._value(method, said.value))
                return
            case m.AdapterEnd() if method.reports and not method.is_endless:
                asked.end()
            case m.AdapterAnswer() if not method.reports:
                asked.put(self._value(method, said.value))
                asked.end()
            case _:
                kinds = "event" if method.is_endless else "event, end" if method.reports else "answer"
                raise ProtocolError(f"auf „{method.name}“ gehört {kinds} oder fault")
        self._asked.pop(asked.number)
        self._remember(asked.number, awaited=False)

    def _value(self, method: Method, value: Json) -> object:
        if is_nothing(method.gives) and value is not None:
            raise ProtocolError(f"„{method.name}“ gibt nichts: value = null")
        return self._terms.sound(from_json(cast("type[object]", method.gives), value, "value"), self.delay)

    # --- between the two ----------------------------------------------------------------------------------------------

    def _check(self) -> None:
        if self._fault:
            raise self._fault

    def _ask(self, method: Method, args: Mapping[str, object]) -> PendingCall:
        self._check()
        self._calls += 1
        asked = PendingCall(self._calls, method)
        self._say(m.SlotCall(asked.number, method.name, {name: to_json(value) for name, value in args.items()}))
        self._asked[asked.number] = asked
        return asked

    async def _next(self, asked: PendingCall, limit_s: float | None) -> tuple[object, ...]:
        try:
            async with contextlib.nullcontext() if limit_s is None else patience(limit_s):
                return await asked.next()
        except TimeoutError:
            raise self._silent(f"hat zu „{asked.method.name}“ {limit_s:g} s lang nichts gesagt") from None

    def _leave(self, asked: PendingCall) -> None:
        """Nobody waits for it any more."""
        if self._asked.pop(asked.number, None) is not None and not self._fault:
            self._say(m.SlotStop(asked.number))
            self._remember(asked.number, awaited=True)

    def _remember(self, number: int, *, awaited: bool) -> None:
        self._left[number] = awaited
        if len(self._left) > REMEMBERED:
            self._left.pop(next(iter(self._left)))

    async def _give(self, asked: PendingCall, given: AsyncIterable[object]) -> None:
        """Hand over what comes, as it comes: what the adapter is too late for is left out."""
        async for value in given:
            if not self._lines.is_full:
                self._say(m.SlotGive(asked.number, to_json(value)))
        self._say(m.SlotEnd(asked.number))

    def _say(self, message: m.FromSlot) -> None:
        try:
            line = m.encode(message, self._terms.max_line)
        except ProtocolError:
            raise DeviceFault("adapter.too_large", self._terms.too_large, retryable=False) from None
        self._lines.put(line + b"\n")

    def _silent(self, what: str) -> DeviceFault:
        return silent(self._terms.silent_code, self._terms.where, what, self._lines.last_words)
