"""Through whom acts are done: the clerk of a process, or at once in the caller's thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from typing import Protocol

from sojus.store.kept import KeptPlacements
from sojus.store.replica import Done
from sojus.store.turn import Wish

Hear = Callable[[list[Done]], None]


class Hand(Protocol):
    """`sojus.store.clerk.Clerk` is one. `over` is done when it does nothing more; its exception: the fault of ours."""

    over: Future[None]

    def ask(self, wish: Wish) -> Future[Done]:
        """Its result comes when the act is durable; `LisaError`: it was not done, or ask again by the same key."""
        ...

    def close(self) -> None: ...


class AtOnce:
    """One thread does all of it: for scenarios on the virtual clock. `elapse` brings what is due, as a clerk would."""

    def __init__(self, kept: KeptPlacements, heard: Hear) -> None:
        self._kept, self._heard = kept, heard
        self.over: Future[None] = Future()

    def ask(self, wish: Wish) -> Future[Done]:
        future: Future[Done] = Future()
        (answer,) = self._kept.do([wish])
        self.listen()
        if isinstance(answer, Done):
            future.set_result(answer)
        else:
            future.set_exception(answer)
        return future

    def elapse(self, now: datetime) -> None:
        self._kept.bring_due(now)
        self.listen()

    def listen(self) -> None:
        if news := self._kept.news():
            self._heard(news)

    def close(self) -> None:
        self._kept.close()
