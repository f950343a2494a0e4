"""A driver that somebody else hands out: installed, named in a profile, run, listed; beside one that is broken."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.packaging.environments import LISA, beside_ours, called, pip

SOURCE = Path(__file__).resolve().parents[2] / "docs" / "beispiele" / "beispielradar"
FEATURE = """\
# language: de
Funktionalität: Mit dem Treiber eines anderen

  Szenario: Es klingelt, und fällt das Radar aus, erfährt es die Mitarbeiterin
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Dann klingelt es bei Frau Brandt
    Wenn Frau Brandt das Gespräch annimmt
    Und der Präsenzsensor ausfällt
    Dann erfährt Frau Brandt: „Der Präsenzsensor in der Kabine antwortet nicht“
"""
PROFILE = """\
[profile]
id = "fremd"
extends = "emulated"

[slots.presence]
driver = "beispielradar"
binding = "emulator"
reach_cm = 250
"""
WRONG = {
    'driver = "kaputt"': "6: slots.presence: Der Treiber „kaputt“ aus dem Paket kaputt 0.3 lässt sich nicht laden",
    'driver = "beispielrada"': "6: slots.presence: Den Treiber „beispielrada“ gibt es nicht. Meinten Sie „beispielr",
    'driver = "doppelt"': "6: slots.presence: Der Treiber „doppelt“ aus dem Paket zwei 0.3 hat denselben Namen wie",
    "reach_cn = 250": "8: Den Schlüssel „slots.presence.reach_cn“ gibt es nicht. Meinten Sie „reach_cm“?",
    "reach_cm = 20": "8: Der Schlüssel „slots.presence.reach_cm“ muss zwischen 50 und 900 liegen; hier steht 20.",
    'binding = "telnet://radar:7"': "7: slots.presence.binding: „telnet://radar:7“: „telnet://“ passt hier nicht: Hier",
}
TAKEN = """\
escl = kein_modul:DRIVER
[lisa.devices]
scanner = kein_modul:open_device
fehlt = kein_modul:open_device
[lisa.commands]
schief = kein_modul:schief
"""
"""What else a package may bring: names that are taken, a device and a command that cannot be loaded."""
LOAD = """\
import sys
from lisa_core.domain.model.errors import ProfileError
from lisa_core.config.profile import load_profile
for number in range(int(sys.argv[1])):
    try:
        load_profile(f"{number}.toml")
    except ProfileError as error:
        print(error)
"""


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that has what this one has, the package of the driver, and one whose import fails."""
    home = tmp_path_factory.mktemp("vendor")
    found = beside_ours(home / "venv")
    (site,) = (home / "venv").glob("lib/python*/site-packages")
    build = ("build", "--wheel", "--no-isolation", "--outdir", str(home), str(SOURCE))
    called(sys.executable, "-m", *build)
    (wheel,) = home.glob("*.whl")
    called(*pip(found, "install", "--quiet", "--no-index", "--no-deps", "--no-compile", str(wheel)))
    for package, name in (("kaputt", "kaputt"), ("eins", "doppelt"), ("zwei", "doppelt")):
        info = site / f"{package}-0.3.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 0.3\n", encoding="utf-8")
        more = TAKEN if package == "eins" else ""
        text = f"[lisa.drivers]\n{name} = kein_modul:DRIVER\n{more}"
        (info / "entry_points.txt").write_text(text, encoding="utf-8")
    return found / "python"


def test_a_driver_of_others_runs_a_feature_with_its_emulated_device(python: Path, tmp_path: Path) -> None:
    (tmp_path / "fremd.feature").write_text(FEATURE, encoding="utf-8")
    (tmp_path / "fremd.toml").write_text(PROFILE, encoding="utf-8")
    run = ("run", "fremd.feature", "--profile", "fremd.toml")
    assert "1 bestanden" in called(str(python), *LISA, *run, where=tmp_path)


def test_doctor_lists_it_with_its_package_and_names_one_that_is_broken(python: Path, tmp_path: Path) -> None:
    said = called(str(python), *LISA, "doctor", where=tmp_path)
    assert "beispielradar  lisa-beispielradar 2.1  Präsenzsensor" in said
    assert "Der Treiber „kaputt“ aus dem Paket kaputt 0.3 lässt sich nicht laden" in said
    assert "No module named 'kein_modul'" in said
    assert "Der Treiber „escl“ aus dem Paket eins 0.3 heißt wie einer von LISA; es gilt unserer." in said
    device = "Das emulierte Gerät „"
    assert f"{device}scanner“ aus dem Paket eins 0.3 heißt wie eines von LISA; es gilt unseres." in said
    assert f"{device}fehlt“ aus dem Paket eins 0.3 lässt sich nicht laden (ModuleNotFoundError" in said


def test_a_command_that_cannot_be_loaded_stops_no_other(python: Path, tmp_path: Path) -> None:
    assert "doctor" in called(str(python), *LISA, "--help", where=tmp_path)
    said = called(str(python), *LISA, "schief", "--laut", where=tmp_path, code=4)
    assert "Der Befehl „schief“ aus dem Paket eins 0.3 lässt sich nicht laden (ModuleNotFoundError" in said


def test_what_is_wrong_with_it_is_told_with_file_line_and_the_nearest_word(python: Path, tmp_path: Path) -> None:
    for number, line in enumerate(WRONG):
        key = line.partition(" ")[0].replace("cn", "cm")
        changed = [line if old.startswith(key) else old for old in PROFILE.splitlines()]
        (tmp_path / f"{number}.toml").write_text("\n".join(changed), encoding="utf-8")
    said = called(str(python), "-c", LOAD, str(len(WRONG)), where=tmp_path).splitlines()
    for number, text in enumerate(WRONG.values()):
        assert f"{number}.toml:{text}" in said[number]
