"""`lisa portal`, started."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import click

from lisa_core.access.openid.issuers import Issuer
from lisa_core.access.opening import open_access
from lisa_core.access.texts import ONE_FACTOR
from lisa_core.cli.arguments import civil
from lisa_core.cli.start.served import addresses, certificate_of
from lisa_core.host.clock import Clock
from lisa_core.host.memory import LET_GO_EVERY_S, OBJECTS, let_go_now_and_then, settling
from lisa_core.host.temporary import temporary
from lisa_core.web.asgi import listening_socket
from sojus.cli.told import Told
from sojus.config.offices_file import read_offices
from sojus.config.privacy_file import load_privacy
from sojus.portal import texts
from sojus.portal.door import Invented
from sojus.portal.program import Portal, open_portal, serve_portal
from sojus.service.directory import Directory, Office, directory

PLACE = "Europe/Berlin"
"""Whose civil day "today" is."""


async def start_portal(told: Told) -> None:
    """Until it is ended. Raises `LisaError`."""
    told.check_whole()
    now = clock_of(told)
    host, port = told.address()  # what was typed is looked at before the machine is
    vocabularies, directory = told.vocabularies(), directory_of(told)
    issuers, origins = issuers_of(told, directory), told.origins()
    served = certificate_of(*told.files)
    outside = served is not None
    listening_socket(host, port, outside=outside).close()  # a port that is taken is told before anything is opened
    async with AsyncExitStack() as stack:
        with settling(after=OBJECTS):
            place = told.stored.opened() or stack.enter_context(temporary())
            opening = open_portal(place, vocabularies, directory, load_privacy(told.privacy), now)
            portal = await stack.enter_async_context(opening)
            people = await asyncio.to_thread(demonstrated, portal) if told.demo else ()
            access = stack.enter_context(open_access(place, Clock(ZoneInfo(PLACE)), two_factors=not told.one_factor))
            listening = listening_socket(host, port, outside=outside)
            serving = serve_portal(portal, listening, access, served, issuers, people, origins)
            where = await stack.enter_async_context(serving)
        click.echo(texts.READY.format(addresses(where, served)))
        if not access.demanded:
            click.echo(texts.DEMONSTRATED if people else texts.NO_ACCOUNT)
        if told.one_factor:
            click.echo(ONE_FACTOR)
        await let_go_now_and_then(LET_GO_EVERY_S)


def clock_of(told: Told) -> Callable[[], datetime]:
    """What the clock on the wall shows, for any thread; or one that runs along from the hour that was named. Passwords
    and sessions go by the true one. Raises `LisaError`."""
    zone = ZoneInfo(PLACE)
    began, since_s = civil(told.at, zone), time.monotonic()
    if not isinstance(began, datetime):
        return lambda: datetime.now(zone)
    utc = began.astimezone(UTC)  # hours are counted where every hour comes once
    return lambda: (utc + timedelta(seconds=time.monotonic() - since_s)).astimezone(zone)


def directory_of(told: Told) -> Directory:
    """Whose portal it is. Raises `ProfileError`."""
    if told.offices is None:
        from sojus.demo import demo_directory  # for who has no other

        return demo_directory()
    file = read_offices(told.offices)
    return directory(file.tenants, tuple(Office(*one) for one in file.offices))


def demonstrated(portal: Portal) -> tuple[Invented, ...]:
    """The invented places are there, and these are the people. Raises `LisaError` where others have places."""
    from sojus.demo import enter, fill, people  # for who demonstrates

    is_new = not portal.service.live.stock.providers
    cases = enter(portal.persons, portal.privacy.purposes, portal.now()) if is_new else {}
    fill(portal.service, with_acts=True, cases=cases)
    return tuple(Invented(*one) for one in people())


def issuers_of(told: Told, directory: Directory) -> tuple[Issuer, ...]:
    """Of accounts of other houses. Raises `ProfileError`."""
    if told.openid is None:
        return ()
    from lisa_core.exchange.openid_file import issuers_in

    return issuers_in(told.openid, sorted(directory.tenants))
