"""Memory: how much may still be taken here, and letting go of what is out of use.

What the computer has left, the container's limit, the shell's: whichever is least holds. What cannot be found out (no
Linux, no /proc) limits nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import itertools
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

UNLIMITED = 1 << 60
"""Version 1 of cgroups writes a number like this where there is no limit."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """Bytes that are left, all processes together or, where `each`, for every one of them; and who says so."""

    left: int
    said_by: str
    each: bool = False


def capacities(root: Path = Path("/")) -> list[Capacity]:
    """All that limit this process; `root` is where /proc and /sys are."""
    return [*_computer(root), *_container(root), *_shell(root)]


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _computer(root: Path) -> Iterator[Capacity]:
    for line in _read(root / "proc/meminfo").splitlines():
        if line.startswith("MemAvailable:"):
            yield Capacity(int(line.split()[1]) * 1024, "der Rechner")


def _container(root: Path) -> Iterator[Capacity]:
    """Of our cgroup and of all above it, in both versions; what files occupy is given back when it is needed."""
    for line in _read(root / "proc/self/cgroup").splitlines():
        _, controllers, path = line.split(":", 2)
        if "memory" in controllers.split(","):
            top, names = root / "sys/fs/cgroup/memory", ("memory.limit_in_bytes", "memory.usage_in_bytes")
        elif not controllers:
            top, names = root / "sys/fs/cgroup", ("memory.max", "memory.current")
        else:
            continue
        own = PurePosixPath(path.lstrip("/"))
        for folder in dict.fromkeys((own, *own.parents)):
            limit, used = (_read(top / folder / name).strip() for name in names)
            if limit.isdecimal() and used.isdecimal() and int(limit) < UNLIMITED:
                left = int(limit) - int(used) + _files(top / folder)
                yield Capacity(max(0, left), "die Grenze des Containers (cgroup)")


def _files(folder: Path) -> int:
    found = dict(line.split() for line in _read(folder / "memory.stat").splitlines() if len(line.split()) == 2)
    return int(found.get("total_inactive_file", found.get("inactive_file", 0)))


def _shell(root: Path) -> Iterator[Capacity]:
    if sys.platform == "win32":
        return
    import resource

    soft = resource.getrlimit(resource.RLIMIT_AS)[0]
    used = _read(root / "proc/self/statm").split()
    if soft != resource.RLIM_INFINITY and used:
        left = soft - int(used[0]) * resource.getpagesize()
        yield Capacity(max(0, left), "die Grenze der Shell (ulimit -v)", each=True)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""


def let_go() -> None:
    """Free every cycle that is out of use, now, and give free memory back where the C library can (glibc)."""
    gc.collect()
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)) is not None:
        trim(0)


LET_GO_EVERY_S = 10.0
"""Interval in which a program that never pauses frees cycles; a booth does it when it wipes."""
OBJECTS = 100_000
"""New objects after which a flood of them is looked through between two of these; usually there are none so many."""
WHOLE_EVERY = 6
"""How often what is young is looked through until all is: that takes 50 ms where 300 are connected."""


async def let_go_now_and_then(every_s: float) -> None:
    """For a program that never comes to a natural pause: for ever, of what is young, and now and then of all."""
    for times in itertools.count(1):
        await asyncio.sleep(every_s)
        if times % WHOLE_EVERY:
            gc.collect(1)
        else:
            let_go()


@contextlib.contextmanager
def settling(after: int) -> Iterator[None]:
    """While a program starts: what it makes then lasts as long as the program, and is never looked through for cycles.

    Ten thousand booths that an exchange remembers would cost 50 ms at once, and as much at every later collection.
    `after`: so many new objects later Python looks for cycles by itself; for a program that lets go now and then.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(after, *gc.get_threshold()[1:])
        gc.enable()
