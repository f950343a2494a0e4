"""What lies in the memory of a running program: canaries that somebody said or wrote, looked for in all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.system.programs import children

OVERLAP = 4096
CHUNK = 16 * 1024 * 1024
Canaries = Mapping[str, bytes]


@dataclass(frozen=True)
class Looked:
    """What was found, `name: (count, where)`; how much was read; and which mappings cannot be read."""

    found: dict[str, list[str]]
    read: int
    unread: tuple[str, ...]


def texts(name: str, text: str) -> Canaries:
    """A text as bytes in each way in which Python and V8 hold one, and base64 and JSON do not change ASCII."""
    kinds = {"utf-8": "utf-8", "latin-1": "latin-1", "utf-16-le": "ucs-2", "utf-32-le": "ucs-4"}
    found = {text.encode(coding, "ignore"): kind for coding, kind in kinds.items()}
    return {f"{name} ({kind})": data for data, kind in found.items()}


def looked_through(pid: int, canaries: Canaries, *, family: bool = True) -> Looked:
    """Read all writable memory of this process and of those that descend from it."""
    found: dict[str, list[str]] = {}
    read, unread = 0, []
    pattern = re.compile(b"|".join(re.escape(data) for data in canaries.values()))
    names = {data: name for name, data in canaries.items()}
    for process in sorted({pid, *(children(pid) if family else ())}):
        for where, data in _writable(process):
            if data is None:
                unread.append(f"{process} {where}")
                continue
            read += len(data)
            for match in pattern.finditer(data):
                found.setdefault(names[match.group()], []).append(f"{process} {where}")
    return Looked(found, read, tuple(unread))


def _writable(pid: int) -> Iterator[tuple[str, bytes | None]]:
    """Each writable mapping in pieces that overlap; None for one that the kernel does not give away."""
    with suppress(FileNotFoundError, ProcessLookupError), Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8", errors="replace").splitlines():
            span, rights, *rest = line.split(maxsplit=5)
            begin, end = (int(part, 16) for part in span.split("-"))
            where = rest[-1] if len(rest) == 4 else "anonymous"
            if "w" in rights:
                yield from _pieces(memory, begin, end, where)


def _pieces(memory: object, begin: int, end: int, where: str) -> Iterator[tuple[str, bytes | None]]:
    import os

    descriptor = memory.fileno()  # type: ignore[attr-defined]
    at = begin
    while at < end:
        try:
            data = os.pread(descriptor, min(CHUNK, end - at), at)
        except OSError:
            yield where, None
            return
        yield where, data
        at = at + len(data) if at + len(data) >= end else at + len(data) - OVERLAP
