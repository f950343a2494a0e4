"""A way to a database that somebody cuts: a socket in front of the server's, which loses what it is told to lose."""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Self

_PIECE, _MUCH = 1 << 16, 1 << 12
_TENURE = b"lisa pacht"
"""What only that connection calls itself that renews the lease, five times a second beside all others."""


class Lost(Enum):
    """What is lost of the next thing that is asked, unless it is to renew a lease; then the connection is."""

    NOTHING = "nothing"
    QUESTION = "question"
    ANSWER = "answer"


class Cut:
    """`closed`: nobody gets through. `silent`: nothing comes through any more, and nobody is told.

    `holds`: whoever is the next to say much is held up in the middle of it (`held`), until it is `let`.
    """

    def __init__(self, target: Path, folder: Path, port: int) -> None:
        self._target = target
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.bind(str(folder / f".s.PGSQL.{port}"))
        self._socket.listen()
        self.next_loss, self.closed, self.silent = Lost.NOTHING, False, False
        self.holds, self.held, self.let = False, threading.Event(), threading.Event()
        self._pairs: set[tuple[socket.socket, socket.socket]] = set()
        self._tenures: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        self._socket.close()

    def close(self) -> None:
        """The way is closed, and all who are on it lose it."""
        self.closed = True
        for pair in list(self._pairs):
            _end(*pair)

    def open(self) -> None:
        self.closed = self.silent = False

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                here, _ = self._socket.accept()
                if self.closed:
                    here.close()
                    continue
                there = socket.socket(socket.AF_UNIX)
                there.connect(str(self._target))
                threading.Thread(target=self._carry, args=(here, there), daemon=True).start()

    def _carry(self, here: socket.socket, there: socket.socket) -> None:
        self._pairs.add((here, there))
        with contextlib.suppress(OSError, ValueError), selectors.DefaultSelector() as ready:
            ready.register(here, selectors.EVENT_READ)
            ready.register(there, selectors.EVENT_READ)
            while all(self._pass(one, here, there) for one in _ready(ready)):
                """Until one end is gone."""
        _end(here, there)
        self._pairs.discard((here, there))
        self._tenures.discard(here)

    def _pass(self, one: socket.socket, here: socket.socket, there: socket.socket) -> bool:
        data = one.recv(_PIECE)
        if self.silent or not data:  # an end that is gone says nothing that could be lost
            return bool(data)
        if one is here and self.holds and len(data) > _MUCH:
            self.holds = False
            self.held.set()
            self.let.wait(60)
        if _TENURE in data:
            self._tenures.add(here)
        if here not in self._tenures and self.next_loss is (Lost.QUESTION if one is here else Lost.ANSWER):
            self.next_loss = Lost.NOTHING
            return False
        (there if one is here else here).sendall(data)
        return True


def _ready(ready: selectors.BaseSelector) -> Iterator[socket.socket]:
    for key, _ in ready.select():
        assert isinstance(key.fileobj, socket.socket)
        yield key.fileobj


def _end(*pair: socket.socket) -> None:
    for one in pair:
        with contextlib.suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()
