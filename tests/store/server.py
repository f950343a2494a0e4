"""A real PostgreSQL server for tests: Debian's, as a user who is not root, in a folder of its own, stopped at the end.

All workers of a run share one. Each holds a lock as long as it may need the server; who is last stops it. What a run
that was killed left behind, the next one ends. fsync stays on: what is tested is what is durable. It keeps its things
in memory where there is room: to make a database and to drop it is six times the computing on a disk, and waits for it;
a server that is killed finds again there what it finds again on a disk. With LISA_LONG=1 it is a disk.
"""

from __future__ import annotations

import contextlib
import fcntl
import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from lisa_core.store.postgres.journal import open_journal
from lisa_core.store.postgres.place import place_of
from tests.peers.conftest import missing

PASSWORD = "geheim & 100%"
"""Of the user `lisa` over TCP; over the socket nobody is asked."""
EMPTY, _TEMPLATE = "lisa_leer", "lisa_vorlage"
"""Databases in which nothing is, and in which an exchange was once opened."""
_CONFIG = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{folder}'
max_connections = 100
shared_buffers = 16MB
min_wal_size = 8MB
max_wal_size = 128MB
logging_collector = off
lc_messages = 'C'
"""
_OUTSIDE = """
listen_addresses = '127.0.0.1, {}'
ssl = on
"""
_numbers = itertools.count(1)
_MEMORY, _ROOM = Path("/dev/shm"), 1 << 30
"""Where memory can be written to as a disk, and how large that has to be."""


def programs() -> Path | None:
    """The folder with initdb and pg_ctl, of the newest version that is there."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    known = shutil.which("initdb")
    return Path(known).parent if known else None


@dataclass(frozen=True)
class Server:
    """A running one: its socket's folder, its port on 127.0.0.1."""

    folder: Path
    port: int

    def socket_url(self, database: str, user: str = "lisa") -> str:
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self.port}"

    def tcp_url(self, database: str, password: str = "", address: str = "127.0.0.1") -> str:
        given = "".join(f"%{byte:02X}" for byte in password.encode())
        return f"postgresql://lisa{':' if given else ''}{given}@{address}:{self.port}/{database}"

    def admin(self, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(self.socket_url(database, "verwalter"), autocommit=True)

    @contextlib.contextmanager
    def database(self, template: str = _TEMPLATE) -> Iterator[str]:
        """A new one of its own."""
        name = f"t_{os.getpid()}_{next(_numbers)}"
        with self.admin() as db:
            db.execute(
                sql.SQL("create database {} owner lisa template {}").format(*map(sql.Identifier, (name, template)))
            )
            try:
                yield name
            finally:
                db.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))

    def control(self, *arguments: str) -> None:
        """pg_ctl: "stop", "-m", "immediate"; "start"; "kill", "STOP", PID."""
        _as_nobody(
            [f"{programs()}/pg_ctl", "-D", str(self.folder / "data"), "-w", "-l", str(self.folder / "log"), *arguments]
        )


def _as_nobody(command: list[str]) -> None:
    """As a user who is not root: the server refuses to be one."""
    who = {}
    if os.geteuid() == 0:
        user = next(user for user in pwd.getpwall() if user.pw_name in ("postgres", "nobody"))
        who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, cwd="/", text=True, **who)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"


def _to_nobody(path: Path) -> None:
    if os.geteuid() == 0:
        user = next(user for user in pwd.getpwall() if user.pw_name in ("postgres", "nobody"))
        os.chown(path, user.pw_uid, user.pw_gid)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@dataclass(frozen=True)
class Outside:
    """Where a server is reached by other computers, over TLS, and with what it proves which one it is."""

    address: str
    certificate: Path
    key: Path


def _make(folder: Path, outside: Outside | None) -> Server:
    server, data = Server(folder, _free_port()), folder / "data"
    _to_nobody(folder)
    locale = ("--encoding=UTF8", "--locale=C.UTF-8", "--wal-segsize=1", "--no-sync", "--no-instructions")
    who = ("--username=verwalter", "--auth-local=trust", "--auth-host=scram-sha-256")
    _as_nobody([f"{programs()}/initdb", "--pgdata", str(data), *who, *locale])
    with (data / "postgresql.conf").open("a") as config:
        config.write(_CONFIG.format(port=server.port, folder=folder))
        if outside is not None:
            config.write(_OUTSIDE.format(outside.address))
    if outside is not None:
        for name, given in (("server.crt", outside.certificate), ("server.key", outside.key)):
            _to_nobody(Path(shutil.copy(given, data / name)))
        with (data / "pg_hba.conf").open("a") as who_may:
            who_may.write("hostssl all all samenet scram-sha-256\n")
    server.control("start")
    with server.admin() as db:
        db.execute(sql.SQL("create role lisa login password {}").format(sql.Literal(PASSWORD)))
        for name in (EMPTY, _TEMPLATE):
            db.execute(sql.SQL("create database {} owner lisa template template0").format(sql.Identifier(name)))
    open_journal(place_of(server.socket_url(_TEMPLATE)), "").close()
    return server


def _home() -> Path:
    """The same for all workers of a run: how much room there is, not how much of it is free."""
    in_memory = os.environ.get("LISA_LONG") != "1" and os.access(_MEMORY, os.W_OK)
    return _MEMORY if in_memory and shutil.disk_usage(_MEMORY).total >= _ROOM else Path(tempfile.gettempdir())


@contextlib.contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """One at a time starts or stops it."""
    path = folder.with_name(f"{folder.name}.start")
    while True:
        with path.open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if path.exists() and path.stat().st_ino == os.fstat(file.fileno()).st_ino:
                yield
                return


@contextlib.contextmanager
def shared(run: str, outside: Outside | None = None) -> Iterator[Server]:
    """The server of this run, started by whoever comes first, in the network in which that thread is."""
    folder = _home() / f"lisa-pg-{run}"
    with folder.with_name(f"{folder.name}.lock").open("w") as in_use:
        with _turn(folder):
            fcntl.flock(in_use, fcntl.LOCK_SH)
            folder.mkdir(mode=0o700, exist_ok=True)
            note = folder / "port"
            server = Server(folder, int(note.read_text())) if note.exists() else _make(folder, outside)
            note.write_text(str(server.port))
        try:
            yield server
        finally:
            fcntl.flock(in_use, fcntl.LOCK_UN)
            _end_if_unused(folder)


def _end_if_unused(folder: Path) -> None:
    door, turn = (folder.with_name(f"{folder.name}.{ending}") for ending in ("lock", "start"))
    with _turn(folder), door.open("w") as in_use:
        try:
            fcntl.flock(in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return
        if (folder / "data" / "postmaster.pid").exists():
            with contextlib.suppress(AssertionError):
                Server(folder, 0).control("stop", "-m", "immediate")
        shutil.rmtree(folder, ignore_errors=True)
        door.unlink(missing_ok=True)
        turn.unlink(missing_ok=True)


def need_server() -> None:
    """Skip by name where it is not installed; on CI that is a failure. What killed runs have left is ended."""
    if programs() is None:
        missing("postgresql fehlt: nicht geprüft")
    for door in _home().glob("lisa-pg-*.lock"):
        _end_if_unused(door.with_suffix(""))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    need_server()
    with shared(os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]) as running:
        yield running
