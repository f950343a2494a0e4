"""The seam: one slot of the booth is a device elsewhere, in the world of another program, and the visit is the same."""

from __future__ import annotations

import os
import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.system.programs import FEATURES, PROFILE, STORY, opened, started

COPYING = FEATURES / "unterlagen" / "kopieren.feature"
READY = "✓ Und Frau Brandt vom LISA-Team ist bereit"
CHUNK = 4096
IPP = '[slots.printer]\ndriver = "ipp"\nbinding = "emulator"\n'
HEAD = "# language: de\nFunktionalität: Die Welt überdauert das Szenario\n\n"
TWO_STAY = """\
  Szenario: Zwei bleiben sitzen, und der Scanner ist stumm
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und eine Begleitperson mit hereinkommt
    Und der Scanner ausfällt
    Dann klingelt es bei Frau Brandt

"""
ONE_COMES_AND_GOES = """\
  Szenario: Danach kommt eine, geht wieder, und alles ist wie immer
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und die Bürgerin das Bürgerbüro verlässt
    Dann endet der Besuch als „erledigt_beratung“
    Und war es ein einziger Besuch
    Und ist das Bürgerbüro wieder frei
"""


def test_a_visit_passes_with_a_radar_that_runs_alone_and_hosts_the_world(tmp_path: Path) -> None:
    """Its copy comes out of a printer that speaks IPP; with LISA_LONG=1 it is the whole story, with its receipt."""
    story = STORY if os.environ.get("LISA_LONG") else first_of(COPYING)
    with started(tmp_path, "emulate", "presence") as radar:
        said = radar.described()
        bind(tmp_path, said["path"], said["world"], IPP)
        with started(tmp_path, "run", story, "--profile", "probe.toml") as run:
            run.until(READY)
            assert os.path.realpath(said["path"]) in {target for _, target in opened(run.pid)}
            ending = run.ended()
    assert ending.code == 0, ending.output
    assert "1 Szenario: 1 bestanden" in ending.output


@pytest.mark.skipif(not os.environ.get("LISA_LONG"), reason="eine Minute für ein Modell: nur mit LISA_LONG=1")
def test_a_copy_comes_out_of_a_printer_as_a_known_model(tmp_path: Path) -> None:
    """Of those in docs/devices.md the one that takes PDF: it fails, is seen to, and prints once."""
    model = f'{PROFILE}{IPP}personality = "kyocera-ecosys-m2040dn"\n'
    (tmp_path / "probe.toml").write_text(model, encoding="utf-8")
    with started(tmp_path, "run", str(COPYING), "--profile", "probe.toml") as run:
        ending = run.ended()
    assert ending.code == 0, ending.output


def test_who_is_left_inside_by_one_scenario_is_no_visitor_of_the_next(tmp_path: Path) -> None:
    written(tmp_path, TWO_STAY, ONE_COMES_AND_GOES)
    with started(tmp_path, "emulate", "presence", "--act", "enter") as radar:
        said = radar.described()
        bind(tmp_path, said["path"], said["world"])
        with started(tmp_path, "run", "welt.feature", "--profile", "probe.toml") as run:
            ending = run.ended()
    assert ending.code == 0, ending.output
    assert "2 Szenarien: 2 bestanden" in ending.output


def test_a_visit_passes_with_a_radar_behind_a_terminal_server(tmp_path: Path) -> None:
    written(tmp_path, ONE_COMES_AND_GOES)
    with started(tmp_path, "emulate", "presence") as radar:
        said = radar.described()
        with bridged(said["path"]) as address:
            bind(tmp_path, f"socket://{address}", said["world"])
            with started(tmp_path, "run", "welt.feature", "--profile", "probe.toml") as run:
                ending = run.ended()
    assert ending.code == 0, ending.output


def test_two_runs_in_one_folder_do_not_disturb_each_other(tmp_path: Path) -> None:
    written(tmp_path, ONE_COMES_AND_GOES)
    with (
        started(tmp_path, "run", "welt.feature", "--out", "eins") as one,
        started(tmp_path, "run", "welt.feature", "--out", "zwei") as two,
    ):
        endings = {name: run.ended() for name, run in (("eins", one), ("zwei", two))}
    for name, ending in endings.items():
        assert ending.code == 0, ending.output
        assert f"{name}/report.html" in ending.output
        assert 'class="headline good"' in (tmp_path / name / "report.html").read_text(encoding="utf-8")
    assert {path.name for path in tmp_path.iterdir()} == {"eins", "tmp", "welt.feature", "zwei"}
    assert not list((tmp_path / "tmp").iterdir())


def written(home: Path, *scenarios: str) -> None:
    """A feature welt.feature with these."""
    (home / "welt.feature").write_text(HEAD + "".join(scenarios), encoding="utf-8")


def first_of(feature: Path) -> str:
    """The first scenario of this file, as `lisa run` takes it."""
    lines = feature.read_text(encoding="utf-8").splitlines()
    return f"{feature}:{next(number for number, line in enumerate(lines, 1) if 'Szenario:' in line)}"


def bind(home: Path, presence: str, world: str, more: str = "") -> None:
    """Write the profile probe.toml: emulated, but for the radar and the world, and what there is `more`."""
    text = f'{PROFILE}[slots.presence]\nbinding = "{presence}"\n{more}[world]\njoin = "{world}"\n'
    (home / "probe.toml").write_text(text, encoding="utf-8")


@contextmanager
def bridged(path: str) -> Iterator[str]:
    """A terminal server: one client at a time talks to the serial line at `path`; yields its address."""
    waking, sleeping = socket.socketpair()
    with socket.create_server(("127.0.0.1", 0)) as server, waking, sleeping:
        thread = threading.Thread(target=_serve, args=(server, sleeping, path))
        thread.start()
        try:
            yield "{}:{}".format(*server.getsockname())
        finally:
            waking.send(b"!")
            thread.join()


def _serve(server: socket.socket, stop: socket.socket, path: str) -> None:
    while stop not in select.select([server, stop], [], [])[0]:
        client, _ = server.accept()
        line = os.open(path, os.O_RDWR | os.O_NOCTTY)
        with client:
            _carry(client, line, stop)
        os.close(line)


def _carry(client: socket.socket, line: int, stop: socket.socket) -> None:
    sources: list[Any] = [client, line, stop]
    while True:
        ready = select.select(sources, [], [])[0]
        if stop in ready:
            return
        if line in ready:
            client.sendall(os.read(line, CHUNK))
        if client in ready:
            try:
                data = client.recv(CHUNK)
            except ConnectionError:
                return
            if not data:
                return
            os.write(line, data)
