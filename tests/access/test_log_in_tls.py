"""Logging in behind TLS: what the cookies say then, and a scripted desk that trusts one authority."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import httpx
import pytest

from lisa_core.access.entrance import Access
from lisa_core.access.hashing import Hasher
from lisa_core.access.keeping.memory import MemoryAccess
from lisa_core.access.keeping.port import AccessChange
from lisa_core.access.trust import client_context
from lisa_core.desk.client import open_desk
from lisa_core.desk.log_in import dial_logged_in
from lisa_core.domain.model.call_words import DeskMode
from lisa_core.domain.model.directory import Rules
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.ids import AgentId
from lisa_core.equipment.media.memory_call import MemoryMedia
from lisa_core.exchange.program import open_exchange, serve_exchange
from lisa_core.host.clock import Clock
from lisa_core.web.asgi import listening_socket
from lisa_core.web.tls import ServedCertificate
from tests.access.certificates import NOW, Authority
from tests.access.house import DIRECTORY, NOON, PASSWORD, QUICK, people


def test_logging_in_behind_tls(tmp_path: Path) -> None:
    async def run() -> None:
        authority, clock, hasher = Authority(tmp_path), Clock(NOON), Hasher(QUICK)
        served, store = ServedCertificate(*authority.issue("vermittlung"), NOW), MemoryAccess()
        store.write(AccessChange(accounts=await people(hasher)))
        access = Access(store, clock, hasher, two_factors=False)
        trusted = client_context(authority.file)
        async with contextlib.AsyncExitStack() as stack:
            exchange = await stack.enter_async_context(open_exchange(DIRECTORY, Rules(), clock, shown=served))
            serving = serve_exchange(exchange, DIRECTORY, listening_socket("127.0.0.1", 0), access, served)
            port = (await stack.enter_async_context(serving)).rpartition(":")[2]
            url = f"https://localhost:{port}"
            client = httpx.AsyncClient(base_url=url, verify=trusted, trust_env=False)
            guest = await stack.enter_async_context(client)
            said = {"name": "e.muster", "kennwort": PASSWORD}
            assert (await guest.post("/anmelden", json=said, headers={"Origin": f"http://localhost:{port}"})).is_error
            answer = await guest.post("/anmelden", json=said, headers={"Origin": url})
            for cookie in answer.headers.get_list("set-cookie"):
                assert cookie.startswith("__Host-lisa-")
                assert "; Path=/; HttpOnly; SameSite=Strict; Secure" in cookie
            token = guest.cookies[f"__Host-lisa-{port}"]
            plain = await guest.get("/konto", headers={"Cookie": f"lisa-{port}={token}"})
            assert plain.status_code == 303, "a cookie that another host could have set is none"
            assert (await guest.get("/platz/vogt")).status_code == 200
            dial = await dial_logged_in(url, "e.muster", PASSWORD, tls=trusted)
            async with open_desk(AgentId("vogt"), MemoryMedia(), dial, "probe") as desk:
                desk.ready()
                await desk.until(lambda at: at.state is DeskMode.READY, "bereit")
            with pytest.raises(LisaError, match="lässt niemanden"):
                await dial_logged_in(url, "e.muster", PASSWORD)

    asyncio.run(run())
