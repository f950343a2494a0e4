"""A folder to begin with: one green feature, one requirement, a README, and snippets for the editor."""

from __future__ import annotations

import re
from pathlib import Path

from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.settings import DEFAULT_PROFILE
from lisa_core.harness.start.editor_files import write_editor_files, write_text
from lisa_core.host.paths import exists

FEATURE = """\
# language: de
Funktionalität: Mein erster Besuch ({name})

  @anf:{id}
  Szenario: Der Bürger wird begrüßt und geht wieder
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn der Bürger das Bürgerbüro betritt
    Dann klingelt es bei Frau Brandt innerhalb von 2 s
    Wenn Frau Brandt das Gespräch annimmt
    Dann erscheint Frau Brandt vom LISA-Team auf dem Bildschirm
    Wenn Frau Brandt das Gespräch beendet
    Und der Bürger das Bürgerbüro verlässt
    Dann endet der Besuch als „erledigt_beratung“
"""
REQUIREMENT = """\
# Was gezeigt werden soll. Ein Szenario zeigt eine Anforderung, wenn darüber @anf: und ihre Kennung stehen.

[[anforderung]]
id = "{id}"
text = "Wer eintritt, wird nach kurzer Zeit von einem Menschen begrüßt."
text_en = "Whoever enters is greeted by a human being after a short time."
quelle = "Unser Lastenheft, Abschnitt 1"

# Eine Grenze ist freiwillig. Mit ihr muss jedes Szenario mit @anf:{id} auch messen.
[anforderung.grenze]
messung = "anruf.klingelt"
hoechstens = 3
einheit = "s"
unsicherheit = 0.1
"""
README = """\
# {name}

Szenarien für das Digitale Bürgerbüro. Python braucht hier niemand.

    lisa run {name}                        alle Szenarien, mit emulierten Geräten
    lisa run {name} --clock virtual        im Modell: ohne Geräte und ohne Warten
    lisa run {name}/erster-besuch.feature:5   das Szenario in dieser Zeile
    lisa run {name} -t anf:{id}        was diese Anforderung zeigt
    lisa lint {name}                       alle Fehler auf einmal zeigen, ohne etwas auszuführen
    lisa steps                             alle Sätze, aus denen sich Szenarien schreiben lassen

Der Bericht liegt danach in `out/report.html`. Auch `pytest {name}` führt die Szenarien aus.

| Datei | Was darin steht |
|---|---|
| `*.feature` | Szenarien: *Angenommen* stellt her, *Wenn* lässt etwas geschehen, *Dann* prüft |
| `saetze/*.satz` | auf Wunsch: eigene Sätze, aus anderen gemacht („Satz: Wenn {{wer:Bürgerin}} nur grüßt“) |
| `anforderungen/*.toml` | was gezeigt werden soll, auf Wunsch mit Grenze |
| `pytest.ini` | `lisa = true`: erst damit führt auch `pytest` Szenarien aus |
| `.vscode/` | damit Visual Studio Code die Sätze kennt; `lisa new editor {name}` erneuert sie |

In Visual Studio Code diesen Ordner öffnen und die Erweiterung „Cucumber“ nehmen, die es dann vorschlägt: Unbekannte
Sätze sind unterstrichen, angefangene werden ergänzt, und ein Klick mit Strg zeigt, was ein Satz bedeutet. Alle
übrigen Fehler unterstreicht Strg+Umschalt+B.

Ein Tippfehler läuft nie still durch: LISA nennt Datei, Zeile und meistens den Satz, der gemeint war.
"""
PYTEST_INI = """\
# Damit auch „pytest“ diese Szenarien ausführt; „lisa run“ braucht diese Datei nicht.
[pytest]
lisa = true
"""


def new_folder(path: Path) -> list[Path]:
    """Write it; returns the files. Raises `LisaError` when something is there already."""
    if exists(path) and (not path.is_dir() or any(path.iterdir())):
        raise LisaError(f"{path}: Das gibt es schon, und es ist nicht leer. Einen anderen Namen wählen.")
    plain = re.sub(r"[^A-Z0-9]+", "", path.name.upper()) or "EIGENE"
    taken = re.fullmatch(r"S\d+", plain)  # those are ours
    words = {"name": path.name, "id": f"{plain}{'-EIGEN' if taken else ''}.1"}
    texts = {
        "erster-besuch.feature": FEATURE.format(**words),
        "anforderungen/eigene.toml": REQUIREMENT.format(**words),
        "README.md": README.format(**words),
        "pytest.ini": PYTEST_INI,
    }
    written = [write_text(path / name, text) for name, text in texts.items()]
    return [*written, *write_editor_files(path, DEFAULT_PROFILE)]
