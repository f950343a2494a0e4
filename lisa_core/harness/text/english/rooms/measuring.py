"""What is said while devices are measured, of where a value came from, and of what a device really was."""

from __future__ import annotations

MEASURING: dict[str, str] = {
    "Das misst nur ein Mensch vor Ort, und in diesem Lauf wird niemand gefragt.": (
        "Only a person on the spot measures this, and in this run nobody is asked."
    ),
    "Die lichte Breite der ganz geöffneten Tür messen, an der engsten Stelle.": (
        "Measure the clear width of the fully opened door, where it is narrowest."
    ),
    "Die lichte Höhe der Tür messen, ab dem fertigen Fußboden.": (
        "Measure the clear height of the door, from the finished floor."
    ),
    "Die Höhe der Türschwelle messen, an der höheren Seite; ohne Schwelle 0.": (
        "Measure the height of the door sill, on its higher side; 0 without a sill."
    ),
    "Die Höhe der Achse des Türgriffs messen, ab dem fertigen Fußboden.": (
        "Measure the height of the axis of the door handle, from the finished floor."
    ),
    "Die freie Fläche vor dem Tisch messen: die kürzere ihrer Seiten.": (
        "Measure the free area in front of the table: the shorter of its sides."
    ),
    "Die freie Fläche vor der Tür messen, dort, wohin sie aufgeht: die kürzere ihrer Seiten.": (
        "Measure the free area in front of the door, where it opens to: the shorter of its sides."
    ),
    "Die Höhe des höchsten Bedienelements messen.": "Measure the height of the highest control.",
    "Die Höhe des tiefsten Bedienelements messen.": "Measure the height of the lowest control.",
    "Die Breite der freien Fläche vor dem Tisch messen, bei 122 cm Tiefe.": (
        "Measure the width of the free area in front of the table, at a depth of 122 cm."
    ),
    "Die Diagonale des sichtbaren Bildes messen.": "Measure the diagonal of the visible picture.",
    "Vom Stuhl aus den Winkel zwischen den Augen auf dem Bildschirm und der Kamera messen.": (
        "From the chair, measure the angle between the eyes on the screen and the camera."
    ),
    "von der Prüferin gemessen; Foto {}, SHA-256 {}": "measured by the tester; photograph {}, SHA-256 {}",
    "{}: Es fehlt das Foto. Es in {} ablegen und hinter die Zahl schreiben.": (
        "{}: The photograph is missing. Put it into {} and write its name behind the number."
    ),
    "{}: {} ist kein Foto (JPEG oder PNG, höchstens 20 MB).": "{}: {} is no photograph (JPEG or PNG, at most 20 MB).",
    "{}: „{}“ ist keine Zahl. So antworten: 91,5 foto.jpg": "{}: “{}” is no number. Answer like this: 91.5 photo.jpg",
    "kein Name einer Datei": "no name of a file",
    "{}: Das Foto {} lässt sich nicht lesen ({}).": "{}: The photograph {} cannot be read ({}).",
    "Foto: {}": "Photograph: {}",
    "Der Bezug fehlt: {} ist hier emuliert, gemessen wird {} an einem echten Gerät.": (
        "The reference is missing: {} is emulated here; measured at a real device: {}."
    ),
    "Dazu ist noch nichts geschehen. Davor „{}“ schreiben.": "Nothing has happened for this yet. Write “{}” before it.",
    "Beobachtet wurden {} s; die Messung verlangt mindestens {}.": (
        "Observed were {} s; the measure asks for {} at least."
    ),
    "Der Bezug schweigt: {}": "The reference is silent: {}",
    "Die Messung „{}“ gibt es nicht.{}": "There is no measure “{}”.{}",
    "Für „{}“ ({}) setzt keine Anforderung dieses Szenarios eine Grenze. Über das Szenario die schreiben, die es tut: "
    "@anf:praesenzsensor.meldung": (
        "No requirement of this scenario sets a limit for “{}” ({}). Write the one that does above the scenario: "
        "@anf:praesenzsensor.meldung"
    ),
    "Dieses Bürgerbüro hat nicht, wonach gefragt ist: {}.": "This booth does not have what is asked for: {}.",
    "ab dem Ausfall": "from the outage",
    "{} ist als ausgefallen genannt": "{} is named as failed",
    "{} – nicht innerhalb von {} s": "{} – not within {} s",
    "Bürgerbüro: {} – nicht innerhalb von {} s": "Booth: {} – not within {} s",
    "Bürgerbüro: {} – stattdessen: „{}“": "Booth: {} – instead: “{}”",
    "Der Scanner hat nichts beanstandet; es kamen {} Seiten.": "The scanner has named nothing; {} pages arrived.",
    "Der Scanner sagt etwas anderes: {}": "The scanner says something else: {}",
    "Ist auf dem {} im Fach jede Zeile zu lesen, auch die kleinste?": (
        "Can each line be read on the {} in the tray, the smallest too?"
    ),
    "Liegt genau ein {} im Fach?": "Is there exactly one {} in the tray?",
    "Liegt das {} ganz im Fach?": "Does the {} lie in the tray as a whole?",
    "Testblatt für Drucker": "test sheet for printers",
    "Testblatt": "test sheet",
    "„{}“ sagt kein Scanner.{}": "No scanner says “{}”.{}",
    "Angekommen sind {} Seiten, erwartet {}. {}": "{} pages arrived, {} were expected. {}",
    "Der Drucker hat das {} nicht gedruckt: {}": "The printer has not printed the {}: {}",
    "Auf dem Scan ist die Strichtafel nicht zu erkennen.": "The chart of strokes cannot be made out on the scan.",
    "Es kam keine Seite.": "No page arrived.",
    "Es kam kein Bild.": "No picture arrived.",
    "Der Drucker hat den Auftrag angenommen, als wäre nichts.": "The printer took the job as if nothing were wrong.",
    "ab dem Auftrag, je Seite": "from the order, for each page",
    "ab dem Auftrag": "from the order",
    "Das Pad hat keinen Strich gemeldet.": "The pad has reported no stroke.",
    "ein Strich von 50 mm am Lineal": "a stroke of 50 mm along a ruler",
    "Ist das Unterschriftenpad leer?": "Is the signature pad empty?",
    "{}: Am fremden Gerät {}": "{}: At the other device {}",
    "sagte der Treiber nichts.": "the driver said nothing.",
    "öffnet der Treiber nichts.": "the driver opens nothing.",
    "Zu diesem Gerät gibt es kein fremdes, das man anhängen könnte. Es gibt: {}.": (
        "For this device there is no other one that could be attached. There are: {}."
    ),
    "Im Modell gibt es keine Leitung. @stufe:wire über das Szenario schreiben.": (
        "The model has no line. Write @stufe:wire above the scenario."
    ),
    "sagte der Treiber {} s lang nichts.": "the driver said nothing for {} s.",
    "las der Treiber: {}": "the driver read: {}",
    "ein gedrucktes Blatt": "a printed sheet",
    "eine leuchtende Lampe": "a lamp that is lit",
    "ein Lautsprecher, der bereit ist": "a loudspeaker that is ready",
    "Ton von {} Byte": "sound of {} bytes",
    "eine Seite mit {} Byte": "a page of {} bytes",
    "Am Anfang war die Person nicht gemeldet.": "At the beginning the person was not reported.",
    "An der Marke von {} cm war niemand gemeldet.": "At the mark of {} cm nobody was reported.",
    "Der Türkontakt hat nichts gemeldet, auch nicht, wie die Tür steht.": (
        "The door contact has reported nothing, not even how the door stands."
    ),
    "Der Präsenzsensor hat nichts gemeldet.": "The presence sensor has reported nothing.",
    "ab der Meldung der offenen Tür": "from the report of the open door",
    "ab der Meldung der geschlossenen Tür": "from the report of the closed door",
    "bei geschlossener Tür": "with the door closed",
    "eine Minute lang an der Marke von {} cm": "for one minute at the mark of {} cm",
    "an der Marke von {} cm": "at the mark of {} cm",
    "ab der Meldung des zweiten Kontakts": "from the report of the second contact",
    "ab dem Auflegen": "from laying it down",
    "die Tür geht auf": "the door opens",
    "jemand ist gemeldet": "somebody is reported",
    "niemand ist mehr gemeldet": "nobody is reported any more",
    "Es ist jemand hereingekommen: Ein Fehlalarm wäre so keiner.": (
        "Somebody has come in: a false alarm would not be one."
    ),
    "Während der zehn Minuten ging die Tür auf: Was gemeldet wurde, sagt nichts.": (
        "The door opened during the ten minutes: what was reported says nothing."
    ),
    "der zweite Kontakt schaltet": "the second contact switches",
    "die offene Tür ist gemeldet": "the open door is reported",
    "Es ist jemand hereingekommen: Die Tür hat sich bewegt.": "Somebody has come in: the door has moved.",
    "Während der zehn Minuten war jemand da, der die Tür anrühren konnte.": (
        "During the ten minutes somebody was there who could touch the door."
    ),
    "die Tür ist wieder zu": "the door is closed again",
    "eine Karte ist gemeldet": "a card is reported",
    "{}; die Leitung trägt bis zu {} ms zur Unsicherheit bei": "{}; the line adds up to {} ms to the uncertainty",
    "{} und {}": "{} and {}",
    "Kamera": "camera",
    "an einem Pseudoterminal": "at a pseudo-terminal",
    "an dieser Maschine": "at this machine",
    "an einem Gerät, das ein Programm dieser Maschine spielt": "at a device that a program of this machine plays",
    "in einer Datei": "in a file",
    "nach draußen": "outside",
    "ins Leere": "in nothing",
    "Das Profil tritt einer emulierten Welt bei ([world] join).": "The profile joins an emulated world ([world] join).",
    "Gespielt wird eine Aufzeichnung.": "A recording is played.",
    "Der Anschluss endet {}.": "The port ends {}.",
    "Der Anschluss endet {} ({}).": "The port ends {} ({}).",
    "Ein Programm nennt es „{}“": "A program calls it “{}”",
    "Ein Programm nennt es „{}“; was dahinter steht, ist von hier nicht zu sehen.": (
        "A program calls it “{}”; what stands behind it cannot be seen from here."
    ),
    "Ein Programm spricht für das Gerät": "A program speaks for the device",
    "{}; was dahinter steht, ist von hier nicht zu sehen.": "{}; what stands behind it cannot be seen from here.",
    "Wohin „{}“ führt, war nicht festzustellen.": "Where “{}” leads to could not be found out.",
    "Das Gerät sagt nicht, wer es ist.": "The device does not say who it is.",
    "Seriennummer {}": "serial number {}",
    "Firmware {}": "firmware {}",
    "{} antwortete {} s nach Beginn nicht mehr: {}": "{} stopped answering {} s after the beginning: {}",
    "{} wird nachgespielt, niemand kann hinsehen: {}": "{} is replayed, nobody can look at it: {}",
    "{} Das Gerät anschließen und einschalten.": "{} Connect the device and switch it on.",
    "Ein Gerät": "A device",
    "{} vom Strom trennen.": "Disconnect {} from power.",
    "{} wieder anschließen.": "Connect {} again.",
    "{} wieder anschließen und warten, bis er bereit ist.": "Connect {} again and wait until it is ready.",
    "{} wieder anschließen und warten, bis er stillsteht.": "Connect {} again and wait until it stands still.",
    "{} abstecken.": "Unplug {}.",
    "{} wieder anstecken.": "Plug {} in again.",
    "Den Präsenzsensor": "the presence sensor",
    "Den Türkontakt": "the door contact",
    "Den Scanner": "the scanner",
    "Den Drucker": "the printer",
    "Die Kamera, die die Person zeigt,": "the camera that shows the person",
    "Den Kamerakopf der Dokumentenkamera": "the head of the document camera",
    "Den Lautsprecher": "the loudspeaker",
    "Den Kartenleser": "the card reader",
    "Das Papier aus dem Drucker nehmen.": "Take the paper out of the printer.",
    "Die Klappe des Druckers öffnen.": "Open the cover of the printer.",
    "Den Drucker mit seiner Taste anhalten.": "Stop the printer by its button.",
    "Zwei Blätter am Rand aneinanderkleben und so einlegen.": "Stick two sheets together at their edge; put them in.",
    "Die Klappe des Einzugs öffnen.": "Open the cover of the feeder.",
    "Die Blätter so einlegen, dass ihre leere Seite gescannt wird.": (
        "Put the sheets in so that their blank side is scanned."
    ),
    "Das Blatt schief einlegen.": "Put the sheet in askew.",
    "Das Blatt auf dem Kopf einlegen.": "Put the sheet in upside down.",
    "Das Mikrofon an seinem eigenen Schalter stummschalten.": "Mute the microphone by its own switch.",
    "Den Ton des Lautsprechers am Rechner oder am Gerät ausschalten.": (
        "Switch off the loudspeaker's sound at the computer or at the device."
    ),
    "Die Höhe der höchsten Stelle des Bildschirms messen, an der eine Taste steht, ab dem fertigen Fußboden.": (
        "Measure the height of the highest place of the screen on which a button stands, from the finished floor."
    ),
    "Die Höhe der Mitte der Ruftaste messen, ab dem fertigen Fußboden.": (
        "Measure the height of the middle of the call button, from the finished floor."
    ),
    "Die Kraft messen, bei der die Ruftaste schaltet.": "Measure the force at which the call button switches.",
    "In 1,2 m Höhe auf dem Stuhl bei 1 kHz messen, um wie viel die Feldstärke von 400 mA/m abweicht.": (
        "At 1.2 m above the floor on the chair, at 1 kHz, measure by how much the field strength differs from 400 mA/m."
    ),
    "An derselben Stelle messen, wie weit die Feldstärke von 100 Hz bis 5 kHz von der bei 1 kHz abweicht.": (
        "At the same place measure how far the field strength from 100 Hz to 5 kHz differs from that at 1 kHz."
    ),
    "An derselben Stelle ohne Sprache messen, wie weit das Störfeld (A-bewertet) unter 400 mA/m liegt.": (
        "At the same place, without speech, measure how far the noise field (A-weighted) lies below 400 mA/m."
    ),
    "Am Ohr den Schallpegel eines Tons bei leisester und lautester Einstellung messen; den Unterschied nennen.": (
        "At the ear measure the sound level of a tone at the quietest and the loudest setting; give the difference."
    ),
    "{} ({}): {} Mit dem Messgerät im Bild fotografieren.": "{} ({}): {} Photograph it with the meter in view.",
    "Das lässt sich nicht ein- und ausschalten. Das können: {}.": "This cannot be switched on and off. These can: {}.",
    "Die Lampe über der Tür: {}?": "The lamp above the door: {}?",
    "Die Ruftaste hat nichts gemeldet, auch nicht, dass niemand sie drückt.": (
        "The call button has reported nothing, not even that nobody presses it."
    ),
    "{} hat den Auftrag angenommen, als wäre nichts.": "{} took the order as if nothing were wrong.",
    "{} hat kein einziges Mal geschaltet.": "{} has not switched a single time.",
    "von {}": "of {}",
    "von {} Schaltungen": "of {} switchings",
    "das Sichtschutzglas": "the privacy glass",
    "die Ruftaste ist gemeldet": "the call button is reported",
    "Die Ruftaste ist schon gedrückt worden: Was sie meldet, kann davon kommen.": (
        "The call button was pressed already: what it reports may come of that."
    ),
    "ab dem Auftrag, das längste Mal": "from the order, the longest time",
    "Auf dem Bild ist {} Seite zu sehen.": "{} page is to be seen in the picture.",
    "Der Kamerakopf hat nichts beanstandet.": "The camera head has named nothing.",
    "Der Kamerakopf sagt etwas anderes: {}": "The camera head says something else: {}",
    "Ist wieder alles auf dem Tisch im Bild?": "Is everything on the table in the picture again?",
    "eine Taste": "a button",
    "eine Überschrift": "a heading",
    "Steht auf dem Bildschirm „{}“?": "Does “{}” stand on the screen?",
    "Unter der Dokumentenkamera ist die Strichtafel nicht zu erkennen.": (
        "The chart of strokes cannot be made out under the document camera."
    ),
    "ab der Berührung": "from the touch",
    "gemeldet ist {}": "reported is {}",
    "die Berührung ist gemeldet": "the touch is reported",
    "Ist ein gleichbleibender Ton zu hören?": "Is a steady tone to be heard?",
    "Ist vom Prüfton nichts mehr zu hören?": "Is nothing of the test tone to be heard any more?",
    "Das Mikrofon hat nichts gesendet.": "The microphone has sent nothing.",
    "Bevor gesprochen wurde, hat das Mikrofon nichts gesendet.": (
        "Before anybody spoke the microphone had sent nothing."
    ),
    "Die Ruftaste kurz drücken; an ihr hängt ein zweiter Kontakt, gebunden an den Türkontakt.": (
        "Press the call button briefly; a second contact hangs on it, bound to the door contact."
    ),
}
