"""Somebody's connection to the portal: logged in with a password, asking and saying over HTTP."""

from __future__ import annotations

from urllib.parse import quote

import httpx

from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.json_types import JsonDict, JsonMap
from sojus.harness.seen import Answer, Denied, Found, Seen
from sojus.harness.wire import bodies
from sojus.service.asked import Asked

LIMIT_S = 30.0


class PortalClient:
    """`log_in` says where the portal is served now."""

    def __init__(self, account: str, password: str) -> None:
        self._account, self._password = account, password
        self._http: httpx.AsyncClient | None = None

    async def log_in(self, address: str) -> None:
        """Raises `HarnessError` where that is refused."""
        await self.close()
        self._http = httpx.AsyncClient(
            base_url=address, headers={"X-SoJuS": "1", "Origin": address}, timeout=LIMIT_S, trust_env=False
        )
        said = {"name": self._account, "kennwort": self._password}
        answer = await self._http.post("/anmelden", json=said)
        if answer.status_code != httpx.codes.OK:
            raise HarnessError(f"Anmelden als {self._account}: {answer.status_code} {answer.text[:200]}")
        self._http.headers["X-SoJuS-As"] = str((await self.get("me"))["as"])

    async def close(self) -> None:
        if self._http is not None:
            await self._http.aclose()
            self._http = None

    async def search(self, asked: Asked) -> Found:
        return Found.read(asked, await self.post("search", bodies.wish(asked)))

    @property
    def http(self) -> httpx.AsyncClient:
        if self._http is None:
            raise HarnessError(f"{self._account} ist nicht angemeldet.")
        return self._http

    async def get(self, path: str) -> JsonMap:
        return await self.checked(await self.http.get(f"/api/{quote(path)}"))

    async def post(self, path: str, said: JsonMap) -> JsonMap:
        return await self.checked(await self.http.post(f"/api/{quote(path)}", json=said))

    async def checked(self, answer: httpx.Response) -> JsonMap:
        """What was said. Raises `Denied` for a refusal, `HarnessError` for what is none of both."""
        if answer.status_code == httpx.codes.OK:
            return {} if answer.headers["content-type"].startswith("text/event-stream") else answer.json()
        await answer.aread()
        try:
            said: JsonMap = answer.json()
            hits = tuple(Seen.read(hit) for hit in said.get("hits", ()))
            mistakes = " ".join(f"{one['where']}: {one['why']}" for one in said.get("mistakes", ()))
            text = f"{said['error']} {mistakes}".strip()
            raise Denied(Answer(text, said["reason"], hits))
        except (ValueError, KeyError) as error:
            raise HarnessError(f"{answer.request.url.path}: {answer.status_code} {answer.text[:300]}") from error


async def office_inside(address: str, said: JsonDict | None) -> str:
    """Whose office somebody acts for who has said this at the door, None: nothing; "" where nobody came in."""
    headers = {"X-SoJuS": "1", "Origin": address}
    async with httpx.AsyncClient(base_url=address, headers=headers, timeout=LIMIT_S, trust_env=False) as client:
        if said is not None:
            await client.post("/anmelden", json=said)
        answer = await client.get("/api/me")
    return str(answer.json()["office_name"]) if answer.status_code == httpx.codes.OK else ""
