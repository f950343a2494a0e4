"""What is said of hardware profiles: checked, asked, found, written; and of classes."""

from __future__ import annotations

PROFILES: dict[str, str] = {
    "{}: in Ordnung.": "{}: sound.",
    "  {}: {} an {}": "  {}: {} at {}",
    "{}: {} an {}": "{}: {} at {}",
    "  alles andere emuliert": "  all else emulated",
    "  alle Geräte emuliert": "  all devices emulated",
    "{}: {} Fehler": "{}: {} mistakes",
    "Den Standort „{}“ gibt es in {} nicht.": "There is no site “{}” in {}.",
    "Den Standort „{}“ gibt es in {} nicht.{}": "There is no site “{}” in {}.{}",
    " Meinten Sie „{}“?": " Did you mean “{}”?",
    " Bekannt: {}.": " Known: {}.",
    "Die Klasse „{}“ galt bis {}. Eine neuere Fassung nennen.": (
        "The class “{}” counted until {}. Name a newer version."
    ),
    "{}: Darin liegt kein Ordner „{}“.": "{}: There is no folder “{}” in it.",
    "{} Bei --features einen Ordner mit einem nennen.": "{} Name a folder with one by --features.",
    "Alle Geräte sind da und widersprechen der Erklärung nicht.": (
        "All devices are there and do not contradict their declaration."
    ),
    "Erklärung und Gerät widersprechen sich.": "Declaration and device contradict each other.",
    "Nicht jedes Gerät ließ sich fragen. Über diese Geräte ist nichts gesagt.": (
        "Not every device could be asked. Nothing is said of these devices."
    ),
    "Ein Treiber ist defekt. Über sein Gerät ist nichts gesagt.": (
        "A driver is broken. Nothing is said of its device."
    ),
    "Falsch eingerichtet. Über diese Geräte ist damit nichts gesagt.": (
        "Set up wrongly. Nothing is said of these devices by that."
    ),
    "sagt von sich: {}": "says of itself: {}",
    "sagte von sich: {}": "said of itself: {}",
    "Aufzeichnung vom {}{}, LISA {}": "Recording of {}{}, LISA {}",
    " aus {}": " from {}",
    "{} (damals: {})": "{} (then: {})",
    "kann: {}": "can: {}",
    "nichts Besonderes": "nothing special",
    "Median {} ms, 95 % in {} ms ({}-mal gefragt)": "median {} ms, 95 % within {} ms (asked {} times)",
    "Weg hin und zurück: nicht gemessen. {}": "Way there and back: not measured. {}",
    "Herkunft: {}": "Origin: {}",
    "Kein Gerät ist an eine Adresse gebunden: nichts gefragt. Emulierte und nachgespielte zählen nicht. Unter "
    "[slots....] als binding die Adresse eintragen.": (
        "No device is bound to an address: nothing was asked. Emulated and replayed ones do not count. Enter the "
        "address as binding under [slots....]."
    ),
    "Widerspruch": "contradiction",
    "offen": "open",
    "eingetragen: {}": "entered: {}",
    "nichts Neues einzutragen": "nothing new to enter",
    "nicht nachgefragt": "not asked",
    "nicht erklärt": "not declared",
    "Hersteller": "vendor",
    "Seriennummer": "serial number",
    "Firmware": "firmware",
    "anderer Hersteller als erklärt": "another vendor than declared",
    "anderes Gerät als erklärt": "another device than declared",
    "anderes Exemplar als erklärt": "another unit than declared",
    "andere Firmware als erklärt": "another firmware than declared",
    "{}: erklärt, ob das Gerät das kann, sagt es nicht.": "{}: declared; whether it can, the device does not say.",
    "{} {}: erklärt, das Gerät nennt nichts.": "{} {}: declared; the device names none.",
    "{}: erklärt, nicht vorhanden.": "{}: declared, not there.",
    "{}: vorhanden, nicht erklärt.": "{}: there, not declared.",
    "{}: erklärt {}, gefunden {}.": "{}: declared {}, found {}.",
    "{} oder {}": "{} or {}",
    "falsch eingerichtet": "set up wrongly",
    "nicht bereit": "not ready",
    "Treiber defekt": "driver broken",
    "An {} hängt, was für „{}“ erklärt ist": "At {} is what is declared for “{}”",
    "An {} hängt, was für „{}“ erklärt ist ({}).": "At {} is what is declared for “{}” ({}).",
    "Die Anschlüsse von slots.{} und slots.{} tauschen.": "Exchange the ports of slots.{} and slots.{}.",
    "{}: Er antwortet seit {} s nicht auf das Öffnen. Anschluss und Strom prüfen.": (
        "{}: No answer to opening it for {} s. Check port and power."
    ),
    "{}: Hier lässt sich nichts zeilenweise eintragen. Von Hand eintragen:": (
        "{}: Nothing can be entered here line by line. Enter by hand:"
    ),
    "  # gefragt am {}": "  # asked on {}",
    "Gefunden:": "Found:",
    "Gefunden: nichts.": "Found: nothing.",
    "    kann sein: {}": "    may be: {}",
    "nichts, wofür hier ein Treiber ist": "nothing for which there is a driver here",
    "Nicht nachgesehen:": "Not looked at:",
    "--slot bindet in einem neuen Profil: mit --write sagen, in welchem.": (
        "--slot binds in a new profile: say by --write in which."
    ),
    "--slot {}: Diesen Steckplatz gibt es nicht.{}": "--slot {}: There is no such slot.{}",
    "{}: Der Name eines Profils endet auf .toml.": "{}: The name of a profile ends in .toml.",
    "{}: Diese Datei gibt es schon, und sie bleibt, wie sie ist. Einen anderen Namen nennen.": (
        "{}: This file exists already and stays as it is. Give another name."
    ),
    "{}: geschrieben. Prüfen: lisa profile check {}": "{}: written. Check it: lisa profile check {}",
    "Von „lisa profile find“. Was nicht gebunden ist, bleibt emuliert. Wer vor einer Tabelle „# “ entfernt, bindet "
    "das": (
        "From “lisa profile find”. What is not bound stays emulated. Whoever removes “# ” before a table binds the"
    ),
    "Gerät; danach prüfen: lisa profile check {}": "device; then check it: lisa profile check {}",
    "oder: {}": "or: {}",
    "slots.{}: Dafür war nichts zu finden. Den Anschluss von Hand eintragen.": (
        "slots.{}: Nothing was found for it. Enter the port by hand."
    ),
    "nur einschalten, wenn das Menü des Geräts denselben Fingerabdruck zeigt:": (
        "switch it on only if the menu of the device shows the same fingerprint:"
    ),
    "slots.{}: Dafür gibt es mehreres ({}). In der Datei eines davon einschalten.": (
        "slots.{}: There are several for it ({}). Switch on one of them in the file."
    ),
    "Serielle Anschlüsse": "serial ports",
    "Kameras": "cameras",
    "Unterschriftenpads an USB": "signature pads on USB",
    "Kartenleser": "card readers",
    "Mikrofone und Lautsprecher": "microphones and loudspeakers",
    "Scanner und Drucker im Netz": "scanners and printers on the network",
    "in {} s keine Antwort": "no answer within {} s",
    "Hier fehlt, warum ein Modell für alle steht: family_reason": (
        "Nothing says why one model stands for all: family_reason"
    ),
    "slots.{}.capabilities: Der Treiber „{}“ kennt keine Fähigkeit „{}“.{}": (
        "slots.{}.capabilities: The driver “{}” knows no ability “{}”.{}"
    ),
    " Er nennt keine Fähigkeiten.": " It names no abilities.",
    "Das geprüfte Modell „{}“ steht nicht in family ({}). Eines von beiden berichtigen.": (
        "The tested model “{}” is not in family ({}). Mend one of the two."
    ),
    "slots.{}.family_reason: Ohne family = [{}] begründet das nichts.": (
        "slots.{}.family_reason: Without family = [{}] this gives a reason for nothing."
    ),
    "slots.{}.family: Welches der Modelle geprüft wird, fehlt: model = {}.": (
        "slots.{}.family: Nothing says which of the models is tested: model = {}."
    ),
    "Der Schlüssel „{}“ muss eine Liste von Texten sein ([{}]); hier steht {}.": (
        "The key “{}” has to be a list of texts ([{}]); here is {}."
    ),
    "Der Schlüssel „{}“ muss Text in Anführungszeichen sein ({}); hier steht {}.": (
        "The key “{}” has to be text in quotation marks ({}); here is {}."
    ),
    "Das Profil „{}“ gibt es nicht.{}": "There is no profile “{}”.{}",
    "{}: Diese Profildatei gibt es nicht. Pfad prüfen.": "{}: There is no such profile. Check the path.",
    "{}: Diese Datei gibt es nicht. Pfad prüfen.": "{}: There is no such file. Check the path.",
    "Das Profil erweitert sich selbst: {}. Ein extends entfernen.": (
        "The profile extends itself: {}. Remove an extends."
    ),
    "{}: Genau eines von {} und {} nennen.": "{}: Name exactly one of {} and {}.",
    "{}: Die Einheit fehlt: {} = {}.": "{}: The unit is missing: {} = {}.",
    "{}: „{}“ sagt die Anforderung, nicht das Profil. Den Schlüssel entfernen.": (
        "{}: “{}” is said by the requirement, not by the profile. Remove the key."
    ),
    "Der Schlüssel „{}.{}“ muss eine Zahl sein; hier steht {}.": "The key “{}.{}” has to be a number; here is {}.",
    "{}: Die Einheit „{}“ gibt es nicht.{}": "{}: There is no unit “{}”.{}",
    "Den Schlüssel „{}.{}“ gibt es nicht.{}": "There is no key “{}.{}”.{}",
    "Den Schlüssel „{}“ gibt es nicht.{}": "There is no key “{}”.{}",
    "Den Schlüssel „{}“ gibt es hier nicht.{}": "There is no key “{}” here.{}",
    "Den Steckplatz „{}“ gibt es nicht.{}": "There is no slot “{}”.{}",
    "Wie lange es im Betrieb klingelt, sagt die Landkreis-Datei ([routing] ring_s, transfer_s): lisa migrate ORDNER": (
        "How long it rings in operation is said by the file of the Landkreis ([routing] ring_s, transfer_s): lisa "
        "migrate FOLDER"
    ),
    "schema = {} ist unbekannt. Diese Version liest schema = 1.": (
        "schema = {} is unknown. This version reads schema = 1."
    ),
    "„{}“ heißt jetzt „exchange.{}“, und das steht hier auch. Das alte entfernen.": (
        "“{}” is now called “exchange.{}”, which is here too. Remove the old one."
    ),
    "„{}“ heißt jetzt „{}“, und das steht hier auch. Das alte entfernen.": (
        "“{}” is now called “{}”, which is here too. Remove the old one."
    ),
    "über 0 liegen": "lie above 0",
    "höchstens {} sein": "be {} at most",
    "Der Schlüssel „{}“ muss {}; hier steht {}.": "The key “{}” has to {}; here is {}.",
    "slots.{}.binding: {} führt zum selben Anschluss wie slots.{}": (
        "slots.{}.binding: {} leads to the same port as slots.{}"
    ),
    "{}, dort heißt er {}. {}": "{}, where it is called {}. {}",
    "Dort hängt nur ein Gerät: einen von beiden berichtigen.": "Only one device is there: mend one of the two.",
    "Als ein Bus wird er nur einmal geöffnet, wenn beide gleich geschrieben sind.": (
        "It is opened once, as a bus, only if both are written alike."
    ),
    "Fähigkeiten hat ein Gerät: Sie gehören in eine Klasse mit steckplatz.": (
        "Abilities are those of a device: they belong into a class with steckplatz."
    ),
    'Zu verbindlich = "bedingt" gehört faehigkeit, und nur dazu: wovon es abhängt.': (
        'faehigkeit belongs to verbindlich = "bedingt", and to that only: what it depends on.'
    ),
    'Zu nachweis = "labor" gehört womit = "pruefbericht", und nur dazu.': (
        'womit = "pruefbericht" belongs to nachweis = "labor", and to that only.'
    ),
    "{}{} taugt nicht für Zeiten unter {} s.": "{}{} is no good for times below {} s.",
    "Die Anteile ergeben U = {} {}; bei der Grenze steht {} {}.": "The parts come to U = {} {}; at the limit is {} {}.",
    " Die Fassung dazuschreiben: „{}“.": " Write the version too: “{}”.",
    "Die Klasse „{}“ gibt es nicht.{}": "There is no class “{}”.{}",
    "Der Grenze fehlt, wogegen gemessen wird: [anforderung.bezug] ergänzen.": (
        "The limit lacks what is measured against: add [anforderung.bezug]."
    ),
    "Eine unsicherheit von {} über der Grenze von {}: Bestehen kann das nichts.": (
        "An unsicherheit of {} above the limit of {}: nothing can pass this."
    ),
    "„{}“ ist kein Name: kleine Buchstaben, Ziffern und „-“ dazwischen.": (
        "“{}” is no name: small letters, digits, and “-” between them."
    ),
    '„{}“ ist keine Fassung. So schreiben: "2026.1"': '“{}” is no version. Write it like this: "2026.1"',
    "Die Datei heißt „{}“; zu Name und Fassung gehört „{}“.": (
        "The file is called “{}”; to name and version belongs “{}”."
    ),
    "Die Klasse endet, bevor sie beginnt. Die Tage prüfen.": "The class ends before it begins. Check the days.",
    "Die Klasse verlangt nichts. Mit [[anforderung]] sagen, was.": (
        "The class asks for nothing. Say by [[anforderung]] what."
    ),
    "Was nicht durch ein Szenario gezeigt wird, braucht eine Grenze: [anforderung.grenze]": (
        "What is not shown by a scenario needs a limit: [anforderung.grenze]"
    ),
    "Genau eines von hoechstens und mindestens nennen.": "Name exactly one of hoechstens and mindestens.",
    "Die Einheit „{}“ gibt es nicht.{}": "There is no unit “{}”.{}",
    "Grenze und unsicherheit sind Zahlen ab null.": "Limit and unsicherheit are numbers from zero.",
    "Den Bezug „{}“ gibt es nicht.{}": "There is no reference “{}”.{}",
    "{} Einen anderen Bezug nennen.": "{} Name another reference.",
    "{} Die unsicherheit ist mindestens so groß wie ihre Anteile zusammen.": (
        "{} The unsicherheit is at least as large as its parts together."
    ),
    "„{}“ ist keine Kennung: Buchstaben, Ziffern, Binde- und Unterstrich verwenden.": (
        "“{}” is no id: use letters, digits, hyphen and underscore."
    ),
    "Die Anforderung „{}“ gibt es zweimal. Eine andere Kennung geben.": (
        "There is a requirement “{}” twice. Give it another id."
    ),
    "Eine halbbreite ist eine Zahl ab null.": "A halbbreite is a number from zero.",
    "Die Steckplätze {} sind nicht gebunden.": "The slots {} are not bound.",
    "Die Klasse „{}“ gilt für slots.{}, und das bindet dieses Profil nicht.": (
        "The class “{}” is for slots.{}, which this profile does not bind."
    ),
    "class: „{}“ ist eine Datei; hier steht der Name einer Klasse.{}": (
        "class: “{}” is a file; here belongs the name of a class.{}"
    ),
    "{} Die Tabelle ergänzen oder eine andere Klasse nennen.": "{} Add the table or name another class.",
    "„{}“ schreibt sich jetzt „{}“; {}. Umschreiben: lisa migrate ORDNER": (
        "“{}” is now written “{}”; {}. Rewrite it: lisa migrate FOLDER"
    ),
    '{} Unter [profile] ein Profil nennen, das sie bindet: extends = "emulated"': (
        '{} Name a profile under [profile] that binds them: extends = "emulated"'
    ),
    "noch gilt beides": "both still count",
    "Der Schlüssel „{}“ fehlt.": "The key “{}” is missing.",
    "Der Schlüssel „profile.{}“ fehlt.": "The key “profile.{}” is missing.",
    "Der Schlüssel „{}{}“ fehlt.": "The key “{}{}” is missing.",
}
