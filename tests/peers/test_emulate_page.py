"""docs/emulieren.md, line by line: a whole emulated booth, driven by programs that nobody here wrote."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from emulator.booth import DEVICES
from tests.gherkin.test_first_hour import stands_in, typed
from tests.peers.clients import Client

ACCEPTED = (
    Client(
        "presence",
        "miniterm (pyserial)",
        "3.5",
        "PyPI",
        "client",
        "test_the_page_of_emulated_devices_is_true",
        "reports on a terminal; over RFC 2217",
    ),
)
ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "emulieren.md").read_text(encoding="utf-8")
TOOLS = ("scanimage", "mbpoll", "node", "script", "file")
DONE = "@done@"


def test_the_page_says_of_every_emulated_device_what_speaks_where() -> None:
    named = {name for line in PAGE.splitlines() if line.startswith("| `") for name in re.findall("`([^`]+)`", line)}
    assert named >= DEVICES.keys()


def test_the_page_of_emulated_devices_is_true(tmp_path: Path, need: Callable[[str], str]) -> None:
    for tool in TOOLS:
        need(tool)
    (tmp_path / "docs" / "beispiele").mkdir(parents=True)
    shutil.copy(ROOT / "docs" / "beispiele" / "steuern.mjs", tmp_path / "docs" / "beispiele")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"}
    shown = list(typed(PAGE))
    with subprocess.Popen(
        ["bash"],
        cwd=tmp_path,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as shell:
        assert shell.stdin
        assert shell.stdout
        try:
            for one in shown:
                shell.stdin.write(f"{one.command}\necho {DONE}\n")
                shell.stdin.flush()
                said = []
                while (line := shell.stdout.readline().rstrip("\n")) != DONE:
                    assert shell.poll() is None, f"$ {one.command}\n{said}"
                    said.append(line)
                said = [line for line in said if line.strip()]
                assert len(said) == len(one.shown), f"$ {one.command}\n{said}"
                for wanted, line in zip(one.shown, said, strict=True):
                    assert stands_in(wanted, line), f"$ {one.command}\nshown: {wanted}\nsaid:  {line}"
        finally:
            shell.stdin.write("kill $(jobs -p); wait\nexit\n")
            shell.stdin.close()
            shell.wait()
    assert not list((tmp_path / "kabine").glob("[!w]*")), "a path was left"
