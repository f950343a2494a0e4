"""Ctrl-C, SIGTERM and SIGHUP during `lisa run`: the first is heard at once, those after it change nothing.

Raised anywhere, KeyboardInterrupt breaks into whatever runs: half a report, a task of the booth, pytest's own books. So
the signal is noted, said, and acted on where that is safe: where the run waits, and at `check`. Only code that does
not come there by itself within a second (a step that blocks) is broken into. It imports next to nothing: `lisa`
listens from its first moment on.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

SIGNALS = tuple(filter(None, (getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP"))))
CODE = 130
BREAK_IN_S = 1.0
"""Seconds without a check after which the main thread is interrupted; again and again, until it has noticed."""
AT_LAST_S = 9.0
"""Seconds after which nobody waits any longer for the run to end by itself: its last words, and it is ended."""
REPORT_S, SHOWN_S = 60.0, 1.0
"""Seconds more for a report that is still owed, where a machine is so slow, and for what is said after it."""


class Interruption:
    """What one process of a run knows of being interrupted; signals are heard in the main thread."""

    def __init__(self) -> None:
        self.came = False
        """Whether it was interrupted: from then on nothing begins any more."""
        self.said = "abgebrochen"
        """The text that is printed at once; "" in a process that nobody reads."""
        self._over = self._noticed = self._breaking = self._open = self._armed = False
        self._heard: queue.SimpleQueue[bool] = queue.SimpleQueue()  # may be used by a handler at any moment
        self._wake: Callable[[], None] | None = None
        self._last = contextlib.ExitStack()
        self._reported = threading.Event()
        self._reported.set()
        self._main = threading.main_thread()
        self._guard: threading.Thread | None = None
        self._out = 1

    def listen(self) -> dict[int, Any]:
        """Take the signals over for good; returns what handled them before. Only the main thread can hear."""
        if threading.current_thread() is not self._main:
            return {}
        if self._guard is None:
            with contextlib.suppress(OSError, ValueError, AttributeError):
                self._out = os.dup(sys.stdout.fileno())  # pytest captures the one that everybody knows
            self._guard = threading.Thread(target=self._watch, name="lisa-interrupts", daemon=True)
            self._guard.start()
        if not self.came:
            self._over = self._noticed = False
        return {number: signal.signal(number, self._signalled) for number in SIGNALS}

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """Take the signals over while the body runs."""
        before = self.listen()
        try:
            yield
        finally:
            self._armed = False
            self._last.pop_all()
            self._reported.set()
            for number, handler in before.items():
                ours = handler == self._signalled  # `lisa`'s: it ends now, and a late one must not kill it
                signal.signal(number, signal.SIG_IGN if ours else handler)

    def arm(self) -> None:
        """From here on what does not notice is broken into: whoever raises is caught."""
        self._armed = True

    def note(self) -> None:
        """It was interrupted."""
        if self.came or self._over:
            return
        self.came = True
        if self.said:
            with contextlib.suppress(OSError):  # past every lock: a handler runs in the middle of any other word
                os.write(self._out, f"\n{self.said}\n".encode())
        self._heard.put(True)
        if self._wake is not None:
            self._wake()

    def check(self) -> None:
        """Raises `KeyboardInterrupt`, once: where it is called that is safe."""
        if self.came and not self._noticed:
            self._noticed = True
            raise KeyboardInterrupt

    def breakable(self) -> _Breakable:
        """What runs in here may be broken into at any moment: code of others, and waiting."""
        return _Breakable(self)

    def wakes(self, wake: Callable[[], None] | None) -> None:
        """Call this when it comes, in a signal handler: it must not take a lock."""
        self._wake = wake

    def at_last(self, words: Callable[[], None]) -> None:
        """What to do when the run does not come to its end by itself: in another thread, the latest first, and then
        the process ends."""
        self._last.callback(words)

    def owe(self) -> None:
        """Until `reported` a report is owed: whoever ends the process waits for it."""
        self._reported.clear()

    def reported(self) -> None:
        """The report says that it was interrupted, or there will be none."""
        self._reported.set()

    def finishing(self) -> None:
        """The report is being written: nothing breaks in any more."""
        self._noticed = True

    def conclude(self) -> bool:
        """The report is written. True where nothing came; from then on a signal changes nothing."""
        self._over = not self.came
        return self._over

    def _signalled(self, number: int, frame: FrameType | None) -> None:
        if self._breaking:
            self._breaking, self._noticed = False, True
            raise KeyboardInterrupt
        self.note()
        if self._open:
            self.check()

    def _watch(self) -> None:
        """Break into what does not notice, and end what does not end."""
        self._heard.get()
        for _ in range(round(AT_LAST_S / BREAK_IN_S)):
            with contextlib.suppress(queue.Empty):
                self._heard.get(timeout=BREAK_IN_S)
            if self._armed and not self._noticed and self._main.ident is not None:
                self._breaking = True
                signal.pthread_kill(self._main.ident, SIGNALS[0])
        try:
            self._end()
        finally:
            os._exit(CODE)

    def _end(self) -> None:
        """What is left to do where nothing else comes to its end: the report, and the folders of this program."""
        try:
            speaking = threading.Thread(target=self._speak, name="lisa-last-words", daemon=True)
            speaking.start()  # apart: what nobody reads may hold it up for ever
            self._reported.wait(REPORT_S)
            speaking.join(SHOWN_S)
        finally:
            from lisa_core.host.temporary import remove_all  # it loads what has been loaded where there is a folder

            remove_all()

    def _speak(self) -> None:
        try:
            self._last.close()
        except BaseException as error:  # noqa: BLE001  # there is no report: that is said, and it ends
            os.write(self._out, f"{error}\n".encode())


class _Breakable:
    """Around every step of a run, so no generator."""

    __slots__ = ("_before", "_run")

    def __init__(self, run: Interruption) -> None:
        self._run, self._before = run, False

    def __enter__(self) -> None:
        self._run.check()
        self._before, self._run._open = self._run._open, True

    def __exit__(self, *_raised: object) -> None:
        self._run._open = self._before


RUN = Interruption()
"""That of this process."""
