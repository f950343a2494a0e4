"""`lisa certify` as a stranger runs it, with everything set up wrongly: each its own sentence and its own exit code.

The radar is an emulated one in this process, at a pty that is there or not, as a plug is; the command is the real one.
"""

from __future__ import annotations

import asyncio
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from emulator.devices.presence import open_presence
from emulator.devices.radars import clockwork
from emulator.world.live_world import HostedWorld
from lisa_core.harness.certify.contents import STREAM
from lisa_core.harness.certify.house import house
from lisa_core.harness.certify.make import NAME
from lisa_core.harness.certify.verify import verified
from lisa_core.harness.certify.walk.session import FILE
from lisa_core.harness.report.environment import LINK
from lisa_core.harness.report.messages_read import read
from lisa_core.papers.stored_zip import unpacked
from tests.certify import test_walk as on_model
from tests.certify.test_walk import CLASS, REQUIRED, until

LONG = os.environ.get("LISA_LONG") == "1"
pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not LONG, reason="startet viele Programme: nur mit LISA_LONG=1"),
]
PROFILE = """\
[profile]
id = "px"
extends = "emulated"
[slots.presence]
binding = "{radar}"
"""
FEATURE = "# language: de\nFunktionalität: Probe\n" + "".join(
    f"""
  @anf:probe.frei
  Szenario: Nummer {number}
    Wenn die Stoppuhr „Frei“ startet
    Dann bleibt das Bürgerbüro 1 s lang frei
    Und zeigt die Stoppuhr „Frei“ höchstens {number + 8} s
"""
    for number in range(1, 5)
)


class Radar:
    """A radar at the end of a cable, which can be pulled and put back, also with another one at it."""

    def __init__(self, path: Path) -> None:
        self._path, self._loop = path, asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._world = HostedWorld()
        self._pulled: asyncio.Event | None = None
        self._thread.start()

    def plug(self) -> None:
        plugged = threading.Event()

        async def serve() -> None:
            self._pulled = asyncio.Event()
            async with open_presence(self._world, listen=str(self._path)):
                plugged.set()
                await self._pulled.wait()

        self._serving = asyncio.run_coroutine_threadsafe(serve(), self._loop)
        assert plugged.wait(60)

    def pull(self) -> None:
        assert self._pulled
        self._loop.call_soon_threadsafe(self._pulled.set)
        self._serving.result(60)

    def close(self) -> None:
        with suppress(AssertionError):
            self.pull()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@contextmanager
def laid_out(path: Path) -> Iterator[Radar]:
    (path / "anforderungen").mkdir()
    (path / "anforderungen" / "probe.toml").write_text(REQUIRED, encoding="utf-8")
    (path / "probe-2026.1.toml").write_text(CLASS, encoding="utf-8")
    (path / "probe.feature").write_text(FEATURE, encoding="utf-8")
    (path / "px.toml").write_text(PROFILE.format(radar=path / "radar"), encoding="utf-8")
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", "k.pem"], cwd=path, check=True)
    radar = Radar(path / "radar")
    radar.plug()
    try:
        yield radar
    finally:
        radar.close()


BEGIN = ("probe.feature", "--profile", "px.toml", "--class", "probe-2026.1.toml", "--tester", "Erika Muster")


def certify(path: Path, *words: str) -> subprocess.Popen[str]:
    command = [str(Path(sys.executable).with_name("lisa")), "certify", "--key", "k.pem", *words]
    nobody, pipe, both = subprocess.DEVNULL, subprocess.PIPE, subprocess.STDOUT
    return subprocess.Popen(command, cwd=path, text=True, stdin=nobody, stdout=pipe, stderr=both)


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    told, _ = process.communicate()
    return process.returncode, told


def test_a_wrong_port_ends_before_anything_runs_and_nothing_is_begun(tmp_path: Path) -> None:
    with laid_out(tmp_path) as radar:
        radar.pull()
        code, told = ended(certify(tmp_path, *BEGIN))
    assert (code, "Vor den Szenarien: Präsenzsensor: falsch eingerichtet: px.toml:5: " in told) == (4, True), told
    assert "nicht bestanden" not in told
    assert not (tmp_path / "zertifizierung" / FILE).exists()


@pytest.mark.parametrize("after", ["Weg hin und zurück", "  1 von 4"], ids=["nach dem Fragen", "mittendrin"])
def test_pulled_while_it_runs_it_stops_and_goes_on_where_it_was(tmp_path: Path, after: str) -> None:
    with laid_out(tmp_path) as radar:
        one = certify(tmp_path, *BEGIN)
        [*until(one, after)]
        radar.pull()
        code, told = ended(one)
        assert code == 2, told
        assert "Angehalten, ein Gerät ist nicht mehr da: px.toml:5: " in told
        assert told.endswith("Noch nicht zu Ende. Fortsetzen: lisa certify --resume --out zertifizierung --key k.pem\n")
        code, told = ended(certify(tmp_path, "--resume"))
        assert (code, "Vor den Szenarien: Präsenzsensor: falsch eingerichtet: " in told) == (4, True), told
        radar.plug()
        code, told = ended(certify(tmp_path, "--resume"))
    assert "Fortgesetzt: 0 von 4" in told or "Fortgesetzt: 1 von 4" in told or "Fortgesetzt" not in told
    checked_here(tmp_path)


