"""A portal on one address, its clock set by the test, two providers' places in it, and people at its door."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import ssl
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from lisa_core.access.accounts import Account
from lisa_core.access.entrance import Access
from lisa_core.access.hashing import HashCost, Hasher
from lisa_core.access.keeping.memory import MemoryAccess
from lisa_core.access.keeping.port import AccessChange, AccessStore
from lisa_core.access.opening import open_store
from lisa_core.access.sessions import SessionLimits
from lisa_core.domain.model.ids import TenantId as AccessTenant
from lisa_core.host.clock import Clock
from lisa_core.host.patience import patience
from lisa_core.store.postgres.place import DatabaseAddress
from lisa_core.web.asgi import listening_socket
from sojus.config.privacy_file import load_privacy
from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.ids import OfficeId
from sojus.domain.placement.events import TakeIn
from sojus.domain.rights.members import Membership
from sojus.domain.rights.tenants import Tenant
from sojus.portal.door import Invented
from sojus.portal.program import Portal, open_portal, serve_portal
from sojus.service.deeds import Deed
from sojus.service.directory import Directory, Office, directory
from tests.sojus.providers import ELM, HERE, NOON, NORTH, OAK, SOUTH, THERE, elm, house, oak, office, vocabulary

QUICK = HashCost(1, 8, 1)
"""Argon2id at its cheapest: these tests are about the portal, not about guessing machines."""
PASSWORD = "Vier Laternen im Nebel"
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
LIMIT_S = 60.0
OFTEN = SessionLimits(look_s=0.05)
"""Whoever loses a session hears it at once."""
MINISTRY = Actor(Role.MINISTRY, OfficeId("ministerium"), NORTH)
MEMBERS = {
    "h.hier": (office(HERE),),
    "d.dort": (office(THERE),),
    "e.eiche": (house(OAK),),
    "u.ulme": (house(ELM),),
    "z.zwei": (office(HERE), house(OAK)),
    "m.land": (MINISTRY,),
    "n.niemand": (),
}
"""Accounts, and in whose name each may act."""
WISH = {"area": "probe", "kind": "wohnen", "people": [{"age": 12}]}


def offices() -> Directory:
    tenants = (Tenant(NORTH, "Landkreis Nord"), Tenant(SOUTH, "Landkreis Süd"))
    named = ((HERE, NORTH, "Jugendamt Nord"), (THERE, SOUTH, "Jugendamt Süd"))
    return directory(tenants, tuple(Office(one, of, Role.YOUTH_OFFICE, name) for one, of, name in named))


def new_key() -> str:
    return secrets.token_urlsafe(16)


@dataclass
class Somebody:
    """A browser of one's own, or a program: its cookies, its headers."""

    url: str
    client: httpx.AsyncClient

    async def post(self, path: str, said: Any, **headers: str) -> httpx.Response:
        own = {"Origin": self.url, "X-SoJuS": "1"} | {key.replace("_", "-"): value for key, value in headers.items()}
        return await self.client.post(path, json=said, headers={k: v for k, v in own.items() if v})

    async def act(self, path: str, **said: Any) -> httpx.Response:
        return await self.post(path, {"key": new_key(), **said})

    async def log_in(self, name: str, password: str = PASSWORD) -> httpx.Response:
        answer = await self.post("/anmelden", {"name": name, "kennwort": password})
        await self.look()
        return answer

    async def look(self) -> None:
        """As a page that is opened: what follows is said for whom she is now, if anybody."""
        me = await self.client.get("/api/me")
        self.client.headers["X-SoJuS-As"] = me.json()["as"] if me.status_code == 200 else ""

    async def get(self, path: str, **headers: str) -> Any:
        answer = await self.client.get(path, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def case(self) -> str:
        """A new one of her office."""
        purpose = (await self.get("/api/purposes"))["purposes"][0]["id"]
        answer = await self.act("/api/cases", name="Erika Muster", purpose=purpose)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["case"])

    async def search(self, **more: Any) -> Any:
        answer = await self.post("/api/search", {**WISH, **more})
        assert answer.status_code == 200, answer.text
        return answer.json()

    @contextlib.asynccontextmanager
    async def listening(
        self, search: str = "", after: int | None = None, last: int = 0, places: Sequence[str] = ()
    ) -> AsyncIterator[Ear]:
        query: dict[str, str | Sequence[str]] = {"search": search} if search else {}
        query |= {"place": places} if places else {}
        query |= {"after": str(after)} if after is not None else {}
        headers = {"Last-Event-ID": str(last)} if last else {}
        async with self.client.stream("GET", "/api/changes", params=query, headers=headers) as answer:
            assert answer.status_code == 200
            yield Ear(answer)


