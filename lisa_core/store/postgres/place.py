"""Which database, from a URL: checked before anybody dials, and never told with its password.

postgresql://lisa@db.example/lisa?sslmode=verify-full          the rules are libpq's; also service files, PGPASSFILE
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lisa_core.domain.model.errors import LisaError

SCHEMES = ("postgresql://", "postgres://")
PROVEN = ("verify-full", "verify-ca")
"""What makes sure that it is our server that we talk with."""
_SECRETS = ("password", "sslpassword")
NO_DRIVER = (
    "--store: Für PostgreSQL fehlt der Zusatz dieses Pakets. Nachholen: pip install 'lisa-booth[postgres]', "
    "oder einen Ordner nennen (--data)."
)
TYPED = (
    "--store: Ein Passwort in der Befehlszeile sieht jeder, der auf diesem Rechner Programme auflistet (ps). "
    "Es wurde nichts gestartet. Das Passwort ändern und es in eine Datei schreiben (PGPASSFILE, ~/.pgpass, "
    "Rechte 0600), oder die ganze Adresse in die Umgebung (LISA_STORE)."
)
NOT_A_URL = (
    "--store: Das ist keine Adresse einer Datenbank. Erwartet wird postgresql://BENUTZER@RECHNER/DATENBANK; Zeichen "
    "wie @ / ? # im Passwort als %40 %2F %3F %23 schreiben."
)
UNPROVEN = (
    "{}: Zu einer Datenbank auf einem anderen Rechner gehört eine verschlüsselte Verbindung, die ihn prüft. In die "
    "Adresse schreiben: ?sslmode=verify-full (und sslrootcert=DATEI, wenn das Landkreis-Zertifikat ein eigenes ist)."
)


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """A database: how it is reached (`conninfo`, a secret), and how it is called in sentences (`name`)."""

    conninfo: str = field(repr=False)
    name: str
    secrets: tuple[str, ...] = field(repr=False, default=())


def is_database(text: str) -> bool:
    """Whether this names a database, rightly or not."""
    return "://" in text


def place_of(url: str, *, typed: bool = False) -> DatabaseAddress:
    """The database that a URL names; `typed`: it stood on a command line, where everybody can read it.

    Raises `LisaError`, in words that tell nothing of the URL itself.
    """
    try:
        from psycopg import ProgrammingError, pq
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as error:
        raise LisaError(NO_DRIVER) from error
    if not url.startswith(SCHEMES) or not url.isprintable() or url.count("@") > ("@" in _authority(url)):
        raise LisaError(NOT_A_URL)
    try:
        told = {key: str(value) for key, value in conninfo_to_dict(url).items() if value is not None}
    except ProgrammingError:
        raise LisaError(NOT_A_URL) from None  # what it says repeats what was written
    secrets = tuple(told[key] for key in _SECRETS if told.get(key))
    if secrets and typed:
        raise LisaError(TYPED)
    if not all(map(_is_port, told.get("port", "").split(","))):
        raise LisaError(NOT_A_URL)  # a password, if the user and the @ are missing
    defaults = {one.keyword.decode(): (one.val or b"").decode() for one in pq.Conninfo.get_defaults()}
    effective = {**{key: value for key, value in defaults.items() if value}, **told}
    place = DatabaseAddress(
        url, _name(effective), secrets + tuple(defaults[key] for key in _SECRETS if defaults.get(key))
    )
    if "service" not in effective:  # what that says is known when it is connected
        named = (effective.get("host", ""), effective.get("hostaddr", ""))
        check_proven(place, named, effective.get("sslmode", ""))
    return place


def check_proven(place: DatabaseAddress, named: Iterable[str], sslmode: str) -> None:
    """Refuse another machine that would not have to prove who it is. Raises `LisaError`.

    `named`: host and hostaddr, each with commas between; "" is none. Where both are given, the second is dialled.
    """
    if sslmode not in PROVEN and not all(_is_here(one) for some in named for one in some.split(",")):
        raise LisaError(UNPROVEN.format(place.name))


def redacted(place: DatabaseAddress, text: str) -> str:
    """This text, in one line, if it holds none of the secrets; else nothing."""
    return "" if any(secret in text for secret in place.secrets) else " ".join(text.split())


def _authority(url: str) -> str:
    return re.split(r"[/?#]", url.partition("://")[2], maxsplit=1)[0]


def _name(told: dict[str, str]) -> str:
    if not told.get("host") and told.get("service"):
        return f"postgresql (Dienst {told['service']})"
    host = told.get("host") or told.get("hostaddr") or "dieser Rechner"
    return f"postgresql {host}:{told.get('port', '5432')}/{told.get('dbname') or told.get('user', '')}"


def _is_port(text: str) -> bool:
    return not text or (text.isascii() and text.isdecimal() and len(text) <= 5 and 0 < int(text) < 1 << 16)


def _is_here(host: str) -> bool:
    """A socket in the file system, or this machine's own address."""
    if not host or host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
