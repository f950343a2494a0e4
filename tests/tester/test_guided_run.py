"""`lisa run` on a booth with a real radar: a tester is asked, at the terminal or on the page, and her answer counts.

The radar is real in that no world of the run knows of it: `lisa emulate presence` hosts a world of its own, and the
test does there, as a tester in the booth would, what the run asks for.
"""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from emulator.world.live_world import join_world
from tests.browser.conftest import CHROMIUM
from tests.browser.pages import browsing
from tests.system.programs import PROFILE, started
from tests.tester.seat import seated

FEATURE = """\
# language: de
Funktionalität: Am echten Radar

  Szenario: Es klingelt
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Dann klingelt es bei Frau Brandt innerhalb von 2 s
"""
UNPLUGGED = """\
# language: de
Funktionalität: Am echten Radar

  Szenario: Es fällt aus
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und die Bürgerin Platz nimmt
    Dann klingelt es bei Frau Brandt

"""
LEAVE = "Das Bürgerbüro verlassen und die Tür"
RADAR = ("radar.feature", "--profile", "echt.toml")
ASKED = "▸ Durch die Tür ins Bürgerbüro gehen"


@pytest.fixture
def radar(tmp_path: Path) -> Iterator[str]:
    """A radar on a line, in nobody's world but its own; yields that world's address."""
    with started(tmp_path, "emulate", "presence") as program:
        said = program.described()
        (tmp_path / "echt.toml").write_text(
            f'{PROFILE}[slots.presence]\nbinding = "{said["path"]}"\n', encoding="utf-8"
        )
        (tmp_path / "radar.feature").write_text(FEATURE, encoding="utf-8")
        yield said["world"]


def walk(world: str, act: str) -> None:
    async def go() -> None:
        async with join_world(world) as joined:
            await joined.act(act)

    asyncio.run(go())


class ForeignRadar:
    """A radar of somebody else's, to be unplugged: a program of its own, on a line under `path`."""

    def __init__(self, path: Path, *words: str) -> None:
        command = [sys.executable, str(Path(__file__).with_name("foreign_radar.py")), str(path), *words]
        self._path = path
        self._program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._program.stdout is not None
        assert self._program.stdout.readline() == "ready\n"

    def says(self, word: str) -> None:
        assert self._program.stdin is not None
        self._program.stdin.write(f"{word}\n")
        self._program.stdin.flush()

    def unplug(self) -> None:
        self._program.kill()
        self._program.communicate()
        self._path.unlink(missing_ok=True)  # the number of its line may be given to somebody else at once


def test_tester_at_the_terminal_walks_in_and_says_so(radar: str, tmp_path: Path) -> None:
    with seated(tmp_path, *RADAR) as seat:
        seat.until(ASKED)
        seat.type("was?")
        seat.until("Das war nicht zu verstehen.")
        seat.type("")
        seat.until("Das war nicht zu verstehen.")
        walk(radar, "enter")
        seat.type("e")
        seat.until(LEAVE)
        walk(radar, "leave")
        seat.type("e")
        seat.until("1 Szenario: 1 bestanden")
        assert seat.code() == 0
    assert re.search(r"Kabine: Präsenzsensor: nicht als echt belegt .*; alles andere emuliert", seat.said)
    report = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "hinter sich zufallen lassen.\nerledigt nach" in report
    assert "ab der Meldung des Präsenzsensors; wie schnell er meldet, ist nicht enthalten" in report


