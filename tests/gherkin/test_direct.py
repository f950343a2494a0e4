"""`def test_x(booth)`: a whole booth without Gherkin, and what each wrong use is told.

That it works is shown by docs/beispiele/kabine (tests/packaging/test_examples.py); here on emulated devices as well.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.environ.get("LISA_LONG") != "1", reason="drei Läufe von pytest: nur mit LISA_LONG=1")
TESTS = """\
import asyncio

import pytest


def test_unknown_agent(booth):
    booth.agent("Frau Brand")


def test_unknown_sentence(booth):
    booth.do("Wenn der Bürger das Bürgerbüro betrit")


def test_too_late(booth):
    booth.enter()
    booth.place("Lychen")


def test_a_table_is_missing(booth):
    booth.do("Wenn Frau Vogt einträgt, was die Bürgerin sagt, und sie jede Antwort bestätigt")


def test_never_shown(booth):
    booth.enter()
    booth.shows("Das steht dort nie", within_s=1)


async def test_fails_inside(booth):
    await booth.enter()
    assert (await booth.screen()).title == "Nein"


async def test_another_loop(booth):
    def elsewhere():
        asyncio.run(booth.enter())

    await asyncio.to_thread(elsewhere)


@pytest.fixture
def ours(booth):
    return booth.agent("Frau Brandt")


def test_fixtures_of_others_and_all_calls(booth, ours):
    ours.ready()
    booth.enter()
    booth.sit()
    ours.accept()
    booth.speak(0.1)
    booth.wait(1)
    assert ours.sees(lambda desk: desk.state) == "im_gespraech"
    ours.hang_up()
    booth.leave()
    assert booth.outcome()
"""
TOLD = {
    "test_unknown_agent": "Es gibt keine Mitarbeiterin namens „Frau Brand“. Bekannt sind:",
    "test_unknown_sentence": "Meinten Sie „der Bürger das Bürgerbüro betritt“?",
    "test_too_late": "Dieser Schritt gehört an den Anfang",
    "test_a_table_is_missing": "braucht datatable; hier gibt es das nicht.",
    "test_never_shown": "„Das steht dort nie“ – nicht innerhalb von 1 s",
    "test_fails_inside": "erwartet: „Nein“",
    "test_another_loop": "Dieser Test läuft in einer anderen Schleife als die Kabine.",
}


def run(folder: Path, *options: str) -> str:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", "-rA", *options]
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    return done.stdout + done.stderr


def test_each_wrong_use_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "test_kabine.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nlisa = true\n", encoding="utf-8")
    said = run(tmp_path, "--lisa-clock=virtual", "-k", "not another_loop")
    assert "1 passed, 6 failed" in said or "6 failed, 1 passed" in said, said
    for name, words in TOLD.items():
        if name != "test_another_loop":
            assert words in said, f"{name}: {said}"


def test_on_emulated_devices_it_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "test_kabine.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nlisa = true\n", encoding="utf-8")
    said = run(tmp_path, "-k", "all_calls or another_loop")
    assert "1 failed, 1 passed" in said, said
    assert TOLD["test_another_loop"] in said


def test_without_lisa_the_fixture_says_which_line_is_missing(tmp_path: Path) -> None:
    (tmp_path / "test_kabine.py").write_text("def test_x(booth):\n    pass\n", encoding="utf-8")
    assert "in pytest.ini unter [pytest] die Zeile „lisa = true“ schreiben" in run(tmp_path).replace("In", "in")
