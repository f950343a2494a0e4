"""The starts of docs/beispiele/adapter as commands, each in its language; the one in C# is compiled first."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

STARTS = Path(__file__).parents[2] / "docs" / "beispiele" / "adapter"


def start_in(language: str, folder: Path) -> str:
    """The command; what is made for it stands in `folder`. Skips, and fails where CI=true, without the language."""
    if language == "python":
        return shlex.join([sys.executable, "-I", "-S", str(STARTS / "sensor.py")])
    if language == "node":
        return shlex.join(["node", str(STARTS / "sensor.js")])
    if shutil.which("mcs") is None and os.environ.get("CI") != "true":
        pytest.skip("mono-mcs fehlt: Der Anfang in C# ist nicht geprüft.")
    program = folder / "Sensor.exe"
    subprocess.run(["mcs", "-warnaserror", f"-out:{program}", str(STARTS / "Sensor.cs")], check=True)
    return shlex.join(["mono", str(program)])
