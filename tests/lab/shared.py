"""A laboratory that several share: labgrid's coordinator and exporter, and labgrid-client as its users have it."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

WAIT_S = 60.0
"""For a program of labgrid to start, or to be seen by another."""
START = '#!/bin/sh\nPYTHONPATH="{library}" exec "{python}" "{library}/bin/labgrid-client" "$@"\n'


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


class Laboratory:
    """Its programs by name, each to be ended and started again; all of them on loopback."""

    def __init__(self, library: Path, home: Path) -> None:
        self._library, self.home = library, home
        self.address = f"127.0.0.1:{free_port()}"
        self._running: dict[str, subprocess.Popen[str]] = {}
        (home / "bin").mkdir()
        client = home / "bin" / "labgrid-client"
        client.write_text(START.format(library=library, python=sys.executable), encoding="utf-8")
        client.chmod(0o755)

    def start(self, name: str, *words: str) -> None:
        """`coordinator`, with what it keeps in the home of the laboratory, or `exporter`."""
        (log := self.home / f"{name}.log").touch()
        with log.open("w") as out:
            self._running[name] = subprocess.Popen(
                [sys.executable, str(self._library / "bin" / f"labgrid-{name}"), *words],
                cwd=self.home,
                env={**os.environ, "PYTHONPATH": str(self._library)},
                stdout=out,
                stderr=subprocess.STDOUT,
                text=True,
            )

    def end(self, name: str) -> None:
        running = self._running.pop(name)
        running.kill()
        running.wait()

    def close(self) -> None:
        for name in list(self._running):
            self.end(name)

    def coordinate(self) -> None:
        self.start("coordinator", "--listen", self.address)

    def export(self) -> None:
        self.start(
            "exporter", "--coordinator", self.address, "--hostname", "127.0.0.1", "--name", "labor", "geraete.yaml"
        )

    def user(self, name: str) -> Mapping[str, str]:
        """The environment of somebody at a computer of their own."""
        path = f"{self.home / 'bin'}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        named = {"LG_COORDINATOR": self.address, "LG_USERNAME": name, "LG_HOSTNAME": f"rechner-{name}"}
        return {**os.environ, "PATH": path, "PYTHONIOENCODING": "utf-8", "LG_PLACE": "kabine", **named}

    def said(self, user: str, *words: str) -> tuple[int, str]:
        """What labgrid-client says to this user, and its exit code."""
        done = subprocess.run(
            ["labgrid-client", *words],
            env=self.user(user),
            cwd=self.home,
            check=False,
            capture_output=True,
            text=True,
            executable=self.home / "bin" / "labgrid-client",
        )
        return done.returncode, done.stdout + done.stderr

    def until(self, words: str, *asked: str) -> None:
        """Ask the client until this is part of what it says."""
        while not re.search(words, self.said("betrieb", *asked)[1]):
            pass


@contextlib.contextmanager
def laboratory(library: Path, home: Path, address: str) -> Iterator[Laboratory]:
    """One place, `kabine`, with one serial line at this address (host:port)."""
    host, port = address.split(":")
    text = f"kabine:\n  presence:\n    cls: NetworkSerialPort\n    host: {host}\n    port: {port}\n"
    (home / "geraete.yaml").write_text(f"{text}    protocol: raw\n    speed: 256000\n", encoding="utf-8")
    there = Laboratory(library, home)
    try:
        there.coordinate()
        there.until(r"^$", "places")
        there.export()
        there.until("labor/kabine/", "resources")
        for words in (("create",), ("add-match", "labor/kabine/*")):
            code, said = there.said("betrieb", *words)
            assert code == 0, said
        yield there
    finally:
        there.close()
