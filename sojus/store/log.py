"""The port to the log of acts: several processes append to it, one after the other, and read what others appended.

`sojus.store.sqlite` is one file, `sojus.store.postgres` a database on a server; the same tests hold of both.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from lisa_core.domain.model.errors import LisaError
from lisa_core.store.chain import Columns

FORM = 14
"""Version of the tables, of what stands in them, and of the rules of the machine: raise it with any of the three."""
OLDER_FORM = (
    "{}: Diese Plätze hat eine ältere Version geschrieben (Fassung {}, hier {}). Daran wurde nichts geändert. "
    "Die ältere Version starten oder einen leeren Ort nennen."
)
NEWER_FORM = (
    "{}: Diese Plätze hat eine neuere Version geschrieben (Fassung {}, hier {}). Daran wurde nichts geändert. "
    "Die neuere Version starten."
)
AT_ONCE = 2_000
"""Entries that are read at once."""


def check_form(name: str, form: int) -> None:
    """Raises `LisaError` for what was written in another form than ours."""
    if form != FORM:
        raise LisaError((NEWER_FORM if form > FORM else OLDER_FORM).format(name, form, FORM))


class Snapshot(NamedTuple):
    """The packed tables after entry `number`, whose hash is `tip`; `digest`: SHA-256 of `data`."""

    number: int
    tip: bytes
    digest: bytes
    data: bytes


class ActLog(Protocol):
    """Used by one thread at a time, but for `wait`. Everything raises `LisaError`, a machine's fault `MachineError`."""

    name: str
    """For people, without secrets."""

    def turn(self) -> AbstractContextManager[None]:
        """Nobody else appends while it lasts. What was appended is durable when it ends; if it raises, nothing was,
        but for an error of the machine at its very end: then nobody knows, and `named` says."""
        ...

    def rows(self, after: int) -> list[Columns]:
        """The next entries behind this number, `AT_ONCE` at most."""
        ...

    def named(self, keys: Sequence[str]) -> list[Columns]:
        """The entries with these keys, as far as there are any."""
        ...

    def append(self, rows: Sequence[Columns]) -> None:
        """Within a turn."""
        ...

    def snapshots(self) -> list[Snapshot]:
        """Those that are kept, the newest first."""
        ...

    def keep(self, snapshot: Snapshot) -> None:
        """Beside the one before; older ones are let go of. Of the same number: nothing happens. From any thread."""
        ...

    def wait(self, timeout_s: float) -> None:
        """Until somebody has appended something, or the time is over. Until `close`, one thread beside may wait."""
        ...

    def close(self) -> None: ...
