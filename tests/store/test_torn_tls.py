"""A server that goes in the middle of a TLS handshake is away; one that cannot speak TLS is wrong."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import pytest

from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.exchange.turn import turn
from lisa_core.store.postgres.database import connect
from lisa_core.store.postgres.place import DatabaseAddress, place_of
from lisa_core.store.postgres.tenure import take
from tests.access.certificates import Authority
from tests.store.stores import PostgresStore
from tests.system.programs import wait_until

PIECE = 1 << 16
HALF_A_HELLO, NO_COMMON_WAY = bytes.fromhex("160303007a0200"), bytes.fromhex("15030300020228")


@dataclass
class Veil:
    """TLS before the socket of a server; `torn`: what it says to whoever wants TLS, and then it is gone."""

    certificate: tuple[Path, Path]
    target: Path | None = None
    torn: tuple[bytes, bytes] | None = None
    """To the wish for TLS, and to the hello after it."""
    tears: int = 0
    listening: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    _on_it: list[socket.socket] = field(default_factory=list)

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.listening.close()
        self.cut()

    def place(self, database: str = "lisa") -> DatabaseAddress:
        return place_of(f"postgresql://lisa@127.0.0.1:{self.listening.getsockname()[1]}/{database}?sslmode=require")

    @property
    def connected(self) -> bool:
        return bool(self._on_it)

    def cut(self) -> None:
        """Whoever is on it loses the connection without a word."""
        while self._on_it:
            with contextlib.suppress(OSError):
                self._on_it.pop().shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                here, _ = self.listening.accept()
                threading.Thread(target=self._serve, args=(here,), daemon=True).start()

    def _serve(self, here: socket.socket) -> None:
        with contextlib.suppress(OSError), here:
            here.recv(8)
            if self.torn is not None:
                for said in self.torn:
                    here.sendall(said)
                    if said[:1] == b"S":
                        here.recv(PIECE)
                self.tears += 1
                return
            here.sendall(b"S")
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*self.certificate)
            with context.wrap_socket(here, server_side=True) as opened, socket.socket(socket.AF_UNIX) as there:
                there.connect(str(self.target))
                self._on_it.append(opened)
                _carry(opened, there)


def _carry(opened: ssl.SSLSocket, there: socket.socket) -> None:
    """Question and answer, in turn, as libpq speaks; until one end is gone."""
    opened.settimeout(0.02)
    there.settimeout(0.02)
    while True:
        for one, other in ((opened, there), (there, opened)):
            with contextlib.suppress(TimeoutError):
                data = one.recv(PIECE)
                if not data:
                    return
                other.sendall(data)


@pytest.fixture
def veil(tmp_path: Path) -> Iterator[Veil]:
    with Veil(Authority(tmp_path).issue("server")) as found:
        yield found


@pytest.mark.parametrize(
    ("torn", "away"),
    [
        ((b"", b""), True),
        ((b"S", b""), True),
        ((b"S", HALF_A_HELLO), True),
        ((b"N", b""), False),
        ((b"S", NO_COMMON_WAY), False),
    ],
    ids=["before the answer", "in the handshake", "in the middle of a message", "no TLS there", "no common way"],
)
def test_whoever_goes_in_the_middle_of_a_handshake_is_away(veil: Veil, torn: tuple[bytes, bytes], away: bool) -> None:
    veil.torn = torn
    with pytest.raises(LisaError) as found:
        connect(veil.place(), "probe")
    assert isinstance(found.value, MachineError) is away, found.value
    assert ("verschlüsselte" in str(found.value)) is not away


def test_who_waits_goes_on_waiting_for_a_server_that_went_in_the_middle(
    database: PostgresStore, veil: Veil, capsys: pytest.CaptureFixture[str]
) -> None:
    """As one that was stopped and then killed: first who is connected loses it, then whoever dials."""

    async def play() -> None:
        held = take(database.place)
        assert held is not None
        with contextlib.ExitStack() as stack:
            waiting = asyncio.create_task(turn(veil.place(database.name), stack))
            await asyncio.to_thread(wait_until, lambda: veil.connected, "it looks on")
            veil.torn = (b"S", b"")
            veil.cut()
            await asyncio.to_thread(wait_until, lambda: veil.tears >= 3, "it has dialled again")
            assert not waiting.done()
            veil.torn = None
            held.close()
            assert (await waiting).generation > held.generation

    veil.target = database.server.folder / f".s.PGSQL.{database.server.port}"
    asyncio.run(play())
    assert "verschlüsselte" not in capsys.readouterr().err
