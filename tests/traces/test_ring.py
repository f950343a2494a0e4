"""A scenario that is red where the device is: what its devices said lies beside the report, and plays it elsewhere."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
from pathlib import Path

import pytest

from lisa_core.equipment.traces.entries import EntryKind
from lisa_core.equipment.traces.reading import read_trace
from tests.system.programs import LISA, PROFILE, started

LONG = os.environ.get("LISA_LONG") == "1"
RED = """\
# language: de
Funktionalität: Am Radar des Herstellers

  Szenario: Es klingelt, wo niemand klingeln soll
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Dann klingelt es bei Frau Brandt
    Und klingelt es bei niemandem
"""


def lisa(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([LISA, *words], cwd=folder, check=False, capture_output=True, text=True, timeout=100)


def test_a_red_scenario_is_red_again_without_the_device(tmp_path: Path) -> None:
    (tmp_path / "rot.feature").write_text(RED, encoding="utf-8")
    with started(tmp_path, "emulate", "presence") as radar:
        said = radar.described()
        bound = f'{PROFILE}[slots.presence]\nbinding = "{said["path"]}"\n[world]\njoin = "{said["world"]}"\n'
        (tmp_path / "profil.toml").write_text(bound, encoding="utf-8")
        first = lisa(tmp_path, "run", "rot.feature", "--profile", "profil.toml", "--pictures", "none")
    assert first.returncode == 1, first.stdout + first.stderr
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    [command] = re.findall(r"lisa (run --profile \S+nachspielen\.toml \S+:4)", page)
    [kept] = (tmp_path / "out" / "runs").glob("*/aufzeichnungen/1/presence.trace")
    acts = [entry.word("act") for entry in read_trace(kept).entries if entry.kind is EntryKind.MARK]
    assert acts == ["enter"]
    again = lisa(tmp_path, *shlex.split(command), "--pictures", "none")
    assert again.returncode == 1, again.stdout + again.stderr
    assert "Präsenzsensor: nachgespielt" in again.stdout
    for told in (first.stdout, again.stdout):
        assert "Es klingelt bei Frau Brandt." in told
    assert re.findall("[✓✗] .*(?=  )", first.stdout)[:4] == re.findall("[✓✗] .*(?=  )", again.stdout)[:4]


@pytest.mark.skipif(not LONG, reason="ein dritter ganzer Lauf: nur mit LISA_LONG=1")
def test_scenarios_that_pass_are_recorded_when_that_is_wished(tmp_path: Path) -> None:
    (tmp_path / "gut.feature").write_text(RED.partition("    Und klingelt es")[0], encoding="utf-8")
    done = lisa(tmp_path, *("record", "--profile", "emulated", "--slot", "lamp", "--out", "da", "--", "gut.feature"))
    assert done.returncode == 0, done.stdout + done.stderr
    [kept] = (tmp_path / "da" / "1").glob("*.trace")
    assert {"door", "lamp", "privacy_glass"} <= read_trace(kept).head.slots.keys()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_a_recording_that_is_ended_is_whole_and_one_that_is_killed_plays_up_to_there(
    tmp_path: Path, end: signal.Signals
) -> None:
    out = tmp_path / "radar.trace"
    with started(tmp_path, *("record", "--profile", "emulated", "--slot", "presence", "--out", str(out))) as recording:
        recording.until("niemand")
        ended = recording.end(end)
    found = read_trace(out)
    assert found.head.identity.model == "HLK-LD2410"
    assert any(entry.kind is EntryKind.CAME for entry in found.entries)
    if end is signal.SIGINT:
        assert (ended.code, found.cut) == (0, ""), ended.output
        assert "Nachspielen: binding" in ended.output
    else:
        assert found.cut
