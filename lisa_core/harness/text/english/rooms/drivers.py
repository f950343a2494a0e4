"""What is said of drivers and their options, of TOML files, and of addresses."""

from __future__ import annotations

DRIVERS: dict[str, str] = {
    "slots.{}.binding: Für „emulator“ gibt es hier kein emuliertes Gerät.": (
        "slots.{}.binding: There is no emulated device here for “emulator”."
    ),
    "scheitert beim Öffnen ({})": "fails at opening ({})",
    "scheitert beim Schließen ({})": "fails at closing ({})",
    "antwortet beim Öffnen nicht": "does not answer at opening",
    "ist gescheitert ({})": "has failed ({})",
    "versteht die Adresse seines emulierten Geräts nicht: {}": (
        "does not understand the address of its emulated device: {}"
    ),
    "Der Treiber „{}“ aus dem Paket {} {}.": "The driver “{}” of the package {} {}.",
    "Für „{}“ ist kein emuliertes Gerät „{}“ installiert.": "For “{}” no emulated device “{}” is installed.",
    "Das emulierte Gerät „{}“ aus dem Paket {}": "The emulated device “{}” of the package {}",
    "hat denselben Namen wie einer aus {}; eines der Pakete entfernen": (
        "has the same name as one of {}; remove one of the packages"
    ),
    "{} hat denselben Namen wie eines aus {}; eines der Pakete entfernen.": (
        "{} has the same name as one of {}; remove one of the packages."
    ),
    "ist keiner: „{}“ ist kein Driver": "is none: “{}” is no Driver",
    "nennt sich selbst „{}“": "calls itself “{}”",
    "ist nicht zu finden: „{}“ ist keine Angabe der Form modul:NAME": (
        "cannot be found: “{}” is not of the form module:NAME"
    ),
    "Den Treiber „{}“ gibt es nicht.{}": "There is no driver “{}”.{}",
    "lässt sich nicht laden ({})": "cannot be loaded ({})",
    "{} lässt sich nicht laden ({}).": "{} cannot be loaded ({}).",
    "{}: Der Treiber „{}“ kann das nicht. Hierher passt: {}.": (
        "{}: The driver “{}” cannot do this. What fits here: {}."
    ),
    '{}: Als ein bestimmtes Modell verhält sich nur ein emuliertes Gerät (binding = "emulator").': (
        '{}: Only an emulated device behaves as a certain model (binding = "emulator").'
    ),
    "{}: Das emulierte Gerät „{}“ hat keine Persönlichkeiten.": "{}: The emulated device “{}” has no personalities.",
    "{}: Die Persönlichkeit „{}“ gibt es nicht.{}": "{}: There is no personality “{}”.{}",
    "slots.{} an derselben Leitung ({}) hat {}": "slots.{} on the same line ({}) has {}",
    "{}: {}. Beide gleich setzen, oder zwei Leitungen nehmen.": "{}: {}. Set both alike, or use two lines.",
    "{} heißt wie eines von LISA; es gilt unseres.": "{} is called like one of LISA; ours counts.",
    "heißt wie einer von LISA; es gilt unserer": "is called like one of LISA; ours counts",
    "{} ist keines: „{}“ lässt sich nicht aufrufen.": "{} is none: “{}” cannot be called.",
    "muss Text in Anführungszeichen sein ({})": "has to be text in quotation marks ({})",
    "muss eine ganze Zahl sein": "has to be a whole number",
    "muss true oder false sein": "has to be true or false",
    "muss ein Datum sein (2026-11-23)": "has to be a date (2026-11-23)",
    "muss eine Liste sein ([...])": "has to be a list ([...])",
    "muss eine Tabelle sein": "has to be a table",
    "muss {} sein": "has to be {}",
    "eine ganze Zahl": "a whole number",
    "eine Zahl": "a number",
    "true oder false": "true or false",
    "ein Text": "a text",
    "eine Tabelle": "a table",
    "eine Liste": "a list",
    "Text in Anführungszeichen ({})": "text in quotation marks ({})",
    "zwischen {} und {}": "between {} and {}",
    "Der Schlüssel „{}“ {}; hier steht {}.": "The key “{}” {}; here is {}.",
    "Der Schlüssel „{}“ muss {} sein; hier steht {}.": "The key “{}” has to be {}; here is {}.",
    "Der Schlüssel „{}“ muss {} sein; hier steht {}.{}": "The key “{}” has to be {}; here is {}.{}",
    "Der Schlüssel „{}“ muss {} liegen; hier steht {}.": "The key “{}” has to lie {}; here is {}.",
    "Den Schlüssel „{}{}“ gibt es nicht.{}": "There is no key “{}{}”.{}",
    "Das steht weiter oben schon einmal. Eines von beiden entfernen.": (
        "This is further up already. Remove one of them."
    ),
    "Das ist kein gültiges TOML: „{}“. {}": "This is no valid TOML: “{}”. {}",
    "Ein Datum so schreiben, ohne Anführungszeichen: 2026-11-23": (
        "Write a date like this, without quotation marks: 2026-11-23"
    ),
    "{}: Die Datei ist nicht als UTF-8 gespeichert. Neu speichern als UTF-8.": (
        "{}: The file is not saved as UTF-8. Save it as UTF-8."
    ),
    "{}: So kann keine Datei heißen. Pfad prüfen.": "{}: No file can have this name. Check the path.",
    "{}: Das ist ein Ordner. Den Pfad einer Datei darin nennen.": (
        "{}: This is a folder. Give the path of a file in it."
    ),
    "{}: Die Datei lässt sich nicht lesen ({}). Pfad prüfen.": "{}: The file cannot be read ({}). Check the path.",
    "Zwischen den Klammern stehen nur a bis z, Ziffern, „-“, „_“ und Punkte.": (
        "Between the brackets stand only a to z, digits, “-”, “_” and dots."
    ),
    "Klammern, Anführungszeichen und „=“ prüfen.": "Check brackets, quotation marks and “=”.",
    "{}: [{}] steht schon in Zeile {}. Jeder Name darf nur einmal vorkommen.": (
        "{}: [{}] is in line {} already. Each name may occur once only."
    ),
    "{}: „{}“ steht schon in Zeile {}. Eines von beiden entfernen.": (
        "{}: “{}” is in line {} already. Remove one of them."
    ),
    "{}: „{}“ steht in dieser Zeile zweimal. Eines von beiden entfernen.": (
        "{}: “{}” is in this line twice. Remove one of them."
    ),
    "{}: Den Tag {} gibt es nicht.": "{}: There is no day {}.",
    "slots.{}: noch keine Antwort.": "slots.{}: no answer yet.",
    "sagt bei „{}“ etwas Falsches: {} statt {}, oder falsche Felder": (
        "says something wrong at “{}”: {} rather than {}, or wrong fields"
    ),
    "kann nicht alles, was „{}“ verlangt; es fehlt: {}": "cannot do all that “{}” asks for; missing is: {}",
    "scheitert bei „{}“ ({})": "fails at “{}” ({})",
    "antwortet bei „{}“ nicht": "does not answer at “{}”",
    "hat in seiner Erklärung falsche Werte: {}": "has wrong values in its declaration: {}",
    "sagt falsch, was er bedient: {}": "says wrongly what it serves: {}",
    "{} lässt sich nicht lesen ({}).": "{} cannot be read ({}).",
    "erklärt eine Option falsch: {}": "declares an option wrongly: {}",
    "Der Name {} ist vergeben oder keiner.": "The name {} is taken or none.",
    "„{}“ hat keinen bekannten Typ oder keine Grenzen.": "“{}” has no known type or no limits.",
    "der Name des Lesers": "the name of the reader",
    "das Gerät": "the device",
    "der Name des Geräts": "the name of the device",
    "der Befehl": "the command",
    "der Pfad": "the path",
    "/dev/serial/by-id/... oder rfc2217://rechner:4001": "/dev/serial/by-id/... or rfc2217://computer:4001",
    "/dev/serial/by-id/... oder udp://rechner:52381": "/dev/serial/by-id/... or udp://computer:52381",
    "/dev/serial/by-id/... oder hid:056A:00A8 oder usbip://rechner/1-1": (
        "/dev/serial/by-id/... or hid:056A:00A8 or usbip://computer/1-1"
    ),
    "/dev/serial/by-id/... oder tcp://rechner:502": "/dev/serial/by-id/... or tcp://computer:502",
    "pcsc:ACS ACR122U oder vpcd://127.0.0.1:35963": "pcsc:ACS ACR122U or vpcd://127.0.0.1:35963",
    "frames:PFAD oder video:/dev/video0": "frames:PATH or video:/dev/video0",
    "adapter:node sensor.js oder adapter:tcp://rechner:4100": "adapter:node sensor.js or adapter:tcp://computer:4100",
    "http://rechner/eSCL": "http://computer/eSCL",
    "ipp://rechner:631/ipp/print": "ipp://computer:631/ipp/print",
    "socket://rechner:9100": "socket://computer:9100",
    "pcm:PFAD": "pcm:PATH",
    "Am Anfang fehlt {}": "At the beginning is missing {}",
    "Das ist keine Adresse": "This is no address",
    "„{}“: {}{} Erwartet wird zum Beispiel {}": "“{}”: {}{} What is expected is for example {}",
    "; sonst geht hier nur {}": "; else only {} works here",
    "Der Pfad eines Anschlusses beginnt mit „/“{}": "The path of a port begins with “/”{}",
    "ein Pfad, der mit „/“ beginnt": "a path that begins with “/”",
    "Benutzer und Kennwort gehören nicht hinein": "User and password do not belong into it",
    "„{}://“ passt hier nicht: Hier geht nur {}": "“{}://” does not fit here: only {} works here",
    "„{}“ gehört nicht hinein": "“{}” does not belong into it",
    "Hinter „{}:“ fehlt {}": "Behind “{}:” is missing {}",
    "Hinter „hid:“ stehen Hersteller und Produkt, je vier Zeichen 0 bis f": (
        "Behind “hid:” stand vendor and product, four characters 0 to f each"
    ),
    "Das sind mehr als {} Zeichen": "These are more than {} characters",
    "Leerzeichen und Steuerzeichen gehören nicht hinein": "Blanks and control characters do not belong into it",
    "Der Port „{}“ ist keine Zahl von 1 bis 65535": "The port “{}” is no number from 1 to 65535",
    "Der Rechner fehlt": "The computer is missing",
    "Der Port fehlt": "The port is missing",
    "Darin stehen zwei Ports": "There are two ports in it",
    "„{}“ ist kein Name eines Rechners": "“{}” is no name of a computer",
    "„{}“ ist keine IPv6-Adresse": "“{}” is no IPv6 address",
    "„{}“ ist keine IPv4-Adresse": "“{}” is no IPv4 address",
    "Die Angabe „{}“ gibt es nicht.{}": "There is no parameter “{}”.{}",
    "Die Angabe „{}={}“ ist nicht zu gebrauchen": "The parameter “{}={}” is of no use",
    "Die eckigen Klammern gehören um die ganze IPv6-Adresse": (
        "The square brackets belong around the whole IPv6 address"
    ),
    "Eine IPv6-Adresse steht in eckigen Klammern": "An IPv6 address stands in square brackets",
}
