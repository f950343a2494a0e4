"""As what a paper is sent: as the PDF that it is, or drawn as raster for printers that read no PDF. Choice is pure.

A raster is chosen by what the printer says: grey before colour before black, the lowest resolution at or above 300 dpi,
else the highest below; PWG raster before URF, which nobody has published.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lisa_core.equipment.codecs.ipp.message import Group
from lisa_core.equipment.codecs.ipp.values import Attribute, Collection, Resolution, Tag, attribute
from lisa_core.equipment.codecs.raster.lines import RasterPage
from lisa_core.equipment.codecs.raster.pwg import SYNC, pwg_page
from lisa_core.equipment.codecs.raster.urf import urf_head, urf_page
from lisa_core.equipment.drivers.ipp.faults import words_of
from lisa_core.equipment.lines.programs.drawing import PROGRAM, Bitmap, Depth, DrawingError, can_draw, drawn

PDF, UNNAMED, PWG, URF = "application/pdf", "application/octet-stream", "image/pwg-raster", "image/urf"
A4, A4_MM = "iso_a4_210x297mm", (210, 297)
WISH_DPI = 300
_DEPTHS: Mapping[str, Depth] = {"sgray_8": "grey", "srgb_8": "colour", "black_8": "grey", "black_1": "black"}
"""The kinds of pixels that are drawn here, the best one first, and how."""
_MODES: Mapping[Depth, tuple[str, str]] = {"grey": ("L", "L"), "colour": ("RGB", "RGB"), "black": ("1", "1;I")}
"""Pillow's name of a picture, and of its bytes, of which a bit that is set is black."""
_INVERTED = bytes(range(255, -1, -1))
_URF_WORDS = (("W8", "sgray_8"), ("SRGB24", "srgb_8"))


class UnprintableError(Exception):
    """A paper cannot be brought into a form that the printer takes: why, as the end of a sentence about the printer."""


@dataclass(frozen=True, slots=True)
class PrintForm:
    """`media_type`: what a printer is told; `kind` and `dpi` of the raster, none of them for a PDF.

    `job`: what the job asks for besides.
    """

    media_type: str
    kind: str = ""
    dpi: int = 0
    job: Collection = ()


def chosen_form(printer: Group, *, unlisted_pdf: bool = False) -> PrintForm:
    """The form that this printer takes. Raises `UnprintableError` where there is none, or nothing here to draw it."""
    formats = words_of(printer, "document-format-supported")
    if PDF in formats or not formats:
        return PrintForm(PDF)
    if unlisted_pdf:
        return PrintForm(UNNAMED if UNNAMED in formats else PDF)
    raster = (_pwg(printer) if PWG in formats else None) or (_urf(printer) if URF in formats else None)
    if raster is None:
        others = ", ".join(one for one in formats if one != UNNAMED) or "Unbekanntes"
        raise UnprintableError(f"nimmt weder PDF noch Raster an, nur {others}: einen anderen Drucker verwenden.")
    if not can_draw():
        raise UnprintableError(f"nimmt kein PDF an; zum Zeichnen der Seiten fehlt „{PROGRAM}“ (apt: poppler-utils).")
    return raster


def _pwg(printer: Group) -> PrintForm | None:
    kinds = words_of(printer, "pwg-raster-document-type-supported") or ("sgray_8",)
    dots = printer.all("pwg-raster-document-resolution-supported")
    square = [one.across for one in dots if isinstance(one, Resolution) and one.across == one.along and _inch(one)]
    kind = next((one for one in _DEPTHS if one in kinds), "")
    return (
        PrintForm(PWG, kind, _nearest(square), tuple(_asked(printer))) if kind and bool(square) == bool(dots) else None
    )


def _urf(printer: Group) -> PrintForm | None:
    words = words_of(printer, "urf-supported")
    told = [dots for word in words if word.startswith("RS") for dots in word[2:].split("-")]
    kind = next((one for word, one in _URF_WORDS if any(word == said.split("-")[0] for said in words)), "")
    dpi = _nearest([int(one) for one in told if _is_dpi(one)])
    return PrintForm(URF, kind, dpi, tuple(_asked(printer))) if kind else None


def _inch(dots: Resolution) -> bool:
    return dots.units == 3 and _is_dpi(str(dots.across))


def _is_dpi(digits: str) -> bool:
    """More than 1200 dpi is more than a page that is drawn here may have."""
    return digits.isascii() and digits.isdigit() and len(digits) <= 4 and 50 <= int(digits) <= 1_200


def _nearest(offered: Sequence[int]) -> int:
    if not offered:
        return WISH_DPI
    return min(offered, key=lambda dpi: (dpi < WISH_DPI, abs(dpi - WISH_DPI)))


def _asked(printer: Group) -> Iterator[Attribute]:
    """One side of A4: a back that is drawn for one printer stands on its head in another (PWG 5102.4, 4.3.1)."""
    for name, value in (("media", A4), ("sides", "one-sided")):
        if value in words_of(printer, f"{name}-supported"):
            yield attribute(name, Tag.KEYWORD, value)


async def as_form(pdf: bytes, form: PrintForm) -> bytes:
    """The document as it is sent. Raises `UnprintableError`."""
    if not form.kind:
        return pdf
    pages = list[bytes]()
    try:
        async with contextlib.aclosing(drawn(pdf, form.dpi, _DEPTHS[form.kind])) as bitmaps:
            async for bitmap in bitmaps:
                pages.append(await asyncio.to_thread(_page, bitmap, form))
    except DrawingError as error:
        raise UnprintableError(f"nimmt kein PDF an, und {error}.") from error
    return b"".join((SYNC if form.media_type == PWG else urf_head(len(pages)), *pages))


def _page(bitmap: Bitmap, form: PrintForm) -> bytes:
    page = laid_out(bitmap, form)
    return pwg_page(page, size_name=A4) if form.media_type == PWG else urf_page(page)


def laid_out(bitmap: Bitmap, form: PrintForm) -> RasterPage:
    """A page as it is fed: A4 upright, whatever it measures; one that lies across is turned."""
    from PIL import Image  # where something is drawn: a booth whose printer reads PDF does without

    mode, raw = _MODES[_DEPTHS[form.kind]]
    picture = Image.frombytes(mode, (bitmap.width, bitmap.height), bitmap.data, "raw", raw)
    if bitmap.width > bitmap.height:
        picture = picture.transpose(Image.Transpose.ROTATE_90)
    width, height = (round(mm * form.dpi / 25.4) for mm in A4_MM)
    sheet = Image.new(mode, (width, height), "white")
    sheet.paste(picture)
    data = sheet.tobytes("raw", raw)
    if form.kind == "black_8":
        data = data.translate(_INVERTED)
    return RasterPage(form.kind, width, height, (form.dpi, form.dpi), data)
