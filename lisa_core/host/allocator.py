"""What a program lets go of is overwritten: booth and exchange start themselves anew with the allocator told to.

Python's own allocator and glibc's leave what was freed as it was until somebody else needs the room. With
`PYTHONMALLOC=malloc` Python asks glibc for every object, and `perturb` makes glibc overwrite whatever is given back,
also by libraries written in C; only without its cache per thread (`tcache_count`) is that all of it. See ADR 37.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

PROGRAMS = frozenset({"booth", "exchange", "up"})
"""The commands whose programs handle what people say, write and show."""

MALLOC = {
    "PYTHONMALLOC": "malloc",
    "GLIBC_TUNABLES": "glibc.malloc.perturb=165:glibc.malloc.tcache_count=0",
}
UNKNOWN_LIBC = (
    "Hinweis: Auf diesem System (keine glibc) wird freigegebener Arbeitsspeicher nicht überschrieben; "
    "Angaben von Besuchen können darin liegen bleiben, bis das Programm endet."
)
_PR_SET_DUMPABLE = 4


def start_overwriting(arguments: Sequence[str]) -> None:
    """Called first of all, before anything is opened: if this is such a program, it begins again under `MALLOC`."""
    if not PROGRAMS.intersection(arguments[:1]):
        return
    if not on_glibc():
        print(UNKNOWN_LIBC, file=sys.stderr)
    elif any(os.environ.get(name) != value for name, value in MALLOC.items()):
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, **MALLOC})
    forbid_dumps()


def on_glibc() -> bool:
    """Whether the C library knows `perturb`."""
    names = getattr(os, "confstr_names", {})  # there are none on Windows
    return "CS_GNU_LIBC_VERSION" in names and bool(os.confstr("CS_GNU_LIBC_VERSION"))


def forbid_dumps() -> None:
    """A crash writes no memory to a disk, and nobody but root may look at it."""
    if sys.platform == "win32":
        return  # it writes none unless somebody has asked for them
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
