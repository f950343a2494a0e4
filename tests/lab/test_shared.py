"""A laboratory that several share: `labgrid-client lock` around `lisa certify`, and what a vendor sees when it is taken
or something of it is gone. The coordinator, the exporter and ser2net are the real ones.

The page's certification is cut down to one scenario that needs no hands; all else of the page runs as it stands.
"""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from lisa_core.cli.commands import lisa
from tests.gherkin.test_first_hour import DOCS, stands_in, typed
from tests.lab.bench import bench
from tests.lab.port_server import ser2net_at
from tests.lab.shared import Laboratory, laboratory
from tests.peers.clients import Client
from tests.system.programs import FEATURES, LISA, PROFILE

pytestmark = pytest.mark.peer
ACCEPTED = (
    Client(
        "serial",
        "labgrid",
        "26.0.1",
        "PyPI",
        "server",
        "test_every_command_of_the_page_shows_what_the_page_says",
        "a place locked around a certification",
    ),
)
LONG = os.environ.get("LISA_LONG") == "1"
RATE = FEATURES / "geraete" / "praesenzsensor.feature"
ONE = f"lisa certify {RATE}:45"
COMMANDS = 6


@pytest.fixture
def shared(need: Callable[[str], str], pypi: Callable[[str], Path], tmp_path: Path) -> Iterator[tuple[Laboratory, str]]:
    """A laboratory with a stranger's radar behind ser2net, and where that is to be had (host:port)."""
    program, library = need("ser2net"), pypi("labgrid")
    with bench(tmp_path / "bank") as devices, ser2net_at(program, devices.radar, 256_000, tmp_path) as address:
        (home := tmp_path / "labor").mkdir()
        with laboratory(library, home, address) as there:
            yield there, address


def bound(home: Path, address: str) -> None:
    text = f'{PROFILE}[slots.presence]\nbinding = "socket://{address}"\n'
    (home / "labor.toml").write_text(text, encoding="utf-8")


def test_a_line_that_somebody_else_has_is_no_fault_of_the_device(
    need: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with bench(tmp_path / "bank") as devices, ser2net_at(need("ser2net"), devices.radar, 256_000, tmp_path) as address:
        host, port = address.split(":")
        with socket.create_connection((host, int(port))) as somebody:
            assert somebody.recv(1), "the radar reports to them"
            bound(tmp_path, address)
            done = CliRunner().invoke(lisa, ["profile", "probe", "labor.toml"], standalone_mode=False)
    assert (done.return_value, "Ein anderes Programm hat den Anschluss offen" in done.output) == (4, True), done.output


@pytest.mark.skipif(not LONG, reason="ein ganzer Lauf: nur mit LISA_LONG=1")
def test_a_port_server_that_ends_in_the_middle_leaves_nothing_decided(
    need: Callable[[str], str], tmp_path: Path
) -> None:
    with bench(tmp_path / "bank") as devices:
        with ser2net_at(need("ser2net"), devices.radar, 256_000, tmp_path) as address:
            bound(tmp_path, address)
            command = (LISA, "run", f"{RATE}:45", "--profile", "labor.toml")
            run = subprocess.Popen(
                command,
                cwd=tmp_path,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )
            assert run.stdout is not None
            said = ""
            while "bürgerbüro templin ist geöffnet" not in said.lower():
                said += run.stdout.readline()
        said += run.communicate()[0]
    assert (run.returncode, "1 Szenario: 1 nicht geprüft" in said) == (2, True), said


@pytest.mark.skipif(not LONG, reason="labgrid startet eine Minute lang: nur mit LISA_LONG=1")
@pytest.mark.timeout(600)
@pytest.mark.parametrize("page", ["labor.md", "labor.en.md"])
def test_every_command_of_the_page_shows_what_the_page_says(
    page: str, shared: tuple[Laboratory, str], tmp_path: Path
) -> None:
    there, address = shared
    (home := tmp_path / "anna").mkdir()
    commands = list(typed((DOCS / page).read_text(encoding="utf-8")))
    assert len(commands) == COMMANDS
    for one in commands:
        command = one.command.replace("lisa certify", ONE)
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=home,
            env={**there.user("anna"), "RADAR": address},
            check=False,
            capture_output=True,
            text=True,
        )
        said = done.stdout + done.stderr
        assert done.returncode == one.code, f"$ {command}\n{said}"
        missing = [line for line in one.shown if not stands_in(line, said)]
        assert not missing, f"$ {command}\n{said}\nmissing: {missing}"


@pytest.mark.skipif(not LONG, reason="labgrid startet eine Minute lang: nur mit LISA_LONG=1")
@pytest.mark.timeout(600)
def test_what_a_vendor_sees_where_the_laboratory_is_taken_or_something_of_it_is_gone(
    shared: tuple[Laboratory, str],
) -> None:
    there, _ = shared
    assert there.said("anna", "lock") == (0, "acquired place kabine\n")
    code, said = there.said("ben", "lock")
    assert (code, "Place kabine is already acquired by rechner-anna/anna" in said) == (1, True)
    there.end("exporter")
    there.until("Orphaned resource 'presence'", "show")
    assert "anna" in there.said("ben", "who")[1], "the place is still hers"
    assert there.said("anna", "unlock")[0] == 0
    code, said = there.said("anna", "lock")
    assert (code, "has no matching remote resource" in said) == (1, True)
    there.export()
    there.until("Matching resource 'presence'", "show")
    assert there.said("anna", "lock")[0] == 0
    there.end("coordinator")
    code, said = there.said("anna", "who")
    assert (code, "Could not connect to coordinator" in said) == (1, True)
    there.coordinate()
    there.until("^User", "who")
    assert "anna" not in there.said("ben", "who")[1], "labgrid forgets who had a place"
