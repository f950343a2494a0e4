"""The way from a step, which pytest calls, into the loop in which everything lives: one way in, two clocks."""

from __future__ import annotations

import asyncio
import contextlib
import io
import queue
import sys
import threading
import time
import traceback
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Protocol, TypeVar

from lisa_core.domain.model.errors import HarnessError
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.harness.settings import ClockName
from lisa_core.harness.text.language import say
from lisa_core.host.interruption import RUN

T = TypeVar("T")
DEFAULT_LIMIT_S = 120.0
_CLOSE_S = 0.8
ANSWER_S = 2.0
"""Seconds until a loop that does not answer after a step was given up counts as stuck in it."""
_STEP_TASK = "lisa-step"


class Portal(Protocol):
    """Runs coroutines of steps. `interrupted` is set once Ctrl-C came: from then on only what closes should run."""

    interrupted: bool

    def run(self, work: Coroutine[object, object, T], *, limit_s: float | None = None, more_s: float = 0.0) -> T:
        """Run to its end. `HarnessError` when the real clock says that takes too long; `more_s` is what it says itself.

        All tasks' stacks are a note of that error.
        """
        ...

    def now_us(self) -> int:
        """The loop's time."""
        ...

    def close(self) -> None:
        """Cancel what is left and end the loop. Twice is harmless."""
        ...


def open_portal(clock: ClockName, limit_s: float = DEFAULT_LIMIT_S) -> Portal:
    """Open the portal of a whole run."""
    return VirtualPortal(limit_s) if clock == "virtual" else RealPortal(limit_s)


class RealPortal:
    """One loop in a background thread: it runs on between the steps, as devices and calls need it to."""

    def __init__(self, limit_s: float = DEFAULT_LIMIT_S) -> None:
        self.interrupted = False
        self._limit_s = limit_s
        self._stuck = ""
        self._ended: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._started: Future[asyncio.AbstractEventLoop] = Future()
        self._end: asyncio.Event | None = None
        self._thread = threading.Thread(target=self._serve, name="lisa-loop", daemon=True)
        self._thread.start()
        self._loop = self._started.result()
        RUN.wakes(lambda: self._ended.put(False))

    def run(self, work: Coroutine[object, object, T], *, limit_s: float | None = None, more_s: float = 0.0) -> T:
        if self._stuck:
            work.close()
            raise HarnessError(self._stuck)
        _refuse_to_begin(self, work)
        limit_s = (limit_s or self._limit_s) + more_s
        ended = self._ended = queue.SimpleQueue()
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        future.add_done_callback(lambda _: ended.put(True))
        try:
            while not ended.get(timeout=limit_s):
                if not self.interrupted:
                    RUN.check()
        except queue.Empty:
            error = _too_long(limit_s, self._stacks())
            future.cancel()
            if not self._answers():  # a step that blocks has taken the loop with it: nothing can follow
                self._stuck = say("Seit ein Schritt davor nicht endete, steht alles still: {error}", error=error)
            raise error from None
        except KeyboardInterrupt:
            self.interrupted = True
            future.cancel()
            raise
        return future.result()

    def _answers(self) -> bool:
        """Whether the loop still runs."""
        answer: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._loop.call_soon_threadsafe(answer.put, True)
        try:
            return answer.get(timeout=ANSWER_S)
        except queue.Empty:
            return False

    def now_us(self) -> int:
        return round(self._loop.time() * 1_000_000)

    def close(self) -> None:
        if self._thread.is_alive() and self._end is not None:
            self._loop.call_soon_threadsafe(self._end.set)
            self._thread.join(_CLOSE_S)

    def _serve(self) -> None:
        async def stay() -> None:
            self._end = asyncio.Event()
            self._started.set_result(asyncio.get_running_loop())
            await self._end.wait()

        try:
            asyncio.run(stay())  # cancels every task that is left
        except BaseException as error:
            if self._started.done():
                raise
            self._started.set_exception(error)

    def _stacks(self) -> str:
        frame = sys._current_frames().get(self._thread.ident or 0)
        thread = "".join(traceback.format_stack(frame, limit=8)) if frame else ""
        return f"{_task_stacks(self._loop)}Faden der Schleife:\n{thread}"


class VirtualPortal:
    """A loop in virtual time in the main thread: it stands still between the steps."""

    def __init__(self, limit_s: float = DEFAULT_LIMIT_S) -> None:
        self.interrupted = False
        self._limit_s = limit_s
        self._runner = asyncio.Runner(loop_factory=VirtualLoop)

    def run(self, work: Coroutine[object, object, T], *, limit_s: float | None = None, more_s: float = 0.0) -> T:
        _refuse_to_begin(self, work)
        loop = self._virtual_loop()
        loop.limit(limit_s or self._limit_s)  # what a step says itself takes no time here
        task = loop.create_task(work, name=_STEP_TASK)
        try:
            return loop.run_until_complete(task)
        except KeyboardInterrupt:
            self.interrupted = True
            _let_go(loop, _pending_steps(loop))
            raise
        except HarnessError as error:
            if task.done() and not task.cancelled() and (own := task.exception()):
                raise own from None
            if steps := _pending_steps(loop):  # raised by the loop, not by the step
                error.add_note(_task_stacks(loop))
                _let_go(loop, steps)
            raise
        finally:
            loop.limit(None)

    def now_us(self) -> int:
        return self._virtual_loop().now_us

    def close(self) -> None:
        with contextlib.suppress(HarnessError):  # a task that hangs while it is cancelled; its scenario said so
            self._runner.close()

    def _virtual_loop(self) -> VirtualLoop:
        loop = self._runner.get_loop()
        if not isinstance(loop, VirtualLoop):
            raise HarnessError(say("Die virtuelle Uhr läuft in einer fremden Schleife: {loop}", loop=loop))
        return loop


def _refuse_to_begin(portal: Portal, work: Coroutine[object, object, object]) -> None:
    """Nothing begins after an interruption but what closes. Raises `KeyboardInterrupt` where it was not seen yet."""
    if RUN.came and not portal.interrupted:
        portal.interrupted = True
        try:
            RUN.check()
        except KeyboardInterrupt:
            work.close()
            raise


def _pending_steps(loop: VirtualLoop) -> list[asyncio.Task[object]]:
    return [task for task in asyncio.all_tasks(loop) if task.get_name() == _STEP_TASK]


def _let_go(loop: VirtualLoop, steps: list[asyncio.Task[object]]) -> None:
    """End a step that the loop gave up on; the scene's own task stays."""
    for task in steps:
        task.cancel()
    deadline_s = time.monotonic() + _CLOSE_S
    while not all(task.done() for task in steps) and time.monotonic() < deadline_s:
        loop.call_soon(loop.stop)
        loop.run_forever()


def _too_long(limit_s: float, stacks: str) -> HarnessError:
    what = say("Der Schritt hat nach {limit} s der echten Uhr nicht geendet.", limit=f"{limit_s:g}")
    error = HarnessError(what)
    error.add_note(stacks)  # told with -v, and in the report below the sentence
    return error


def _task_stacks(loop: asyncio.AbstractEventLoop) -> str:
    text = io.StringIO()
    for task in sorted(asyncio.all_tasks(loop), key=lambda task: task.get_name()):
        task.print_stack(limit=6, file=text)
    return text.getvalue()
