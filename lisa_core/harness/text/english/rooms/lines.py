"""What is said of lines to devices, and of programs that speak for one."""

from __future__ import annotations

LINES: dict[str, str] = {
    "{}: Dort antwortet niemand ({}). Strom, Netz und Adresse prüfen.": (
        "{}: Nobody answers there ({}). Check power, network and address."
    ),
    "{}: Dort antwortet niemand ({})": "{}: Nobody answers there ({})",
    "{}: Dorthin führt kein Weg ({}). Name und Netz prüfen.": "{}: No way leads there ({}). Check name and network.",
    "Kamera {}: keine da ({}). Starten, was ihre Bilder schreibt.": (
        "Camera {}: none there ({}). Start what writes its pictures."
    ),
    "Kamera {}: Das ist keine Datei mit Bildern, oder eine einer anderen Version.": (
        "Camera {}: This is no file of pictures, or one of another version."
    ),
    "{}: Die Verbindung ist weg ({}). Kabel und Strom prüfen.": (
        "{}: The connection is lost ({}). Check cable and power."
    ),
    "{}: Das Gerät lehnt den Bericht 0x{} ab.": "{}: The device refuses the report 0x{}.",
    "{}: das Gerät nennt für den Auftrag eine Adresse, die keine ist": (
        "{}: the device names an address for the job that is none"
    ),
    "Dort zeigt sich ein anderes Zertifikat als das im Profil, SHA-256 {}. Wurde es am Gerät erneuert, gehört dieser "
    "Wert in fingerprint; sonst steht dort ein anderes Gerät": (
        "Another certificate than that of the profile shows there, SHA-256 {}. If it was renewed at the device, this "
        "value belongs into fingerprint; else another device stands there"
    ),
    "Das Gerät zeigt ein Zertifikat, dem dieser Rechner nicht traut. Steht derselbe SHA-256-Fingerabdruck im Menü des "
    "Geräts, in das Profil zu diesem Gerät schreiben: fingerprint = {}": (
        "The device shows a certificate that this computer does not trust. If the same SHA-256 fingerprint is in the "
        "menu of the device, write into the profile of this device: fingerprint = {}"
    ),
    "{}: die Antwort ist gepackt, obwohl ungefragt": "{}: the answer is packed although nobody asked for it",
    "{}: die Antwort ist nach {} s noch nicht ganz da": "{}: after {} s the answer is not all there",
    "{}: keine Verbindung ({})": "{}: no connection ({})",
    "Die Verbindung im Speicher ist weg (die Gegenseite ist zu).": (
        "The connection in memory is lost (the other side is closed)."
    ),
    "{} ist mitten in einer Seite gescheitert": "{} failed in the middle of a page",
    "eine Seite von {} mal {} Punkten ist zu groß": "a page of {} by {} pixels is too large",
    "{} wird mit einer Seite nicht fertig": "{} does not get ready with a page",
    "{} kann das Dokument nicht zeichnen": "{} cannot draw the document",
    "das Dokument hat mehr als {} Seiten": "the document has more than {} pages",
    "hat sich {} beendet{}": "has ended {}{}",
    "mit Code {}": "with code {}",
    "Das Programm „{}“ {}.": "The program “{}” {}.",
    "hat seine Ausgabe geschlossen und läuft weiter{}": "has closed its output and goes on running{}",
    "lässt sich nicht starten{}": "cannot be started{}",
    "; zuletzt sagte es: „{}“": "; last it said: “{}”",
    "liegt dort nicht oder ist nicht ausführbar": "is not there or cannot be executed",
    "ist auf diesem Rechner nicht da": "is not on this computer",
    "{}. Pfade gelten ab dem Ordner des Profils": "{}. Paths start at the folder of the profile",
    "lässt sich in {} nicht starten ({})": "cannot be started in {} ({})",
    "hat die Verbindung beendet": "has ended the connection",
    "Dort ist kein Adapter: {} ({}). Läuft er, und stimmt die Adresse?": (
        "There is no adapter there: {} ({}). Does it run, and is the address right?"
    ),
    "ist nicht mehr zu erreichen ({})": "cannot be reached any more ({})",
    "beim Öffnen": "at opening",
    "Diesen Anschluss gibt es nicht. Gerät anstecken oder die Bindung berichtigen.": (
        "There is no such port. Plug the device in or mend the binding."
    ),
    "Zugriff verweigert. Den Benutzer in die Gruppe des Anschlusses aufnehmen (oft dialout).": (
        "Access denied. Add the user to the group of the port (often dialout)."
    ),
    "Ein anderes Programm hat den Anschluss offen. Erst jenes beenden.": (
        "Another program has the port open. End that one first."
    ),
    "Dort spricht ein Server Telnet: Er schickt eigene Zeichen mit und jedes Byte 0xFF doppelt. {}, oder beim Server "
    "rohes TCP einstellen (ser2net: accepter: tcp).": (
        "A server speaks telnet there: it sends characters of its own, and each byte 0xFF twice. {}, or set raw TCP at "
        "the server (ser2net: accepter: tcp)."
    ),
    "Der Server gibt diesen Anschluss hier nicht frei. Seine Einstellungen berichtigen.": (
        "The server does not share this port here. Mend its settings."
    ),
    "Der Server kann das Gerät nicht öffnen: Es ist nicht angesteckt, oder ein anderes Programm hat es offen.": (
        "The server cannot open the device: it is not plugged in, or another program has it open."
    ),
    "Mit rfc2217://{} binden": "Bind it by rfc2217://{}",
    "Geschwindigkeit oder Parität kann er nicht. Die Optionen berichtigen.": (
        "It cannot do this speed or parity. Mend the options."
    ),
    "Dort antwortet niemand. Den Server starten oder die Bindung berichtigen.": (
        "Nobody answers there. Start the server or mend the binding."
    ),
    "Dort antwortet etwas, aber kein RFC 2217. Es beim Server einschalten (ser2net: telnet(rfc2217)), oder rohes TCP "
    "(accepter: tcp) und mit socket:// binden.": (
        "Something answers there, but no RFC 2217. Switch it on at the server (ser2net: telnet(rfc2217)), or use raw "
        "TCP (accepter: tcp) and bind it by socket://."
    ),
    "Der Server stellt Geschwindigkeit oder Parität nicht ein. Die Optionen berichtigen.": (
        "The server does not set speed or parity. Mend the options."
    ),
    "Der Server bestätigt die Steuerleitungen nicht. An die Bindung ?ign_set_control anhängen.": (
        "The server does not confirm the control lines. Append ?ign_set_control to the binding."
    ),
    "Er lässt sich nicht öffnen ({}). Die Bindung berichtigen.": "It cannot be opened ({}). Mend the binding.",
    "{}: Das ist kein serieller Anschluss. Die Bindung berichtigen.": "{}: This is no serial port. Mend the binding.",
    "Netzwerkgerät {}": "Network device {}",
    "{}: Nicht erreichbar ({}). Eingeschaltet, Adresse richtig?": (
        "{}: Not reachable ({}). Is it on, the address right?"
    ),
    "die Gegenseite nimmt nichts mehr ab": "the other side takes nothing any more",
    "Der Fingerabdruck {} ist keiner: SHA-256 hat 64 Zeichen 0 bis 9 und a bis f.": (
        "The fingerprint {} is none: SHA-256 has 64 characters 0 to 9 and a to f."
    ),
    "„{}“: Ein Fingerabdruck (fingerprint) gilt nur für eine Adresse mit https://.": (
        "“{}”: A fingerprint counts only for an address with https://."
    ),
    "{}: Das Gerät hat keine HID-Schnittstelle, die meldet.": "{}: The device has no HID interface that reports.",
    "{}: Zugriff verweigert. Eine udev-Regel für Hersteller und Produkt anlegen.": (
        "{}: Access denied. Add a udev rule for vendor and product."
    ),
    "{}: An keinem USB-Anschluss. Gerät anstecken oder die Bindung berichtigen.": (
        "{}: On no USB port. Plug the device in or mend the binding."
    ),
    "{}: Lässt sich nicht öffnen ({}).": "{}: Cannot be opened ({}).",
    "{}: Dafür fehlt PyUSB. Installieren mit: pip install 'lisa-booth[usb]'": (
        "{}: PyUSB is missing for it. Install it: pip install 'lisa-booth[usb]'"
    ),
    "{}: Dafür fehlt libusb. Installieren mit: apt install libusb-1.0-0": (
        "{}: libusb is missing for it. Install it: apt install libusb-1.0-0"
    ),
    "{}: Ein anderes Programm hat das Gerät.": "{}: Another program has the device.",
    "nie geöffnet": "never opened",
    "{} lässt sich nicht starten ({}).": "{} cannot be started ({}).",
    "ist noch nicht da": "is not there yet",
    "ist geschlossen": "is closed",
    "Der Adapter „{}“ ({})": "The adapter “{}” ({})",
    "{} ist ein anderer Rechner: Dorthin nur mit einem Schlüssel (key_file = „adapter.key“).": (
        "{} is another computer: there only with a key (key_file = “adapter.key”)."
    ),
    "Hinter „adapter:“ fehlt das Programm.": "Behind “adapter:” the program is missing.",
    "Ein Adapter spricht für ein Gerät, das nicht emuliert ist: binding = „{}“.": (
        "An adapter speaks for a device that is not emulated: binding = “{}”."
    ),
    "Im Befehl „{}“ gehen die Anführungszeichen nicht auf.": "The quotation marks of the command “{}” do not close.",
    "Ein Schlüssel gehört nur zu adapter:tcp://; ein Programm wird von LISA selbst gestartet.": (
        "A key belongs to adapter:tcp:// only; LISA starts a program itself."
    ),
    "Was gilt, steht in docs/adapter.md.": "What counts is in docs/adapter.en.md.",
    "{}: Der Schlüssel ist nicht belegt ({}). Steht auf beiden Seiten derselbe in der Datei key_file?": (
        "{}: The key is not proved ({}). Is it the same in the file key_file on both sides?"
    ),
    "{} {}. Es wird von selbst wieder versucht.": "{} {}. It is tried again by itself.",
    "{} hält sich nicht an das Protokoll: {}{}. {}": "{} does not keep to the protocol: {}{}. {}",
    "{} {}{}. Läuft es noch, und antwortet sein Gerät?": "{} {}{}. Does it still run, and does its device answer?",
    "{} bis {} Zeichen": "{} to {} characters",
    "der Beweis passt nicht": "the proof does not fit",
    "{} können auch andere lesen. Beheben: chmod 600 {}": "{} can be read by others too. Mend it: chmod 600 {}",
    "In {} stehen {} Zeichen; ein Schlüssel hat {}: openssl rand -hex 32": (
        "In {} are {} characters; a key has {}: openssl rand -hex 32"
    ),
    "in {} s kam kein Beweis": "no proof came within {} s",
    "vor unserem Beweis gehört nur eine Zeile": "only one line belongs before our proof",
    "Zeile {} hinter dem Schlüssel: {}": "line {} behind the key: {}",
    "es berichtet zu „{}“ schneller, als irgendwer lesen kann": "it reports “{}” faster than anybody can read",
    " mitten in einer Zeile": " in the middle of a line",
    "es sagt mehr als {} Zeilen in einer Sekunde (bis Zeile {})": (
        "it says more than {} lines in a second (up to line {})"
    ),
    "„pong“ mit id {} antwortet auf kein „ping“": "“pong” with id {} answers no “ping”",
    "„{}“ gibt nichts: value = null": "“{}” gives nothing: value = null",
    "hat sich in {} s nicht gemeldet („hello“)": "did not say “hello” within {} s",
    "hat {} s lang nicht auf „ping“ geantwortet": "did not answer “ping” for {} s",
    "„hello“ ein zweites Mal": "“hello” a second time",
    "als Erstes muss „hello“ kommen": "first has to come “hello”",
    "auf „{}“ gehört {} oder fault": "“{}” is to be answered by {} or fault",
    "hat zu „{}“ {} s lang nichts gesagt": "said nothing about “{}” for {} s",
    "von einem Aufruf mit id {} weiß hier niemand": "nobody here knows of a call with id {}",
    "zum Aufruf mit id {} war schon alles gesagt": "on the call with id {} all was said already",
    "{}: Was ihm zu sagen wäre, ist größer als eine Zeile ({} Byte).": (
        "{}: What there is to say to it is larger than a line ({} bytes)."
    ),
    "; was kein JSON ist, gehört auf die Fehlerausgabe (stderr)": "; what is no JSON belongs to stderr",
    "es spricht Version {}, diese LISA spricht Version {}": "it speaks version {}, this LISA speaks version {}",
    "es spricht für „{}“, gefragt ist „{}“": "it speaks for “{}”, asked is “{}”",
    "„can“ nennt mehr als {} Fähigkeiten": "“can” names more than {} abilities",
    "„{}“ gehört zu einer anderen Uhr als das „{}“ der pongs": "“{}” belongs to another clock than the “{}” of pongs",
    "die Fähigkeit „{}“ gibt es nicht.{}": "there is no ability “{}”.{}",
    "den Fehlercode „{}“ hat „{}“ nicht.{}": "“{1}” has no fault code “{0}”.{2}",
}
