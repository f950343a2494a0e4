"""An exchange with accounts on one address, its clock set by the test; people at its door."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from lisa_core.access.accounts import Account, AccountRole
from lisa_core.access.entrance import Access
from lisa_core.access.hashing import HashCost, Hasher
from lisa_core.access.keeping.memory import MemoryAccess
from lisa_core.access.keeping.port import AccessChange, AccessStore
from lisa_core.access.openid.issuers import Issuer
from lisa_core.access.sessions import SessionLimits
from lisa_core.config.directory import load_directory
from lisa_core.domain.model.directory import Rules
from lisa_core.domain.model.ids import AgentId, TenantId
from lisa_core.exchange.executor import Exchange
from lisa_core.exchange.program import open_exchange, serve_exchange
from lisa_core.host.clock import Clock
from lisa_core.web.asgi import listening_socket
from lisa_core.wire import messages as m
from lisa_core.wire.envelope import Envelope, LinkEnd

QUICK = HashCost(1, 8, 1)
"""Argon2id at its cheapest: these tests are about doors, not about guessing machines."""
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DIRECTORY, _ = load_directory("uckermark")
PASSWORD = "Vier Laternen im Nebel"
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Of clients that never use it: to read all certificates of this machine for each takes long."""
LIMIT_S, LOOK_S = 60.0, 0.05
AGENT, LEAD, ADMINISTRATION, AUDITOR = AccountRole


def account(
    name: str, hashed: str, role: AccountRole = AGENT, agent: str | None = None, tenant: str = "landkreis"
) -> Account:
    return Account(name, (role,), TenantId(tenant), hashed, int(NOON.timestamp()), AgentId(agent) if agent else None)


async def people(hasher: Hasher) -> tuple[Account, ...]:
    """One of each kind, all with the same password."""
    hashed = await hasher.hashed(PASSWORD)
    return (
        account("e.muster", hashed, AGENT, "vogt"),
        account("b.beispiel", hashed, AGENT, "brandt"),
        account("l.leitung", hashed, LEAD, "nowak"),
        account("a.kasse", hashed, AGENT, "arendt", "aok-nordost"),
        account("v.amt", hashed, ADMINISTRATION),
        account("r.revision", hashed, AUDITOR),
    )


@dataclass
class Guest:
    """Somebody at the door: a browser's requests, its cookies, its headers."""

    house: House
    client: httpx.AsyncClient

    async def post(self, path: str, said: Any, **headers: str) -> httpx.Response:
        own = {"Origin": self.house.url} | {key.replace("_", "-"): value for key, value in headers.items()}
        return await self.client.post(path, json=said, headers={k: v for k, v in own.items() if v})

    async def log_in(self, name: str, password: str = PASSWORD, **headers: str) -> httpx.Response:
        return await self.post("/anmelden", {"name": name, "kennwort": password}, **headers)

    async def get(self, path: str) -> httpx.Response:
        return await self.client.get(path)

    @property
    def cookie(self) -> str:
        return "; ".join(f"{one.name}={one.value}" for one in self.client.cookies.jar)

    @property
    def token(self) -> str:
        return self.client.cookies.get(f"lisa-{self.house.port}") or ""

    @contextlib.asynccontextmanager
    async def desk(self, agent: str, cookie: str | None = None, origin: str | None = None) -> AsyncIterator[AtSocket]:
        cookie = self.cookie if cookie is None else cookie
        headers = {"Cookie": cookie} if cookie else {}
        where = f"ws://{self.house.address}/ws/desk"
        async with connect(where, additional_headers=headers, origin=origin or self.house.url, proxy=None) as socket:
            at = AtSocket(socket)
            with contextlib.suppress(ConnectionClosed):  # it may be refused before it has said anything
                await at.say(m.DeskHello(AgentId(agent), "s", secret="x"))
            yield at


