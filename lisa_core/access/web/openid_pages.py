"""What the gate says of other houses' accounts: buttons, the way to the issuer, and the way back.

The way back is begun by a page of somebody else: our own cookies are not sent on it (`SameSite=Strict`), only the
sealed ticket (`Lax`). So the answer is a page of ours that goes on from here.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from html import escape
from typing import Protocol

from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from lisa_core.access import audit, texts
from lisa_core.access.attempts import Bucket, Key
from lisa_core.access.entrance import Access, EntryRefused, LoggedIn
from lisa_core.access.openid.arrival import arrive
from lisa_core.access.openid.client import OpenIdClient
from lisa_core.access.openid.issuers import Issuer, OpenIdError
from lisa_core.access.openid.ticket import LASTS_S, Ticket, new_ticket, opened, sealed
from lisa_core.access.web.brand import Brand
from lisa_core.access.web.cookies import set_cookie
from lisa_core.access.web.said import address_of_guest, text_in
from lisa_core.domain.model.errors import MachineError
from lisa_core.domain.model.ids import TenantId
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.web.networks import network_of

TICKET = "lisa-openid"


class ReturningGate(Protocol):
    """What of the gate is needed here."""

    access: Access
    brand: Brand

    def cookie(self, connection: HTTPConnection, kind: str) -> str: ...

    def named(self, connection: HTTPConnection, kind: str) -> tuple[str, bool]: ...

    def next(self, entered: LoggedIn) -> str: ...

    def keep(self, request: Request, response: Response, entered: LoggedIn) -> Response: ...


class OpenIdPages:
    """One for a gate; without issuers there is nothing of it."""

    def __init__(self, gate: ReturningGate, issuers: Sequence[Issuer]) -> None:
        self._gate = gate
        self._clients: Mapping[str, OpenIdClient] = {
            one.tenant: OpenIdClient(one, lambda: gate.access.now_s) for one in issuers
        }

    @property
    def buttons(self) -> str:
        """For the door."""
        return "".join(
            f'<button type="button" class="btn" data-openid="{escape(tenant)}">'
            f"{escape(texts.WITH_ACCOUNT_OF.format(client.issuer.name))}</button>"
            for tenant, client in self._clients.items()
        )

    async def begin(self, request: Request, said: JsonDict) -> Response:
        """To the issuer of this tenant."""
        client = self._clients.get(text_in(said, "traeger"))
        if client is None:
            raise EntryRefused(texts.NO_ISSUER)
        access, keys = self._gate.access, _keys(request)
        access.begin(keys)
        ticket = new_ticket(client.issuer.tenant, access.now_s)
        try:
            where = await client.address(_back(request, ticket.tenant), ticket)
        except OpenIdError as error:
            raise EntryRefused(self._failed(ticket, error)) from None
        access.succeeded(keys)
        response = JSONResponse({"weiter": where})
        name, secure = self._gate.named(request, TICKET)
        kept = set_cookie(name, sealed(ticket, access.secret), secure=secure, lasts_s=LASTS_S, site="Lax")
        response.headers.append("set-cookie", kept)
        return response

    async def back(self, request: Request) -> Response:
        """From the issuer: with a code for whoever began here, in this browser, not long ago."""
        try:
            entered = await self._came_back(request)
        except EntryRefused as refused:
            return self._page(request, "/anmelden", str(refused))
        except MachineError:
            return self._page(request, "/anmelden", texts.UNAVAILABLE)
        return self._gate.keep(request, self._page(request, self._gate.next(entered), ""), entered)

    async def _came_back(self, request: Request) -> LoggedIn:
        access, query = self._gate.access, request.query_params
        kept = self._gate.cookie(request, TICKET)
        ticket = opened(kept, access.secret, access.now_s) if kept else None
        tenant = request.path_params["tenant"]
        if ticket is None or ticket.tenant != tenant or not _same(query.get("state", ""), ticket.state):
            raise EntryRefused(texts.BEGUN_ELSEWHERE)
        keys = _keys(request)
        access.begin(keys)
        client, code = self._clients.get(tenant), query.get("code", "")
        try:
            if client is None or not code or "error" in query:
                raise OpenIdError("abgelehnt")
            identity = await client.identity(code, query.get("iss"), _back(request, ticket.tenant), ticket)
        except OpenIdError as error:
            raise EntryRefused(self._failed(ticket, error)) from None
        entered = arrive(access, identity)
        access.succeeded(keys)
        return entered

    def _failed(self, ticket: Ticket, error: OpenIdError) -> str:
        """For the log one word, for people a sentence."""
        self._gate.access.note_refused("", f"{ticket.tenant} {error.reason}", audit.OPENID_REFUSED)
        client = self._clients.get(ticket.tenant)
        name = client.issuer.name if client else ticket.tenant
        return texts.OPENID_FAILED.get(error.reason, texts.OPENID_FAILED[""]).format(name)

    def _page(self, request: Request, where: str, text: str) -> Response:
        page = self._gate.brand.page("zurueck.html").replace("<!-- weiter -->", escape(where))
        response = HTMLResponse(page.replace("<!-- text -->", escape(text)), status_code=403 if text else 200)
        name, secure = self._gate.named(request, TICKET)
        response.headers.append("set-cookie", set_cookie(name, "", secure=secure, lasts_s=0, site="Lax"))
        return response


def _back(request: Request, tenant: TenantId) -> str:
    """Where browsers come back to; the guard has looked at the host's name."""
    secure = request.scope.get("scheme") == "https"
    return f"{'https' if secure else 'http'}://{request.headers.get('host', '')}/openid/{tenant}"


def _keys(request: Request) -> tuple[Key, ...]:
    """All that one address begins and does not bring to an end counts together, as passwords do."""
    return ((Bucket.ADDRESS, network_of(address_of_guest(request))),)


def _same(said: str, meant: str) -> bool:
    return hmac.compare_digest(said.encode("utf-8", "surrogatepass"), meant.encode())
