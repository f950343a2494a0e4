"""A booth is entered, enrols and is revoked, over TLS: by the commands that people type, beside programs that run."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from lisa_core.cli.commands import lisa
from lisa_core.cli.start.enrolment import start_enrolment
from lisa_core.domain.model.errors import LisaError
from tests.access.certificates import Authority
from tests.system.programs import started, wait_until
from tests.system.test_two_programs import AT, entries

DATA = ("--data", "vermittlung", *AT)


def test_a_booth_enrols_once_works_and_is_revoked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ours = Authority(tmp_path)
    certificate, private = ours.issue("kreis")

    def said(*words: str) -> str:
        """What a command says that does what it is told."""
        assert lisa.main([*words, *DATA], standalone_mode=False) == 0
        return capsys.readouterr().out

    def enrol(url: str, code: str, key: str) -> str:
        asyncio.run(start_enrolment(url, ours.file, code, Path(key)))
        return capsys.readouterr().out

    files = ("--certificate", str(certificate), "--key", str(private))
    with started(tmp_path, "exchange", "--listen", "127.0.0.1:0", *files, *DATA) as exchange:
        url = exchange.until("Vermittlung bereit").split()[-1].rstrip("/")
        assert url.startswith("https://localhost:")
        code = said("site", "add", "Bürgerbüro Templin").partition("Code ")[2].partition(",")[0]
        mark = enrol(url, code.lower(), "k.pem").partition("Schlüssel ")[2].partition(".")[0]
        assert f"templin  {mark}" in (listed := said("booth", "list"))
        assert listed.rstrip().endswith("gilt")
        with pytest.raises(LisaError, match="schon benutzt"):
            enrol(url, code, "other.pem")
        who = ("--exchange", url, "--authority", str(ours.file), "--key", "k.pem")
        with started(tmp_path, "booth", "--profile", "emulated", *who, *AT) as booth:
            booth.until("Bürgerbüro bereit")
            told(tmp_path, "buero.verbunden")
            assert lisa.main(["booth", "revoke", "Templn", *DATA], standalone_mode=False) == 4
            assert "Nichts ist gesperrt: „Templn“ ist hier nicht" in (missed := capsys.readouterr().err)
            assert "Meinten Sie „templin“?" in missed
            assert mark in said("booth", "revoke", "bürgerbüro TEMPLIN")
            booth.until("gesperrt oder ersetzt")
            assert booth.runs, "a citizen's screen still says that there is no connection"
            for name in ("eingetragen", "code_falsch", "getrennt", "gesperrt"):
                told(tmp_path, f"schluessel.{name}")
        assert "gesperrt 2026-11-23 10:00:00+01:00" in said("booth", "list"), "the Landkreis's time"
        assert not [row for row in entries(tmp_path / "vermittlung" / "exchange.sqlite") if code in "".join(row)]
    assert (tmp_path / "k.pem").stat().st_mode & 0o777 == 0o600


def told(home: Path, name: str) -> None:
    """Wait for an entry of this name."""
    log = home / "vermittlung" / "exchange.sqlite"
    wait_until(lambda: [row for row in entries(log) if row[0] == name], name)
