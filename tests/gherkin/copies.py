"""Runs of features that begin where all is imported: copies of a program that has done so (`tests.gherkin.copied`).

A start of a run is three quarters imports, and tests of tiny worlds start hundreds. What Python reads when it starts
has to be as it was for the program that is copied, or the run starts by itself; under LISA_LONG=1 all do. That the
program which people start is the same one is shown where it is started: `test_start_up`, `test_folder`, `tests/system`.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TextIO

READ_AT_START = ("PYTHON", "LC_", "LD_", "LANG", "TZ", "COVERAGE")
"""How the names of what Python and its libraries read at their start begin."""

FOUND = {**os.environ, "PYTHONIOENCODING": "utf-8"}
"""The environment as it is before any test changes it for itself."""
_LISA = """\
import sys
sys.argv = ["lisa", *{words!r}]
from lisa_core.cli.main import main
main()
"""


class Copy:
    """As much of `subprocess.Popen` as tests of runs ask for."""

    def __init__(self, pid: int, stdout: TextIO, status: TextIO) -> None:
        self.pid, self.stdout, self._status = pid, stdout, status
        self.returncode: int | None = None

    def send_signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def communicate(self, timeout: float) -> tuple[str, None]:
        """What it has said and not been read yet. Raises `subprocess.TimeoutExpired` when it had to be killed."""
        late = threading.Event()
        timer = threading.Timer(timeout, lambda: (late.set(), self.kill()))
        timer.start()
        try:
            with self.stdout, self._status:
                output = self.stdout.read()
                told = self._status.readline()
        finally:
            timer.cancel()
        assert told, "the program that is copied has died"
        self.returncode = int(told)
        if late.is_set():
            raise subprocess.TimeoutExpired("lisa run", timeout, output)
        return output, None


class Original:
    """The program that is copied, one for each process that runs tests; it ends with that."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.at_start = at_start(environment)
        self._asked, asked = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        code = Path(__file__).with_name("copied.py").read_text(encoding="utf-8")
        command = [sys.executable, "-c", code, str(asked.fileno())]
        with asked:
            self._program = subprocess.Popen(
                command, env=environment, pass_fds=[asked.fileno()], stdout=subprocess.DEVNULL
            )

    def copy(self, code: str, where: Path, environment: Mapping[str, str]) -> Copy:
        """`python -c code`, in this folder."""
        (said, output), (told, status) = os.pipe(), os.pipe()
        order = json.dumps({"code": code, "where": str(where), "environment": dict(environment)})
        socket.send_fds(self._asked, [order.encode()], [output, status])
        os.close(output)
        os.close(status)
        lines = os.fdopen(told, encoding="utf-8")
        return Copy(int(lines.readline()), os.fdopen(said, encoding="utf-8"), lines)

    def end(self) -> None:
        """Who waits for it counts in its own children what the copies have computed."""
        self._asked.close()
        self._program.wait()


@cache
def original() -> Original:
    made = Original(FOUND)
    atexit.register(made.end)
    return made


def started(code: str, where: Path, environment: Mapping[str, str]) -> Copy | subprocess.Popen[str]:
    """`python -c code` in this folder, in which all that a run imports is there."""
    if os.environ.get("LISA_LONG") != "1" and at_start(environment) == original().at_start:
        return original().copy(code, where, environment)
    return subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=where,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def lisa(*words: str, where: Path, **environment: str) -> tuple[int, str]:
    """Exit code and output of `lisa` with these words, in this folder."""
    return python(_LISA.format(words=words), where, **environment)


def python(code: str, where: Path, **environment: str) -> tuple[int, str]:
    """Exit code and output of `python -c code`, in this folder."""
    return ended(started(code, where, {**os.environ, "PYTHONIOENCODING": "utf-8", **environment}))


def ended(process: Copy | subprocess.Popen[str]) -> tuple[int, str]:
    output, _ = process.communicate(timeout=120)
    assert process.returncode is not None
    return process.returncode, output


def at_start(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(READ_AT_START)}
