"""Features on the memory booth need no device, no POSIX and no codec: they are meant to run on a managed PC as well."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.record import Verdict

BLOCKED = (
    *("pty", "fcntl", "termios", "tty", "serial", "sane"),
    *("aiortc", "aioice", "av", "pylibsrtp", "pyvirtualcam", "starlette", "uvicorn", "playwright"),
)
CODE = """\
import importlib.abc, sys

class Blocked(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {blocked!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}: blocked by this test", name=name)

for name in {blocked!r}:
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Blocked())
from lisa_core.harness.start.run import Order, run
code = run(Order(clock="virtual", out={out!r}))
assert not set({blocked!r}) & set(sys.modules), set({blocked!r}) & set(sys.modules)
sys.exit(code)
"""


@pytest.mark.timeout(300)
def test_every_shipped_feature_runs_in_memory_with_devices_and_posix_blocked(tmp_path: Path) -> None:
    code = CODE.format(blocked=BLOCKED, out=str(tmp_path / "out"))
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "bestanden" in done.stdout
    assert "nicht bestanden" not in done.stdout
    records = read((tmp_path / "out" / "messages.ndjson").read_text(encoding="utf-8")).scenarios
    of_devices = [one.verdict for one in records if "geraete" in one.file.parts]
    assert of_devices.count(Verdict.PASSED) >= 30, "the suites of the slots are played sound here and nowhere else"


def test_every_declaration_of_a_driver_is_read_there_as_well() -> None:
    """Which words @braucht may ask for is known from all of them."""
    code = CODE.format(blocked=BLOCKED, out="").partition("from lisa_core")[0]
    read = "from lisa_core.config.drivers import OWN, driver\nprint(*(driver(name).name for name in OWN))"
    done = subprocess.run([sys.executable, "-c", code + read], check=False, capture_output=True, text=True)
    assert (done.returncode, len(done.stdout.split()) > 10) == (0, True), done.stderr
