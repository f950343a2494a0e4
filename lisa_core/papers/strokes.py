"""What was written on the pad, as a picture and as bytes to be sealed. Pure.

Only what touched the pad counts: the way the pen hovers is nobody's business.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import hypot

from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.json_types import JsonDict, JsonMap
from lisa_core.domain.model.readings import PadInfo, PenSample

MIN_EXTENT = 500
"""Pad units, about 5 mm on the usual pads (100 per mm): whatever stays within is a dot, however long it was pressed."""

WIDTHS = (50, 70, 90)
"""Width of a stroke in pad units for a light, a usual and a strong hand (thirds of the full pressure)."""
INK = "#16245c"
_LARGEST = 108 * 72 / 25.4
"""Points: a pad is drawn as wide as it is, 108 mm, or smaller."""


def strokes(samples: Iterable[PenSample]) -> list[list[PenSample]]:
    """The runs of samples during which the pen touched, each at least one sample long."""
    return [list(run) for down, run in groupby(samples, key=lambda seen: seen.down) if down]


def is_signature(samples: Iterable[PenSample]) -> bool:
    """Whether at least one stroke has a sensible extent; three crosses are a signature, a dot is none."""
    return any(_extent(stroke) >= MIN_EXTENT for stroke in strokes(samples))


def signature_svg(samples: Iterable[PenSample], info: PadInfo) -> str:
    """An SVG of the whole pad in its own units, one path per stroke; the same strokes give the same text."""
    paths = "".join(_path(stroke, info) for stroke in strokes(samples))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {info.max_x} {info.max_y}" role="img"'
        f' aria-label="Unterschrift"><g fill="none" stroke="{INK}" stroke-linecap="round" stroke-linejoin="round">'
        f"{paths}</g></svg>"
    )


def canonical_strokes(samples: Iterable[PenSample], info: PadInfo) -> bytes:
    """The strokes as JSON bytes that are the same for the same writing: to be hashed and sealed.

    ASCII, keys sorted, no spaces. `strokes` holds per stroke its points as [microseconds since the first touch, x, y,
    pressure]; ranges and model of the pad say what the numbers mean.
    """
    written = strokes(samples)
    start_us = written[0][0].at_us if written else 0
    content = {
        "format": "lisa-strokes-1",
        "max_pressure": info.max_pressure,
        "max_x": info.max_x,
        "max_y": info.max_y,
        "model": info.model,
        "strokes": [[[p.at_us - start_us, p.x, p.y, p.pressure] for p in stroke] for stroke in written],
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode("ascii")


def _extent(stroke: Sequence[PenSample]) -> float:
    across, down = [seen.x for seen in stroke], [seen.y for seen in stroke]
    return hypot(max(across) - min(across), max(down) - min(down))


def _path(stroke: Sequence[PenSample], info: PadInfo) -> str:
    mean = sum(seen.pressure for seen in stroke) / len(stroke)
    width = WIDTHS[min(len(WIDTHS) - 1, int(mean * len(WIDTHS) / max(info.max_pressure, 1)))]
    points = [f"{seen.x} {seen.y}" for seen in stroke]
    # A line back to itself: with round ends that is a dot, where a mere "move to" would draw nothing.
    way = " ".join(points[1:] or points)
    return f'<path stroke-width="{width}" d="M{points[0]}L{way}"/>'


def pad_of(canonical: bytes) -> JsonDict:
    """What `canonical_strokes` has written. Raises `LisaError` for anything else."""
    try:
        pad: JsonDict = json.loads(canonical)
        ok = pad["max_x"] > 0 and pad["max_y"] > 0 and all(len(p) == 4 for s in pad["strokes"] for p in s)
    except (ValueError, KeyError, TypeError):
        ok = False
    if not ok:
        raise LisaError("Die Unterschrift ist nicht lesbar: bitte noch einmal unterschreiben.")
    return pad


def placed(pad: JsonMap, width: float, height: float) -> Iterator[list[tuple[float, float]]]:
    """The strokes in points from the lower left, cut to what was written; never larger than a pad 108 mm wide."""
    seen = [(point[1], point[2]) for stroke in pad["strokes"] for point in stroke]
    if not seen:
        return
    left, right = min(x for x, _ in seen), max(x for x, _ in seen)
    top, bottom = min(y for _, y in seen), max(y for _, y in seen)
    scale = min(_LARGEST / pad["max_x"], width / max(right - left, 1), height / max(bottom - top, 1))
    for stroke in pad["strokes"]:
        if stroke:
            yield [((x - left) * scale, (bottom - y) * scale) for _, x, y, _ in stroke]
