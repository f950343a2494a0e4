"""The English twins of what is said about kept runs, known faults and gates; see english.py."""

from __future__ import annotations

_CHANGES = {
    "nicht mehr bestanden": "no longer passed",
    "neu dabei": "new",
    "nicht mehr dabei": "gone",
    "langsamer als sonst": "slower than usual",
    "wieder bestanden": "passed again",
    "{now}, zuletzt {before}": "{now}, before: {before}",
    "zuletzt {before}": "before: {before}",
    "{now}, sonst {usual} (Median von {runs} Läufen, auffällig ab {slow})": (
        "{now}, usually {usual} (median of {runs} runs, conspicuous from {slow})"
    ),
    "Gegenüber {before} und den Läufen davor:": "Compared with {before} and the runs before:",
    "  neu dabei: {n} Szenarien, alle bestanden": "  new: {n} scenarios, all passed",
    "Hinweis: {note}": "Note: {note}",
    "Instabil: {name}: {passed} von {times} bestanden": "Unstable: {name}: {passed} of {times} passed",
    "Instabil von Lauf zu Lauf: {name}  {row}": "Unstable from run to run: {name}  {row}",
    "Instabil: {count} von 1 Szenario": "Unstable: {count} of 1 scenario",
    "Instabil: {count} von {total} Szenarien": "Unstable: {count} of {total} scenarios",
    "instabil": "unstable",
    "Ein Lauf: {first}": "One run: {first}",
    "{count} Läufe, von {first} bis {last}": "{count} runs, from {first} to {last}",
    "{run} gegenüber {other}": "{run} compared with {other}",
    "  Verschieden: {title} {here}, dort {there}": "  Different: {title} {here}, there {there}",
    "Profil": "Profile",
    "Uhr": "Clock",
    "Version": "Version",
    "Zustand": "State",
    "{kind}: {count}": "{kind}: {count}",
    "Kein Unterschied.": "No difference.",
    "{run} gegenüber {other} und den Läufen davor": "{run} compared with {other} and the runs before",
    "{run} ist nicht gelaufen; zu vergleichen ist darin nichts. Einen anderen Lauf nennen.": (
        "{run} has not run; there is nothing in it to compare. Name another run."
    ),
    "Vor {run} ist kein Lauf derselben Art aufgehoben.": "No run of the same kind is kept from before {run}.",
    "Ein Szenario „{wanted}“ ist in den aufgehobenen Läufen nicht vorgekommen.": (
        "No scenario “{wanted}” occurs in the kept runs."
    ),
}
_RUNS = {
    "{path}: Der Lauf lässt sich nicht lesen ({why}).": "{path}: The run cannot be read ({why}).",
    "kein UTF-8": "no UTF-8",
    "{path}: Das ist kein Lauf von LISA.": "{path}: This is no run of LISA.",
    "{path}:{line}: Diese Zeile ist beschädigt oder von einer anderen Version ({version}): {why}.": (
        "{path}:{line}: This line is damaged or of another version ({version}): {why}."
    ),
    "{path}: Der Lauf ist beschädigt oder von einer anderen Version: {why}.": (
        "{path}: The run is damaged or of another version: {why}."
    ),
    "Der Lauf wird ausgelassen; den Ordner löschen oder umbenennen.": (
        "The run is left out; delete the folder or rename it."
    ),
    "{out}: Hier ist kein Lauf aufgehoben.": "{out}: No run is kept here.",
    "Zuerst mit lisa run einen ausführen oder mit --out den Ordner nennen.": (
        "Run one first with lisa run, or name the folder with --out."
    ),
    "„{wanted}“ meint mehrere Läufe.": "“{wanted}” means several runs.",
    "Den Lauf „{wanted}“ gibt es in {out} nicht.": "There is no run “{wanted}” in {out}.",
    "{path}: --failed wählt die Szenarien selbst.": "{path}: --failed chooses the scenarios itself.",
    "Ohne Zeile angeben.": "Name it without a line.",
    "Noch einmal, weil zuletzt nicht bestanden oder nicht geprüft: {where}.": (
        "Once more, since last not passed or not checked: {where}."
    ),
    "{count} aus dem Lauf {run}": "{count} of the run {run}",
    "„{name}“ war offen und steht nicht mehr in {file}.": "“{name}” was open and stands in {file} no more.",
    "Seit dem Lauf {run} ist nichts offen: Es gibt nichts noch einmal auszuführen.": (
        "Nothing is open since the run {run}: there is nothing to run once more."
    ),
    "Offen ist kein Szenario, aber im Lauf {run} hat das Prüfmittel versagt. Alles ausführen.": (
        "No scenario is open, but the harness failed in the run {run}. Run everything."
    ),
}
_KNOWN = {
    "{path}: Diese Datei gibt es nicht.": "{path}: There is no such file.",
    "Bei --known eine Datei mit bekannten Fehlern nennen.": "Name a file of known faults with --known.",
    "Bekannte Fehler:": "Known faults:",
    ", davon {count} bekannt": ", {count} of these known",
    "bis {day}": "until {day}",
    "kein gültiges TOML": "no valid TOML",
    "{place}: „{what}“ gibt es hier in keiner Feature-Datei.": "{place}: “{what}” is in no feature file here.",
    "Den Eintrag berichtigen oder löschen.": "Mend the entry or delete it.",
    "Die Einträge sind keine Tabellen.": "The entries are no tables.",
    "Mit [[{table}]] beginnen.": "Begin with [[{table}]].",
    "Der Eintrag sagt nicht, was er meint.": "The entry does not say what it means.",
    "Genau eines von szenario und anforderung nennen.": "Name exactly one of szenario and anforderung.",
    "Dem Eintrag fehlt „{key}“.": "The entry lacks “{key}”.",
    "Als Tag ergänzen, ohne Anführungszeichen: bis = 2026-12-31": (
        "Add it as a day, without quotation marks: bis = 2026-12-31"
    ),
    "{place}: „{what}“ war bekannt bis {until} und zählt wieder ({owner}).": (
        "{place}: “{what}” was known until {until} and counts again ({owner})."
    ),
    "{place}: „{what}“ ist bestanden. Den Eintrag löschen ({owner}).": (
        "{place}: “{what}” has passed. Delete the entry ({owner})."
    ),
}
_GATE = {
    "Die Datei enthält keine Regel.": "The file holds no rule.",
    "Zum Beispiel hineinschreiben: neu_nicht_bestanden = 0": "For example write into it: neu_nicht_bestanden = 0",
    "Die Regel „{rule}“ gibt es nicht.": "There is no rule “{rule}”.",
    "Die Regel „{rule}“ hat keinen Wert, der passt.": "The rule “{rule}” has no value that fits.",
    "Zum Beispiel: {line}": "For example: {line}",
    "Prüfmittel": "Harness",
    "kein Fehler": "no fault",
    "höchstens {count}": "at most {count}",
    "alle gezeigt: {patterns}": "all shown: {patterns}",
    "{shown} von {total} gezeigt": "{shown} of {total} shown",
    "{pattern} (keine in diesem Lauf)": "{pattern} (none in this run)",
    "{mark} {rule}: Soll {expected}, Ist {got}": "{mark} {rule}: expected {expected}, found {got}",
    "Der Lauf {run} genügt nicht: {broken} von {total} Regeln nicht eingehalten.": (
        "The run {run} does not suffice: {broken} of {total} rules are not kept."
    ),
    "Der Lauf {run} genügt: alle {total} Regeln eingehalten.": "The run {run} suffices: all {total} rules are kept.",
}

_RECORDINGS = {
    "Profil zum Nachspielen": "Profile for playing it again",
    "{title}: was über die Leitung ging ({origin})": "{title}: what went over the line ({origin})",
    "Nachspielen": "Playing it again",
    "Ohne die Geräte nachspielen:": "Play it again without the devices:",
    "Alle Geräte waren emuliert; dasselbe noch einmal:": "All devices were emulated; the same once more:",
    "Was über die Leitungen ging:": "What went over the lines:",
    "Aufzeichnungen nicht geschrieben: {why}": "Recordings not written: {why}",
}

HISTORY: dict[str, str] = {**_CHANGES, **_RUNS, **_KNOWN, **_GATE, **_RECORDINGS}
