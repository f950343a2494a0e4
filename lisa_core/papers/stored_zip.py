"""A ZIP that is the same, byte for byte, for the same entries; anything that is not written so is no such archive.

Entries lie uncompressed in their order, with one fixed time. Reading writes them once more and compares: so nothing can
hide before, between or behind them, nothing unfolds to more, and each byte of the file has one value that it may have.
Nothing is ever written to disk by the name that an entry gives itself.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from enum import Enum

_EPOCH = (1980, 1, 1, 0, 0, 0)


class Flaw(Enum):
    """What is wrong with an archive: damaged, of another make (folded, too many entries), or with more in it."""

    DAMAGED = "beschädigt"
    FOREIGN = "fremd"
    CHANGED = "verändert"


class ArchiveError(ValueError):
    """Bytes that `packed` would not have written; `flaw` says why not, the text what the reader met."""

    def __init__(self, flaw: Flaw, text: str = "") -> None:
        super().__init__(text)
        self.flaw = flaw


def packed(entries: Mapping[str, bytes]) -> bytes:
    """The archive with these entries (ASCII names), in this order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in entries.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = 3  # else it would tell the machine's system
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return buffer.getvalue()


def unpacked(package: bytes, most: int) -> dict[str, bytes]:
    """The entries in their order, `most` at most. Raises `ArchiveError` for anything `packed` would not write."""
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            listed = archive.infolist()
            if len(listed) > most or any(_is_folded(info, len(package)) for info in listed):
                raise ArchiveError(Flaw.FOREIGN)
            entries = {info.filename: archive.read(info) for info in listed}
    except ArchiveError:
        raise
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise ArchiveError(Flaw.DAMAGED, str(error)) from None
    if len(entries) != len(listed) or not all(name.isascii() for name in entries) or packed(entries) != package:
        raise ArchiveError(Flaw.CHANGED)
    return entries


def _is_folded(info: zipfile.ZipInfo, limit: int) -> bool:
    """Whether an entry is compressed or claims to be larger than the whole: neither is ever written here."""
    return info.compress_type != zipfile.ZIP_STORED or info.file_size > limit
