"""What `lisa emulate` says of devices, acts and faults."""

from __future__ import annotations

EMULATED: dict[str, str] = {
    "Das Gerät läuft hier nicht, sondern: {}. Alle Geräte hat „booth“.": (
        "The device does not run here, but: {}. “booth” has all devices."
    ),
    "erwartet wird ein Ordner für die seriellen Leitungen, oder rfc2217://127.0.0.1:0": (
        "what is expected is a folder for the serial lines, or rfc2217://127.0.0.1:0"
    ),
    "--listen „{}“: {}.": "--listen “{}”: {}.",
    "--listen „{}“: So lauscht „{}“ nicht. Erwartet wird ein Pfad für das Pty": (
        "--listen “{}”: “{}” does not listen so. What is expected is a path for the pty"
    ),
    "--listen „{}“: So lauscht „{}“ nicht. Erwartet wird {}.": (
        "--listen “{}”: “{}” does not listen so. What is expected is {}."
    ),
    "Das Gerät „{}“ hat keine serielle Leitung; rfc2217:// können: {}.": (
        "The device “{}” has no serial line; rfc2217:// is for: {}."
    ),
    "Das Gerät „{}“ macht sich nicht bekannt; das können: {}.": (
        "The device “{}” does not announce itself; these can: {}."
    ),
    "--personality „{}“: Bei einer ganzen Kabine steht davor, welches Gerät: gerät=modell.": (
        "--personality “{}”: For a whole booth the device stands before it: device=model."
    ),
    "--personality „{}“: Das Gerät „{}“ hat die Kabine nicht.{}": (
        "--personality “{}”: The booth does not have the device “{}”.{}"
    ),
    "--act „{}“: „{}“ ist keine Angabe der Form name=wert.": "--act “{}”: “{}” is not of the form name=value.",
    "Das Gerät „{}“ gibt es nicht.{}": "There is no device “{}”.{}",
    "Was --act geschehen lassen kann": "What --act can let happen",
    "Was --faults kennt, jedes mit @2s, @2s+5s oder @1s..9s": ("What --faults knows, each with @2s, @2s+5s or @1s..9s"),
    "ohne Angaben": "without parameters",
    "Das Gerät „{}“ hat kein eigenes Tempo; es haben: {}.": "The device “{}” has no pace of its own; these have: {}.",
    "Das Gerät „{}“ hat keine Persönlichkeiten; es haben: {}.": "The device “{}” has no personalities; these have: {}.",
    "Das emulierte Gerät „{}“ ist nicht installiert.{}": "The emulated device “{}” is not installed.{}",
    "hat denselben Namen wie eines aus {}; eines der Pakete entfernen": (
        "has the same name as one of {}; remove one of the packages"
    ),
    "nennt keine Adresse, sondern {}": "names no address, but {}",
    "Das Gerät": "The device",
    "Die Störung": "The fault",
    "Den Steckplatz": "The slot",
    "{} „{}“ gibt es nicht.{}": "{} “{}” does not exist.{}",
    "„{}“ ist weder ja noch nein.": "“{}” is neither ja nor nein.",
    "„{}…“ gibt es nicht.": "“{}…” does not exist.",
    "„{}“: ein Blatt hat zwei Seiten.": "“{}”: a sheet has two sides.",
    "„{}“ sind keine Seiten: „mietvertrag:1,mietvertrag:2“ schreiben.": (
        "“{}” are no pages: write “mietvertrag:1,mietvertrag:2”."
    ),
    "Die Handlung „{}“ gibt es nicht.{}": "There is no act “{}”.{}",
    "Die Handlung „{}“ gibt es nicht. Bekannt: {}.": "There is no act “{}”. Known: {}.",
    "Der Handlung „{}“ fehlt die Angabe {}=… ({})": "The act “{}” lacks the parameter {}=… ({})",
    "Der Handlung „{}“ fehlt die Angabe {}=…": "The act “{}” lacks the parameter {}=…",
    "„{}“ ist keine ganze Zahl.": "“{}” is no whole number.",
    "„{}“ liegt nicht zwischen {} und {}.": "“{}” does not lie between {} and {}.",
    " Sie nimmt keine.": " It takes none.",
    "Die Handlung „{}“ kennt keine Angabe {}=….{}": "The act “{}” knows no parameter {}=….{}",
    "Die Handlung „{}“ kann das nicht: {}": "The act “{}” cannot do this: {}",
    "Die Handlung „{}“ kann mit ihren Angaben nichts anfangen: {}": "The act “{}” cannot use its parameters: {}",
    "distance_cm=140  so weit vom Radar": "distance_cm=140  so far from the radar",
    "document=mietvertrag  liegt unter der Kamera": "document=mietvertrag  lies under the camera",
    "page=mietvertrag:1  eine Seite": "page=mietvertrag:1  one page",
    "page=2  bei der wievielten Seite": "page=2  at which page",
    "duration_us=2000000  so viele Mikrosekunden lang": "duration_us=2000000  for so many microseconds",
    "jam=ja  und bleibt stecken": "jam=ja  and gets stuck",
    "pages=mietvertrag:1,mietvertrag:2  oder pages=mietvertrag; beidseitig mietvertrag:1/mietvertrag:2": (
        "pages=mietvertrag:1,mietvertrag:2  or pages=mietvertrag; both sides mietvertrag:1/mietvertrag:2"
    ),
    "colour=gruen  die Lampe": "colour=gruen  the lamp",
    "device=scanner  antwortet wieder": "device=scanner  answers again",
    "to=8192  wohin, in seinen Schritten": "to=8192  where to, in its steps",
    "recording=musterfrau  eine aufgezeichnete Unterschrift": "recording=musterfrau  a recorded signature",
    "visible=ja  auf dem Pad zu sehen": "visible=ja  to be seen on the pad",
    "on=ja  das Pad nimmt eine Unterschrift auf": "on=ja  the pad takes a signature",
    "button=erklaerung  die Taste auf dem Bildschirm": "button=erklaerung  the button on the screen",
    "opaque=ja  das Sichtschutzglas": "opaque=ja  the privacy glass",
    "slot=induction_loop  was daran hängt": "slot=induction_loop  what hangs on it",
    "device=scanner  antwortet nicht mehr": "device=scanner  answers no more",
    "fault=scanner.doppeleinzug  eine Störung tritt ein": "fault=scanner.doppeleinzug  a fault comes about",
    "fault=scanner.doppeleinzug  sie ist behoben": "fault=scanner.doppeleinzug  it is mended",
    "card=ausweis  oder speicherkarte, unlesbar: liegt auf dem Kartenleser": (
        "card=ausweis  or speicherkarte, unlesbar: lies on the card reader"
    ),
    "axis=zoom  oder pan, tilt: wie der Kamerakopf sich dreht": "axis=zoom  or pan, tilt: how the camera head turns",
    "duration_us=500000  wie lange das dauert": "duration_us=500000  how long it takes",
    "sheet=Kopie  ein Blatt des Druckers": "sheet=Kopie  a sheet of the printer",
    "on=ja  auf der Leitung des Lautsprechers spricht jemand": "on=ja  somebody speaks on the loudspeaker's line",
    "Die Welt ist weg: Das Programm, das sie beherbergt, hat sich beendet.": (
        "The world is gone: the program that hosts it has ended."
    ),
    "„{}“ ist keine Adresse einer Welt: erwartet wird tcp://127.0.0.1:Port.": (
        "“{}” is no address of a world: what is expected is tcp://127.0.0.1:PORT."
    ),
    "Unter {} ist keine Welt. Erst „lisa emulate“ starten; seine erste Zeile nennt die Adresse.": (
        "At {} is no world. Start “lisa emulate” first; its first line names the address."
    ),
    "Unter {} antwortet etwas anderes als eine Welt. Die Adresse prüfen.": (
        "At {} something else than a world answers. Check the address."
    ),
    "Das ist keine Handlung: {}": "This is no act: {}",
    "Das ist keine Handlung: erwartet werden id, act und args.": "This is no act: expected are id, act and args.",
    "Die Handlung {} gibt es nicht; bekannt: {}.": "There is no act {}; known: {}.",
    "Es ist schon jemand in der Kabine.": "Somebody is in the booth already.",
    "Es ist niemand in der Kabine. Bitte zuerst eintreten.": "Nobody is in the booth. Please enter first.",
    "Die gezeichnete Unterschrift ist zu lang. Bitte leeren und kürzer unterschreiben.": (
        "The drawn signature is too long. Please clear it and sign more briefly."
    ),
    "{}: eine ganze Zahl von {} bis {} wird gebraucht.": "{}: a whole number from {} to {} is needed.",
    "Diese Unterschrift kann der Stift nicht schreiben ({}).": "The pen cannot write this signature ({}).",
    "„draw_in“ geht nicht: Der Einzug ist leer.": "“draw_in” cannot be: the feeder is empty.",
    "„{}“ geht nicht: Niemand ist im Bürgerbüro (zuerst „enter“).": (
        "“{}” cannot be: nobody is in the booth (“enter” first)."
    ),
    "Erwartet wird NAME, NAME@2s, NAME@2s+5s oder NAME@1s..9s": (
        "What is expected is NAME, NAME@2s, NAME@2s+5s or NAME@1s..9s"
    ),
    "nach {} s {} {}": "after {} s {} {}",
    "Ein Gerät „{}“, das gestört sein kann, gibt es nicht.{}": "There is no device “{}” that can be disturbed.{}",
    "Die Störung „{}“ ist nicht zu verstehen. {}.": "The fault “{}” cannot be understood. {}.",
    "Die Störung „{}“ von „{}“ gibt es nicht.{}": "There is no fault “{}” of “{}”.{}",
    "In „{}“ ist „{}“ keine Zeit. {}; Einheiten: {}.": "In “{}”, “{}” is no time. {}; units: {}.",
    "Die Störung „{}“ endet vor ihrem Anfang.": "The fault “{}” ends before it begins.",
    "Die Störung „{}“ kann hier nicht eintreten: {}": "The fault “{}” cannot come about here: {}",
    "Keine Störung „{}“ kann hier eintreten: {}": "No fault “{}” can come about here: {}",
}

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
    "antwortet erst, wenn niemand mehr wartet": "answers only when nobody waits any more",
    "antwortet nicht mehr": "answers no more",
    "antwortet unter einer anderen Nummer": "answers under another number",
    "arbeitet für andere": "works for others",
    "arbeitet für jemand anderen": "works for somebody else",
    "beginnt mitten in der Unterschrift neu": "restarts in the middle of the signature",
    "bleibt gedrückt": "stays pressed",
    "bricht das Bild ab, unter dem unterschrieben werden soll": "breaks off the picture under which is to be signed",
    "bricht jeden Auftrag ab": "breaks off every job",
    "bricht mitten in der Seite ab": "breaks off in the middle of the page",
    "brummt": "hums",
    "druckt nur die halbe Seite": "prints half of the page only",
    "fasst das Blatt nicht": "does not grip the sheet",
    "gibt keinen Kontakt mehr": "makes no contact any more",
    "hat die Klappe offen": "has its cover open",
    "hat einen Papierstau": "has a paper jam",
    "hat kein Papier mehr": "has no paper left",
    "hat keinen Toner mehr": "has no toner left",
    "hält den Vorhang für jemanden": "takes the curtain for somebody",
    "ist abgesteckt": "is unplugged",
    "ist abgezogen": "is pulled out",
    "ist angehalten": "is stopped",
    "ist im Konfigurationsmodus stehen geblieben": "is stuck in its configuration mode",
    "kracht und übersteuert": "crackles and overdrives",
    "lehnt ab, eine Unterschrift aufzunehmen": "refuses to take a signature",
    "lehnt jede Frage ab": "refuses every question",
    "leuchtet nicht mehr": "does not light any more",
    "liefert die Seiten auf dem Kopf": "delivers the pages upside down",
    "liefert eine Seite ohne Inhalt": "delivers a page without content",
    "liefert leere Seiten": "delivers empty pages",
    "löscht seine Anzeige nicht": "does not clear its display",
    "meldet den Stift als aufgesetzt, obwohl er weg ist": "reports the pen as down although it is away",
    "meldet die Tür immer als geschlossen": "always reports the door as closed",
    "meldet die Tür immer als offen": "always reports the door as open",
    "meldet immer wieder kurz jemanden in 0 cm Entfernung": "now and then reports somebody at 0 cm for a moment",
    "meldet weiter jemanden, der gegangen ist": "goes on reporting somebody who has left",
    "misst sein Grundrauschen ein": "measures its noise floor",
    "nennt falsche Längen": "tells wrong lengths",
    "nennt für seine Seiten ein falsches Format": "tells a wrong format for its pages",
    "nimmt keinen Befehl an, weil er schon zwei ausführt": "takes no command, as it carries out two already",
    "prellt": "bounces",
    "schickt falsche Prüfsummen": "sends wrong checksums",
    "schläft und überhört die erste Frage": "sleeps and misses the first question",
    "sendet Byte für Byte": "sends byte by byte",
    "sendet einzelne Bits falsch": "sends single bits wrong",
    "sendet in Bruchstücken": "sends in fragments",
    "sieht niemanden mehr": "sees nobody any more",
    "spürt den Stift, aber keine Berührung": "feels the pen, but no touch",
    "startet alle paar Sekunden neu": "restarts every few seconds",
    "staut das nächste Blatt": "jams the next sheet",
    "steckt an einem anderen Anschluss": "is plugged into another port",
    "steht offen": "stands open",
    "stockt mitten in einer Meldung": "stalls in the middle of a report",
    "vergisst seinen Auftrag": "forgets its job",
    "verliert immer wieder kurz, wen er sieht": "loses for a moment whom it sees, now and then",
    "verliert mitten in der Unterschrift Meldungen": "loses reports in the middle of the signature",
    "verschlüsselt nicht, obwohl es soll": "does not encrypt although it should",
    "vertröstet bei jeder Frage auf später": "puts off every question till later",
    "wacht nicht aus dem Ruhezustand auf": "does not wake from sleep",
    "zeigt halb so große Bilder": "shows pictures of half the size",
    "zeigt nur Grün": "shows green only",
    "zeigt nur Schwarz": "shows black only",
    "zeigt nur ein Bild je Sekunde": "shows one picture per second only",
    "zieht das Blatt schief ein": "draws in the sheet askew",
    "zählt die Zeit über das Ende seines Zählers hinaus": "counts time beyond the end of its counter",
}
"""What may be wrong with a device, as scenarios and plans of faults say it; without its name."""
