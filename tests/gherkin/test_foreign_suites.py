"""Feature files of others, as they are found in public: what is legal Gherkin runs, or is refused for its true reason.

Each text here is ours, and has what made a suite of somebody else stumble: licences above the line of the language,
names of languages as SpecFlow writes them, descriptions that begin with an ordinary word, English, no "Dann".
"""

from __future__ import annotations

import re

from lisa_core.harness.match.check import MOST_SEARCHED
from lisa_core.harness.report.record import ExitCode
from lisa_core.harness.text.document import read
from lisa_core.harness.text.lint import lint
from lisa_core.harness.text.tags import check_tags
from tests.gherkin.conftest import Folder

STEPS = "    Angenommen die Zahl ist 2\n    Wenn 3 dazukommt\n    Dann ist die Summe 5\n"
RUNS = {
    "lizenz": f"# Copyright 2026 Landkreis Muster\n#\n# language: de\nFunktionalität: L\n\n  Szenario: A\n{STEPS}",
    "hinweis": f"#language:de\n#noinspection X\n\nFunktion: H\n\n  Beispiel: A\n{STEPS}",
    "specflow": f"#language: de-AT\nFunktionalität: S\n\nSzenario: A\n{STEPS}",
    "prosa": "# language: de\nFunktionalität: P\n  Rechtsgrundlage: § 36a SGB I\n\n  Szenario: A\n"
    f"    Voraussetzung: keine\n    Kann sie nicht lesen, liest Frau Brandt vor.\n    Über die Straße.\n{STEPS}",
    "stern": "# language: de\nFunktionalität: St\n\n  Szenario: A\n    * die Zahl ist 2\n    * 3 dazukommt\n"
    "    Dann ist die Summe 5\n",
    "englisch": "# no language\n@frei:x\nFeature: E\n  As a tester: nothing to do.\n\n"
    "  Background:\n    Given die Zahl ist 2\n\n"
    "  Scenario Outline: A\n    When <n> dazukommt\n    Then ist die Summe <s>\n\n    Scenarios:\n"
    "      | n | s |\n      | 3 | 5 |\n",
    "franzoesisch": "# language: fr\nFonctionnalité: F\n\n  Scénario: A\n    Soit die Zahl ist 2\n"
    "    Quand 3 dazukommt\n    Alors ist die Summe 5\n",
    "text": '# language: de\nFunktionalität: T\n\n  Szenario: A\n    Angenommen die Notiz\n      """\n'
    f'      Überschrift\n      =======\n      """\n{STEPS}',
}
NOTE = '\n\n@given("die Notiz")\ndef note(docstring):\n    assert docstring.endswith("=======")\n'
LOOSE = """\
# language: de
@TCID=ERP_EE_01 @Path=bad
Funktionalität: Locker

  Szenario: Gleich
    Und die Zahl ist 2

  Szenario: Gleich
    Angenommen die Zahl ist 2

  Szenario:
    * die Zahl ist 2

  Szenariogrundriss: Zeilen
    Angenommen die Zahl ist <n>

    Beispiele:
      | n | Bemerkung |
      | 1 | keine     |
      | 1 | keine     |

    Beispiele: noch keine
      | n | Bemerkung |
"""
OURS = (
    *("Das Tag „@TCID=ERP_EE_01“ ist nicht bekannt", "steht schon in Zeile 5", "Das Szenario hat keinen Namen"),
    *("Der erste Schritt beginnt mit „Und“", "prüft nichts", "„Bemerkung“ wird nicht verwendet"),
    *("gibt es zweimal", "haben keine Zeilen und liefen nie"),
)


def test_what_is_legal_gherkin_runs(folder: Folder) -> None:
    with (folder.path / "conftest.py").open("a", encoding="utf-8") as conftest:
        conftest.write(NOTE)
    for name, text in RUNS.items():
        folder.write(name, text)
    code, said = folder.run(clock="virtual")
    assert code == ExitCode.PASSED, said
    assert f"{len(RUNS)} Szenarien: {len(RUNS)} bestanden" in said
    kept = (folder.path / "out" / "messages.ndjson").read_text(encoding="utf-8")
    assert set(re.findall(r'"feature":\{"tags":[^]]*\],"location":\{[^}]*\},"language":"(\w+)"', kept)) == {
        *("de", "en", "fr"),
    }


def test_rules_of_ours_are_asked_for_or_counted(folder: Folder) -> None:
    path = folder.write("locker", LOOSE)
    feature = read(path)
    refused = " ".join(map(str, [*lint(feature), *check_tags(feature, {})]))
    assert [words for words in OURS if words not in refused] == []
    folder.write("leer", "# language: de\nFunktionalität: X\n\n  Szenario: Später\n")
    code, said = folder.run(clock="virtual", rules="gherkin")
    assert code == ExitCode.UNDECIDED, "a scenario without steps is no pass by any rules"
    assert "6 Szenarien: 5 bestanden, 1 nicht geprüft" in said
    assert re.search(r"Nur die Regeln von Gherkin: \d+ Verstöße .* der erste: leer.feature:4: Das Szenario", said)
    assert "nur die von Gherkin" in folder.report


def test_the_folder_s_own_setting_is_read_by_plain_pytest(folder: Folder) -> None:
    folder.write("locker", LOOSE)
    code, said = folder.pytest("-o", "lisa_rules=streng", ".")
    assert (code, "Die Regeln „streng“ gibt es nicht. Es gibt: lisa, gherkin." in said) == (4, True)


def test_a_suite_without_its_steps_is_told_at_once(folder: Folder) -> None:
    """Of hundreds of unknown sentences each is named; what was meant is looked for in the first ones only."""
    steps = "".join(f"    Wenn die Tür {number}-mal aufging\n" for number in range(MOST_SEARCHED + 200))
    folder.write("fremd", f"# language: de\nFunktionalität: F\n\n  Szenario: A\n{steps}")
    code, said = folder.run(clock="virtual", rules="gherkin")
    assert code == ExitCode.BAD_INPUT
    assert said.count("gibt es nicht. ") == MOST_SEARCHED + 200
    assert said.count("Alle Schritte zeigt: lisa steps") == 200
