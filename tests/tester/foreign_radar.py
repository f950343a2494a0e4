"""A radar of somebody else's on a serial line: it knows the bytes of the HLK-LD2410's manual, and nothing of LISA.

A program of its own, to be killed: `python foreign_radar.py PATH [present]` makes a line under PATH; each line on its
standard input is "present" or "absent".
"""

from __future__ import annotations

import os
import pty
import select
import sys
import tty
from pathlib import Path

ABSENT = bytes.fromhex("f4f3f2f1 0d00 02aa 00 0000 00 0000 00 0000 5500 f8f7f6f5")
PRESENT = bytes.fromhex("f4f3f2f1 0d00 02aa 01 6400 3c 0000 00 6400 5500 f8f7f6f5")
HEAD, TAIL = bytes.fromhex("fdfcfbfa"), bytes.fromhex("04030201")
ANSWERS = {
    0xFF: bytes.fromhex("0000 0100 4000"),
    0xFE: bytes.fromhex("0000"),
    0xA0: bytes.fromhex("0000 0001 0701 16150922"),
    0xA5: bytes.fromhex("0000 8f272e b80f65"),
}
REPORT_S = 0.1


def answers(heard: bytes) -> bytes:
    """The acknowledgements of all commands in what was heard at once."""
    found = b""
    for part in heard.split(HEAD)[1:]:
        body = bytes([part[2], 0x01]) + ANSWERS.get(part[2], bytes.fromhex("0100"))
        found += HEAD + len(body).to_bytes(2, "little") + body + TAIL
    return found


def serve(path: Path, present: bool) -> None:
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    path.unlink(missing_ok=True)
    path.symlink_to(os.ttyname(theirs))
    print("ready", flush=True)
    while True:
        ready, _, _ = select.select([ours, sys.stdin], [], [], REPORT_S)
        if sys.stdin in ready:
            if not (line := sys.stdin.readline()):
                return
            present = line.strip() == "present"
        if ours in ready:
            os.write(ours, answers(os.read(ours, 1024)))
        if not ready:
            os.write(ours, PRESENT if present else ABSENT)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), "present" in sys.argv[2:])
