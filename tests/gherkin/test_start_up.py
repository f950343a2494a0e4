"""What starting costs: which modules are loaded for the list of commands, for a help page, for a run in memory.

Seconds swing with the machine; what is loaded does not. The seconds themselves: `python -m tests.bench start`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from click.testing import CliRunner

from lisa_core.cli.announced import announced
from lisa_core.cli.commands import BESIDE, OWN, lisa
from lisa_core.harness.steps.library import STEP_LIBRARY

_SAY = """
import sys
sys.argv[0] = "lisa"
from lisa_core.cli.main import main
try:
    main()
except SystemExit:
    import json
    print("\\n" + json.dumps(sorted(sys.modules)), file=sys.stderr)
"""
_HEAVY = {
    *("aioice", "aiortc", "av", "cryptography", "holidays", "httpx", "jinja2", "numpy", "PIL", "pydantic", "pygments"),
    *("pytest", "reportlab.pdfgen", "rich", "serial", "starlette", "structlog", "uvicorn", "websockets"),
}
_NEEDED_IN_MEMORY = {"cryptography", "holidays", "jinja2", "PIL", "pydantic", "pygments", "pytest"}
"""A key to seal with, whether it is open today, the page of the report, a picture of her, profile and Landkreis."""
_SCENARIO = """# language: de
Funktionalität: Besuche

  Szenario: Besuch
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Dann sieht Frau Brandt die Bürgerin
"""


def _loaded(words: Sequence[str], where: Path) -> set[str]:
    command = [sys.executable, "-c", _SAY, *words]
    done = subprocess.run(command, cwd=where, check=True, capture_output=True, text=True)
    names: list[str] = json.loads(done.stderr.splitlines()[-1])
    return set(names)


def test_the_list_of_commands_loads_click_and_next_to_nothing_of_ours(tmp_path: Path) -> None:
    loaded = _loaded(["--help"], tmp_path)
    assert {name for name in loaded if name.startswith(("lisa_core", "emulator"))} == {
        *("emulator", "emulator.cli", "lisa_core", "lisa_core.moved", "lisa_core.host", "lisa_core.host.allocator"),
        *("lisa_core.harness.garbage", "lisa_core.cli", "lisa_core.cli.main", "lisa_core.cli.commands"),
        *("lisa_core.cli.announced", "lisa_core.cli.german", "lisa_core.cli.german.headings", "lisa_core.harness"),
    }
    assert not loaded & {*_HEAVY, "asyncio", "dataclasses", "importlib.metadata", "pathlib", "socket", "ssl"}


@pytest.mark.parametrize("command", sorted({*OWN, *BESIDE}))
def test_a_help_page_loads_no_library(command: str, tmp_path: Path) -> None:
    assert not _loaded([command, "--help"], tmp_path) & _HEAVY


def test_a_run_in_memory_loads_nothing_of_wires_pages_and_video(tmp_path: Path) -> None:
    (tmp_path / "besuch.feature").write_text(_SCENARIO, encoding="utf-8")
    loaded = _loaded(["run", "besuch.feature", "--clock", "virtual"], tmp_path)
    assert loaded & _HEAVY == _NEEDED_IN_MEMORY
    assert not loaded & {"hypothesis", "mako", "urllib.request", "xdist", "xml.sax", "pytest_bdd.generation"}


def test_steps_load_no_booth_before_one_is_opened() -> None:
    modules, programs = ", ".join(STEP_LIBRARY), ["lisa_core.booth.executor", "lisa_core.exchange.executor"]
    code = f"import sys, {modules}\nassert not {{*sys.modules}}.intersection({programs})"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_list_says_what_the_commands_say() -> None:
    """`OWN` repeats the first sentence of each help, so that the list need not import the command."""
    runner = CliRunner()
    for name, sentence in {**OWN, **BESIDE}.items():
        text = " ".join(runner.invoke(lisa, [name, "--help"], prog_name="lisa").output.split())
        assert sentence.removesuffix(" ...") in text


def test_what_others_bring_is_found_as_importlib_finds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def package(folder: str, text: str) -> None:
        place = tmp_path / folder
        place.mkdir(parents=True)
        (place / "METADATA").write_text("Metadata-Version: 2.1\nName: x\nVersion: 1\n", encoding="utf-8")
        (place / "entry_points.txt").write_text(text, encoding="utf-8")

    package("a/Ein_Paket-1.0.dist-info", "[other]\nx = y:z\n\n[lisa.commands]\n# what for\neins = ein.paket:eins\n")
    package("b/ein_paket-2.0.dist-info", "[lisa.commands]\nneuer = ein.paket:neuer\n")
    package("b/zwei-1.0.dist-info", "[lisa.commands]\nzwei=zwei.cli : zwei [mehr]\n\n[lisa.commandsx]\ndrei = a:b\n")
    for folder in ("b", "a"):
        monkeypatch.syspath_prepend(str(tmp_path / folder))
    found = announced()
    assert {"eins", "zwei", "emulate"} <= found.keys()
    assert not {"neuer", "drei"} & found.keys()
    assert found == {point.name: point.value for point in entry_points(group="lisa.commands")}


def test_a_zip_file_on_the_path_is_asked_by_importlib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "more.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    monkeypatch.syspath_prepend(str(tmp_path / "more.zip"))
    assert announced() == {point.name: point.value for point in entry_points(group="lisa.commands")}
