"""All addresses of the portal below /api/, but those of the door."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from sojus.domain.rights.purposes import Purposes
from sojus.portal.api import Get, Post
from sojus.portal.changes import OpenPages
from sojus.portal.handlers.asking import Asking
from sojus.portal.handlers.cases import Cases
from sojus.portal.handlers.doing import Doing
from sojus.portal.handlers.own import Own
from sojus.portal.handlers.sheets import Sheets
from sojus.portal.pace import WritingPace
from sojus.portal.spoken.said import Query
from sojus.portal.working import Workers
from sojus.service.service import MOST_COMPARED, Service
from sojus.store.persons.persons import Persons

STREAM, AWAITED = "/api/changes", "/api/awaited"
IDLE = frozenset({STREAM, AWAITED})
"""What an open page asks by itself: nobody does anything by it."""

QUERIES: Mapping[str, Query] = {
    STREAM: {"search": 1, "place": MOST_COMPARED, "after": 1},
    "/api/cases": {"before": 1, "find": 1},
    "/api/cases/{case:path}": {"purpose": 1},
    "/api/audit": {"before": 1, "case": 1},
    "/api/sheets/template/{area}": {"form": 1, "own": 1},
}
"""What may stand behind "?"; where no line is, nothing."""


class Footing(NamedTuple):
    """What handlers stand on. `now`: the wall clock of the place."""

    service: Service
    persons: Persons
    purposes: Purposes
    changes: OpenPages
    workers: Workers
    pace: WritingPace
    now: Callable[[], datetime]


class Addresses(NamedTuple):
    """By their addresses: what is asked, what is said, where a file is brought, and what may stand behind "?"."""

    gets: Mapping[str, Get]
    posts: Mapping[str, Post]
    files: Mapping[str, Get]
    queries: Mapping[str, Query]


def addresses_of(footing: Footing) -> Addresses:
    service, workers = footing.service, footing.workers
    asking, doing = Asking(service, footing.changes, workers), Doing(service, footing.persons, workers, footing.pace)
    cases = Cases(footing.persons, service, footing.purposes, workers, footing.pace, footing.now)
    own = Own(service, footing.persons, workers, footing.now)
    sheets = Sheets(service, doing, workers, footing.now)
    gets: dict[str, Get] = {
        "/api/fields/{area}": asking.field,
        "/api/places/{place:path}": asking.place,
        "/api/mine": own.mine,
        AWAITED: own.awaited,
        "/api/groups": asking.groups,
        STREAM: asking.changes,
        "/api/purposes": cases.purposes,
        "/api/cases": cases.own,
        "/api/cases/{case:path}": cases.look,
        "/api/audit": cases.audit,
        "/api/numbers": asking.figures,
        "/api/searches": asking.searches,
        "/api/sheets/template/{area}": sheets.template,
    }
    posts: dict[str, Post] = {
        "/api/search": asking.search,
        "/api/why": asking.why,
        "/api/full": asking.full,
        "/api/profile": asking.profile,
        "/api/compare": asking.compare,
        "/api/cases": cases.enter,
        "/api/cases/{case:path}/correct": cases.correct,
        "/api/cases/{case:path}/forget": cases.forget,
        "/api/sheets/{preview}/take": sheets.take,
    }
    return Addresses(gets, {**posts, **doing.posts()}, {"/api/sheets": sheets.look}, QUERIES)
