"""A frame as a picture, and a picture as JPEG. Nothing here needs a codec of video."""

from __future__ import annotations

import io

from PIL import Image

from lisa_core.domain.model.frames import Frame

USUAL, STILL = 80, 90
"""JPEG quality, of 100: of a preview, and of a picture that is kept as a page."""


def image_of(frame: Frame) -> Image.Image:
    """The same picture for Pillow."""
    return Image.frombytes("RGB", (frame.width, frame.height), frame.rgb)


def jpeg_of(picture: Frame | Image.Image, quality: int = USUAL) -> bytes:
    """Compress it in its full resolution."""
    image = image_of(picture) if isinstance(picture, Frame) else picture
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()
