"""The workers of a nation, from the side of the one who hands out: no core idles, none is left behind.

A worker that dies (kill -9, no memory) is told, and its Landkreis is played again by a new one: it depends on its seed
alone. A fork of this process, prepared once, is at work in milliseconds and shares what it only reads; but a fork of a
process with several threads may hold another's lock for ever, so such a one starts its workers from scratch.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pickle import UnpicklingError

from lisa_core.domain.model.errors import MachineError
from lisa_core.harness.simulation.nation.order import NationOrder, Portion
from lisa_core.harness.simulation.nation.work import SIGNALS, DayOver, Failed, Played, work
from lisa_core.harness.simulation.play.order import Prepared
from lisa_core.host.program import unbroken

_FORK, _SPAWN = multiprocessing.get_context("fork"), multiprocessing.get_context("spawn")
TRIES = 3
"""How often a Landkreis is begun before it is given up."""
_DYING_S = 1.0
"""Longest time from the end of its pipe to its own."""
LOOK_S = 0.5
"""Longest time without news: whoever shows the progress wants to show that time passes."""


@dataclass(frozen=True, slots=True)
class Died:
    """A worker is gone, and with it a Landkreis, which is played again; `tries` times so far."""

    pid: int
    signal: int
    portion: Portion
    tries: int

    def __str__(self) -> str:
        how = signal.Signals(self.signal).name if self.signal in set(signal.Signals) else "von selbst"
        return f"Prozess {self.pid} ist gestorben ({how}) und mit ihm Landkreis {named(self.portion)}"


@dataclass(frozen=True, slots=True)
class Nothing:
    """Some time has passed."""


News = Played | DayOver | Died | Nothing


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    portion: Portion


def played(order: NationOrder, workers: int, first: Prepared) -> Generator[News]:
    """Play every portion with so many workers; close it to end them all at once.

    Raises:
        MachineError: a Landkreis was lost too often, or the machine lacks something.
        LisaError: as a worker said it.
    """
    crew = _Crew(order, first)
    try:
        for _ in range(min(workers, order.portions)):
            crew.start()
        while crew.workers:
            yield from crew.news()
    finally:
        crew.end()


class _Crew:
    def __init__(self, order: NationOrder, first: Prepared) -> None:
        self._order, self._first = order, first
        self._left = deque(range(order.portions))
        self._tries: Counter[int] = Counter()
        self._forks = threading.active_count() == 1
        self.workers: list[_Worker] = []
        gc.collect()

    def start(self) -> None:
        """One more worker, with its first portion. No signal is heard between its begin and our knowing of it."""
        if not self._left:
            return
        context = _FORK if self._forks else _SPAWN
        here, there = multiprocessing.Pipe()
        arguments = (there, self._order, os.getpid(), self._first if self._forks else None)
        portion = self._order.portion(self._left.popleft())
        with unbroken(SIGNALS):
            process = context.Process(target=work, args=arguments, daemon=True)
            process.start()
            self.workers.append(_Worker(process, here, portion))
        there.close()
        with suppress(OSError):  # it has died already: its end is seen where that of the others is
            here.send(portion.index)

    def news(self) -> Iterator[News]:
        """What the workers say next; whoever has nothing to do any more goes home."""
        ready = wait([worker.pipe for worker in self.workers], LOOK_S)
        if not ready:
            yield Nothing()
        for worker in [worker for worker in self.workers if worker.pipe in ready]:
            try:
                word = worker.pipe.recv()
            except (EOFError, OSError, UnpicklingError):
                yield self._replace(worker)
                continue
            if isinstance(word, Failed):
                raise word.error
            if isinstance(word, Played):
                self._next(worker)
            yield word

    def _next(self, worker: _Worker) -> None:
        if not self._left:
            self._dismiss(worker)
            return
        worker.portion = self._order.portion(self._left.popleft())
        with suppress(OSError):
            worker.pipe.send(worker.portion.index)

    def _replace(self, worker: _Worker) -> Died:
        self.workers.remove(worker)
        worker.pipe.close()
        worker.process.join(_DYING_S)
        worker.process.kill()
        worker.process.join()
        index = worker.portion.index
        self._tries[index] += 1
        died = Died(worker.process.pid or 0, -(worker.process.exitcode or 0), worker.portion, self._tries[index])
        if died.tries >= TRIES:
            raise MachineError(
                f"{died}, zum {died.tries}. Mal: So lässt er sich nicht spielen. Reicht der Arbeitsspeicher nicht, mit "
                "--workers weniger Prozesse nehmen; sonst sehen, wer sie beendet."
            )
        self._left.appendleft(index)
        self.start()
        return died

    def _dismiss(self, worker: _Worker) -> None:
        self.workers.remove(worker)
        with suppress(OSError):
            worker.pipe.send(None)
        worker.process.join()
        worker.pipe.close()

    def end(self) -> None:
        """At once: a worker holds nothing that anybody will miss."""
        for worker in self.workers:
            worker.process.kill()
        for worker in self.workers:
            worker.process.join()
            worker.pipe.close()
        self.workers.clear()


def named(portion: Portion) -> str:
    return f"{portion.kreis} (Startwert {portion.seed})"
