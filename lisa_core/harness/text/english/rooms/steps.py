"""What the scenarios of `features/geraete` say in their steps, in English, and the measures of which they speak."""

from __future__ import annotations

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
    "ist auf dem Bildschirm zu sehen, was dort stehen soll": "what should stand on the screen is to be seen there",
    "auf dem Bildschirm eine Taste berührt wird": "a button on the screen is touched",
    "{wer:Bürgerin} {was:Testpapier} unter die Kamera legt": "{wer:Bürgerin} lays {was:Testpapier} under the camera",
    "die Dokumentenkamera {dauer:Dauer} lang läuft": "the document camera runs for {dauer:Dauer}",
    "ist auf dem Bild der Dokumentenkamera {seiten:Seiten} zu sehen": (
        "{seiten:Seiten} is to be seen in the picture of the document camera"
    ),
    "alles wieder vom Tisch genommen wird": "everything is taken off the table again",
    "{geraet:Geraet} {oft:Zahl}-mal ein- und ausgeschaltet wird": (
        "{geraet:Geraet} is switched on and off {oft:Zahl} times"
    ),
    "{geraet:Geraet} zu schalten versucht wird": "somebody tries to switch {geraet:Geraet}",
    "{wer:Mitarbeiterin} {wen:Bürgerin} begrüßt": "{wer:Mitarbeiterin} greets {wen:Bürgerin}",
    "hört {wer:Bürgerin} {wen:Mitarbeiterin} über die Induktionsschleife": (
        "{wer:Bürgerin} hears {wen:Mitarbeiterin} through the induction loop"
    ),
    "der Kamerakopf in jede Richtung und wieder zurück fährt": "the camera head moves in each direction and back again",
    "nennt der Kamerakopf selbst, dass er nicht dort ist, wohin er sollte": (
        "the camera head itself says that it is not where it should be"
    ),
    "steht der Kamerakopf dort, wohin er sollte, oder er sagt, dass nicht": (
        "the camera head stands where it should, or says that it does not"
    ),
    "die Lampe jede ihrer Farben zeigt": "the lamp shows each of its colours",
    "der Lautsprecher einen Prüfton spielt": "the loudspeaker plays a test tone",
    "ist vom Prüfton nichts mehr zu hören": "nothing of the test tone is to be heard any more",
    "{dauer:Dauer} lang in das Mikrofon gesprochen wird": "somebody speaks into the microphone for {dauer:Dauer}",
    "die Ruftaste mit dem zweiten Kontakt gedrückt wird": "the call button with the second contact is pressed",
    "die Ruftaste {oft:Zahl}-mal gedrückt wird": "the call button is pressed {oft:Zahl} times",
    "sagt die Einheit an der Tür, dass sich {geraet:Geraet} nicht schalten lässt": (
        "the unit at the door says that {geraet:Geraet} cannot be switched"
    ),
}
"""Of steps, each under the pattern of its definition; those of a fault are made of `FAULTS`."""

FAULTS: dict[str, str] = {
    "sendet Unsinn zwischen den Meldungen": "sends garbage between its reports",
    "bricht Meldungen in der Mitte ab": "breaks off reports in their middle",
    "zieht zwei Blätter zugleich ein": "draws in two sheets at once",
    "zeigt immer dasselbe Bild": "always shows the same picture",
    "bewegt sich nicht mehr": "does not move any more",
    "nimmt einen Befehl an und führt ihn nicht aus": "takes a command and does not carry it out",
    "bleibt, wie sie ist": "stays as it is",
    "ist stummgeschaltet": "is muted",
    "hört nichts und sendet nur Stille": "hears nothing and sends silence only",
    "schaltet nicht mehr um": "does not switch any more",
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
    "der Bildschirm": "the screen",
    "die Dokumentenkamera": "the document camera",
    "die Induktionsschleife": "the induction loop",
    "der Kamerakopf": "the camera head",
    "die Lampe": "the lamp",
    "der Lautsprecher": "the loudspeaker",
    "das Mikrofon": "the microphone",
    "die Ruftaste": "the call button",
    "das Sichtschutzglas": "the privacy glass",
    "keine Seite": "no page",
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
    "Abstand der Stimme zum Rauschen": "distance of the voice from the noise",
    "Abweichung der Feldstärke": "deviation of the field strength",
    "Abweichung des Kamerakopfs": "deviation of the camera head",
    "Abweichung im Frequenzgang": "deviation in the frequency response",
    "Auflösung der Dokumentenkamera": "resolution of the document camera",
    "Ausfall der Dokumentenkamera": "outage of the document camera",
    "Ausfall der Induktionsschleife": "outage of the induction loop",
    "Ausfall der Lampe": "outage of the lamp",
    "Ausfall der Ruftaste": "outage of the call button",
    "Ausfall des Bildschirms": "outage of the screen",
    "Ausfall des Kamerakopfs": "outage of the camera head",
    "Ausfall des Lautsprechers": "outage of the loudspeaker",
    "Ausfall des Mikrofons": "outage of the microphone",
    "Ausfall des Sichtschutzglases": "outage of the privacy glass",
    "Bildrate der Dokumentenkamera": "frame rate of the document camera",
    "Einsatz des Prüftons": "onset of the test tone",
    "Fahrzeit des Kamerakopfs": "travel time of the camera head",
    "Falsche Tastendrücke": "false presses",
    "Höchste Taste des Bildschirms": "highest button of the screen",
    "Höhe der Ruftaste": "height of the call button",
    "Kontrast unter der Dokumentenkamera": "contrast under the document camera",
    "Kraft zum Drücken": "force for pressing",
    "Lücken im Ton": "gaps in the sound",
    "Meldung der Berührung": "report of the touch",
    "Meldung der Ruftaste": "report of the call button",
    "Schaltzeit des Glases": "switching time of the glass",
    "Stellbereich der Lautstärke": "range of the volume",
    "Störabstand der Schleife": "signal-to-noise ratio of the loop",
    "Verpasste Farben der Lampe": "missed colours of the lamp",
    "Verpasste Schaltungen der Schleife": "missed switchings of the loop",
    "Verpasste Schaltungen des Glases": "missed switchings of the glass",
    "Verpasste Tastendrücke": "missed presses",
    "Übersteuerung": "overdrive",
}
"""What is measured at devices, by the names that `steps.devices` has for it."""
