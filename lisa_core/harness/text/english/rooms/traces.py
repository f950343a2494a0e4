"""What is said of recordings, while they are made, read and played."""

from __future__ import annotations

TRACES: dict[str, str] = {
    "Aufnahme läuft: {}. Ende mit Strg-C.": "Recording: {}. Ctrl-C ends it.",
    "{}: {} Einträge. Nachspielen: {}": "{}: {} entries. Replay it: {}",
    "{}: Den Steckplatz „{}“ gibt es darin nicht.{}": "{}: There is no slot “{}” in it.{}",
    "{} spricht über keine Leitung, die sich aufnehmen lässt (Bild, Ton oder eine Seite): Was es liefert, ist die "
    'Person selbst. Für Szenarien ohne das Gerät binding = "emulator" nehmen.': (
        "{} speaks over no line that can be recorded (picture, sound or a page): what it gives is the person. For "
        'scenarios without the device take binding = "emulator".'
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
    "Die Aufzeichnung ist von {} ({}), nicht von {}. Eine Aufzeichnung dieses Steckplatzes nehmen.": (
        "The recording is of {} ({}), not of {}. Take a recording of this slot."
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
    "--driver und --port gelten nur für einen Mitschnitt (--from DATEI).": (
        "--driver and --port are for a capture only (--from FILE)."
    ),
    "Es fehlt --profile (das Gerät) oder --from (ein Mitschnitt).": (
        "--profile (the device) or --from (a capture) is missing."
    ),
    "--from braucht --slot: In welchen Steckplatz gehört das Gerät (scanner, printer, presence, door ...)?": (
        "--from needs --slot: to which slot does the device belong (scanner, printer, presence, door ...)?"
    ),
    "{}: {}, gelesen mit dem Treiber {}; ein Mitschnitt gilt nie als echt.": (
        "{}: {}, read by the driver {}; a capture never counts as real."
    ),
    "{} spricht über keine Leitung, die sich mitschneiden lässt (Bild, Ton oder eine Seite).": (
        "{} speaks over no line that can be captured (picture, sound or a page)."
    ),
    "gelesen mit dem Treiber {}; ein Mitschnitt gilt nie als echt.": (
        "read by the driver {}; a capture never counts as real."
    ),
    "keiner, der über etwas spricht, was in einem Mitschnitt steht": "none that speaks over what a capture holds",
    "{}: Es passt {}. Mit --driver einen nennen.": "{}: What fits is {}. Name one by --driver.",
    "--slot {}: Den Steckplatz gibt es nicht.{}": "--slot {}: There is no such slot.{}",
    "Der Treiber „{}“ kann {} nicht. Es passt: {}.": "The driver “{}” cannot do {}. What fits: {}.",
    "Der Treiber „{}“ spricht über nichts, was in einem Mitschnitt steht.": (
        "The driver “{}” speaks over nothing that a capture holds."
    ),
    "In keinem der {} Pakete steht {} (sie sind: {}). An Ethernet oder, mit usbmon oder USBPcap, an USB "
    "mitschneiden.": (
        "None of the {} packets holds {} (they are: {}). Capture on Ethernet or, by usbmon or USBPcap, on USB."
    ),
    "Der Mitschnitt ist leer. Noch einmal mitschneiden, während mit dem Gerät gesprochen wird.": (
        "The capture is empty. Capture again while somebody talks to the device."
    ),
    "Darin steht nur {}; der Treiber spricht über {}. --slot oder --driver prüfen.": (
        "It holds only {}; the driver speaks over {}. Check --slot or --driver."
    ),
    "USB ohne Daten einer seriellen Leitung": "USB without data of a serial line",
    "Darin stehen mehrere Geräte: {}. Mit --port eines nennen (Port, Rechner:Port).": (
        "It holds several devices: {}. Name one by --port (port, host:port)."
    ),
    "„{}“ steht nicht darin; darin stehen {}. --port berichtigen.": "“{}” is not in it; in it are {}. Mend --port.",
    "Die Verbindung von {} zu {} ist nicht zu lesen: {}.": "The connection from {} to {} cannot be read: {}.",
    "eine Antwort nennt eine Adresse, die keine ist": "an answer names an address that is none",
    "das ist kein HTTP": "this is no HTTP",
    "vor Paket {} fehlen {} Bytes": "before packet {} are {} bytes missing",
    "Eine Verbindung lässt sich nicht zuordnen: {}.": "A connection cannot be attributed: {}.",
    "die Verbindung endete (im Mitschnitt)": "the connection ended (in the capture)",
    "{}: In der Verbindung von {} {}; sie gilt bis dahin.": "{}: In the connection of {} {}; it counts until there.",
    "{}: {} Pakete sind gekürzt (snaplen).": "{}: {} packets are cut short (snaplen).",
    "Mit {} wurde verbunden, aber nichts gesprochen. Länger mitschneiden.": (
        "{} was connected to, but nothing was said. Capture for longer."
    ),
    "Was mit {} gesprochen wurde, ist verschlüsselt (TLS); der Schlüssel steht nicht darin. Das Gerät ohne TLS "
    "ansprechen (http, ipp), oder mit lisa record am Gerät aufnehmen.": (
        "What was said with {} is encrypted (TLS); the key is not in it. Talk to the device without TLS (http, ipp), "
        "or record it at the device by lisa record."
    ),
    "Von {} wurde nichts über {} gefragt. --port oder --driver prüfen.": (
        "{} was asked nothing over {}. Check --port or --driver."
    ),
    "Im Gerät {} setzt ein Wandler von FTDI eigene Bytes dazwischen. Am Gerät aufnehmen.": (
        "In the device {} a converter of FTDI puts bytes of its own between. Record it at the device."
    ),
    "{} verschlüsselte Verbindungen (TLS) mit {} fehlen.": "{} encrypted connections (TLS) with {} are missing.",
    "Darin stehen mehr als {} Verbindungen. Nur das eine Gerät mitschneiden.": (
        "It holds more than {} connections. Capture the one device only."
    ),
    "Der Mitschnitt ist beschädigt: Kein Paket darin lässt sich lesen. Noch einmal mitschneiden.": (
        "The capture is damaged: no packet of it can be read. Capture again."
    ),
    "mitten in einem Paket ab": "off in the middle of a packet",
    "ab, weil er beschädigt ist": "off, as it is damaged",
    "{}: Der Mitschnitt bricht {}; gelesen ist er bis Paket {}.": (
        "{}: The capture breaks {}; it was read up to packet {}."
    ),
    "Der Mitschnitt bricht ab, bevor ein Paket ganz ist. Noch einmal mitschneiden.": (
        "The capture breaks off before a packet is whole. Capture again."
    ),
    "Von welcher Leitung er ist, weiß {} nicht (link type). An Ethernet oder USB mitschneiden.": (
        "Of which line it is, {} does not know (link type). Capture on Ethernet or USB."
    ),
    "{}: Das ist kein Mitschnitt (pcapng oder pcap). Erwartet wird, was Wireshark, dumpcap oder tcpdump speichern.": (
        "{}: This is no capture (pcapng or pcap). Expected is what Wireshark, dumpcap or tcpdump save."
    ),
    "{}: Der Mitschnitt hat mehr als {} MiB. Mit editcap teilen, oder kürzer aufnehmen.": (
        "{}: The capture has more than {} MiB. Split it by editcap, or capture for less time."
    ),
    "{}: Der Mitschnitt lässt sich nicht lesen ({}).": "{}: The capture cannot be read ({}).",
    "{}: Der Mitschnitt lässt sich nicht lesen: {}.": "{}: The capture cannot be read: {}.",
}
