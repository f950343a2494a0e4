"""The first message of a connection: it must come in time and name a booth or a desk whose place is free."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import fields, replace

from lisa_core.domain.model.errors import DeviceFault, ProtocolError
from lisa_core.exchange import texts
from lisa_core.exchange.peers.peers import Peer
from lisa_core.wire.channel import Channel, lost
from lisa_core.wire.envelope import LinkEnd, decode
from lisa_core.wire.messages import BoothEnrol, BoothHello, BoothProof, DeskHello, Message, Refused

HELLO_S = 10.0
MAX_UNNAMED = 200
"""Maximum number of connections that have not said who they are; with one more the oldest is closed."""
MAX_CHARS = 200

REPLACED = Refused("replaced", texts.REPLACED)
TAKEN = Refused("taken", texts.TAKEN)
DOUBLE = Refused("double", texts.DOUBLE)
SILENT = Refused("silent", texts.SILENT)


class Doorstep:
    """Who has been let in and has not said yet who it is. `told`: is called for each first message that is none."""

    def __init__(self, told: Callable[[], None]) -> None:
        self._told, self._unnamed = told, dict[asyncio.Timeout, None]()

    async def of_booth(self, channel: Channel) -> BoothHello | BoothEnrol:
        """What a booth says first. Raises `DeviceFault` when it is gone, or was sent away: it said something else, or
        nothing."""
        said = await self._next(channel, BoothHello, BoothEnrol)
        assert isinstance(said, BoothHello | BoothEnrol)
        return said

    async def of_desk(self, channel: Channel) -> DeskHello:
        """What a desk says first; raises as `of_booth`."""
        said = await self._next(channel, DeskHello)
        assert isinstance(said, DeskHello)
        return said

    async def proof(self, channel: Channel) -> BoothProof:
        """The answer to a challenge; raises as `of_booth`."""
        said = await self._next(channel, BoothProof)
        assert isinstance(said, BoothProof)
        return said

    async def _next(self, channel: Channel, *kinds: type[Message]) -> Message:
        limit = asyncio.timeout(HELLO_S)
        try:
            async with limit:
                self._unnamed[limit] = None
                if len(self._unnamed) > MAX_UNNAMED:
                    oldest = next(iter(self._unnamed))
                    del self._unnamed[oldest]
                    oldest.reschedule(0)
                return _checked(decode(await channel.receive()).body, kinds)
        except TimeoutError:
            await refuse(channel, SILENT)
            raise lost("no hello in time") from None  # such as a look whether the port is open: nobody said anything
        except ProtocolError as error:
            self._told()
            await refuse(channel, Refused("hello", str(error)))
            raise lost(str(error)) from error
        finally:
            self._unnamed.pop(limit, None)


def _checked(body: Message, kinds: tuple[type[Message], ...]) -> Message:
    if not isinstance(body, kinds):
        raise ProtocolError(f"the first message must be a {kinds[0].__name__}")
    texts = [value for field in fields(body) if isinstance(value := getattr(body, field.name), str)]
    if max(map(len, texts)) > MAX_CHARS:
        raise ProtocolError(f"hello: each of its texts has at most {MAX_CHARS} characters")
    return body


async def refuse(channel: Channel, why: Refused) -> None:
    """Say why this connection is not wanted, if anybody still listens."""
    try:
        await channel.send(LinkEnd().send(why))
    except DeviceFault:
        return


def admit(known: Peer | None, hello: BoothHello | DeskHello) -> tuple[Peer, bool] | None:
    """The peer that says so, and whether it is fresh (newly started); None if another one is connected there.

    Of its secret only the hash is kept. The same program takes the place of its own former connection; anybody else
    only of one that is gone, or when the agent says so (`take`: go on here). One that was barred begins anew.
    """
    hello = replace(hello, secret=hashlib.sha256(hello.secret.encode()).hexdigest())
    take = isinstance(hello, DeskHello) and hello.take
    if isinstance(hello, DeskHello):
        hello = replace(hello, take=False)
    if known is None:
        return Peer(hello.session, hello), True
    ours = known.hello.secret == hello.secret
    if known.outbox is not None:
        if not ours and not take:
            return None
        known.end(REPLACED if ours else TAKEN)
    if ours and known.session == hello.session and not (known.given_up or known.barred):
        return known, False
    return Peer(hello.session, hello, pace=known.pace), True
