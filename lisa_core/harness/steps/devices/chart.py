"""What a scan of the printed chart (`fixtures/documents/strichtafel.toml`) says of a scanner. Pure.

The chart is a frame of black bars, 170 mm from the left edge of the first to the left edge of the last, and a field
of upright strokes that are half a millimetre wide, half a millimetre apart.
"""

from __future__ import annotations

import io
from itertools import pairwise

import numpy as np
from PIL import Image, UnidentifiedImageError

FRAME_MM = 170.0
_MM_PER_INCH = 25.4
_DARK = 128
_BAR_SHARE = 0.5
"""A column of the frame is dark over at least this share of the height of its band."""
FRAME_BAND, STROKES_BAND = (0.20, 0.26), (0.36, 0.42)
"""Where on the page the frame and the field lie, as shares of its height."""


def pixels(data: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]] | None:
    """The picture in grey; None for what is none."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return np.asarray(picture.convert("L"))
    except (UnidentifiedImageError, OSError, ValueError):
        return None


def scale_error(data: bytes, dpi: int) -> float | None:
    """By how many per cent the picture's scale differs from `dpi`; None where the frame is not to be found."""
    picture = pixels(data)
    if picture is None or dpi <= 0:
        return None
    dark = (_band(picture, FRAME_BAND) < _DARK).mean(axis=0) > _BAR_SHARE
    starts = [here for here, (before, now) in enumerate(pairwise(dark), start=1) if now and not before]
    if len(starts) < 2:
        return None
    found_mm = (starts[-1] - starts[0]) * _MM_PER_INCH / dpi
    return abs(found_mm / FRAME_MM - 1) * 100


def contrast(data: bytes) -> float | None:
    """How much the fine strokes stand out, in per cent of black on white; None where there is no picture."""
    picture = pixels(data)
    if picture is None:
        return None
    rows = _band(picture, STROKES_BAND)
    profile = rows[:, rows.shape[1] // 5 : rows.shape[1] * 4 // 5].mean(axis=0)
    low, high = np.percentile(profile, (10, 90))
    return float((high - low) / (high + low) * 100) if high + low else 0.0


def _band(
    picture: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], band: tuple[float, float]
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    top, bottom = (round(share * picture.shape[0]) for share in band)
    return picture[top:bottom]
