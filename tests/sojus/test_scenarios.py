"""SoJuS under test by the harness: its features are green in memory, and no sentence passes that is not so.

On the wire, with `lisa portal` as a program of its own and by workers, two scenarios; all of them with LISA_LONG=1.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from lisa_core.harness.match.catalogue import registered, steps
from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.record import ScenarioRecord, Verdict
from lisa_core.host.data import data_dir
from tests.gherkin.copies import lisa

LONG = os.environ.get("LISA_LONG") == "1"
FEATURES = data_dir("features") / "sojus"
GROUND = """\
# language: de
Funktionalität: Was nicht so ist

  Hintergrund:
    Angenommen der Träger Seeweg im Landkreis Uckermark hat diese Plätze
      | Platz      | Gruppe   | Satz   |
      | Seeblick 1 | Seeblick | 190,00 |
      | Seeblick 2 | Waldrand | 210,00 |
    Und der Träger Birkenhof im Landkreis Barnim hat diese Plätze
      | Platz   | Gruppe | Satz   |
      | Birke 1 | Birke  | 230,00 |
    Wenn das Jugendamt Uckermark sucht
      | Alter | 15 |
    Und das Jugendamt Barnim sucht
      | Alter | 15 |
"""
RESERVED = ("Wenn das Jugendamt Uckermark „Seeblick 1“ reserviert",)
CONFIRMED = (*RESERVED, "Und der Träger Seeweg die Reservierung von „Seeblick 1“ bestätigt")
ADMITTED = (*CONFIRMED, "Und der Träger Seeweg jemanden in „Seeblick 1“ aufnimmt")
WAITS = (*RESERVED, "Und das Jugendamt Barnim sich für die Gruppe „Seeblick“ auf die Warteliste setzt")
ASKED = ("Wenn das Jugendamt Uckermark ohne Namen den Träger Seeweg und den Träger Birkenhof fragt", "  | Alter | 15 |")
AT_ONCE = ("Wenn das Jugendamt Uckermark und das Jugendamt Barnim im selben Augenblick „Seeblick 1“ reservieren",)
CASE = ("Wenn das Jugendamt Uckermark einen Fall für „Erika Muster“ anlegt",)
READ_IN = (
    "Wenn der Träger Seeweg diese Tabelle einliest",
    "  | Einrichtung          | Gruppe   | Platz      |",
    "  | Haus Seeweg Prenzlau | Seeblick | Seeblick 1 |",
)
LOOKED_UP = (
    *CASE,
    "Und der Träger Birkenhof nachsieht, wen der Fall vom Jugendamt Uckermark betrifft: „Die Hilfe leisten“",
)
IN_A_TALK = (
    "Angenommen das Bürgerbüro Templin ist geöffnet",
    "Und Frau Brandt vom LISA-Team ist bereit",
    "Wenn die Bürgerin das Bürgerbüro betritt",
    "Und Frau Brandt das Gespräch annimmt",
)
# what is claimed, by the sentence that claims it: each is not so
CLAIMS: dict[str, tuple[str, ...]] = {
    "findet {wer} in dieser Reihenfolge": (
        "Dann findet das Jugendamt Uckermark in dieser Reihenfolge",
        "  | Seeblick 2 |",
        "  | Seeblick 1 |",
        "  | Birke 1    |",
    ),
    "findet {wer} {platz} nicht": ("Dann findet das Jugendamt Uckermark „Birke 1“ nicht",),
    "findet {wer} nichts": ("Dann findet das Jugendamt Uckermark nichts",),
    "liest {wer} bei {platz}: {satz}": ("Dann liest das Jugendamt Uckermark bei „Birke 1“: „190,00“",),
    "liest {wer} unter den Treffern: {satz}": (
        "Dann liest das Jugendamt Uckermark unter den Treffern: „barrierefrei“",
    ),
    "erfährt {wer} auf die Frage nach {platz}: {satz}": (
        "Dann erfährt das Jugendamt Uckermark auf die Frage nach „Birke 1“: „Rang 1“",
    ),
    "verschwindet {platz} aus der offenen Liste {wer}": (
        *RESERVED,
        "Dann verschwindet „Seeblick 2“ aus der offenen Liste beim Jugendamt Barnim",
    ),
    "erscheint {platz} in der offenen Liste {wer}": (
        *RESERVED,
        "Wenn das Jugendamt Barnim sucht",
        "  | Alter | 15 |",
        "Dann erscheint „Seeblick 1“ in der offenen Liste beim Jugendamt Barnim",
    ),
    "hat genau eine der beiden Stellen {platz}": (*AT_ONCE, "Dann hat genau eine der beiden Stellen „Seeblick 2“"),
    "sieht die andere als nächsten Platz {platz}": (*AT_ONCE, "Dann sieht die andere als nächsten Platz „Birke 1“"),
    "hat {wer} {platz}": (*RESERVED, "Dann hat das Jugendamt Barnim „Seeblick 1“"),
    "hat {wer} {platz} nicht": (*RESERVED, "Dann hat das Jugendamt Uckermark „Seeblick 1“ nicht"),
    "hat {wer} {platz} bestätigt bekommen": (
        *RESERVED,
        "Dann hat das Jugendamt Uckermark „Seeblick 1“ bestätigt bekommen",
    ),
    "liest {wer} bei der Reservierung von {platz}: {satz}": (
        *RESERVED,
        "Dann liest der Träger Seeweg bei der Reservierung von „Seeblick 1“: „17 Jahre“",
    ),
    "steht {wer} bei der Reservierung von {platz} nichts von {satz}": (
        *RESERVED,
        "Dann steht beim Träger Seeweg bei der Reservierung von „Seeblick 1“ nichts von „15 Jahre“",
    ),
    "erfährt {wer}: {satz}": (*RESERVED, "Dann erfährt der Träger Birkenhof: „Nehmen Sie auf?“"),
    "erfährt {wer} nicht: {satz}": (*RESERVED, "Dann erfährt der Träger Seeweg nicht: „Nehmen Sie auf?“"),
    "steht {wer} auf der Warteliste der Gruppe {gruppe} an {stelle}. Stelle": (
        *WAITS,
        "Dann steht das Jugendamt Barnim auf der Warteliste der Gruppe „Seeblick“ an 2. Stelle",
    ),
    "steht {wer} nicht mehr auf der Warteliste der Gruppe {gruppe}": (
        *WAITS,
        "Dann steht das Jugendamt Barnim nicht mehr auf der Warteliste der Gruppe „Seeblick“",
    ),
    "kann {wer} auf die Anfrage nichts mehr anbieten": (
        *ASKED,
        "Dann kann der Träger Seeweg auf die Anfrage nichts mehr anbieten",
    ),
    "liest {wer} in der Anfrage: {satz}": (*ASKED, "Dann liest der Träger Seeweg in der Anfrage: „17 Jahre“"),
    "steht in keiner Anfrage bei {wer}: {satz}": (*ASKED, "Dann steht in keiner Anfrage bei dem Träger Seeweg: „15“"),
    "sieht {wer} {platz} als {zustand}": (*RESERVED, "Dann sieht der Träger Seeweg „Seeblick 1“ als „belegt“"),
    "läuft {wer} die Hilfe in {platz}": (*CONFIRMED, "Dann läuft beim Jugendamt Uckermark die Hilfe in „Seeblick 1“"),
    "ist {wer} die Hilfe in {platz} beendet": (
        *ADMITTED,
        "Dann ist beim Jugendamt Uckermark die Hilfe in „Seeblick 1“ beendet",
    ),
    "liest {wer} bei der Hilfe in {platz}: {satz}": (
        *ADMITTED,
        "Dann liest das Jugendamt Uckermark bei der Hilfe in „Seeblick 1“: „entlassen“",
    ),
    "darf {wer} das nicht": (
        "Wenn das Jugendamt Uckermark „Seeblick 1“ zu reservieren versucht",
        "Dann darf das Jugendamt Uckermark das nicht",
    ),
    "liest {wer} in den Zahlen: {satz}": ("Dann liest das Landesjugendamt in den Zahlen: „Landkreis Rostock“",),
    "steht in den Zahlen {wer} nichts von {satz}": (
        "Dann steht in den Zahlen beim Landesjugendamt nichts von „Uckermark“",
    ),
    "erfährt {wer} den Namen {name}": (*LOOKED_UP, "Dann erfährt der Träger Birkenhof den Namen „Erika Muster“"),
    "erfährt {wer} keinen Namen": (
        *CASE,
        "Und das Jugendamt Uckermark nachsieht, wen der Fall vom Jugendamt Uckermark betrifft: „Den Hilfeplan führen“",
        "Dann erfährt das Jugendamt Uckermark keinen Namen",
    ),
    "liest {wer} über den Namen: {satz}": (
        *LOOKED_UP,
        "Und das Jugendamt Uckermark den Namen des Falls berichtigt: „Erika Beispiel“",
        "Dann liest der Träger Birkenhof über den Namen: „berichtigt“",  # it was refused, and knows nothing
    ),
    "liest {wer} nichts über den Namen": (
        *CASE,
        *CONFIRMED,
        "Und der Träger Seeweg nachsieht, wen der Fall vom Jugendamt Uckermark betrifft: „Die Hilfe leisten“",
        "Und das Jugendamt Uckermark den Namen des Falls berichtigt: „Erika Beispiel“",
        "Dann liest der Träger Seeweg nichts über den Namen",
    ),
    "steht im Protokoll {wer}, dass {andere} den Namen gesehen hat": (
        *LOOKED_UP,
        "Dann steht im Protokoll beim Jugendamt Uckermark, dass der Träger Birkenhof den Namen gesehen hat",
    ),
    "steht im Protokoll {wer}, dass {andere} den Namen nicht sehen durfte": (
        *CASE,
        "Dann steht im Protokoll beim Jugendamt Uckermark, dass der Träger Birkenhof den Namen nicht sehen durfte",
    ),
    "liest die Bürgerin auf dem Bildschirm vom Platz: {satz}": (
        *IN_A_TALK,
        "Wenn Frau Brandt vom Jugendamt Uckermark der Bürgerin „Seeblick 1“ zeigt",
        "Dann liest die Bürgerin auf dem Bildschirm vom Platz: „Birke“",
    ),
    "zeigt der Bildschirm der Bürgerin keinen Platz mehr": (
        *IN_A_TALK,
        "Wenn Frau Brandt vom Jugendamt Uckermark der Bürgerin „Seeblick 1“ zeigt",
        "Dann zeigt der Bildschirm der Bürgerin keinen Platz mehr",
    ),
    "zeigt die Vorschau {wer}: {satz}": (*READ_IN, "Dann zeigt die Vorschau dem Träger Seeweg: „neu: Platz“"),
    "lässt sich die Vorschau {wer} nicht übernehmen": (
        *READ_IN[:-1],
        "  | Haus Seeweg Prenzlau | Seeblick | Zimmer 9 |",
        "Dann lässt sich die Vorschau beim Träger Seeweg nicht übernehmen",
    ),
    "liest {wer} bei der Gruppe {gruppe}: {satz}": (
        "Dann liest der Träger Seeweg bei der Gruppe „Seeblick“: „noch nie bestätigt“",
    ),
}
AT_THE_DOOR: dict[str, tuple[str, ...]] = {
    "ist es als {name} angemeldet": (
        "Wenn das Jugendamt Uckermark sich mit einem falschen Passwort anmeldet",
        "Dann ist es als Jugendamt Uckermark angemeldet",
    ),
    "ist niemand angemeldet": (
        "Wenn das Jugendamt Uckermark sich mit seinem Passwort anmeldet",
        "Dann ist niemand angemeldet",
    ),
}
"""The same, where only the program can be asked."""
BASELESS = (
    "Dann hat das Jugendamt Barnim „Seeblick 1“ nicht",
    "Dann erfährt der Träger Seeweg nicht: „Nehmen Sie auf?“",
    "Dann steht das Jugendamt Barnim nicht mehr auf der Warteliste der Gruppe „Seeblick“",
    "Dann erscheint „Seeblick 1“ in der offenen Liste beim Jugendamt Barnim",
    "Dann hat genau eine der beiden Stellen „Seeblick 1“",
    "Dann zeigt der Bildschirm der Bürgerin keinen Platz mehr",
    "Dann liest der Träger Seeweg nichts über den Namen",
)
"""What could not be otherwise in a scenario in which nobody has done anything."""


def ran(folder: Path, *words: str) -> tuple[ScenarioRecord, ...]:
    """What came of it, scenario by scenario."""
    _, output = lisa("run", *words, "--pictures", "none", where=folder)
    stream = folder / "out" / "messages.ndjson"
    assert stream.exists(), output
    return read(stream.read_text(encoding="utf-8")).scenarios


def written(path: Path, scenarios: Mapping[str, tuple[str, ...]]) -> None:
    """A feature of these, by their names."""
    body = [line for name, said in scenarios.items() for line in ("", f"  Szenario: {name}", *_indented(said))]
    path.write_text("\n".join([GROUND, *body, ""]), encoding="utf-8")


def told(one: ScenarioRecord) -> str:
    """How it came out, for whoever reads of a failure."""
    return f"{one.name}: {one.verdict.value} {' '.join(step.error for step in one.steps)}"


def test_every_feature_is_green_in_memory(tmp_path: Path) -> None:
    found = ran(tmp_path, str(FEATURES), "--clock", "virtual")
    assert len(found) > 30
    fine = {Verdict.PASSED, Verdict.NOT_APPLICABLE}  # only the program has a door
    assert [told(one) for one in found if one.verdict not in fine] == []


def test_what_is_not_so_does_not_pass(tmp_path: Path) -> None:
    written(tmp_path / "falsch.feature", {**CLAIMS, **{sentence: (sentence,) for sentence in BASELESS}})
    found = {one.name: one for one in ran(tmp_path, "falsch.feature", "--clock", "virtual")}
    assert [told(found[name]) for name in CLAIMS if found[name].verdict is not Verdict.FAILED] == []
    assert [told(found[name]) for name in BASELESS if found[name].verdict is not Verdict.HARNESS] == []
    assert [told(one) for one in found.values() if one.steps[-1].verdict is not one.verdict] == []


def test_every_sentence_that_claims_something_is_held_against_what_is_not_so() -> None:
    listed = [entry for entry in steps() if entry.group.startswith("SoJuS")]
    assert {entry.pattern for entry in listed if entry.keyword == "Dann"} == CLAIMS.keys() | AT_THE_DOOR.keys()
    ours = [one for one in registered() if one.step_func.__module__.startswith("sojus")]
    assert [one.parser.name for one in ours if not (one.step_func.__doc__ or "").strip()] == []


@pytest.mark.timeout(3000 if LONG else 300)
def test_the_same_features_are_green_with_the_program_over_http(tmp_path: Path) -> None:
    some = (f"{FEATURES / 'reservieren.feature'}:15", f"{FEATURES / 'datenschutz.feature'}:15")
    which = (str(FEATURES),) if LONG else some
    written(tmp_path / "falsch.feature", AT_THE_DOOR)
    found = ran(tmp_path, *which, "-n", "2", *([str(tmp_path / "falsch.feature")] if LONG else ()))
    wrong = [one for one in found if one.name in AT_THE_DOOR]
    assert [told(one) for one in wrong if one.verdict is not Verdict.FAILED] == []
    assert [told(one) for one in found if one not in wrong and one.verdict is not Verdict.PASSED] == []


def _indented(said: tuple[str, ...]) -> list[str]:
    return [f"    {line}" for line in said]
