"""One handing out for all tests that need it."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.packaging.environments import ROOT
from tests.peers.conftest import pypi

__all__ = ["pypi"]
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32))).private_bytes(
    Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
)
"""A key for tests: the numbers from 0 to 31."""
EPOCH_S = 1_790_000_000


@pytest.fixture(scope="session")
def handed_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `make dist` fills from this checkout, with a signature: once for all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "handed-out"
    with shared.with_suffix(".lock").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not shared.exists():
            folder = tmp_path_factory.mktemp("dist")
            (folder / "key.pem").write_bytes(KEY)
            dist(ROOT, folder / "dist", "--key", str(folder / "key.pem")).rename(shared)
    return shared


@pytest.fixture(scope="session")
def wheel(handed_out: Path) -> Path:
    """The wheel, built from this checkout."""
    (built,) = handed_out.glob("*.whl")
    return built


def dist(source: Path, out: Path, *more: str) -> Path:
    """What `make dist` makes of a source, in `out`."""
    command = [sys.executable, str(source / "tools" / "dist.py"), "--out", str(out), *more]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH_S)}
    done = subprocess.run(command, cwd=out.parent, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return out