def test_radar_that_is_unplugged_shows_nothing_and_is_asked_for_again(tmp_path: Path) -> None:
    line = tmp_path / "ttyRadar"
    (tmp_path / "echt.toml").write_text(f'{PROFILE}[slots.presence]\nbinding = "{line}"\n', encoding="utf-8")
    (tmp_path / "radar.feature").write_text(UNPLUGGED + FEATURE.partition("\n\n")[2], encoding="utf-8")
    radar = ForeignRadar(line)
    try:
        with seated(tmp_path, *RADAR) as seat:
            seat.until(ASKED)
            radar.says("present")
            seat.type("e")
            seat.until("▸ Auf den Stuhl setzen.")
            radar.unplug()
            seat.type("e")
            lost = seat.until("Das Gerät anschließen und einschalten.")
            assert re.search(r"Der Präsenzsensor antwortete \d+,\d s nach Beginn nicht mehr: ", lost)
            radar = ForeignRadar(line)
            seat.type("e")
            seat.until(ASKED)
            radar.says("present")
            seat.type("e")
            seat.until(LEAVE)
            radar.says("absent")
            seat.type("e")
            seat.until("2 Szenarien: 1 bestanden, 1 nicht geprüft")
            assert seat.code() == 2
    finally:
        radar.unplug()
    junit = (tmp_path / "out" / "junit.xml").read_text("utf-8")
    assert "nicht als echt belegt · entscheidet · durch die Prüferin bedient oder angesehen · Hi-Link" in junit
    assert "HLK-LD2410, Seriennummer 8f:27:2e:b8:0f:65, Firmware V1.07.22091516" in junit


def test_whoever_stands_inside_at_the_beginning_leaves_before_anybody_is_rung(tmp_path: Path) -> None:
    line = tmp_path / "ttyRadar"
    (tmp_path / "echt.toml").write_text(f'{PROFILE}[slots.presence]\nbinding = "{line}"\n', encoding="utf-8")
    (tmp_path / "radar.feature").write_text(f"{FEATURE}    Und war es ein einziger Besuch\n", encoding="utf-8")
    radar = ForeignRadar(line, "present")
    try:
        with seated(tmp_path, *RADAR) as seat:
            assert "✓ Und Frau Brandt vom LISA-Team ist bereit" not in seat.until(LEAVE)
            radar.says("absent")
            seat.type("e")
            seat.until(ASKED)
            radar.says("present")
            seat.type("e")
            seat.until(LEAVE)
            radar.says("absent")
            seat.type("e")
            seat.until("1 Szenario: 1 bestanden")
            assert seat.code() == 0
    finally:
        radar.unplug()


def test_what_a_tester_cannot_do_is_not_checked_and_her_reason_is_told(radar: str, tmp_path: Path) -> None:
    with seated(tmp_path, *RADAR) as seat:
        seat.until(ASKED)
        seat.type("x die Tür klemmt")
        told = seat.until("1 Szenario: 1 nicht geprüft")
        assert "ist nicht ausgeführt: geht nicht (die Tür klemmt)." in told
        assert seat.code() == 2


@pytest.mark.parametrize("options", [("--answer-s", "0.5")])
def test_nobody_answers_and_nothing_is_proved(radar: str, tmp_path: Path, options: tuple[str, ...]) -> None:
    with started(tmp_path, "run", "radar.feature", "--pictures=none", "--profile", "echt.toml", *options) as run:
        ending = run.ended()
    assert ending.code == 2
    assert "ist nicht ausgeführt: keine Antwort." in ending.output


@pytest.mark.skipif(not CHROMIUM.is_file() and os.environ.get("CI") != "true", reason="chromium fehlt: nicht geprüft")
def test_tester_at_the_page_clicks_done(radar: str, tmp_path: Path) -> None:
    async def answer(address: str) -> None:
        async with browsing(str(CHROMIUM)) as opened:
            page: Any = await opened.page(address)
            await page.get_by_text("Durch die Tür ins Bürgerbüro gehen").wait_for()
            async with join_world(radar) as joined:
                await joined.act("enter")
                await page.get_by_role("button", name="Erledigt").click()
                await page.get_by_text("Das Bürgerbüro verlassen").wait_for()
                await joined.act("leave")
            await page.get_by_role("button", name="Erledigt").click()
            await page.get_by_text("Gerade ist nichts zu tun.").wait_for()

    with started(tmp_path, "run", "radar.feature", "--pictures=none", "--profile", "echt.toml") as run:
        told = re.search(r"unter http://(\S+)/", run.until("Aufforderungen an die Prüferin"))
        assert told
        asyncio.run(answer(told[1]))
        ending = run.ended()
    assert ending.code == 0, ending.output
