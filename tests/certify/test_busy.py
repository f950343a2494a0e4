"""Three certifications on a machine whose cores are all busy: no verdict is other than on a quiet one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lisa_core.harness.certify.house import house
from lisa_core.harness.certify.make import NAME
from lisa_core.harness.certify.verify import verified
from tests.tidy.sources import ROOT

LONG = os.environ.get("LISA_LONG") == "1"
CLASS = "kartenleser-2026.1"


@pytest.mark.long
@pytest.mark.alone
@pytest.mark.timeout(1_800)
@pytest.mark.skipif(not LONG, reason="prüft eine Klasse viermal auf der echten Uhr: nur mit LISA_LONG=1")
def test_a_busy_machine_changes_no_verdict(tmp_path: Path) -> None:
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", "k.pem"], cwd=tmp_path, check=True)
    quiet = verdicts(tmp_path, "ruhig")
    assert set(quiet.values()) == {"bestanden"}
    for number in range(3):
        assert verdicts(tmp_path, str(number), sys.executable, str(ROOT / "tools" / "busy.py")) == quiet


def verdicts(path: Path, out: str, *before: str) -> dict[str, str]:
    """What a whole certification of the emulated device comes to, scenario by scenario; the bundle holds."""
    lisa = str(Path(sys.executable).with_name("lisa"))
    words = ["certify", "--profile", "emulated", "--class", CLASS, "--key", "k.pem", "--out", out]
    done = subprocess.run([*before, lisa, *words], cwd=path, check=False, capture_output=True, text=True)
    assert done.returncode == 2, done.stdout + done.stderr  # emulated: a trial, however it ended
    found = verified((path / out / NAME).read_bytes(), house())
    assert found.faults == ()
    return dict(found.predicate["folgt"]["szenarien"])
