"""Whether anything stands on printed sheets: what a person sees at once who takes them out of the tray."""

from __future__ import annotations

import base64
import re
import zlib

MAX_PLAIN = 16 * 1024 * 1024
"""To so many bytes a stream may unfold: what comes over the network may unfold to anything."""
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_PAINTS = re.compile(rb"\b(?:Tj|TJ|S|s|f\*?|F|B\*?|b\*?|Do|sh)\b")
"""The operators that put something on a page (ISO 32000-1, tables 60, 74, 87 and 109)."""


def named(title: str, document: bytes) -> str:
    """How it lies in the tray: its name, and that nothing stands on it."""
    return f"{title} (leer)" if is_blank(document) else title


def is_blank(document: bytes) -> bool:
    """Whether no page of this PDF paints anything; one that cannot be looked into is not called blank."""
    streams = _STREAM.findall(document)
    try:
        return bool(streams) and not any(_PAINTS.search(_plain(stream.strip())) for stream in streams)
    except (ValueError, zlib.error):
        return False


def _plain(stream: bytes) -> bytes:
    data = base64.a85decode(stream.removesuffix(b"~>")) if stream.endswith(b"~>") else stream
    if data[:1] != b"x":
        return data
    unpacking = zlib.decompressobj()
    plain = unpacking.decompress(data, MAX_PLAIN)
    if not unpacking.eof:
        raise ValueError("cut off, or longer than is looked at")
    return plain
