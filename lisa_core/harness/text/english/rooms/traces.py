"""What is said of recordings, while they are made, read and played."""

from __future__ import annotations

TRACES: dict[str, str] = {
    "Aufnahme läuft: {}. Ende mit Strg-C.": "Recording: {}. Ctrl-C ends it.",
    "{}: {} Einträge. Nachspielen: {}": "{}: {} entries. Replay it: {}",
    "{}: Den Steckplatz „{}“ gibt es darin nicht.{}": "{}: There is no slot “{}” in it.{}",
    "{} spricht über keine Leitung, die sich aufnehmen lässt (Bild, Ton oder eine Seite).": (
        "{} speaks over no line that can be recorded (picture, sound or a page)."
    ),
    "{}: slots.{} spielt schon eine Aufzeichnung. Ein Gerät angeben.": (
        "{}: slots.{} plays a recording already. Name a device."
    ),
    "{}: Das Profil bindet {} an Geräte. Mit --slot einen nennen.": (
        "{}: The profile binds {} to devices. Name one by --slot."
    ),
    "keinen": "none",
    "ohne Kennung": "without identity",
    "„{}“: Hinter „{}“ fehlt die Datei. Erwartet wird zum Beispiel {}": (
        "“{}”: Behind “{}” the file is missing. What is expected is for example {}"
    ),
    "Die Aufzeichnung ist vom Treiber „{}“; hier steht „{}“. driver berichtigen.": (
        "The recording is of the driver “{}”; here is “{}”. Mend driver."
    ),
    "Die Aufzeichnung ist von {}, nicht von {}. Eine Aufzeichnung dieses Steckplatzes nehmen.": (
        "The recording is of {}, not of {}. Take a recording of this slot."
    ),
    "„{}“: Die Angabe „{}“ gibt es nicht.{}": "“{}”: There is no parameter “{}”.{}",
    "„{}“: {} ist {}, nicht „{}“.": "“{}”: {} is {}, not “{}”.",
    "bewegt bei {} cm": "moving at {} cm",
    "ruhig bei {} cm": "still at {} cm",
    "wartet auf Blätter im Einzug": "waits for sheets in the feeder",
    "ist da; druckt eine Testseite": "is there; prints a test page",
    "Testseite übernommen": "test page taken",
    "Testseite": "test page",
    "Auftrag zu Ende": "job ended",
    "an (offen oder gedrückt)": "on (open or pressed)",
    "aus (zu oder losgelassen)": "off (closed or released)",
    "eine Seite, {}, {} dpi": "one page, {}, {} dpi",
    "{}: jetzt schreiben": "{}: write now",
    "Grundstellung: {}": "rest position: {}",
    "gedreht: {}": "turned: {}",
    "Lampe: {}": "lamp: {}",
    "Karte: {}": "card: {}",
    "Stift unten": "pen down",
    "Stift oben": "pen up",
    "{}: Die Aufzeichnung lässt sich nicht schreiben ({}).": "{}: The recording cannot be written ({}).",
    "einen neuen Anschluss": "a new connection",
    "{}: Verbindung abgebrochen (in der Zeit kam keine Antwort)": "{}: connection broken off (no answer came in time)",
    "{}: die Antwort hat mehr als {} Bytes": "{}: the answer has more than {} bytes",
    "{}: So steht es in der Aufzeichnung.": "{}: So it is in the recording.",
    "so steht es in der Aufzeichnung": "so it is in the recording",
    "selbst geschlossen": "closed by itself",
    "Die Datei ist verändert: noch einmal aufnehmen oder das Original holen.": (
        "The file was changed: record it again or get the original."
    ),
    "Das Ende fehlt: Die Aufnahme wurde abgebrochen.": "The end is missing: the recording was broken off.",
    "Das ist keine Aufzeichnung von LISA ({}).": "This is no recording of LISA ({}).",
    "Das ist keine Zeile einer Aufzeichnung. {}": "This is no line of a recording. {}",
    "{}: Die Aufzeichnung lässt sich nicht lesen ({}).": "{}: The recording cannot be read ({}).",
    "{}: Hier sollten {} Einträge stehen, es sind {}. {}": "{}: Here should be {} entries; there are {}. {}",
    "{}: Hinter dem Ende steht noch etwas. {}": "{}: Something follows the end. {}",
    "{}: Das ist keine Aufzeichnung von LISA ({}).": "{}: This is no recording of LISA ({}).",
    "{}: format = {} liest diese Version nicht; sie liest {}. LISA erneuern.": (
        "{}: This version does not read format = {}; it reads {}. Update LISA."
    ),
    "ein Teil ist weder hex noch text, picture oder blank": "a part is neither hex nor text, picture or blank",
    "ein Bild von {} mal {} Punkten ist zu groß oder keines": "a picture of {} by {} pixels is too large or none",
    "grey und whole sind true oder false": "grey and whole are true or false",
    "{} ist keine Tabelle": "{} is no table",
    "{} ist kein Text": "{} is no text",
    "{} ist keine Zahl von 0 bis {}": "{} is no number from 0 to {}",
    "{}: Die Aufzeichnung hat mehr als {} Bytes. Eine kürzere aufnehmen.": (
        "{}: The recording has more than {} bytes. Make a shorter one."
    ),
    "Zeile {} bricht ab; gelesen ist bis dahin.": "Line {} breaks off; it was read until there.",
    "{}: Im Kopf der Aufzeichnung fehlt oder stimmt nicht: {}. {}": (
        "{}: Missing or wrong in the head of the recording: {}. {}"
    ),
    "die Zeit t = {} liegt vor der vorigen oder ist keine": "the time t = {} lies before the one before, or is none",
    "die Nummer n fehlt": "the number n is missing",
    "{}: {} fehlt oder ist unbekannt. {}": "{}: {} is missing or unknown. {}",
    "„{}“ ist weder Text noch Zahl": "“{}” is neither text nor number",
    "parts ist keine Liste, oder zu lang": "parts is no list, or too long",
    "{}: Mehr als {} Zeilen. Eine kürzere Aufzeichnung nehmen.": "{}: More than {} lines. Take a shorter recording.",
    "nicht abgewartet": "not waited for",
    "Aufzeichnung {}: Der Treiber fragt anders; {}; gekommen ist: {}.{}": (
        "Recording {}: The driver asks otherwise; {}; what came is: {}.{}"
    ),
    "Aufzeichnung {}: Danach wird in ihr nirgends gefragt: {}. Eine aufnehmen, in der das vorkommt.": (
        "Recording {}: Nowhere in it is this asked: {}. Make one in which it occurs."
    ),
    "dort steht: {}": "there it says: {}",
    " Der erste Unterschied ist Byte {}.": " The first difference is byte {}.",
    "dort ist die Aufzeichnung zu Ende": "there the recording ends",
    "Aufzeichnung {}: Von hier an wurde nichts mehr gefragt.": "Recording {}: From here on nothing more was asked.",
    "Aufzeichnung {}": "Recording {}",
}
