"""Pictures on their way into the case, to the desk and into the citizen's copy: what to do to one, and doing it.

A page comes from a device, so decoding it is done where it can harm nobody (`booth.imaging.workshop`). Its size is
known from
its first bytes, before anything is decoded.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image

from lisa_core.domain.model.case import Case
from lisa_core.domain.model.directory import FormSpec
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.frames import Frame
from lisa_core.domain.model.ids import BlobId
from lisa_core.equipment.media.jpeg import STILL, jpeg_of
from lisa_core.papers.occasion import Occasion

PREVIEW_PX = 900
PREVIEW_BYTES = 150_000
QUICK_PX = 300
MAX_PIXELS = 50_000_000
"""A sheet of legal size at 600 dpi has 43 million; uncoloured or not, decoded it takes up to 400 MB."""
FORMATS = ("JPEG", "PNG")
EDGE = 0.04
"""Part of a page at each side where a scanner leaves shadows."""
INK = 48
"""So many of 256 steps darker than the paper is something that stands on it."""
INK_SHARE = 0.0005
BLANK = b"blank"
FILLING = 128
"""What libjpeg puts in the place of blocks that are missing (a coefficient of zero)."""

_TEXTS: Mapping[str, str] = {
    "picture.damaged": "Das Bild ist beschädigt: die Seite noch einmal erfassen.",
    "picture.large": "Das Bild ist zu groß: die Seite mit geringerer Auflösung noch einmal erfassen.",
    "picture.slow": "Das Bild braucht zu lange: die Seite noch einmal erfassen.",
}


@dataclass(frozen=True, slots=True)
class Look:
    """Look at a captured page whether it is a whole picture; gives its preview, and `BLANK` if nothing stands on it."""

    page: bytes
    seconds: int = 15


@dataclass(frozen=True, slots=True)
class Still:
    """Make a page of what a camera sees, in its full resolution; gives the page and its preview."""

    frame: Frame
    seconds: int = 15


@dataclass(frozen=True, slots=True)
class Copy:
    """Typeset the citizen's copy, with all pages; gives the PDF. `seconds`: maximum computing time of the job.

    Of papers without an application it is the receipt: `pages` is empty.
    """

    case: Case
    spec: FormSpec
    occasion: Occasion
    strokes: bytes
    pages: Mapping[BlobId, bytes]

    @property
    def seconds(self) -> int:
        return 15 + 5 * len(self.pages)

    def get(self, blob: BlobId) -> bytes:
        return self.pages[blob]


@dataclass(frozen=True, slots=True)
class PaperCopy:
    """Typeset a paper as it is, every page on a sheet of its own; gives the PDF."""

    pages: tuple[bytes, ...]

    @property
    def seconds(self) -> int:
        return 15 + 5 * len(self.pages)


Job = Look | Still | Copy | PaperCopy
Made = tuple[bytes, bytes]
"""What came of a job; the second is empty where there is only one."""


def do(job: Job) -> Made:
    """Do it here and now. Faults `picture.damaged`, `picture.large`; `LisaError` when a copy cannot be made."""
    match job:
        case Look(page):
            preview = small_jpeg(page)
            return preview, BLANK if is_blank(preview) else b""
        case Still(frame):
            still = still_of(frame)
            return still, small_jpeg(still)
        case PaperCopy(pages):
            from lisa_core.papers.papers_only import render_paper_copy

            return render_paper_copy(pages), b""
        case Copy() if not job.spec.signature:
            from lisa_core.papers.papers_only import render_papers_receipt_pdf

            return render_papers_receipt_pdf(job.case, job.occasion), b""
        case Copy():
            from lisa_core.papers.declaration import render_copy_pdf  # sets type: most visits print nothing

            return render_copy_pdf(job.case, job.spec, job.occasion, job.strokes, job), b""


def is_blank(picture: bytes) -> bool:
    """Whether nothing stands on a page (JPEG): next to nothing differs from the paper, its edges left out."""
    with Image.open(io.BytesIO(picture)) as image:
        image.draft("L", (QUICK_PX, QUICK_PX))  # decoded at a part of its size, which is enough for this
        grey = image.convert("L")
    width, height = grey.size
    x, y = int(width * EDGE), int(height * EDGE)
    histogram = grey.crop((x, y, width - x, height - y)).histogram()
    paper = histogram.index(max(histogram))
    return sum(histogram[: max(0, paper - INK)]) < INK_SHARE * sum(histogram)


def picture_fault(code: str) -> DeviceFault:
    """The fault with this code; whatever is not known here counts as damage."""
    code = code if code in _TEXTS else "picture.damaged"
    return DeviceFault(code, _TEXTS[code], retryable=code != "picture.large")


def still_of(frame: Frame) -> bytes:
    """A still of what the camera sees, in its full resolution."""
    if min(frame.width, frame.height) < 1 or len(frame.rgb) != frame.width * frame.height * 3:
        raise picture_fault("picture.damaged")
    return jpeg_of(frame, STILL)


def small_jpeg(data: bytes) -> bytes:
    """A picture small enough for one message of the link."""
    try:
        picture = _opened(data)
    except (MemoryError, Image.DecompressionBombError):
        raise picture_fault("picture.large") from None
    except (OSError, ValueError, SyntaxError, EOFError, LookupError, struct.error, zlib.error) as error:
        raise picture_fault("picture.damaged") from error  # in so many ways Pillow says it
    picture.thumbnail((PREVIEW_PX, PREVIEW_PX))
    for quality in (80, 60, 40):
        small = jpeg_of(picture, quality)
        if len(small) <= PREVIEW_BYTES:
            return small
    picture.thumbnail((PREVIEW_PX // 2, PREVIEW_PX // 2))
    return jpeg_of(picture, 40)


def _opened(data: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # said below, and for less
        picture: Any = Image.open(io.BytesIO(data), formats=FORMATS)
    if picture.width * picture.height > MAX_PIXELS:
        raise picture_fault("picture.large")
    picture.draft("RGB", (2 * PREVIEW_PX, 2 * PREVIEW_PX))  # a JPEG need not be unfolded finer than that
    kind, converted = picture.format, picture.convert("RGB")
    if kind == "JPEG" and _is_filled_in(converted):
        raise picture_fault("picture.damaged")
    unfolded: Image.Image = converted
    return unfolded


def _is_filled_in(picture: Image.Image) -> bool:
    """Whether its last row is what a JPEG is filled with that ends early and orderly: nobody else says that it did.

    That is the middle of all greys, each pixel the same; no scanner gives that.
    """
    last = picture.crop((0, picture.height - 1, picture.width, picture.height))
    return all(extrema == (FILLING, FILLING) for extrema in last.getextrema())
