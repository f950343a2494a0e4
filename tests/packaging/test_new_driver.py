"""A driver of one's own, from an empty folder: written, installed, its own tests green, listed, on a real line.

One slot in each run of the tests; all of them, and what a planted mistake does, with LISA_LONG=1.
"""

from __future__ import annotations

import ast
import importlib
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from lisa_core.domain.model.errors import LisaError
from lisa_core.equipment.slots.catalogue import DEVICE_OF_SLOT, PROTOCOLS, SLOTS
from lisa_core.equipment.slots.driver import Tried, declaration_fault
from lisa_core.harness.start.vendor.package import new_driver
from lisa_core.harness.start.vendor.templates import TEMPLATES, unsuited
from lisa_core.harness.text.language import speaking
from tests.gherkin.test_first_hour import stands_in, typed
from tests.packaging.environments import LISA, LONG, ROOT, beside_ours, called, pip

DOCS = ROOT / "docs" / "hersteller"
PAGE = (DOCS / "treiber.md").read_text(encoding="utf-8")
SECOND_HALF = "\n## Über eine wirkliche Leitung"
OFFLINE = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_NO_COMPILE": "1"}
"""What `pip install` is told here, so that it fetches nothing; of the third 0 means that there is none."""
Made = Callable[[str], Path]
NOT_LONG = "installiert ein Paket für jeden Steckplatz: nur mit LISA_LONG=1"
WRONG_NAMES = {
    "Acme PX2": "Zum Beispiel: acme_px2",
    "acme-px2": "Zum Beispiel: acme_px",
    "2fast": "Zum Beispiel: fast",
    "class": "Zum Beispiel: acme_px2",
    "a__b": "kann kein Paket heißen",
    "über": "kann kein Paket heißen",
    "x" * 41: "höchstens 40",
    "escl": "aus dem Paket lisa-booth",
    "hlk_ld2410": "Den Treiber „hlk-ld2410“ gibt es schon",
    "presence": "heißt schon ein emuliertes Gerät",
    "tracking_radar": "heißt schon ein emuliertes Gerät",
    "json": "heißt schon ein Modul",
    "pytest": "heißt schon ein Modul",
}
PLANTED = {
    "codec.py": ("test_codec.py", "return reduce(lambda one, other: one ^ other, line, 0)", "return len(line) % 256"),
    "emulated.py": ("test_driver.py", '"!SEEN", (str(moving), str(still))', '"!SEEN", (str(still), str(moving))'),
    "driver.py": (
        "beta_presence9.feature",
        "moving, still = map(self._distance, message.args)",
        "moving, still = None, None",
    ),
}

"""Which of its tests notices what in which file; the feature runs with the profile, so with this driver."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder, with an environment in which LISA is installed."""
    folder = tmp_path_factory.mktemp("vendor")
    beside_ours(folder / "venv")
    return folder


def programs(home: Path) -> Path:
    """The folder with `lisa`, `pytest` and `pip` of that environment, as a shell finds them."""
    found, python = home / "venv" / "bin", shlex.quote(str(home / "venv" / "bin" / "python"))
    ours = shlex.join((sys.executable, "-m", "pip", "--python", str(found / "python")))
    called_as = {"lisa": f"{python} {shlex.join(LISA)}", "pytest": f"{python} -m pytest", "pip": ours}
    for name, command in called_as.items():
        (found / name).write_text(f'#!/bin/sh\nexec {command} "$@"\n', encoding="utf-8")
        (found / name).chmod(0o755)
    return found


@pytest.fixture(scope="module")
def made(home: Path) -> Made:
    """The folder of a driver for this slot, installed as its README says."""

    def install(slot: str) -> Path:
        folder = home / f"beta_{slot}9"
        new_driver(folder, slot)
        options = ("--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--no-compile")
        called(*pip(home / "venv" / "bin", "install", *options, "-e", str(folder)))
        return folder

    return install


