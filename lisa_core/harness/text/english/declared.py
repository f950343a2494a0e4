"""What slots and our own drivers declare of themselves, in English; what drivers of others say stays in their words."""

from __future__ import annotations

DECLARED: dict[str, str] = {
    "Präsenzsensor": "presence sensor",
    "Türkontakt": "door contact",
    "Ruftaste": "call button",
    "Sichtschutzglas": "privacy glass",
    "Lampe": "lamp",
    "Scanner": "scanner",
    "Unterschriftenpad": "signature pad",
    "Drucker": "printer",
    "Kamera": "camera",
    "Dokumentenkamera": "document camera",
    "Mikrofon": "microphone",
    "Bildschirm": "screen",
    "Induktionsschleife": "induction loop",
    "Kamerakopf": "camera head",
    "Lautsprecher": "loudspeaker",
    "Kartenleser": "card reader",
    "noch nichts": "nothing yet",
    "nur Ausgedachtes": "invented things only",
    "Beispiele aus Dokumenten": "examples from documents",
    "was Programme anderer gesagt haben": "what programs of others have said",
    "was echte Geräte gesagt haben": "what real devices have said",
    "kein eigener Codec": "no codec of its own",
    "Präsenzradar HLK-LD2410": "Presence radar HLK-LD2410",
    "die Beispiele aus dem Handbuch von Hi-Link (Serial communication protocol V1.02)": (
        "the examples of Hi-Link's manual (Serial communication protocol V1.02)"
    ),
    "ob es schweigt, so lange es im Konfigurationsmodus ist": "whether it is silent while in configuration mode",
    "ob es außerhalb davon andere Befehle als CONFIG_ENABLE ablehnt": (
        "whether it refuses other commands than CONFIG_ENABLE outside of it"
    ),
    "Geschwindigkeit der Leitung": "speed of the line",
    "Spurradar HLK-LD2450, Ai-Thinker Rd-03D": "Tracking radar HLK-LD2450, Ai-Thinker Rd-03D",
    "die Beispiele aus dem Handbuch von Hi-Link (Serial communication protocol V1.03)": (
        "the examples of Hi-Link's manual (Serial communication protocol V1.03)"
    ),
    "Befehle und Zonen": "commands and zones",
    "was ein Rd-03D zu Befehlen sagt, die es nicht kennt": "what an Rd-03D says of commands that it does not know",
    "sein Feld für die Geschwindigkeit: Handbuch und ESPHome lesen es an zwei Stellen": (
        "its field of speed, which manual and ESPHome read in two places"
    ),
    "so weit nach vorn reicht das Bürgerbüro, in Zentimetern": "how far the booth goes ahead, in centimetres",
    "so weit nach jeder Seite, in Zentimetern": "how far to each side, in centimetres",
    "Einheit mit Ein- und Ausgängen an Modbus RTU oder TCP: Tür, Taste, Glas, Lampe, Schleife": (
        "Unit with inputs and outputs at Modbus RTU or TCP: door, button, glass, lamp, loop"
    ),
    "die Beispiele aus der Norm und von Waveshare": "the examples of the specification, and Waveshare's",
    "Spulen, mit denen ein Relaismodul blinkt": "flash coils of relay modules",
    "welcher Ein- und Ausgang was ist: das ist unsere Wahl": "which input and output is what: that is our choice",
    "wie viele Clients eine Einheit zugleich nimmt": "how many clients a unit takes at once",
    "Nummer der Einheit auf dem Bus": "number of the unit on the bus",
    "Parität": "parity",
    "Anzahl der Eingänge": "number of inputs",
    "so oft werden die Eingänge gelesen, in Millisekunden": "how often the inputs are read, in milliseconds",
    "so lange wird auf eine Antwort gewartet, in Sekunden": "how long an answer is waited for, in seconds",
    "so oft wird eine Einheit gefragt, die nicht antwortet": "how often a unit is asked that does not answer",
    "so lange wird eine Einheit gefragt, die „später“ sagt (Ausnahme 5 und 6), in Sekunden": (
        "how long a unit is asked that says “later” (exceptions 5 and 6), in seconds"
    ),
    "ob nach jedem Schalten gefragt wird, wie die Ausgänge stehen": (
        "whether after each switching it is asked how the outputs stand"
    ),
    "Eingang, ab 1 gezählt": "input, counted from 1",
    "true für einen Kontakt, der in Ruhe geschlossen ist": "true for a contact that is normally closed",
    "Ausgang, ab 1 gezählt": "output, counted from 1",
    "Ausgang für Rot": "output for red",
    "… Gelb": "… yellow",
    "… Grün": "… green",
    "Dokumentenscanner am Netz (eSCL, AirScan)": "Document scanners on the network (eSCL, AirScan)",
    "Auskünfte von zwanzig echten Scannern, aus öffentlichen Quellen (fixtures/personalities/scanner)": (
        "documents of twenty real scanners, from public sources (fixtures/personalities/scanner)"
    ),
    "Eigenheiten einzelner Modelle jenseits dessen, was unter [habits] steht": (
        "quirks of single models beyond what stands under [habits]"
    ),
    "ScanImageInfo: in einer einzigen Quelle gelesen": "ScanImageInfo: read in one source only",
    "wie lange ein Einzug nach einer Seite noch nicht so weit ist": "how long a feeder is not ready after a page",
    "ScanBufferInfo gibt es hier nicht": "ScanBufferInfo is not built",
    "so lange darf eine Anfrage dauern, in Sekunden": "how long a request may take, in seconds",
    "so lange darf eine Seite auf sich warten lassen, in Sekunden": "how long a page may keep waiting, in seconds",
    "so oft wird ein Scanner gefragt, der „später“ sagt": "how often a scanner is asked that says “later”",
    "Pause dazwischen, in Sekunden, wenn er keine nennt": "pause between, in seconds, where it names none",
    "so fein wird gescannt, sonst mit 150 dpi; das nächste Angebot ab da gilt": (
        "how finely it scans, else with 150 dpi; the next offer from there on counts"
    ),
    "feiner wird nie gescannt": "it never scans more finely",
    "immer in Farbe (true) oder in Grau (false)": "always in colour (true) or in grey (false)",
    "Blätter aus dem Einzug beidseitig scannen": "scan both sides of sheets from the feeder",
    "SHA-256 des Zertifikats, wenn das Gerät (https) ein eigenes hat": (
        "SHA-256 of the certificate, where the device (https) has one of its own"
    ),
    "Unterschriftenpads Wacom STU-430, 430V, 530, 540": "Signature pads Wacom STU-430, 430V, 530, 540",
    "Bytefolgen aus Quelltext und Auskünften von Wacom": "byte orders from Wacom's source and answers",
    "ein echtes Pad, an welcher Leitung auch immer; was daran im Einzelnen offen ist, steht in docs/devices.md": (
        "a real pad, on whatever line; what is open about it in detail stands in docs/devices.md"
    ),
    "die serielle Leitung: kein fremder Treiber hat sie gesprochen": "the serial line: no driver of others speaks it",
    "ein Kern, der das geteilte Pad einbindet (usbip attach braucht vhci)": (
        "a kernel that attaches the shared pad (usbip attach needs vhci)"
    ),
    "Modell; seriell richtet sich danach die Geschwindigkeit (ohne Angabe STU-430V), an USB wird es geprüft": (
        "model; a serial line gets its speed (without it that of an STU-430V), on USB it is checked"
    ),
    "Satz, der beim Unterschreiben über der Linie auf dem Pad steht": (
        "sentence that stands above the line on the pad while somebody signs"
    ),
    "Folge der Farben in einem Bildpunkt (ungeprüft)": "order of the colours in a pixel (unverified)",
    "Druck, ab dem das Pad zeichnet": "pressure from which the pad draws",
    "Druck, unter dem es aufhört": "pressure below which it ends",
    "nur verschlüsselte Unterschriften annehmen (STU-430, 530, 540)": (
        "take encrypted signatures only (STU-430, 530, 540)"
    ),
    "wie das Pad seinen Schlüssel verpackt (ungeprüft)": "how the pad wraps its key (unverified)",
    "wie es Meldungen verschlüsselt (ungeprüft)": "how it encrypts reports (unverified)",
    "Startwert der Prüfsumme, nur seriell": "start of the checksum, on a serial line only",
    "Kameras, die der Rechner als Gerät führt (v4l2)": "Cameras that the computer knows as devices (v4l2)",
    "Bilder kommen fertig vom System": "pictures come ready from the system",
    "eine echte Kamera": "a real camera",
    "Breite des Bildes; ohne sie wählt die Kamera": "width of the picture; without it the camera chooses",
    "Höhe des Bildes": "height of the picture",
    "Bilder je Sekunde": "pictures per second",
    "Schnittstelle des Systems, wie FFmpeg sie nennt": "interface of the system, as FFmpeg calls it",
    "Ton als Bytes aus einem Socket, wie ihn das emulierte Mikrofon gibt": (
        "Sound as bytes from a socket, as the emulated microphone gives it"
    ),
    "Ton kommt, wie er ist": "sound comes as it is",
    "Kartenleser, die der Dienst pcscd führt (PC/SC)": "Card readers that the service pcscd knows (PC/SC)",
    "Antworten (ATR) von Karten, wie echte Leser sie ausgeben": "answers (ATR) of cards, as real readers print them",
    "ob ein Leser mit Antenne zwei Karten als eine meldet, die sich nicht lesen lässt (MUTE), oder eine wählt": (
        "whether a reader with an antenna reports two cards as one that cannot be read (MUTE), or chooses one"
    ),
    "Kameraköpfe, die VISCA sprechen, seriell oder über IP": "Camera heads that speak VISCA, serially or over IP",
    "die Befehlslisten aus Handbüchern von Sony und PTZOptics": "the command lists of manuals of Sony and PTZOptics",
    "die Antwort auf Nummern außer der Reihe und auf das, was keine Nachricht ist (0F 01, 0F 02)": (
        "the answer to numbers out of turn and to what is no message (0F 01, 0F 02)"
    ),
    "bloße Bytes auf TCP-Port 5678 (socket://)": "bare bytes on TCP port 5678 (socket://)",
    "ob eine Kamera bis auf 2 % dort steht, wohin sie geschickt wurde": (
        "whether a camera stands within 2 % of where it was sent"
    ),
    "die Bereiche einzelner Modelle": "ranges of single models",
    "Nummer der Kamera an der Leitung": "number of the camera on the line",
    "so viele Schritte schwenkt sie von der Mitte zu einer Seite": "how many steps it pans from the middle to one side",
    "so viele Schritte neigt sie von der Mitte zu einer Seite": "how many steps it tilts from the middle to one side",
    "so viele Schritte hat ihr Zoom": "how many steps its zoom has",
    "gespeicherte Stellung, die ein ganzes Blatt zeigt; -1: die Mitte": (
        "stored position that shows a whole sheet; -1: the middle"
    ),
    "so lange darf eine Bewegung dauern, in Sekunden": "how long a movement may take, in seconds",
    "so oft wird eine Kamera gefragt, die nicht antwortet": "how often a camera is asked that does not answer",
    "true für eine Kamera, deren Antworten nicht die Nummer der Frage tragen": (
        "true for a camera whose answers do not carry the number of the question"
    ),
    "Ton als Bytes in einen Socket, wie ihn der emulierte Lautsprecher nimmt": (
        "Sound as bytes into a socket, as the emulated loudspeaker takes it"
    ),
    "Ton geht, wie er ist": "sound goes as it is",
    "Mikrofon und Lautsprecher, die der Tondienst des Rechners führt": (
        "Microphones and loudspeakers that the computer's sound server knows"
    ),
    "Listen eines Tondienstes (PulseAudio)": "lists of a sound server (PulseAudio)",
    "eine echte Soundkarte": "a real sound card",
    "PipeWire an der Stelle von PulseAudio: von Hand versucht, von keinem Test": (
        "PipeWire in PulseAudio's place: tried by hand, by no test"
    ),
    "dass sich bei einem echten Mikrofon das letzte Bit immer regt": "that a real microphone's last bit always stirs",
    "so viel hält der Tondienst höchstens, in Millisekunden": "the most that the sound server keeps, in milliseconds",
    "false, wenn das Gerät selbst unterdrückt, was sein Lautsprecher sagt (Konferenztelefon)": (
        "false where the device itself suppresses what its loudspeaker says (a conference phone)"
    ),
    "so lange darf nichts als Nullen kommen, in Sekunden; 0, wenn das Gerät Stille selbst unterdrückt": (
        "how long nothing but zeros may come, in seconds; 0 where the device itself suppresses silence"
    ),
    "zweites Gerät mit demselben Ton, wenn die Induktionsschleife an einem eigenen Ausgang hängt": (
        "second device with the same sound, where the induction loop has an output of its own"
    ),
    "Drucker, die PDF auf ihrem rohen Anschluss nehmen (AppSocket, PJL)": (
        "Printers that take PDF on their raw port (AppSocket, PJL)"
    ),
    "die Beispiele aus dem Handbuch von HP zu PJL": "the examples of HP's manual of PJL",
    "ob ein Drucker PDF nimmt, wie es ist": "whether a printer takes PDF as it is",
    "ob er etwas über seine Aufträge sagt": "whether it tells of its jobs",
    "so lange darf ein Auftrag dauern, in Sekunden": "how long a job may take, in seconds",
    "so lange darf der Drucker dann noch etwas dazu sagen, in Sekunden": (
        "how long the printer may then still say something about it, in seconds"
    ),
    "Drucker am Netz (IPP Everywhere)": "Printers on the network (IPP Everywhere)",
    "Auskünfte von sechs echten Druckern, aus öffentlichen Quellen": "messages of six real printers, public ones",
    "Eigenheiten einzelner Modelle": "quirks of single models",
    "ob ein Drucker einen Auftrag erst vergisst, wenn er gedruckt ist": (
        "whether a printer forgets a job only after it was printed"
    ),
    "ein Raster von uns: kein echter Drucker hat eines genommen": "a raster of ours: no real printer has taken one",
    "so oft wird gefragt, was aus ihm wird, in Sekunden": "how often it is asked what becomes of it, in seconds",
    "PDF auch senden, wenn der Drucker es nicht unter seinen Formaten nennt": (
        "send PDF also where the printer does not name it among its formats"
    ),
    "SHA-256 des Zertifikats, wenn das Gerät (ipps) ein eigenes hat": (
        "SHA-256 of the certificate, where the device (ipps) has one of its own"
    ),
    "Der Bildschirm der Bürgerin, als Seite im Browser": "The citizen's screen, as a page in a browser",
    "das Bürgerbüro bedient sie selbst": "the booth serves it itself",
    "Geräte, für die ein Programm eines Herstellers spricht, in Zeilen (JSON)": (
        "Devices for which a maker's program speaks, in lines (JSON)"
    ),
    "die Programme in docs/beispiele/adapter: Python, node, C#": (
        "the programs in docs/beispiele/adapter: Python, node, C#"
    ),
    "ob hinter dem Programm ein Gerät steht": "whether there is a device behind the program",
    "Datei mit dem gemeinsamen Schlüssel, ab dem Ordner des Profils; nur mit adapter:tcp://": (
        "file with the shared key, from the folder of the profile on; only with adapter:tcp://"
    ),
    "so lange darf es bis zu seiner ersten Zeile dauern, in Sekunden": (
        "so long it may take until its first line, in seconds"
    ),
}
