"""`lisa certify --listen`: a sitting that is answered on a phone, and what its bundle says of the answers."""

from __future__ import annotations

import os
import ssl
import subprocess
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from lisa_core.cli.commands import lisa
from lisa_core.harness.certify.make import NAME
from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.record import LISTEN
from lisa_core.harness.tester.panel import PROGRAM
from lisa_core.papers.stored_zip import unpacked
from tests.certify.test_walk import laid_out
from tests.system.programs import PROFILE, Program, started
from tests.tester.test_guided_run import FEATURE, radar, walk

__all__ = ["radar"]
LONG = os.environ.get("LISA_LONG") == "1"


def test_a_wrong_address_is_told_before_any_device_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    laid_out(tmp_path)
    (tmp_path / "fort.toml").write_text(
        f'{PROFILE}[slots.presence]\nbinding = "/dev/gibt-es-nicht"\n', encoding="utf-8"
    )
    words = [
        "certify",
        "--profile",
        "fort.toml",
        "--class",
        "probe-2026.1.toml",
        "--key",
        "k.pem",
        "--listen",
        "kabine",
    ]
    done = CliRunner().invoke(lisa, words, standalone_mode=False)
    assert (done.return_value, "ist keine Adresse dieses Rechners" in done.output) == (4, True), done.output


@pytest.mark.skipif(not LONG, reason="eine ganze Sitzung am emulierten Radar: nur mit LISA_LONG=1")
def test_a_sitting_is_answered_by_a_program_and_its_bundle_says_so(radar: str, tmp_path: Path) -> None:
    laid_out(tmp_path)
    (tmp_path / "probe.feature").write_text(
        FEATURE.replace("  Szenario", "  @anf:probe.frei\n  Szenario"), encoding="utf-8"
    )
    words = ["certify", "probe.feature", "--profile", "echt.toml", "--class", "probe-2026.1.toml", "--key", "k.pem"]
    with started(tmp_path, *words, "--tester", "Erika Muster", "--listen", "127.0.0.1") as program:
        answer(program, radar)
        ending = program.ended()
    assert ending.code == 2, ending.output
    assert "Probelauf" in ending.output
    told = read(unpacked((tmp_path / "zertifizierung" / NAME).read_bytes(), 10_000_000)["messages.ndjson"].decode())
    assert dict(told.environment)[LISTEN] == "127.0.0.1"
    answers = [
        one.data.decode() for scenario in told.scenarios for one in scenario.evidence if "aufforderung" in one.name
    ]
    assert answers
    assert all(one.endswith(f" s, {PROGRAM}") for one in answers)
    done = subprocess.run(
        ["lisa", "verify", f"zertifizierung/{NAME}"], cwd=tmp_path, check=False, capture_output=True, text=True
    )
    assert "schneller, als jemand liest und tippt" in done.stdout
    assert done.returncode == 2


def answer(program: Program, world: str) -> None:
    """As whoever stands in the booth would, but at once."""
    at = program.until("auf einem Telefon im Bürgerbüro").split()[-1].removesuffix("/")
    code = program.until("Code: ").split()[1].strip(",")
    with httpx.Client(base_url=at, headers={"Origin": at}, verify=ssl._create_unverified_context()) as phone:
        phone.headers["X-Schluessel"] = phone.post("/koppeln", json={"code": code}).json()["key"]
        for act in ("enter", "leave"):
            seen = ""
            while not (told := phone.post("/jetzt", json={"seen": seen}).json())["asked"]:
                seen = told["seen"]
            walk(world, act)
            phone.post("/antwort", json={"number": told["asked"]["number"], "reply": "erledigt"})
            program.until(f"erledigt ({PROGRAM})")
