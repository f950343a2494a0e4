"""What the portal answers: values of the service as JSON, and whatever went wrong as a sentence with a reason."""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable, Mapping
from datetime import date
from enum import Enum
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, cast

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Match, Route

from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.domain.model.json_types import Json, JsonDict
from sojus.portal import texts
from sojus.portal.door import AtTheDoor
from sojus.portal.pace import TooMuchWritten
from sojus.portal.spoken.said import Unreadable
from sojus.service.answers import Granted, Reason, Refused
from sojus.store.persons.values import NotShown

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_PAGES = Path(__file__).resolve().parent / "pages"
STATUS: Mapping[Reason, int] = {
    Reason.STALE: 409,
    Reason.RIGHT: 403,
    Reason.WRONG: 422,
    Reason.AWAY: 503,
    Reason.BUSY: 503,
}


def json_of(value: object) -> Json:
    """Dataclass -> object with the names of its fields (of `from_`: "from"), tuples and sets -> lists, days -> ISO."""
    if value is None or (isinstance(value, str | bool | int | float) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Enum):
        return json_of(value.value)
    if isinstance(value, date):  # and a moment
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): json_of(one) for key, one in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(str(one) for one in value)
    if isinstance(value, tuple | list):
        return [json_of(one) for one in value]
    return {name.rstrip("_"): json_of(getattr(value, name)) for name in _fields(cast("Hashable", type(value)))}


@cache
def _fields(kind: Hashable) -> tuple[str, ...]:
    return tuple(one.name for one in dataclasses.fields(cast("type[DataclassInstance]", kind)))


def told(value: object) -> Response:
    """What was asked for."""
    return JSONResponse(json_of(value))


def done(answer: Granted | Refused, name: str = "ref") -> Response:
    """What came of an act. `name`: under which the page finds what it was about."""
    if isinstance(answer, Refused):
        return refused(answer)
    said: JsonDict = {"sentence": answer.sentence, "at": answer.at, "again": answer.again, name: answer.ref}
    if answer.ends_at is not None:
        said["ends_at"] = answer.ends_at.isoformat()
    return JSONResponse(said)


def refused(answer: Refused) -> Response:
    """Nothing was done, and why."""
    said: JsonDict = {"error": answer.error, "reason": answer.reason.value}
    if answer.hits:
        said["hits"] = json_of(answer.hits)
    if answer.waits:
        said["waits"] = answer.waits
    if answer.mistakes:
        said["mistakes"] = json_of(answer.mistakes)
    return JSONResponse(said, status_code=STATUS[answer.reason])


def no(text: str, reason: Reason, status: int, headers: Mapping[str, str] | None = None) -> Response:
    return JSONResponse({"error": text, "reason": reason.value}, status_code=status, headers=headers)


def of_error(error: AtTheDoor | LisaError) -> Response:
    """What is answered to whoever brought this about."""
    if isinstance(error, AtTheDoor):
        return no(error.text, Reason.RIGHT, error.status)
    if isinstance(error, NotShown):
        return no(str(error), Reason.RIGHT, 403)
    if isinstance(error, TooMuchWritten):
        return no(str(error), Reason.BUSY, 429, {"retry-after": str(error.wait_s)})
    if isinstance(error, Unreadable):
        return no(str(error), Reason.WRONG, 400)
    if isinstance(error, MachineError):
        return no(texts.AWAY, Reason.AWAY, 503)
    return no(str(error), Reason.WRONG, 422)


async def not_found(request: Request, error: Exception) -> Response:
    """Somebody has mistyped an address."""
    if request.url.path.startswith("/api/"):
        return no(texts.NOT_THERE, Reason.WRONG, 404)
    return no_page(texts.NOT_THERE, 404)


async def other_way(request: Request, error: Exception) -> Response:
    """The address is there; whoever asks is told in which ways it is asked."""
    here = [
        one for one in request.app.routes if isinstance(one, Route) and one.matches(request.scope)[0] is Match.PARTIAL
    ]
    ways = sorted({way for one in here for way in one.methods or ()}) or ["GET", "HEAD"]  # else a file that pages load
    text = texts.OTHER_WAY.format(request.method[:20], " oder ".join(ways))
    return no(text, Reason.WRONG, 405, {"allow": ", ".join(ways)})


def no_page(text: str, status: int) -> Response:
    """Why there is none, with a way on."""
    page = (_PAGES / "keine_seite.html").read_text(encoding="utf-8")
    return HTMLResponse(page.replace("<!-- text -->", escape(text)), status_code=status)
