"""What an acceptance reads: the book that people write, and kept runs that somebody may have touched."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random

from lisa_core.harness.acceptance.book import NAME, book_of
from lisa_core.harness.acceptance.data import as_json
from lisa_core.harness.acceptance.defects import Seen, seen_in
from lisa_core.harness.acceptance.kept import kept_runs
from lisa_core.harness.acceptance.make import AcceptanceOrder, composed
from lisa_core.harness.acceptance.takes import takes_of
from lisa_core.harness.acceptance.writing import with_defects
from lisa_core.harness.report.record import MESSAGES, Verdict
from tests.acceptance.kept_runs import DOOR, RING, Way, keep
from tests.fuzz.edge import Edge
from tests.fuzz.link_edges import text_of
from tests.fuzz.mutation import damaged
from tests.fuzz.shapes import either, json_text, lines

_WORDS = (
    "[abnahme]",
    "[[mangel]]",
    "[[nachpruefung]]",
    "[mangel]",
    "mangel = []",
    "mangel = [{nr = 1}]",
    "nr = 1",
    "nr = 99999999999999999999",
    'klasse = "leicht"',
    'klasse = ["leicht"]',
    "eingeordnet_am = 2026-11-03",
    'eingeordnet_am = "31.2.2026"',
    'frist = "٣.٣.٢٠٢٦"',
    'begonnen = "0001-01-01T00:00:00+23:59"',
    "meldung = '''",
    '"""',
)


@cache
def folder() -> Path:
    made = Path(tempfile.mkdtemp(prefix="lisa-acceptance-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


@cache
def red() -> tuple[Seen, ...]:
    run = keep(folder() / "rot", Way({DOOR: Verdict.FAILED, RING: Verdict.FAILED}))
    return tuple(seen_in(takes_of(kept_runs([run]))).values())


def books() -> Sequence[bytes]:
    whole = with_defects(book_of(Path(NAME), ""), red())
    return [whole.encode(), b"\xef\xbb\xbf" + whole.replace("\n", "\r\n").encode()]


def take_book(data: bytes, chance: Random) -> None:
    """What can be read can be added to: the old text stays in front, and every red sentence has its entry."""
    book = book_of(Path(NAME), text_of(data))
    longer = book_of(Path(NAME), with_defects(book, red()))
    assert longer.text.startswith(book.text)
    assert {one.key for one in red()} <= {one.key for one in longer.entries}
    assert longer.entries[: len(book.entries)] == book.entries


@cache
def kept_ones() -> Sequence[bytes]:
    ways = (Way({DOOR: Verdict.FAILED}), Way(ended_after=1, day=1))
    return [keep(folder() / str(way.day), way).joinpath(MESSAGES).read_bytes() for way in ways]


def take_kept_run(data: bytes, chance: Random) -> None:
    """A document, or a sentence about the run."""
    touched = folder() / "lauf"
    touched.mkdir(exist_ok=True)
    (touched / MESSAGES).write_bytes(data)
    whole, book = composed(AcceptanceOrder((str(touched),), folder() / "abnahme"))
    assert len(whole.defects) == len(book.entries)
    assert as_json(whole)


def one_message(chance: Random, seeds: Sequence[bytes]) -> bytes:
    """A stream of which one message says something else."""
    said = chance.choice(seeds).split(b"\n")
    place = chance.randrange(len(said) - 1)
    said[place] = json_text(chance, said[place : place + 1])
    return b"\n".join(said)


EDGES = (
    Edge("acceptance-book", books, either(lines(_WORDS), damaged), take_book, 6_000),
    Edge("acceptance-run", kept_ones, either(one_message, damaged), take_kept_run, 4_000, byte_s=1e-4),
)
