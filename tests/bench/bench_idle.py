"""What a whole emulated booth costs while nobody is there: `python -m tests.bench idle`.

Processor time as the kernel accounts it, beside the wall clock; resident memory beside an interpreter that sleeps.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.older import this
from tests.bench.pair import Row, interleaved, megabytes

SHARE, MEMORY_MB = 0.02, 80.0
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def rows(seconds: float = 20.0, times: int = 3) -> list[Row]:
    """For `make bench`."""
    with _booth() as booth, _interpreter() as interpreter:
        share = interleaved(lambda: _busy(booth, seconds), lambda: SHARE, times)
        memory = interleaved(lambda: _memory_mb(booth.pid) - _memory_mb(interpreter), lambda: MEMORY_MB, times)
    what = "ganze emulierte Kabine, in der niemand ist"
    ours, limit = (f"{100 * value:.1f} % eines Kerns".replace(".", ",") for value in (share.our_median, SHARE))
    return [
        Row(f"{what}: Rechenzeit", ours, "die Grenze", limit, share.ratio, 1.0),
        Row(
            f"{what}: Speicher neben dem Interpreter",
            megabytes(memory.our_median),
            "die Grenze",
            megabytes(MEMORY_MB),
            memory.ratio,
            1.0,
        ),
    ]


@contextlib.contextmanager
def _booth() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([this().lisa, "emulate", "booth"], stdout=subprocess.PIPE) as running:
        try:
            assert running.stdout
            assert running.stdout.readline().startswith(b'{"device": "booth"')
            yield running
        finally:
            running.terminate()


@contextlib.contextmanager
def _interpreter() -> Iterator[int]:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as running:
        try:
            yield running.pid
        finally:
            running.terminate()


def _busy(booth: subprocess.Popen[bytes], seconds: float) -> float:
    """Which part of a core it takes."""
    before, since_s = _processor_s(booth.pid), time.monotonic()
    with contextlib.suppress(subprocess.TimeoutExpired):
        raise RuntimeError(f"the booth has ended with {booth.wait(seconds)}")
    return (_processor_s(booth.pid) - before) / (time.monotonic() - since_s)


def _processor_s(pid: int) -> float:
    told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / TICKS


def _memory_mb(pid: int) -> float:
    """Resident, in 10^6 bytes."""
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[1]) * PAGE / 1e6


if __name__ == "__main__":
    print("\n".join(map(str, rows())))
