"""The scenarios of `features/geraete` in English: names, steps, and the measures of which they speak."""

from __future__ import annotations

NAMES: dict[str, str] = {
    "Was ein ganzes Bürgerbüro zeigt": "What a whole booth shows",
    "Die Tür ist breit genug": "The door is wide enough",
    "Die Tür ist hoch genug": "The door is high enough",
    "Es gibt keine Schwelle, über die ein Rollstuhl nicht kommt": "There is no sill that a wheelchair cannot pass",
    "Der Türgriff ist im Sitzen zu erreichen": "The door handle can be reached sitting",
    "Im Bürgerbüro kann ein Rollstuhl wenden": "A wheelchair can turn in the booth",
    "Auch vor der Tür kann ein Rollstuhl wenden": "A wheelchair can turn in front of the door, too",
    "Was man bedienen muss, hängt nicht zu hoch": "What has to be operated is not too high",
    "Was man bedienen muss, liegt nicht zu tief": "What has to be operated is not too low",
    "Vor dem Tisch ist Platz für einen Rollstuhl": "In front of the table there is room for a wheelchair",
    "Der Bildschirm ist groß": "The screen is large",
    "Man sieht einander an": "People look at each other",
    "Was ein Drucker zeigt": "What a printer shows",
    "Das erste Blatt liegt in angemessener Zeit da": "The first sheet is there within reasonable time",
    "Das Blatt liegt ganz und lesbar im Fach, und nur dieses": "The sheet lies in the tray whole and legible, alone",
    "Fällt er aus, so wird er alsbald genannt": "When it fails, it is named soon",
    "Ein anderes Gerät unter seiner Adresse wird als solches genannt": "Another device at its address is named as such",
    "Was ein Kartenleser zeigt": "What a card reader shows",
    "Eine Karte, die daliegt, wird alsbald gemeldet": "A card that lies there is reported soon",
    "Er unterscheidet, was daliegt, und bemerkt, dass nichts mehr daliegt": (
        "It tells what lies there, and notices that nothing lies there any more"
    ),
    "Was die Kamera zeigt, die die Person zeigt": "What the camera shows that shows the person",
    "Sie liefert Bilder oft genug": "It delivers pictures often enough",
    "Ihre Bilder sind groß genug": "Its pictures are large enough",
    "Fällt sie aus, so wird sie alsbald genannt": "When it fails, it is named soon",
    "Was ein Präsenzsensor zeigt": "What a presence sensor shows",
    "Wer eintritt, wird alsbald gemeldet": "Whoever enters is reported soon",
    "Wer gegangen ist, wird nicht mehr gemeldet": "Whoever has left is no longer reported",
    "Wer zehn Minuten still sitzt, bleibt gemeldet": "Whoever sits still for ten minutes remains reported",
    "Zehn Minuten lang wird in einem leeren Bürgerbüro niemand gemeldet": (
        "For ten minutes nobody is reported in an empty booth"
    ),
    "Wer an der am weitesten entfernten Stelle steht, wird gemeldet": (
        "Whoever stands at the farthest place is reported"
    ),
    "Die gemeldete Entfernung stimmt": "The reported distance is right",
    "Er meldet oft genug, dass ein Ausfall auffällt": "It reports often enough for an outage to be noticed",
    "Aus Störungen auf der Leitung wird keine Person": "Disturbances on the line do not become a person",
    "Ein anderes Gerät an seinem Anschluss wird als solches genannt": "Another device at its port is named as such",
    "Was ein Scanner zeigt": "What a scanner shows",
    "Jedes Blatt, das im Einzug liegt, kommt an": "Each sheet that lies in the feeder arrives",
    "Eine Seite ist in angemessener Zeit da": "A page is there within reasonable time",
    "Die Auflösung, die er nennt, hat das Bild auch": "The picture has the resolution that it names",
    "Striche von einem halben Millimeter heben sich ab": "Strokes of half a millimetre stand out",
    "Ein leerer Einzug wird als leer genannt": "An empty feeder is named as empty",
    "Ein Papierstau wird genannt, und die Seiten davor bleiben gut": (
        "A paper jam is named, and the pages before it remain good"
    ),
    "Zwei Blätter zugleich werden bemerkt": "Two sheets at once are noticed",
    "Was ein Türkontakt zeigt": "What a door contact shows",
    "Geht die Tür auf, so wird das sofort gemeldet": "When the door opens, this is reported at once",
    "Von zehn Malen Öffnen und Schließen wird keines verpasst": "Of ten times opening and closing none is missed",
    "Zehn Minuten lang meldet er an einer Tür, die niemand anrührt, nichts": (
        "For ten minutes it reports nothing at a door that nobody touches"
    ),
    "Was ein Unterschriftenpad zeigt": "What a signature pad shows",
    "Ein Strich am Lineal kommt ohne Lücke, oft und fein genug": (
        "A stroke along a ruler arrives without gaps, often and finely enough"
    ),
    "Der Druck des Stifts wird fein genug gemessen": "The pressure of the pen is measured finely enough",
    "Danach ist auf dem Pad nichts mehr zu sehen": "Afterwards nothing is to be seen on the pad any more",
    "Fällt es aus, so wird es alsbald genannt": "When it fails, it is named soon",
}
"""Of features and scenarios."""

