"""What an end of a leg asks of relays, and why it may get nothing: aioice takes one relay only, and is silent then.

aioice asks inside `setLocalDescription`, in tasks of its own whose errors it drops. These tasks inherit the context in
which the description is made, and there lies what is asked for here, and what came of it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator
from contextvars import ContextVar
from datetime import UTC, datetime

import aioice.ice
from aioice.stun import TransactionError, TransactionFailed
from aiortc import RTCBundlePolicy, RTCConfiguration, RTCIceServer, RTCIceTransportPolicy
from aiortc.rtcicetransport import connection_kwargs

from lisa_core.domain.model.media.media_ways import IceServer, MediaWays, RelayTrouble

GATHERING_S = 4.8
"""Seconds for all relays together: aioice goes on without them after five."""
LEAST_S = 1.6
"""For one of them, three questions unanswered: the next is asked while there is time for it."""
_TROUBLES = {401: RelayTrouble.REFUSED, 403: RelayTrouble.REFUSED, 486: RelayTrouble.FULL, 508: RelayTrouble.FULL}
"""By the error of RFC 8656, section 19. A server that refuses for another reason is none that we could use."""

Relayed = Callable[..., Awaitable[object]]
_original: Relayed = aioice.ice.relayed_candidate
_asked: ContextVar[Gathering] = ContextVar("lisa.media.gathering")


def configuration(ways: MediaWays) -> RTCConfiguration:
    """What every peer connection is made with.

    MAX_BUNDLE: with aiortc's default the second video of an offer silently never starts (#1414, #1312).
    No ICE servers but ours: aiortc's default would ask a public STUN server who we are, and wait five seconds where it
    cannot.
    """
    return RTCConfiguration(
        iceServers=[RTCIceServer(list(one.urls), one.username, one.credential) for one in ways.servers],
        bundlePolicy=RTCBundlePolicy.MAX_BUNDLE,
        iceTransportPolicy=RTCIceTransportPolicy.RELAY if ways.relay_only else RTCIceTransportPolicy.ALL,
    )


class Gathering:
    """What one end asks of relays. `trouble`: why none of them gave a way; None where one did, or none was to be asked.

    Until one has answered, all are away.
    """

    def __init__(self, ways: MediaWays) -> None:
        self._relays = [(one, url) for one in ways.relays for url in one.urls]
        self.trouble = RelayTrouble.AWAY if self._relays else None

    @contextlib.contextmanager
    def noted(self) -> Iterator[None]:
        """Whatever is gathered inside is gathered so."""
        token = _asked.set(self)
        try:
            yield
        finally:
            _asked.reset(token)

    async def one(self, given: dict[str, object]) -> object:
        """The way that the first relay gives which gives one. Raises `ConnectionError` where none does."""
        each_s = max(LEAST_S, GATHERING_S / max(1, len(self._relays)))
        told: list[RelayTrouble] = []
        for server, url in self._relays:
            try:
                async with asyncio.timeout(each_s):
                    found = await _original(**{**given, **_arguments(server, url)})
            except (TransactionError, OSError, TimeoutError, ConnectionError) as error:
                told.append(_trouble(error, server))
                self.trouble = next((one for one in told if one is not RelayTrouble.AWAY), RelayTrouble.AWAY)
            else:
                self.trouble = None
                return found
        raise ConnectionError("no relay gives a way")


async def relayed_candidate(**given: object) -> object:
    """In the place of aioice's own: as the gathering wants it that is going on here."""
    gathering = _asked.get(None)
    return await (gathering.one(given) if gathering else _original(**given))


def _arguments(server: IceServer, url: str) -> dict[str, object]:
    """This server at this address, in the words of aioice."""
    found = connection_kwargs([RTCIceServer(url, server.username, server.credential)])
    return {name: value for name, value in found.items() if name.startswith("turn_")}


def _trouble(error: BaseException, server: IceServer) -> RelayTrouble:
    if not isinstance(error, TransactionFailed):
        return RelayTrouble.AWAY
    code, _ = error.response.attributes.get("ERROR-CODE", (0, ""))
    found = _TROUBLES.get(code, RelayTrouble.AWAY)
    return RelayTrouble.EXPIRED if found is RelayTrouble.REFUSED and _is_old(server.username) else found


def _is_old(username: str) -> bool:
    """Whether the time that the name begins with has passed by the clock of this computer."""
    until, _, _ = username.partition(":")
    return until.isdecimal() and int(until) <= datetime.now(tz=UTC).timestamp()
