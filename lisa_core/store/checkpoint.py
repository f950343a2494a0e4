"""The checkpoint beside an event log: how many entries it has and the hash of the last; and who may write it.

    000000000042 9f86d081...b0f00a08 1b4f0e9851971998      number of entries, hash of the last, check value of both

It is written after every commit into one place of one small file, `LOG.stand`. The file is the lock as well: it stays
open and locked as long as a program writes the log, so that no second one does. A killed program leaves it at most one
commit behind, a loss of power more; so a log that is longer than its checkpoint is in order, and a shorter one was cut.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
from pathlib import Path
from time import sleep

from lisa_core.domain.model.errors import LisaError
from lisa_core.host.causes import cause
from lisa_core.host.machine import refusal
from lisa_core.store.chain import Checkpoint

SUFFIX = ".stand"
WRITTEN = "{}: Dieses Protokoll schreibt schon ein Programm. Es beenden oder einen anderen Ordner nennen."
AGAIN_S = 0.05
"""So long after the first try comes the second: somebody may just have looked (`check_unwritten`), which takes less."""
NOT_OPENED = "{}: Der Stand des Protokolls lässt sich nicht öffnen ({}). Anderen Ordner nennen."


class CheckpointFile:
    """Open as long as the log is: whoever holds it, and nobody else, writes the log. Raises `LisaError`."""

    def __init__(self, log: Path) -> None:
        path = log.with_name(log.name + SUFFIX)
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise refusal(NOT_OPENED.format(path, cause(error)), error) from error
        with contextlib.suppress(OSError):
            os.fchmod(self._file, 0o600)
        if not self._is_ours():
            sleep(AGAIN_S)
            if not self._is_ours():
                os.close(self._file)
                raise LisaError(WRITTEN.format(log))

    def _is_ours(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def read(self) -> Checkpoint | None:
        """What was noted last; None when there is nothing, or nothing whole."""
        return _read(os.pread(self._file, 200, 0))

    def note(self, head: Checkpoint) -> None:
        """After a commit; cheap, because nobody waits until it is on the disk."""
        text = f"{head.count:012d} {head.tip.hex()}"
        with contextlib.suppress(OSError):  # the log is longer than its checkpoint then, which is in order
            os.pwrite(self._file, f"{text} {_check(text)}\n".encode("ascii"), 0)

    def close(self) -> None:
        os.close(self._file)


def noted_in(log: Path) -> Checkpoint | None:
    """What was noted last beside a log that another program may be writing."""
    try:
        return _read(log.with_name(log.name + SUFFIX).read_bytes()[:200])
    except OSError:
        return None


def check_unwritten(log: Path) -> None:
    """Raises `LisaError` when a program writes this log now. Nothing is made, and the lock is let go at once."""
    path = log.with_name(log.name + SUFFIX)
    try:
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    except OSError as error:
        raise refusal(NOT_OPENED.format(path, cause(error)), error) from error
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        raise LisaError(WRITTEN.format(log)) from error
    finally:
        os.close(file)


def _read(data: bytes) -> Checkpoint | None:
    fields = data.decode("ascii", "replace").split()
    if len(fields) != 3 or fields[2] != _check(f"{fields[0]} {fields[1]}"):
        return None
    return Checkpoint(int(fields[0]), bytes.fromhex(fields[1]))


def _check(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
