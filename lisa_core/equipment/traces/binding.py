"""`replay:FILE`, `replay:FILE?mode=tolerant&speed=fast`: the binding of a slot whose device is played.

Whoever reads a profile reads this: nothing of what plays is imported here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl

from lisa_core.domain.model.errors import ProfileError
from lisa_core.domain.model.nearest import nearest
from lisa_core.equipment.slots.origin import RECORDING

STRICT, TOLERANT = "strict", "tolerant"
REAL, FAST = "real", "fast"
_KEYS = {"mode": (STRICT, TOLERANT), "speed": (REAL, FAST)}
EXAMPLE = "replay:radar.trace?mode=tolerant"


@dataclass(frozen=True, slots=True)
class Replay:
    """Which recording, and how it is played."""

    path: Path
    mode: str = STRICT
    speed: str = REAL

    @property
    def binding(self) -> str:
        """As it stands in a profile."""
        said = [f"{key}={value}" for key, value in (("mode", self.mode), ("speed", self.speed))]
        return f"{RECORDING}{self.path}?{'&'.join(said)}"


def is_replay(binding: str) -> bool:
    """Whether this names a recording."""
    return binding.startswith(RECORDING)


def read_replay(binding: str) -> Replay:
    """What stands behind `replay:`. Raises `ProfileError` with what is right here."""
    path, _, query = binding.removeprefix(RECORDING).partition("?")
    if not path:
        raise ProfileError(f"„{binding}“: Hinter „{RECORDING}“ fehlt die Datei. Erwartet wird zum Beispiel {EXAMPLE}")
    said = dict(parse_qsl(query, keep_blank_values=True))
    for key, value in said.items():
        if key not in _KEYS:
            meant = nearest(key, _KEYS)
            raise ProfileError(f"„{binding}“: Die Angabe „{key}“ gibt es nicht.{meant}")
        if value not in _KEYS[key]:
            raise ProfileError(f"„{binding}“: {key} ist {' oder '.join(_KEYS[key])}, nicht „{value}“.")
    return Replay(Path(path), said.get("mode", STRICT), said.get("speed", REAL))


def beside(binding: str, folder: Path) -> str:
    """The same binding, its file seen from the folder of the profile that names it."""
    path, question, query = binding.removeprefix(RECORDING).partition("?")
    return f"{RECORDING}{folder / path}{question}{query}" if path else binding


def replay_faults(slot: str, driver: str, binding: str) -> Iterator[str]:
    """Why this recording cannot stand in this slot, a sentence for each reason."""
    from lisa_core.equipment.traces.entries import TraceError  # read where there is a recording
    from lisa_core.equipment.traces.reading import read_head

    try:
        head = read_head(read_replay(binding).path)
    except (ProfileError, TraceError) as error:
        yield str(error)
        return
    if slot not in head.slots:
        known = ", ".join(head.slots)
        yield (
            f"Die Aufzeichnung ist von {known} ({head.driver}), nicht von {slot}. "
            "Eine Aufzeichnung dieses Steckplatzes nehmen."
        )
    elif head.driver != driver:
        yield f"Die Aufzeichnung ist vom Treiber „{head.driver}“; hier steht „{driver}“. driver berichtigen."
