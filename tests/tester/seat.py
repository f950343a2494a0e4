"""Somebody at a terminal of their own."""

from __future__ import annotations

import codecs
import os
import pty
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.system.programs import LISA


class Seat:
    """Somebody at a terminal in which `lisa run` runs."""

    def __init__(self, home: Path, *options: str) -> None:
        self._us, them = pty.openpty()
        command = [LISA, "run", "--pictures", "none", *options]
        self.process = subprocess.Popen(
            ["setsid", "--ctty", "--wait", *command],
            cwd=home,
            env={**os.environ, "TERM": "dumb", "COLUMNS": "200", "PYTHONIOENCODING": "utf-8"},
            stdin=them,
            stdout=them,
            stderr=them,
        )
        os.close(them)
        self.said, self._read = "", 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")  # a piece may end in the middle of a letter

    def until(self, words: str) -> str:
        """Read on until this is said; what was said since the last time."""
        begin = self._read
        while (at := self.said.find(words, begin)) < 0:
            try:
                data = os.read(self._us, 4096)
            except OSError:  # Linux's way to say that nobody holds the other end any more
                data = b""
            assert data, f"{words!r} was not said:\n{self.said}"
            self.said += self._decoder.decode(data)
        self._read = at + len(words)
        return self.said[begin : self._read]

    def type(self, line: str) -> None:
        os.write(self._us, f"{line}\n".encode())

    def code(self) -> int:
        return self.process.wait(60)

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(60)
        os.close(self._us)


@contextmanager
def seated(home: Path, *options: str) -> Iterator[Seat]:
    seat = Seat(home, *options)
    try:
        yield seat
    finally:
        seat.close()
