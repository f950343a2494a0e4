"""`lisa exchange`, started: no driver, no camera, nothing of a booth is loaded here."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import click

from lisa_core.access.openid.issuers import Issuer
from lisa_core.access.opening import open_access
from lisa_core.access.texts import ONE_FACTOR
from lisa_core.cli.arguments import Stored, address, civil
from lisa_core.cli.start.served import addresses, certificate_of, check_encrypted
from lisa_core.config.directory import load_directory
from lisa_core.config.profile import in_trial, load_profile
from lisa_core.domain.model.directory import Directory
from lisa_core.exchange.program import open_exchange, serve_exchange
from lisa_core.host.clock import Clock
from lisa_core.host.memory import LET_GO_EVERY_S, OBJECTS, let_go_now_and_then, settling
from lisa_core.host.notices import tell_once
from lisa_core.web.asgi import LOOPBACK, listening_socket

NO_ACCOUNT = "Noch kein Konto: Auf diesem Rechner kann sich jeder an jeden Platz setzen (lisa user add)."
PROFILE_OF_OLD = (
    "Option „exchange --profile“: Wie lange es klingelt und eine Weiterleitung dauert, sagt jetzt die Landkreis-Datei "
    "([routing] ring_s, transfer_s); bis Version 0.2.0 gilt beides. Umschreiben: lisa migrate ORDNER"
)


@dataclass(frozen=True, slots=True)
class Factors:
    """How people log in: whether a password is enough, and the file with the issuers of other houses."""

    one: bool = False
    openid: Path | None = None


async def start_exchange(
    config: str,
    listen: str,
    files: tuple[Path | None, Path | None],
    stored: Stored,
    profile: str,
    at: str,
    factors: Factors = Factors(),
) -> None:
    """`files`: certificate and key."""
    directory, zone = load_directory(config)
    if profile:
        directory = in_trial(directory, load_profile(profile))
        tell_once(PROFILE_OF_OLD)
    issuers = _issuers(factors.openid, directory)
    clock = Clock(civil(at, zone))  # what was typed is looked at before the machine is
    host, port = address(listen)
    served = certificate_of(*files)
    outside = served is not None
    check_encrypted(host, port, tls=outside)
    # a port that is taken is told now; who waits for a database does not listen
    listening_socket(host, port, outside=outside).close()
    async with AsyncExitStack() as stack:
        with settling(after=OBJECTS):
            place = stored.opened()
            opening = open_exchange(
                directory, directory.rules, clock, place, shown=served, strict=host not in LOOPBACK, apart=True
            )
            running = await stack.enter_async_context(opening)
            # codes of apps and initial passwords go by the clock on the wall, also where --at plays another time
            access = stack.enter_context(open_access(place, Clock(zone), two_factors=not factors.one))
            listening = listening_socket(host, port, outside=outside)
            serving = serve_exchange(running, directory, listening, access, served, issuers)
            where = await stack.enter_async_context(serving)
        click.echo(f"Vermittlung bereit: {addresses(where, served)}")
        if place is not None and not access.demanded:
            click.echo(NO_ACCOUNT)
        if factors.one:
            click.echo(ONE_FACTOR)
        await let_go_now_and_then(LET_GO_EVERY_S)


def _issuers(path: Path | None, directory: Directory) -> tuple[Issuer, ...]:
    if path is None:
        return ()
    from lisa_core.exchange.openid_file import read_issuers

    return read_issuers(path, directory)
