"""The file a submission travels in: a ZIP that is the same, byte for byte, for the same entries.

    antrag.json                         the declaration, canonical: its SHA-256 is what was checked and signed
    antrag.pdf                          the same for people
    papers/01-mietvertrag/page-1.jpg    each page of each paper, as it was captured
    unterschrift.json                   the strokes on the pad, and the digest of the declaration they belong to
    manifest.json                       every entry above with its SHA-256, office, time, and the booth's public key
    siegel.ed25519                      64 bytes: the booth's signature over manifest.json

Papers without an application: unterlagen.json and unterlagen.pdf instead of antrag.*, and no unterschrift.json.

What stands in the entries is decided in `papers.seal`; here is only the archive around them. Entries lie uncompressed
in their order, with one fixed time; reading refuses any archive that is not exactly what writing its entries would
give. So nothing can hide before, between or behind them, and nothing unfolds to more.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from lisa_core.domain.model.errors import LisaError

MAX_PACKAGE = 50 * 1024 * 1024
"""Maximum size of a submission in bytes."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
_MAX_ENTRIES = 200


def pack(entries: Mapping[str, bytes]) -> bytes:
    """The archive with these entries (ASCII names), in this order. Raises `LisaError` when it gets too large."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in entries.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = 3  # else it would tell the machine's system
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    package = buffer.getvalue()
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
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            listed = archive.infolist()
            if len(listed) > _MAX_ENTRIES or any(_folded(info, len(package)) for info in listed):
                raise LisaError("Die Einreichung ist kein Archiv, wie es ein Bürgerbüro schreibt.")
            entries = {info.filename: archive.read(info) for info in listed}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise LisaError(f"Die Einreichung ist beschädigt: {error}") from None
    if len(entries) != len(listed) or not all(name.isascii() for name in entries) or pack(entries) != package:
        raise LisaError("Die Einreichung wurde verändert: das Archiv enthält mehr oder anderes als seine Einträge.")
    return entries


def _folded(info: zipfile.ZipInfo, limit: int) -> bool:
    """Whether an entry is compressed or claims to be larger than the whole: neither is ever written here."""
    return info.compress_type != zipfile.ZIP_STORED or info.file_size > limit
