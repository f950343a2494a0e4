"""A booth and a desk without devices and media: the product's own end of the link, and what people would do at it.

Each message that is relayed has words of its own, and whoever says it writes into the ledger that it has to arrive.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import perf_counter

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake

from lisa_core.access.booths.possession import proof_of
from lisa_core.domain.model.ids import AgentId, CallId, OfficeId, SiteId, VisitId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.wire import messages as m
from lisa_core.wire.channel import MAX_BYTES, Channel, certificate_of, lost
from lisa_core.wire.envelope import NO_CALL, Envelope
from lisa_core.wire.uplink import LinkUp, Uplink
from lisa_core.wire.websocket import WebSocketChannel
from tests.load.ledger import Ledger
from tests.load.office import THEN, Office
from tests.system.programs import LIMIT_S

SDP, JPEG = "v=0 a=candidate" * 200, "Zg" * 15_000
"""As long as those of browsers and cameras are."""
TOWNS, HALL = 20, "127.0.1.1"
"""Booths come from so many addresses; all desks from one, as an office behind a router does."""


class Line:
    """A connection that is made again whenever it is lost."""

    def __init__(self, office: Office, door: str, source: str, cookie: str = "") -> None:
        self._office, self._door, self._source = office, door, source
        self._headers = {"Cookie": cookie} if cookie else None
        self._opened: ClientConnection | None = None
        self.dials = self.ups = 0

    async def dial(self) -> Channel:
        self.dials += 1
        where = f"wss://localhost:{self._office.port}/ws/{self._door}"
        to = {"host": "127.0.0.1", "port": self._office.port, "local_addr": (self._source, 0)}
        try:
            self._opened = await connect(
                where, ssl=self._office.trusting, additional_headers=self._headers, max_size=MAX_BYTES, proxy=None,
                compression=None, ping_interval=None, open_timeout=60, close_timeout=1, **to,
            )  # fmt: skip
        except (OSError, InvalidHandshake, TimeoutError) as error:
            raise lost(str(error)) from error
        return WebSocketChannel(self._opened)

    def cut(self) -> None:
        """Somebody pulls the plug."""
        if self._opened is not None:
            self._opened.transport.abort()

    async def run(self, uplink: Uplink, take: Callable[[Envelope], None]) -> None:
        async def listen() -> None:
            while True:
                item = await uplink.inbox.get()
                self.ups += isinstance(item, LinkUp)
                if isinstance(item, Envelope):
                    take(item)

        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(uplink.run())
            tasks.create_task(listen())


class Booth:
    """Citizen after citizen; `free` is called when one has gone."""

    def __init__(self, office: Office, number: int, ledger: Ledger, free: Callable[[Booth], None]) -> None:
        self.number, self._ledger, self._free = number, ledger, free
        key = office.keys[number]
        public = key.public_key().public_bytes_raw().hex()
        self.line = Line(office, "booth", f"127.0.0.{10 + number % TOWNS}")
        self.uplink = Uplink(
            self.line.dial,
            lambda seen: m.BoothHello(SiteId(f"s{number}"), "s", seen, public, f"geheim {number}", THEN.isoformat()),
            prove=lambda said, asked, on: proof_of(key, said, asked, certificate_of(on)),
        )
        self._visits = 0
        self._queued = asyncio.Event()
        self.call = CallId("")

    async def run(self) -> None:
        await self.line.run(self.uplink, self._take)

    def place(self) -> CallId:
        """Somebody comes in."""
        self._visits += 1
        self.call = CallId(f"s{self.number}-{self._visits}/1")
        self._queued.clear()
        visit = VisitId(f"s{self.number}-{self._visits}")
        self._ledger.owe(f"anruf.begonnen {self.call}", f"ended {self.call}", f"besuch.beendet {visit}")
        self.uplink.send(m.PlaceCall(visit), self.call)
        return self.call

    async def is_told(self) -> None:
        """Until she knows that she has to wait."""
        await self._queued.wait()

    def _take(self, envelope: Envelope) -> None:
        call, ledger = envelope.call, self._ledger
        match envelope.body:
            case m.Queued():
                self._queued.set()
            case m.Answered(leg, agent):
                ledger.hear(f"answered {call} {agent}")
                ledger.owe(f"media-offer {call} {agent}")
                self.uplink.send(m.MediaOffer(leg, f"{call} {agent} {SDP}"), call)
            case m.MediaAnswer(_, sdp):
                ledger.hear(f"media-answer {' '.join(sdp.split()[:2])}")
            case m.AskPreview(digest):
                ledger.hear(f"asked {digest}")
                ledger.owe(f"preview {digest}")
                self.uplink.send(m.Preview(digest, JPEG), call)
            case m.CallEnded():
                ledger.hear(f"ended {call}")
                self.uplink.send(m.VisitEnded(VisitId(call.partition("/")[0]), Outcome.ADVICE))
                self._free(self)
            case m.Refused() as refused:
                ledger.hear(f"refused {refused.text}")


class Desk:
    """An agent's; what she does with a call says `calls`."""

    def __init__(self, office: Office, number: int, ledger: Ledger) -> None:
        self.number, self.agent, self._ledger = number, AgentId(f"a{number}"), ledger
        self.line = Line(office, "desk", HALL, office.cookie(number))
        self.uplink = Uplink(self.line.dial, lambda seen: m.DeskHello(self.agent, "s", seen, f"geheim {number}"))
        self._offers: asyncio.Queue[CallId] = asyncio.Queue()
        self._steps: asyncio.Queue[str] = asyncio.Queue()

    async def run(self) -> None:
        await self.line.run(self.uplink, self._take)

    def say(self, body: m.Message, call: CallId = NO_CALL) -> None:
        self.uplink.send(body, call)

    async def ready(self) -> tuple[CallId, float]:
        """The next call, and how many milliseconds after "ready" it rang."""
        began_s = perf_counter()
        self.say(m.Ready(headset=True))
        call = await self._offers.get()
        return call, (perf_counter() - began_s) * 1000

    async def offered(self) -> CallId:
        return await self._offers.get()

    async def accept(self, call: CallId) -> None:
        """Until booth and desk hear each other."""
        words = "anruf.angenommen", "answered", "taken", "media-answer"
        self._ledger.owe(*(f"{word} {call} {self.agent}" for word in words))
        self.say(m.Accept(), call)
        await self._until("media-offer")

    async def look(self, call: CallId, number: int) -> None:
        """At one page that lies in the booth."""
        digest = f"{call} {self.agent} {number}"
        self._ledger.owe(f"asked {digest}")
        self.say(m.AskPreview(digest), call)
        await self._until(f"preview {digest}")

    async def hang_up(self, call: CallId) -> None:
        self._ledger.owe(f"anruf.beendet {call} {self.agent}")
        await self._leave(call, m.HangUp())

    async def forward(self, call: CallId, office: OfficeId) -> None:
        """It goes on there; here it is over."""
        self._ledger.owe(f"weiterleitung.angefragt {call} {office}")
        await self._leave(call, m.Forward(office))

    async def _leave(self, call: CallId, how: m.Message) -> None:
        self._ledger.owe(f"over {call} {self.agent}")
        self.say(how, call)
        await self._until("over")

    async def _until(self, step: str) -> None:
        try:
            async with asyncio.timeout(LIMIT_S):
                while await self._steps.get() != step:
                    """Something before it."""
        except TimeoutError:
            raise AssertionError(f"{step} has not come to {self.agent}; lost: {self._ledger.lost}") from None

    def _take(self, envelope: Envelope) -> None:
        call, hear = envelope.call, self._ledger.hear
        match envelope.body:
            case m.Offer():
                self._offers.put_nowait(call)
            case m.Taken():
                hear(f"taken {call} {self.agent}")
            case m.MediaOffer(leg, sdp):
                hear(f"media-offer {' '.join(sdp.split()[:2])}")
                self.say(m.MediaAnswer(leg, f"{call} {self.agent} {SDP}"), call)
                self._steps.put_nowait("media-offer")
            case m.Preview(digest):
                hear(f"preview {digest}")
                self._steps.put_nowait(f"preview {digest}")
            case m.CallEnded():
                hear(f"over {call} {self.agent}")
                self._steps.put_nowait("over")
            case m.Refused() as refused:
                hear(f"refused {refused.text}")
