"""`lisa exchange --check`: all that is wrong at once, in the words of the start, and nothing is changed by looking."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import hashlib
import os
import socket
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from lisa_core.access.administration import AccountWish, Administration
from lisa_core.access.booths.book import with_code
from lisa_core.access.booths.in_database import DatabaseBook
from lisa_core.access.booths.kept import FolderBook
from lisa_core.access.hashing import Hasher
from lisa_core.access.opening import open_store
from lisa_core.access.texts import ONE_FACTOR
from lisa_core.cli.programs import exchange
from lisa_core.domain.model.errors import MachineError
from lisa_core.domain.model.ids import SiteId
from lisa_core.host.clock import Clock
from lisa_core.store import checkpoint
from lisa_core.store.folder import MARK, open_folder
from lisa_core.store.key_book import FILE as KEYS
from lisa_core.store.sqlite import open_journal
from tests.access.certificates import Authority
from tests.access.house import ADMINISTRATION, DIRECTORY, NOON, QUICK
from tests.store.server import EMPTY, Server
from tests.store.stores import AT, PostgresStore
from tests.store.test_postgres import HARM

NET = ("--listen", "0.0.0.0:0")
NEWER = "lisa-daten 9"
TWO_WRONG = """
[openid.landkreis]
name = "Haus"
issuer = "http://haus.example"
client_id = "x"
secret_file = "fehlt"
[openid.mars]
name = "Mars"
issuer = "https://mars.example"
client_id = "x"
secret_file = "fehlt"
"""


def checked(*arguments: str) -> tuple[int, str]:
    """The exit code, and all that is said; on a free port where none is named."""
    listen = () if "--listen" in arguments else ("--listen", "127.0.0.1:0")
    done = CliRunner().invoke(exchange, [*arguments, *listen, "--check"], standalone_mode=False)
    assert done.exception is None, done.exception
    return done.return_value, done.output


async def _with_account(folder: Path) -> None:
    with open_store(folder) as store:
        administration = Administration(store, Clock(NOON), Hasher(QUICK))
        await administration.add(AccountWish("v.walter", (ADMINISTRATION,)), DIRECTORY)


def _prints(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, ...]:
    certificate, key = Authority(tmp_path).issue("kreis", ("vermittlung.example",))
    key.chmod(0o600)
    return ("--certificate", str(certificate), "--key", str(key))


def test_what_is_as_it_should_be_is_named_and_stays_as_it_is(tmp_path: Path, pair: tuple[str, ...]) -> None:
    folder = tmp_path / "vermittlung"
    open_folder(folder)
    asyncio.run(_with_account(folder))
    before = _prints(folder)
    code, said = checked(*NET, *pair, "--data", str(folder))
    assert (code, _prints(folder)) == (0, before), said
    for part in (
        "Uckermark, 7 Standorte",
        "für vermittlung.example",
        "ist frei",
        "Fassung 1",
        "mit Konto",
        "So kann die",
    ):
        assert part in said


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "kein.pem").write_text("nichts")
    (tmp_path / "offen.key").write_text("nichts")
    (tmp_path / "offen.key").chmod(0o644)
    (tmp_path / "haeuser.toml").write_text(TWO_WRONG)
    folder = tmp_path / "neuer"
    folder.mkdir()
    (folder / MARK).write_text(f"{NEWER} {hashlib.sha256(NEWER.encode()).hexdigest()[:16]}\n")
    files = ("--certificate", str(tmp_path / "kein.pem"), "--key", str(tmp_path / "offen.key"))
    more = ("--openid", str(tmp_path / "haeuser.toml"), "--data", str(folder))
    code, said = checked(*NET, *files, *more)
    assert code == 4, said
    wrong = (
        "kein Zertifikat",
        "dürfen alle auf dem Rechner lesen",
        "keine Adresse mit https",
        "Träger „mars“",
        "neuere Version",
    )
    assert [part for part in wrong if part not in said] == []
    assert "(4 Fehler)" in said


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--config", "fehlt.toml", "--listen", "irgendwo"), 4, ("Pfad prüfen", "keine Adresse", "(2 Fehler)")),
        (NET, 4, ("nur verschlüsselt", "es gibt kein Konto", "(2 Fehler)")),
        (("--one-factor",), 0, (ONE_FACTOR, "So kann die")),
        (("--key", "fehlt.key"), 4, ("fehlt.key: Diese Datei lässt sich nicht lesen", "Zu --certificate gehört")),
        (("--at", "morgen", "--profile", "fehlt"), 4, ("'morgen' ist kein Zeitpunkt", "fehlt", "(2 Fehler)")),
        (("--at", "2026-11-23T10:00", "--profile", "emulated"), 0, ("gespielt ab 23.11.2026, 10:00", "noch dieses")),
        (("--store", "postgresql://lisa@127.0.0.1:1/lisa"), 5, ("nimmt keine Datenbank", "(ein Fehler)")),
        (
            ("--store", "postgresql://lisa@127.0.0.1:1/lisa", "--config", "fehlt.toml"),
            4,
            ("nimmt keine", "Pfad prüfen"),
        ),
    ],
)
def test_it_ends_as_the_start_would(arguments: tuple[str, ...], code: int, told: tuple[str, ...]) -> None:
    found, said = checked(*arguments)
    assert (found, [part for part in told if part not in said]) == (code, []), said


def test_one_site_is_said_as_one(tmp_path: Path) -> None:
    page = Path(__file__).parents[2].joinpath("docs/landkreis.md").read_text(encoding="utf-8")
    smallest = page.partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "kreis.toml").write_text(smallest, encoding="utf-8")
    code, said = checked("--config", str(tmp_path / "kreis.toml"))
    assert (code, "Landkreis Muster, 1 Standort, 2 Arbeitsplätze." in said) == (0, True), said


def test_a_port_that_is_taken_is_the_machines() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, said = checked("--listen", f"127.0.0.1:{taken.getsockname()[1]}")
    assert (code, "ist schon belegt" in said) == (5, True), said


def test_what_was_damaged_or_will_be_salvaged_keeps_no_exchange_from_starting(tmp_path: Path) -> None:
    """What was set aside lies there for good; a damaged log or list is set aside by the start. Accounts are not."""
    open_folder(tmp_path)
    asyncio.run(_with_account(tmp_path))
    (tmp_path / "inbox").mkdir()
    for name in ("exchange.beschaedigt-1.sqlite", "inbox/eingang.beschaedigt-1.sqlite"):
        (tmp_path / name).write_text("nichts, was SQLite lesen könnte")
    code, said = checked("--data", str(tmp_path))
    assert (code, "beschaedigt" in said) == (0, False), said
    for name in ("exchange.sqlite", "inbox/eingang.sqlite"):
        (tmp_path / name).write_text("nichts, was SQLite lesen könnte")
    before = _prints(tmp_path)
    code, said = checked("--data", str(tmp_path))
    assert (code, said.count("der Start legt sie beiseite"), _prints(tmp_path)) == (0, 2, before), said
    (tmp_path / "access.sqlite").write_text("nichts, was SQLite lesen könnte")
    code, said = checked("--data", str(tmp_path))
    assert (code, "access.sqlite: Diese Datei lässt sich nicht öffnen" in said) == (5, True), said


def test_a_key_book_that_is_not_as_it_was_written_is_refused_as_by_the_start(tmp_path: Path) -> None:
    open_folder(tmp_path)
    with contextlib.closing(FolderBook(tmp_path)) as book:
        assert checked("--data", str(tmp_path))[0] == 0
        book.change(
            lambda keys: (with_code(keys, SiteId("templin"), "ABCD", NOON, timedelta(hours=1), replaces=False), None)
        )
    assert checked("--data", str(tmp_path))[0] == 0
    with contextlib.closing(sqlite3.connect(tmp_path / KEYS)) as db, db:
        db.execute("update book set text = replace(text, 'templin', 'angermuende')")
    before = _prints(tmp_path)
    code, said = checked("--data", str(tmp_path))
    assert (code, "verändert oder beschädigt" in said, _prints(tmp_path)) == (5, True, before), said
    with pytest.raises(MachineError, match="verändert oder beschädigt"):
        FolderBook(tmp_path)


def test_an_exchange_that_starts_while_somebody_looks_is_not_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "exchange.sqlite"
    open_journal(log, AT).close()
    looking = os.open(log.with_name(log.name + checkpoint.SUFFIX), os.O_RDONLY | os.O_CLOEXEC)
    fcntl.flock(looking, fcntl.LOCK_SH)  # as `check_unwritten` does, for an instant

    def looked(seconds: float) -> None:
        os.close(looking)

    monkeypatch.setattr(checkpoint, "sleep", looked)
    open_journal(log, AT).close()


def test_a_folder_that_is_written_by_a_running_exchange_is_told(tmp_path: Path) -> None:
    open_folder(tmp_path)
    with contextlib.closing(open_journal(tmp_path / "exchange.sqlite", AT)):
        code, said = checked("--data", str(tmp_path))
    assert (code, "schreibt schon ein Programm" in said) == (4, True), said
    assert checked("--data", str(tmp_path))[0] == 0


@pytest.mark.parametrize("why", ["read only", "not ours"])
def test_a_database_that_the_start_would_refuse_is_refused(server: Server, why: str) -> None:
    statements, told, _ = HARM[why]
    with server.database(EMPTY) as name:
        with server.admin(name) as db:
            for statement in statements.split("; "):
                db.execute(statement.format(name).encode())
        code, said = checked("--store", server.socket_url(name))
    assert (code, told in said) == (5, True), said


@pytest.mark.parametrize(("form", "code", "told"), [(4, 0, "Fassung 4"), (99, 4, "neuere Version")])
def test_a_database_is_looked_at_and_left_as_it_is(database: PostgresStore, form: int, code: int, told: str) -> None:
    with database.server.admin(database.name) as db:
        db.execute("update fassung set form = %s", (form,))
        found, said = checked("--store", database.place.conninfo)
        assert (found, told in said) == (code, True), said
        assert db.execute("select form from fassung").fetchall() == [(form,)]
        assert "noch kein Konto" in said or code


def test_a_key_book_in_a_database_that_is_not_as_it_was_written_is_refused(database: PostgresStore) -> None:
    url = database.place.conninfo
    with contextlib.closing(DatabaseBook(database.place)) as book:
        an_hour = timedelta(hours=1)
        book.change(lambda keys: (with_code(keys, SiteId("templin"), "ABCD", NOON, an_hour, replaces=False), None))
    assert checked("--store", url)[0] == 0
    with database.server.admin(database.name) as db:
        db.execute("update key_book set crc = crc + 1")
    code, said = checked("--store", url)
    assert (code, "verändert oder beschädigt" in said) == (5, True), said
