"""What lies in front of cameras and scanners: pages drawn from fixtures/documents, pure.

A page is drawn at 300 dpi and scaled down, so that a line of text breaks at the same word at every resolution. It is
not kept: it takes 35 MB, and is drawn in a tenth of a second. Whoever makes something of it keeps that; small ones,
of 2 MB, are kept here.
"""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from emulator.paper.sheet import A4, BLOCKS, DRAWN_DPI, Sheet
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.domain.model.nearest import nearest
from lisa_core.host.data import data_dir
from lisa_core.wire.toml_text import parse_toml

SMALL_DPI = 100
_MADE_UP = re.compile(r"([a-zäöüß]{3,40})-([1-9]\d?)")
"""The name of a document that no file holds: what it is, and how many pages it has."""


@dataclass(frozen=True, slots=True)
class Document:
    """One fixture: `pages` holds per page its blocks, as they stand in the file."""

    name: str
    title: str
    origin: str
    letterhead: tuple[str, ...]
    pages: tuple[tuple[JsonMap, ...], ...]


def fixtures_dir() -> Path:
    """Where the fixtures lie: beside the checkout's packages or in the wheel."""
    return data_dir("fixtures")


def known_documents() -> tuple[str, ...]:
    """The names of all documents, sorted."""
    return tuple(sorted(path.stem for path in (fixtures_dir() / "documents").glob("*.toml")))


def pages_of(document: str) -> tuple[str, ...]:
    """Name every page of a document as "document:page". Raises `HarnessError` for an unknown document."""
    return tuple(f"{document}:{number}" for number in range(1, len(read_document(document).pages) + 1))


def split_page(name: str) -> tuple[str, int]:
    """Take "document:page" apart. Raises `HarnessError` when there is no such page."""
    document, _, number = name.rpartition(":")
    if name not in pages_of(document or name):
        raise HarnessError(f"Die Seite „{name}“ gibt es nicht. Es gibt: {', '.join(pages_of(document))}.")
    return document, int(number)


def render_page(document: str, page: int, dpi: int) -> Image.Image:
    """Draw one page (counted from 1) as it looks on white A4 paper: an RGB picture of the caller's own."""
    split_page(f"{document}:{page}")
    return _small(document, page, dpi).copy() if dpi <= SMALL_DPI else _scaled(document, page, dpi)


def blank_page(dpi: int) -> Image.Image:
    """White A4, as a scanner sees its own lid."""
    return Image.new("RGB", _size(dpi), "white")


@functools.lru_cache(maxsize=64)
def read_document(name: str) -> Document:
    """Read fixtures/documents/<name>.toml, or make up "kontoauszug-12": twelve pages of nothing but their numbers.

    Raises `HarnessError` that names the nearest known document.
    """
    if made := _MADE_UP.fullmatch(name):
        return _made_up(name, made[1].capitalize(), int(made[2]))
    if name not in known_documents():
        hint = nearest(name, known_documents())
        raise HarnessError(f"Das Dokument „{name}“ gibt es in fixtures/documents nicht.{hint}")
    path = fixtures_dir() / "documents" / f"{name}.toml"
    try:
        data = parse_toml(path.read_text(encoding="utf-8"))
        pages = tuple(tuple(page["blocks"]) for page in data["page"])
        document = Document(name, data["title"], data["origin"], tuple(data.get("letterhead", ())), pages)
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise HarnessError(f"{path}: kein Dokument ({error}); erwartet: title, origin, [[page]] mit blocks.") from error
    kinds = {next(iter(block), "") for page in pages for block in page}
    if unknown := sorted(kinds - set(BLOCKS)):
        raise HarnessError(f"{path}: unbekannter Block {unknown[0]!r}; bekannt sind {', '.join(BLOCKS)}.")
    return document


def _made_up(name: str, title: str, count: int) -> Document:
    text = "Ein erfundenes Papier ohne Inhalt; nur seine Seitenzahl unterscheidet dieses Blatt von den übrigen."
    pages = (({"heading": f"{title}, Seite {number} von {count}"}, {"text": text}) for number in range(1, count + 1))
    return Document(name, title, "synthetic", (title,), tuple(pages))


@functools.lru_cache(maxsize=8)
def _small(document: str, page: int, dpi: int) -> Image.Image:
    return _scaled(document, page, dpi)


def _scaled(document: str, page: int, dpi: int) -> Image.Image:
    drawn = _drawn(document, page)
    return drawn if dpi == DRAWN_DPI else drawn.resize(_size(dpi), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _size(dpi: int) -> tuple[int, int]:
    return round(A4[0] * dpi / DRAWN_DPI), round(A4[1] * dpi / DRAWN_DPI)


def _drawn(name: str, page: int) -> Image.Image:
    document = read_document(name)
    sheet = Sheet()
    if document.letterhead:
        sheet.letterhead(document.letterhead)
        sheet.footer(f"{document.title} · Seite {page} von {len(document.pages)}")
    for block in document.pages[page - 1]:
        BLOCKS[next(iter(block))](sheet, block)
    return sheet.image
