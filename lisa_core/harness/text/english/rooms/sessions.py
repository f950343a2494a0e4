"""What is said around the sittings of a certification: before them, between them, when one ends early."""

from __future__ import annotations

SESSIONS: dict[str, str] = {
    "Die Klasse {} verlangt {}; das Profil erklärt nicht, was das Gerät kann (capabilities).": (
        "The class {} asks for {}; the profile does not declare what the device can do (capabilities)."
    ),
    "Die Klasse {} verlangt „{}“, und im Profil ist es nicht erklärt (capabilities).": (
        "The class {} asks for “{}”, which the profile does not declare (capabilities)."
    ),
    "{}: „{}“ ist im Profil erklärt und nicht gezeigt.": "{}: “{}” is declared in the profile and not shown.",
    "{}: Es waren mehrere Geräte da, zertifiziert wird eines: {}.": (
        "{}: There were several devices, and one is certified: {}."
    ),
    "Nach den Anforderungen von hier ({}): {}": "By the requirements of this machine ({}): {}",
    "{}: In diesem Ordner läuft schon eine Sitzung{}. Warten, bis sie zu Ende ist, oder sie dort abbrechen.": (
        "{}: A sitting runs in this folder already{}. Wait for its end, or break it off there."
    ),
    "{}: Eine Sitzung auf einem anderen Rechner ist nicht zu Ende gegangen ({}).": (
        "{}: A sitting on another computer has not come to its end ({})."
    ),
    "Läuft sie dort noch, hier abbrechen: In einem Ordner läuft immer nur eine.": (
        "If it still runs there, break off here: only one runs in a folder at a time."
    ),
    ", davon {} in früheren Sitzungen": ", {} of them in earlier sittings",
    "davon {} in früheren Sitzungen": "{} of them in earlier sittings",
    "vor der {}. Sitzung {}": "before sitting {}: {}",
    "vorher {}": "before {}",
    "nachher {}": "after {}",
    "nicht gemessen": "not measured",
    "zur Unsicherheit kommt das Längste: {}": "to the uncertainty comes the longest: {}",
    "{}: Wie lange der Weg jetzt dauert, ließ sich nicht messen. {}": (
        "{}: How long the way takes now could not be measured. {}"
    ),
    "Das von vorher anschließen, oder mit --out in einem anderen Ordner neu beginnen.": (
        "Connect the one from before, or begin anew in another folder by --out."
    ),
    "sagt nicht, wer es ist: Es wird ein Probelauf": "does not say who it is: it will be a trial run",
    "{}: {}. Weg hin und zurück: {}": "{}: {}. Way there and back: {}",
    "Weg hin und zurück: {}": "Way there and back: {}",
    "Weg hin und zurück": "Way there and back",
    "{} Profil berichtigen oder das andere anschließen.": "{} Mend the profile or connect the other one.",
    "{}: Da ist ein anderes Gerät als in den Sitzungen davor: „{}“, jetzt „{}“.": (
        "{}: There is another device than in the sittings before: “{}”, now “{}”."
    ),
    "“ oder „": "” or “",
    "oder mit --out in einem anderen Ordner neu beginnen.": "or begin anew in another folder by --out.",
    "{}: Das Profil ist seit dem Beginn geändert.": "{}: The profile was changed since the beginning.",
    "{}: Die Klasse ist seit dem Beginn geändert.": "{}: The class was changed since the beginning.",
    "Das Programm (lisa) ist ein anderes als zu Beginn.": "The program (lisa) is another one than at the beginning.",
    "Die Uhr dieses Rechners steht auf {}; die letzte Sitzung war um {} noch im Gang.": (
        "The clock of this computer says {}; the last sitting was still going on at {}."
    ),
    "{} Die Uhr stellen und dann fortsetzen.": "{} Set the clock and resume then.",
    "{}: {}, und dabei bleibt es.": "{}: {}, and so it stays.",
    "Begonnen ist das mit „{}“": "This was begun with “{}”",
    "Begonnen ist das ohne": "This was begun without",
    ", und dabei bleibt es.": ", and so it stays.",
    "Ohne {} fortsetzen, oder mit --out in einem anderen Ordner neu beginnen.": (
        "Go on without {}, or begin anew in another folder by --out."
    ),
    "--plan, --papers und --resume gehen nicht, wo es den Lauf schon gibt (--from).": (
        "--plan, --papers and --resume do not go where there is the run already (--from)."
    ),
    "Zurückändern {}": "Change it back {}",
    "Vor den Szenarien": "Before the scenarios",
    "Nach den Szenarien": "After the scenarios",
    "{}: Dieses Profil ist für die Klasse {}, verlangt ist {}.": (
        "{}: This profile is for the class {}, asked for is {}."
    ),
    "Alle {} Szenarien sind gelaufen, in {} Sitzungen. Der Bericht über alle liegt im Paket.": (
        "All {} scenarios have run, in {} sittings. The report of all is in the bundle."
    ),
    "Über kein Gerät ist damit etwas gesagt.": "Nothing is said of any device by that.",
    "{}: Hier ist alles zu Ende; das Prüfpaket liegt darin ({}).": (
        "{}: All has ended here; the bundle lies in it ({})."
    ),
    "Angehalten, ein Gerät ist nicht mehr da: {}": "Stopped, a device is no longer there: {}",
    "Noch nicht zu Ende. {}": "Not at its end yet. {}",
    "Was gemessen ist, ist nicht verloren. {}": "What was measured is not lost. {}",
    "Gemessen ist alles. Das in Ordnung bringen, dann: {}": "All is measured. Put that right, then: {}",
    "Fortsetzen: {}": "Resume: {}",
    "Warnung: {}": "Warning: {}",
    "{}: Der Weg zum Gerät ist zu lang: höchstens {} {}, und schon {} {} Unsicherheit, davon {} {} der Weg. "
    "Näher am Gerät prüfen.": (
        "{}: The way to the device is too long: at most {} {}, with an uncertainty of {} {} already, {} {} of it the "
        "way. Test nearer to the device."
    ),
    "Die Klasse {} verlangt {}; was das Gerät kann, ist nicht erklärt (capabilities).": (
        "The class {} asks for {}; what the device can do is not declared (capabilities)."
    ),
    "Die Klasse {} verlangt „{}“, und capabilities nennt es nicht.": (
        "The class {} asks for “{}”, which capabilities does not name."
    ),
    "{} So bleibt sie unvollständig; lisa profile probe --write trägt es ein.": (
        "{} It remains incomplete like this; lisa profile probe --write enters it."
    ),
    "{} So ist sie nicht bestanden; kann das Gerät es, gehört es dazu.": (
        "{} It fails like this; if the device can do it, it belongs there."
    ),
    "{}: „{}“ nennt capabilities nicht. So ist es nicht anwendbar.": (
        "{}: capabilities does not name “{}”. Like this it is not applicable."
    ),
    "Klassen enthält nur ein ganzes Bürgerbüro: steckplatz oder klassen weglassen.": (
        "Only a whole booth holds classes: leave out steckplatz or klassen."
    ),
    "Die Klasse „{}“ liegt nicht daneben.{}": "The class “{}” does not lie beside it.{}",
    "Die Klasse „{}“ hat keinen Steckplatz: Ein Bürgerbüro enthält Klassen von Geräten.": (
        "The class “{}” has no slot: a booth holds classes of devices."
    ),
    "„{}“ und „{}“ sind für denselben Steckplatz ({}). Eine streichen.": (
        "“{}” and “{}” are for the same slot ({}). Strike one."
    ),
    "was ein Prüfer sieht oder hört": "what a tester sees or hears",
    "eine Stimme in üblicher Lautstärke, einen Meter davor": "a voice of usual loudness, a metre in front of it",
    "ein Feldstärkemesser für Induktionsschleifen": "a field strength meter for induction loops",
    "ein Schallpegelmesser": "a sound level meter",
    "ein Kraftmesser": "a force gauge",
    "kennt nur: {}": "knows only: {}",
    "nennt keine (FAULTS neben dem, was es öffnet)": "names none (FAULTS beside what it opens)",
    "Das Gerät „{}“ {}.": "The device “{}” {}.",
    "{}: Diese Datei gibt es schon, und sie bleibt, wie sie ist.": "{}: This file exists already and stays as it is.",
    "{} Mit ihrem Schlüssel unterschreiben: --key, sonst einen anderen Namen nennen.": (
        "{} Sign with its key: --key; else give another name."
    ),
    "so kann keine Datei heißen": "no file can have this name",
    "{}: Der Schlüssel lässt sich nicht schreiben ({}).": "{}: The key cannot be written ({}).",
    "Zu drucken (--plan --papers DATEI.pdf): {}.": "To be printed (--plan --papers FILE.pdf): {}.",
    "--papers schreibt die Prüfblätter eines Plans: --plan dazuschreiben.": (
        "--papers writes the papers of a plan: add --plan."
    ),
    "Es fehlt der Schlüssel": "The key is missing",
    "Das sind zwei Schlüssel": "These are two keys",
    "{}: --key schluessel.pem, oder --new-key schluessel.pem, wenn es noch keinen gibt.": (
        "{}: --key key.pem, or --new-key key.pem if there is none yet."
    ),
    "mit --slot genannt": "named by --slot",
    "Dafür gibt es hier keinen Treiber.": "There is no driver for it here.",
    "--slot {}: Dieser Steckplatz ist zweimal genannt.": "--slot {}: This slot is named twice.",
    "Nicht bestanden und vorher nicht bekannt: {}.": "Failed and not known before: {}.",
    "{}: „{}“ kommt hier nicht vor. Den Eintrag berichtigen oder löschen.": (
        "{}: “{}” does not occur here. Mend the entry or delete it."
    ),
    "Was nicht bestanden ist, war alles vorher bekannt ({}). Bestanden ist es damit nicht.": (
        "All that failed was known before ({}). It has not passed by that."
    ),
    ", wie bekannt: {}": ", as known: {}",
    "wie bekannt: {}": "as known: {}",
    "„{}“: nicht bestanden, wie bekannt: {}": "“{}”: failed, as known: {}",
    "Antworten kamen von einem Programm: schneller, als jemand liest und tippt (--listen).": (
        "Answers came from a program: faster than anybody reads and types (--listen)."
    ),
    "{} ist für die Klasse Pflicht und hat hier nicht gegolten: {}.": (
        "{} is mandatory for the class and did not apply here: {}."
    ),
    "Welche Fehler vorher bekannt waren, steht im Strom anders, als es aus bekannt/ folgt.": (
        "Which faults were known before, the stream says otherwise than follows from bekannt/."
    ),
    "Jedes Gerät darin hat eine eigene Klasse: {}": "Each device in it has a class of its own: {}",
    "Als nicht bestanden erwartet ({}): {}.": "Expected to fail ({}): {}.",
    "{}: Die bekannten Fehler sind seit dem Beginn geändert.": "{}: The known faults were changed since the beginning.",
    "--known kommt zu spät, wo es den Lauf schon gibt (--from). Eine Prüfung damit beginnen.": (
        "--known comes too late where the run exists already (--from). Begin a certification with it."
    ),
}