def checked_here(path: Path) -> None:
    """Everything has run, and has passed, and the bundle says how long the way was, before and after."""
    found = verified((path / "zertifizierung" / NAME).read_bytes(), house())
    assert found.faults == ()
    assert found.headline == "Probelauf"
    assert [verdict for _, verdict in found.predicate["folgt"]["szenarien"]] == ["bestanden"] * 4
    identity = "Hi-Link HLK-LD2410, Seriennummer 02:00:4c:49:53:41, Firmware V1.07.22062416"
    assert {one[2] for one in found.predicate["folgt"]["geraete"]} == {identity}
    stream = unpacked((path / "zertifizierung" / NAME).read_bytes(), 100)[STREAM].decode()
    told = read(stream)
    way = dict(told.environment)[f"{LINK}Präsenzsensor"]
    assert "nachher Median" in way
    assert "zur Unsicherheit kommt das Längste: " in way
    values = [value for one in told.scenarios for value in one.measurements]
    assert len(values) == 4
    assert all(value.delay > 0 for value in values)


def changed(name: str, old: str, new: str) -> Callable[[Path], object]:
    def change(path: Path) -> None:
        text = (path / name).read_text(encoding="utf-8")
        assert old in text
        (path / name).write_text(text.replace(old, new), encoding="utf-8")

    return change


def clock_set_back(path: Path) -> None:
    """What a clock that was a day ahead has written into the first sitting."""
    [stream] = path.glob("zertifizierung/runs/*/messages.ndjson")
    text = re.sub(r'"seconds":\s*(\d{10})', lambda at: f'"seconds":{int(at[1]) + 86_400}', stream.read_text("utf-8"))
    stream.write_text(text, encoding="utf-8")


BETWEEN: Mapping[str, tuple[Callable[[Path], object], int, str]] = {
    "Profil": (changed("px.toml", 'id = "px"', 'id = "py"'), 4, "px.toml: Das Profil ist seit dem Beginn geändert."),
    "Grenze im Profil": (
        changed(
            "px.toml",
            'extends = "emulated"',
            'extends = "emulated"\n[limits."anruf.klingelt"]\nhoechstens = 1\neinheit = "s"',
        ),
        4,
        "px.toml: Das Profil ist seit dem Beginn geändert.",
    ),
    "Klasse": (
        changed("probe-2026.1.toml", "Lastenheft 2", "Lastenheft 3"),
        4,
        "Die Klasse ist seit dem Beginn geändert",
    ),
    "Szenarien": (changed("probe.feature", "9 s", "99 s"), 4, "probe.feature: Die Szenarien sind seit dem Beginn"),
    "Uhr zurück": (clock_set_back, 5, "Die Uhr dieses Rechners steht auf"),
}


def test_what_was_changed_between_two_sittings_is_told_by_name_before_anything_runs(tmp_path: Path) -> None:
    with laid_out(tmp_path) as radar:
        one = certify(tmp_path, *BEGIN)
        [*until(one, "  1 von 4")]
        one.kill()
        one.wait()
        for name, (change, code_wanted, words) in BETWEEN.items():
            copy = tmp_path / name
            shutil.copytree(tmp_path / "zertifizierung", copy / "zertifizierung", symlinks=True)
            for file in ("px.toml", "probe-2026.1.toml", "probe.feature", "k.pem", "anforderungen"):
                (shutil.copytree if (tmp_path / file).is_dir() else shutil.copy)(tmp_path / file, copy / file)
            session = copy / "zertifizierung" / FILE
            session.write_text(session.read_text("utf-8").replace(str(tmp_path), str(copy)), encoding="utf-8")
            change(copy)
            code, told = ended(certify(copy, "--resume"))
            assert (code, words in told) == (code_wanted, True), (name, told)
            assert "Szenario:" not in told
        with pytest.MonkeyPatch.context() as patch:
            radar.pull()
            patch.setattr(clockwork, "MAC", bytes.fromhex("02 00 4c 49 53 42"))
            radar.plug()
            code, told = ended(certify(tmp_path, "--resume"))
            radar.pull()
        assert (code, "Präsenzsensor: Da ist ein anderes Gerät als in den Sitzungen davor: „" in told) == (4, True), (
            told
        )
        radar.plug()
        somewhere = tmp_path / "anderswo"
        somewhere.mkdir()
        first = certify(tmp_path, "--resume")
        [*until(first, "Weg hin und zurück")]
        code, told = ended(certify(tmp_path, "--resume"))
        assert (code, "In diesem Ordner läuft schon eine Sitzung (Rechner " in told) == (4, True), told
        [*until(first, "  2 von 4")]
        first.kill()
        first.wait()
        elsewhere = ("--resume", "--out", "../zertifizierung", "--key", "../k.pem")
        code, told = ended(certify(somewhere, *elsewhere))
    assert (code, "Alle 4 Szenarien sind gelaufen, in 3 Sitzungen." in told) == (2, True), told
    assert "Prüfpaket: ../zertifizierung/pruefpaket.zip" in told
    checked_here(tmp_path)


@pytest.mark.parametrize("blocks", range(12, 60, 4))
def test_a_disk_that_is_full_at_any_moment_loses_nothing_that_was_measured(tmp_path: Path, blocks: int) -> None:
    """Files may grow to so many KiB: the stream does not fit, or the page, or the bundle, or all of it does."""
    on_model.laid_out(tmp_path)
    words = ["lisa", "certify", "--key", "k.pem", *on_model.BEGIN]
    shell = ["bash", "-c", f"ulimit -f {blocks}; exec {shlex.join(words)}"]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        shell, cwd=tmp_path, env={**os.environ, "PATH": path}, check=False, capture_output=True, text=True
    )
    assert done.returncode in (2, 5), done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert (done.returncode == 2) is (tmp_path / "zertifizierung" / NAME).exists()
    if done.returncode == 5:
        is_begun = (tmp_path / "zertifizierung" / FILE).exists()
        again = on_model.certify(tmp_path, *(["--resume"] if is_begun else on_model.BEGIN))
        code, told = ended(again)
        assert code == 2, told
        on_model.begun_once(tmp_path)
    on_model.checked_here(tmp_path)
