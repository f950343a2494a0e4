"""Where in a picture of the table a page lies, and how finely it is seen there. Pure.

A page is what is brighter than the table around it. The chart on it is that of the scanner (`devices.chart`).
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from lisa_core.domain.model.frames import Frame
from lisa_core.harness.steps.devices.chart import FRAME_BAND, FRAME_MM, STROKES_BAND

_MM_PER_INCH = 25.4
_SHARE = 0.3
"""Where a row or a column has so much bright in it, there is the page."""
LEAST = 100
"""Fewer pixels across are no page."""
Grey = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def page_in(frame: Frame) -> Grey | None:
    """The page alone, in grey; None where none is to be seen."""
    picture: Grey = np.frombuffer(frame.rgb, np.uint8).reshape(frame.height, frame.width, 3).mean(axis=2)
    low, high = np.percentile(picture, (2, 98))
    if high - low < 20:
        return None
    bright = picture > (low + high) / 2
    rows = np.flatnonzero(bright.mean(axis=1) > _SHARE)
    if len(rows) < LEAST:
        return None
    columns = np.flatnonzero(bright[rows[0] : rows[-1] + 1].mean(axis=0) > _SHARE)
    if len(columns) < LEAST:
        return None
    page: Grey = picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return page


def fineness_dpi(page: Grey) -> float | None:
    """How many pixels an inch of the chart has; None where its frame is not to be found."""
    band = _band(page, FRAME_BAND)
    dark = (band < (band.min() + band.max()) / 2).mean(axis=0) > 0.5
    starts = [here for here, (before, now) in enumerate(pairwise(dark), start=1) if now and not before]
    return None if len(starts) < 2 else (starts[-1] - starts[0]) * _MM_PER_INCH / FRAME_MM


def contrast(page: Grey) -> float:
    """How much strokes of half a millimetre stand out, in per cent of black on white."""
    rows = _band(page, STROKES_BAND)
    profile = rows[:, rows.shape[1] // 5 : rows.shape[1] * 4 // 5].mean(axis=0)
    low, high = np.percentile(profile, (10, 90))
    return float((high - low) / (high + low) * 100) if high + low else 0.0


def _band(page: Grey, band: tuple[float, float]) -> Grey:
    top, bottom = (round(share * page.shape[0]) for share in band)
    return page[top:bottom]
