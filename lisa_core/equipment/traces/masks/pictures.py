"""What a picture is, by its first bytes: kind, size, colours. Pure, and for any bytes.

Sources: ITU-T T.81, B.2.2 (frame header of JPEG); PNG specification, 11.2.2 (IHDR).
"""

from __future__ import annotations

from lisa_core.equipment.traces.entries import PictureShape

_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_GREY = (0, 4)
_TAILS = {"image/jpeg": b"\xff\xd9", "image/png": b"IEND\xaeB`\x82"}
_END = 1024


def picture_in(data: bytes) -> PictureShape | None:
    """What these bytes are a picture of; None where they are none, or break off before they say their size."""
    if data.startswith(_PNG) and data[12:16] == b"IHDR" and len(data) >= 26:
        width, height = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
        return _picture("image/png", width, height, data[25] in _GREY, data)
    if data.startswith(_JPEG):
        return _jpeg(data)
    return None


def _jpeg(data: bytes) -> PictureShape | None:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # filled up
            at += 1
        elif marker in _FRAMES:
            height, width = (int.from_bytes(data[at + 5 + two : at + 7 + two], "big") for two in (0, 2))
            return _picture("image/jpeg", width, height, data[at + 9] == 1, data)
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def _picture(media_type: str, width: int, height: int, grey: bool, data: bytes) -> PictureShape | None:
    if not (width and height):
        return None
    return PictureShape(media_type, width, height, grey, len(data), _TAILS[media_type] in data[-_END:])