STEPS: dict[str, str] = {
    "das Bürgerbüro {ort:Standort} ist geöffnet": "the booth {ort:Standort} is open",
    "liegt {was:Messgröße} in der Grenze": "{was:Messgröße} is within its limit",
    "{wer:Mitarbeiterin} {stelle:VonStelle} ist bereit": "{wer:Mitarbeiterin} {stelle:VonStelle} is ready",
    "{wer:Mitarbeiterin} das Gespräch annimmt": "{wer:Mitarbeiterin} takes the call",
    "{wer:Bürgerin} das Bürgerbüro betritt": "{wer:Bürgerin} enters the booth",
    "{wer:Bürgerin} das Bürgerbüro verlässt": "{wer:Bürgerin} leaves the booth",
    "{wer:Bürgerin} Platz nimmt": "{wer:Bürgerin} sits down",
    "{wer:Bürgerin} {dauer:Dauer} lang still sitzt": "{wer:Bürgerin} sits still for {dauer:Dauer}",
    "{dauer:Dauer} vergehen": "{dauer:Dauer} go by",
    "jemand {abstand:Zahl} cm vor dem Präsenzsensor stehen bleibt": (
        "somebody stops {abstand:Zahl} cm in front of the presence sensor"
    ),
    "bleibt das Bürgerbüro {dauer:Dauer} lang frei": "the booth remains free for {dauer:Dauer}",
    "{wer:Bürgerin} {was:Testpapier} in den Scanner legt": "{wer:Bürgerin} lays {was:Testpapier} into the scanner",
    "der Scanner {seiten:Seiten} einliest": "the scanner reads {seiten:Seiten}",
    "nennt der Scanner selbst {was:Text}": "the scanner itself names {was:Text}",
    "hat der Scanner {seiten:Seiten} geliefert": "the scanner has delivered {seiten:Seiten}",
    "im Scanner staut sich Seite {seite:Seitenzahl}": "page {seite:Seitenzahl} jams in the scanner",
    "{wer:Bürgerin} einen Ausweis auf den Kartenleser legt": "{wer:Bürgerin} lays an identity card on the card reader",
    "{wer:Bürgerin} eine Speicherkarte auf den Kartenleser legt": (
        "{wer:Bürgerin} lays a memory card on the card reader"
    ),
    "{wer:Bürgerin} alles vom Kartenleser nimmt": "{wer:Bürgerin} takes everything off the card reader",
    "meldet der Kartenleser {wem:Mitarbeiterin} {was:Text}": (
        "the card reader reports {was:Text} to {wem:Mitarbeiterin}"
    ),
    "auf dem Unterschriftenpad ein Strich am Lineal gezogen wird": (
        "a stroke is drawn along a ruler on the signature pad"
    ),
    "ist das Unterschriftenpad nach der Messung leer": "the signature pad is empty after the measurement",
    "der Drucker ein Testblatt druckt": "the printer prints a test sheet",
    "der Drucker ein Testblatt zu drucken versucht": "the printer tries to print a test sheet",
    "liegt das Testblatt lesbar im Drucker": "the test sheet lies legible in the printer",
    "die Kamera {dauer:Dauer} lang läuft": "the camera runs for {dauer:Dauer}",
    "die Tür mit dem zweiten Kontakt aufgeht": "the door with the second contact opens",
    "die Tür {oft:Zahl}-mal auf- und zugeht": "the door opens and closes {oft:Zahl} times",
    "fällt auf, wenn dort ein anderes Gerät hängt als {geraet:Geraet}": (
        "it is noticed when another device than {geraet:Geraet} hangs there"
    ),
    "{geraet:Geraet} ausfällt": "{geraet:Geraet} fails",
}
"""Of steps, each under the pattern of its definition; those of a fault are made of `FAULTS`."""

