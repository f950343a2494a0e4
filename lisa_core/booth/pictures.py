"""Pictures on their way into the case and to the desk."""

from __future__ import annotations

import io

from PIL import Image

from lisa_core.model.frames import Frame

PREVIEW_PX = 900
PREVIEW_BYTES = 150_000


def jpeg_of(frame: Frame) -> bytes:
    """A still of what the camera sees, in its full resolution."""
    return _jpeg(Image.frombytes("RGB", (frame.width, frame.height), frame.rgb), 90)


def small_jpeg(data: bytes) -> bytes:
    """A picture small enough for one message of the link."""
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    picture.thumbnail((PREVIEW_PX, PREVIEW_PX))
    for quality in (80, 60, 40):
        small = _jpeg(picture, quality)
        if len(small) <= PREVIEW_BYTES:
            return small
    picture.thumbnail((PREVIEW_PX // 2, PREVIEW_PX // 2))
    return _jpeg(picture, 40)


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()
