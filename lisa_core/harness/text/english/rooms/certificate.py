"""What is said of bundles: made, checked, countersigned, compared."""

from __future__ import annotations

CERTIFICATE: dict[str, str] = {
    "Prüfsumme des Profils": "digest of the profile",
    "Version von LISA": "version of LISA",
    "Stand von LISA": "commit of LISA",
    "Prüfer": "tester",
    "Profil": "profile",
    "Rechner": "computer",
    "Ort": "place",
    "Uhr": "clock",
    "Aufgabe": "challenge",
    "Angaben zum Lauf": "what is said of the run",
    "Kennung des Profils": "id of the profile",
    "der Text ist ein anderer": "the text is another one",
    "nicht mehr dabei": "no longer there",
    "neu dabei": "new",
    "nicht dabei": "not there",
    "keine": "none",
    "keines": "none",
    "vorher {}, jetzt {}": "before {}, now {}",
    "{}: vorher „{}“, jetzt „{}“.": "{}: before “{}”, now “{}”.",
    "{} {}: vorher {}, jetzt {}.": "{} {}: before {}, now {}.",
    "Szenarien in {}: {}.": "Scenarios in {}: {}.",
    "Gerät {}: vorher {}; jetzt {}.": "Device {}: before {}; now {}.",
    "Gegen {}: {}": "Against {}: {}",
    "Anforderung": "requirement",
    "Anforderung {}": "requirement {}",
    "Besser": "Better",
    "Anders": "Different",
    "Schlechter": "Worse",
    "Es ist nichts anders.": "Nothing is different.",
    "„{}“ kann nicht in einem Prüfpaket liegen.": "“{}” cannot lie in a bundle.",
    "Das Prüfpaket wird zu groß ({} MiB, erlaubt sind {}).": "The bundle becomes too large ({} MiB, allowed are {}).",
    "Aus diesem Lauf wird kein Prüfpaket:": "No bundle can be made of this run:",
    "{} hat nicht die Grenze für „{}“": "{} does not have the limit for “{}”",
    "{} ± {} {} ist hier die Grenze von {}": "{} ± {} {} is here the limit of {}",
    "Das Profil im Paket heißt „{}“, das des Laufs „{}“.": "The profile in the bundle is “{}”, that of the run “{}”.",
    "Die Klasse {} kennt LISA hier nicht.": "LISA does not know the class {} here.",
    "{} steht als echt da und ist nach Anschluss und Kennung {} ({}).": (
        "{} is said to be real and is, by address and identity, {} ({})."
    ),
    "{} war im Lauf an „{}“, im Profil steht „{}“.": "{} was at “{}” in the run; the profile says “{}”.",
    "Die Szenarien in {} sind nicht die, die LISA hier mitbringt.": (
        "The scenarios in {} are not those that LISA ships."
    ),
    "Sätze stammen nicht von LISA: {}.": "Steps are not LISA's own: {}.",
    "Die Anforderung {} kennt LISA hier nicht.": "LISA does not know the requirement {} here.",
    "{} fehlt": "{} is missing",
    "der Strom des Laufs": "the stream of the run",
    "der Bericht": "the report",
    "das PDF": "the PDF",
    "die Unterschrift": "the signature",
    "das Profil": "the profile",
    "die Anforderungen": "the requirements",
    "{}: Das ist kein Hardware-Profil.": "{}: This is no hardware profile.",
    "die letzte Zeile ist abgeschnitten": "the last line is cut off",
    "„{}“ ist etwas anderes, als dort steht": "“{}” is something else than it says",
    "es sind nicht die Nachrichten eines Laufs von LISA": "these are not the messages of a run of LISA",
    "{}: Der Strom lässt sich nicht lesen ({}).": "{}: The stream cannot be read ({}).",
    "{}: Das ist kein gültiges TOML ({}).": "{}: This is no valid TOML ({}).",
    "{}: Das ist kein Text in UTF-8.": "{}: This is no text in UTF-8.",
    "Eine andere Datei nennen; einen neuen Schlüssel anlegen: {}": "Name another file; make a new key: {}",
    "der Umschlag der Unterschrift ist anders geschrieben, als LISA schreibt": (
        "the envelope of the signature is not written as LISA writes it"
    ),
    "im Umschlag liegt „{}“ und nicht „{}“": "the envelope holds “{}” and not “{}”",
    "der öffentliche Schlüssel ist unlesbar": "the public key cannot be read",
    "{}: Dieser Schlüssel ist keiner für Ed25519. {}": "{}: This key is none for Ed25519. {}",
    "{}: Der Schlüssel lässt sich nicht lesen ({}).": "{}: The key cannot be read ({}).",
    "der Umschlag der Unterschrift ist unlesbar": "the envelope of the signature cannot be read",
    "{}: Der Schlüssel ist mit einem Kennwort geschützt; LISA fragt keines ab.": (
        "{}: The key is protected by a password; LISA does not ask for one."
    ),
    "{}: Das ist kein privater Schlüssel (PEM). {}": "{}: This is no private key (PEM). {}",
    "{} Einen neuen anlegen: {}": "{} Make a new one: {}",
    "{}: So kann keine Datei heißen.": "{}: No file can have this name.",
    "Der Strom nennt den Lauf gelungen, und seine Urteile sagen es anders (oder umgekehrt).": (
        "The stream calls the run a success, and its verdicts say otherwise (or the other way round)."
    ),
    "Das Ende des Laufs steht nicht genau einmal im Strom.": "The end of the run is not in the stream exactly once.",
    "Nach dem Ende des Laufs stehen noch Nachrichten im Strom.": "Messages follow in the stream after the run's end.",
    "„{}“ ist geplant und nicht vorgesehen, oder umgekehrt.": "“{}” is planned and not foreseen, or the reverse.",
    "„{}“ ist begonnen und war nicht geplant.": "“{}” was begun and was not planned.",
    "„{}“ ist begonnen und hat kein Ende.": "“{}” was begun and has no end.",
    "„{}“: Der Text von {} fehlt im Strom.": "“{}”: The text of {} is missing in the stream.",
    "„{}“ steht {}-mal im Strom und nicht einmal.": "“{}” is in the stream {} times and not once.",
    "„{}“ ist {}-mal {}.": "“{}” is {} times {}.",
    "„{}“: Die Zustände der Schritte sind nicht die ihrer Urteile.": (
        "“{}”: The states of the steps are not those of their verdicts."
    ),
    "„{}“ beginnt, bevor das davor zu Ende ist: Die Uhr ist zurückgestellt worden.": (
        "“{}” begins before the one before has ended: the clock was set back."
    ),
    "„{}“ endet nach dem Lauf: Die Uhr ist verstellt worden.": "“{}” ends after the run: the clock was changed.",
    "{}: Der Text dieser Datei lässt sich nicht lesen.": "{}: The text of this file cannot be read.",
    "„{}“ steht nicht in {}, Zeile {}.": "“{}” is not in {}, line {}.",
    "„{}“ besteht aus anderen Schritten, als in {} stehen.": "“{}” has other steps than those in {}.",
    "„{}“ hat andere Tags, als in {} stehen.": "“{}” has other tags than those in {}.",
    "Der Lauf": "The run",
    "Die Beilage": "The enclosure",
    "Das Profil": "The profile",
    "Die Anforderungen": "The requirements",
    "Die Klasse": "The class",
    "Das Prüfpaket": "The bundle",
    "Das ältere Prüfpaket": "The older bundle",
    "Die Vertrauensliste": "The list of trust",
    "Der Schlüssel der ausstellenden Stelle": "The key of the issuing authority",
    "Der Schlüssel „{}“": "The key “{}”",
    "{}: Das ist kein Lauf von LISA{}.": "{}: This is no run of LISA{}.",
    "{}: {} ist zu groß ({} MiB, erlaubt sind {}).": "{}: {} is too large ({} MiB, allowed are {}).",
    "{}: {} lässt sich nicht lesen ({}).": "{}: {} cannot be read ({}).",
    "Das Profil des Laufs fehlt: {} Mit --profile sagen, wo es jetzt liegt.": (
        "The profile of the run is missing: {} Say by --profile where it is now."
    ),
    "zertifizierbar": "certifiable",
    "unvollständig": "incomplete",
    "Probelauf": "trial run",
    "Es ist keine Klasse genannt.": "No class is named.",
    "Der Lauf hatte die virtuelle Uhr: Geprüft ist das Modell.": "The run had the virtual clock: the model was tested.",
    "Der Lauf war nur ein Teil: {}": "The run was a part only: {}",
    "Der Lauf hatte einen Störungsplan ({}).": "The run had a plan of faults ({}).",
    "Die Szenarien sind nicht nach den Regeln von LISA gelesen (--rules gherkin).": (
        "The scenarios were not read by the rules of LISA (--rules gherkin)."
    ),
    "Alle Geräte sind emuliert, vom Lauf selbst.": "All devices are emulated, by the run itself.",
    "Es ist niemand genannt, der geprüft hat (--tester).": "Nobody is named who has tested (--tester).",
    "Antworten kamen von einem Programm: {}.": "Answers came from a program: {}.",
    "Antworten kamen von diesem Rechner selbst, über die Seite für das Telefon (--listen).": (
        "Answers came from this very computer, by the page for the phone (--listen)."
    ),
    "Antworten kamen von einem Telefon, und der Lauf hat keine Adresse dafür vermerkt.": (
        "Answers came from a phone, and the run has noted no address for it."
    ),
    "Antworten kamen von einem Telefon unter {}, wo nur dieser Rechner selbst es erreicht.": (
        "Answers came from a phone at {}, where only this very computer reaches it."
    ),
    "Von Hand ist etwas getan worden, und keine Antwort ist aufgehoben.": (
        "Something was done by hand, and no answer is kept."
    ),
    "„{}“: nicht bestanden.": "“{}”: failed.",
    "„{}“: nicht geprüft.": "“{}”: not checked.",
    "„{}“: nicht entscheidbar.": "“{}”: undecidable.",
    "„{}“: Prüffehler.": "“{}”: harness error.",
    "Der Lauf ist nicht zu Ende ({}).": "The run has not ended ({}).",
    "Neben den Szenarien: {}": "Beside the scenarios: {}",
    "Kein Szenario ist bestanden.": "No scenario has passed.",
    "Wiederholungen sind verschieden ausgegangen: {}.": "Repetitions ended differently: {}.",
    "{} ist für die Klasse Pflicht, und das Gerät kann es nach eigener Angabe nicht.": (
        "{} is mandatory for the class, and the device cannot do it, as it says itself."
    ),
    "{} ist für die Klasse Pflicht, und kein Szenario zeigt es.": (
        "{} is mandatory for the class, and no scenario shows it."
    ),
    "{} ist für die Klasse Pflicht und hat hier nicht gegolten: {}.": (
        "{} is mandatory for the class and did not apply here: {}."
    ),
    "{} ist für die Klasse Pflicht und {}.": "{} is mandatory for the class and {}.",
    "Auf „{}“ beruht in diesem Paket kein Urteil: --device dafür weglassen.": (
        "No verdict in this bundle rests on “{}”: leave out its --device."
    ),
    "Die Nummer, die auf dem Gerät steht, fehlt: --device {}=NUMMER": (
        "The number that stands on the device is missing: --device {}=NUMBER"
    ),
    "{}: Das ältere Prüfpaket ist nicht ganz: {}": "{}: The older bundle is not whole: {}",
    "{}: Das ist nicht ganz und wird nicht gegengezeichnet: {}": "{}: This is not whole and is not countersigned: {}",
    "{}: Das ist schon gegengezeichnet.": "{}: This is countersigned already.",
    "„{}“ sagt keine Nummer. So schreiben: --device presence=SN-0815": (
        "“{}” gives no number. Write it like this: --device presence=SN-0815"
    ),
    "{}: lässt sich nicht schreiben ({}).": "{}: cannot be written ({}).",
    "{} steht als „{}“ im Strom; aus ihm folgt „{}“.": "{} is “{}” in the stream; what follows from it is “{}”.",
    "ist gelaufen und steht als nicht anwendbar da.": "has run and is said not to be applicable.",
    "„{}“ hat eine Grenze von {}, die keine Anforderung des Szenarios setzt.": (
        "“{}” has a limit of {} that no requirement of the scenario sets."
    ),
    "Die Anforderung {} fehlt unter den Ergebnissen des Laufs.": (
        "The requirement {} is missing among the results of the run."
    ),
    "steht als nicht anwendbar da und hat kein Tag, nach dem es das sein könnte.": (
        "is said not to be applicable and has no tag by which it might be so."
    ),
    "ist nicht gelaufen und steht als „{}“ da.": "has not run and is said to be “{}”.",
    "Der Schritt „{}“ ist bestanden und hat doch einen Fehler.": "The step “{}” has passed and yet has an error.",
    "Zur Anforderung {} gibt es keinen Text: was sie verlangt, lässt sich nicht nachrechnen.": (
        "The requirement {} has no text: what it asks cannot be worked out again."
    ),
    "„{}“ ist an {} gemessen; {}.": "“{}” was held against {}; {}.",
    "{} verlangt {} {} {}": "{} asks for {} {} {}",
    "Der Messwert „{}“": "The value “{}”",
    "Der Messwert „{}“ eines Schritts kann nur nicht entscheidbar sein.": (
        "The value “{}” of a step can only be undecidable."
    ),
    "die Erklärung ist von anderer Art oder Fassung ({})": "the statement is of another kind or version ({})",
    "die Erklärung ist keine von LISA": "the statement is none of LISA's",
}
