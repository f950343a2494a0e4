"""Pages of a PDF as bitmaps, drawn by a program of this machine (poppler's pdftoppm), for printers that read no PDF.

A process for each document, over pipes: nothing is written to disk, a document that makes it hang or die takes nothing
of ours with it, and what it held goes with it.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Literal

from lisa_core.equipment.lines.programs.tool import PIPE, running

PROGRAM = "pdftoppm"
PAGE_S = 60.0
"""Seconds until the next page must be drawn."""
MAX_PIXELS, MAX_PAGES = 64_000_000, 200
Depth = Literal["grey", "colour", "black"]
_ASKS: dict[Depth, tuple[str, ...]] = {"grey": ("-gray",), "colour": (), "black": ("-mono",)}
_BYTES = {b"P5": lambda width: width, b"P6": lambda width: 3 * width, b"P4": lambda width: (width + 7) // 8}
_LONGEST_NUMBER = 9


class DrawingError(Exception):
    """There are no pages: why, as German words that stand in a sentence."""


@dataclass(frozen=True, slots=True)
class Bitmap:
    """One page as it is read: rows of bytes, grey or red, green, blue; of "black" eight pixels a byte, 1 is black."""

    width: int
    height: int
    data: bytes


def can_draw() -> bool:
    """Whether the program is there."""
    return shutil.which(PROGRAM) is not None


async def drawn(pdf: bytes, dpi: int, depth: Depth) -> AsyncGenerator[Bitmap, None]:
    """The pages in their order, one in memory at a time. Raises `DrawingError`."""
    command = (PROGRAM, "-q", "-r", str(dpi), *_ASKS[depth], "-")
    async with running(*command, package="poppler-utils", failing=DrawingError, stdin=PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        feeding, pages = asyncio.create_task(_feed(process.stdin, pdf)), 0
        try:
            async with asyncio.timeout(PAGE_S) as patience:
                while (page := await _page(process.stdout)) is not None:
                    pages += 1
                    if pages > MAX_PAGES:
                        raise DrawingError(f"das Dokument hat mehr als {MAX_PAGES} Seiten")
                    patience.reschedule(None)
                    yield page
                    patience.reschedule(asyncio.get_running_loop().time() + PAGE_S)
                if await process.wait() or not pages:
                    raise DrawingError(f"{PROGRAM} kann das Dokument nicht zeichnen")
        except TimeoutError:
            raise DrawingError(f"{PROGRAM} wird mit einer Seite nicht fertig") from None
        finally:
            feeding.cancel()
            await asyncio.gather(feeding, return_exceptions=True)


async def _feed(pipe: asyncio.StreamWriter, pdf: bytes) -> None:
    with contextlib.suppress(OSError):  # it has ended: what it drew until then says why
        pipe.write(pdf)
        await pipe.drain()
        pipe.close()


async def _page(pipe: asyncio.StreamReader) -> Bitmap | None:
    """The next one, in the forms of netpbm; None behind the last."""
    try:
        sign = await pipe.readexactly(2)
    except asyncio.IncompleteReadError as end:
        if not end.partial:
            return None
        raise DrawingError(f"{PROGRAM} ist mitten in einer Seite gescheitert") from None
    try:
        await pipe.readexactly(1)
        width, height = await _number(pipe), await _number(pipe)
        if sign != b"P4":
            await _number(pipe)
        if not 0 < width * height <= MAX_PIXELS:
            raise DrawingError(f"eine Seite von {width} mal {height} Punkten ist zu groß")
        return Bitmap(width, height, await pipe.readexactly(_BYTES[sign](width) * height))
    except (asyncio.IncompleteReadError, ValueError, KeyError):
        raise DrawingError(f"{PROGRAM} ist mitten in einer Seite gescheitert") from None


async def _number(pipe: asyncio.StreamReader) -> int:
    digits = b""
    while (char := await pipe.readexactly(1)).isdigit() and len(digits) <= _LONGEST_NUMBER:
        digits += char
    return int(digits)
