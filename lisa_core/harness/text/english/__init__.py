"""The English twins of the German sentences; see language.py. The words of feature files stay German, as they are."""

from __future__ import annotations

from lisa_core.harness.text.english.choice import CHOICE
from lisa_core.harness.text.english.devices import PAGES
from lisa_core.harness.text.english.history import HISTORY
from lisa_core.harness.text.english.profile import PROFILE
from lisa_core.harness.text.english.report import REPORT
from lisa_core.harness.text.english.sentences import OWN_SENTENCES
from lisa_core.harness.text.english.sheets import SHEETS
from lisa_core.harness.text.english.tester import TESTER

_VERDICTS = {
    "bestanden": "passed",
    "nicht bestanden": "failed",
    "nicht entscheidbar": "undecidable",
    "nicht geprüft": "not checked",
    "Prüffehler": "harness error",
    "nicht anwendbar": "not applicable",
    "nichts geprüft": "nothing checked",
    "läuft noch / unvollständig": "still running / incomplete",
    "abgeschlossen": "finished",
    "abgebrochen": "interrupted",
    "nicht gelaufen": "not run",
    "Szenario": "scenario",
    "Szenarien": "scenarios",
    "Funktionalität": "Feature",
    "echte Uhr": "real clock",
    "virtuelle Uhr": "virtual clock",
    "höchstens": "at most",
    "nichts": "nothing",
    "ja": "yes",
    "nein": "no",
    "mindestens": "at least",
    " und ": " and ",
}
_FILES = {
    "„@{tag}“ sagt nicht, welches Gerät echt sein muss.": "“@{tag}” does not say which device has to be real.",
    "Dazuschreiben, zum Beispiel @braucht:scanner. Geräte sind {slots}.": (
        "Add it, for example @braucht:scanner. Devices are {slots}."
    ),
    "Für {slot} sagt kein Treiber, was er kann: @braucht:{slot} genügt.": (
        "No driver says what it can do for {slot}: @braucht:{slot} is enough."
    ),
    "{slot} kann: {known}.": "{slot} can: {known}.",
    "Die Datei ist leer.": "The file is empty.",
    "Ein Szenario schreiben oder die Datei löschen.": "Write a scenario or delete the file.",
    "Die Datei ist nicht in UTF-8 gespeichert.": "The file is not saved as UTF-8.",
    "Im Editor „Speichern mit Kodierung UTF-8“ wählen.": "Choose “save with encoding UTF-8” in the editor.",
    "Die Datei lässt sich nicht lesen ({why}).": "The file cannot be read ({why}).",
    "Pfad und Rechte prüfen.": "Check path and permissions.",
    "Pfad prüfen.": "Check the path.",
    "Hier steht ein Rest eines Merge-Konflikts.": "Here is what a merge conflict left behind.",
    "Den Konflikt auflösen.": "Resolve the conflict.",
    "Die Sprachzeile fehlt, und auf Englisch ist die Datei auch nicht geschrieben.": (
        "The language line is missing, and the file is not in English either."
    ),
    "Erste Zeile: # language: de": "First line: # language: de",
    "Die Sprache „{name}“ kennt Gherkin nicht.": "Gherkin does not know the language “{name}”.",
    "Die Sprachzeile nennt „{name}“, aber so beginnt die Datei nicht.": (
        "The language line says “{name}”, but the file does not begin so."
    ),
    "Die Datei enthält keine Funktionalität.": "The file holds no feature.",
    "Mit „Funktionalität: …“ beginnen.": "Begin with “Funktionalität: …”.",
    "Die Zeilen der Tabelle haben verschieden viele Spalten.": (
        "The rows of the table differ in their number of columns."
    ),
    "Fehlende oder überzählige „|“ berichtigen.": "Mend the missing or superfluous “|”.",
    "Ein Tag enthält ein Leerzeichen.": "A tag contains a blank.",
    "Tags mit „@“ beginnen, durch Leerzeichen trennen.": "Begin tags with “@”, separate them by blanks.",
    "Die Datei endet mitten im Text.": "The file ends in the middle of a text.",
    "Ein mit drei Anführungszeichen geöffneter Text muss ebenso enden; nach Tags folgt ein Szenario.": (
        "A text opened with three quotation marks must end with them; tags are followed by a scenario."
    ),
    "„{line}“ kann hier nicht stehen.": "“{line}” cannot stand here.",
    "Schritte beginnen mit {words} oder {last}.": "Steps begin with {words} or {last}.",
    "Schritte gehören unter ein Szenario, Szenarien unter eine Funktionalität (nur eine je Datei).": (
        "Steps belong below a scenario, scenarios below a feature (only one per file)."
    ),
    "Meinten Sie „{word}“?": "Did you mean “{word}”?",
    "Oder: {words}": "Or: {words}",
    "Ebenso in {count} weiteren Zeilen der Beispiele.": "Likewise in {count} more rows of the examples.",
    "Es gibt: {names}.": "There are: {names}.",
    "Die Stelle „{value}“ gibt es nicht.": "There is no office “{value}”.",
    "Den Zustand „{value}“ gibt es nicht.": "There is no state “{value}”.",
    "Es gibt keine Mitarbeiterin namens „{value}“.": "There is no agent called “{value}”.",
    "Die Unterlage „{value}“ hat hier niemand dabei.": "Nobody brings along a paper “{value}” here.",
    "Das Bürgerbüro „{value}“ gibt es nicht.": "There is no booth in “{value}”.",
    "Das Gerät „{value}“ kann hier nicht ausfallen.": "The device “{value}” cannot fail here.",
    "Die Störung „{value}“ gibt es nicht.": "There is no fault “{value}”.",
    "@manuell: nur mit einer Prüferin an echten Geräten": "@manuell: only with a tester at real devices",
    "@dauert: nur mit --lasting, mit virtueller Uhr, oder wo das Gerät echt ist": (
        "@dauert: only with --lasting, with the virtual clock, or where the device is real"
    ),
    "Kein Treiber für {slot} kennt die Fähigkeit „{word}“.": "No driver for {slot} knows the ability “{word}”.",
    "Das zeigt nur der Prüfbericht eines Labors.": "Only a laboratory's certificate shows it.",
    "Die Messung „{value}“ gibt es nicht.": "There is no measure “{value}”.",
    "Nicht zu entscheiden: {id}. Gemessen wird gegen: {what}; emuliert ist hier: {names}.": (
        "Cannot be decided: {id}. It is measured against: {what}; emulated are here: {names}."
    ),
    "Mitzubringen: {what} ({ids})": "To be brought: {what} ({ids})",
    "Es fehlen {missing} von {total} Teilen.": "Missing are {missing} of {total} parts.",
    "@{tag}: nicht mit virtueller Uhr": "@{tag}: not with the virtual clock",
    "@{tag}: nicht mit emulierten Geräten": "@{tag}: not with emulated devices",
    "@stufe:hardware: emuliert sind hier {slots}": "@stufe:hardware: emulated are here {slots}",
    "{tag}: Dieses Bürgerbüro hat kein solches Gerät": "{tag}: this booth has no such device",
    "{tag}: Der Treiber „{name}“ kann {able}": "{tag}: the driver “{name}” can {able}",
    "{tag}: Im Profil ist das nicht erklärt (capabilities)": "{tag}: the profile does not declare that (capabilities)",
    "{tag}: Dieses Gerät kann {able}": "{tag}: this device can {able}",
    "nichts davon": "nothing of that",
    "Modell": "model",
    "unbekannt": "unknown",
    "emulierte Geräte": "emulated devices",
    "emulierte Geräte, zum Teil in einer anderen Welt": "emulated devices, some of them in another world",
    "alles andere emuliert": "all else emulated",
    "emuliert": "emulated",
    "nachgespielt": "replayed",
    "nicht als echt belegt": "not shown to be real",
    "ohne Kennung": "without identity",
    "über Adapter": "through an adapter",
    "echt": "real",
    "Die Taste „{value}“ gibt es auf dem Bildschirm nicht.": "There is no button “{value}” on the screen.",
    "Auf dem Bildschirm steht nie „{value}“.": "“{value}” never stands on the screen.",
    "Am Arbeitsplatz steht nie „{value}“.": "“{value}” never stands at the desk.",
    "Die Leistung „{value}“ gibt es nicht.": "There is no service “{value}”.",
    "Den Antrag „{value}“ gibt es nicht.": "There is no form “{value}”.",
    "Die Frist „{value}“ gibt es nicht.": "There is no deadline “{value}”.",
    "Das Ergebnis „{value}“ gibt es nicht.": "There is no outcome “{value}”.",
    "Den Ton „{value}“ gibt es nicht.": "There is no sound “{value}”.",
    "{name} gehört zu „{office}“.": "{name} belongs to “{office}”.",
    "Die Stelle berichtigen, oder den Namen.": "Mend the office, or the name.",
    "Seite {page} gibt es nicht: In den Scanner kommen {count} Seiten.": (
        "There is no page {page}: {count} pages go into the scanner."
    ),
    "Eine Seite von 1 bis {count} nennen.": "Name a page from 1 to {count}.",
    "Seiten zählen ab 1.": "Pages count from 1.",
    "Die Nummer einer Seite nennen.": "Give the number of a page.",
    "Das Feld „{value}“ gibt es im „{form}“ nicht.": "There is no field “{value}” in “{form}”.",
    "Von einer Unterlage „{value}“ ist davor nicht die Rede.": "No paper “{value}” is spoken of before.",
    "Davor muss sie jemand einscannen.": "Somebody has to scan it before.",
    "Seit ein Schritt davor nicht endete, steht alles still: {error}": (
        "Since a step before did not end, everything stands still: {error}"
    ),
    "Hinter „{word}“ fehlt der Schritt.": "The step behind “{word}” is missing.",
    "Ihn in dieselbe Zeile schreiben.": "Write it in the same line.",
    "In dieser Zeile steht kein Szenario.": "There is no scenario in this line.",
    "Szenarien stehen in Zeile {lines}.": "Scenarios are in line {lines}.",
    "Die Datei liefe zweimal: auch {other} führt sie aus.": "The file would run twice: {other} runs it as well.",
    "Eines von beiden weglassen.": "Leave one of them out.",
    "Diesen Pfad gibt es nicht.": "There is no such path.",
    "Fehler": "error",
    "Hinweis": "note",
    "„{step}“ läuft, wird aber mit „ “ und ohne Punkt geschrieben.": (
        "“{step}” runs, but is written with „ “ and without a full stop."
    ),
    "Umgeschrieben: {place}": "Rewritten: {place}",
    "Davon würde nichts laufen.": "None of it would run.",
    "Nichts wird ausgeführt.": "Nothing is executed.",
    "würde laufen": "would run",
    "würden laufen": "would run",
    "Anforderungen: {names}": "Requirements: {names}",
    "Sie nennen keine Anforderung.": "They name no requirement.",
    "Geräte, um die es in Sätzen geht (in so vielen Szenarien): {names}": (
        "Devices that sentences are about (in so many scenarios): {names}"
    ),
    "Voraussichtliche Dauer: {time}, eines nach dem anderen.": "Expected duration: {time}, one after the other.",
    "Bekannt von {known} aus früheren Läufen.": "Known of {known} from earlier runs.",
    "Wie lange es dauert, ist nicht bekannt: So gab es in diesem Ordner noch keinen Lauf.": (
        "How long it takes is not known: there has been no such run in this folder."
    ),
    "Kein Fehler.": "No error.",
    "einer Datei": "one file",
    "{count} Dateien": "{count} files",
    "1 Fehler in {files}.": "1 error in {files}.",
    "{count} Fehler in {files}.": "{count} errors in {files}.",
    "pytest kann das nicht einlesen: {why}": "pytest cannot read this: {why}",
    "pytest konnte die Szenarien nicht einlesen.": "pytest could not read the scenarios.",
    "Das ist keine Feature-Datei.": "This is no feature file.",
    "Ihr Name endet auf .feature.": "Their names end in .feature.",
    "In diesem Ordner liegt keine Feature-Datei (.feature).": "There is no feature file in this folder.",
    "Es gibt hier kein Szenario. Eine Datei mit der Endung .feature schreiben oder nennen.": (
        "There is no scenario here. Write or name a file that ends in .feature."
    ),
}
_FORM = {
    "Die Funktionalität hat keinen Namen.": "The feature has no name.",
    "Das Szenario hat keinen Namen.": "The scenario has no name.",
    "Einen Namen geben.": "Give it a name.",
    "Einen anderen Namen geben.": "Give it another name.",
    "Die Funktionalität „{name}“ gibt es schon in {place}.": "The feature “{name}” exists already in {place}.",
    "Ein Szenario „{name}“ steht schon in Zeile {line}.": "A scenario “{name}” stands already in line {line}.",
    "Einem von beiden einen anderen Namen geben.": "Give one of them another name.",
    "„{line}“ ist kein Schritt, sondern nur Beschreibung, und liefe nie.": (
        "“{line}” is no step but a mere description, and would never run."
    ),
    "Meinten Sie „{word}“? Eine Beschreibung beginnt mit einem anderen Wort.": (
        "Did you mean “{word}”? A description begins with another word."
    ),
    "„{line}“ sieht aus wie ein Schritt, ist aber Beschreibung und liefe nie.": (
        "“{line}” looks like a step but is a description, and would never run."
    ),
    "Mit Angenommen, Wenn, Dann, Und oder Aber beginnen, und das unter einem Szenario.": (
        "Begin with Angenommen, Wenn, Dann, Und or Aber, and do so below a scenario."
    ),
    "Die Funktionalität „{name}“ hat kein Szenario.": "The feature “{name}” has no scenario.",
    "Die Regel „{name}“ hat kein Szenario.": "The rule “{name}” has no scenario.",
    "Mindestens eines schreiben: „Szenario: …“": "Write at least one: “Szenario: …”",
    "Das Szenario „{name}“ hat keine Schritte.": "The scenario “{name}” has no steps.",
    "Schritte ergänzen oder es löschen.": "Add steps or delete it.",
    "Alle Schritte von „{name}“ sind auskommentiert.": "All steps of “{name}” are commented out.",
    "Das „#“ vor den Schritten entfernen.": "Remove the “#” before the steps.",
    "„{word}“ hat keine Schritte.": "“{word}” has no steps.",
    "Schritte ergänzen oder die Zeile löschen.": "Add steps or delete the line.",
    "Der erste Schritt beginnt mit „{word}“.": "The first step begins with “{word}”.",
    "Mit Angenommen, Gegeben sei, Wenn oder Dann beginnen.": "Begin with Angenommen, Gegeben sei, Wenn or Dann.",
    "Mit Angenommen oder Gegeben sei beginnen.": "Begin with Angenommen or Gegeben sei.",
    "Das Szenario „{name}“ prüft nichts: Es hat keinen Schritt mit „Dann“.": (
        "The scenario “{name}” checks nothing: it has no step with “Dann”."
    ),
    "Mit „Dann …“ sagen, was zu sehen sein muss.": "Say with “Dann …” what must be seen.",
    "Der Szenariogrundriss „{name}“ hat keine Beispiele.": "The outline “{name}” has no examples.",
    "„<{name}>“ ist ein Platzhalter, aber das Szenario hat keine Beispiele.": (
        "“<{name}>” is a placeholder, but the scenario has no examples."
    ),
    "Eine Tabelle „Beispiele:“ anfügen.": "Append a table “Beispiele:”.",
    "Die Beispiele von „{name}“ haben keine Zeilen und liefen nie.": (
        "The examples of “{name}” have no rows and would never run."
    ),
    "Zeilen ergänzen oder die Tabelle löschen.": "Add rows or delete the table.",
    "Die Spalte „{name}“ gibt es zweimal.": "The column “{name}” occurs twice.",
    "Eine davon umbenennen oder löschen.": "Rename or delete one of them.",
    "Die Zeile „{row}“ gibt es zweimal.": "The row “{row}” occurs twice.",
    "Eine davon löschen.": "Delete one of them.",
    "Die Beispiele haben keine Spalte „{name}“.": "The examples have no column “{name}”.",
    "Die Spalte ergänzen.": "Add the column.",
    "Die Spalte „{name}“ wird nicht verwendet.": "The column “{name}” is not used.",
    "Im Szenario als „<…>“ verwenden oder die Spalte löschen.": "Use it in the scenario as “<…>” or delete the column.",
    "Das Tag „@{tag}“ ist nicht bekannt.": "The tag “@{tag}” is not known.",
    "Erlaubt sind {forms}.": "Allowed are {forms}.",
    "Stufen sind {stages}.": "Stages are {stages}.",
    "Geräte sind {slots}.": "Devices are {slots}.",
    "Die Anforderung „{name}“ gibt es nicht.": "There is no requirement “{name}”.",
    "Anforderungen stehen in anforderungen/*.toml.": "Requirements are in anforderungen/*.toml.",
    "Die Anforderung „{id}“ hat keinen Teil „{part}“.": "The requirement “{id}” has no part “{part}”.",
    "Es gibt: {parts}.": "There are: {parts}.",
}
_STEPS = {
    "Den Schritt „{step}“ gibt es nicht.": "There is no step “{step}”.",
    "Alle Schritte zeigt: lisa steps": "All steps are shown by: lisa steps",
    "Er wird nur mit „{word}“ verwendet.": "It is used with “{word}” only.",
    "Bis hierher fehlt {device} nichts.": "Nothing is wrong with {device} so far.",
    "nur auf einer Leitung: {names}": "on a line only: {names}",
    "Störungsplan": "fault plan",
    "eine Anforderung desselben Ordners": "one requirement of the same folder",
    "{count} Anforderungen derselben Ordner": "{count} requirements of the same folders",
    "Dort ist: {names}.": "There is: {names}.",
    "Gestört ist: {names}.": "Faulty is: {names}.",
    "Davor „Angenommen {device} …“ schreiben: was es gibt, zeigt lisa steps.": (
        "Write “Angenommen {device} …” before it: lisa steps shows what there is."
    ),
    "„{begins} …“ gibt es mit: {names}.": "“{begins} …” goes on with: {names}.",
    "Auf „{step}“ passen mehrere Schritte: {places}.": "Several steps match “{step}”: {places}.",
    "Einen davon ändern.": "Change one of them.",
    "Der Schritt „{step}“ ist mehrfach definiert: {places}.": "The step “{step}” is defined several times: {places}.",
    "Ein Schritt lässt sich nicht ersetzen: Den eigenen anders nennen oder löschen.": (
        "A step cannot be replaced: rename or delete your own."
    ),
    "Hinter „{number}“ fehlt die Einheit.": "The unit behind “{number}” is missing.",
    "Die Einheit „{unit}“ gibt es nicht.": "There is no unit “{unit}”.",
    "Einheiten sind ms, s, min und h, auch ausgeschrieben.": "Units are ms, s, min and h, also written out in German.",
    "Der Schritt „{step}“ nimmt keine Tabelle an; sie bliebe unbeachtet.": (
        "The step “{step}” takes no table; it would be ignored."
    ),
    "Der Schritt „{step}“ nimmt keinen Text an; er bliebe unbeachtet.": (
        "The step “{step}” takes no text; it would be ignored."
    ),
    "Löschen oder einen anderen Schritt verwenden.": "Delete it or use another step.",
    "Dem Schritt „{step}“ fehlt eine Tabelle.": "The step “{step}” lacks a table.",
    "Dem Schritt „{step}“ fehlt ein Text.": "The step “{step}” lacks a text.",
    "Darunter ergänzen.": "Add it below.",
    "Das Modul {name} mit Schritten lässt sich nicht laden: {why}": "The step module {name} cannot be loaded: {why}",
    "Siehe {place}.": "See {place}.",
    "Die Funktion ist ein asynchroner Generator (async def mit yield) und würde nie ausgeführt.": (
        "The function is an asynchronous generator (async def with yield) and would never run."
    ),
    "Der Schritt {name} gibt etwas zurück, worauf niemand wartet: „async def“ und „await“ schreiben.": (
        "The step {name} returns something that nobody awaits: write “async def” and “await”."
    ),
    "Der Schritt {name} ruft etwas auf, worauf niemand wartet (await fehlt): {what}": (
        "The step {name} calls something that nobody awaits (await is missing): {what}"
    ),
    "Nicht abgewartet (await fehlt): {what}": "Never awaited (await is missing): {what}",
    "Hier wird „{name}“ ersetzt, womit alle Szenarien arbeiten.": (
        "This replaces “{name}”, which all scenarios work with."
    ),
    "Anders nennen.": "Choose another name.",
}
_RUN = {
    "Übersprungen: {why}": "Skipped: {why}",
    "Nicht erfüllt": "Not fulfilled",
    "… {count} Zeichen ausgelassen …": "… {count} characters left out …",
    "gefunden: {value}": "found: {value}",
    "erwartet: {value}": "expected: {value}",
    "{value}": "{value}",
    "nicht {value}": "not {value}",
    "weniger als {value}": "less than {value}",
    "höchstens {value}": "at most {value}",
    "mehr als {value}": "more than {value}",
    "mindestens {value}": "at least {value}",
    "enthalten in {value}": "contained in {value}",
    "nicht enthalten in {value}": "not contained in {value}",
    "{what} lässt sich nicht öffnen: {error}": "{what} cannot be opened: {error}",
    "{what} fiel mitten im Szenario aus: {why}": "{what} failed in the middle of the scenario: {why}",
    "Die Szene endete, bevor sie offen war.": "The scene ended before it was open.",
    "Der Lauf ist unvollständig: {state}.": "The run is incomplete: {state}.",
    "Kabine": "Booth",
    "Die Kabine": "The booth",
    "Die Wortart „{name}“ gibt es schon.": "The kind of word „{name}“ is there already.",
    "„{name}“ entscheidet sich an keinem Gerät.": "“{name}” is decided by no device.",
    "„{name}“ zählt an echten Geräten nicht ({slots}).": "“{name}” does not count on real devices ({slots}).",
    "Profil {profile}, {clock}, Seed {seed}": "profile {profile}, {clock}, seed {seed}",
    "Dauer: {time}   Bericht: {place}": "Duration: {time}   Report: {place}",
    "Anforderungen der Ausschreibung: {shown} von {total} gezeigt": (
        "Requirements of the brief: {shown} of {total} shown"
    ),
    "Der Prozess, in dem das Szenario lief, ist abgestürzt.": "The process in which the scenario ran has crashed.",
    "Der Schritt hat nach {limit} s der echten Uhr nicht geendet.": (
        "The step had not ended after {limit} s of the real clock."
    ),
    "Die virtuelle Uhr läuft in einer fremden Schleife: {loop}": "The virtual clock runs in a foreign loop: {loop}",
    "In virtueller Zeit gibt es keine Threads, Sockets und fremden Programme ({name}).": (
        "In virtual time there are no threads, sockets and foreign programs ({name})."
    ),
    "Das Szenario mit @stufe:wire kennzeichnen oder mit --clock real ausführen.": (
        "Tag the scenario with @stufe:wire or run it with --clock real."
    ),
    "Stillstand (deadlock): Alle warten, und keine Frist läuft.": (
        "Standstill (deadlock): all wait, and no deadline runs."
    ),
    "In virtueller Zeit kann nichts mehr geschehen.": "Nothing more can happen in virtual time.",
    "Der Schritt kommt in virtueller Zeit zu keinem Ende.": "The step comes to no end in virtual time.",
    "Virtuelle Zeit gibt es nur in der Modell-Kabine, nicht mit dem Profil „{name}“.": (
        "There is virtual time in the model booth only, not with the profile “{name}”."
    ),
    "Ohne --profile oder mit --clock real ausführen.": "Run it without --profile or with --clock real.",
    "Die Regeln „{rules}“ gibt es nicht. Es gibt: {known}.": "There are no rules “{rules}”. There are: {known}.",
    "nur die von Gherkin (--rules gherkin)": "only those of Gherkin (--rules gherkin)",
    "Nur die Regeln von Gherkin: {count} Verstöße gegen die von LISA blieben unbeachtet, der erste: {first}": (
        "Only the rules of Gherkin: {count} breaches of those of LISA were let pass, the first: {first}"
    ),
    "Die Uhr „{clock}“ gibt es nicht. Es gibt: {clocks}.": "There is no clock “{clock}”. There are: {clocks}.",
    "Mit echten Geräten läuft ein Szenario nach dem anderen ({slots}).": (
        "With real devices one scenario runs after the other ({slots})."
    ),
    "Ohne -n ausführen.": "Run it without -n.",
    "Für -n fehlt pytest-xdist: pip install pytest-xdist": "-n needs pytest-xdist: pip install pytest-xdist",
    "Der Bericht lässt sich nicht schreiben ({why}): {place}.": "The report cannot be written ({why}): {place}.",
    "Mit --out einen anderen Ordner nennen.": "Name another folder with --out.",
}
_PAUSES = {
    "angehalten": "stopped",
    "Zeile": "Line",
    "Bildschirm": "Screen",
    "Arbeitsplätze": "Desks",
    "Das Bürgerbüro läuft noch nicht.": "The booth does not run yet.",
    "Im Modell gibt es keine Seiten; mit --clock real gibt es sie.": "The model has no pages; --clock real has.",
    "Leere Zeile: weiter · ein ganzer Satz: wird geprüft und getan · ende: den Lauf abbrechen": (
        "Empty line: go on · a whole sentence: is checked and done · ende: end the run"
    ),
    "Ein Satz beginnt mit Angenommen, Wenn, Dann oder Und.": "A sentence begins with Angenommen, Wenn, Dann or Und.",
    "Es wurde angehalten: Was dann geschah, gehört nicht zum Szenario, und bewiesen ist damit nichts.": (
        "It was stopped: what happened then is no part of the scenario, and nothing is proved by it."
    ),
    "Mit echten Geräten lässt sich nicht anhalten ({slots}): Ihre Zeit steht nicht still.": (
        "A run with real devices cannot be stopped ({slots}): their time does not stand still."
    ),
    "Ohne --pause ausführen.": "Run without --pause.",
    "--pause und -n gehen nicht zusammen: Angehalten wird ein Szenario, an einem Terminal.": (
        "--pause and -n do not go together: one scenario stops, at one terminal."
    ),
    "Für --pause fehlt ein Terminal, an dem jemand weitermacht.": "--pause needs a terminal at which somebody goes on.",
}
_REQUIREMENTS = {
    "Die Anforderung „{id}“ gibt es schon in {place}.": "The requirement “{id}” exists already in {place}.",
    "Eine andere Kennung geben.": "Give it another id.",
    "Dort steht es anders ({what}). Eine andere Kennung geben, oder diese löschen: Dann gilt jene auch hier.": (
        "There it says otherwise ({what}). Give this one another id, or delete it: then the other holds here as well."
    ),
    "Text": "text",
    "Grenze": "limit",
    "Teile": "parts",
    "Die Teile von „{id}“ sind keine Tabellen.": "The parts of “{id}” are no tables.",
    "Die Kennung eines Teils hat keinen Punkt: „kopieren“.": "The id of a part has no dot: “kopieren”.",
    "Den Teil „{id}“ gibt es zweimal.": "There is a part “{id}” twice.",
    "Es fehlt: {parts}": "Missing: {parts}",
    "Nicht in allen Teilen gezeigt:": "Not shown in all parts:",
    "Dazu {n} andere, die meisten von Geräten: Was ihnen fehlt, steht im Bericht.": (
        "And {n} others, most of them of devices: the report says what they lack."
    ),
    "Als TOML in UTF-8 schreiben.": "Write it as TOML in UTF-8.",
    "Die Datei enthält keine Anforderung.": "The file holds no requirement.",
    "Mit [[anforderung]] beginnen.": "Begin with [[anforderung]].",
    "Der Anforderung „{id}“ fehlt „{key}“.": "The requirement “{id}” lacks “{key}”.",
    "Als Text ergänzen.": "Add it as text.",
    "„{id}“ ist keine Kennung.": "“{id}” is no id.",
    "Buchstaben, Ziffern, Punkt, Binde- und Unterstrich verwenden.": "Use letters, digits, dot, hyphen and underscore.",
    "Die Grenze von „{id}“ ist keine Tabelle.": "The limit of “{id}” is no table.",
    "Der Grenze von „{id}“ fehlt eine Zahl.": "The limit of “{id}” lacks a number.",
    "Genau eines von hoechstens und mindestens nennen, dazu unsicherheit.": (
        "Name exactly one of hoechstens and mindestens, and unsicherheit."
    ),
    "Es gibt: {units}.": "There are: {units}.",
    "Es gibt: {rule}.": "There is: {rule}.",
    "Es gibt: {keys}.": "There are: {keys}.",
    "Die Entscheidungsregel „{rule}“ gibt es nicht.": "There is no decision rule “{rule}”.",
    "Den Schlüssel „{key}“ gibt es nicht.": "There is no key “{key}”.",
    "Zur Anforderung „{id}“ gibt es kein Szenario.": "There is no scenario for the requirement “{id}”.",
    "Eines mit @anf:{id} kennzeichnen oder mit offen = … sagen, warum es noch keines gibt.": (
        "Tag one with @anf:{id} or say with offen = … why there is none yet."
    ),
    "Die Anforderung „{id}“ steht als offen da, aber ein Szenario zeigt sie.": (
        "The requirement “{id}” is said to be open, but a scenario shows it."
    ),
    "Die Zeile offen = … löschen.": "Delete the line offen = …",
    "Der Schritt {name} gibt {value} zurück, was niemand prüft: „assert“ schreiben.": (
        "The step {name} returns {value}, which nobody checks: write “assert”."
    ),
    "Das Szenario „{name}“ ist verschwunden, ohne dass es jemand abgewählt hat.": (
        "The scenario “{name}” has vanished without anybody having deselected it."
    ),
    "Die Datei ist verschwunden, ohne dass es jemand wollte.": "The file has vanished without anybody wanting it.",
    "Kein Szenario hat Tags, auf die „{tags}“ passt.": "No scenario has tags that “{tags}” fits.",
    "--{name}: Darin sind Zeichen, die sich nicht schreiben lassen.": "--{name}: Some signs in it cannot be written.",
    "Buchstaben, Ziffern und Satzzeichen in einer Zeile angeben.": "Give letters, digits and punctuation in one line.",
    "„{tags}“ ist kein Ausdruck aus Tags.": "“{tags}” is no expression of tags.",
    'Zum Beispiel: -t "frei:a and not frei:b"': 'For example: -t "frei:a and not frei:b"',
    "{option}: „{value}“ ist keine Zahl.": "{option}: “{value}” is no number.",
    "Diese Verknüpfung führt nirgendwohin.": "This link leads nowhere.",
    "Das ist keine Datei, sondern ein Gerät, eine Pipe oder ein Socket.": "This is a device, pipe or socket, no file.",
    "Eine Feature-Datei nennen.": "Name a feature file.",
    "LISA führt nur Dateien aus, deren Name auf .feature endet.": "LISA runs only files whose name ends in .feature.",
    "Er gleicht einem bekannten Schritt bis auf Zeichen, die man nicht sieht ({codes}): neu tippen.": (
        "But for characters that cannot be seen ({codes}) it equals a known step: type it again."
    ),
    "Die conftest.py darüber ansehen.": "Look at the conftest.py above it.",
    " ({take}. Messung)": " (measurement no. {take})",
    " (davon {delay} {unit} durch die Leitung zum Gerät)": " ({delay} {unit} of it by the line to the device)",
    "Nicht entscheidbar ({values}): Es wird noch einmal gemessen.": "Undecided ({values}): it is measured once more.",
    "Neben anderen Szenarien nicht entscheidbar ({values}): Es wird allein gemessen.": (
        "Undecided beside other scenarios ({values}): it is measured alone."
    ),
    "Der Schritt blockiert: Er hat nach {limit} s der echten Uhr nicht geendet.": (
        "The step blocks: it has not ended after {limit} s of the real clock."
    ),
    "Messung „{name}“: Die Einheit „{unit}“ gibt es nicht.": "Measurement “{name}”: there is no unit “{unit}”.",
    "Messung „{name}“: {value} ± {spread} ist kein Messwert.": "Measurement “{name}”: {value} ± {spread} is no value.",
    "Messung „{name}“ in „{unit}“ passt nicht zur Grenze von {requirement} in „{other}“.": (
        "Measurement “{name}” in “{unit}” does not fit the limit of {requirement} in “{other}”."
    ),
    "Für {requirement} fehlt die Messung „{name}“; ohne sie ist die Grenze nicht geprüft.": (
        "For {requirement} the measurement “{name}” is missing; without it the limit is not checked."
    ),
}

ENGLISH: dict[str, str] = {
    **_VERDICTS,
    **_FILES,
    **_FORM,
    **_STEPS,
    **_RUN,
    **_PAUSES,
    **_REQUIREMENTS,
    **HISTORY,
    **PROFILE,
    **CHOICE,
    **PAGES,
    **REPORT,
    **OWN_SENTENCES,
    **SHEETS,
    **TESTER,
}
