"""A recording as text: one line of JSON for its head, and one for each entry. `docs/aufzeichnung.md` says the same."""

from __future__ import annotations

from lisa_core.domain.model.json_types import JsonDict
from lisa_core.equipment.traces.entries import FORMAT, Content, Part, PictureShape, Plain, TraceEntry, TraceHead
from lisa_core.wire.json_text import json_text

WHAT = "LISA-Aufzeichnung"
SHOWN = "\r\n\t"
"""Characters below the blank that a readable text may have."""


def head_line(head: TraceHead) -> str:
    """The first line, with its end."""
    identity = head.identity
    said = {
        "vendor": identity.vendor,
        "model": identity.model,
        "serial": identity.serial,
        "firmware": identity.firmware,
    }
    told: JsonDict = {
        "what": WHAT,
        "format": FORMAT,
        "slots": {slot: dict(options) for slot, options in head.slots.items()},
        "driver": head.driver,
        "binding": head.binding,
        "identity": {name: value for name, value in said.items() if value},
        "origin": head.origin,
        "date": head.begun.isoformat(timespec="seconds"),
        "version": head.version,
    }
    told |= {name: value for name, value in (("source", head.source), ("note", head.note)) if value}
    return json_text(told, "trace") + "\n"


def entry_line(entry: TraceEntry) -> str:
    """The line of an entry, with its end."""
    told: JsonDict = {"t": entry.at_us, "k": entry.kind.value, **entry.about, **_content(entry.content)}
    return json_text(told, "trace") + "\n"


def _content(content: Content) -> JsonDict:
    if len(content) == 1:
        return _part(content[0])
    return {"parts": [_part(part) for part in content]} if content else {}


def _part(part: Part) -> JsonDict:
    if isinstance(part, Plain):
        text = _readable(part.data)
        return {"hex": part.data.hex()} if text is None else {"text": text}
    if isinstance(part, PictureShape):
        kind = {"type": part.media_type, "width": part.width, "height": part.height, "grey": part.grey}
        return {"picture": {**kind, "size": part.size, **({} if part.whole else {"whole": False})}}
    return {"blank": part.size, **({"was": part.what} if part.what else {})}


def _readable(data: bytes) -> str | None:
    """The same as text, where that is one that people can read and that comes back to the same bytes."""
    if len(data) < 3:
        return None  # one byte more or less is no word
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if all(char.isprintable() or char in SHOWN for char in text) else None
