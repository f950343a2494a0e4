"""One thread that does the acts of a process: those that wait together share a turn, and so a wait for the disk.

It takes in what others have done as soon as it hears of it, and brings what is due.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime

from lisa_core.domain.model.errors import OF_A_MESSAGE, LisaError
from lisa_core.host.machine import tell
from sojus.store.kept import KeptPlacements
from sojus.store.replica import Done
from sojus.store.turn import Answer, Wish

TOGETHER = 200
"""Wishes that share a turn at most."""
LOOK_S = 1.0
"""How soon a change of another process is seen at the latest, and what is due is brought."""

ENDED = "Dieses Programm wird gerade beendet. Bitte noch einmal versuchen."

_Asked = tuple[Wish, "Future[Done]"]


class Clerk:
    """Owns `kept` until it is closed. `now`: the wall clock of the place; `heard` gets what was done, in order, in the
    clerk's thread. `over` is done when it has ended; its exception: the fault of ours by which it did."""

    def __init__(self, kept: KeptPlacements, now: Callable[[], datetime], heard: Callable[[list[Done]], None]) -> None:
        self._kept, self._now, self._heard = kept, now, heard
        self._asked: queue.SimpleQueue[_Asked | None] = queue.SimpleQueue()
        self._door, self._ended = threading.Lock(), threading.Event()
        self._trouble = ""
        self.over: Future[None] = Future()
        self.over.set_running_or_notify_cancel()  # whoever waits for it cannot cancel it
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._serve, self._listen)]
        for thread in self._threads:
            thread.start()

    def ask(self, wish: Wish) -> Future[Done]:
        """Its result comes when the act is durable; `LisaError`: it was not done, or ask again by the same key."""
        answer: Future[Done] = Future()
        with self._door:
            if not self._ended.is_set():
                self._asked.put((wish, answer))
                return answer
        answer.set_exception(LisaError(ENDED))
        return answer

    def close(self) -> None:
        """Answer those that wait, then end."""
        with self._door:
            self._ended.set()
        self._asked.put(None)
        for thread in self._threads:
            thread.join()
        self._kept.close()

    def _serve(self) -> None:
        try:
            while not self._ended.is_set() or not self._asked.empty():
                self._do(self._together())
                self._bring_due()
                if news := self._news():
                    self._heard(news)
        except Exception as fault:  # noqa: BLE001  # whoever waits for `over` says what it means
            self._refuse_all()
            self.over.set_exception(fault)
        else:
            self.over.set_result(None)

    def _refuse_all(self) -> None:
        """From now on, and whoever waits already: nobody waits for ever."""
        with self._door:
            self._ended.set()
        while not self._asked.empty():
            for _, waiting in self._together():
                waiting.set_exception(LisaError(ENDED))

    def _bring_due(self) -> None:
        try:
            self._kept.bring_due(self._now())
            self._trouble = ""
        except LisaError as error:
            if str(error) != self._trouble:
                tell(str(error))
            self._trouble = str(error)

    def _news(self) -> list[Done]:
        """While the state cannot be read nobody could make anything of them: then they wait."""
        with contextlib.suppress(LisaError), self._kept.reading():
            return self._kept.news()
        return []

    def _together(self) -> list[_Asked]:
        """Those that wait, but for whoever has given up meanwhile; waits a while if there are none."""
        found: list[_Asked] = []
        with contextlib.suppress(queue.Empty):
            one = self._asked.get(timeout=LOOK_S)
            while True:
                if one is not None and one[1].set_running_or_notify_cancel():
                    found.append(one)
                if len(found) == TOGETHER:
                    break
                one = self._asked.get_nowait()
        return found

    def _do(self, together: list[_Asked]) -> None:
        """Each is answered, whatever happens."""
        if not together:
            return
        answers: list[Answer] = [LisaError(ENDED)] * len(together)
        try:
            answers = self._kept.do([wish for wish, _ in together])
        except (LisaError, *OF_A_MESSAGE) as error:
            answers = [error] * len(together)
        finally:  # also by a fault of ours
            for (_, waiting), answer in zip(together, answers, strict=True):
                if isinstance(answer, Done):
                    waiting.set_result(answer)
                else:
                    waiting.set_exception(answer)

    def _listen(self) -> None:
        while not self._ended.is_set():
            try:
                self._kept.wait(LOOK_S)
            except LisaError:
                self._ended.wait(LOOK_S)
            self._asked.put(None)
