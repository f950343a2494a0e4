"""A tester's own sentences: they unfold, they are honest, and what is wrong with them is told before anything runs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lisa_core.harness.choice.change import ChangedFile, Effect
from lisa_core.harness.choice.sentence_change import sentence_effects
from lisa_core.harness.match import catalogue
from lisa_core.harness.match.own.definitions import forget_own, known_steps
from lisa_core.harness.match.own.own_check import MOST
from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.page.words import readable
from lisa_core.harness.report.record import ExitCode, ScenarioRecord, Verdict
from lisa_core.harness.text.former_words import migrated
from lisa_core.harness.text.sentences import read_sentences
from tests.gherkin.conftest import GOOD, Folder
from tests.gherkin.test_affected import committed

ADDS = """\
# Legt die erste Zahl fest und zählt dazu.
Satz: Angenommen die Summe aus 2 und {n:Zahl} steht da
    Angenommen die Zahl ist 2
    Wenn {n} dazukommt

Satz: ist alles {summe:Zahl}
    Dann ist jemand da
    Und ist die Summe {summe}

Satz: Wenn {a:Zahl} und {b:Zahl} nacheinander kommen
    Angenommen die Summe aus 2 und {a} steht da
    Wenn alle dazukommen
      | {b} |
      | 0   |
    Dann ist jemand da
"""
USES = """\
  Szenario: Grün
    Angenommen die Summe aus 2 und 3 steht da
    Dann ist alles 5

  Szenario: Verschachtelt
    Wenn 3 und 4 nacheinander kommen
    Dann ist die Summe 9

  Szenario: Rot
    Angenommen die Summe aus 2 und 3 steht da
    Dann ist alles 6
