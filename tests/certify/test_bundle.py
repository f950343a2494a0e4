"""The honest way: a bundle says what its run says, the same bytes each time, and two answers that are never mixed."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives import serialization
from pypdf import PdfReader

from lisa_core.cli.commands import lisa
from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.certify.bundle import bundle_of
from lisa_core.harness.certify.contents import PAPER, STREAM
from lisa_core.harness.certify.gather import gathered
from lisa_core.harness.certify.headline import Headline
from lisa_core.harness.certify.trusted.listed import Trust
from lisa_core.harness.certify.verify import verified
from lisa_core.harness.report.record import RunRecord, State, Verdict
from lisa_core.harness.tester.panel import PHONE
from lisa_core.papers.stored_zip import unpacked
from tests.acceptance.kept_runs import DOOR, RING, Way
from tests.certify.made import HOUSE, KEY, SENSOR, answered, checked, files, forged, ingredients, run
from tests.gherkin.test_first_hour import stands_in, typed
from tests.tidy.sources import ROOT

AT_SENSOR = Way(slots=(SENSOR,))
WAYS: Mapping[str, tuple[RunRecord, Headline, int, str]] = {
    "alles bestanden": (run(), Headline.CERTIFIABLE, 0, ""),
    "eines nicht bestanden": (
        run(replace(AT_SENSOR, verdicts={DOOR: Verdict.FAILED})),
        Headline.FAILED,
        1,
        f"„{DOOR}“: nicht bestanden.",
    ),
    "die Grenze verfehlt": (run(replace(AT_SENSOR, ring_s=2.4)), Headline.FAILED, 1, f"„{RING}“: nicht bestanden."),
    "nicht zu entscheiden": (run(replace(AT_SENSOR, ring_s=1.95)), Headline.INCOMPLETE, 2, "nicht entscheidbar."),
    "am Telefon im Bürgerbüro": (
        answered(f"erledigt nach 3,0 s, {PHONE}", "192.168.1.5:8443"),
        Headline.CERTIFIABLE,
        0,
        "",
    ),
    "abgebrochen": (run(replace(AT_SENSOR, ended_after=1)), Headline.INCOMPLETE, 2, "Der Lauf ist nicht zu Ende"),
    "noch dabei": (run(replace(AT_SENSOR, state=State.RUNNING)), Headline.INCOMPLETE, 2, "Der Lauf ist nicht zu Ende"),
    "virtuelle Uhr": (run(replace(AT_SENSOR, booth="Modell")), Headline.TRIAL, 2, "virtuelle Uhr"),
    "emuliert": (run(replace(AT_SENSOR, slots=())), Headline.TRIAL, 2, "Alle Geräte sind emuliert"),
    "Auswahl": (run(replace(AT_SENSOR, unselected=(DOOR,))), Headline.INCOMPLETE, 2, "K.2 ist für die Klasse Pflicht"),
    "Wiederholungen": (run(replace(AT_SENSOR, times=3)), Headline.CERTIFIABLE, 0, ""),
}


@pytest.mark.parametrize("name", WAYS)
def test_the_headline_follows_from_the_run(name: str) -> None:
    told, headline, code, why = WAYS[name]
    data = forged(files(told))
    found = verified(data, HOUSE)
    assert found.faults == ()
    assert found.conclusion
    assert found.conclusion.headline is headline
    assert why in " ".join(text for _, text in found.conclusion.reasons)
    assert checked(data)[0] == code
    assert checked(data, None)[0] == (code or 2)
    assert checked(data, Trust({}))[0] == 4


@pytest.mark.parametrize("stream", [b'{"meta":' + b"[" * 100_000 + b"\n{}\n", b'{"meta":5}\n', b'{"meta":"x"}\n'])
def test_of_what_is_no_run_no_bundle_is_made(stream: bytes, tmp_path: Path) -> None:
    (tmp_path / STREAM).write_bytes(stream)
    with pytest.raises(LisaError, match=r"messages\.ndjson: Das ist kein Lauf von LISA"):
        gathered(tmp_path)


def test_the_same_run_and_key_give_the_same_bytes_and_both_sides_come_to_the_same() -> None:
    """Page and paper are drawn again by whoever checks, and are what lies there."""
    made_of = ingredients(WAYS["eines nicht bestanden"][0])
    bundle = bundle_of(made_of, KEY)
    assert bundle.data == bundle_of(made_of, KEY).data
    found = verified(bundle.data, HOUSE)
    assert (found.faults, found.conclusion, found.notes) == ((), bundle.conclusion, ())


def test_measured_again_until_decided_is_a_pass_and_stays_one() -> None:
    """The first value decides nothing, the second does; both are in the stream, each with its attempt."""
    first = run()
    ring = first.scenarios[0]
    (value,) = ring.measurements
    unsure = replace(value, value=Decimal("1.95"), verdict=Verdict.UNDECIDED)
    again = replace(ring, measurements=(unsure, replace(value, take=2)))
    told = replace(first, scenarios=(again, *first.scenarios[1:]))
    found = verified(forged(files(told)), HOUSE)
    assert found.is_whole
    assert found.conclusion
    assert found.conclusion.headline is Headline.CERTIFIABLE


def test_a_lost_device_says_nothing_even_where_steps_failed() -> None:
    first = run(replace(AT_SENSOR, verdicts={DOOR: Verdict.FAILED}))
    door = replace(first.scenarios[1], verdict=Verdict.NOT_CHECKED, error="weg", losses=("Sensor weg",))
    shut = replace(first.requirements[1], verdict=Verdict.NOT_CHECKED)
    told = replace(
        first,
        scenarios=(first.scenarios[0], door, *first.scenarios[2:]),
        requirements=(first.requirements[0], shut, *first.requirements[2:]),
    )
    found = verified(forged(files(told)), HOUSE)
    assert found.faults == ()
    assert found.conclusion
    assert found.conclusion.headline is Headline.INCOMPLETE


def test_a_bundle_holds_wherever_it_is_made_and_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Feature files that lie elsewhere are told in full; whoever checks may stand above them."""
    monkeypatch.chdir(tmp_path)
    there = tmp_path / "features" / "empfang.feature"
    whole = run()
    source = replace(whole.sources[0], path=there)
    scenarios = tuple(replace(one, file=there) for one in whole.scenarios)
    (tmp_path / "hier").mkdir()
    monkeypatch.chdir(tmp_path / "hier")
    told = replace(whole, sources=(source,), scenarios=scenarios)
    made_of = ingredients(told)
    assert f'"uri":"{there}"'.encode() in made_of.files[STREAM]
    bundle = bundle_of(made_of, KEY)
    for folder in (tmp_path, tmp_path / "hier", Path("/")):
        monkeypatch.chdir(folder)
        found = verified(bundle.data, HOUSE)
        assert (found.faults, found.notes, found.conclusion) == ((), (), bundle.conclusion)
        assert bundle_of(made_of, KEY).data == bundle.data
        assert Path.cwd() == folder


