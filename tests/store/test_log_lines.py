"""`lisa log`: each entry of both logs is one line of JSON, once, of a folder and of a database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from lisa_core.access.keeping.in_database import open_database
from lisa_core.access.keeping.port import AccessChange
from lisa_core.access.keeping.sqlite import open_sqlite
from lisa_core.cli.commands import lisa
from lisa_core.store.journal import Entry
from lisa_core.store.sqlite import open_journal
from tests.store.stores import PostgresStore
from tests.system.programs import started

AT = "2026-11-23T10:00:00.000+01:00"
WORST = 'a"b\\c\r\n\x1b[2J\u2028ü'


def entries(*names: str) -> list[Entry]:
    return [Entry(AT, name, WORST, "") for name in names]


def told(*words: str, code: int = 0) -> list[dict[str, Any]]:
    done = CliRunner().invoke(lisa, ["log", *words], catch_exceptions=False)
    assert done.exit_code == code, done.output
    assert "\x1b" not in done.output, "nothing commands a terminal"
    return [json.loads(line) for line in done.output.split("\n") if line]


def test_each_entry_is_told_once(tmp_path: Path) -> None:
    folder, state = tmp_path / "x", tmp_path / "stand"
    folder.mkdir()
    words = ("--data", str(folder), "--state", str(state))
    assert "nichts von einer Vermittlung" in CliRunner().invoke(lisa, ["log", *words]).output
    journal = open_journal(folder / "exchange.sqlite", AT)
    journal.append(entries("vermittlung.gestartet", "buero.verbunden"))
    (first, second) = told(*words)
    assert list(second) == ["protokoll", "nummer", "zeit", "ereignis", "gegenstand", "angabe"]
    assert (second["protokoll"], second["nummer"], second["ereignis"]) == ("vermittlung", 2, "buero.verbunden")
    assert (first["zeit"], first["gegenstand"]) == (AT, WORST)
    assert told(*words) == [], "it was told"
    access = open_sqlite(folder / "access.sqlite")
    access.write(AccessChange(entries=tuple(entries("konto.angelegt"))))
    journal.append(entries("buero.getrennt"))
    found = told(*words)
    assert [(one["protokoll"], one["nummer"], one["ereignis"]) for one in found] == [
        ("vermittlung", 3, "buero.getrennt"),
        ("anmeldungen", 1, "konto.angelegt"),
    ]
    assert state.stat().st_mode & 0o777 == 0o600
    access.close()
    journal.close()
    files = set(folder.iterdir())
    assert len(told("--data", str(folder))) == 4, "also while nobody works there"
    assert set(folder.iterdir()) == files, "and nothing is left beside them"
    (folder / "exchange.sqlite").rename(folder / "alt")
    open_journal(folder / "exchange.sqlite", AT).close()
    begun_anew = open_journal(folder / "exchange.sqlite", AT)
    begun_anew.append(entries("vermittlung.gestartet"))
    begun_anew.close()
    found = [(one["nummer"], one["ereignis"]) for one in told(*words)]
    assert found == [(1, "protokoll.beschaedigt"), (2, "vermittlung.gestartet")], "one that is shorter began anew"
    state.write_text("nichts", encoding="utf-8")
    assert "Das ist keine Datei" in CliRunner().invoke(lisa, ["log", *words]).output


def test_of_a_database_as_well(database: PostgresStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LISA_STORE", database.place.conninfo)
    journal = database.log()
    journal.append(entries("vermittlung.gestartet"))
    assert told()[-1] | {"nummer": 0} == {
        "protokoll": "vermittlung",
        "nummer": 0,
        "zeit": AT,
        "ereignis": "vermittlung.gestartet",
        "gegenstand": WORST,
        "angabe": "",
    }
    access = open_database(database.place)
    access.write(AccessChange(entries=tuple(entries("konto.angelegt"))))
    assert [(one["protokoll"], one["ereignis"]) for one in told()][-1] == ("anmeldungen", "konto.angelegt")
    access.close()
    journal.close()


def test_what_comes_while_it_follows_is_told_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "x"
    folder.mkdir()
    journal = open_journal(folder / "exchange.sqlite", AT)
    journal.append(entries("vermittlung.gestartet"))
    with started(tmp_path, "log", "--data", "x", "--follow") as program:
        program.until("vermittlung.gestartet")
        journal.append(entries("buero.verbunden"))
        assert json.loads(program.until("buero.verbunden"))["nummer"] == 2
    journal.close()
