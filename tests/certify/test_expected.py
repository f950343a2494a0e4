"""Failures that were known before: they make nothing a pass, and whoever reads the bundle sees which ones are new."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.certify.bundle import bundle_of
from lisa_core.harness.certify.contents import contents_of
from lisa_core.harness.certify.headline import Headline
from lisa_core.harness.certify.make import NAME
from lisa_core.harness.certify.told import made_lines
from lisa_core.harness.certify.verify import verified
from lisa_core.harness.certify.walk.selection import Selection, read_known, with_known
from lisa_core.harness.report.record import KnownFault, Past, RunRecord, Verdict
from tests.acceptance.kept_runs import DOOR, RING, Way
from tests.certify import test_walk as on_model
from tests.certify.made import HOUSE, KEY, SENSOR, checked, files, forged, ingredients, run

LONG = os.environ.get("LISA_LONG") == "1"
IN_BUNDLE = "bekannt/1-bekannte-fehler.toml"
RED = run(Way({DOOR: Verdict.FAILED}, slots=(SENSOR,)))
EXPECTED = ", wie bekannt: Der Türkontakt prellt. (Frau Beispiel, bis"


def entry(what: str = f'szenario = "{DOOR}"', until: str = "2026-12-31") -> str:
    return f'[[fehler]]\n{what}\ngrund = "Der Türkontakt prellt."\nwer = "Frau Beispiel"\nbis = {until}\n'


def with_file(told: RunRecord, text: str) -> dict[str, bytes]:
    """What lies in an honest bundle of this run, with such a file of known faults."""
    made = {**files(told), IN_BUNDLE: text.encode()}
    contents = contents_of(made)
    expected = contents.expected(contents.run.scenarios)
    past = Past(known=expected.faults, expired=expected.expired, notes=expected.notes)
    return {**made, **files(replace(told, past=past)), IN_BUNDLE: text.encode()}


SAID: Mapping[str, tuple[RunRecord, str, bool, str]] = {
    # a run, the file, whether the failure counts as known, what verify says
    "bekannt": (RED, entry(), True, "Was nicht bestanden ist, war alles vorher bekannt (1). Bestanden ist es damit"),
    "nach der Anforderung": (RED, entry('anforderung = "K.2"'), True, "war alles vorher bekannt (1)"),
    "abgelaufen": (RED, entry(until="2026-11-01"), False, f"„{DOOR}“ war bekannt bis 01.11.2026 und zählt wieder"),
    "am letzten Tag": (RED, entry(until="2026-11-02"), True, "war alles vorher bekannt (1)"),
    "noch etwas": (RED, entry(f'szenario = "{RING}"'), False, f"Nicht bestanden und vorher nicht bekannt: {DOOR}."),
    "bestanden": (run(), entry(), False, f"„{DOOR}“ ist bestanden. Den Eintrag löschen (Frau Beispiel)."),
    "nennt nichts": (RED, entry('szenario = "Die Tür"'), False, "„Die Tür“ kommt hier nicht vor. Den Eintrag"),
}


@pytest.mark.parametrize("name", SAID)
def test_a_known_failure_is_told_and_makes_no_pass(name: str) -> None:
    told, text, is_known, words = SAID[name]
    data = forged(with_file(told, text))
    found = verified(data, HOUSE)
    assert found.faults == ()
    assert found.conclusion
    assert found.conclusion.headline is (Headline.FAILED if told is RED else Headline.CERTIFIABLE)
    assert (EXPECTED in " ".join(why for _, why in found.conclusion.reasons)) is is_known
    assert words in "\n".join(found.notes)
    assert checked(data)[0] == (1 if told is RED else 0)


def test_page_and_paper_say_it_and_are_drawn_again() -> None:
    made = bundle_of(replace(ingredients(RED), files=with_file(RED, entry())), KEY)
    assert any(EXPECTED in line for line in made_lines(made, Path("p.zip")))
    found = verified(made.data, HOUSE)
    assert (found.faults, found.conclusion) == ((), made.conclusion)
    assert made.contents.known[0].owner == "Frau Beispiel"


def test_what_a_stream_says_of_known_failures_counts_for_nothing_by_itself() -> None:
    fault = KnownFault(RED.scenarios[1].id, "Der Türkontakt prellt.", "Frau Beispiel", "2026-12-31")
    lied = replace(RED, past=Past(known=(fault,)))
    found = verified(forged(files(lied)), HOUSE)
    assert found.conclusion
    assert EXPECTED not in str(found.conclusion.reasons)
    code, said = checked(forged({**files(lied), IN_BUNDLE: entry(until="2026-11-01").encode()}))
    assert (code, "steht im Strom anders, als es aus bekannt/ folgt" in said) == (4, True)
    with pytest.raises(LisaError, match=r"bekannt/1-bekannte-fehler.toml: Dem Eintrag fehlt „szenario“"):
        contents_of({**files(RED), IN_BUNDLE: b"[[fehler]]\nszenario = 3\n"})


def test_before_anything_runs_it_is_told_what_is_expected_and_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "bekannte-fehler.toml"
    path.write_text(entry() + entry('szenario = "Die Tür"') + entry(until="2026-11-01"), encoding="utf-8")
    plan = Selection(RED.scenarios, frozenset(), (), RED)
    told = with_known(plan, read_known(str(path)), date(2026, 11, 29)).of_known
    assert told[0] == f"Als nicht bestanden erwartet (1): {DOOR}."
    assert "war bekannt bis 01.11.2026 und zählt wieder" in told[1]
    assert "„Die Tür“ kommt hier nicht vor" in told[2]
    path.write_text("[[fehler]]\nszenario = 'x'\nbis = 'bald'\n", encoding="utf-8")
    with pytest.raises(LisaError, match=r"(?s)bekannte-fehler.toml:1:.*„grund“.*„wer“.*„bis“"):
        read_known(str(path))
    assert read_known("") == ()
    with pytest.raises(LisaError, match=r"bei den Szenarien|nicht lesen"):
        read_known(str(tmp_path / "fehlt.toml"))


@pytest.mark.long
@pytest.mark.skipif(not LONG, reason="startet drei Programme: nur mit LISA_LONG=1")
def test_from_the_command_to_the_bundle_in_two_sittings(tmp_path: Path) -> None:
    on_model.laid_out(tmp_path)
    red = "\n  @anf:probe.frei\n  Szenario: Nummer 7\n    Wenn die Stoppuhr „Frei“ startet\n"
    red += "    Und 3 s vergehen\n    Dann zeigt die Stoppuhr „Frei“ höchstens 1 s\n"
    with (tmp_path / "probe.feature").open("a", encoding="utf-8") as file:
        file.write(red)
    known = tmp_path / "bekannte-fehler.toml"
    known.write_text(entry('szenario = "Nummer 7"'), encoding="utf-8")
    process = on_model.certify(tmp_path, *on_model.BEGIN, "--known", "bekannte-fehler.toml")
    said = [*on_model.until(process, "  2 von 7")]
    assert "Als nicht bestanden erwartet (1): Nummer 7.\n" in said
    process.kill()
    process.wait()
    text = known.read_text(encoding="utf-8")
    known.write_text(text + entry('szenario = "Nummer 1"'), encoding="utf-8")
    told, _ = (again := on_model.certify(tmp_path, "--resume")).communicate()
    assert (again.returncode, "Die bekannten Fehler sind seit dem Beginn geändert." in told) == (4, True), told
    known.write_text(text, encoding="utf-8")
    told, _ = (again := on_model.certify(tmp_path, "--resume")).communicate()
    assert again.returncode == 2, told  # a model: a trial, whatever failed
    assert "Was nicht bestanden ist, war alles vorher bekannt (1)." in told
    data = (tmp_path / "zertifizierung" / NAME).read_bytes()
    found = verified(data, on_model.house())
    assert found.faults == ()
    assert found.conclusion
    assert any(f"„Nummer 7“: nicht bestanden{EXPECTED}" in why for _, why in found.conclusion.reasons)
