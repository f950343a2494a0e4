"""One Modbus unit on a bus or on a network: one question at a time, and what to make of what comes back."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Protocol

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.codecs import modbus_rtu, modbus_tcp
from lisa_core.equipment.codecs.modbus_pdu import Answer, ExceptionResponse, Function, Request
from lisa_core.equipment.drivers.modbus.faults import LATER, NOBODY, Hearing, refused, silent
from lisa_core.equipment.lines.stream import ByteStream, NetworkStream, put_newest
from lisa_core.equipment.slots.driver import Given
from lisa_core.equipment.slots.promises.delayed import RoundTrips

AGAIN_S = 0.2
"""Seconds between two questions to a unit that says "later"."""
BACKLOG = 64
"""Maximum number of unasked bytes, and of changes for a reader that is late, that are kept: the newest."""
WRITES = (Function.WRITE_COIL, Function.WRITE_REGISTER, Function.WRITE_COILS)


class Framing(Protocol):
    """What carries the questions."""

    gap_s: float
    """Seconds of silence that end a frame."""
    advice: str
    """What of the line to look at when no answer comes."""

    def question(self, request: Request) -> tuple[bytes, Hearing]:
        """The frame that asks, and who looks for its answer."""
        ...

    def stale(self, data: bytes) -> None:
        """This came before the next question."""
        ...

    def heard(self, request: Request, found: Hearing, answer: Answer | ExceptionResponse | None) -> None:
        """What a question has shown of the line."""
        ...

    @property
    def sure(self) -> bool:
        """Whether the answer to a write can be told from its echo."""
        ...

    def unanswered(self, fault: DeviceFault) -> None:
        """All tries were in vain."""
        ...

    def renewed(self) -> None:
        """The line was lost and is there again."""
        ...


class SerialFraming:
    """RTU. A line may give back what is sent on it; that is not known before something was read."""

    def __init__(self, baudrate: int, parity: str) -> None:
        self.advice = f"Geschwindigkeit (baudrate = {baudrate}) und Parität (parity = {parity!r})"
        # 3.5 characters of 11 bits end a frame for every listener, but never less than 1.75 ms.
        self.gap_s = max(0.00175, 3.5 * 11 / baudrate)
        self._hears_itself: bool | None = None

    def question(self, request: Request) -> tuple[bytes, Hearing]:
        echo = request.function in WRITES and self._hears_itself is True
        return modbus_rtu.encode_request(request), modbus_rtu.AnswerParser(request, echo=echo)

    def stale(self, data: bytes) -> None:
        """A late answer to an earlier question."""

    def heard(self, request: Request, found: Hearing, answer: Answer | ExceptionResponse | None) -> None:
        if request.function not in WRITES and (answer or found.echoed):
            self._hears_itself = found.echoed

    @property
    def sure(self) -> bool:
        return self._hears_itself is not None

    def unanswered(self, fault: DeviceFault) -> None:
        """The next question may have more luck."""

    def renewed(self) -> None:
        self._hears_itself = None


class NetworkFraming:
    """TCP. Answers are joined to questions by number; a connection on which none comes is made anew."""

    gap_s = 0.0
    sure = True
    advice = "Art des Anschlusses (tcp:// für Modbus TCP, socket:// für eine serielle Leitung am Netz)"

    def __init__(self, stream: NetworkStream) -> None:
        self._stream = stream
        self._frames, self._transaction = modbus_tcp.NetworkDeframer(), 0

    def question(self, request: Request) -> tuple[bytes, Hearing]:
        self._transaction = self._transaction % 0xFFFF + 1
        parser = modbus_tcp.NetworkAnswerParser(request, self._transaction, self._frames)
        return modbus_tcp.encode_request(request, self._transaction), parser

    def stale(self, data: bytes) -> None:
        self._frames.feed(data)

    def heard(self, request: Request, found: Hearing, answer: Answer | ExceptionResponse | None) -> None:
        """Nothing that the next question has to know."""

    def unanswered(self, fault: DeviceFault) -> None:
        self._stream.drop(fault)

    def renewed(self) -> None:
        self._frames = modbus_tcp.NetworkDeframer()


class Master:
    """Asks one unit. Everything on the bus goes through `ask`."""

    def __init__(self, stream: ByteStream, framing: Framing, where: str, options: Given, binding: str = "") -> None:
        """`options` are complete."""
        self._stream, self._framing, self._where = stream, framing, where
        self._unit = int(options["unit"])
        self._count = int(options["inputs"])
        self._answer_s, self._tries = float(options["timeout_s"]), int(options["tries"])
        self._later_s = float(options["later_s"])
        self._bus = asyncio.Lock()
        self._received: asyncio.Queue[bytes | DeviceFault] = asyncio.Queue(BACKLOG)
        self.lost: DeviceFault | None = None
        self.rounds = RoundTrips(binding)

    async def ask(self, function: Function, address: int, *, count: int = 1, values: tuple[int, ...] = ()) -> Answer:
        """One exchange; a unit that says "later" is asked again. Faults: `door.silent`, `door.refused`, `link.lost`."""
        request = Request(self._unit, function, address, count, values)
        loop = asyncio.get_running_loop()
        until = loop.time() + self._later_s
        while True:
            async with self._bus:
                if function in WRITES and not self._framing.sure:  # else its own echo would confirm it
                    await self._tried(Request(self._unit, Function.READ_INPUTS, 0, self._count))
                answer = await self._tried(request)
            if isinstance(answer, Answer):
                return answer
            if answer.code not in LATER or loop.time() >= until:
                raise refused(self._where, request, answer)
            await asyncio.sleep(AGAIN_S)

    async def ping(self) -> float:
        """Seconds until the unit has answered one question, whatever its answer. Faults `door.silent`, `link.lost`."""
        loop = asyncio.get_running_loop()
        async with self._bus:
            since = loop.time()
            await self._tried(Request(self._unit, Function.READ_INPUTS, 0, self._count))
            return max(0.0, loop.time() - since - self._framing.gap_s)

    async def follow(self) -> None:
        """Take in what the unit sends, for ever; a line that was lost is taken up again."""
        while True:
            try:
                put_newest(self._received, await self._stream.read())
            except DeviceFault as fault:
                self.lost = fault
                put_newest(self._received, fault)
                await self._stream.again()
                self._framing.renewed()
                self.lost = None

    async def _tried(self, request: Request) -> Answer | ExceptionResponse:
        nobody: ExceptionResponse | None = None
        loop = asyncio.get_running_loop()
        since = loop.time()  # of the first try: what answers the second may be late for it
        for _ in range(self._tries):
            question, found = self._framing.question(request)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._answer_s):
                    answer = await self._exchange(request, question, found)
                self.rounds.add(loop.time() - since - self._framing.gap_s)
                if not isinstance(answer, ExceptionResponse) or answer.code not in NOBODY:
                    return answer
                nobody = answer
        if nobody is not None:
            return nobody
        fault = silent(self._where, self._framing.advice, request, found)
        self._framing.unanswered(fault)
        raise fault

    async def _exchange(self, request: Request, question: bytes, found: Hearing) -> Answer | ExceptionResponse:
        if self.lost:
            raise self.lost
        while not self._received.empty():
            if isinstance(stale := self._received.get_nowait(), bytes):
                self._framing.stale(stale)
        await self._stream.write(question)
        while True:
            data = await self._received.get()
            if isinstance(data, DeviceFault):
                raise data
            answer = found.feed(data)
            self._framing.heard(request, found, answer)
            if answer:
                if self._framing.gap_s:
                    await asyncio.sleep(self._framing.gap_s)
                return answer
