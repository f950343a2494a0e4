"""`lisa exchange --check`: whatever would keep an exchange from starting so, all of it at once; nothing is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from lisa_core.access.booths.kept import checked_book
from lisa_core.access.keeping.sqlite import has_accounts
from lisa_core.access.opening import check_demanded
from lisa_core.access.texts import ONE_FACTOR
from lisa_core.cli.arguments import Stored, address, civil
from lisa_core.cli.start.exchange import Factors
from lisa_core.cli.start.portals import look_at_portals
from lisa_core.cli.start.served import both_of, check_encrypted
from lisa_core.config.directory import load_directory
from lisa_core.config.profile import load_profile
from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.exchange.ways import Ways
from lisa_core.host.machine import of_machine, tell
from lisa_core.host.program import BAD_INPUT, MACHINE, OK
from lisa_core.store.folder import ACCOUNTS
from lisa_core.web.asgi import listening_socket
from lisa_core.web.tls import ServedCertificate, check_key, read_certificate

Files = tuple[Path | None, Path | None]
Look = Callable[[], Iterable[str]]
SOUND = "Geprüft: So kann {} starten."
WRONG = "Geprüft: So startet {} nicht ({})."
IN_MEMORY = "ohne --data und --store: nichts bleibt erhalten"


@dataclass
class Findings:
    """What was looked at: what is as it should be goes out at once, what is not is kept. `whose`: of which program."""

    whose: str = "die Vermittlung"
    wrong: list[LisaError] = field(default_factory=list)

    def look(self, what: str, looked: Look) -> None:
        try:
            for found in looked():
                click.echo(f"{what}: {found.removesuffix('.')}.")
        except (LisaError, OSError, MemoryError) as error:
            told = error if isinstance(error, LisaError) else of_machine(error)
            if told is None:
                raise
            if str(told) not in map(str, self.wrong):
                self.wrong.append(told)

    def code(self) -> int:
        """Tell what is wrong. 5 where only the machine is, 4 where what was told or written is."""
        for error in self.wrong:
            tell(str(error))
        count = len(self.wrong)
        if not count:
            click.echo(SOUND.format(self.whose))
            return OK
        tell(WRONG.format(self.whose, "ein Fehler" if count == 1 else f"{count} Fehler"))
        return MACHINE if all(isinstance(error, MachineError) for error in self.wrong) else BAD_INPUT


def check_exchange(
    config: str, listen: str, files: Files, stored: Stored, profile: str, at: str, factors: Factors
) -> int:
    """The exit code."""
    findings, known = Findings(), list[tuple[Directory, ZoneInfo]]()
    findings.look("Landkreis", partial(_landkreis, config, known))
    findings.look("Profil", partial(_profile, profile))
    findings.look("Zeit", partial(_time, at, known[0][1] if known else ZoneInfo("UTC")))
    for directory, _ in known:
        findings.look("Wege für Bild und Ton", partial(_ways, directory))
        findings.look("Konten anderer Häuser", partial(_issuers, factors.openid, directory))
        findings.look("Portal neben dem Gespräch", partial(look_at_portals, config, directory, listen, files))
    look_at_certificate(findings, files)
    findings.look("Adresse", partial(look_at_port, listen, secret=any(files)))
    accounts = list[bool]()
    findings.look("Speicher", partial(look_at_stored, stored, accounts))
    findings.look("Anmeldung", partial(_accounts, listen, accounts))
    findings.look("Anmeldung", lambda: (ONE_FACTOR,) if factors.one else ())
    return findings.code()


def _landkreis(config: str, known: list[tuple[Directory, ZoneInfo]]) -> Iterator[str]:
    directory, zone = load_directory(config)
    known.append((directory, zone))
    sites, desks = len(directory.sites), len(directory.agents)
    yield (
        f"{directory.name or config}, {sites} {'Standort' if sites == 1 else 'Standorte'}, "
        f"{desks} {'Arbeitsplatz' if desks == 1 else 'Arbeitsplätze'}"
    )


def _profile(name: str) -> Iterator[str]:
    if name:
        load_profile(name)
        yield f"{name}: Wie lange es klingelt, sagt bis Version 0.2.0 noch dieses Profil"


def _time(at: str, zone: ZoneInfo) -> Iterator[str]:
    then = civil(at, zone)
    if isinstance(then, datetime):
        yield f"gespielt ab {then:%d.%m.%Y, %H:%M} Uhr"


def _ways(directory: Directory) -> Iterator[str]:
    if directory.media.stun or directory.media.turn:
        Ways(directory.media)
        yield ", ".join((*directory.media.stun, *directory.media.turn))


def _issuers(openid: Path | None, directory: Directory) -> Iterator[str]:
    if openid is not None:
        from lisa_core.exchange.openid_file import read_issuers

        yield ", ".join(one.name for one in read_issuers(openid, directory))


def look_at_certificate(findings: Findings, files: Files) -> None:
    """Each of both files by itself, and then both together."""
    certificate, key = files
    now, before = datetime.now(tz=UTC), len(findings.wrong)
    if certificate is not None:
        findings.look("Zertifikat", lambda: read_certificate(certificate, now).told)
    if key is not None:
        findings.look("Schlüssel", partial(_key, key))
    findings.look("Zertifikat", partial(_together, files, now, sound=len(findings.wrong) == before))


def _key(path: Path) -> Iterator[str]:
    check_key(path)
    yield f"{path} lässt sich lesen"


def _together(files: Files, now: datetime, *, sound: bool) -> Iterator[str]:
    """`sound`: nothing is wrong with either of them."""
    pair = both_of(*files)
    if pair is None or not sound:
        return
    served = ServedCertificate(*pair, now)
    yield from served.look(now)
    yield f"gilt bis {served.shown.until:%d.%m.%Y} für {', '.join(sorted(served.shown.names))}"


def look_at_port(listen: str, *, secret: bool) -> Iterator[str]:
    """Whether it can be listened there; `secret`: over TLS."""
    host, port = address(listen)
    check_encrypted(host, port, tls=secret)
    listening_socket(host, port, outside=True).close()
    yield f"{listen} ist frei"


def look_at_stored(stored: Stored, accounts: list[bool]) -> Iterator[str]:
    """The folder or the database, and into `accounts` whether there is one."""
    place = stored.named()
    if place is None:
        accounts.append(False)
        yield IN_MEMORY
    elif isinstance(place, Path):
        from lisa_core.cli.start.looked_at import look_at_folder  # its lock is POSIX's

        yield from look_at_folder(place)
        accounts.append(has_accounts(place / ACCOUNTS))
    else:
        from lisa_core.store.postgres.looked_at import look_at_database  # for who has its driver

        found = look_at_database(place)
        if found.keys is not None:
            _, text, crc = found.keys
            checked_book(text, crc, place.name)
        accounts.append(found.has_accounts)
        yield found.told


def _accounts(listen: str, accounts: list[bool]) -> Iterator[str]:
    host, _ = address(listen)
    for any_account in accounts:
        check_demanded(host, demanded=any_account)
        yield (
            "mit Konto" if any_account else "noch kein Konto, auf diesem Rechner kann sich jeder an jeden Platz setzen"
        )
