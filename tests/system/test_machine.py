"""What the machine lacks, and what lies damaged in a data folder: a sentence, and exit code 5 only for the machine."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
from pathlib import Path

import pytest

from lisa_core.cli.commands import lisa
from lisa_core.store.folder import FORM, MARK
from lisa_core.store.folder import _mark as mark
from lisa_core.store.journal import Entry
from lisa_core.store.sqlite import open_journal
from tests.store.small_disk import fill, small_disk
from tests.system.programs import LIMIT_S, LISA, refused, started

AT = "2026-11-23T10:00:00.000+01:00"
EXCHANGE = ("exchange", "--listen", "127.0.0.1:0", "--data")
BOOTH = ("booth", "--exchange", "http://127.0.0.1:1", "--key")


@pytest.mark.parametrize("what", ["exchange", "booth", "simulate"])
def test_a_full_disk_is_the_machines_fault(tmp_path: Path, what: str) -> None:
    with small_disk(tmp_path / "klein") as folder:
        fill(folder)
        arguments = {
            "exchange": (*EXCHANGE, str(folder / "daten")),
            "booth": (*BOOTH, str(folder / "k.pem")),
            "simulate": ("simulate", "--booths", "1", "--days", "1", "--log", str(folder / "log")),
        }
        code, _, complaint = refused(tmp_path, *arguments[what])
        assert (code, len(complaint.splitlines())) == (5, 1), complaint


def test_too_few_descriptors_are_the_machines_fault(tmp_path: Path) -> None:
    done = subprocess.run(
        [LISA, *EXCHANGE, "daten"],
        cwd=tmp_path,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (10, 10)),
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert (done.returncode, len(done.stderr.splitlines())) == (5, 1), done.stderr


def test_data_of_a_newer_version_are_the_wrong_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "daten").mkdir()
    (tmp_path / "daten" / MARK).write_bytes(mark(FORM + 1))
    assert lisa.main((*EXCHANGE, str(tmp_path / "daten")), standalone_mode=False) == 4
    assert "Die neuere Version starten" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "daten").iterdir()] == [MARK]


def test_the_console_says_what_was_lost(tmp_path: Path) -> None:
    log = tmp_path / "daten" / "exchange.sqlite"
    log.parent.mkdir()
    with contextlib.closing(open_journal(log, AT)) as journal:
        journal.append([Entry(AT, "termin.vereinbart", "templin", str(number)) for number in range(500)])
    os.truncate(log, log.stat().st_size // 2)
    with started(tmp_path, *EXCHANGE, "daten") as program:
        assert "verloren sind" in program.until("Das Protokoll war beschädigt")
        program.until("Vermittlung bereit")
    with started(tmp_path, *EXCHANGE, "daten") as program:
        program.until("Vermittlung bereit")
        assert not [line for line in program.lines if "beschädigt" in line], "said once"
