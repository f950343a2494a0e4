"""docs/adapter.md does what it says, command by command: with LISA_LONG=1, since each run of `lisa` costs seconds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gherkin.test_first_hour import stands_in, typed

ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(300)
@pytest.mark.skipif(os.environ.get("LISA_LONG") != "1", reason="führt lisa vier Mal aus: LISA_LONG=1")
def test_every_command_shows_what_the_page_says(tmp_path: Path) -> None:
    for part in ("docs/beispiele/adapter", "features"):
        shutil.copytree(ROOT / part, tmp_path / part)
    commands = list(typed((ROOT / "docs" / "adapter.md").read_text(encoding="utf-8")))
    assert len(commands) >= 12
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONIOENCODING": "utf-8", "COLUMNS": "400"}
    for one in commands:
        with (tmp_path / "said").open("w+", encoding="utf-8") as output:
            done = subprocess.run(
                ["bash", "-c", one.command], cwd=tmp_path, env=environment, check=False, stdout=output, stderr=output
            )
            output.seek(0)
            said = output.read()
        assert done.returncode == one.code, f"$ {one.command}\n{said}"
        missing = [line for line in one.shown if not stands_in(line, said)]
        assert not missing, f"$ {one.command}\n{said}\nmissing: {missing}"
