"""`python -m tests.load SECONDS [QUIET [URL]]`: the figures of one run, on a folder or on a database."""

from __future__ import annotations

import asyncio
import gc
import sys
import tempfile
from pathlib import Path

from tests.load.measured import measured, told

if __name__ == "__main__":
    seconds, quiet, url = [*sys.argv[1:], *("60", "60", "")[len(sys.argv) - 1 :]]
    gc.freeze()
    with tempfile.TemporaryDirectory(prefix="lisa-") as folder:
        print(*told(asyncio.run(measured(Path(folder), float(seconds), int(quiet), url))), sep="\n")
