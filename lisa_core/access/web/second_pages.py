"""What the gate says of the second step: the page that asks for a code, and how an app is set up."""

from __future__ import annotations

from typing import Protocol

from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response

from lisa_core.access import texts
from lisa_core.access.accounts import Account
from lisa_core.access.entrance import LoggedIn, Visitor
from lisa_core.access.second import FEW_CODES
from lisa_core.access.second_step import SecondStep
from lisa_core.access.web.cookies import BROWSER
from lisa_core.access.web.qr import square
from lisa_core.access.web.said import address_of_guest, text_in
from lisa_core.domain.model.json_types import JsonDict


class PagesGate(Protocol):
    """What of the gate is needed here."""

    def somebody(self, connection: HTTPConnection) -> Visitor: ...

    def cookie(self, connection: HTTPConnection, kind: str) -> str: ...

    def let_in(self, request: Request, entered: LoggedIn, **more: object) -> Response: ...


def hint(before: Account, after: Account) -> JsonDict:
    """For the page: how many codes on paper are left, when one of the last was spent."""
    left = len(after.recovery)
    spent = left < len(before.recovery)
    return {"hinweis": texts.codes_left(left)} if spent and left <= FEW_CODES else {}


class SecondPages:
    """Answers to what these pages say."""

    def __init__(self, gate: PagesGate, step: SecondStep) -> None:
        self._gate, self._step = gate, step

    async def confirm(self, request: Request, said: JsonDict) -> Response:
        """The code of the app, or one on paper."""
        visitor, browser = self._gate.somebody(request), self._gate.cookie(request, BROWSER)
        entered = self._step.confirm(visitor, text_in(said, "code"), address_of_guest(request), browser)
        return self._gate.let_in(request, entered, **hint(visitor.account, entered.visitor.account))

    def spent(self, request: Request, visitor: Visitor, code: str) -> Account:
        """Her account, when she has shown a code for what she changes. Raises `EntryRefused`."""
        return self._step.spent(visitor, code, address_of_guest(request), self._gate.cookie(request, BROWSER))

    async def offer(self, request: Request, said: JsonDict) -> Response:
        """A secret to be read by an app, or typed into it."""
        offer = self._step.offer(self._gate.somebody(request))
        groups = " ".join(offer.secret[start : start + 4] for start in range(0, len(offer.secret), 4))
        return JSONResponse({"geheimnis": groups, "bild": square(offer.address)})

    async def set_up(self, request: Request, said: JsonDict) -> Response:
        """The app's first code."""
        visitor = self._gate.somebody(request)
        entered, codes = self._step.set_up(visitor, text_in(said, "code"), address_of_guest(request))
        return self._gate.let_in(request, entered, codes=codes)
