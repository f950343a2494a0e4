"""What the two cameras see, drawn with Pillow: pure functions from a key to a picture, each picture drawn once.

The citizen is a friendly figure, plainly no real person. Every picture bears the mark "SIMULIERT".
"""

from __future__ import annotations

import functools
import importlib.resources
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from PIL import Image, ImageDraw, ImageFont

from emulator.paper.paper import render_page
from emulator.world.world import DOOR_CM, PAN_MOST, SEAT_CM, TILT_MOST, ZOOM_MOST, World

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Picture: TypeAlias = "NDArray[np.uint8]"
"""Rows top down, columns, RGB."""

CITIZEN_SIZE = (960, 540)
DOCUMENT_SIZE = (1200, 1600)
"""The camera over the table hangs upright, so that an A4 page fills its picture."""
PAGE_DPI = 130
NEAREST = 4
"""So many times larger is everything when the camera is zoomed in as far as it goes."""
PHASES = 4
PHASE_US = 250_000

_WALL, _FLOOR, _DOOR, _OUTSIDE = (226, 220, 208), (150, 140, 128), (120, 92, 66), (206, 228, 240)
_SKIN, _HAIR, _INK, _TABLE = (236, 202, 172), (92, 66, 48), (36, 40, 46), (88, 94, 98)
_COATS = ((46, 110, 106), (120, 70, 96))


@dataclass(frozen=True, slots=True)
class CitizenKey:
    """All that matters of the world for the citizen's camera; `phase` moves the figure."""

    distances_cm: tuple[int, ...]
    seated: bool
    speaking: bool
    door_open: bool
    phase: int


@dataclass(frozen=True, slots=True)
class DocumentKey:
    """What lies on the table: a page, or nothing (""); and how the camera is turned, in the steps of its head."""

    document: str
    page: int = 1
    pan: int = 0
    tilt: int = 0
    zoom: int = 0


def citizen_key(world: World, now_us: int) -> CitizenKey:
    """Reduce the world to what the citizen's camera sees."""
    return CitizenKey(
        distances_cm=tuple(person.distance_cm for person in world.people[:2]),
        seated=bool(world.people) and world.people[0].seated,
        speaking=now_us < world.voice_until_us,
        door_open=world.door_open,
        phase=now_us // PHASE_US % PHASES if world.people else 0,
    )


def document_key(world: World, now_us: int) -> DocumentKey:
    """Reduce the world to what the camera over the table sees."""
    document, _, page = world.table.partition(":")
    head = world.head
    return DocumentKey(document, int(page or 1), head.pan.at(now_us), head.tilt.at(now_us), head.zoom.at(now_us))


@functools.lru_cache(maxsize=4)
def draw_citizen(key: CitizenKey) -> Picture:
    """Draw the booth from the screen's side, with whoever is in it."""
    return _frozen(citizen_image(key))


def citizen_image(key: CitizenKey) -> Image.Image:
    """The same for Pillow, drawn anew."""
    image = Image.new("RGB", CITIZEN_SIZE, _WALL)
    pen = ImageDraw.Draw(image)
    pen.rectangle([0, 440, 960, 540], fill=_FLOOR)
    pen.rectangle([60, 110, 250, 450], fill=_OUTSIDE if key.door_open else _DOOR, outline=_INK, width=4)
    if not key.door_open:
        pen.ellipse([222, 280, 238, 296], fill=_OUTSIDE)
    for place, distance_cm in reversed(list(enumerate(key.distances_cm))):
        _figure(pen, key, place, distance_cm)
    pen.rounded_rectangle([280, 490, 940, 560], radius=18, fill=_TABLE)
    pen.text((940, 16), "SIMULIERT · Kamera", font=font(22), fill=_INK, anchor="ra")
    return image


