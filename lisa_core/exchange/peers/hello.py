"""The first message of a connection: it must come in time and name a booth or a desk whose place is free."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from typing import TypeVar

from lisa_core.domain.model.errors import DeviceFault, ProtocolError
from lisa_core.exchange import texts
from lisa_core.exchange.peers.peers import Peer
from lisa_core.wire.channel import Channel
from lisa_core.wire.envelope import LinkEnd, decode
from lisa_core.wire.messages import BoothHello, DeskHello, Message, Refused

Hello = TypeVar("Hello", BoothHello, DeskHello)

HELLO_S = 10.0
MAX_UNNAMED = 200
"""Maximum number of connections that have not said who they are; with one more the oldest is closed."""
MAX_CHARS = 200

REPLACED = Refused("replaced", texts.REPLACED)
TAKEN = Refused("taken", texts.TAKEN)
DOUBLE = Refused("double", texts.DOUBLE)
SILENT = Refused("silent", texts.SILENT)


class Doorstep:
    """Who has been let in and has not said yet who it is."""

    def __init__(self) -> None:
        self._unnamed: dict[asyncio.Timeout, None] = {}

    async def hello(self, channel: Channel, kind: type[Hello]) -> Hello:
        """The hello of a new connection. Raises `ProtocolError` for anything else, `DeviceFault` when it is lost."""
        limit = asyncio.timeout(HELLO_S)
        try:
            async with limit:
                self._unnamed[limit] = None
                if len(self._unnamed) > MAX_UNNAMED:
                    oldest = next(iter(self._unnamed))
                    del self._unnamed[oldest]
                    oldest.reschedule(0)
                return _checked(decode(await channel.receive()).body, kind)
        except TimeoutError:
            await refuse(channel, SILENT)
            raise ProtocolError("link: no hello in time") from None
        except ProtocolError as error:
            await refuse(channel, Refused("hello", str(error)))
            raise
        finally:
            self._unnamed.pop(limit, None)


def _checked(body: Message, kind: type[Hello]) -> Hello:
    if not isinstance(body, kind):
        raise ProtocolError(f"the first message must be a {kind.__name__}")
    if max(map(len, (body.session, body.secret, getattr(body, "key", "")))) > MAX_CHARS:
        raise ProtocolError(f"hello: session, secret and key have at most {MAX_CHARS} characters")
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
    only of one that is gone, or when the agent says so (`take`: go on here).
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
    if ours and known.session == hello.session and not known.given_up:
        return known, False
    return Peer(hello.session, hello, pace=known.pace), True
