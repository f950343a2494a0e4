"""Who was succeeded writes nothing: a transaction of a writer is of its generation from first to last, or undone.

It asks twice. First, so that who was succeeded stands in nobody's way; and at its end, and from there on nobody takes
over before it is committed. It holds `head` no longer than that: there the log is appended to and the lease renewed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import LiteralString

from lisa_core.store.journal import TakenOver
from lisa_core.store.postgres.database import Bounded

SUCCEEDED = "{}: Eine andere Vermittlung hat diese Datenbank übernommen. Diese hier schreibt nichts mehr und endet."
_IS: LiteralString = "select 1 from head where generation = %s"
_STAYS: LiteralString = _IS + " for share"


@dataclass(frozen=True, slots=True)
class Fence:
    """Around what the writer of this generation does; `name`: of the database, for people."""

    name: str
    generation: int

    @contextlib.contextmanager
    def transaction(self, db: Bounded) -> Iterator[None]:
        """Raises `TakenOver`; then nothing of it was done."""
        with db.transaction():
            self._ask(db, _IS)
            yield
            self._ask(db, _STAYS)

    def _ask(self, db: Bounded, question: LiteralString) -> None:
        if db.execute(question, (self.generation,)).fetchone() is None:
            raise TakenOver(SUCCEEDED.format(self.name))
