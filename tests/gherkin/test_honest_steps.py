"""A step that could prove nothing does not pass: what it speaks of must have been there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

LISA = str(Path(sys.executable).with_name("lisa"))
HEAD = """# language: de
Funktionalität: Ehrlich

  Szenario: Eins
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
"""
TALK = f"{HEAD}    Und Frau Brandt das Gespräch annimmt\n"
# text -> (exit code, words)
DISHONEST = {
    HEAD + "    Dann klingelt es bei Frau Brandt innerhalb von 60 ms\n": (1, "Es klingelte erst nach 0,"),
    TALK + "    Dann ist das Bild der Person bei Frau Brandt flüssig\n": (1, "flüssig sind 20"),
    TALK + "    Dann ist die Unterlage „Quatsch“ vernichtet\n": (3, "Eine Unterlage „Quatsch“ war nie erfasst."),
    TALK
    + "    Und die Bürgerin ihren Mietvertrag unter die Kamera legt\n"
    + "    Dann sieht Frau Brandt unter der Kamera den Personalausweis\n": (1, "Liegt da Personalausweis?"),
    TALK + "    Dann ist der Entwurf vernichtet\n": (3, "Ein Entwurf war nie offen."),
    TALK + "    Dann kann Frau Brandt „Quatsch“ nicht wählen\n": (3, "Die Leistung „Quatsch“ gibt es nicht."),
    TALK + "    Dann sieht Frau Brandt nichts vom vorigen Besuch\n": (3, "Ein früherer Besuch ist hier nicht zu Ende"),
    HEAD + "    Und 2 Min vergehen\n    Dann klingelt es bei Frau Brandt\n": (4, "Die Einheit „Min“ gibt es nicht."),
}


@pytest.mark.parametrize("number", range(len(DISHONEST)))
def test_it_is_red_for_its_reason(number: int, tmp_path: Path) -> None:
    text, (code, words) = list(DISHONEST.items())[number]
    (tmp_path / "x.feature").write_text(text, encoding="utf-8")
    done = run(tmp_path, "x.feature")
    assert (done.returncode, words in done.stdout + done.stderr) == (code, True), done.stdout + done.stderr


def test_what_was_meant_as_a_feature_is_not_passed_over(tmp_path: Path) -> None:
    good = HEAD + "    Dann klingelt es bei Frau Brandt\n"
    (tmp_path / "gut.feature").write_text(good, encoding="utf-8")
    (tmp_path / "build").mkdir()
    other = good.replace("Ehrlich", "Auch").replace("bei Frau Brandt", "bei niemandem")
    (tmp_path / "build" / "auch.feature").write_text(other, encoding="utf-8")
    assert run(tmp_path, ".").returncode == 1
    for name in ("x.Feature", "x.feature.txt"):
        path = tmp_path / name
        path.write_text(good, encoding="utf-8")
        done = run(tmp_path, ".")
        assert (done.returncode, f"{name}: Das ist keine Feature-Datei." in done.stderr) == (4, True)
        path.unlink()
    (tmp_path / "weg.feature").symlink_to("nirgends.feature")
    assert run(tmp_path, ".").returncode == 4


def test_whole_folder_is_not_cut_down_by_a_line_of_one_of_its_files(tmp_path: Path) -> None:
    second = (
        "\n  Szenario: Zwei\n    Angenommen das Bürgerbüro Templin ist geöffnet\n    Dann klingelt es bei niemandem\n"
    )
    good = HEAD + "    Dann klingelt es bei Frau Brandt\n"
    (tmp_path / "x.feature").write_text(good + second, encoding="utf-8")
    assert "1 Szenario: 1 bestanden" in run(tmp_path, "x.feature:4").stdout
    assert "2 Szenarien: 1 bestanden, 1 nicht bestanden" in run(tmp_path, ".", "x.feature:4").stdout


def run(where: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [LISA, "run", *arguments, "--clock", "virtual"]
    return subprocess.run(command, cwd=where, check=False, capture_output=True, text=True)
