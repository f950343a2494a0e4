"""The gate of a web application: its log-in pages, and who is behind a connection."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection, Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from lisa_core.access import audit, texts
from lisa_core.access.accounts import Account
from lisa_core.access.entrance import Access, EntryRefused, Knock, LoggedIn, Visitor
from lisa_core.access.openid.issuers import Issuer
from lisa_core.access.rights import Right, has_right
from lisa_core.access.second_step import SecondStep
from lisa_core.access.sessions import Lack, SessionEnd
from lisa_core.access.web import lists
from lisa_core.access.web.brand import LISA, Brand
from lisa_core.access.web.cookies import BROWSER, KNOWN_S, SESSION, cookie_name, read_cookie, set_cookie
from lisa_core.access.web.said import address_of_guest, body_of, is_of_our_page, text_in
from lisa_core.access.web.second_pages import SecondPages, hint
from lisa_core.access.web.session_pages import SessionPages
from lisa_core.domain.model.errors import MachineError, ProtocolError
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.web.guard import LOOPBACK_NAMES, Scope

if TYPE_CHECKING:
    from lisa_core.access.web.openid_pages import OpenIdPages

LOG_IN, SECOND, ACCOUNT = "/anmelden", "/zweiter", "/konto"
_PAGES = Path(__file__).resolve().parent / "pages"
_PROXY = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
"""What a proxy adds that says so; one that adds nothing, or a forwarded port, is not seen."""
_LOCAL = {"127.0.0.1", "::1", *LOOPBACK_NAMES}

MOST_NOTED = 1_000
"""What is remembered so that each is noted once."""

Endpoint = Callable[[Request], Awaitable[Response]]
Answer = Callable[[Request, JsonDict], Awaitable[Response]]
Listed = Callable[[Account, Access, Brand], Response]


class Gate:
    """`home`: where somebody goes after logging in; `house`: what stands in her app beside her name.

    `issuers`: of whose accounts there may be some here; `brand`: what stands on the pages.
    """

    def __init__(
        self,
        access: Access,
        home: Callable[[Visitor], str],
        house: str = "LISA",
        issuers: Sequence[Issuer] = (),
        brand: Brand = LISA,
    ) -> None:
        self.access, self.brand, self._home = access, brand, home
        self._sessions = SessionPages(self)
        self._second = SecondPages(self, SecondStep(access, house))
        self._openid = _openid_pages(self, issuers) if issuers else None
        self._noted: dict[tuple[str, str, str], None] = {}

    def visitor(self, connection: HTTPConnection) -> Visitor | SessionEnd:
        """Who it is; somebody who has yet to set a password of her own is nobody but on her own page."""
        found = self._anybody(connection)
        return SessionEnd.UNKNOWN if isinstance(found, Visitor) and found.session.lacks else found

    def demonstrates_to(self, connection: HTTPConnection) -> bool:
        """Whether nobody has to log in, and this comes from this very computer, without a proxy that says so."""
        client = connection.client.host if connection.client else ""
        return not self.access.demanded and client in _LOCAL and not any(map(connection.headers.get, _PROXY))

    def routes(self) -> list[BaseRoute]:
        """For the application; everything below `/zugang` is files without content."""
        return [
            Route(LOG_IN, self._door),
            Route(LOG_IN, self._posted(self._log_in), methods=["POST"]),
            Route("/abmelden", self._posted(self._log_out), methods=["POST"]),
            Route(SECOND, self._second_door),
            Route(SECOND, self._posted(self._second.confirm), methods=["POST"]),
            Route("/zweiter/neu", self._posted(self._second.offer), methods=["POST"]),
            Route("/zweiter/einrichten", self._posted(self._second.set_up), methods=["POST"]),
            *self._openid_routes(),
            Route("/kennwort", self._posted(self._change_password), methods=["POST"]),
            Route(ACCOUNT, self._account),
            Route("/sitzung", self._posted(self._sessions.end), methods=["POST"]),
            Route("/konten", self._list(Right.ACCOUNTS, lists.accounts_of)),
            Route("/protokoll", self._list(Right.AUDIT, lists.log_for)),
            Mount("/zugang", StaticFiles(directory=_PAGES)),
        ]

    def _openid_routes(self) -> list[BaseRoute]:
        if (pages := self._openid) is None:
            return []
        begin = Route("/openid", self._posted(pages.begin), methods=["POST"])
        return [begin, Route("/openid/{tenant}", pages.back)]

    def to_log_in(self) -> Response:
        """For a page that is not for nobody."""
        return RedirectResponse(LOG_IN, status_code=303)

    # --- pages ------------------------------------------------------------------------------------------------------

    async def _door(self, request: Request) -> Response:
        if isinstance(found := self._anybody(request), Visitor):
            return RedirectResponse(self._next(found), status_code=303)
        page = self.brand.page("anmelden.html")
        return HTMLResponse(page.replace("<!-- andere -->", self._openid.buttons if self._openid else ""))

    async def _second_door(self, request: Request) -> Response:
        found = self._anybody(request)
        if isinstance(found, Visitor) and Lack.SECOND in found.session.lacks:
            return HTMLResponse(self.brand.page("zweiter.html"))
        return RedirectResponse(LOG_IN, status_code=303)

    async def _account(self, request: Request) -> Response:
        found = self._anybody(request)
        if not isinstance(found, Visitor):
            return self.to_log_in()
        if Lack.SECOND in found.session.lacks:
            return RedirectResponse(SECOND, status_code=303)
        self.access.acted(found)
        page = self.brand.page("konto.html")
        account, lacks = found.account, " ".join(found.session.lacks)
        roles = ", ".join(texts.ROLES[role] for role in account.roles)
        known = {
            "name": account.name,
            "rollen": roles or texts.ROLES_ELSEWHERE.format(self.brand.name),
            "wohin": self.brand.on,
            "fehlt": lacks,
            "app": "ja" if account.totp else "",
            "papier": texts.codes_left(len(account.recovery)),
            "openid": "ja" if account.openid else "",
            "konten": "" if has_right(account, Right.ACCOUNTS) else "hidden",
            "protokoll": "" if has_right(account, Right.AUDIT) else "hidden",
            "weiter": self._home(found),
        }
        for key, value in known.items():
            page = page.replace(f"<!-- {key} -->", escape(value))
        rows, others = self._sessions.rows(found)
        return HTMLResponse(page.replace("<!-- sitzungen -->", rows).replace("<!-- andere -->", "ja" if others else ""))

    def _list(self, right: Right, listed: Listed) -> Endpoint:
        async def shown(request: Request) -> Response:
            found = self.visitor(request)
            if isinstance(found, SessionEnd):
                return self.to_log_in()
            self.access.acted(found)
            if has_right(found.account, right):
                return listed(found.account, self.access, self.brand)
            self._note_once(audit.FORBIDDEN, found.account.name, request.url.path, found.session.id)
            return lists.forbidden(self.brand)

        return shown

    def _note_once(self, name: str, subject: str, detail: str, whose: str) -> None:
        """Once for each session and page, or address: whoever does it again and again fills no log."""
        if (key := (name, whose, detail)) not in self._noted:
            self.access.note_refused(subject, detail, name)
            self._noted[key] = None
            while len(self._noted) > MOST_NOTED:
                del self._noted[next(iter(self._noted))]

    def _next(self, visitor: Visitor) -> str:
        lacks = visitor.session.lacks
        return SECOND if Lack.SECOND in lacks else ACCOUNT if lacks else self._home(visitor)

    # --- what is said -----------------------------------------------------------------------------------------------

    def _posted(self, answer: Answer) -> Endpoint:
        async def answered(request: Request) -> Response:
            if not is_of_our_page(request):
                return PlainTextResponse(texts.FOREIGN_PAGE, status_code=403)
            try:
                return await answer(request, await body_of(request))
            except EntryRefused as refused:
                said = {"text": str(refused), "warten_s": refused.wait_s}
                return JSONResponse(said, status_code=429 if refused.wait_s else 401)
            except ProtocolError:
                with contextlib.suppress(MachineError):
                    self._note_once(audit.UNREADABLE, "", address_of_guest(request), "")
                return JSONResponse({"text": texts.UNREADABLE, "warten_s": 0}, status_code=400)
            except MachineError:
                return JSONResponse({"text": texts.UNAVAILABLE, "warten_s": 0}, status_code=503)

        return answered

    async def _log_in(self, request: Request, said: JsonDict) -> Response:
        before = self._anybody(request)
        knock = Knock(
            text_in(said, "name"), text_in(said, "kennwort"), address_of_guest(request), self.cookie(request, BROWSER)
        )
        entered = await self.access.log_in(knock)
        if isinstance(before, Visitor):
            self.access.log_out(before)
        return self.let_in(request, entered)

    async def _change_password(self, request: Request, said: JsonDict) -> Response:
        visitor = self.somebody(request)
        old, new = text_in(said, "bisher"), text_in(said, "neu")
        code = text_in({"code": "", **said}, "code")
        asked = partial(self._second.spent, request, visitor, code) if visitor.account.totp else None
        entered = await self.access.change_password(visitor, old, new, asked)
        return self.let_in(request, entered, **hint(visitor.account, entered.visitor.account))

    async def _log_out(self, request: Request, said: JsonDict) -> Response:
        found = self._anybody(request)
        if isinstance(found, Visitor):
            (self.access.log_out_everywhere if said.get("ueberall") is True else self.access.log_out)(found)
        response = JSONResponse({"weiter": LOG_IN})
        name, secure = self.named(request, SESSION)
        response.headers.append("set-cookie", set_cookie(name, "", secure=secure, lasts_s=0))
        response.headers["clear-site-data"] = '"storage"'
        return response

    def somebody(self, connection: HTTPConnection) -> Visitor:
        """Whoever it is, also with something left to do. Raises `EntryRefused`."""
        found = self._anybody(connection)
        if isinstance(found, SessionEnd):
            raise EntryRefused(texts.OVER[found])
        return found

    def let_in(self, request: Request, entered: LoggedIn, **more: object) -> Response:
        """Where to go now, and what the browser keeps; `more` is for the page."""
        return self.keep(request, JSONResponse({"weiter": self._next(entered.visitor), **more}), entered)

    def next(self, entered: LoggedIn) -> str:
        """Where somebody goes who has just come in."""
        return self._next(entered.visitor)

    def keep(self, request: Request, response: Response, entered: LoggedIn) -> Response:
        """The answer, with what the browser keeps."""
        kept = ((SESSION, entered.token, None), (BROWSER, entered.browser, KNOWN_S))
        for kind, token, lasts_s in kept if entered.browser else kept[:1]:
            name, secure = self.named(request, kind)
            response.headers.append("set-cookie", set_cookie(name, token, secure=secure, lasts_s=lasts_s))
        return response

    def _anybody(self, connection: HTTPConnection) -> Visitor | SessionEnd:
        return self.access.visitor(self.cookie(connection, SESSION))

    def whose(self, scope: Scope) -> str:
        """Which account a request comes from (`Access.whose`)."""
        return self.access.whose(self.cookie(HTTPConnection(scope), SESSION))

    def cookie(self, connection: HTTPConnection, kind: str) -> str:
        """What the browser keeps of this kind; "" for nothing that can be read."""
        return read_cookie(connection.headers.getlist("cookie"), self.named(connection, kind)[0])

    def named(self, connection: HTTPConnection, kind: str) -> tuple[str, bool]:
        """The cookie's name, and whether the connection is encrypted."""
        secure = connection.scope.get("scheme") in ("https", "wss")
        server = connection.scope.get("server") or ("", 0)
        return cookie_name(kind, int(server[1] or 0), secure=secure), secure


def _openid_pages(gate: Gate, issuers: Sequence[Issuer]) -> OpenIdPages:
    from lisa_core.access.web.openid_pages import OpenIdPages  # for whoever has an issuer

    return OpenIdPages(gate, issuers)