def test_a_run_that_contradicts_itself_becomes_no_bundle() -> None:
    whole = run()
    lied = replace(whole, scenarios=(replace(whole.scenarios[0], verdict=Verdict.FAILED), *whole.scenarios[1:]))
    with pytest.raises(LisaError, match=rf"(?s)kein Prüfpaket.*{RING}.*folgt „bestanden“"):
        bundle_of(ingredients(lied), KEY)


def test_the_paper_says_what_came_of_it() -> None:
    told = WAYS["eines nicht bestanden"][0]
    paper = unpacked(bundle_of(ingredients(told), KEY).data, 100)[PAPER]
    text = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(paper)).pages)
    for words in ("Prüfpaket: nicht bestanden", "Erika Muster", "Beispiel PX-2", "höchstens 2 s", DOOR, "echt"):
        assert words in text


def test_from_a_kept_run_to_a_checked_bundle_by_two_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a run of shipped scenarios, in an empty folder; the key is one that openssl wrote."""
    monkeypatch.chdir(tmp_path)
    public = KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    private = KEY.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for name, data in (("k.pem", private), ("k.pub", public)):
        (tmp_path / name).write_bytes(data)
    (tmp_path / "mein.feature").write_text(FEATURE, encoding="utf-8")
    ran = [str(Path(sys.executable).with_name("lisa")), "run", "mein.feature", "--clock", "virtual", "--pictures=none"]
    subprocess.run(ran, check=True, capture_output=True)
    code, said = called("certify", "--from", "latest", "--key", "k.pem")
    assert (code, "Urteil: Probelauf" in said) == (2, True)
    code, said = called("verify", "zertifizierung/pruefpaket.zip", "--trust", "k.pub", "--report", "neu")
    assert code == 2
    for words in (
        "ist ganz",
        "(1 Szenarien)",
        "bekannt: k.pub",
        "Probelauf",
        "virtuelle Uhr",
        "mein.feature sind nicht",
    ):
        assert words in said
    assert (tmp_path / "neu/report.html").read_bytes() == (tmp_path / "out/report.html").read_bytes()
    code, said = called("verify", "zertifizierung/pruefpaket.zip", "--format", "json")
    told = json.loads(said)
    assert (code, told["ganz"], told["urteil"]) == (2, True, "Probelauf")
    assert (told["gegengezeichnet"], told["amtlich"]) == (False, False)
    assert dict(told["folgt"]["szenarien"]) == {"mein.feature::Niemand da": "bestanden"}


@pytest.mark.long
@pytest.mark.skipif(os.environ.get("LISA_LONG") != "1", reason="startet neun Programme: nur mit LISA_LONG=1")
def test_every_command_of_the_page_shows_what_the_page_says(tmp_path: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONIOENCODING": "utf-8"}
    commands = list(typed((ROOT / "docs" / "pruefpaket.md").read_text(encoding="utf-8")))
    assert len(commands) == 14
    for one in commands:
        shell = ["bash", "-c", one.command]
        done = subprocess.run(shell, cwd=tmp_path, env=environment, check=False, capture_output=True, text=True)
        said = done.stdout + done.stderr
        assert done.returncode == one.code, f"$ {one.command}\n{said}"
        missing = [line for line in one.shown if not stands_in(line, said)]
        assert not missing, f"$ {one.command}\n{said}\nmissing: {missing}"


FEATURE = """\
# language: de
Funktionalität: Meins

  Szenario: Niemand da
    Dann bleibt das Bürgerbüro 3 s lang frei
"""


def called(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(lisa, words, standalone_mode=False)
    return int(done.return_value), done.output
