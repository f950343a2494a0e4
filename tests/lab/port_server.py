"""ser2net with one line, for as long as a test needs it, as a program beside it."""

from __future__ import annotations

import contextlib
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.lab.shared import free_port

LOOK_S = 0.02
"""So often it is looked whether somebody listens."""


@contextlib.contextmanager
def ser2net_at(program: str, device: Path, speed: int, home: Path) -> Iterator[str]:
    """Offers this line, as bytes alone; yields host:port once somebody listens there."""
    place = ("127.0.0.1", free_port())
    lines = [
        "%YAML 1.1",
        "---",
        "connection: &line",
        f"  accepter: tcp,{place[0]},{place[1]}",
        f"  connector: serialdev,{device},{speed}n81,local",
        "  options:",
        "    chardelay: false",
    ]
    (config := home / "ser2net.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with subprocess.Popen([program, "-n", "-c", str(config)], stderr=subprocess.DEVNULL) as running:
        try:
            while not _listens(place):
                with contextlib.suppress(subprocess.TimeoutExpired):
                    raise AssertionError(f"ser2net has ended by itself: {running.wait(LOOK_S)}")
            yield "{}:{}".format(*place)
        finally:
            running.kill()


def _listens(place: tuple[str, int]) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(place, 1):
        return True
    return False
