"""Runs a command on a busy machine: beside it one endless loop per core at normal priority, ended with it.

python tools/busy.py make test
"""

from __future__ import annotations

import os
import subprocess
import sys

LOOP = "import os, sys\nwhile os.getppid() == int(sys.argv[1]):\n    for _ in range(10**6): pass"
"""Ends by itself as well when who started it is gone."""


def main(command: list[str]) -> int:
    """The command's exit code; Ctrl-C is the command's own."""
    here = str(os.getpid())
    loops = [subprocess.Popen([sys.executable, "-c", LOOP, here]) for _ in range(os.cpu_count() or 1)]
    try:
        running = subprocess.Popen(command)
        while True:
            try:
                return running.wait()
            except KeyboardInterrupt:
                continue
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit(f"usage: {sys.argv[0]} COMMAND [ARGUMENT ...]")
    sys.exit(main(sys.argv[1:]))
