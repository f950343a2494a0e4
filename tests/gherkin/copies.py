"""Programs that begin where all is imported: copies of a program that has done so (`tests.gherkin.copied`).

A start of a run is three quarters imports, and tests of tiny worlds start hundreds; booth and exchange are started a
hundred times. What Python reads when it starts has to be as it was for the program that is copied, or the run starts by
itself; under LISA_LONG=1 all do. That the program which people start is the same one is shown where it is started:
`test_start_up`, `test_folder`, `tests/packaging/test_plain.py`, and in `tests/system` where it says `anew`.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TextIO

from lisa_core.host.allocator import MALLOC

READ_AT_START = ("PYTHON", "GLIBC", "LC_", "LD_", "LANG", "TZ", "COVERAGE")
"""How the names of what Python and its libraries read at their start begin."""

FOUND = {**os.environ, "PYTHONIOENCODING": "utf-8"}
"""The environment as it is before any test changes it for itself."""
_LISA = """\
import sys
sys.argv = ["lisa", *{words!r}]
from lisa_core.cli.main import main
main()
"""
_PROGRAM = f"import gc, sys\ngc.enable()\nsys.path[0] = {{beside!r}}\n{_LISA}"
"""Collects its garbage from its start on, unless it says itself that it does not."""
AS_COPIES = {"run": "wire", "emulate": "wire", "booth": "house", "exchange": "house", "up": "house"}
"""The commands that may begin as copies, and of what."""


class Copy:
    """As much of `subprocess.Popen` as tests ask for."""

    def __init__(self, pid: int, stdout: TextIO, status: TextIO) -> None:
        self.pid, self.stdout, self._status = pid, stdout, status
        self.returncode: int | None = None

    def send_signal(self, number: signal.Signals) -> None:
        if self.poll() is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def communicate(self, timeout: float) -> tuple[str, None]:
        """What it has said and not been read yet. Raises `subprocess.TimeoutExpired` when it had to be killed."""
        late = threading.Event()
        timer = threading.Timer(timeout, lambda: (late.set(), self.kill()))
        timer.start()
        try:
            with self.stdout:
                output = self.stdout.read()
                if self.returncode is None:
                    self._hear()
        finally:
            timer.cancel()
        if late.is_set():
            raise subprocess.TimeoutExpired("lisa run", timeout, output)
        return output, None

    def poll(self) -> int | None:
        """Its return code, as soon as it has ended."""
        if self.returncode is None and select.select([self._status], [], [], 0)[0]:
            self._hear()
        return self.returncode

    def wait(self, timeout: float) -> int:
        """Its return code. Raises `subprocess.TimeoutExpired` when it still runs then."""
        if self.returncode is None:
            if not select.select([self._status], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("lisa", timeout)
            self._hear()
        assert self.returncode is not None
        return self.returncode

    def _hear(self) -> None:
        with self._status:
            told = self._status.readline()
        assert told, "the program that is copied has died"
        self.returncode = int(told)


class Original:
    """The program that is copied, one of a kind for each process that runs tests; it ends with that."""

    def __init__(self, kind: str, environment: Mapping[str, str]) -> None:
        self.at_start = at_start(environment)
        self._asked, asked = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        code = Path(__file__).with_name("copied.py").read_text(encoding="utf-8")
        command = [sys.executable, "-c", code, str(asked.fileno()), kind]
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

    def fileno(self) -> int:
        """Where it is asked for copies, as `copy` does it: for programs that inherit this number."""
        return self._asked.fileno()

    def end(self) -> None:
        """Who waits for it counts in its own children what the copies have computed."""
        self._asked.close()
        self._program.wait()


@cache
def original(kind: str = "memory") -> Original:
    """Of booth and exchange: one whose memory is overwritten as theirs, since else they begin again by themselves."""
    made = Original(kind, {**FOUND, **MALLOC} if kind == "house" else FOUND)
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


def program(words: Sequence[str], where: Path, environment: Mapping[str, str]) -> Copy | None:
    """`lisa` with these words, in which all that it imports is there; None where it has to start by itself."""
    kind = AS_COPIES.get(words[0])
    if kind is None or os.environ.get("LISA_LONG") == "1":
        return None
    made = {**environment, **MALLOC} if kind == "house" else environment
    if at_start(made) != original(kind).at_start:
        return None
    return original(kind).copy(lisa_as_copy(words), where, made)


def lisa_as_copy(words: Sequence[str]) -> str:
    """The code of `lisa` with these words, where all that it imports is there."""
    return _PROGRAM.format(beside=str(Path(sys.executable).parent), words=tuple(words))


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
