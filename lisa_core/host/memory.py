"""Letting go of memory: what only the collector finds, and pages that hold nothing are given back to the system."""

from __future__ import annotations

import ctypes
import gc
import sys


def let_go() -> None:
    """Free every cycle that is out of use, now, and give free memory back where the C library can (glibc)."""
    gc.collect()
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)) is not None:
        trim(0)