@dataclass
class Ear:
    """Reads events as the standard says, one after the other."""

    answer: httpx.Response
    last: str = ""
    _lines: AsyncIterator[str] | None = field(default=None)

    async def next(self, *names: str) -> tuple[str, Any]:
        """The next event, of one of these names if any are given; asserts that it comes in time."""
        async with patience(LIMIT_S):
            while True:
                name, data = await self._event()
                if not names or name in names:
                    return name, data

    async def _event(self) -> tuple[str, Any]:
        self._lines = self._lines or self.answer.aiter_lines()
        name, data = "message", list[str]()
        async for line in self._lines:
            key, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if key == "event":
                name = value
            elif key == "id":
                self.last = value
            elif key == "data":
                data.append(value)
            elif not line and data:
                return name, json.loads("\n".join(data))
        raise EOFError


@dataclass
class House:
    """All that runs."""

    url: str
    portal: Portal
    access: Access
    _stack: contextlib.AsyncExitStack

    async def somebody(self) -> Somebody:
        client = httpx.AsyncClient(base_url=self.url, trust_env=False, verify=PLAIN, timeout=LIMIT_S)
        return Somebody(self.url, await self._stack.enter_async_context(client))

    async def inside(self, name: str) -> Somebody:
        """Somebody who is logged in."""
        found = await self.somebody()
        answer = await found.log_in(name)
        assert answer.status_code == 200, answer.text
        return found


def fill(portal: Portal) -> None:
    """Once, whoever comes first."""
    for provider, batch in ((house(OAK), oak()), (house(ELM), elm())):
        portal.service.do(Deed(f"probe/{provider.office}", provider, TakeIn(batch)))


async def accounts(portal: Portal, store: AccessStore) -> None:
    """Once, whoever comes first."""
    if store.accounts():
        return
    hashed = await Hasher(QUICK).hashed(PASSWORD)
    made = tuple(Account(name, (), AccessTenant("nord"), hashed, int(NOON.timestamp())) for name in MEMBERS)
    store.write(AccessChange(accounts=made))
    for name, actors in MEMBERS.items():
        for actor in actors:
            portal.persons.join(Membership(name, actor), NOON)


@contextlib.asynccontextmanager
async def open_house(
    place: Path | DatabaseAddress,
    *,
    empty: bool = False,
    people: tuple[Invented, ...] = (),
    kept: bool = False,
    limits: SessionLimits = OFTEN,
    desks: tuple[str, ...] = (),
) -> AsyncIterator[House]:
    """`empty`: nobody has an account. `kept`: accounts and sessions lie at that place, too.
    `desks`: origins of those that may open its pages."""
    now: list[datetime] = [NOON]
    async with contextlib.AsyncExitStack() as stack:
        opening = open_portal(place, [vocabulary()], offices(), load_privacy(), lambda: now[0])
        portal = await stack.enter_async_context(opening)
        await asyncio.to_thread(fill, portal)
        store: AccessStore = stack.enter_context(open_store(place)) if kept else MemoryAccess()
        if not empty:
            await accounts(portal, store)
        access = Access(store, Clock(NOON), Hasher(QUICK), limits, two_factors=False)
        serving = serve_portal(portal, listening_socket("127.0.0.1", 0), access, people=people, desks=desks)
        address = await stack.enter_async_context(serving)
        yield House(f"http://{address}", portal, access, stack)
