"""The portal as a program: opened at a folder or a database, served on one address."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from lisa_core.access import audit
from lisa_core.access.entrance import Access
from lisa_core.access.openid.issuers import Issuer
from lisa_core.access.opening import check_demanded
from lisa_core.access.web.brand import Brand
from lisa_core.access.web.gate import Gate
from lisa_core.domain.model.errors import HarnessError, LisaError, MachineError, place_of
from lisa_core.host.machine import of_machine, tell
from lisa_core.host.program import beside
from lisa_core.store.folder import open_folder
from lisa_core.store.postgres.place import DatabaseAddress
from lisa_core.web.asgi import serve
from lisa_core.web.tls import ServedCertificate, renewals
from sojus.config.privacy_file import Privacy
from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.placement.terms import PlacementTerms
from sojus.portal import texts
from sojus.portal.api import Api
from sojus.portal.changes import OpenPages
from sojus.portal.door import Invented, PortalDoor
from sojus.portal.handlers.table import IDLE, Footing, addresses_of
from sojus.portal.names import ChangedNames
from sojus.portal.pace import WritingPace
from sojus.portal.web import build_app
from sojus.portal.working import TooBusy, Workers
from sojus.service.directory import Directory
from sojus.service.opening import open_service
from sojus.service.service import Service
from sojus.store.entries import Rules
from sojus.store.persons.opening import open_persons
from sojus.store.persons.persons import Persons
from sojus.store.persons.terms import run_terms

SOJUS = Brand("SoJuS", "Plätze und Hilfen", "Zu SoJuS")
ADD = "lisa portal member add"
LOOK_S = 2.0
"""How often is looked whether the database is there: pages say so."""
TERMS_EVERY, AGAIN_S = timedelta(days=1), 60.0
TRACES_S, LAST_TRACES_S = 60.0, 3.0
"""How often files are written anew in which a deleted name may still stand, while whoever looks at a name waits; and
how long that may take when the portal ends. What is not done by then is done at the next start."""


class Portal(NamedTuple):
    """What is open while a portal runs. `now`: the wall clock of the place, for any thread."""

    service: Service
    persons: Persons
    privacy: Privacy
    now: Callable[[], datetime]


@contextlib.asynccontextmanager
async def open_portal(
    place: Path | DatabaseAddress,
    vocabularies: Sequence[Vocabulary],
    directory: Directory,
    privacy: Privacy,
    now: Callable[[], datetime],
) -> AsyncIterator[Portal]:
    """Take up what is kept there, or begin it. Raises `LisaError`, also out of the body when no act can be done."""
    where: str | Path
    if isinstance(place, Path):
        for text in open_folder(place):
            tell(text)
        where = place
    else:
        where = place.conninfo
    with contextlib.ExitStack() as stack:
        persons = open_persons(where)
        stack.callback(persons.close)
        terms = PlacementTerms(ended_days=privacy.retention.ended.days)
        service = open_service(where, Rules(tuple(vocabularies), terms), now, directory)
        stack.callback(service.close)
        try:
            async with beside(_end_by_fault(service)):
                yield Portal(service, persons, privacy, now)
        finally:
            await _leave_none_behind(persons)


@contextlib.asynccontextmanager
async def serve_portal(
    portal: Portal,
    listening: socket.socket,
    access: Access,
    shown: ServedCertificate | None = None,
    issuers: Sequence[Issuer] = (),
    people: Sequence[Invented] = (),
    desks: Sequence[str] = (),
) -> AsyncIterator[str]:
    """Serve pages and programs on a listening socket, over TLS with what is `shown`; yields its `host:port`.

    `people`: who stands at the door as long as nobody has an account. `desks`: origins of desks that may open these
    pages beside a call and are handed what they show. Raises `LisaError` as `check_demanded`.
    """
    check_demanded(str(listening.getsockname()[0]), demanded=access.demanded, how=ADD)
    gate = Gate(access, lambda visitor: "/", SOJUS.name, issuers, SOJUS)
    door, workers = PortalDoor(gate, portal.persons, people), Workers()
    changes = OpenPages(portal.service, door, workers, ChangedNames(portal.persons, portal.service))
    pace = WritingPace(lambda account: _slowed(access, account))
    footing = Footing(portal.service, portal.persons, portal.privacy.purposes, changes, workers, pace, portal.now)
    table = addresses_of(footing)
    api = Api(portal.service, door, *table, IDLE, desks)
    app = build_app(api.routes(), door, (lambda: shown.shown.names) if shown else None, desks)
    end = portal.service.listen(changes.pulse.beat_from(asyncio.get_running_loop()))
    try:
        async with (
            serve(app, listening, tls=shown.context if shown else None) as address,
            beside(_renew(shown)),
            beside(_look(changes, workers)),
            beside(_let_go(portal, workers)),
            beside(_leave_no_traces(portal, workers)),
        ):
            yield address
    finally:
        end()
        workers.close()


def _slowed(access: Access, account: str) -> None:
    """Whoever runs the portal finds it where the log-ins are."""
    with contextlib.suppress(MachineError):
        access.note_refused(account, "", audit.WRITES_MUCH)


async def _end_by_fault(service: Service) -> None:
    """A portal that went on after a fault of ours would refuse every act. Raises `LisaError`, without the fault's own
    text, which may hold what somebody typed."""
    try:
        await asyncio.wrap_future(service.hand.over)
    except Exception as fault:
        said = texts.FAULT.format(type(fault).__name__, place_of(fault))
        raise of_machine(fault) or HarnessError(said) from fault


async def _renew(shown: ServedCertificate | None) -> None:
    async for text in renewals(shown):
        tell(text)


async def _look(changes: OpenPages, workers: Workers) -> None:
    """Whether the database is there, and whether a name has changed, for pages that are open."""
    while True:
        await asyncio.sleep(LOOK_S)
        away = False
        try:
            if await workers.do(changes.names.look):
                changes.pulse.beat()
        except TooBusy:
            continue  # that says nothing of the database
        except MachineError:
            away = True
        except LisaError:
            continue  # the log cannot be read: whoever acts is told that, and the console
        if away is not changes.away:
            changes.away = away
            changes.pulse.beat()


async def _let_go(portal: Portal, workers: Workers) -> None:
    """What is known of persons goes when its time is over: once at the start and once a day."""
    told = ""
    while True:
        try:
            await workers.do(run_terms, portal.persons, portal.service.kept, portal.privacy.retention, portal.now())
            wait_s, told = TERMS_EVERY.total_seconds(), ""
        except TooBusy:
            wait_s = AGAIN_S  # nothing is wrong of which anybody would have to be told
        except LisaError as error:
            if str(error) != told:
                tell(told := str(error))
            wait_s = AGAIN_S
        await asyncio.sleep(wait_s)


async def _leave_none_behind(persons: Persons) -> None:
    """Whoever ends a portal may want its files."""
    with contextlib.suppress(LisaError):  # nobody can say whether there are any
        if not await asyncio.to_thread(persons.leave_no_traces, LAST_TRACES_S):
            tell(texts.TRACES_LEFT)


async def _leave_no_traces(portal: Portal, workers: Workers) -> None:
    """However many names are deleted in a minute, the files are written anew once."""
    while True:
        await asyncio.sleep(TRACES_S)
        with contextlib.suppress(LisaError, TooBusy):
            await workers.do(portal.persons.leave_no_traces)
