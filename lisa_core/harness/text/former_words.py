"""Sentences and tags that have another name now: read as the new ones, and rewritten where they stand.

A sentence is looked up here only when no step has it, a tag only when it is not known: what is current costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from lisa_core.domain.model.json_types import Json, JsonMap
from lisa_core.harness.text.document import parse
from lisa_core.harness.text.sentences import LINES_BEFORE, SUFFIX, syntax_of
from lisa_core.harness.text.syntax import Syntax
from lisa_core.harness.text.words import TYPES
from lisa_core.host.notices import tell_renamed
from lisa_core.host.renames import Rename, Word, renames_of

_HOLE = re.compile(r"\{(\w+)(?::(\w+))?\}")
_CELL = r"<[^<>]+>"
"""A word of an example row may stand for any word of the sentence, or for a part of one."""


def current_step(text: str) -> str:
    """The sentence as it is called now; the same where it has no other name. The user is told once of an old one."""
    for row in renames_of(Word.STEP):
        if (new := _rewritten(row, text)) is not None:
            tell_renamed(row)
            return new
    return text


def current_tag(tag: str) -> str:
    """The tag (without @) as it is called now; the user is told once of an old one."""
    for row in renames_of(Word.TAG):
        if (new := _retagged(row, tag)) is not None:
            tell_renamed(row)
            return new
    return tag


def current_tags(expression: str) -> str:
    """An expression of tags ("anf:S0.10 and not stufe:wire") with each tag as it is called now."""
    return re.sub(r"[\w:.-]+", lambda found: current_tag(found[0]), expression)


def migrated(path: Path, text: str) -> str:
    """The text of a feature file, or of one of own sentences, with every old sentence and tag rewritten, nothing else
    changed.

    Raises `FeatureError` with file and line for what is no feature file.
    """
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.splitlines(keepends=True)
    own = path.suffix == SUFFIX
    syntax, before = (syntax_of(path, plain), LINES_BEFORE) if own else (parse(path, plain).syntax, 0)
    for line, column, old, new in _changes(syntax):
        written = lines[line - before - 1]
        start = written.find(old, column - 1)  # behind a keyword there may be more than one blank
        if start >= 0:
            lines[line - before - 1] = written[:start] + new + written[start + len(old) :]
    return "".join(lines)


def _changes(syntax: Syntax) -> Iterator[tuple[int, int, str, str]]:
    """Line, column, what stands there and what shall; from the right to the left in each line."""
    found: set[tuple[int, int, str, str]] = set()
    for node in _nodes(syntax.tree["feature"]):
        at = node["location"]
        if "text" in node and "keyword" in node:
            word, text, change, column = Word.STEP, node["text"], _rewritten, at["column"] + len(node["keyword"])
        elif node.get("name", "").startswith("@"):
            word, text, change, column = Word.TAG, node["name"][1:], _retagged, at["column"] + 1
        else:
            continue
        changed = (change(row, text) for row in renames_of(word))
        found |= {(at["line"], column, text, new) for new in changed if new is not None}
    yield from sorted(found, reverse=True)


def _nodes(value: Json) -> Iterator[JsonMap]:
    """Every node of gherkin's tree that stands somewhere."""
    if isinstance(value, dict):
        if "location" in value:
            yield value
        for below in value.values():
            yield from _nodes(below)
    elif isinstance(value, list):
        for below in value:
            yield from _nodes(below)


def _retagged(row: Rename, text: str) -> str | None:
    """An old tag may go on behind a dot: "braucht:tuer.offen"."""
    return row.new + text[len(row.old) :] if f"{text}.".startswith(f"{row.old}.") else None


def _rewritten(row: Rename, text: str) -> str | None:
    """The new sentence with the words of the old one; None where this is not the old one."""
    strict, lenient = _patterns(row.old)
    found = strict.fullmatch(text) or ("<" in text and lenient.fullmatch(text))
    return _HOLE.sub(lambda hole: found[hole[1]], row.new) if found else None


@lru_cache(maxsize=256)
def _patterns(sentence: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What the old sentence looks like, with its words as they are typed, and with cells of an example row in them."""
    strict, lenient, end = "", "", 0
    for hole in _HOLE.finditer(sentence):
        between = re.escape(sentence[end : hole.start()])
        kind = getattr(TYPES.get(hole[2] or ""), "pattern", r".+?")
        strict += f"{between}(?P<{hole[1]}>{kind})"
        lenient += rf"{between}(?P<{hole[1]}>{kind}|.*?{_CELL}.*?)"
        end = hole.end()
    rest = re.escape(sentence[end:])
    return re.compile(strict + rest), re.compile(lenient + rest)
