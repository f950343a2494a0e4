"""`lisa certify` in several sittings: whenever it is killed, nothing runs twice, and the verdict is the same."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from lisa_core.cli.commands import lisa
from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.certify.contents import contents_of
from lisa_core.harness.certify.fidelity import contradictions
from lisa_core.harness.certify.house import house
from lisa_core.harness.certify.make import NAME
from lisa_core.harness.certify.statement import SITTINGS
from lisa_core.harness.certify.verify import verified
from lisa_core.harness.certify.walk.countdown import Countdown, about
from lisa_core.harness.certify.walk.packing import whole_of
from lisa_core.harness.certify.walk.parts import ended_in, sitting, together
from lisa_core.harness.certify.walk.session import FILE, Session, begun, refuse_other, resumed, where_begun
from lisa_core.harness.report import messages
from lisa_core.harness.report.messages_read import envelopes
from lisa_core.harness.report.record import RunRecord, State, Verdict
from lisa_core.harness.text.translation import in_english
from tests.acceptance.kept_runs import DOOR, Way
from tests.certify.made import SENSOR, checked, files, forged, run

LONG = os.environ.get("LISA_LONG") == "1"
WAY = Way({DOOR: Verdict.FAILED}, slots=(SENSOR,))


def lines_of(told: RunRecord) -> list[str]:
    return messages.lines(messages.whole(told)).splitlines(keepends=True)


def cut(path: Path, lines: Sequence[str], half: str = "") -> RunRecord | None:
    """What is left of a run that was killed after these lines, in the middle of another."""
    path.mkdir(exist_ok=True)
    (path / "messages.ndjson").write_text("".join(lines) + half, encoding="utf-8")
    return sitting(path)


def later(told: RunRecord, done: Sequence[str]) -> RunRecord:
    """A second sitting, an hour later, of what is not done yet."""
    left = tuple(one for one in told.scenarios if one.id not in done)
    hour = timedelta(hours=1)
    ran = tuple(replace(one, started=one.started + hour if one.started else None) for one in left)
    return replace(told, started=told.started + hour, scenarios=ran)


def test_killed_at_any_line_the_sittings_come_to_the_same_verdicts(tmp_path: Path) -> None:
    told = run(WAY)
    lines = lines_of(told)
    whole = [(one.id, one.verdict) for one in told.scenarios]
    seen = set()
    for number in range(0, len(lines), 1 if LONG else 3):
        first = cut(tmp_path / "erst", lines[:number], lines[number][: len(lines[number]) // 2])
        if first is None:
            continue
        done = ended_in([first])
        seen.add(len(done))
        second = later(told, tuple(done))
        both = together([first, second])
        assert [(one.id, one.verdict) for one in both.scenarios] == whole
        assert [one.started for one in both.scenarios if one.id in done] == [
            one.started for one in told.scenarios if one.id in done
        ]
        text = messages.lines(messages.whole(both))
        assert [*contradictions([*envelopes(text)], both)] == []
        assert both.state is State.FINISHED
        assert dict(both.environment)[SITTINGS] == "1-mal"
    assert seen == {0, 1, 2, 3}


def test_killed_behind_its_last_scenario_nothing_runs_again_and_the_bundle_holds(tmp_path: Path) -> None:
    lines = lines_of(run())
    last = max(number for number, line in enumerate(lines) if line.startswith('{"testCaseFinished"'))
    whole = run()
    for end in range(last + 1, len(lines)):
        first = cut(tmp_path / "erst", lines[:end], "{")
        assert first
        assert len(ended_in([first])) == len(whole.scenarios)
        both = whole_of(contents_of(files(first)), [first], {})
        assert [(one.id, one.verdict) for one in both.requirements] == [
            (one.id, one.verdict) for one in whole.requirements if one.scenarios
        ]
        assert checked(forged(files(both)))[0] == 0


def test_a_bundle_of_two_sittings_says_so(tmp_path: Path) -> None:
    told = run()
    first = cut(tmp_path / "erst", lines_of(told)[: len(lines_of(told)) // 2])
    assert first
    both = together([first, later(told, tuple(ended_in([first])))])
    code, said = checked(forged(files(both)))
    assert (code, "mehrere Sitzungen: 1-mal fortgesetzt" in said) == (0, True)
    assert dict(both.environment)[SITTINGS] == "1-mal"


def test_a_sitting_on_something_else_is_refused() -> None:
    told = run(WAY)
    other = tuple((name, "1" * 64 if name == "Prüfsumme des Profils" else value) for name, value in told.environment)
    with pytest.raises(LisaError, match="Prüfsumme des Profils"):
        together([told, replace(told, environment=other)])
    with pytest.raises(LisaError, match="Uhr"):
        together([replace(told, clock="real"), replace(told, clock="virtual")])
    rewritten = (replace(told.sources[0], text=told.sources[0].text + "\n"),)
    with pytest.raises(LisaError, match="seit dem Beginn geändert"):
        together([told, replace(told, sources=rewritten)])


def test_a_folder_holds_one_certification(tmp_path: Path) -> None:
    session = Session("praesenzsensor-2026.1", "meins.toml", ("a.feature:3",), tester="Erika Muster", clock="virtual")
    with pytest.raises(LisaError, match="Ohne --resume beginnen"):
        resumed(tmp_path)
    begun(tmp_path, session)
    assert resumed(tmp_path) == session
    with pytest.raises(LisaError, match="Mit --resume fortsetzen"):
        begun(tmp_path, session)
    refuse_other(session, replace(session, profile="", places=()))
    for typed, said in (
        ({"tester": "Max Muster"}, "--tester: Begonnen ist das mit „Erika Muster“, und dabei bleibt es."),
        ({"place": "Templin"}, "--place: Begonnen ist das ohne, und dabei bleibt es"),
    ):
        with pytest.raises(LisaError, match=said) as refused:
            refuse_other(session, replace(session, **typed))
        option = said.partition(":")[0]
        assert in_english(str(refused.value)).startswith(f"{option}: This was begun with")
        assert in_english(str(refused.value)).endswith(
            f", and so it stays.\nGo on without {option}, or begin anew in another folder by --out."
        )
    body = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    for wrong in (
        {"format": body["format"]},
        {**body, "repeat": "3"},
        {**body, "places": []},
        {**body, "wanted": 5},
        {**body, "known": None},
    ):
        (tmp_path / FILE).write_text(json.dumps(wrong), encoding="utf-8")
        with pytest.raises(LisaError, match="neu beginnen"):
            resumed(tmp_path)
    with where_begun(replace(session, folder="")):
        pass  # as written by who knew of no folder
    (tmp_path / NAME).write_bytes(b"")
    with pytest.raises(LisaError, match="schon ein Prüfpaket"):
        begun(tmp_path, session)


def test_progress_says_how_far_it_is() -> None:
    progress = Countdown(2, 40)
    progress.pytest_lisa_scenario_ended(run().scenarios[0])
    assert progress.line(5_000_000) == "  3 von 40, davon 2 in früheren Sitzungen, noch etwa 4 min"
    assert [about(us) for us in (1, 59_000_000, 60_000_001, 7_500_000_000)] == ["1 s", "59 s", "2 min", "2 h 05 min"]


# --- the real command -----------------------------------------------------------------------------------------------

CLASS = """\
[klasse]
name = "probe"
version = "2026.1"
titel = "Probe"
titel_en = "Trial"
steckplatz = "presence"
gueltig_ab = 2026-01-01
gueltig_bis = 2036-12-31
quelle = "Lastenheft 1"

