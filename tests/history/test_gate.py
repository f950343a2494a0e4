"""A gate says of each rule what it asks and what there is."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from lisa_core.cli.commands import lisa
from lisa_core.harness.history.gate import NAMES
from lisa_core.harness.history.known import FILE
from lisa_core.harness.report.record import State
from tests.history.runs import Home
from tests.history.test_past import ENTRY

RULES = Path("gate.toml")


def asked(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(lisa, arguments, standalone_mode=False)
    return int(done.return_value), done.output


@pytest.mark.parametrize(
    ("rule", "kept", "said"),
    [
        ("nicht_bestanden = 1", True, "höchstens 1, Ist 1: B"),
        ("nicht_bestanden = 0", False, "höchstens 0, Ist 1: B"),
        ("neu_nicht_bestanden = 0", False, "höchstens 0, Ist 3: B; D; E (Wiederholung 2 von 2)"),
        ("nicht_entscheidbar = 0", False, "höchstens 0, Ist 1: D"),
        ("nicht_geprueft = 0", True, "höchstens 0, Ist 0"),
        ("prueffehler = 0", False, "höchstens 0, Ist 1: E (Wiederholung 2 von 2)"),
        ("bekannt = 0", False, "höchstens 0, Ist 1: C"),
        ("bekannt_abgelaufen = 0", False, f"höchstens 0, Ist 1: {FILE}:6"),
        ("instabil = 0", False, "höchstens 0, Ist 1: E (1/2)"),
        ("langsamer = 0", True, "höchstens 0, Ist 0"),
        ('anforderungen = ["A.*"]', True, "alle gezeigt: A.*, Ist 1 von 1 gezeigt"),
        ('anforderungen = ["*.1", "S0.*"]', False, "1 von 5 gezeigt; B.1 (nicht bestanden);"),
    ],
)
def test_each_rule_is_judged(home: Home, rule: str, kept: bool, said: str) -> None:
    home.keep(0, A="g", B="g", C="r", D="g", E="g")
    text = ENTRY.format(name="C", day="2026-12-31") + ENTRY.format(name="A", day="2026-10-01")
    (home.path / FILE).write_text(text, encoding="utf-8")
    folder = home.keep(1, A="g", B="r", C="r", D="u", E="gh")
    RULES.write_text(rule, encoding="utf-8")
    code, output = asked("gate")
    line = next(line for line in output.splitlines() if rule.partition(" ")[0] in line)
    assert (code, line[0], said in line) == (0 if kept else 1, "✓" if kept else "✗", True), output
    assert f"Der Lauf {folder.name} genügt" in output


def test_without_a_run_before_all_that_is_red_is_new(home: Home) -> None:
    home.keep(0, A="r", B="g")
    RULES.write_text("neu_nicht_bestanden = 0", encoding="utf-8")
    assert asked("gate")[0] == 1


@pytest.mark.parametrize("state", [State.RUNNING, State.INTERRUPTED])
def test_a_run_without_an_end_never_suffices(home: Home, state: State) -> None:
    home.keep(0, A="g", state=state)
    RULES.write_text("nicht_bestanden = 9", encoding="utf-8")
    code, output = asked("gate")
    assert (code, f"✗ Zustand: Soll abgeschlossen, Ist {state.value}" in output) == (1, True), output


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "gate.toml: Die Datei lässt sich nicht lesen (das gibt es nicht)"),
        ("", "Die Datei enthält keine Regel. Es gibt: nicht_bestanden,"),
        ("a = [", "gate.toml:1: Die Datei lässt sich nicht lesen"),
        ("bekannt = 1\n\nnicht_bestandn = 0", "gate.toml:3: Die Regel „nicht_bestandn“ gibt es nicht. Meinten Sie"),
        ("instabil = -1", "gate.toml:1: Die Regel „instabil“ hat keinen Wert, der passt. Zum Beispiel: instabil = 0"),
        ("instabil = true", "hat keinen Wert, der passt"),
        ('anforderungen = "S0"', 'Zum Beispiel: anforderungen = ["S0.*"]'),
    ],
)
def test_wrong_rules_are_named(home: Home, text: str | None, said: str) -> None:
    home.keep(0, A="g")
    if text is not None:
        RULES.write_text(text, encoding="utf-8")
    code, output = asked("gate")
    assert (code, said in output) == (4, True), output


def test_commands_tell_of_what_is_kept(home: Home) -> None:
    assert asked("history")[0] == asked("compare")[0] == 4
    for minute, letters in enumerate(("g", "r", "g", "rg")):
        home.keep(minute, A=letters, B="g")
    code, output = asked("history")
    assert (code, "✓✗✓~" in output, "Instabil: 1 von 2 Szenarien" in output) == (0, True, True), output
    code, output = asked("history", "tuer.feature:9")
    assert (code, output.count("bestanden"), "Instabil: 0 von 1 Szenario\n" in output) == (0, 4, True), output
    code, output = asked("history", "Bb")
    assert (code, "Meinten Sie „B“?" in output) == (4, True), output
    first = asked("history", "A")[1].splitlines()[0].split()[3]
    for names in ((), (first, "latest")):
        code, output = asked("compare", *names)
        assert (code, "nicht mehr bestanden: 1" in output) == (0, True), output
    assert "kein Lauf derselben Art" in asked("compare", first)[1]
    refused = home.keep(9, state=State.REFUSED)
    assert f"{refused.name} ist nicht gelaufen" in asked("compare")[1]
    code, output = asked("gate", "--help")
    assert [name for name in NAMES if name not in output] == []
