"""Places from a file of a provider: first what it would do, then all of it by one act, or nothing.

A preview lies in the memory of the process that made it, for an hour: whoever takes it elsewhere or later gives the
file in again. The name of a file may be anybody's: it is not kept, and stands in no address.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from sojus.domain.model.actors import Actor
from sojus.domain.model.ids import FieldId
from sojus.domain.placement.events import Act, TakeIn
from sojus.domain.rights.table import Right, has_right
from sojus.portal import texts
from sojus.portal.answers import done, no, told
from sojus.portal.door import AtTheDoor, Member
from sojus.portal.handlers.doing import Doing, key_of
from sojus.portal.spoken.said import Said, body_of, check_kind, choice_of
from sojus.portal.working import Workers
from sojus.service.answers import Reason
from sojus.service.deeds import Deed
from sojus.service.service import Service
from sojus.sheets.files.table import MOST_BYTES
from sojus.sheets.known import provider_of
from sojus.sheets.preview import Preview, batch, preview
from sojus.sheets.template import OwnStock, template_csv, template_xlsx
from sojus.store.entries import size_of

KEPT_FOR, MOST_KEPT, MOST_EACH = timedelta(hours=1), 100, 3
BINARY = "application/octet-stream"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = {"xlsx": (XLSX, template_xlsx), "csv": ("text/csv; charset=utf-8", template_csv)}


@dataclass(frozen=True, slots=True)
class _Kept:
    by: Actor
    what: TakeIn
    until: datetime
    size: int
    key: str = ""


class Sheets:
    """`now`: the wall clock of the place."""

    def __init__(self, service: Service, doing: Doing, workers: Workers, now: Callable[[], datetime]) -> None:
        self._service, self._doing, self._workers, self._now = service, doing, workers, now
        self._previews: dict[str, _Kept] = {}

    async def look(self, member: Member, request: Request) -> Response:
        """What the file in the body would do."""
        check_keeps(member)
        check_kind(request, BINARY, texts.NO_FILE)
        data = await body_of(request, MOST_BYTES)
        seen, size = await self._workers.file(self._seen, data, member.actor)
        rows = {name: [one._asdict() for one in getattr(seen, name)] for name in ("new", "changed", "mistakes")}
        counts = {name: getattr(seen, name) for name in ("rows", "same", "gone", "hints", "more", "cut")}
        return told({"preview": self._keep(member.actor, seen, size), **counts, **rows})

    async def take(self, member: Member, said: Said, request: Request) -> Response:
        """All of it, as it was looked at, and by one key only: whoever wants the same again looks at it again. What was
        taken in is answered as it was, also after the preview has gone with its process."""
        key, name = key_of(member, said), str(request.path_params["preview"])
        said.end()
        kept = self._previews.get(name)
        if kept is None or kept.by != member.actor or kept.until < self._now() or kept.key not in ("", key):
            before = await self._doing.asked_before(key)
            if not isinstance(before, TakeIn):
                return no(texts.PREVIEW_GONE, Reason.STALE, 409)
            return done(await self._doing.do(member, Deed(key, member.actor, before)))
        self._previews[name] = replace(kept, key=key)
        return done(await self._doing.do(member, Deed(key, member.actor, kept.what), kept.size))

    async def template(self, member: Member, request: Request) -> Response:
        """A table to be filled in; `own`: with what the provider has already."""
        check_keeps(member)
        query, area = request.query_params, FieldId(request.path_params["area"])
        form, own = choice_of(query, "form", tuple(FORMS)), choice_of(query, "own", ("0", "1")) == "1"
        words = self._service.live.stock.vocabularies.get(area)
        if words is None or member.actor.provider is None:
            return no(texts.NOT_THERE, Reason.WRONG, 404)
        kind, write = FORMS[form]
        register = await self._workers.do(self._service.register) if own else None
        house = provider_of(register, member.actor) if register else None
        stock = OwnStock(register, house.id, self._service.today) if register and house else None
        data = await self._workers.file(write, words, stock)
        name = f"plaetze-{area}.{form}"
        return Response(data, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})

    def _seen(self, data: bytes, by: Actor) -> tuple[Preview, int]:
        """And how many bytes it would take in the log."""
        seen = preview(data, by, self._now(), self._service.register())
        what = batch(seen)
        return seen, 0 if what is None else size_of(Act(by, self._now(), what))

    def _keep(self, by: Actor, seen: Preview, size: int) -> str:
        """Its name, "" where there is nothing to be taken in."""
        if (what := batch(seen)) is None:
            return ""
        now, name = self._now(), secrets.token_urlsafe(16)
        self._previews = {key: one for key, one in self._previews.items() if one.until >= now}
        own = [key for key, one in self._previews.items() if one.by == by]  # nobody pushes out those of others
        for key in own[: 1 - MOST_EACH]:
            del self._previews[key]
        while len(self._previews) >= MOST_KEPT:
            del self._previews[next(iter(self._previews))]
        self._previews[name] = _Kept(by, what, now + KEPT_FOR, size)
        return name


def check_keeps(member: Member) -> None:
    """Raises `AtTheDoor` for whoever keeps no places."""
    if not has_right(member.actor, Right.KEEP):
        raise AtTheDoor(texts.NOT_YOURS, 403)