"""
# name -> (the file, its line, words of the sentence); below it a feature that is right
WRONG = {
    "ohne_art": ("Satz: Wenn {wer} kommt\n  Wenn die Tür aufgeht\n", 1, "„{wer}“ fehlt die Art seiner Wörter"),
    "falsche_art": (
        "Satz: Wenn {wer:Mitarbeiter} kommt\n  Wenn {wer} dazukommt\n",
        1,
        "Die Art „Mitarbeiter“ gibt es nicht. Meinten Sie „Mitarbeiterin“?",
    ),
    "anfuehrungszeichen": (
        "Satz: Wenn „{t:Text}“ kommt\n  Wenn {t} dazukommt\n",
        1,
        "Um den Platzhalter „t“ stehen Anführungszeichen; sie gehören schon zu seinem Wort. Ohne sie schreiben: {t}",
    ),
    "unbenutzt": ("Satz: Wenn {n:Zahl} kommt\n  Wenn die Tür aufgeht\n", 1, "„n“ wird nicht verwendet"),
    "unbekannt_darin": (
        "Satz: Wenn {zahl:Zahl} kommt\n  Wenn {zal} dazukommt\n  Und {zahl} dazukommt\n",
        2,
        "Einen Platzhalter „zal“ hat dieser Satz nicht. Meinten Sie „zahl“?",
    ),
    "kein_satz": ("Satz: Wenn es kommt\n  Wenn die Tür zugeht\n", 2, "Meinten Sie „die Tür aufgeht“?"),
    "nie_verwendet": ("Satz: Wenn {n:Zahl} kommt\n  Wenn {n} dazukomt\n", 2, "Meinten Sie „"),
    "tippfehler": ("Satz: Wenn es kommt\n  Wen die Tür aufgeht\n", 2, "Meinten Sie „Wenn“?"),
    "ohne_schritte": ("\nSatz: Wenn es kommt\n", 2, "hat keine Schritte"),
    "szenario": ("Szenario: Weg\n  Wenn die Tür aufgeht\n", 1, "kann in einer Datei mit Sätzen nicht stehen"),
    "davor": ("Unsinn\nSatz: Wenn es kommt\n  Wenn die Tür aufgeht\n", 1, "gehört zu keinem Satz"),
    "beispiele": ("Satz: Wenn es kommt\n  Wenn die Tür aufgeht\n  Beispiele:\n  | n |\n", 3, "keine Beispiele"),
    "leer": ("# nichts\n", 0, "enthält keinen Satz"),
    "ersetzt": ("Satz: Wenn {n:Zahl} dazukommt\n  Angenommen die Zahl ist {n}\n", 1, "gibt es schon: „{n} dazukommt“"),
    "ersetzt_anders": ("Satz: Wenn {t:Geraet} aufgeht\n  Wenn {t} ausfällt\n", 1, "gibt es schon: „die Tür aufgeht“"),
    "zweimal": (
        "Satz: Wenn es kommt\n  Wenn die Tür aufgeht\nSatz: es kommt\n  Wenn die Tür aufgeht\n",
        3,
        "Den Satz „es kommt“ gibt es schon",
    ),
    "kreis": (
        "Satz: Wenn es kommt\n  Wenn es geht\nSatz: Wenn es geht\n  Wenn es kommt\n",
        1,
        "verwendet sich selbst: „es kommt“ → „es geht“ → „es kommt“.",
    ),
    "prueft_nichts": ("Satz: Dann ist es da\n  Wenn die Tür aufgeht\n", 1, "In ihm steht kein „Dann“."),
    "zu_lang": (
        "".join(f"Satz: Wenn sie s{n} tut\n  Wenn sie s{n + 1} tut\n  Und sie s{n + 1} tut\n" for n in range(9))
        + "Satz: Wenn sie s9 tut\n  Wenn die Tür aufgeht\n  Und die Tür aufgeht\n",
        1,
        f"entfaltet sich zu mehr als {MOST} Schritten",
    ),
}


def test_they_unfold_and_the_one_that_fails_is_named(folder: Folder) -> None:
    (folder.path / "saetze").mkdir()
    (folder.path / "saetze" / "zahlen.satz").write_text(ADDS, encoding="utf-8")
    folder.write("zahlen", USES)
    code, output = folder.run(clock="virtual")
    assert code == ExitCode.FAILED, output
    told = f"In „Und ist die Summe {6}“"
    assert f"      │   {told} (saetze/zahlen.satz:8):\n      │   gefunden: 5\n" in output
    assert "      ✓ Wenn 3 dazukommt" in output
    found = {one.name: one for one in records(folder)}
    assert {name: one.verdict for name, one in found.items()} == {
        "Grün": Verdict.PASSED,
        "Verschachtelt": Verdict.PASSED,
        "Rot": Verdict.FAILED,
    }
    nested = found["Verschachtelt"].steps[0]
    assert [inner.text for inner in nested.inside[0].inside] == ["die Zahl ist 2", "3 dazukommt"]
    assert nested.definition == "saetze/zahlen.satz:10"
    stopped = found["Rot"].steps[1]
    assert [inner.verdict for inner in stopped.inside] == [Verdict.PASSED, Verdict.FAILED]
    assert folder.report.count("ist jemand da") == 3
    lines = (folder.path / "out" / "messages.ndjson").read_text(encoding="utf-8")
    assert "Angenommen die Zahl ist 2: bestanden\\nWenn 3 dazukommt: bestanden" in lines


def records(folder: Folder) -> tuple[ScenarioRecord, ...]:
    return read((folder.path / "out" / "messages.ndjson").read_text(encoding="utf-8")).scenarios


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What one run says about all of them, each in a folder of its own."""
    folder = Folder(tmp_path_factory.mktemp("falsch"))
    for name, (text, _, _) in WRONG.items():
        (folder.path / name).mkdir()
        (folder.path / name / "x.satz").write_text(text, encoding="utf-8")
        folder.write(f"{name}/x", GOOD.format(name=name, total=5)).rename(folder.path / name / f"{name}.feature")
    uses = "  Szenario: Z\n    Angenommen die Zahl ist 2\n    Dann die Tür offen ist\n"
    (folder.path / "dann").mkdir()
    (folder.path / "dann" / "x.satz").write_text("Satz: die Tür offen ist\n  Wenn die Tür aufgeht\n", encoding="utf-8")
    folder.write("dann/x", uses)
    code, output = folder.run()
    assert code == ExitCode.BAD_INPUT, output
    return output


