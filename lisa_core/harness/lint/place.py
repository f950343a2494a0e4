"""Where in its line a mistake stands: the words that its sentence quotes, if they stand there, else the whole line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lisa_core.harness.text.findings import Finding
from lisa_core.harness.text.language import say, spoken
from lisa_core.host.paths import is_file, read_text

_QUOTED_EN = re.compile(r"“([^”]+)”")


@dataclass(frozen=True, slots=True)
class Span:
    """Line and columns, from 1, in characters; `end` is the column behind the last. The file as a whole: its begin."""

    line: int
    start: int
    end: int


def place_of(finding: Finding, lines: Sequence[str]) -> Span:
    """The place of a mistake in a file of these lines."""
    line = lines[finding.line - 1] if 0 < finding.line <= len(lines) else ""
    for words in quoted(finding.what):
        if found := re.search(rf"(?<!\w){re.escape(words)}(?!\w)", line):
            return Span(finding.line, found.start() + 1, found.end() + 1)
    bare = line.strip()
    start = line.find(bare) + 1
    return Span(max(finding.line, 1), start, max(start + len(bare), start + 1))


def quoted(text: str) -> Iterator[str]:
    """What stands in quotation marks, each with what it quotes itself: „zeigt der Bildschirm „Guten Tag““."""
    if spoken() == "en":
        yield from _QUOTED_EN.findall(text)
        return
    begins: list[int] = []
    for at, mark in enumerate(text):
        if mark == "„":
            begins.append(at + 1)
        elif mark == "“" and begins:
            begin = begins.pop()
            if not begins:
                yield text[begin:at]


def nearest(finding: Finding) -> str:
    """The word or sentence that was probably meant; "" where nothing is near."""
    before, after = say("Meinten Sie „{word}“?", word="\0").split("\0")
    _, found, rest = finding.advice.partition(before)
    return rest.partition(after)[0] if found and after in rest else ""


@lru_cache(maxsize=8)
def lines_of(path: Path) -> tuple[str, ...]:
    """The lines of a file as gherkin counts them; none where it cannot be read."""
    try:
        return tuple(read_text(path, "replace").split("\n")) if is_file(path) else ()
    except OSError:
        return ()
