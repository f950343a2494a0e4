"""The bytes of a content as they are played: what was left out of a recording is drawn anew, and is of nobody."""

from __future__ import annotations

import io
from functools import lru_cache

from lisa_core.equipment.traces.entries import Content, Part, PictureShape, Plain

_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}
_ROWS = 24
"""A drawn page has so many grey lines: it is no empty one."""


def played(content: Content) -> bytes:
    """All of it, one part after the other."""
    return b"".join(map(part_bytes, content))


def part_bytes(part: Part) -> bytes:
    """Of a picture one of its size and kind, of a blank as many noughts."""
    if isinstance(part, Plain):
        return part.data
    if isinstance(part, PictureShape):
        page = _page(part.media_type, part.width, part.height, part.grey)
        return page if part.whole else page[: len(page) // 2]
    return bytes(part.size)


@lru_cache(maxsize=8)
def _page(media_type: str, width: int, height: int, grey: bool) -> bytes:
    from PIL import Image, ImageDraw  # where something is drawn

    image = Image.new("L" if grey else "RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    edge, step = width // 10, max(2, height // (_ROWS + 4))
    for row in range(2, _ROWS + 2):
        right = width - edge - (row * 7919 % max(1, width // 3))
        draw.rectangle((edge, row * step, max(edge, right), row * step + step // 3), fill="#606060")
    draw.rectangle((0, 0, width - 1, height - 1), outline="#a0a0a0")
    made = io.BytesIO()
    image.save(made, _FORMATS.get(media_type, "JPEG"))
    return made.getvalue()
