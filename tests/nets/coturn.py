"""coturn: a relay (TURN) of others, started in a network for a test, with a secret as a Landkreis shares it."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.nets.namespaces import Net

PROGRAM = "turnserver"
SECRET = "fiktives-geheimnis-nur-im-test"
PORT = 3478
_QUESTION = bytes.fromhex("000100002112a442") + bytes(12)
"""A binding request (RFC 8489): who answers it is there."""
EVERYBODY = ("0.0.0.0-255.255.255.255", "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")
"""To nobody but itself does it pass anything on, as docs/netz.md says: both ends of a talk have their way from it."""
_ASK_S, _TRIES = 0.05, 400


@dataclass(frozen=True, slots=True)
class Relay:
    """One that runs. `url`: as a Landkreis writes it."""

    url: str
    secret_file: Path


def need_coturn() -> None:
    """Skip by name where it is not installed; on CI that is a failure."""
    if shutil.which(PROGRAM) is None:
        missing = "coturn fehlt: nicht geprüft"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)


@contextlib.contextmanager
def relay(net: Net, address: str, folder: Path, *, most: int = 0) -> Iterator[Relay]:
    """A relay on this address. `most`: how many ways it gives at once; 0: any number."""
    secret, told = folder / "relais.geheim", folder / "turnserver.conf"
    secret.write_text(f"{SECRET}\n", encoding="utf-8")
    secret.chmod(0o600)
    lines = {
        "listening-ip": address,
        "relay-ip": address,
        "listening-port": str(PORT),
        "realm": "lisa.example",
        "static-auth-secret": SECRET,
        "total-quota": str(most),
        "pidfile": str(folder / "turnserver.pid"),
        "userdb": str(folder / "turndb"),
        "log-file": str(folder / "log"),
    }
    flags = ("use-auth-secret", "no-cli", "no-tls", "no-dtls", "no-software-attribute", "simple-log")
    peers = ("no-multicast-peers", f"allowed-peer-ip={address}", *(f"denied-peer-ip={one}" for one in EVERYBODY))
    all_lines = (*flags, *peers, *(f"{key}={value}" for key, value in lines.items()))
    told.write_text("\n".join(all_lines) + "\n", encoding="utf-8")
    command = net.inside(PROGRAM, "-c", str(told))
    log = folder / "turnserver.log"
    with log.open("w", encoding="utf-8") as said, subprocess.Popen(command, stdout=said, stderr=said) as program:
        try:
            assert net.do(lambda: _answers(address)), log.read_text(encoding="utf-8")
            yield Relay(f"turn:{address}:{PORT}", secret)
        finally:
            program.kill()


def _answers(address: str) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        way.settimeout(_ASK_S)
        way.connect((address, PORT))
        rhythm = threading.Event()
        for _ in range(_TRIES):
            with contextlib.suppress(OSError):
                way.send(_QUESTION)
                return bool(way.recv(2_000))
            rhythm.wait(_ASK_S)
    return False
