"""A scripted exchange for the desk page: one seat, and a test that says and hears the messages of the link."""

from __future__ import annotations

import asyncio
from typing import Any, TypeVar

from lisa_core.domain.model.directory import Agent, Directory, Office
from lisa_core.domain.model.ids import AgentId, CallId, OfficeId, TenantId
from lisa_core.wire import messages as m
from lisa_core.wire.channel import Channel
from lisa_core.wire.envelope import Envelope, LinkEnd, decode

T = TypeVar("T")
CALL = CallId("anruf-1")
LIMIT_S = 60.0

FRONT, HOUSING = OfficeId("lisa-team"), OfficeId("wohngeldstelle")
TENANT = TenantId("landkreis")
DIRECTORY = Directory(
    sites={},
    offices={
        FRONT: Office(FRONT, "LISA-Team", TENANT, front_desk=True),
        HOUSING: Office(HOUSING, "Wohngeldstelle Musterland", TENANT),
    },
    services={},
    forms={},
    agents={
        AgentId("p-beispiel"): Agent(AgentId("p-beispiel"), "Petra Beispiel", FRONT),
        AgentId("j-muster"): Agent(AgentId("j-muster"), "Jana Muster", HOUSING),
    },
)


class StubExchange:
    """Answers hellos like the exchange; everything else is for the test to say and to hear."""

    def __init__(self) -> None:
        self.link = LinkEnd()
        self.hellos: list[m.DeskHello] = []
        self.greeted = asyncio.Event()
        self.away = False
        """Nobody answers, until this is taken back: the page tries again and again."""
        self._channel: Channel | None = None
        self._heard: asyncio.Queue[Envelope] = asyncio.Queue()

    async def attend(self, channel: Channel) -> None:
        hello = decode(await channel.receive()).body
        assert isinstance(hello, m.DeskHello)
        if self.away:
            await channel.aclose()
            return
        if not self.hellos or self.hellos[-1].session != hello.session:
            self.link = LinkEnd()
        self.hellos.append(hello)
        await channel.send(self.link.send(m.Welcome(hello.session, self.link.seen, "Petra Beispiel", "LISA-Team")))
        for text in self.link.resume(hello.seen):
            await channel.send(text)
        self._channel = channel
        self.greeted.set()
        while True:
            envelope = self.link.receive(await channel.receive())
            if envelope is not None and not isinstance(envelope.body, m.Ack):
                self._heard.put_nowait(envelope)

    async def say(self, body: Any, call: CallId = CALL) -> None:
        """Send now, or with the next hello when nobody is connected."""
        text = self.link.send(body, call)
        if self._channel is not None:
            await self._channel.send(text)

    async def hear(self, kind: type[T]) -> T:
        """The next message, which must be of this kind and about our call."""
        envelope = await asyncio.wait_for(self._heard.get(), LIMIT_S)
        assert isinstance(envelope.body, kind), envelope
        assert envelope.call in (CALL, ""), envelope
        return envelope.body

    async def cut(self) -> None:
        """Lose the connection; the page will come back."""
        channel, self._channel = self._channel, None
        self.greeted.clear()
        assert channel is not None
        await channel.aclose()

    async def forgotten(self) -> None:
        """As if this program had been started anew: it knows no session, until the page begins another one."""
        former = self.hellos[-1].session
        self.hellos.clear()
        while not self.hellos or self.hellos[-1].session == former:
            await asyncio.wait_for(self.greeted.wait(), LIMIT_S)
            self.greeted.clear()
