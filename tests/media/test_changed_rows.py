"""What was converted in part is what the scaler makes of the whole picture, to the last byte."""

from __future__ import annotations

import av
import numpy as np
import pytest
from aiortc.mediastreams import VIDEO_TIME_BASE

from lisa_core.domain.model.frames import Frame
from lisa_core.equipment.media.pictures import to_av
from lisa_core.equipment.media.rtp.changed_rows import MOST, ChangedRows

PICTURES = 80


@pytest.mark.parametrize("size", [(960, 540), (160, 120), (1202, 46), (16, 2), (6, 64)])
def test_a_picture_converted_in_part_is_the_whole_one(size: tuple[int, int]) -> None:
    """Some rows of each are new, anywhere: none, one, a few at the edges, nearly all; now and then another size."""
    chance, ours = np.random.default_rng(size), ChangedRows()
    width, height = size
    rgb = chance.integers(0, 256, (height, width, 3), np.uint8)
    for number in range(PICTURES):
        top = chance.integers(0, height)
        share = chance.choice((0, 1 / height, 0.05, MOST, 1))
        band = rgb[top : top + round(share * height)]
        band[...] = chance.integers(0, 256, band.shape, np.uint8)
        shown = rgb[:2] if number % 20 == 19 else rgb
        picture = to_av(Frame(width, len(shown), shown.tobytes(), 0))
        picture.pts, picture.time_base = number, VIDEO_TIME_BASE
        made = ours.converted(picture)
        assert (made.pts, made.time_base, made.format.name) == (number, VIDEO_TIME_BASE, "yuv420p")
        assert np.array_equal(made.to_ndarray(), picture.reformat(format="yuv420p").to_ndarray())


def test_what_did_not_change_is_not_converted_again() -> None:
    """Seen by what is made: a whole picture is another one, a part is written into the one before."""
    ours = ChangedRows()
    rgb = np.zeros((120, 160, 3), np.uint8)
    before: av.VideoFrame | None = None
    for changed, same in ((0, False), (0, True), (10, True), (119, False)):
        rgb[:changed] += 1
        picture = to_av(Frame(160, 120, rgb.tobytes(), 0))
        picture.pts, picture.time_base = 0, VIDEO_TIME_BASE
        made = ours.converted(picture)
        assert (made is before) is same
        before = made
