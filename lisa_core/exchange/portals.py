"""Portals of offices, asked from here: whether one answers, and whether it knows the desks that open it beside a call.

A portal says so where `KNOWN` leads; a page that says nothing of it is one that answers. What was found is told
at `lisa exchange --check`, at the start, and on the desk's page, which asks again while a talk is on.
"""

from __future__ import annotations

import asyncio
import functools
import math
import ssl
from collections.abc import Callable, Collection, Iterator, Sequence
from html import escape
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from lisa_core.access.sessions import SessionEnd
from lisa_core.access.trust import client_context
from lisa_core.config.landkreis.office_portal import KNOWN
from lisa_core.domain.model.directory import Directory, Office
from lisa_core.domain.model.errors import ProtocolError
from lisa_core.domain.model.ids import AgentId
from lisa_core.exchange import texts
from lisa_core.exchange.desk_door import Guest
from lisa_core.exchange.texts import PortalState
from lisa_core.host.address import place_of
from lisa_core.host.causes import is_mistrusted
from lisa_core.host.machine import tell
from lisa_core.host.patience import patience
from lisa_core.wire.json_text import read_json

ANSWER_S, MAX_BYTES = 3.0, 16_384
KEPT_S, MOST_KEPT = 5.0, 64
"""How long an answer is believed, however many desks ask; for how many addresses."""
_BEHIND_IS_NOBODY = (502, 503, 504)
_PLAIN = {"accept-encoding": "identity"}
"""Nothing is unpacked: a few bytes can be packed that fill all memory."""


async def look_at(portal: str, desks: Sequence[str]) -> PortalState:
    """What a portal says to who asks from this computer. `desks`: origins, of which it has to know one; none: any."""
    import httpx  # for who has a portal

    place, asked = urlsplit(portal), urlencode([("desk", one) for one in desks])
    data = b""
    try:
        async with (
            patience(ANSWER_S),  # in `lisa up` it is this very program that answers, while it starts
            httpx.AsyncClient(verify=_trusted(), trust_env=False, timeout=10 * ANSWER_S) as client,
            client.stream("GET", f"{place.scheme}://{place.netloc}{KNOWN}?{asked}", headers=_PLAIN) as answer,
        ):
            async for piece in answer.aiter_raw():
                data += piece
                if len(data) > MAX_BYTES:
                    return PortalState.THERE
    except (httpx.HTTPError, httpx.InvalidURL, OSError, TimeoutError) as error:
        return PortalState.MISTRUSTED if is_mistrusted(error) else PortalState.AWAY
    if answer.status_code in _BEHIND_IS_NOBODY:
        return PortalState.AWAY
    known = _known(data) if answer.status_code == httpx.codes.OK else None
    return PortalState.STRANGE if known is not None and desks and not known & set(desks) else PortalState.THERE


@functools.cache
def _trusted() -> ssl.SSLContext:
    return client_context()


def _known(data: bytes) -> set[str] | None:
    """None: it does not say."""
    try:
        said = read_json(data, "portal", max_bytes=MAX_BYTES)
    except ProtocolError:
        return None
    found = said.get("known") if isinstance(said, dict) else None
    return {one for one in found if isinstance(one, str)} if isinstance(found, list) else None


def desks_at(host: str, port: int, names: Collection[str] | None) -> tuple[str, ...]:
    """The origins under which desks are opened; `names`: of the certificate. None where nobody can know."""
    if names is None:
        return tuple(f"http://{place_of(name, port)}" for name in dict.fromkeys((host, "127.0.0.1", "localhost")))
    end = "" if port == 443 else f":{port}"
    return tuple(f"https://{name}{end}" for name in sorted(names) if not name.startswith("*."))


def offered(directory: Directory) -> Iterator[Office]:
    """Offices with a portal, one for each address."""
    yield from {office.portal: office for office in directory.offices.values() if office.portal}.values()


async def tell_of(directory: Directory, desks: Sequence[str]) -> None:
    """Whatever a portal is found to lack, once, on the console."""
    for office in offered(directory):
        state = await look_at(office.portal, desks)
        if text := texts.PORTAL_AT_START[state]:
            tell(text.format(key=f"offices.{office.id}.portal", portal=office.portal, desks=", ".join(desks)))


def policy(directory: Directory) -> str:
    """Opener policy. A desk stays apart from whoever opens it, but talks with the portal that it opens."""
    return "same-origin-allow-popups" if any(offered(directory)) else "same-origin"


def in_the_head(office: Office | None) -> str:
    """What the desk's page is told of the portal of its office."""
    if office is None or not office.portal:
        return ""
    return f'<meta name="portal" content="{escape(office.portal)}" data-name="{escape(office.portal_name)}" />'


class Portals:
    """As they are now, for the pages of desks. `guest`: who asks."""

    def __init__(self, directory: Directory, guest: Callable[[Request], Guest]) -> None:
        self._directory, self._guest = directory, guest
        self._asked: dict[tuple[str, str], tuple[float, asyncio.Task[PortalState]]] = {}

    async def answer(self, request: Request) -> Response:
        """{"text": what is wrong with the portal of this agent's office, "" if nothing is}."""
        agent = self._directory.agents.get(AgentId(request.path_params["agent"]))
        if agent is None or isinstance(self._guest(request), SessionEnd):
            return JSONResponse({"text": ""}, status_code=404)
        office = self._directory.offices[agent.office]
        desk = f"{request.url.scheme}://{request.headers.get('host', '').lower()}"
        state = await self._state(office.portal, desk) if office.portal else PortalState.THERE
        text = texts.PORTAL_AT_DESK[state].format(name=office.portal_name or "Portal", desk=desk)
        return JSONResponse({"text": text})

    async def _state(self, portal: str, desk: str) -> PortalState:
        now_s = asyncio.get_running_loop().time()
        asked_s, task = self._asked.get((portal, desk), (-math.inf, None))
        if task is None or (task.done() and now_s - asked_s >= KEPT_S):
            self._asked = {key: one for key, one in self._asked.items() if now_s - one[0] < KEPT_S}
            if len(self._asked) >= MOST_KEPT:
                return PortalState.THERE  # whoever makes up names of desks makes us ask no more for it
            task = asyncio.create_task(look_at(portal, (desk,)))
            self._asked[portal, desk] = now_s, task
        return await asyncio.shield(task)  # whoever goes away takes nobody's answer along
