"""What is done of `make test-long`: one file of JSON lines, one for each test that ended, begun anew with each commit.

The first line says of which commit; then come, by part, what is planned, what came of each test, and how long each call
took. A line that was being written when the machine went down is dropped. Who holds the file's lock runs.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

RED = "failed"
WELL = "passed"


@dataclass
class State:
    """Of one part: the newest outcome of each test, and what was once found to belong to it."""

    planned: set[str] = field(default_factory=set)
    outcomes: dict[str, str] = field(default_factory=dict)
    took_s: float = 0.0

    @property
    def begun(self) -> bool:
        return bool(self.planned or self.outcomes)

    @property
    def missing(self) -> list[str]:
        return sorted(self.planned - self.outcomes.keys())

    @property
    def finished(self) -> bool:
        return self.begun and not self.missing and not self.of(RED)

    def of(self, outcome: str) -> list[str]:
        return sorted(name for name, found in self.outcomes.items() if found == outcome)


class Busy(Exception):
    """Another call, or what it has left running, is at work on this record."""


@contextmanager
def opened(path: Path, commit: str, *, anew: bool = False) -> Iterator[tuple[IO[str], bool]]:
    """The record of this commit, locked, and whether it begins anew; who inherits the open file holds the lock too.

    Raises Busy.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Busy(str(path)) from error
        lines = whole(path)
        is_new = anew or not lines or lines[0].get("commit") != commit
        file.truncate(0 if is_new else path.read_bytes().rfind(b"\n") + 1)
        if is_new:
            say(path, commit=commit)
        yield file, is_new


def say(path: Path, **words: Any) -> None:
    """Add one line, at once."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(words, ensure_ascii=False) + "\n")


def whole(path: Path, until: int | None = None) -> list[dict[str, Any]]:
    """The lines that were written to their end, of the first so many bytes."""
    data = path.read_bytes()[:until] if path.exists() else b""
    return [json.loads(line) for line in data.split(b"\n")[:-1]]


def state(lines: Iterable[dict[str, Any]], part: str) -> State:
    found = State()
    for line in lines:
        if line.get("part") == part:
            found.planned.update(line.get("planned", ()))
            found.took_s += line.get("took_s", 0.0)
            if "test" in line:
                found.outcomes[line["test"]] = line["outcome"]
    return found
