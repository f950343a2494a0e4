"""Who waits until something is heard: acts that searches do not know yet, and pages that want to be woken."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import Future

from sojus.store.replica import Done


class Waiting:
    """`at`: the last entry that was heard."""

    def __init__(self, at: int) -> None:
        self._at, self._lock = at, threading.Lock()
        self._done: list[tuple[Done, Future[Done]]] = []
        self._listeners: dict[int, Callable[[], None]] = {}
        self._count = 0

    def until_heard(self, kept: Future[Done]) -> Future[Done]:
        """The same result, when the entry has been heard: so whoever did something sees it in the next answer."""
        outer: Future[Done] = Future()
        outer.set_running_or_notify_cancel()  # whoever does not wait any more cannot stop it

        def take(inner: Future[Done]) -> None:
            if (error := inner.exception()) is not None:
                outer.set_exception(error)
                return
            done = inner.result()
            with self._lock:
                if done.number > self._at:
                    self._done.append((done, outer))
                    return
            outer.set_result(done)

        kept.add_done_callback(take)
        return outer

    def listen(self, wake: Callable[[], None]) -> Callable[[], None]:
        with self._lock:
            self._count += 1
            number = self._count
            self._listeners[number] = wake

        def end() -> None:
            with self._lock:
                self._listeners.pop(number, None)

        return end

    def heard(self, at: int, is_news: bool) -> None:
        """`is_news`: whether pages are to be woken."""
        with self._lock:
            self._at = max(self._at, at)
            ready = [one for one in self._done if one[0].number <= self._at]
            self._done = [one for one in self._done if one[0].number > self._at]
            listeners = list(self._listeners.values()) if is_news else []
        for done, outer in ready:
            outer.set_result(done)
        for wake in listeners:
            with contextlib.suppress(RuntimeError):  # its event loop has ended
                wake()

    def close(self) -> None:
        """What is kept is done, whether it was heard or not."""
        with self._lock:
            ready, self._done = self._done, []
        for done, outer in ready:
            outer.set_result(done)
