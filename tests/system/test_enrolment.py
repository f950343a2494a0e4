"""A booth is entered, enrols and is revoked: by the commands that people type, beside programs that run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from lisa_core.cli.commands import lisa
from lisa_core.cli.start.enrolment import start_enrolment
from lisa_core.domain.model.errors import LisaError
from tests.system.programs import wait_until
from tests.system.test_two_programs import AT, Row, town


def test_a_booth_enrols_once_works_and_is_revoked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    def said(*words: str) -> str:
        """What a command says that does what it is told."""
        assert lisa.main([*words, "--data", "vermittlung", *AT], standalone_mode=False) == 0
        return capsys.readouterr().out

    async def scenario() -> None:
        async with town(tmp_path) as here:
            code = said("site", "add", "Bürgerbüro Templin").partition("Code ")[2].partition(",")[0]
            await start_enrolment(f"http://{here.address}", code.lower(), Path("k.pem"))
            mark = capsys.readouterr().out.partition("Schlüssel ")[2].partition(".")[0]
            assert f"templin  {mark}" in (listed := said("booth", "list"))
            assert listed.rstrip().endswith("gilt")
            with pytest.raises(LisaError, match="schon benutzt"):
                await start_enrolment(f"http://{here.address}", code, Path("other.pem"))
            booth = await here.booth()
            await told(here.exchange_log, "buero.verbunden")
            assert mark in said("booth", "revoke", "templin")
            await asyncio.to_thread(booth.until, "gesperrt oder ersetzt")
            assert booth.runs, "a citizen's screen still says that there is no connection"
            for name in ("eingetragen", "code_falsch", "getrennt", "gesperrt"):
                await told(here.exchange_log, f"schluessel.{name}")
            assert "gesperrt 2026-11-23" in said("booth", "list")
            assert not [row for row in here.exchange_log() if code in "".join(row)]

    asyncio.run(scenario())
    assert (tmp_path / "k.pem").stat().st_mode & 0o777 == 0o600


async def told(log: Callable[[], list[Row]], name: str) -> None:
    """Wait for an entry of this name."""
    await asyncio.to_thread(wait_until, lambda: [row for row in log() if row[0] == name], name)
