"""What lies in the memory of a running program: canaries that somebody said or wrote, looked for in all of it."""

from __future__ import annotations

import asyncio
import os
from array import array
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.system.programs import children, wait_until

_PIECE, _OVERLAP = 16 * 1024 * 1024, 4096
_PAGE, _ENTRIES, _HELD = os.sysconf("SC_PAGE_SIZE"), 1 << 16, 3 << 62
AGAIN_S = 1.0
"""Between two looks: one is seconds of computing, and an exchange lets go of what it has freed every ten seconds."""
_CODINGS = ("utf-8", "utf-16-le")
"""Python and V8 hold an ASCII text in one of these, alone or in a longer text with other letters."""


@dataclass
class Looked:
    """Where each canary was found, how many bytes were read, and what the kernel did not give away."""

    found: dict[str, list[str]] = field(default_factory=dict)
    read: int = 0
    unread: list[str] = field(default_factory=list)


def spelled(name: str, text: str) -> dict[str, bytes]:
    """A text as it may lie in memory."""
    return {f"{name}, {coding}": text.encode(coding) for coding in _CODINGS}


def telling(data: bytes, length: int = 32) -> bytes:
    """A piece from the middle of `data` that occurs nowhere else by chance."""
    pieces = (data[at : at + length] for at in range(len(data) // 2, len(data) - length, length))
    return next(piece for piece in pieces if len(set(piece)) > length * 3 // 4)


def looked_through(pids: set[int], canaries: Mapping[str, bytes]) -> Looked:
    """Read all writable memory of these processes."""
    looked = Looked()
    for pid in sorted(pids):
        for where, data in _writable(pid):
            if data is None:
                looked.unread.append(where)
                continue
            looked.read += len(data)
            for name, canary in canaries.items():
                if canary in data:
                    looked.found.setdefault(name, []).append(where)
    return looked


async def until_gone(pids: Callable[[], set[int]], canaries: Mapping[str, bytes], where: str) -> Looked:
    """Look again until one look finds none, in between for those of the look before alone; what was found last stands
    in the error."""
    looked = Looked()

    def clean() -> bool:
        nonlocal looked
        found = {name: canaries[name] for name in looked.found}
        if found and (looked := looked_through(pids(), found)).found:
            return False
        looked = looked_through(pids(), canaries)
        return not looked.found

    try:
        await asyncio.to_thread(wait_until, clean, f"nothing is left in {where}", every_s=AGAIN_S)
    except AssertionError as error:
        raise AssertionError(f"{error}: {looked.found}") from error
    return looked


def family(pid: int) -> set[int]:
    """A program and all that it has started."""
    return {pid, *children(pid)}


def _writable(pid: int) -> Iterator[tuple[str, bytes | None]]:
    """Each writable mapping in pieces that overlap; None for one that cannot be read. Nothing of one that ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        maps = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8", errors="replace").splitlines()
        with closing(_Memory(pid)) as memory:
            for line in maps:
                span, rights, *rest = line.split(maxsplit=5)
                begin, end = (int(part, 16) for part in span.split("-"))
                where = f"{pid} {rest[-1] if len(rest) == 4 else 'anonymous'}"
                if rights[1] == "w":
                    yield from ((where, data) for data in memory.pieces(begin, end))


class _Memory:
    """A process' memory, and which pages of it there are: browsers reserve thousands of times what they use."""

    def __init__(self, pid: int) -> None:
        self._file = os.open(f"/proc/{pid}/mem", os.O_RDONLY)
        self._pages = os.open(f"/proc/{pid}/pagemap", os.O_RDONLY)

    def pieces(self, begin: int, end: int) -> Iterator[bytes | None]:
        for first, last in self._present(begin, end):
            for at in range(first, last, _PIECE):
                try:
                    yield os.pread(self._file, min(_PIECE + _OVERLAP, last - at), at)
                except OSError:
                    yield None
                    return

    def _present(self, begin: int, end: int) -> Iterator[tuple[int, int]]:
        """Runs of pages that are in memory, or swapped out."""
        for at in range(begin, end, _PAGE * _ENTRIES):
            count = min(_ENTRIES, (end - at) // _PAGE)
            entries = array("Q", os.pread(self._pages, 8 * count, at // _PAGE * 8))
            if not any(entries):
                continue
            held = [at + _PAGE * number for number, entry in enumerate(entries) if entry & _HELD]
            first = 0
            for number, page in enumerate(held, 1):
                if number == len(held) or held[number] != page + _PAGE:
                    yield held[first], page + _PAGE
                    first = number

    def close(self) -> None:
        os.close(self._file)
        os.close(self._pages)