def _figure(pen: ImageDraw.ImageDraw, key: CitizenKey, place: int, distance_cm: int) -> None:
    seated = key.seated and place == 0
    size = max(0.45, min(1.1, SEAT_CM / max(distance_cm, 1) + 0.15)) if seated else _standing_size(distance_cm)
    x, head = 500 + 220 * place + (0, 3, 0, -3)[key.phase], round(92 * size)
    y = round(540 - (330 if seated else 410) * size)
    pen.rounded_rectangle([x - 1.5 * head, y + head, x + 1.5 * head, 560], radius=head, fill=_COATS[place])
    pen.pieslice([x - head, y - 1.2 * head, x + head, y + head], 170, 370, fill=_HAIR)
    pen.ellipse([x - 0.85 * head, y - 0.9 * head, x + 0.85 * head, y + 0.95 * head], fill=_SKIN)
    for eye in (-0.32, 0.32):
        pen.ellipse(_around(x + eye * head, y - 0.12 * head, 0.07 * head), fill=_INK)
    if key.speaking and place == 0 and key.phase % 2 == 0:
        pen.ellipse(_around(x, y + 0.45 * head, 0.16 * head), fill=_HAIR)
    else:
        pen.arc(_around(x, y + 0.25 * head, 0.36 * head), 20, 160, fill=_INK, width=max(2, head // 20))


def _standing_size(distance_cm: int) -> float:
    nearness = 1 - min(max(distance_cm - SEAT_CM, 0), DOOR_CM) / DOOR_CM
    return 0.5 + 0.4 * nearness


def _around(x: float, y: float, radius: float) -> tuple[float, float, float, float]:
    return x - radius, y - radius, x + radius, y + radius


@functools.lru_cache(maxsize=2)
def draw_document(key: DocumentKey) -> Picture:
    """Draw the table from above. Raises `HarnessError` for a document that is not in the fixtures."""
    return _frozen(document_image(key))


def document_image(key: DocumentKey) -> Image.Image:
    """The same for Pillow, drawn anew."""
    width, height = DOCUMENT_SIZE
    image = Image.new("RGB", DOCUMENT_SIZE, _TABLE)
    if key.document:
        page = render_page(key.document, key.page, PAGE_DPI)
        image.paste(page, ((width - page.width) // 2, height - page.height - 20))
    if (key.pan, key.tilt, key.zoom) != (0, 0, 0):
        image = image.resize(DOCUMENT_SIZE, Image.Resampling.BILINEAR, _sight(key))
    pen = ImageDraw.Draw(image)
    pen.text((width - 62, 8), "SIMULIERT · Dokumentenkamera", font=font(32), fill="white", anchor="ra")
    return image


def _sight(key: DocumentKey) -> tuple[float, float, float, float]:
    """Which part of the table fills the picture; turned as far as it goes, the camera looks at its edge."""
    width, height = DOCUMENT_SIZE
    part = 1 / (1 + (NEAREST - 1) * min(max(key.zoom / ZOOM_MOST, 0), 1))
    left = (1 + min(max(key.pan / PAN_MOST, -1), 1)) / 2 * (1 - part) * width
    top = (1 - min(max(key.tilt / TILT_MOST, -1), 1)) / 2 * (1 - part) * height
    return left, top, left + part * width, top + part * height


@functools.lru_cache(maxsize=4)
def _digits(height: int) -> tuple[Picture, ...]:
    width = round(height * 0.7)
    tiles = []
    for digit in "0123456789":
        tile = Image.new("RGB", (width, height), "white")
        ImageDraw.Draw(tile).text((width / 2, height / 2), digit, font=font(height - 4), fill=_INK, anchor="mm")
        tiles.append(_frozen(tile))
    return tuple(tiles)


def stamp(picture: Picture, count: int) -> Picture:
    """Write the running number at its top left, so that no two pictures are the same; returns the same picture."""
    import numpy as np

    height = picture.shape[1] // 40
    row = np.concatenate([_digits(height)[int(digit)] for digit in f"{count % 1_000_000:06d}"], axis=1)
    picture[12 : 12 + height, 16 : 16 + row.shape[1]] = row
    return picture


@functools.cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Bitstream Vera, which reportlab brings along: no font of the machine is needed."""
    with importlib.resources.as_file(importlib.resources.files("reportlab") / "fonts" / "VeraBd.ttf") as path:
        return ImageFont.truetype(str(path), size)


def _frozen(image: Image.Image) -> Picture:
    import numpy as np

    picture = np.array(image)
    picture.flags.writeable = False
    return picture
