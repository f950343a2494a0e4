"""Stroke recordings played by the clock: where a pen is at each moment near the pad. Pure but for `load`."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from lisa_core.domain.model.errors import HarnessError, ProtocolError
from lisa_core.domain.model.nearest import nearest
from lisa_core.domain.model.readings import PenSample
from lisa_core.host.data import data_dir
from lisa_core.wire.json_text import read_json

LINGER_US = 100_000
"""How long the pen hovers after the last point of a recording, before it goes away."""

_MAX_POINTS, _MAX_BYTES = 20_000, 1_000_000


@dataclass(frozen=True, slots=True)
class Recording:
    """Points (t_ms, x, y, pressure), t_ms rising from 0, in pad units; pressure 0: near without touching."""

    title: str
    points: tuple[tuple[int, int, int, int], ...]

    @property
    def duration_us(self) -> int:
        """How long the pen is near."""
        return self.points[-1][0] * 1000 + LINGER_US


def sample(recording: Recording, elapsed_us: int) -> PenSample | None:
    """The pen `elapsed_us` after it came near, straight lines between the points; None before and when it is over."""
    if not 0 <= elapsed_us <= recording.duration_us:
        return None
    points = recording.points
    index = bisect_right(points, elapsed_us, key=lambda point: point[0] * 1000) - 1
    t_ms, x, y, pressure = points[max(index, 0)]
    if index + 1 == len(points):
        pressure = pressure if elapsed_us == t_ms * 1000 else 0
        return PenSample(elapsed_us, x, y, pressure, near=True, down=pressure > 0)
    next_ms, next_x, next_y, next_pressure = points[index + 1]
    share = (elapsed_us - t_ms * 1000) / ((next_ms - t_ms) * 1000)
    if pressure and next_pressure:
        pressure = round(pressure + share * (next_pressure - pressure))
    x, y = round(x + share * (next_x - x)), round(y + share * (next_y - y))
    return PenSample(elapsed_us, x, y, pressure, near=True, down=pressure > 0)


def load(name: str) -> Recording:
    """The recording of that name in fixtures/strokes, or the one that `name` itself is, as JSON (drawn by hand).

    Raises `HarnessError` that names the known ones.
    """
    if name.startswith("{"):
        return parse(name, "Die gezeichnete Unterschrift")  # never cached: it is somebody's own
    known = {file.stem: file for file in (data_dir("fixtures") / "strokes").glob("*.json")}
    if name not in known:
        raise HarnessError(f"Die Unterschrift „{name}“ gibt es nicht in fixtures/strokes.{nearest(name, known)}")
    return _read(known[name])


@cache
def _read(file: Path) -> Recording:
    return parse(file.read_text("utf-8"), f"fixtures/strokes/{file.name}")


def parse(text: str, where: str) -> Recording:
    """A recording from its JSON. Raises `HarnessError` that says `where` and what is wrong."""
    try:
        data = read_json(text, "strokes", max_bytes=_MAX_BYTES)
        points = tuple((int(t), int(x), int(y), int(pressure)) for t, x, y, pressure in data["points"])
        title = str(data.get("title", ""))
    except (ProtocolError, ValueError, KeyError, TypeError) as error:
        raise HarnessError(f"{where}: Das ist keine Unterschrift: {error!r}") from error
    times = [point[0] for point in points]
    if not 0 < len(points) <= _MAX_POINTS or times[0] != 0:
        raise HarnessError(f"{where}: Eine Unterschrift hat 1 bis {_MAX_POINTS} Punkte und beginnt bei 0 ms.")
    if any(later <= earlier for earlier, later in pairwise(times)):
        raise HarnessError(f"{where}: Die Zeiten der Punkte steigen nicht.")
    if not all(0 <= x <= 0xFFFF and 0 <= y <= 0xFFFF and 0 <= pressure <= 1023 for _, x, y, pressure in points):
        raise HarnessError(f"{where}: Ein Punkt liegt außerhalb von 0 bis 65535, oder sein Druck von 0 bis 1023.")
    return Recording(title, points)
