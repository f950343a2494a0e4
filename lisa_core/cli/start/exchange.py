"""`lisa exchange`, started: no driver, no camera, nothing of a booth is loaded here."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from lisa_core.access.openid.issuers import Issuer
from lisa_core.access.opening import open_access
from lisa_core.cli.arguments import Stored, address, civil
from lisa_core.config.directory import load_directory
from lisa_core.config.profile import in_trial, load_profile
from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.errors import LisaError
from lisa_core.exchange.program import open_exchange, serve_exchange
from lisa_core.host.clock import Clock
from lisa_core.host.machine import tell
from lisa_core.host.memory import let_go_now_and_then, settling
from lisa_core.host.notices import tell_once
from lisa_core.web import texts
from lisa_core.web.asgi import LOOPBACK, listening_socket
from lisa_core.web.tls import ServedCertificate

LET_GO_EVERY_S = 10.0
"""Interval of the garbage collection in which the exchange frees cycles; a booth does it when it wipes."""
OBJECTS = 100_000
"""New objects after which a flood of them is looked through between two of these; usually there are none so many."""
NO_ACCOUNT = "Noch kein Konto: Auf diesem Rechner kann sich jeder an jeden Platz setzen (lisa user add)."
ONE_FACTOR = "Ein Kennwort genügt (--one-factor): OWASP ASVS 6.3.3, 6.3.4 und 6.8.4 sind damit offen."
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
    served = _certificate(*files)
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


def _certificate(certificate: Path | None, key: Path | None) -> ServedCertificate | None:
    if (pair := both_of(certificate, key)) is None:
        return None
    served = ServedCertificate(*pair, datetime.now(tz=UTC))
    for text in served.shown.told:
        tell(text)
    return served


def both_of(certificate: Path | None, key: Path | None) -> tuple[Path, Path] | None:
    """None: neither is named. Raises `LisaError` for one without the other."""
    if certificate is not None and key is not None:
        return certificate, key
    if certificate is None and key is None:
        return None
    raise LisaError(texts.ONE_OF_TWO)


def check_encrypted(host: str, port: int, *, tls: bool) -> None:
    """Raises `LisaError` for an address that can be reached from outside, where nothing would be encrypted."""
    if host not in LOOPBACK and not tls:
        raise LisaError(texts.NO_TLS.format(host, port))


def addresses(where: str, served: ServedCertificate | None) -> str:
    """Where desks and booths find it: with TLS under the names that its certificate gives it.

    One for all names below (`*.`) is no address; where there is no other it says which part people know themselves.
    """
    if served is None:
        return f"http://{where}/"
    port = where.rpartition(":")[2]
    names = [name for name in served.shown.names if not name.startswith("*.")]
    names = names or [name.replace("*", "NAME", 1) for name in served.shown.names]
    return " ".join(f"https://{name}:{port}/" for name in sorted(names))


def _issuers(path: Path | None, directory: Directory) -> tuple[Issuer, ...]:
    if path is None:
        return ()
    from lisa_core.exchange.openid_file import read_issuers

    return read_issuers(path, directory)
