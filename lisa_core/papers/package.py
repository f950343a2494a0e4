"""The file a submission travels in: a ZIP that is the same, byte for byte, for the same entries.

    antrag.json                         the declaration, canonical: its SHA-256 is what was checked and signed
    antrag.pdf                          the same for people
    papers/01-mietvertrag/page-1.jpg    each page of each paper, as it was captured
    unterschrift.json                   the strokes on the pad, and the digest of the declaration they belong to
    manifest.json                       every entry above with its SHA-256, office, time, and the booth's public key
    siegel.ed25519                      64 bytes: the booth's signature over manifest.json

Papers without an application: unterlagen.json and unterlagen.pdf instead of antrag.*, and no unterschrift.json.

What stands in the entries is decided in `papers.seal`, and what an archive is in `papers.stored_zip`; here are the
bounds of one that is handed in, and the sentences for one that is refused.
"""

from __future__ import annotations

from collections.abc import Mapping

from lisa_core.domain.model.errors import LisaError
from lisa_core.papers.stored_zip import ArchiveError, Flaw, packed, unpacked

MAX_PACKAGE = 50 * 1024 * 1024
"""Maximum size of a submission in bytes."""

_MAX_ENTRIES = 200
_REFUSED: Mapping[Flaw, str] = {
    Flaw.DAMAGED: "Die Einreichung ist beschädigt: {why}",
    Flaw.FOREIGN: "Die Einreichung ist kein Archiv, wie es ein Bürgerbüro schreibt.",
    Flaw.CHANGED: "Die Einreichung wurde verändert: das Archiv enthält mehr oder anderes als seine Einträge.",
}


def pack(entries: Mapping[str, bytes]) -> bytes:
    """The archive with these entries (ASCII names), in this order. Raises `LisaError` when it gets too large."""
    package = packed(entries)
    if len(package) > MAX_PACKAGE:
        raise LisaError(
            f"Die Unterlagen sind zusammen zu groß ({len(package)} Bytes, erlaubt {MAX_PACKAGE}): "
            "bitte eine davon verwerfen."
        )
    return package


def unpack(package: bytes) -> dict[str, bytes]:
    """The entries in their order. Raises `LisaError` for anything `pack` would not have written."""
    if len(package) > MAX_PACKAGE:
        raise LisaError(f"Die Einreichung ist zu groß: {len(package)} Bytes, erlaubt sind {MAX_PACKAGE}.")
    try:
        return unpacked(package, _MAX_ENTRIES)
    except ArchiveError as error:
        raise LisaError(_REFUSED[error.flaw].format(why=error)) from None