@pytest.mark.parametrize("name", WRONG)
def test_mistakes_have_file_line_and_advice(name: str, told: str) -> None:
    _, line, words = WRONG[name]
    place = f"{name}/x.satz:{line}: " if line else f"{name}/x.satz: "
    assert any(one.startswith(place) and words in one for one in told.splitlines()), told


def test_dann_before_what_checks_nothing_is_told_where_it_stands(told: str) -> None:
    assert "dann/x.feature:6: Der Satz „die Tür offen ist“ (dann/x.satz:1) prüft nichts" in told


def test_catalogue_and_editor_know_them(tmp_path: Path) -> None:
    text = "# Wie jeder Besuch beginnt.\nSatz: Wenn {wer:Bürgerin} nur grüßt\n  Wenn {wer} das Bürgerbüro betritt\n"
    (tmp_path / "gruss.satz").write_text(text, encoding="utf-8")
    try:
        entry = next(one for one in known_steps(tmp_path) if one.group == "Eigene Sätze")
        assert (entry.keyword, entry.pattern, entry.summary, entry.source) == (
            "Wenn",
            "{wer} nur grüßt",
            "Wie jeder Besuch beginnt.",
            "gruss.satz:2",
        )
        assert entry.expression == "{Bürgerin} nur grüßt"
        assert entry.example == "Wenn die Bürgerin nur grüßt"
        assert len(catalogue.OWN) == 1
    finally:
        forget_own()


def test_a_change_reaches_whoever_uses_the_sentence(tmp_path: Path) -> None:
    path = tmp_path / "zahlen.satz"

    def effects(after: str) -> tuple[Effect, ...] | None:
        return sentence_effects(ChangedFile(path, ADDS.encode(), after.encode()))

    assert effects(ADDS.replace("# Legt", "\n# Anders").replace("    Wenn {n}", "  Wenn {n}")) == ()
    [effect] = effects(ADDS.replace("Und ist die Summe", "Dann ist die Summe")) or ()
    assert (effect.steps, "zahlen.satz:6" in effect.reason) == ((f"{path}:6",), True)
    assert effects(ADDS.replace("ist alles {summe", "ist das alles {summe")) is None
    assert effects("Unsinn") is None


def test_a_stopwatch_is_called_so_in_the_report() -> None:
    words = "stoppuhr.begruessung-am-tresen = 1,2 s; anwesenheit.bemerkt = 0,4 s"
    assert readable(words) == "Stoppuhr begruessung-am-tresen = 1,2 s; Zeit, bis jemand bemerkt ist = 0,4 s"


@pytest.mark.skipif(shutil.which("git") is None, reason="git fehlt: nicht geprüft")
def test_only_who_uses_a_changed_sentence_runs_again(folder: Folder) -> None:
    path = folder.path / "zahlen.satz"
    path.write_text(ADDS, encoding="utf-8")
    folder.write("zahlen", f"{USES}\n{GOOD.format(name='Ohne', total=5)}")
    committed(folder.path)
    path.write_text(
        ADDS.replace("    Wenn {n} dazukommt", "    Wenn {n} dazukommt\n    Und 0 dazukommt"), encoding="utf-8"
    )
    code, output = folder.run(clock="virtual", affected="HEAD")
    assert code == ExitCode.FAILED, output  # "Rot" uses it
    assert {one.name for one in records(folder)} == {"Grün", "Verschachtelt", "Rot"}
    assert "Satz geändert (zahlen.satz:2)" in output


def test_a_text_below_may_look_like_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "text.satz"
    path.write_text('Satz: Wenn es kommt\n  Wenn x\n    """\n    Satz: y\n    """\n', encoding="utf-8")
    [own] = read_sentences(path)
    assert own.steps[0].docstring == "Satz: y"
    assert migrated(path, path.read_text(encoding="utf-8")) == path.read_text(encoding="utf-8")
