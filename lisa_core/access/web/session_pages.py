"""Where somebody is logged in, on the page of her account, and ending one of these sessions: it has to be she."""

from __future__ import annotations

from html import escape
from typing import Protocol

from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response

from lisa_core.access import texts
from lisa_core.access.entrance import Access, EntryRefused, Visitor
from lisa_core.access.second_step import OFFER_S
from lisa_core.access.web.said import text_in
from lisa_core.domain.model.json_types import JsonDict


class SomebodysGate(Protocol):
    """What of the gate is needed here."""

    access: Access

    def somebody(self, connection: HTTPConnection) -> Visitor: ...


class SessionPages:
    """A session is called by its id, the hash of its cookie: nobody comes in with that."""

    def __init__(self, gate: SomebodysGate) -> None:
        self._gate = gate

    def rows(self, visitor: Visitor) -> tuple[str, bool]:
        """Each of hers as an entry of a list, and whether there are others than this one."""
        access = self._gate.access
        others = [one for one in access.sessions(visitor) if one.id != visitor.session.id]
        own = texts.THIS_BROWSER.format(f"{access.civil(visitor.session.began_s):%d.%m.%Y, %H:%M}")
        rows = [f"<li>{escape(own)}</li>"]
        for one in others:
            began, seen = access.civil(one.began_s), access.civil(one.seen_s)
            said = texts.OTHER_BROWSER.format(f"{began:%d.%m.%Y, %H:%M}", f"{seen:%d.%m.%Y, %H:%M}")
            chosen = f'<input type="radio" name="session" value="{escape(one.id)}" />'
            rows.append(f'<li><label class="check">{chosen} {escape(said)}</label></li>')
        return "".join(rows), bool(others)

    async def end(self, request: Request, said: JsonDict) -> Response:
        """Another one of hers, after her password; with an account of another house, soon after logging in."""
        visitor, access = self._gate.somebody(request), self._gate.access
        if visitor.session.lacks:
            raise EntryRefused(texts.LOG_IN_FIRST)
        which = text_in(said, "welche")
        if which == visitor.session.id or which not in {one.id for one in access.sessions(visitor)}:
            raise EntryRefused(texts.NO_SUCH_SESSION)
        if visitor.account.password:
            await access.check_password(visitor, text_in(said, "kennwort"))
        elif access.now_s - visitor.session.began_s > OFFER_S:
            raise EntryRefused(texts.LOG_IN_ANEW)
        access.end_session(visitor, which)
        return JSONResponse({"weiter": "/konto"})
