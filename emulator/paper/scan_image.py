"""What a scanner makes of a page in the world: cropped, in the colours and the format asked for. Pure and cached."""

from __future__ import annotations

import io
from collections.abc import Mapping
from enum import Enum

from PIL import Image

from emulator.paper.paper import blank_page, render_page, split_page
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.domain.model.readings import ScannedPage, ScanSettings
from lisa_core.equipment.codecs.escl import UNITS_PER_INCH, ColourMode, InputCaps, Region, ScanRequest, Source

ASKEW_DEGREES = 4
WHITE = (255, 255, 255)


class Look(Enum):
    """How a page comes out of a scanner."""

    AS_IT_IS = "as it is"
    BLANK = "blank"
    ASKEW = "askew"
    UPSIDE_DOWN = "upside down"


SHEET = Region()
"""A4: what every page here is drawn on."""
_MODES: Mapping[ColourMode, str] = {
    ColourMode.BLACK_WHITE: "1",
    ColourMode.GREY: "L",
    ColourMode.COLOUR: "RGB",
}
_ENCODERS: Mapping[str, tuple[str, JsonMap]] = {
    "image/jpeg": ("JPEG", {"quality": 85}),
    "image/png": ("PNG", {"compress_level": 3}),
    # No dates: the same page gives the same bytes.
    "application/pdf": ("PDF", {"creationDate": None, "modDate": None}),
}
MADE = tuple(_ENCODERS)
"""The formats in which a page can be had here, whatever a scanner says that it offers."""


def clipped(region: Region | None, caps: InputCaps) -> Region:
    """The part of its source that a region covers, of none the sheet; width or height 0 when it lies beside.

    A source that does not say how large it is ends with the sheet.
    """
    wanted = region or SHEET
    most_x, most_y = caps.max_width or SHEET.width, caps.max_height or SHEET.height
    x, y = min(wanted.x, most_x), min(wanted.y, most_y)
    return Region(x, y, min(wanted.width, most_x - x), min(wanted.height, most_y - y))


def pixels(request: ScanRequest) -> tuple[int, int, int]:
    """Width and height of the picture that comes of this, and the bytes of one of its lines before it is packed."""
    region = request.region or SHEET
    width, height = (
        round(length * request.resolution_dpi / UNITS_PER_INCH) for length in (region.width, region.height)
    )
    per_line = {ColourMode.BLACK_WHITE: (width + 7) // 8, ColourMode.GREY: width, ColourMode.COLOUR: 3 * width}
    return width, height, per_line[request.colour_mode]


_KEPT: dict[tuple[str, ScanRequest, Look], bytes] = {}
MOST_KEPT = 16


def kept(page: str, request: ScanRequest, look: Look) -> bytes | None:
    """What `scan_page` has made of this lately, without making anything."""
    return _KEPT.get((page, request, look))


def scan_page(page: str, request: ScanRequest, look: Look = Look.AS_IT_IS) -> bytes:
    """Scan one page, named "document:page"; "" is the empty glass. What lies beside the sheet is white as the lid.

    Raises `HarnessError` for an unknown page.
    """
    if (found := kept(page, request, look)) is not None:
        return found
    made = _scan(page, request, look)
    while len(_KEPT) >= MOST_KEPT:
        _KEPT.pop(next(iter(_KEPT)), None)
    _KEPT[page, request, look] = made
    return made


def _scan(page: str, request: ScanRequest, look: Look) -> bytes:
    dpi, region = request.resolution_dpi, request.region or SHEET
    picture = render_page(*split_page(page), dpi) if page and look is not Look.BLANK else blank_page(dpi)
    if look is Look.ASKEW:
        picture = picture.rotate(ASKEW_DEGREES, Image.Resampling.BILINEAR, fillcolor=WHITE)
    elif look is Look.UPSIDE_DOWN:
        picture = picture.transpose(Image.Transpose.ROTATE_180)
    width, height, _ = pixels(request)
    left, top = (round(length * dpi / UNITS_PER_INCH) for length in (region.x, region.y))
    if (left, top, width, height) != (0, 0, *picture.size):
        seen = Image.new("RGB", (width, height), "white")
        seen.paste(picture, (-left, -top))
        picture = seen
    return _encoded(_coloured(picture, request.colour_mode), request.media_type, dpi)


def scanned_page(page: str, settings: ScanSettings, look: Look = Look.AS_IT_IS) -> ScannedPage:
    """The same for a scanner that is only thought of: what the driver would hand on."""
    mode = ColourMode.COLOUR if settings.colour else ColourMode.GREY
    request = ScanRequest(Source.PLATEN, mode, "image/jpeg", settings.resolution_dpi, SHEET)
    return ScannedPage(scan_page(page, request, look), request.media_type, request.resolution_dpi)


def _coloured(picture: Image.Image, mode: ColourMode) -> Image.Image:
    if picture.mode == _MODES[mode]:
        return picture  # a copy of a page at 300 dpi takes 35 MB
    if mode is ColourMode.BLACK_WHITE:
        return picture.convert("L").convert("1", dither=Image.Dither.NONE)
    return picture.convert(_MODES[mode])


def _encoded(picture: Image.Image, media_type: str, dpi: int) -> bytes:
    name, options = _ENCODERS[media_type]
    if name == "JPEG" and picture.mode == "1":
        picture = picture.convert("L")
    resolution = {"resolution": dpi} if name == "PDF" else {"dpi": (dpi, dpi)}
    out = io.BytesIO()
    picture.save(out, name, **resolution, **options)
    return out.getvalue()
