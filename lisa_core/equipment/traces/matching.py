"""What is compared when a driver asks: contents as far as they were kept, and how people are told of both. Pure."""

from __future__ import annotations

from collections.abc import Hashable

from lisa_core.equipment.traces.entries import (
    About,
    Blank,
    Content,
    EntryKind,
    Part,
    PictureShape,
    Plain,
    TraceEntry,
    bytes_in,
)

_COMPARED = ("method", "path", "type", "number", "length")
"""Of a question, beside its content."""
_MOST = 48
"""Bytes that are shown of each side."""


def shape(content: Content) -> Hashable:
    """A content without the sizes of what was left out: two documents are the same question."""
    return tuple(map(_shape, content))


def _shape(part: Part) -> Hashable:
    if isinstance(part, Plain):
        return part.data
    return ("blank", part.what) if isinstance(part, Blank) else ("picture", part.media_type)


def same(entry: TraceEntry, content: Content, about: About) -> bool:
    """Whether this is what was asked or sent then."""
    told = all(entry.about.get(name, "") == about.get(name, "") for name in _COMPARED)
    return told and shape(entry.content) == shape(content)


def shown(kind: EntryKind, content: Content, about: About) -> str:
    """What was asked or sent, in few words."""
    words = " ".join(str(about[name]) for name in _COMPARED if name in about)
    return " ".join(filter(None, (_TITLES.get(kind, kind.value), words, *map(_part, content)))) or "nichts"


_TITLES = {EntryKind.ASKED: "", EntryKind.SENT: "", EntryKind.OPEN: "einen neuen Anschluss"}


def _part(part: Part) -> str:
    if isinstance(part, Blank):
        return f"({part.what or 'ausgelassen'}, {part.size} Bytes)"
    if isinstance(part, PictureShape):
        return f"(Bild, {part.width} x {part.height})"
    head = part.data[:_MOST]
    more = "…" if len(part.data) > _MOST else ""
    text = head.decode("ascii", "replace")
    return f"„{text}{more}“" if len(head) > 2 and text.isprintable() and "\ufffd" not in text else head.hex(" ") + more


def first_difference(wanted: Content, got: Content) -> int | None:
    """At which byte two plain contents part; None where they are not plain, or the same."""
    ours, theirs = bytes_in(wanted), bytes_in(got)
    if ours is None or theirs is None or ours == theirs:
        return None
    pairs = (at for at, (one, other) in enumerate(zip(ours, theirs, strict=False)) if one != other)
    return next(pairs, min(len(ours), len(theirs)))
