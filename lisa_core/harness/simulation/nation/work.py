"""A worker process: it takes one Landkreis after the other, plays it, and sends back what came of it.

It owns nothing but its pipe and the log that it writes. Signals are its parent's to hear, who ends it; should the
parent be gone, it ends by itself within a second.
"""

from __future__ import annotations

import gc
import os
import signal
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TextIO

from lisa_core.domain.model.errors import HarnessError, LisaError, MachineError
from lisa_core.harness.simulation.nation.order import NationOrder, Portion, log_path, prepared_for
from lisa_core.harness.simulation.play.order import Prepared, Progress, load_people, play, prepare
from lisa_core.harness.simulation.play.totals import Totals, totals_of
from lisa_core.harness.simulation.rules.tally import Breach
from lisa_core.host.causes import cause, told_by
from lisa_core.host.machine import of_machine, refusal

ORPHAN_S = 1.0
SIGNALS = frozenset(filter(None, (getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP"))))


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a portion. `cpu_s` is what it cost; all else is the same on every machine."""

    portion: Portion
    digest: str
    totals: Totals
    breaches: tuple[Breach, ...]
    cpu_s: float


@dataclass(frozen=True, slots=True)
class DayOver:
    """A day of the portion with this index has been played."""

    index: int


@dataclass(frozen=True, slots=True)
class Failed:
    """A portion cannot be played, and trying again would not help."""

    error: LisaError


Word = Played | DayOver | Failed


def work(pipe: Connection, order: NationOrder, parent: int, first: Prepared | None = None) -> None:
    """The main function of the process; ends when it is sent None. `first` is what its parent has prepared."""
    _listen(parent)
    gc.freeze()
    with suppress(EOFError, ConnectionError):  # nobody is there any more to tell
        if first is None:
            first = prepare(order.each, load_people())
        while (index := pipe.recv()) is not None:
            pipe.send(_word(order, first, order.portion(index), pipe))
            gc.collect()  # booths, seats and exchange know each other


def _word(order: NationOrder, first: Prepared, portion: Portion, pipe: Connection) -> Word:
    try:
        return _play(order, first, portion, _telling(pipe, portion))
    except Exception as error:  # noqa: BLE001  # whatever it is, the parent tells it and ends the others
        return Failed(_told(error, portion))


def _telling(pipe: Connection, portion: Portion) -> Progress:
    return Progress(told=lambda: pipe.send(DayOver(portion.index)))


def _play(order: NationOrder, first: Prepared, portion: Portion, progress: Progress) -> Played:
    prepared = prepared_for(first, portion)
    with ExitStack() as stack:
        path = log_path(order, portion)
        sink = stack.enter_context(_open(path)) if path else None
        began_s = time.process_time()
        result = play(prepared, sink, progress)
        took_s = time.process_time() - began_s
    totals = totals_of(prepared.world, result, progress.marks, order.warmup)
    return Played(portion, result.digest, totals, tuple(result.breaches), took_s)


def _open(path: Path) -> TextIO:
    try:
        return path.open("w", encoding="utf-8")
    except OSError as error:
        raise refusal(f"{path}: In diese Datei lässt sich nicht schreiben ({cause(error)}).", error) from error


def _told(error: Exception, portion: Portion) -> LisaError:
    """As a user reads it; only the sentence travels through the pipe."""
    known = error if isinstance(error, LisaError) else of_machine(error)
    if known is not None:
        kind = next((kind for kind in (MachineError, HarnessError) if isinstance(known, kind)), LisaError)
        return kind(str(known))
    where = f"Landkreis {portion.kreis} (Startwert {portion.seed})"
    return HarnessError(f"{where}: Die Simulation ist gescheitert ({told_by(error, 'lisa_core')}).")


def _listen(parent: int) -> None:
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, lambda number, frame: None if os.getppid() == parent else os._exit(1))
    signal.setitimer(signal.ITIMER_REAL, ORPHAN_S, ORPHAN_S)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
