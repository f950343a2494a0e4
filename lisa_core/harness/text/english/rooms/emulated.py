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
