"""A folder of features alone: made by `lisa new folder`, run by `lisa run` and plain pytest, with steps of others."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gherkin.conftest import GOOD, Folder
from tests.gherkin.copies import lisa

LISA = [str(Path(sys.executable).with_name("lisa"))]
VENDOR = """\
from pytest_bdd import parsers, then

TITLE = "Eigene Schritte des Herstellers"


@then(parsers.parse("leuchtet die Lampe {colour}"))
async def lamp(scene, colour):
    \"\"\"Dann leuchtet die Lampe grün\"\"\"
    assert colour == "grün"
"""


def call(command: list[str], where: Path, **environment: str) -> tuple[int, str]:
    here = {**os.environ, "PYTHONIOENCODING": "utf-8", **environment}
    done = subprocess.run(command, cwd=where, env=here, check=False, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder `mein`, which holds no Python at all."""
    where = tmp_path_factory.mktemp("made")
    code, output = call([*LISA, "new", "folder", "mein"], where)
    assert code == 0, output
    assert not list(where.rglob("*.py"))
    return where


def test_new_folder_is_green_under_lisa_run_and_under_pytest(made: Path) -> None:
    code, output = call([*LISA, "run", "mein", "--clock", "virtual"], made)
    assert (code, "1 Szenario: 1 bestanden" in output) == (0, True), output
    assert "✓ MEIN.1: anruf.klingelt = 0,5 ± 0,1 s, höchstens 3 s: bestanden" in output
    pytest_command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "mein", "--lisa-clock=virtual"]
    code, output = call(pytest_command, made)
    assert (code, "1 passed" in output) == (0, True), output


def test_typo_is_red_with_a_german_sentence_and_the_mended_word_green(made: Path) -> None:
    path = made / "mein" / "erster-besuch.feature"
    right = path.read_text(encoding="utf-8")
    path.write_text(right.replace("Wenn der Bürger", "Wen der Bürger"), encoding="utf-8")
    code, output = lisa("run", "mein", "--clock", "virtual", where=made)
    assert (code, "erster-besuch.feature:8: „Wen der Bürger" in output, "Meinten Sie „Wenn“?" in output) == (
        4,
        True,
        True,
    )
    path.write_text(right, encoding="utf-8")
    assert lisa("run", "mein", "--clock", "virtual", where=made)[0] == 0


def test_new_folder_does_not_touch_what_is_there(made: Path) -> None:
    before = {path: path.read_bytes() for path in (made / "mein").rglob("*") if path.is_file()}
    code, output = call([*LISA, "new", "folder", "mein"], made)
    assert (code, "mein: Das gibt es schon" in output) == (4, True), output
    assert {path: path.read_bytes() for path in (made / "mein").rglob("*") if path.is_file()} == before


def test_readme_names_only_commands_that_work(made: Path) -> None:
    readme = (made / "mein" / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^    (lisa .+?)(?:  +.*)?$", readme, re.M)
    assert len(commands) == 6
    for command in commands:
        words = command.split()[1:]
        if words[0] == "run" and "--clock" not in words:
            words += ["--clock", "virtual"]
        assert lisa(*words, where=made)[0] == 0, command


def test_snippets_offer_every_step_with_its_words(made: Path) -> None:
    text = (made / "mein" / ".vscode" / "lisa.code-snippets").read_text(encoding="utf-8")
    snippets = json.loads(text)
    [body] = snippets["Wenn Frau Vogt den Mietvertrag einscannt"]["body"]
    assert re.fullmatch(r"Wenn \$\{1\|Frau Vogt,Frau Brandt,[^|]*\|\} \$\{2:den Mietvertrag\} einscannt", body)
    for sentence, snippet in snippets.items():
        assert {"cucumber", "feature"} <= set(snippet["scope"].split(","))
        first = re.sub(r"\$\{\d+(?::([^}]*)|\|((?:[^,|\\]|\\.)*)[^}]*)\}", r"\1\2", snippet["body"][0])
        assert re.sub(r"\\(.)", r"\1", first) == sentence
        assert sentence in snippet["prefix"]


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a package with steps is installed beside ours."""
    site = tmp_path_factory.mktemp("site")
    info = site / "vendor_steps-1.dist-info"
    info.mkdir()
    (site / "vendor_steps.py").write_text(VENDOR, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: vendor-steps\nVersion: 1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[lisa.steps]\nlamp = vendor_steps\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(site))
    return site


@pytest.mark.usefixtures("site")
def test_steps_of_others_are_found_by_their_entry_point(folder: Folder) -> None:
    folder.write("gut", GOOD.format(name="A", total=5) + "    Und leuchtet die Lampe grün\n")
    assert folder.run()[0] == 0
    assert folder.pytest()[0] == 0
    code, output = call([*LISA, "steps"], folder.path)
    assert (code, "Eigene Schritte des Herstellers" in output) == (0, True)
    assert "z. B. Dann leuchtet die Lampe grün" in output


def test_module_of_others_that_cannot_be_loaded_is_named(folder: Folder, site: Path) -> None:
    (site / "vendor_steps.py").write_text("import no_such_module\n", encoding="utf-8")
    folder.write("gut", GOOD.format(name="A", total=5))
    code, output = folder.run()
    assert code == 4
    assert "Das Modul vendor_steps mit Schritten lässt sich nicht laden: " in output
    assert "Traceback" not in output
