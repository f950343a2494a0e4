"""`lisa emulate` as a user calls it: a program of its own, and a client that this project did not write."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from aio_ld2410 import LD2410

from tests.peers.test_scanner_peer import ScanImage, resembles
from tests.system.programs import started

ONCE = ("-1", "-o", "1", "-q", "-r", "1")
pytestmark = pytest.mark.peer


def test_scanimage_gets_the_page_that_lies_on_the_glass(scanimage: ScanImage, tmp_path: Path) -> None:
    act = "lay_on_glass page=verdienstbescheinigung:1"
    with started(tmp_path, "emulate", "scanner", "--listen", "127.0.0.1:0", "--act", act) as scanner:
        said = scanner.described()
        assert (said["device"], said["pid"]) == ("scanner", scanner.pid)
        options = ("--resolution", "75", "--mode", "Gray", "-o", "glass.png")
        assert asyncio.run(scanimage("airscan", said["url"], *options)) == (0, "")
    assert resembles(tmp_path / "glass.png", "verdienstbescheinigung", 1, 75)


def test_aio_ld2410_reads_firmware_and_distance(tmp_path: Path) -> None:
    async def read(path: str) -> tuple[str, int]:
        async with asyncio.timeout(60), LD2410(path) as radar:
            async with radar.configure():
                firmware = str(await radar.get_firmware_version())
            async for report in radar.get_reports():
                if report.basic.detection_distance:
                    return firmware, report.basic.detection_distance
        raise AssertionError("no report")

    with started(tmp_path, "emulate", "presence", "--act", "enter distance_cm=140") as radar:
        assert asyncio.run(read(radar.described()["path"])) == ("1.07.22062416", 140)


def test_mbpoll_reads_the_contact_at_the_path_that_was_asked_for(need: Callable[[str], str], tmp_path: Path) -> None:
    line = str(tmp_path / "tuer")
    command = [need("mbpoll"), "-m", "rtu", "-b", "9600", "-P", "none", *ONCE, "-t", "1", "-c", "8", line]
    with started(tmp_path, "emulate", "door", "--listen", line, "--act", "open_door") as door:
        assert door.described()["path"] == line
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
        assert (done.returncode, "[1]: \t0" in done.stdout) == (0, True), done.stdout + done.stderr
    assert not Path(line).is_symlink()
