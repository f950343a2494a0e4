"""The portal's web application: pages, what they load, the log-in, and the JSON that they ask for.

All pages are one file: its script looks at the address. Who is not logged in sees none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from lisa_core.config.landkreis.office_portal import KNOWN
from lisa_core.domain.model.errors import MachineError
from lisa_core.web import web_dir
from lisa_core.web.guard import Names, PageGuard
from sojus.portal import texts
from sojus.portal.answers import no_page, not_found, other_way
from sojus.portal.door import AtTheDoor, PortalDoor

_PAGES = Path(__file__).resolve().parent / "pages"
PATHS = (
    *("/", "/suche", "/platz/{place:path}", "/vergleich", "/vorgaenge"),
    *("/plaetze", "/einlesen", "/zahlen", "/einsicht", "/einsicht/{case:path}"),
)


def build_app(
    api: list[BaseRoute],
    door: PortalDoor,
    names: Names | None = None,
    desks: Sequence[str] = (),
) -> Starlette:
    """`names`: of the certificate that is served, if there is one. `desks`: origins of desks of others that open these
    pages and talk with them; browsers keep them apart otherwise."""

    async def page(request: Request) -> Response:
        try:
            await door.member(request)
        except AtTheDoor as nobody:
            if door.demonstrates_to(request):
                return FileResponse(_PAGES / "vorfuehrung.html")
            return door.gate.to_log_in() if nobody.status == 401 else no_page(nobody.text, 403)
        return FileResponse(_PAGES / "portal.html")

    async def known(request: Request) -> Response:
        """For the exchange of a desk, which tells its people what is missing."""
        asked = request.query_params.getlist("desk")
        return JSONResponse({"known": [one for one in dict.fromkeys(asked) if one in desks]})

    opens = "unsafe-none" if desks else "same-origin"
    return Starlette(
        routes=[
            *(Route(path, page) for path in PATHS),
            Route(KNOWN, known),
            *api,
            *door.gate.routes(),
            Mount("/s", StaticFiles(directory=_PAGES)),
            Mount("/gemeinsam", StaticFiles(directory=web_dir())),
        ],
        middleware=[Middleware(PageGuard, opens=opens, names=names, whose=door.gate.whose)],
        exception_handlers={MachineError: _away, 404: not_found, 405: other_way},
    )


async def _away(request: Request, error: Exception) -> Response:
    """A page, while nobody can say who asks for it."""
    return no_page(texts.AWAY, 503)
