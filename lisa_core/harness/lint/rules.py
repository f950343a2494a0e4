"""The rules that feature files and requirements are held to: by the stable name of each what it is, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from lisa_core.harness.text.findings import Rule

SPELLING: Rule = "schreibweise"
NOTES = frozenset({SPELLING})
"""What breaks one of these runs all the same: a note, no error."""

RULES: Mapping[Rule, str] = {
    "datei-fehlt": "Was genannt wird, gibt es: die Datei, den Ordner, darin eine Feature-Datei.",
    "datei-name": "Der Name einer Feature-Datei endet auf .feature.",
    "datei-unlesbar": "Eine Feature-Datei lässt sich lesen und ist in UTF-8 gespeichert.",
    "datei-leer": "Eine Feature-Datei enthält eine Funktionalität.",
    "datei-verschwunden": "Keine conftest.py nimmt eine Feature-Datei aus dem Lauf.",
    "datei-zweimal": "Eine Feature-Datei läuft nicht auch noch durch ein Python-Modul.",
    "merge-rest": "In einer Feature-Datei steht kein Rest eines Merge-Konflikts.",
    "sprachzeile": "Die erste Zeile heißt # language: de, oder nennt eine andere Sprache von Gherkin.",
    "aufbau": "Jede Zeile steht dort, wo Gherkin sie erlaubt.",
    "tabelle-ungleich": "Alle Zeilen einer Tabelle haben gleich viele Spalten.",
    "tag-leerzeichen": "Ein Tag enthält kein Leerzeichen.",
    "tag-unbekannt": (
        "Ein Tag ist eines von @anf, @braucht, @stufe, @manuell, @dauert und @frei, mit einem Wert, den es gibt."
    ),
    "tag-ohne-geraet": "Ein Szenario mit @stufe:hardware sagt mit @braucht, welches Gerät echt sein muss.",
    "name-fehlt": "Funktionalität und Szenario haben einen Namen.",
    "name-doppelt": "Keine zwei Szenarien einer Datei und keine zwei Funktionalitäten heißen gleich.",
    "nur-beschreibung": "Was wie ein Schritt aussieht, ist einer: Eine Beschreibung liefe nie.",
    "schritt-leer": "Hinter Angenommen, Wenn, Dann, Und und Aber steht ein Satz.",
    "ohne-szenario": "Eine Funktionalität und eine Regel haben mindestens ein Szenario.",
    "ohne-schritte": "Szenario und Hintergrund haben Schritte.",
    "ohne-dann": "Ein Szenario prüft etwas: Es hat einen Schritt mit Dann.",
    "und-zuerst": "Der erste Schritt beginnt nicht mit Und oder Aber.",
    "beispiele-fehlen": "Wer Platzhalter verwendet, hat Beispiele, und diese haben Zeilen.",
    "beispiele-zeile": "Keine zwei Zeilen der Beispiele sind gleich.",
    "beispiele-spalte": "Jeder Platzhalter hat seine Spalte in den Beispielen, und jede Spalte ihren Platzhalter.",
    "schritt-unbekannt": "Den Satz eines Schritts gibt es, mit diesem Anfangswort.",
    "schritt-mehrdeutig": "Zu einem Satz gehört genau eine Definition.",
    "schritt-defekt": "Die Funktion hinter einem Satz lässt sich als Schritt ausführen.",
    "schreibweise": "Zitate stehen in „ “, und am Ende eines Satzes steht kein Punkt.",
    "schritt-anhang": "Tabelle und Text stehen unter den Schritten, die sie brauchen, und unter keinem anderen.",
    "eigener-satz": "Ein eigener Satz (*.satz) hat Schritte, führt nicht zu sich selbst und nennt Wörter, die es gibt.",
    "wort-unbekannt": "Was ein Satz nennt, gibt es: Personen, Stellen, Geräte, Unterlagen, Felder, Tage, Texte.",
    "zeile-ohne-szenario": "In der Zeile, die mit datei.feature:12 genannt wird, steht ein Szenario.",
    "szenario-verschwunden": "Keine conftest.py nimmt ein Szenario aus dem Lauf.",
    "fixture-ersetzt": "Keine conftest.py ersetzt, womit alle Szenarien arbeiten.",
    "conftest-defekt": "Die conftest.py neben den Szenarien lassen sich laden.",
    "anforderung-datei": "Eine Datei in anforderungen/ ist gültiges TOML und hat die Schlüssel, die es gibt.",
    "anforderung-unbekannt": "Die Anforderung, die ein Tag nennt, gibt es, und den Teil davon.",
    "anforderung-doppelt": "Jede Kennung einer Anforderung gibt es einmal.",
    "anforderung-ohne-szenario": "Zu jeder Anforderung gibt es ein Szenario, oder sie sagt mit offen = …, warum nicht.",
    "anforderung-nicht-offen": "Eine Anforderung, die ein Szenario zeigt, steht nicht als offen da.",
    "klasse-datei": "Eine Datei in klassen/ hat die Schlüssel, die es gibt, und Grenzen, die ihr Bezug hergibt.",
    "eingabe": "Auch jede andere Datei, die LISA liest, hat die Form, die sie haben muss.",
}
