"""One edge: where inputs come from, what takes them, what it may say; and the guard that watches it do so."""

from __future__ import annotations

import asyncio
import atexit
import gc
import signal
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from types import FrameType

from lisa_core.domain.model.errors import LisaError
from tests.fuzz.mutation import Mutator

START_S = 0.05
"""Computing time that any input may cost..."""
BYTE_S = 20e-6
"""...and that each of its bytes may add: a parser that is linear stays far below, one that is not does not."""
HANGS_S = 20.0
"""After so much computing time an input counts as one that never ends."""
AGAIN = 4
"""So often what was slow is tried again before it is believed."""
MEMORY_MB = 200
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Edge:
    """One row of the table. `take` does with an input what the program does; it raises nothing but `allowed`.

    What an input must keep true (what was read can be written and read again) `take` asserts itself. `share` is how
    many of a million inputs it gets.
    """

    name: str
    seeds: Callable[[], Sequence[bytes]]
    mutate: Mutator
    take: Callable[[bytes, Random], object]
    share: int
    allowed: tuple[type[Exception], ...] = (LisaError,)
    byte_s: float = BYTE_S
    start_s: float = START_S


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: "ok", the name of an allowed error, or `fault`: what must not be."""

    said: str
    fault: str = ""
    kind: str = ""
    """Faults of one kind have one cause: what was raised, and in which line of ours."""


class Hangs(BaseException):
    """The time for one input is over; no decoder catches it by mistake."""


def input_of(edge: Edge, seed: int, number: int) -> bytes:
    """The input with this number: anyone makes the same one."""
    return edge.mutate(_chance(edge, seed, number), seeds_of(edge))


def outcome_of(edge: Edge, data: bytes, seed: int, number: int) -> Outcome:
    """Let the edge take it, watched. What was too slow once is slow only if it is so again: a page may have missed.

    What a machine loses to others is computing time to it: each try is held against a piece of work of known length.
    """
    outcome, took_s = _watched(edge, data, seed, number)
    most_s = edge.start_s + edge.byte_s * len(data)
    if took_s > most_s and not outcome.fault:
        gc.collect()
        took_s = min(_watched(edge, data, seed, number)[1] / slowness() for _ in range(AGAIN))
        if took_s > most_s:
            return Outcome(outcome.said, f"took {took_s:.3f} s for {len(data)} bytes, at most {most_s:.3f} s", "slow")
    return outcome


_QUICKEST_S = [float("inf")]


def slowness() -> float:
    """By what factor this machine is slower now than it was at its best in this process; at least 1."""
    took_s = _work_s()
    _QUICKEST_S[0] = min(_QUICKEST_S[0], took_s)
    return took_s / _QUICKEST_S[0]


def _work_s() -> float:
    began_s = time.thread_time()
    sum(number * number for number in range(30_000))
    return time.thread_time() - began_s


@cache
def seeds_of(edge: Edge) -> Sequence[bytes]:
    found = edge.seeds()
    assert found, edge.name
    return found


@cache
def runner() -> asyncio.Runner:
    """One loop for all edges whose decoder waits for something."""
    made = asyncio.Runner()
    atexit.register(made.close)
    return made


def _chance(edge: Edge, seed: int, number: int) -> Random:
    return Random(f"{edge.name}/{seed}/{number}")


def _watched(edge: Edge, data: bytes, seed: int, number: int) -> tuple[Outcome, float]:
    began_s = time.thread_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, HANGS_S)
    try:
        edge.take(data, _chance(edge, seed, ~number))
        outcome = Outcome("ok")
    except edge.allowed as error:
        outcome = Outcome(type(error).__name__)
    except Hangs:
        outcome = Outcome("hangs", f"did not end within {HANGS_S:g} s of computing", "hangs")
    except (Exception, RecursionError) as error:  # noqa: BLE001 -- whatever else it raises is what is looked for
        name = type(error).__name__
        outcome = Outcome(name, f"{name} at {_place(error)}: {str(error)[:300]}", f"{name} {_place(error)}")
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return outcome, time.thread_time() - began_s


def _place(error: BaseException) -> str:
    """The innermost line of this project in a traceback."""
    frames = traceback.extract_tb(error.__traceback__, limit=None)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_ROOT) and ".tox" not in frame.filename]
    return f"{Path(ours[-1].filename).relative_to(_ROOT)}:{ours[-1].lineno}"


class Watch:
    """Beside a campaign: computing time that never ends is interrupted, and the most memory it took is known."""

    def __enter__(self) -> Watch:
        self._before = signal.signal(signal.SIGVTALRM, _over)
        slowness()  # what it is at the beginning
        gc.collect()
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the high mark begins anew
        self._at_first_mb = _high_mark_mb()
        return self

    def __exit__(self, *error: object) -> None:
        signal.signal(signal.SIGVTALRM, self._before)

    @property
    def grown_mb(self) -> float:
        """By how much the memory of this process was larger than at the beginning, at most."""
        return _high_mark_mb() - self._at_first_mb


def _over(number: int, frame: FrameType | None) -> None:
    raise Hangs


def _high_mark_mb() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024
