"""Photographs that come from the phone: kept below `--out`, where the step that asked for one looks for it."""

from __future__ import annotations

import hashlib
from pathlib import Path

MOST_BYTES = 20_000_000
KINDS = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
"""How photographs begin."""


def kept(folder: Path, number: int, data: bytes) -> str:
    """Keep it; its name, after the question and what it holds; "" where it is no photograph, or the disk is full."""
    kind = next((kind for begins, kind in KINDS.items() if data.startswith(begins)), "")
    if not kind:
        return ""
    name = f"foto-{number}-{hashlib.sha256(data).hexdigest()[:8]}.{kind}"
    part = folder / f".{name}.teil"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(folder / name)
    except OSError:
        part.unlink(missing_ok=True)
        return ""
    return name
