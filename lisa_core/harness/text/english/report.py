"""The English twins of what stands in the report's page and nowhere else; see language.py."""

from __future__ import annotations

REPORT: dict[str, str] = {
    "LISA-Bericht": "LISA report",
    "Nicht gelaufen: An den Eingaben ist etwas falsch.": "Not run: something is wrong with the input.",
    "Dieser Lauf ist unvollständig ({state}). Er sagt nichts darüber, ob etwas bestanden ist.": (
        "This run is incomplete ({state}). It says nothing about whether anything has passed."
    ),
    "Kein Szenario wurde geprüft": "No scenario was checked",
    "Das Szenario hat bestanden": "The scenario passed",
    "Das Szenario: {verdict}": "The scenario: {verdict}",
    "Alle {n} Szenarien haben bestanden": "All {n} scenarios passed",
    "{passed} von {n} Szenarien haben bestanden ({rest})": "{passed} of {n} scenarios passed ({rest})",
    "1 von {n} Szenarien hat bestanden ({rest})": "1 of {n} scenarios passed ({rest})",
    "die Anforderung ist damit gezeigt": "which shows the requirement",
    "die Anforderung ist nicht gezeigt ({rest})": "the requirement is not shown ({rest})",
    "gezeigt ist 1 von {n} Anforderungen ({rest})": "1 of {n} requirements is shown ({rest})",
    "damit sind alle {n} Anforderungen gezeigt": "which shows all {n} requirements",
    "gezeigt sind {shown} von {n} Anforderungen ({rest})": "{shown} of {n} requirements are shown ({rest})",
    "Gerechnet wurde im Modell: Das prüft die Programme, kein Gerät.": (
        "It was computed in the model: that tests the programs, no device."
    ),
    "Echte Geräte waren beteiligt; bei jedem Szenario steht, welche.": (
        "Real devices took part; each scenario says which."
    ),
    "Geprüft wurde an emulierten Geräten: Das zeigt die Programme und ihre Leitungen, kein echtes Gerät.": (
        "It was tested with emulated devices: that shows the programs and their lines, no real device."
    ),
    "Bilder: {n} in {time}": "Pictures: {n} in {time}",
    "Nicht alle Bilder: {why}.": "Not all pictures: {why}.",
    "Bildschirm der Bürgerin in diesem Moment": "The citizen’s screen at this moment",
    "Arbeitsplatz in diesem Moment: {name}": "The desk at this moment: {name}",
    "Wer wem was sagte": "Who said what to whom",
    "Zuletzt gesagt": "Said last",
    "{sender} an {receiver}: {what}": "{sender} to {receiver}: {what}",
    "Sequenzbild: {name}": "Sequence picture: {name}",
    "Gegenüber früheren Läufen": "Compared with earlier runs",
    "Bekannte Fehler: {n}": "Known faults: {n}",
    "bis {day}": "until {day}",
    "{passed} von {times} bestanden": "{passed} of {times} passed",
    "Instabil": "Unstable",
    "Was sich gegenüber {before} und den Läufen davor geändert hat": (
        "What has changed since {before} and the runs before"
    ),
    "neu dabei: {n} Szenarien, alle bestanden": "new: {n} scenarios, all passed",
    "Die letzten Urteile": "The last verdicts",
    "Das neueste Urteil steht rechts: ✓ bestanden, ✗ nicht bestanden, ? nicht entscheidbar, – nicht geprüft, ! Prüffehler, · nicht anwendbar, ~ nicht immer gleich.": (  # noqa: E501  # one sentence that stands in a template
        "The newest verdict stands on the right: ✓ passed, ✗ failed, ? undecided, – not checked, ! harness error, "
        "· not applicable, ~ not always the same."
    ),
    "Wann": "When",
    "Wo": "Where",
    "Wer": "Who",
    "Womit": "With what",
    "Dauer": "duration",
    "nicht genannt": "not said",
    "nicht genannt (lisa run --tester NAME)": "not said (lisa run --tester NAME)",
    "Profil {name}": "profile {name}",
    "in jedem Szenario ab dem Start des Bürgerbüros:": "in each scenario from the start of the booth on:",
    "Was zu berichtigen ist": "What has to be mended",
    "Prüffehler außerhalb der Szenarien": "Harness errors beside the scenarios",
    "Nicht bestanden oder nicht geprüft": "Not passed or not checked",
    "Bei": "At",
    "Erwartet": "Expected",
    "Bekommen": "Got",
    "{what}, innerhalb von {within}": "{what}, within {within}",
    "nichts davon": "nothing of it",
    "Für Entwickler": "For developers",
    "Suchen": "Search",
    "Wort, Datei oder @Tag": "word, file or @tag",
    "Zeigen": "Show",
    "alle": "all",
    "Alles aufklappen": "Unfold all",
    "Alles zuklappen": "Fold all",
    "{found} von {all} Szenarien": "{found} of {all} scenarios",
    "Beim Drucken auch Schritte, Geräte und Bilder": "Print steps, devices and pictures too",
    "Schritt": "step",
    "Schritte": "steps",
    "Messung": "measurement",
    "Messungen": "measurements",
    "Anlage": "attachment",
    "Anlagen": "attachments",
    "gemessen {since}": "measured {since}",
    "Emuliert": "Emulated",
    "entscheidet": "decides",
    "Nicht gelaufen.": "Not run.",
    "durch {name}": "by {name}",
    "Modell, kein Gerät": "model, no device",
    "alle Geräte emuliert, von diesem Lauf selbst": "all devices emulated, by this run itself",
    "Dasselbe Bild wie bei „{name}“": "The same picture as at “{name}”",
    "Zu groß für diese Seite: {name}, {size} MB. Es steht in messages.ndjson.": (
        "Too large for this page: {name}, {size} MB. It is in messages.ndjson."
    ),
    "Messungen gegen Grenzen": "Measurements against limits",
    "Kein Treiber für {slot} kennt die Fähigkeit „{word}“.": "No driver for {slot} knows the ability “{word}”.",
    "Anforderungen": "Requirements",
    "Anforderung": "Requirement",
    "Kennung": "Id",
    "Wert": "Value",
    "Urteil": "Verdict",
    "{n} Szenarien": "{n} scenarios",
    "In diesem Lauf keines.": "None in this run.",
    "Umgebung": "Environment",
    "Bestanden nur, wenn der Wert mit seiner Unsicherheit U innerhalb der Grenze liegt; nicht bestanden, wenn er mit U jenseits liegt; sonst nicht entscheidbar.": (  # noqa: E501  # one sentence that stands in a template
        "Passed only where the value with its uncertainty U lies within the limit; failed where it lies beyond it "
        "with U; otherwise undecided."
    ),
}
