"""From RGB to the colours of a codec: only the rows are converted that have changed since the picture before.

To convert a whole picture takes as long as to code it. On a table nothing moves for most of the time, and the emulated
cameras change a line of digits; a real sensor that is never quite still costs the comparison on top, a fiftieth.
"""

from __future__ import annotations

import av
import numpy as np
from av.video.plane import VideoPlane
from av.video.reformatter import VideoReformatter

FORMAT = "yuv420p"
MOST = 0.5
"""When more of the rows than this share have changed, the whole picture is converted."""
_REACH = 2
"""A changed row changes what is made of so many beside it: the colours of a pair are made of its neighbours, too."""
_STEP = 16
"""Pixels that the scaler takes at once. Where the last of them are in the next row, what is made of a part differs."""

Rows = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]


class ChangedRows:
    """Converts the pictures of one source, in order."""

    def __init__(self) -> None:
        self._whole, self._part = VideoReformatter(), VideoReformatter()
        self._before: Rows | None = None
        self._made: av.VideoFrame | None = None

    def converted(self, picture: av.VideoFrame) -> av.VideoFrame:
        """An RGB picture (rgb24, even sides) as yuv420p with its time. It is valid until the next one is asked for."""
        rows, before, made = rows_of(picture), self._before, self._made
        self._before = rows
        if before is None or made is None or before.shape != rows.shape or picture.width % _STEP:
            made = self._made = self._whole.reformat(picture, format=FORMAT, threads=1)
        elif band := _wider(_band(before, rows), len(rows)):
            if len(band) > MOST * picture.height:
                made = self._made = self._whole.reformat(picture, format=FORMAT, threads=1)
            else:
                self._convert(rows, band, picture.width, made)
        made.pts, made.time_base = picture.pts, picture.time_base
        return made

    def _convert(self, rows: Rows, band: range, width: int, made: av.VideoFrame) -> None:
        around = _wider(band, len(rows))
        pixels = rows[around.start : around.stop, : 3 * width].reshape(len(around), width, 3)
        part = self._part.reformat(av.VideoFrame.from_ndarray(pixels, "rgb24"), format=FORMAT, threads=1)
        for place, (here, there) in enumerate(zip(part.planes, made.planes, strict=True)):
            halved = 2 if place else 1
            lines = slice((band.start - around.start) // halved, (band.stop - around.start) // halved)
            _lines(there)[band.start // halved : band.stop // halved, : here.width] = _lines(here)[lines, : here.width]


def rows_of(picture: av.VideoFrame) -> Rows:
    """The bytes of an RGB picture, row by row; not copied."""
    return _lines(picture.planes[0])


def _lines(plane: VideoPlane) -> Rows:
    return np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)


def _band(before: Rows, rows: Rows) -> range:
    """The rows from the first to the last that has changed, in whole pairs."""
    words = np.uint64 if rows.shape[1] % 8 == 0 else np.uint8
    changed = np.flatnonzero((before.view(words) != rows.view(words)).any(axis=1))
    return range(changed[0] // 2 * 2, changed[-1] // 2 * 2 + 2) if changed.size else range(0)


def _wider(band: range, height: int) -> range:
    return range(max(0, band.start - _REACH), min(height, band.stop + _REACH)) if band else band
