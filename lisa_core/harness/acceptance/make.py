"""From runs and a book to the files: `abnahme.toml` (added to), `abnahme.json` and `abnahme.pdf` in one folder."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.acceptance.book import NAME, Book, book_of, read_book
from lisa_core.harness.acceptance.data import as_json, digest_of
from lisa_core.harness.acceptance.defects import seen_in
from lisa_core.harness.acceptance.document import Document, document, retests_seen
from lisa_core.harness.acceptance.draw import as_pdf
from lisa_core.harness.acceptance.kept import kept_runs
from lisa_core.harness.acceptance.required import asked_in_files, asked_in_runs
from lisa_core.harness.acceptance.takes import Takes, takes_of
from lisa_core.harness.acceptance.writing import with_defects, with_retests
from lisa_core.harness.text.findings import shown
from lisa_core.host.causes import cause
from lisa_core.host.machine import refusal

DATA, PAPER = "abnahme.json", "abnahme.pdf"


@dataclass(frozen=True, slots=True)
class AcceptanceOrder:
    """Which runs, into which folder, and whose requirements; without files those that the runs knew."""

    runs: tuple[Path, ...]
    out: Path
    requirements: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: the document, the book as it stands now, and the files in the order in which one reads them."""

    document: Document
    book: Book
    files: tuple[Path, ...]


def accept(order: AcceptanceOrder) -> Made:
    """Make the document and write it. Raises `LisaError` for input that cannot be used, naming file and line."""
    whole, book = composed(order)
    data = as_json(whole)
    paper = as_pdf(whole, digest_of(data))
    texts = {NAME: book.text.encode("utf-8", "replace"), DATA: data, PAPER: paper}
    return Made(whole, book, tuple(_write(order.out / name, content) for name, content in texts.items()))


def composed(order: AcceptanceOrder) -> tuple[Document, Book]:
    """The document, and the book with all that belongs into it; nothing is written."""
    takes = takes_of(kept_runs(order.runs))
    asked = asked_in_files(order.requirements, takes) if order.requirements else asked_in_runs(takes)
    book = _added_to(read_book(order.out / NAME), takes)
    return document(takes, asked, book), book


def _added_to(book: Book, takes: Takes) -> Book:
    """The book with what these runs show and it does not have yet."""
    book = book_of(book.path, with_defects(book, seen_in(takes).values()))
    return book_of(book.path, with_retests(book, retests_seen(takes, book)))


def _write(path: Path, content: bytes) -> Path:
    """Whole or not at all: what people wrote into the book must survive whatever ends us here."""
    part = path.with_name(f".{path.name}.neu")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_bytes() != content:
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if path.is_file():
                part.chmod(stat.S_IMODE(path.stat().st_mode))
            part.replace(path.resolve())
    except OSError as error:
        raise refusal(
            f"{shown(path)}: lässt sich nicht schreiben ({cause(error)}). Mit --out anderen Ordner nennen.", error
        ) from error
    except ValueError as error:
        raise LisaError(f"{shown(path)}: So kann keine Datei heißen.") from error
    return path
