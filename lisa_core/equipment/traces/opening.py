"""A recording that begins to play: read, and joined with who judges what its driver does."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lisa_core.domain.model.errors import ProfileError
from lisa_core.equipment.slots.origin import Origin
from lisa_core.equipment.traces.binding import REAL, TOLERANT, read_replay
from lisa_core.equipment.traces.dialects import dialect_of
from lisa_core.equipment.traces.entries import Trace, TraceHead
from lisa_core.equipment.traces.masks.choice import mask_for
from lisa_core.equipment.traces.player import Player
from lisa_core.equipment.traces.reading import opened_time, read_trace
from lisa_core.equipment.traces.script import Script
from lisa_core.equipment.traces.strict import Strict
from lisa_core.equipment.traces.tolerant import Tolerant
from lisa_core.host.address import Grammar, read_address
from lisa_core.host.notices import tell_once


@dataclass(frozen=True, slots=True)
class Opened:
    """A recording that is about to be played: the tap, and the address that its driver is opened with."""

    player: Player
    head: TraceHead
    script: Script

    def address(self, grammar: Grammar) -> str:
        """That of the recording; where a driver could not read that one, an example of those that it reads."""
        with contextlib.suppress(ProfileError):
            read_address(self.head.binding, grammar)
            return self.head.binding
        return grammar.example.partition(" oder ")[0]

    @property
    def was_checked(self) -> bool:
        """Whether the device had to speak before it counted when it was recorded: then it is asked here, too."""
        return self.head.origin != Origin.EMULATED.value and not self.head.source


def open_replay(binding: str, *, acts: bool = False) -> Opened:
    """Read it and begin to play. `acts`: marks wait for `Script.reach`. Raises `ProfileError`, `TraceError`."""
    replay = read_replay(binding)
    trace = _read(replay.path, opened_time(replay.path))
    head = trace.head
    if trace.cut:
        tell_once(f"{trace.path}: {trace.cut}")
    real_time = replay.speed == REAL
    if replay.mode == TOLERANT:
        dialect = dialect_of(head.driver, head.binding)
        script: Script = Tolerant(trace, dialect, real_time=real_time, acts=acts)
    else:
        script = Strict(trace, real_time=real_time, acts=acts)
    return Opened(Player(script, mask_for(head.slots, head.driver), str(replay.path)), head, script)


@lru_cache(maxsize=16)
def _read(path: Path, changed_ns: int) -> Trace:
    """Read once for all the scenarios of a run, and again when it has changed."""
    return read_trace(path)