@dataclass
class AtSocket:
    """A desk's connection, by hand."""

    socket: ClientConnection
    link: LinkEnd = field(default_factory=LinkEnd)

    async def say(self, body: m.Message) -> None:
        await self.socket.send(self.link.send(body))

    async def hear(self) -> m.Message | None:
        """The next message; None when the connection is over."""
        async with asyncio.timeout(LIMIT_S):
            async for text in self.socket:
                envelope: Envelope | None = self.link.receive(str(text))
                if envelope is not None and not isinstance(envelope.body, m.Ack):
                    return envelope.body
        return None

    async def first(self) -> str:
        """What the hello came to: "" where it is welcome, else the code of the refusal."""
        body = await self.hear()
        return body.code if isinstance(body, m.Refused) else "" if isinstance(body, m.Welcome) else repr(body)

    async def until_refused(self) -> str:
        """Until it is refused; returns the code, "" where it just ends."""
        while (body := await self.hear()) is not None:
            if isinstance(body, m.Refused):
                return body.code
        return ""


@dataclass
class House:
    """Everything that runs."""

    address: str
    clock: Clock
    access: Access
    exchange: Exchange
    hasher: Hasher
    issuers: tuple[Issuer, ...]
    _stack: contextlib.AsyncExitStack

    @property
    def url(self) -> str:
        return f"http://{self.address}"

    @property
    def port(self) -> str:
        return self.address.rpartition(":")[2]

    @property
    def store(self) -> AccessStore:
        return self.access.store

    async def guest(self, source: str = "127.0.0.1") -> Guest:
        """With a browser of its own, at this address of the loopback network."""
        transport = httpx.AsyncHTTPTransport(local_address=source, verify=PLAIN)
        client = httpx.AsyncClient(
            base_url=self.url, transport=transport, trust_env=False, verify=PLAIN, timeout=LIMIT_S
        )
        return Guest(self, await self._stack.enter_async_context(client))

    async def inside(self, name: str) -> Guest:
        """Somebody who is logged in."""
        guest = await self.guest()
        assert (await guest.log_in(name)).status_code == 200
        return guest

    def pass_s(self, seconds: float) -> None:
        """So much later it is."""
        self.clock.set_civil(self.clock.instant().civil + timedelta(seconds=seconds))

    def change(self, name: str, **values: Any) -> None:
        """As another program does it, by writing into the store."""
        known = self.store.account(name)
        assert known is not None
        self.store.write(AccessChange(accounts=(replace(known, **values),)))

    def noted(self, name: str) -> list[tuple[str, str]]:
        """Subject and detail of the entries of this name."""
        return [(one.subject, one.detail) for one in self.store.entries() if one.name == name]


def no_issuers(address: str) -> tuple[Issuer, ...]:
    """Of other houses, for an exchange at this address."""
    return ()


Issuers = Callable[[str], tuple[Issuer, ...]]


@contextlib.asynccontextmanager
async def open_house(
    store: AccessStore | None = None,
    *,
    empty: bool = False,
    two_factors: bool = False,
    issuers: Issuers = no_issuers,
    now: bool = False,
) -> AsyncIterator[House]:
    clock, hasher = Clock(datetime.now(UTC) if now else NOON), Hasher(QUICK)
    store = store or MemoryAccess()
    if not empty:
        store.write(AccessChange(accounts=await people(hasher)))
    async with contextlib.AsyncExitStack() as stack:
        exchange = await stack.enter_async_context(open_exchange(DIRECTORY, Rules(), clock))
        access = Access(store, clock, hasher, SessionLimits(look_s=LOOK_S), two_factors=two_factors)
        listening = listening_socket("127.0.0.1", 0)
        others = issuers(f"127.0.0.1:{listening.getsockname()[1]}")
        serving = serve_exchange(exchange, DIRECTORY, listening, access, issuers=others)
        address = await stack.enter_async_context(serving)
        yield House(address, clock, access, exchange, hasher, others, stack)
