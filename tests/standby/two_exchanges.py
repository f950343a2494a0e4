"""Two exchanges on one database, each on a computer of its own; a third network holds all that they serve.

    house    the database, the name server, booths and desks
    one, two the exchanges: cables to the house, nothing between them

One name leads to both, with one certificate. The database is reached over TLS, as from any other machine.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lisa_core.access.booths.book import KeyBook, with_code, with_key
from lisa_core.access.booths.in_database import DatabaseBook
from lisa_core.access.trust import client_context
from lisa_core.cli.accounts.user import user
from lisa_core.domain.model.ids import SiteId
from lisa_core.wire.channel import dial
from lisa_core.wire.dialling import first_of
from lisa_core.wire.uplink import Dial
from tests.access.certificates import Authority
from tests.nets.namespaces import FORWARDING, Net, joined, network
from tests.nets.town import MONDAY
from tests.store.server import PASSWORD as OF_THE_DATABASE
from tests.store.server import Outside, shared
from tests.store.stores import PostgresStore
from tests.system.programs import Program, started
from tests.system.test_two_programs import AT

NAME, PORT = "kreis.example", 8410
PASSWORD = "ein-fiktives-kennwort-42"
_DATABASE = "10.79.0.1"


@dataclass
class Computer:
    """One on which an exchange is started. `cable`: its name at both ends."""

    net: Net
    address: str
    cable: str

    def pull(self) -> None:
        """The cable comes off."""
        self.net.ip("link", "set", self.cable, "down")

    def lose_database(self) -> None:
        """What goes there goes nowhere."""
        self.net.ip("route", "add", "blackhole", _DATABASE)

    def plug(self) -> None:
        """It is back, and the way out with it."""
        self.net.ip("link", "set", self.cable, "up")
        self.net.ip("route", "add", "default", "via", f"{self.address.rpartition('.')[0]}.1")


@dataclass
class Pair:
    """What is there before anything of ours is started."""

    home: Path
    house: Net
    one: Computer
    two: Computer
    store: PostgresStore
    authority: Authority
    files: tuple[Path, Path]
    url: str
    """Of the database, as from another machine."""

    @contextlib.contextmanager
    def exchange(self, on: Computer) -> Iterator[Program]:
        """`lisa exchange` there, with the database of the house."""
        certificate, key = map(str, self.files)
        files = ("--certificate", certificate, "--key", key)
        words = ("exchange", "--listen", f"0.0.0.0:{PORT}", *files, "--one-factor", *AT)
        with started(self.home, *words, inside=on.net.inside()) as program:
            yield program

    def dials(self, *addresses: str) -> Dial:
        """As booths do."""
        trusted = client_context(self.authority.file)

        def one(address: str) -> Dial:
            return lambda: dial(f"wss://{address}:{PORT}/ws/booth", tls=trusted)

        return first_of([one(address) for address in addresses])

    def enter(self, *sites: SiteId) -> dict[SiteId, Ed25519PrivateKey]:
        """The booths of these sites are entered, with these keys."""
        keys = {site: Ed25519PrivateKey.generate() for site in sites}

        def entered(book: KeyBook) -> tuple[KeyBook, None]:
            for number, (site, key) in enumerate(keys.items()):
                code, public = f"{number:012}", key.public_key().public_bytes_raw().hex()
                book = with_code(book, site, code, MONDAY, timedelta(days=1), replaces=False)
                book, _ = with_key(book, code, public, MONDAY)
            return book, None

        with contextlib.closing(DatabaseBook(self.store.place)) as book:
            book.change(entered)
        return keys

    def logged(self) -> list[tuple[str, str, str]]:
        """Name, subject and detail of each entry of the exchange's log."""
        with self.store.server.admin(self.store.name) as db:
            rows = db.execute("select name, subject, detail from journal order by number").fetchall()
        return [(str(name), str(subject), str(detail)) for name, subject, detail in rows]


@contextlib.contextmanager
def pair(home: Path, patch: pytest.MonkeyPatch) -> Iterator[Pair]:
    """The networks, the database and an agent's account."""
    authority = Authority(home)
    with ExitStack() as stack:
        house, one, two = (stack.enter_context(network()) for _ in range(3))
        house.ip("address", "add", f"{_DATABASE}/32", "dev", "lo")
        house.do(lambda: FORWARDING.write_text("1", encoding="ascii"))
        computers = [Computer(one, "10.79.1.2", "eins"), Computer(two, "10.79.2.2", "zwei")]
        for on in computers:
            near = f"{on.address.rpartition('.')[0]}.1"
            joined(on.net, f"{on.address}/24", house, f"{near}/24", on.cable)
            on.net.ip("route", "add", "default", "via", near)
        outside = Outside(_DATABASE, *authority.issue("datenbank", (_DATABASE,)))
        server = house.do(lambda: stack.enter_context(shared(f"{os.getpid()}-netz", outside)))
        store = PostgresStore(server, stack.enter_context(server.database()))
        proof = f"?sslmode=verify-full&sslrootcert={authority.file}"
        url = server.tcp_url(store.name, OF_THE_DATABASE, _DATABASE) + proof
        patch.setenv("LISA_STORE", url)
        names = (NAME, "127.0.0.1", *(on.address for on in computers))
        _account(server.socket_url(store.name))
        yield Pair(home, house, *computers, store, authority, authority.issue("kreis", names), url)


def _account(url: str) -> None:
    words = ("add", "b.brandt", "--role", "agent", "--agent", "brandt", "--store", url, "--stdin")
    done = CliRunner().invoke(user, words, input=f"{PASSWORD}\n", standalone_mode=False)
    assert done.return_value == 0, done.output
