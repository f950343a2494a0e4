"""The picture under which somebody signs: a sentence, and a line to write on, in the size and colours of the pad."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from lisa_core.equipment.codecs.stu import reports as stu

_ONE_BIT, _ONE_BIT_ZLIB, _FULL_COLOUR = 0, 1, 4
_CAN_ZLIB, _CAN_FULL_COLOUR = 0b1, 0b1000
_WHITE, _BLACK, _LINE = "white", "black", 0.78
MOST = 200
"""Characters of the sentence: more fits no pad."""


@dataclass(frozen=True, slots=True)
class Picture:
    """As it goes to the pad: `StartImageData.encoding` and the bytes."""

    encoding: int
    data: bytes


def picture(text: str, can: stu.Capability, pixels: str, *, small: bool = False) -> Picture:
    """The sentence at the top, broken into lines, and the line below, drawn for a pad that can do this.

    `small`: in one bit where the pad takes that, for a slow line.
    """
    colour = bool(can.encodings & _CAN_FULL_COLOUR) and not (small and can.encodings & _CAN_ZLIB)
    size = (can.screen_width, can.screen_height)
    image = Image.new("RGB" if colour else "1", size, _WHITE)
    draw = ImageDraw.Draw(image)
    draw.fontmode = "L" if colour else "1"
    font = ImageFont.load_default(max(10, can.screen_height // 12))
    edge = can.screen_width // 20
    lines = _broken(draw, text[:MOST], font, can.screen_width - 2 * edge)
    draw.multiline_text((edge, edge // 2), lines, _BLACK, font)
    y, x = round(can.screen_height * _LINE), edge
    draw.line((2 * edge, y, can.screen_width - edge, y), _BLACK, max(1, can.screen_height // 200))
    cross = edge // 3
    draw.line((x - cross, y - 2 * cross, x + cross, y), _BLACK, 1)
    draw.line((x - cross, y, x + cross, y - 2 * cross), _BLACK, 1)
    if colour:
        return Picture(_FULL_COLOUR, image.tobytes("raw", pixels.upper()))
    if can.encodings & _CAN_ZLIB:
        return Picture(_ONE_BIT_ZLIB, zlib.compress(image.tobytes()))
    return Picture(_ONE_BIT, image.tobytes())


def _broken(
    draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, width: int
) -> str:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if draw.textlength(longer, font) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(line for line in lines if line)
