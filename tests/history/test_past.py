"""What runs before say about a run: changes, rows, times, repetitions, known faults."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lisa_core.harness.history.known import FILE, entries_in
from lisa_core.harness.history.series import flaky, series
from lisa_core.harness.history.shelf import shelf, two
from lisa_core.harness.history.still_open import still_open
from lisa_core.harness.history.table import compare_lines, history_lines
from lisa_core.harness.report.junit import junit_xml
from lisa_core.harness.report.live_view import past_lines
from lisa_core.harness.report.messages import lines
from lisa_core.harness.report.messages import whole as stream
from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.record import Change, ChangeKind, State, summary_line
from lisa_core.harness.report.report import render
from tests.history.runs import SECOND_US, Home

ENTRY = '[[fehler]]\nszenario = "{name}"\ngrund = "Der Türkontakt prellt."\nwer = "Frau Beispiel"\nbis = {day}\n'


def told(changes: tuple[Change, ...]) -> dict[str, str]:
    return {change.name: change.kind.value for change in changes}


def test_each_scenario_is_compared_with_what_was_last_known_of_it(home: Home) -> None:
    home.keep(0, A="g", B="g", C="r", D="r", E="g", F="g", G="g", H="g")
    home.keep(1, A="g")  # a part of it
    home.keep(2, state=State.INTERRUPTED, A="n", B="n")
    now = home.record(3, {"A": "r", "B": "u", "C": "g", "D": "r", "E": "g", "G": "n"})
    home.write("A", "B", "C", "D", "E", "G", "H", "I")
    now = home.record(3, {"A": "r", "B": "u", "C": "g", "D": "r", "E": "g", "G": "n", "I": "r"})
    expected = {
        **dict.fromkeys("ABG", "nicht mehr bestanden"),
        "I": "neu dabei",
        "F": "nicht mehr dabei",
        "C": "wieder bestanden",
    }
    assert told(home.with_past(now).past.changes) == expected, "H was not chosen and is not gone"


def test_two_runs_are_compared_as_they_are(home: Home) -> None:
    first, second = home.keep(0, A="g", B="r", C="g"), home.keep(1, A="r", B="g", D="g")
    later, earlier, changes = two(home.out, first.name, "latest")
    assert (later.name, earlier.name) == (second.name, first.name)
    expected = {"A": "nicht mehr bestanden", "B": "wieder bestanden", "C": "nicht mehr dabei", "D": "neu dabei"}
    assert told(changes) == expected
    assert told(two(home.out, second.name, first.name)[2])["A"] == "wieder bestanden"
    text = "\n".join(compare_lines(later, earlier, changes))
    assert "nicht mehr bestanden: 1\n  A (nicht bestanden, zuletzt bestanden)  tuer.feature:5" in text


@pytest.mark.parametrize(("now_us", "slower"), [(1_300_000, False), (1_350_000, False), (1_600_000, True)])
def test_slower_is_what_goes_beyond_the_noise(home: Home, now_us: int, slower: bool) -> None:
    for minute, us in enumerate((900_000, 1_000_000, 1_100_000, 950_000, 1_050_000, 1_300_000)):
        home.keep(minute, us=us, A="g")
    found = told(home.with_past(home.record(9, {"A": "g"}, us=now_us)).past.changes)
    assert found == ({"A": "langsamer als sonst"} if slower else {})


def test_of_few_runs_no_time_is_usual(home: Home) -> None:
    for minute in range(4):
        home.keep(minute, A="g")
    assert not home.with_past(home.record(9, {"A": "g"}, us=60 * SECOND_US)).past.changes


@pytest.mark.parametrize(
    ("letters", "changes", "flaky"),
    [
        ("ggggr", 1, False),
        ("grrg", 2, False),
        ("grgr", 3, True),
        ("gnrng", 2, False),
        ("gugh", 3, True),
        ("aaag", 0, False),
    ],
)
def test_a_scenario_is_unstable_when_it_changes_sides_again_and_again(
    home: Home,
    letters: str,
    changes: int,
    flaky: bool,
) -> None:
    for minute, letter in enumerate(letters):
        home.keep(minute, A=letter)
    ((_, found),) = series(shelf(home.out).runs).items()
    assert (found.changes, found.flaky) == (changes, flaky)
    row = "".join({"g": "✓", "r": "✗", "n": "–", "u": "?", "h": "!", "a": "·"}[letter] for letter in letters)
    home.keep(99, B="g")
    assert f"  {row}   " in "\n".join(history_lines(shelf(home.out))), "a column for each run"


def test_what_is_written_anew_or_runs_at_other_devices_is_not_unstable(home: Home) -> None:
    others = (replace(home, says="ist alles besser"), replace(home, profile="px2"))
    for number, letter in enumerate("grgrgr"):
        for at, other in enumerate(others):
            (other if letter == "r" else home).keep(10 * number + at, **{"AB"[at]: letter})
    assert [one.marks for one in series(shelf(home.out).runs).values()] == ["✓✗✓✗✓✗", "✓✗✓✗✓✗"]
    assert not flaky(series(shelf(home.out).runs))


def test_repetitions_are_one_scenario_that_is_unstable_in_words(home: Home) -> None:
    home.keep(0, A="ggg", B="g")
    run = home.with_past(home.record(1, {"A": "grggrggrgg", "B": "gg"}))
    assert run.past.unstable == (("A", 7, 10),)
    assert dict(run.past.rows)["tuer.feature::A (Wiederholung 3 von 10)"] == "✓~"
    said = list(past_lines(run))
    assert "Instabil: A: 7 von 10 bestanden" in said
    assert "  nicht mehr bestanden: A (nicht bestanden, zuletzt bestanden)  tuer.feature:5" in said
    assert "A · 7 von 10 bestanden" in render(run)
    assert 'name="lisa.instabil" value="Instabil: A: 7 von 10 bestanden"' in junit_xml(run)


def test_of_many_that_are_new_and_passed_only_the_number_is_told(home: Home) -> None:
    home.keep(0, A="g")
    home.write(*"ABCDEF")
    run = home.with_past(home.record(1, {"A": "r", "B": "g", "C": "g", "D": "g", "E": "g", "F": "r"}))
    first, *said = past_lines(run)
    assert first.startswith("Gegenüber ")
    assert first.endswith(" und den Läufen davor:")
    assert said[0] == "  neu dabei: 4 Szenarien, alle bestanden"
    assert [line.partition(" (")[0] for line in said[1:]] == ["  nicht mehr bestanden: A", "  neu dabei: F"]
    assert "<li>neu dabei: 4 Szenarien, alle bestanden</li>" in render(run)


def test_known_faults_are_counted_apart_and_hide_nothing(home: Home) -> None:
    home.keep(0, A="g", B="g", C="g", D="g")
    text = "".join(ENTRY.format(name=name, day=f"2026-{month}-30") for name, month in (("A", 12), ("B", 12), ("C", 10)))
    text += ENTRY.format(name="x", day="2026-12-30").replace('szenario = "x"', 'anforderung = "D.1"\nticket = "K-7"')
    (home.path / FILE).write_text(text, encoding="utf-8")
    run = home.with_past(home.record(1, {"A": "r", "B": "g", "C": "r", "D": "rg"}))
    assert [one.scenario for one in run.past.known] == ["tuer.feature::A", "tuer.feature::D (Wiederholung 1 von 2)"]
    assert run.past.expired == (f"{FILE}:11",)
    said = "\n".join(past_lines(run))
    for part in (
        "Bekannte Fehler:\n  A: Der Türkontakt prellt. (Frau Beispiel, bis 30.12.2026)",
        "(Frau Beispiel, bis 30.12.2026, K-7)",
        f"{FILE}:6: „B“ ist bestanden. Den Eintrag löschen (Frau Beispiel).",
        f"{FILE}:11: „C“ war bekannt bis 30.10.2026 und zählt wieder (Frau Beispiel).",
    ):
        assert part in said, said
    assert summary_line(run) == "5 Szenarien: 2 bestanden, 3 nicht bestanden, davon 2 bekannt"
    xml = junit_xml(run)
    assert xml.count('<property name="lisa.bekannt"') == 2
    assert xml.count("<failure ") == 3, "the verdict stays"
    assert "Bekannte Fehler: 2" in render(run)
    assert read(lines(stream(run))).past == run.past, "the stream says all of it"


def test_an_entry_that_means_nothing_is_told_wherever_else_it_may_be_meant(home: Home) -> None:
    home.write("Türauf", "B")
    (home.path / "mehr").mkdir()
    Home(home.path / "mehr").write("Woanders")
    entries = [ENTRY.format(name=name, day="2999-12-31") for name in ("Türaus", "Woanders", "B")]
    entries += [ENTRY.format(name="x", day="2999-12-31").replace('szenario = "x"', 'anforderung = "Z9"')]
    (home.path / FILE).write_text("".join(entries), encoding="utf-8")
    notes = home.with_past(home.record(0, {"B": "r"})).past.notes
    assert notes == (
        f"{FILE}:1: „Türaus“ gibt es hier in keiner Feature-Datei. Meinten Sie „Türauf“?",
        f"{FILE}:16: „Z9“ gibt es hier in keiner Feature-Datei. Den Eintrag berichtigen oder löschen.",
    )


WRONG = {
    "kein toml [": (1, "Die Datei lässt sich nicht lesen (kein gültiges TOML)."),
    'fehler = "A"': (0, "Die Einträge sind keine Tabellen."),
    "[[faehler]]": (0, "Den Schlüssel „faehler“ gibt es nicht. Meinten Sie „fehler“?"),
    ENTRY.format(name="A", day='"morgen"'): (1, "Dem Eintrag fehlt „bis“. Als Tag ergänzen, ohne Anführungszeichen"),
    ENTRY.format(name="A", day="2026-12-31").replace("grund", "gruend"): (1, "Meinten Sie „grund“?"),
    ENTRY.format(name=" ", day="2026-12-31"): (1, "Dem Eintrag fehlt „szenario“."),
    f'\n{ENTRY.format(name="A", day="2026-12-31")}anforderung = "S1"': (2, "Der Eintrag sagt nicht, was er meint."),
    '[[fehler]]\n[[fehler]]\nszenario = "A"\ngrund = "x"\nwer = "y"\nbis = 2026-12-31': (
        1,
        "Der Eintrag sagt nicht, was",
    ),
}


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_entry_is_named_with_its_line_and_does_not_count(home: Home, text: str) -> None:
    line, words = WRONG[text]
    path = home.path / FILE
    path.write_text(text, encoding="utf-8")
    entries, findings = entries_in(path)
    place = f"{FILE}:{line}: " if line else f"{FILE}: "
    assert any(str(one).startswith(place) and words in str(one) for one in findings), findings
    assert all(entry.line == 2 and entry.until == date(2026, 12, 31) for entry in entries)
    home.keep(0, A="g")
    past = home.with_past(home.record(1, {"A": "r"})).past
    assert {str(one) for one in findings} <= set(past.notes)
    assert [change.kind for change in past.changes] == [ChangeKind.BROKEN]


def test_what_is_open_is_found_again_wherever_it_stands_now(home: Home) -> None:
    home.keep(0, A="g", B="r", C="u", D="g", E="r")
    home.keep(1, B="g", D="n")
    home.write("Neu", "E", "D", "A", "B")
    found = still_open(home.out)
    assert sorted(found.places) == ["tuer.feature:13", "tuer.feature:9"]
    assert [line.count("1 aus dem Lauf") for line in found.said] == [2, 0]
    assert "„C“ war offen und steht nicht mehr in tuer.feature." in found.said
    assert not still_open(home.out, ["woanders"]).places
    home.feature.write_text("Kein Feature", encoding="utf-8")
    assert still_open(home.out, ["."]).places == ("tuer.feature",), "the run says what is wrong in it"


def test_nothing_open_is_said_and_good(home: Home) -> None:
    home.keep(0, A="r", B="g")
    folder = home.keep(1, A="g", B="a")
    found = still_open(home.out)
    assert (found.places, found.code) == ((), 0)
    assert found.said == (f"Seit dem Lauf {folder.name} ist nichts offen: Es gibt nichts noch einmal auszuführen.",)
    home.keep(2, A="grg")
    assert still_open(home.out).places == ("tuer.feature:5",), "what is unstable is open"
