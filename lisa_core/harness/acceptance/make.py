"""From runs and a book to the files: `abnahme.toml` (added to), `abnahme.json`, `abnahme.pdf`, and the runs themselves.

Runs that are kept go when newer ones come (`history.place`), and what was accepted rests on them: their messages are
copied beside the document, each into a folder of its own, which can be named as a run again.
"""

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
from lisa_core.harness.acceptance.kept import SHORT, kept_runs, messages_of
from lisa_core.harness.acceptance.required import asked_in_files, asked_in_runs
from lisa_core.harness.acceptance.takes import Takes, takes_of
from lisa_core.harness.acceptance.writing import with_defects, with_retests
from lisa_core.harness.history.place import LATEST
from lisa_core.harness.history.shelf import find
from lisa_core.harness.report.record import MESSAGES
from lisa_core.harness.text.findings import shown
from lisa_core.host.causes import cause
from lisa_core.host.machine import refusal
from lisa_core.host.paths import is_file

DATA, PAPER, RUNS = "abnahme.json", "abnahme.pdf", "laeufe"


@dataclass(frozen=True, slots=True)
class AcceptanceOrder:
    """Which runs (names in `out`, or paths; none: the newest), whose requirements (none: those that the runs knew)."""

    runs: tuple[str, ...]
    into: Path
    out: Path = Path("out")
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
    for run in whole.runs:
        kept = order.into / RUNS / run.digest[:SHORT] / MESSAGES
        if not is_file(kept):
            _write(kept, messages_of(run))
    texts = {NAME: book.text.encode("utf-8", "replace"), DATA: data, PAPER: paper}
    return Made(whole, book, tuple(_write(order.into / name, content) for name, content in texts.items()))


def composed(order: AcceptanceOrder) -> tuple[Document, Book]:
    """The document, and the book with all that belongs into it; nothing is written."""
    takes = takes_of(kept_runs([find(order.out, name) for name in order.runs or (LATEST,)]))
    asked = asked_in_files(order.requirements, takes) if order.requirements else asked_in_runs(takes)
    book = _added_to(read_book(order.into / NAME), takes)
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
            f"{shown(path)}: lässt sich nicht schreiben ({cause(error)}). Mit --into anderen Ordner nennen.", error
        ) from error
    except ValueError as error:
        raise LisaError(f"{shown(path)}: So kann keine Datei heißen.") from error
    return path