[[anforderung]]
id = "frei"
text = "Es bleibt frei."
text_en = "It stays free."
quelle = "Lastenheft 1"

[[anforderung]]
id = "gemessen"
text = "Jemand misst es."
text_en = "Somebody measures it."
quelle = "Lastenheft 2"
nachweis = "pruefer"
[anforderung.grenze]
messung = "anruf.klingelt"
hoechstens = 2
einheit = "s"
unsicherheit = 0.1
[anforderung.bezug]
womit = "massband"
text = "Ein Maßband."
"""
REQUIRED = """\
[[anforderung]]
id = "probe"
text = "Probe"
text_en = "Trial"
quelle = "Lastenheft 1"

[[anforderung.teil]]
id = "frei"
text = "Es bleibt frei."
text_en = "It stays free."

[[anforderung.teil]]
id = "gemessen"
text = "Jemand misst es."
text_en = "Somebody measures it."
offen = "Das misst jemand mit dem Maßband."
"""
FEATURE = "# language: de\nFunktionalität: Probe\n" + "".join(
    f"\n  @anf:probe.frei\n  Szenario: Nummer {number}\n    Dann bleibt das Bürgerbüro {number} s lang frei\n"
    for number in range(1, 7)
)


def laid_out(path: Path) -> None:
    (path / "anforderungen").mkdir()
    (path / "anforderungen" / "probe.toml").write_text(REQUIRED, encoding="utf-8")
    (path / "probe-2026.1.toml").write_text(CLASS, encoding="utf-8")
    (path / "probe.feature").write_text(FEATURE, encoding="utf-8")
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", "k.pem"], cwd=path, check=True)


def certify(path: Path, *words: str) -> subprocess.Popen[str]:
    command = [str(Path(sys.executable).with_name("lisa")), "certify", "--key", "k.pem", *words]
    return subprocess.Popen(command, cwd=path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def until(process: subprocess.Popen[str], words: str) -> Iterator[str]:
    """The lines that it says, and the one with these words is the last."""
    assert process.stdout
    for line in process.stdout:
        yield line
        if words in line:
            return


BEGIN = ("probe.feature", "--profile", "emulated", "--class", "probe-2026.1.toml", "--clock", "virtual")


ABSENT = """\
[profile]
id = "fort"
extends = "emulated"
[slots.presence]
binding = "/dev/gibt-es-nicht"
"""


def test_where_nothing_could_run_nothing_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    laid_out(tmp_path)
    (tmp_path / "fort.toml").write_text(ABSENT, encoding="utf-8")
    words = ("probe.feature", "--profile", "fort.toml", "--class", "probe-2026.1.toml", "--key", "k.pem")
    done = CliRunner().invoke(lisa, ["certify", *words], standalone_mode=False)
    assert (done.return_value, "fort.toml:5: " in done.output) == (4, True), done.output
    assert not (tmp_path / "zertifizierung" / FILE).exists()


@pytest.mark.long
@pytest.mark.timeout(3_000)
@pytest.mark.skipif(not LONG, reason="startet hundert Programme: nur mit LISA_LONG=1")
def test_killed_at_fifty_moments_it_comes_to_the_same_verdict(tmp_path: Path) -> None:
    chance = random.Random(88)
    for number in range(50):
        path = tmp_path / str(number)
        path.mkdir()
        laid_out(path)
        process = certify(path, *BEGIN)
        said = [*until(process, f"  {chance.randrange(1, 6)} von 6")]
        process.kill()
        process.wait()
        assert said[0].startswith("Klasse probe-2026.1: Probe, gültig")
        assert any("probe.gemessen: Das misst ein Prüfer vor Ort" in line for line in said)
        again = certify(path, "--resume")
        told, _ = again.communicate()
        assert (again.returncode, "Fortgesetzt: " in told) == (2, True), told
        begun_once(path)
        checked_here(path)


def begun_once(path: Path) -> None:
    """Over all sittings each scenario has come to an end once."""
    ended = []
    for stream in sorted(path.glob("zertifizierung/runs/*/messages.ndjson")):
        told = [*envelopes(stream.read_text(encoding="utf-8"))]
        ended += [body["testCaseStartedId"] for kind, body in told if kind == "testCaseFinished"]
    assert len(ended) == len(set(ended)) == 6


def checked_here(path: Path) -> None:
    found = verified((path / "zertifizierung" / NAME).read_bytes(), house())
    assert found.faults == ()
    assert found.headline == "Probelauf"
    assert [verdict for _, verdict in found.predicate["folgt"]["szenarien"]] == ["bestanden"] * 6
    assert json.loads((path / "zertifizierung" / FILE).read_text(encoding="utf-8"))["wanted"] == "probe-2026.1.toml"