FAULTS: dict[str, str] = {
    "sendet Unsinn zwischen den Meldungen": "sends garbage between its reports",
    "bricht Meldungen in der Mitte ab": "breaks off reports in their middle",
    "zieht zwei Blätter zugleich ein": "draws in two sheets at once",
}
"""What may be wrong with a device, as scenarios say it."""

WORDS: dict[str, str] = {
    "die Bürgerin": "the citizen",
    "der Bürger": "the citizen",
    "den Mietvertrag": "the tenancy agreement",
    "die Strichtafel": "the chart of strokes",
    "vom LISA-Team": "of the LISA team",
    "der Türkontakt": "the door contact",
    "der Präsenzsensor": "the presence sensor",
    "der Scanner": "the scanner",
    "der Drucker": "the printer",
    "die Kamera": "the camera",
    "der Kartenleser": "the card reader",
    "das Unterschriftenpad": "the signature pad",
    "{} Minuten": "{} minutes",
    "{} Seiten": "{} pages",
    "eine Seite": "one page",
    "eine Karte mit Chip": "a card with a chip",
    "keine Karte": "no card",
    "eine Speicherkarte": "a memory card",
    "leerer Einzug": "empty feeder",
    "Papierstau": "paper jam",
    "Doppeleinzug": "double feed",
    "offene Klappe": "open cover",
}
"""What may stand in them."""

MEASURES: dict[str, str] = {
    "Breite der Tür": "width of the door",
    "Höhe der Tür": "height of the door",
    "Höhe der Schwelle": "height of the sill",
    "Höhe des Türgriffs": "height of the door handle",
    "Fläche zum Wenden": "area for turning",
    "Fläche vor der Tür": "area in front of the door",
    "Höchstes Bedienelement": "highest control",
    "Tiefstes Bedienelement": "lowest control",
    "Fläche vor dem Tisch": "area in front of the table",
    "Diagonale des Bildschirms": "diagonal of the screen",
    "Augenlinie": "eye line",
    "Zeit bis zum ersten Blatt": "time until the first sheet",
    "Fehlende Blätter": "missing sheets",
    "Ausfall des Druckers": "outage of the printer",
    "Meldung der Karte": "report of the card",
    "Ausfall des Kartenlesers": "outage of the card reader",
    "Bildrate der Kamera": "frame rate of the camera",
    "Bildgröße der Kamera": "picture size of the camera",
    "Ausfall der Kamera": "outage of the camera",
    "Meldung des Eintretens": "report of entering",
    "Meldung des Verlassens": "report of leaving",
    "Stilles Sitzen": "sitting still",
    "Fehlalarme": "false alarms",
    "Reichweite": "range",
    "Gemeldete Entfernung": "reported distance",
    "Takt der Meldungen": "rate of reports",
    "Ausfall des Präsenzsensors": "outage of the presence sensor",
    "Fehlende Seiten": "missing pages",
    "Zeit je Seite": "time per page",
    "Maßstab des Scans": "scale of the scan",
    "Kontrast feiner Striche": "contrast of fine strokes",
    "Ausfall des Scanners": "outage of the scanner",
    "Meldung der offenen Tür": "report of the open door",
    "Verpasste Türbewegungen": "missed movements of the door",
    "Falsche Türmeldungen": "false reports of the door",
    "Ausfall des Türkontakts": "outage of the door contact",
    "Abtastung": "sampling",
    "Lücken im Strich": "gaps in the stroke",
    "Auflösung des Pads": "resolution of the pad",
    "Druckstufen": "levels of pressure",
    "Ausfall des Unterschriftenpads": "outage of the signature pad",
}
"""What is measured at devices, by the names that `steps.devices` has for it."""
