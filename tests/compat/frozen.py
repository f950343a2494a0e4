"""The frozen set, unpacked: what an older version shipped, what people had made with it, and what it said to all that.

`frozen-VERSION.tar.xz` is never changed; its README tells how it was made. It is an archive so that nothing that
renames words or modules in this repository renames them in it.
"""

from __future__ import annotations

import json
import tarfile
from pathlib import Path
from typing import Any

ARCHIVE = Path(__file__).with_name("frozen-0.1.0.tar.xz")
BUNDLES = Path(__file__).with_name("frozen-bundles-0.1.0.tar.xz")
"""What vendors and accepting offices had signed by then; the same rules."""
SINCE = Path(__file__).with_name("frozen-since-0.1.0.tar.xz")
"""Bundles that lean on earlier ones."""
BETTER: dict[str, str] = {
    "„camera“ kann das nicht. Hierher passt: escl.": "„camera“ kann das nicht. Hierher passt: escl, adapter.",
}
"""Sentences that say today more than they did: what was said, and what is said now."""


def unpack(folder: Path, *parts: str, of: Path = ARCHIVE) -> Path:
    """All of it, or these files and folders of it, into a folder; returns that."""
    with tarfile.open(of) as archive:
        wanted = [f"./{part}" for part in parts]
        members = [
            one
            for one in archive.getmembers()
            if not wanted or any(f"{one.name}/".startswith(f"{part}/") for part in wanted)
        ]
        archive.extractall(folder, members, filter="data")
    return folder


def told(name: str, of: Path = ARCHIVE) -> Any:
    """One of the JSON files in it."""
    with tarfile.open(of) as archive:
        file = archive.extractfile(f"./{name}.json")
        assert file is not None
        return json.load(file)
