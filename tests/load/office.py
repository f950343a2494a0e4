"""A Landkreis of 200 booths and 100 desks: its file, its keys, its accounts, and `lisa exchange` as it is run there.

Everybody is who they say: each booth has an enrolled key, each desk an account with password and app, and a session.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import ssl
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lisa_core.access.accounts import Account, AccountRole
from lisa_core.access.booths.book import BoothKey, KeyBook
from lisa_core.access.booths.in_database import DatabaseBook
from lisa_core.access.booths.kept import FolderBook
from lisa_core.access.hashing import Hasher
from lisa_core.access.keeping.port import AccessChange
from lisa_core.access.opening import open_store
from lisa_core.access.second import secret_of
from lisa_core.access.sessions import LoginSession, id_of
from lisa_core.access.trust import client_context
from lisa_core.access.web.cookies import SESSION, cookie_name
from lisa_core.domain.model.ids import AgentId, OfficeId, SiteId, TenantId
from lisa_core.store.postgres.place import DatabaseAddress, place_of
from tests.access.certificates import Authority
from tests.system.programs import Program, started

BOOTHS, DESKS, AT_FRONT = 200, 100, 60
FRONT = OfficeId("lisa-team")
BEHIND = tuple(map(OfficeId, ("wohngeldstelle", "sozialamt", "jugendamt", "aok-nordost")))
"""The offices that calls are forwarded to; they share the desks that are not at the front."""
THEN = datetime.fromisoformat("2026-11-23T10:00+01:00")
PASSWORD, SECRET = "Vier Laternen im Nebel", secret_of(b"Laternen im Nebel...")
_ALL_DAY = '{ mo = ["00:00-23:59"] }'


def office_of(desk: int) -> OfficeId:
    return FRONT if desk < AT_FRONT else BEHIND[(desk - AT_FRONT) % len(BEHIND)]


def tenant_of(office: OfficeId) -> TenantId:
    return TenantId("aok-nordost" if office == "aok-nordost" else "landkreis")


def landkreis() -> str:
    """The Landkreis's file."""
    parts = [
        'schema = 1\n[landkreis]\nid = "gross"\nname = "Landkreis Groß"\ntime_zone = "Europe/Berlin"\nland = "BB"',
        '[offices.lisa-team]\nname = "LISA-Team"\ntenant = "landkreis"\nfront_desk = true',
    ]
    for office in BEHIND:
        parts += [f'[offices.{office}]\nname = "{office.title()}"\ntenant = "{tenant_of(office)}"']
        parts += [f'[services.{office}-{n}]\nname = "Leistung {office} {n}"\noffice = "{office}"' for n in range(4)]
    for n in range(BOOTHS):
        about = f'name = "Kabine {n}"\nland = "BB"\nopened_on = 2023-03-01\ntrigger = "tuer"\nhours = {_ALL_DAY}'
        parts.append(f"[sites.s{n}]\n{about}")
    for n in range(DESKS):
        parts.append(f'[agents.a{n}]\nname = "Frau Muster {n}"\noffice = "{office_of(n)}"')
    return "\n".join(parts)


@dataclass(frozen=True)
class Office:
    """What peers have to know."""

    program: Program
    port: int
    trusting: ssl.SSLContext
    keys: tuple[Ed25519PrivateKey, ...]
    """Of booth n."""
    place: Path | DatabaseAddress

    def cookie(self, desk: int) -> str:
        """Of the session of desk n."""
        return f"{cookie_name(SESSION, self.port, secure=True)}={_token(desk)}"


@contextlib.asynccontextmanager
async def open_office(home: Path, url: str = "") -> AsyncIterator[Office]:
    """`lisa exchange` on a folder, or on the database at `url`; everybody may connect."""
    authority, data = Authority(home), home / "x"
    data.mkdir(mode=0o700)
    place = place_of(url) if url else data
    keys = tuple(Ed25519PrivateKey.generate() for _ in range(BOOTHS))
    _enrol(place, keys)
    await _register(place)
    (home / "gross.toml").write_text(landkreis(), encoding="utf-8")
    certificate, private = authority.issue("kreis")
    words = ("--config", "gross.toml", "--listen", "127.0.0.1:0", "--at", THEN.isoformat())
    files = ("--certificate", str(certificate), "--key", str(private), *(() if url else ("--data", "x")))
    with (
        patch.dict(os.environ, {"LISA_STORE": url} if url else {}),
        started(home, "exchange", *words, *files, anew=True) as program,
    ):
        said = await asyncio.to_thread(program.until, "Vermittlung bereit")
        port = int(said.rstrip().rstrip("/").rpartition(":")[2])
        yield Office(program, port, client_context(authority.file), keys, place)


def _enrol(place: Path | DatabaseAddress, keys: tuple[Ed25519PrivateKey, ...]) -> None:
    """As after a code for each."""
    since = THEN.astimezone(UTC).isoformat(timespec="seconds")
    entered = tuple(
        BoothKey(key.public_key().public_bytes_raw().hex(), SiteId(f"s{n}"), since) for n, key in enumerate(keys)
    )
    book = FolderBook(place) if isinstance(place, Path) else DatabaseBook(place)
    book.change(lambda _: (KeyBook(entered, begun=True), None))
    book.close()


async def _register(place: Path | DatabaseAddress) -> None:
    """Accounts, and sessions as after a log-in a moment ago: that goes by the clock on the wall, whatever is played."""
    now_s, hashed = int(time.time()), await Hasher().hashed(PASSWORD)
    agents = [(f"muster.{n}", AgentId(f"a{n}"), tenant_of(office_of(n))) for n in range(DESKS)]
    accounts = tuple(
        Account(name, (AccountRole.AGENT,), tenant, hashed, now_s, agent, totp=SECRET) for name, agent, tenant in agents
    )
    sessions = tuple(LoginSession(id_of(_token(n)), f"muster.{n}", now_s, now_s) for n in range(DESKS))
    with open_store(place) as store:
        store.write(AccessChange(accounts=accounts, began=sessions))


def _token(desk: int) -> str:
    return f"{desk:043d}"