def test_the_page_from_an_empty_folder_shows_what_it_says(home: Path, tmp_path: Path) -> None:
    shown = list(typed(PAGE if LONG else PAGE.partition(SECOND_HALF)[0]))
    assert len(shown) == (12 if LONG else 5)
    script = "".join(f"echo @{number}@\n{one.command}\n" for number, one in enumerate(shown))
    path = f"{programs(home)}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, **OFFLINE, "PATH": path, "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}
    done = subprocess.run(
        ["bash", "-c", f"trap 'kill $(jobs -p) 2> /dev/null' EXIT\n{script}"],
        cwd=tmp_path,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    said = re.split(r"^@\d+@\n", done.stdout, flags=re.MULTILINE)[1:]
    for one, text in zip(shown, said, strict=True):
        missing = [line for line in one.shown if not stands_in(line, text)]
        assert not missing, f"$ {one.command}\n{text}\n{done.stderr}\nmissing: {missing}"


def test_the_english_page_types_the_same() -> None:
    english = (DOCS / "driver.md").read_text(encoding="utf-8")
    assert [one.command.replace(" --lang en", "") for one in typed(english)] == [one.command for one in typed(PAGE)]


@pytest.mark.skipif(not LONG, reason=NOT_LONG)
@pytest.mark.parametrize("slot", TEMPLATES)
def test_its_own_tests_are_green_at_once_and_doctor_lists_it(home: Path, made: Made, slot: str) -> None:
    folder, python = made(slot), str(home / "venv" / "bin" / "python")
    said = called(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", where=folder)
    assert " passed" in said
    name = folder.name.replace("_", "-")
    assert re.search(rf"✓ +{name} +lisa-{name} 0\.1 ", called(python, *LISA, "doctor", where=folder))


@pytest.mark.skipif(not LONG, reason=NOT_LONG)
@pytest.mark.parametrize(
    ("slot", "listen"),
    [*((slot, "") for slot in TEMPLATES), ("presence", "socket://127.0.0.1:0"), ("door", "rfc2217://127.0.0.1:0")],
)
def test_with_the_address_of_an_emulated_device_it_runs_over_a_real_line(
    home: Path, made: Made, slot: str, listen: str
) -> None:
    folder, python = home / f"beta_{slot}9", str(home / "venv" / "bin" / "python")
    if not folder.exists():
        made(slot)
    name = folder.name.replace("_", "-")
    emulate = (python, *LISA, "emulate", name, *(("--listen", listen) if listen else ()))
    with subprocess.Popen(emulate, stdout=subprocess.PIPE, text=True) as device:
        try:
            assert device.stdout is not None
            where = json.loads(device.stdout.readline())
            profile = (folder / f"{folder.name}.toml").read_text(encoding="utf-8")
            bound = profile.replace('"emulator"', json.dumps(where.get("path") or where["url"]))
            (folder / "bound.toml").write_text(f'{bound}\n[world]\njoin = "{where["world"]}"\n', encoding="utf-8")
            said = called(python, *LISA, "run", "tests", "--profile", "bound.toml", where=folder)
        finally:
            device.terminate()
    assert "1 bestanden" in said


@pytest.mark.skipif(not LONG, reason=NOT_LONG)
@pytest.mark.parametrize("slot", TEMPLATES)
def test_what_is_written_keeps_the_form_that_is_asked_of_us(home: Path, tmp_path: Path, slot: str) -> None:
    new_driver(tmp_path / "gamma_7", slot)
    cache = ("--cache-dir", str(home / "mypy"))
    called(sys.executable, "-m", "mypy", "--strict", *cache, "gamma_7", where=tmp_path / "gamma_7")


@pytest.mark.skipif(not LONG, reason=NOT_LONG)
@pytest.mark.parametrize("file", PLANTED)
def test_a_mistake_in_any_of_its_files_turns_its_tests_red(home: Path, made: Made, file: str) -> None:
    folder, python = home / "beta_presence9", str(home / "venv" / "bin" / "python")
    if not folder.exists():
        made("presence")
    source = folder / folder.name / file
    right, (tests, old, new) = source.read_text(encoding="utf-8"), PLANTED[file]
    assert old in right
    source.write_text(right.replace(old, new), encoding="utf-8")
    try:
        called(python, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", f"tests/{tests}", where=folder, code=1)
    finally:
        source.write_text(right, encoding="utf-8")


# --- what is written, without installing anything -----------------------------------------------------------------


def test_every_slot_has_a_template_or_a_sentence() -> None:
    assert {*TEMPLATES} == {slot for slot in SLOTS if not unsuited(slot)}


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("slot", TEMPLATES)
def test_nothing_of_the_template_is_left_in_what_is_written(tmp_path: Path, slot: str, lang: str) -> None:
    with speaking(lang):
        files = new_driver(tmp_path / "beta_scan_3", slot)
    texts = {file.relative_to(tmp_path / "beta_scan_3").as_posix(): file.read_text(encoding="utf-8") for file in files}
    for name, text in texts.items():
        assert not [word for word in ("acme", "Acme", "{slot}", "{title}", "{silent}") if word in name + text], name
        if name.endswith(".py"):
            ast.parse(text, filename=name)
    project = tomllib.loads(texts["pyproject.toml"])["project"]
    assert project["entry-points"]["lisa.drivers"] == {"beta-scan-3": "beta_scan_3.driver:DRIVER"}
    assert tomllib.loads(texts["beta_scan_3.toml"])["slots"][slot]["driver"] == "beta-scan-3"
    assert f"`{SLOTS[slot].fault}`" in texts["README.md"]
    german = [line for line in texts["README.md"].splitlines() if "ß" in line or " und " in line]
    assert bool(german) == (lang == "de")


@pytest.mark.parametrize("slot", TEMPLATES)
def test_what_is_written_can_be_imported_and_its_declaration_is_sound(
    tmp_path: Path, slot: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"beta_{slot}_4"
    new_driver(tmp_path / name, slot)
    monkeypatch.syspath_prepend(str(tmp_path / name))
    try:
        declared = importlib.import_module(f"{name}.driver").DRIVER
        assert declaration_fault(declared, PROTOCOLS.values()) == ""
        assert declared.serving(PROTOCOLS[slot]) is not None
        assert declared.evidence.tried is Tried.COMPOSED
        emulated = importlib.import_module(f"{name}.emulated")
        assert DEVICE_OF_SLOT[slot] == emulated.PLAYS
        assert SLOTS[slot].fault == importlib.import_module(f"{name}.driver").SILENT
    finally:
        for module in [one for one in sys.modules if one.partition(".")[0] == name]:
            del sys.modules[module]


@pytest.mark.parametrize("name", WRONG_NAMES)
def test_a_name_that_cannot_be_one_is_refused_with_what_to_do(tmp_path: Path, name: str) -> None:
    with pytest.raises(LisaError) as caught:
        new_driver(tmp_path / name, "presence")
    assert WRONG_NAMES[name] in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_what_is_there_stays_and_a_slot_that_nobody_knows_or_serves_is_told(tmp_path: Path) -> None:
    (tmp_path / "beta_9").mkdir()
    (tmp_path / "alpha_9").write_text("meins", encoding="utf-8")
    for name, slot, said in (
        ("beta_9", "presence", "Das gibt es schon"),
        ("alpha_9", "presence", "Das gibt es schon"),
        ("gamma_9", "presense", "Meinten Sie „presence“?"),
        ("gamma_9", "citizen_camera", 'driver = "camera", binding = "video:/dev/video0"'),
        ("gamma_9", "microphone", 'driver = "audio"'),
        ("gamma_9", "screen", 'driver = "page"'),
    ):
        with pytest.raises(LisaError, match=r"\.") as caught:
            new_driver(tmp_path / name, slot)
        assert said in str(caught.value)
    assert {path.name for path in tmp_path.rglob("*")} == {"alpha_9", "beta_9"}
