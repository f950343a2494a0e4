"""Holds a program of others on a leash: when the leash is let go of, however that came, the program ends and all that
it has started.

Run by itself (`python -I -S warden.py LEASH PROGRAM ARGUMENT...`) between us and the program, whose pipes it hands
through untouched. `LEASH` is the number of the reading end of a pipe; whoever holds the other end may be killed without
a word, and nothing is left all the same. It ends with the code of the program; 126 when that cannot be started.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import time

GRACE_S = 2.0
"""Seconds from SIGTERM until a program that has not ended is killed."""
LOOK_S = 0.02
CANNOT = 126
_ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


def main(leash: int, program: list[str]) -> int:
    """Run it; returns the code with which to end."""
    awake, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    for number in (signal.SIGCHLD, *_ENDING):
        signal.signal(number, lambda number, frame: None)
    child = os.fork()
    if child == 0:
        _become(program, leash)
    for pipe in (0, 1):  # they are the program's alone: that it ends is seen at once
        os.close(pipe)
    status = _watched(child, leash, awake)
    _signal(child, signal.SIGKILL)  # what it has started, and left behind
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code


def _become(program: list[str], leash: int) -> None:
    try:
        os.setpgid(0, 0)
        os.close(leash)
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, *_ENDING):
            signal.signal(number, signal.SIG_DFL)
        os.execvp(program[0], program)  # without a shell is what was promised
    except OSError as error:
        os.write(2, f"{program[0]}: {error.strerror}\n".encode())
    os._exit(CANNOT)


def _watched(child: int, leash: int, awake: int) -> int:
    """Wait until it ends or is to end. Returns its status."""
    while True:
        ready, _, _ = select.select([leash, awake], [], [])
        told = os.read(awake, 64) if awake in ready else b""
        if leash in ready or any(number in told for number in _ENDING):
            return _finish(child)
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status


def _finish(child: int) -> int:
    """End it with all that it has started. Returns its status."""
    _signal(child, signal.SIGTERM)
    end_s = time.monotonic() + GRACE_S
    while time.monotonic() < end_s:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status
        time.sleep(LOOK_S)
    _signal(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def _signal(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
