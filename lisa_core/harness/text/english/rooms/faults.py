"""What our drivers say of devices that fail: scanner, printer, radars, units, pads, heads, card readers."""

from __future__ import annotations

FAULTS_TOLD: dict[str, str] = {
    "Dort wird https gesprochen. In das Profil schreiben: binding = {}; zeigt das Menü des Geräts denselben "
    "SHA-256-Fingerabdruck, auch: fingerprint = {}.": (
        "https is spoken there. Write into the profile: binding = {}; if the menu of the device shows the same SHA-256 "
        "fingerprint, also: fingerprint = {}."
    ),
    "Er verlangt https. In das Profil schreiben: binding = {}; der nächste Start prüft es.": (
        "It asks for https. Write into the profile: binding = {}; the next start checks it."
    ),
    "unter dieser Adresse antwortet kein eSCL-Scanner (HTTP {}).": "no eSCL scanner answers at this address (HTTP {}).",
    ". Ist er eingeschaltet und stimmt die Adresse im Profil?": ". Is it on, and is the address in the profile right?",
    "Ist er eingeschaltet und stimmt die Adresse im Profil?": "Is it on, and is the address in the profile right?",
    "Er scannt aus dem Einzug nur eine Seite der Blätter: duplex = true aus dem Profil nehmen.": (
        "From the feeder it scans one side of the sheets only: take duplex = true out of the profile."
    ),
    "vom Vorlagenglas": "from the glass",
    "aus dem Einzug": "from the feeder",
    "Er hat kein Vorlagenglas: das Blatt in den Einzug legen und aus dem Einzug scannen.": (
        "It has no glass: put the sheet into the feeder and scan from there."
    ),
    "Er hat keinen Einzug: jedes Blatt einzeln auf das Vorlagenglas legen und von dort scannen.": (
        "It has no feeder: lay each sheet on the glass and scan from there."
    ),
    "Er liefert Seiten {} nur als {}; gebraucht wird JPEG oder PNG, am Gerät einzustellen.": (
        "It delivers pages {} as {} only; needed is JPEG or PNG, to be set at the device."
    ),
    "Er scannt {} nur mit {} dpi; mehr als {} dpi nimmt diese Kabine nicht (max_dpi).": (
        "It scans {} with {} dpi only; this booth takes no more than {} dpi (max_dpi)."
    ),
    "Ein Blatt klemmt im Einzug: Klappe öffnen, Blatt herausnehmen und wieder einlegen.": (
        "A sheet is jammed in the feeder: open the cover, take the sheet out and put it in again."
    ),
    "Zwei Blätter wurden zugleich eingezogen: beide herausnehmen, auffächern und wieder einlegen.": (
        "Two sheets were drawn in at once: take out both, fan them and put them in again."
    ),
    "Das Blatt wird nicht gefasst: die Blätter auffächern und bis zum Anschlag einlegen.": (
        "The sheet is not gripped: fan the sheets and put them in up to the stop."
    ),
    "Die Klappe des Einzugs ist offen: bitte schließen.": "The cover of the feeder is open: please close it.",
    "Im Einzug liegt kein Blatt: bitte einlegen.": "There is no sheet in the feeder: please put one in.",
    "Der Scanner ist beschäftigt: später noch einmal versuchen.": "The scanner is busy: try again later.",
    "Der Scanner meldet eine Störung: aus- und einschalten, dann noch einmal versuchen.": (
        "The scanner reports a fault: switch it off and on, then try again."
    ),
    "Der Scanner nennt den Auftrag abgebrochen: prüfen, welche Blätter fehlen, und diese wieder einlegen.": (
        "The scanner calls the job aborted: check which sheets are missing, and put these in again."
    ),
    "unerwartete Antwort HTTP {} bei Zustand {}; noch einmal versuchen.": (
        "unexpected answer HTTP {} in state {}; try again."
    ),
    "die Seite ({} Bytes, {}) ist kein ganzes JPEG oder PNG.": "the page ({} bytes, {}) is no whole JPEG or PNG.",
    "antwortet seit {} s nicht. Eingeschaltet, Netzkabel gesteckt?": (
        "has not answered for {} s. Is it on, the network cable plugged in?"
    ),
    "unverständlicher ScannerStatus (HTTP {}); noch einmal versuchen.": (
        "ScannerStatus not understood (HTTP {}); try again."
    ),
    "Sein Protokoll kennt keine Frage danach, wer es ist.": "Its protocol has no question for who it is.",
    "Der Treiber sagt etwas anderes als eine Kennung.": "The driver says something else than an identity.",
    "Auf die Frage, wer es ist, kam in {} s keine Antwort.": "Asked who it is, it gave no answer within {} s.",
    "Der Treiber scheitert an der Frage, wer es ist ({}).": "The driver fails at the question who it is ({}).",
    "In {} s kamen nicht genug Antworten.": "Not enough answers came within {} s.",
    "Sein Treiber kennt keine Frage, die sich wiederholen lässt.": "Its driver has no question that can be repeated.",
    "Der Treiber scheitert an der Frage ({}).": "The driver fails at the question ({}).",
    "hat kein Papier mehr: A4-Papier nachlegen": "has no more paper: add A4 paper",
    "ist offen: Klappe schließen": "is open: close the cover",
    "arbeitet noch an anderen Aufträgen: später noch einmal drucken.": "works at other jobs: print again later.",
    "hat einen Papierstau: Klappe öffnen, Blatt herausnehmen": "has a paper jam: open the cover, take out the sheet",
    "steht ({}): Papier, Klappen und Anzeige prüfen": "has stopped ({}): check paper, covers and display",
    "hat den Auftrag nicht ausgeführt ({}). Noch einmal drucken.": "has not carried out the job ({}). Print again.",
    "ist mitten im Auftrag gescheitert{}. Was im Fach liegt, ist unvollständig: wegnehmen.": (
        "has failed in the middle of the job{}. What is in the tray is incomplete: take it away."
    ),
    "hat ein volles Ausgabefach": "has a full output tray",
    "ist angehalten: am Gerät fortsetzen": "is paused: resume it at the device",
    "ist aus": "is off",
    "nimmt den Auftrag nicht an ({}).": "does not take the job ({}).",
    "hat den Auftrag abgebrochen, am Gerät oder von anderen{}. Noch einmal drucken.": (
        "has aborted the job, at the device or by others{}. Print again."
    ),
    "kann das Dokument nicht drucken{}: einen anderen Drucker verwenden.": (
        "cannot print the document{}: use another printer."
    ),
    "{} Noch einmal drucken.": "{} Print again.",
    "hat den Auftrag mit Fehlern beendet{}: prüfen, ob das Blatt vollständig ist.": (
        "has ended the job with errors{}: check whether the sheet is complete."
    ),
    "nimmt weder PDF noch Raster an, nur {}: einen anderen Drucker verwenden.": (
        "takes neither PDF nor raster, only {}: use another printer."
    ),
    "nimmt kein PDF an; zum Zeichnen der Seiten fehlt „{}“ (apt: poppler-utils).": (
        "takes no PDF; to draw the pages “{}” is missing (apt: poppler-utils)."
    ),
    "nimmt kein PDF an, und {}.": "takes no PDF, and {}.",
    "ist in der Zeit nicht fertig geworden": "did not get ready in time",
    "antwortet seit dem Druckauftrag nicht mehr. Nachsehen, ob das Blatt da ist": (
        "does not answer since the job. Look whether the sheet is there"
    ),
    "war zwischendurch aus und weiß von dem Auftrag nichts mehr. Nachsehen, was da ist.": (
        "was off in between and knows nothing of the job. Look what is there."
    ),
    "Der Auftrag ist zurückgenommen.": "The job is withdrawn.",
    "Der Auftrag steht noch darin: löschen.": "The job is still in it: delete it.",
    "{}. Gedruckt ist nichts.": "{}. Nothing is printed.",
    "verlangt ipps. In das Profil schreiben: binding = {}{}.": "asks for ipps. Write into the profile: binding = {}{}.",
    ", fingerprint = {} (steht derselbe SHA-256 im Menü des Geräts)": (
        ", fingerprint = {} (if the same SHA-256 is in the menu of the device)"
    ),
    "verlangt Benutzer und Kennwort: am Drucker für IPP abschalten.": (
        "asks for user and password: switch that off for IPP at the printer."
    ),
    "ist beschäftigt (HTTP {}): später noch einmal drucken.": "is busy (HTTP {}): print again later.",
    "unter dieser Adresse antwortet kein IPP-Drucker (HTTP {}). Den Pfad prüfen, meist /ipp/print.": (
        "no IPP printer answers at this address (HTTP {}). Check the path, mostly /ipp/print."
    ),
    "antwortet auf eine andere Frage. Aus- und einschalten.": "answers another question. Switch it off and on.",
    "Es misst sein Grundrauschen ein. Das Bürgerbüro leer lassen und warten.": (
        "It measures its noise floor. Leave the booth empty and wait."
    ),
    "diese Funktion kennt sie nicht": "it does not know this function",
    "diese Adresse hat sie nicht": "it does not have this address",
    "diesen Wert nimmt sie nicht": "it does not take this value",
    "sie meldet eine Störung; aus- und wieder einschalten": "it reports a fault; switch it off and on",
    "sie ist noch beschäftigt": "it is still busy",
    "das Gateway kommt nicht auf die Leitung": "the gateway does not get onto the line",
    "hinter dem Gateway antwortet niemand; Strom, Verdrahtung und Nummer (unit) prüfen": (
        "nobody answers behind the gateway; check power, wiring and number (unit)"
    ),
    "Funktion {} mit Ausnahme {} abgelehnt: {}.{}": "Function {} refused with exception {}: {}.{}",
    "Ausgang {} ist nicht, wie er sein soll, obwohl die Einheit den Befehl angenommen hat.": (
        "Output {} is not as it should be although the unit has taken the command."
    ),
    "Relais und Handschalter prüfen; sagt sie nie die Wahrheit, readback = false setzen.": (
        "Check relay and manual switch; if it never tells the truth, set readback = false."
    ),
    "was das heißt, steht in ihrem Handbuch": "what that means is in its manual",
    "Sie antwortet auf die Frage nach {} Eingängen mit {}. inputs berichtigen.": (
        "Asked for {} inputs it answers with {}. Mend inputs."
    ),
    "Es kommt etwas, aber keine gültige Antwort. {} prüfen; oder hängt dort ein anderes Gerät?": (
        "Something comes, but no valid answer. Check {}; or is another device there?"
    ),
    "Ein-/Ausgabe-Einheit an {}: {} {}": "Input/output unit at {}: {} {}",
    "Ein-/Ausgabe-Einheit {} an {}": "Input/output unit {} at {}",
    "Ein-/Ausgabe-Einheit": "Input/output unit",
    " Gefragt war nach {} Eingängen; hat sie weniger, inputs angeben.": (
        " {} inputs were asked for; if it has fewer, give inputs."
    ),
    " Gibt es die Ausgänge (channel, red, yellow, green), die im Profil stehen?": (
        " Are there the outputs (channel, red, yellow, green) that the profile names?"
    ),
    "Zu hören ist nur die eigene Frage (Adapter mit Echo), keine Antwort. Strom, Verdrahtung, Nummer (unit)": (
        "Only our own question is heard (adapter with echo), no answer. Power, wiring, number (unit)"
    ),
    "{}, {} prüfen.": "{}, check {}.",
    "Keine Antwort. Strom, Verdrahtung, Nummer (unit), {} prüfen; ist sie nur langsam, timeout_s erhöhen.": (
        "No answer. Check power, wiring, number (unit), {}; if it is only slow, raise timeout_s."
    ),
    "Geschwindigkeit (baudrate = {})": "speed (baudrate = {})",
    "Geschwindigkeit (baudrate)": "speed (baudrate)",
    "Art des Anschlusses (tcp:// für Modbus TCP, socket:// für eine serielle Leitung am Netz)": (
        "kind of port (tcp:// for Modbus TCP, socket:// for a serial line on the network)"
    ),
    "Die Einheit an {} hat die Eingänge 1 bis {}": "The unit at {} has the inputs 1 to {}",
    "channel = {} gibt es nicht. {}; sind es andere, inputs angeben.": (
        "There is no channel = {}. {}; if there are others, give inputs."
    ),
    "der Dienst pcscd läuft nicht; ihn starten": "the service pcscd does not run; start it",
    "der Dienst pcscd ist beendet; ihn starten": "the service pcscd has ended; start it",
    "kein Kartenleser angesteckt": "no card reader plugged in",
    "dieser Kartenleser ist nicht angesteckt": "this card reader is not plugged in",
    "der Kartenleser ist abgesteckt": "the card reader is unplugged",
    "der Dienst pcscd erlaubt es diesem Benutzer nicht": "the service pcscd does not allow it to this user",
    "Auf diesem Rechner fehlt PC/SC; die Pakete pcscd und libpcsclite1 installieren": (
        "PC/SC is missing on this computer; install the packages pcscd and libpcsclite1"
    ),
    "Da sind: {}": "There are: {}",
    "Es ist keiner angesteckt": "None is plugged in",
    "Keiner, dessen Name mit „{}“ beginnt. {}": "None whose name begins with “{}”. {}",
    "Papier, Klappen und Anzeige prüfen": "Check paper, covers and display",
    "{}. Der Auftrag liegt schon im Drucker: nicht noch einmal drucken.": (
        "{}. The job is in the printer already: do not print again."
    ),
    "Dort antwortet ein HTTP-Server (Status {}), wie CUPS oder IPP auf Port 631": (
        "An HTTP server answers there (status {}), as CUPS or IPP on port 631"
    ),
    "{}; gedruckt wird erst dann.": "{}; printing goes on only then.",
    "{}. Den rohen Anschluss des Druckers angeben, meist 9100.": "{}. Give the raw port of the printer, mostly 9100.",
    "versteht kein PDF, sondern PostScript („{}“): einen anderen verwenden.": (
        "understands no PDF but PostScript (“{}”): use another one."
    ),
    "hat den Auftrag abgebrochen ({}). {}.": "has aborted the job ({}). {}.",
    "Keine Antwort auf den Befehl 0x{}. Kabel und Geschwindigkeit (baudrate) prüfen.": (
        "No answer to the command 0x{}. Check cable and speed (baudrate)."
    ),
    "Seit einer Sekunde kein Bericht. Strom, Kabel und {} prüfen; oder hängt dort ein anderes Gerät?": (
        "No report for a second. Check power, cable and {}; or is another device there?"
    ),
    "Es kommen Zeichen, aber keine Berichte. {} prüfen; oder hängt dort ein anderes Gerät?": (
        "Characters come, but no reports. Check {}; or is another device there?"
    ),
    "Präsenzradar an {}: {}": "Presence radar at {}: {}",
    "hat aufgelegt, als der Auftrag fast ganz da war. Nachsehen, ob er gedruckt ist, ehe er noch einmal": (
        "hung up when the job was almost there. Look whether it is printed before it is"
    ),
    "{} gedruckt wird.": "{} printed again.",
    "hat den Auftrag nach {} s nicht abgenommen. Papier und Anzeige prüfen.": (
        "has not taken the job after {} s. Check paper and display."
    ),
    "hat den Auftrag abgebrochen, bevor er ganz da war. Noch einmal drucken.": (
        "has aborted the job before it was all there. Print again."
    ),
    "Unterschriftenpad: Es verschlüsselt nicht: {}. Ohne Verschlüsselung wird nicht unterschrieben.": (
        "Signature pad: It does not encrypt: {}. Nothing is signed without encryption."
    ),
    "sein Schlüssel wird nicht fertig": "its key does not get ready",
    "sein Schlüssel lässt sich nicht öffnen (Option rsa_padding)": "its key cannot be opened (option rsa_padding)",
    "es nimmt unseren Schlüssel nicht an ({})": "it does not take our key ({})",
    "{}Modell (model, danach richtet sich die Geschwindigkeit) und Option crc prüfen": (
        "{}check model (the speed follows from it) and option crc"
    ),
    "{}; {}; oder hängt dort ein anderes Gerät?": "{}; {}; or is another device there?",
    "antwortet nicht; Kabel und Strom prüfen.": "does not answer; check cable and power.",
    "es kommen Zeichen, aber keine Antwort": "characters come, but no answer",
    "antwortet nicht": "does not answer",
    "Unterschriftenpad {}: Dort hängt {}, nicht {}. Bindung oder model berichtigen.": (
        "Signature pad {}: There is {}, not {}. Mend the binding or model."
    ),
    "ein Gerät mit der Produktnummer {}": "a device with the product number {}",
    "eines von {}": "one of {}",
    "Ein {} hat keinen seriellen Anschluss; den haben {}. Bindung: hid:056A:....": (
        "A {} has no serial port; those are had by {}. Binding: hid:056A:...."
    ),
    "{}: Dort ist kein Gerät freigegeben.": "{}: No device is shared there.",
    "{}: Der Server gibt {} nicht her: ein anderer hat es, oder es ist nicht da.": (
        "{}: The server does not give {}: somebody else has it, or it is not there."
    ),
    "{}: Dort antwortet kein USB/IP-Server ({}). Ihn starten oder die Bindung berichtigen.": (
        "{}: No USB/IP server answers there ({}). Start it or mend the binding."
    ),
    "{}: Der USB/IP-Server antwortet in {} s nicht.": "{}: The USB/IP server does not answer within {} s.",
    "hat beim Schreiben neu begonnen": "has restarted while somebody wrote",
    "wurde schon beschrieben, bevor es bereit war": "was written on before it was ready",
    "meldet von einem Stift in der Nähe nichts mehr": "reports nothing more of a pen near it",
    "hat beim Schreiben Meldungen verloren": "has lost reports while somebody wrote",
    "meldet einen Stift, der sich nicht mehr rührt": "reports a pen that does not stir any more",
    "meldet unverschlüsselt, obwohl es verschlüsseln soll": "reports in the clear although it should encrypt",
    "Noch einmal unterschreiben": "Sign again",
    "{}. Das Pad aus- und wieder einschalten": "{}. Switch the pad off and on",
    "{}. Den Stift abheben; {}": "{}. Lift the pen; {}",
    "{}. Den Stift abheben und {}": "{}. Lift the pen and {}",
    "der Befehl hat nicht die Länge, die sie kennt": "the command does not have the length that it knows",
    "den Befehl oder den Wert kennt sie nicht; stimmen pan_steps, tilt_steps, zoom_steps im Profil?": (
        "it does not know the command or the value; are pan_steps, tilt_steps, zoom_steps in the profile right?"
    ),
    "sie arbeitet an zwei Befehlen und nimmt keinen dritten; wird sie noch von anderswo gesteuert?": (
        "it works at two commands and takes no third; is it controlled from elsewhere too?"
    ),
    "jemand hat den Befehl abgebrochen; wird sie noch von anderswo gesteuert?": (
        "somebody has aborted the command; is it controlled from elsewhere too?"
    ),
    "sie kann sich gerade nicht bewegen; ist sie eben erst eingeschaltet, oder klemmt sie?": (
        "it cannot move now; was it just switched on, or is it stuck?"
    ),
    "Keine Antwort. Strom, Verdrahtung, Nummer (camera = {}){} prüfen.": (
        "No answer. Check power, wiring, number (camera = {}){}."
    ),
    "Es kommt etwas, aber kein VISCA. {}hängt dort ein anderes Gerät?": (
        "Something comes, but no VISCA. {}is another device there?"
    ),
    "Geschwindigkeit (baudrate = {}) prüfen; ": "check the speed (baudrate = {}); ",
    "Er steht nicht, wohin er sollte (schwenken {} statt {}, neigen {} statt {}, Zoom {} statt {} Tausendstel). Klemmt "
    "er, oder stimmen pan_steps, tilt_steps, zoom_steps nicht?": (
        "It is not where it should be (pan {} rather than {}, tilt {} rather than {}, zoom {} rather than {} "
        "thousandths). Is it stuck, or are pan_steps, tilt_steps, zoom_steps wrong?"
    ),
    "Er steht nicht, wohin er sollte (schwenken {} statt {}, neigen {} statt ": (
        "It is not where it should be (pan {} rather than {}, tilt {} rather than "
    ),
    "{}, Zoom {} statt {} Tausendstel). Klemmt er, oder stimmen pan_steps, ": (
        "{}, zoom {} rather than {} thousandths). Is it stuck, or are pan_steps, "
    ),
    "Kamerakopf an {}: {}tilt_steps, zoom_steps nicht?": "Camera head at {}: {}tilt_steps, zoom_steps wrong?",
    "Unterschriftenpad {}: lehnt {} ab ({}).": "Signature pad {}: refuses {} ({}).",
    "; ab Werk {}": "; as delivered {}",
    "Geschwindigkeit (baudrate = {}; ab Werk {})": "speed (baudrate = {}; as delivered {})",
    "Kamerakopf an {}: {}": "Camera head at {}: {}",
    "Kamerakopf an {}: Auf die Frage, wo er steht, kam {}. Das ist keine Stellung.": (
        "Camera head at {}: Asked where it stands, {} came. That is no position."
    ),
    "camera = 1: Über VISCA over IP ist eine Kamera immer die erste.": (
        "camera = 1: With VISCA over IP a camera is always the first."
    ),
    "Unterschriftenpad {}: bleibt im Zustand {}; aus- und wieder einschalten.": (
        "Signature pad {}: stays in state {}; switch it off and on."
    ),
    "Unterschriftenpad {}: nennt keine Schreibfläche; aus- und wieder einschalten.": (
        "Signature pad {}: names no area for writing; switch it off and on."
    ),
    "Unterschriftenpad: Die Verbindung ist weg ({})": "Signature pad: The connection is lost ({})",
    "Unterschriftenpad {}: Das Bild kam nicht ganz an ({}). Noch einmal versuchen.": (
        "Signature pad {}: The picture did not arrive as a whole ({}). Try again."
    ),
    "Unterschriftenpad {}: verschlüsselt anders als abgemacht (Option aes_mode).": (
        "Signature pad {}: encrypts otherwise than agreed (option aes_mode)."
    ),
    "Unterschriftenpad {}: {}": "Signature pad {}: {}",
    "Drucker {}: {}": "Printer {}: {}",
    "Scanner {}: {}": "Scanner {}: {}",
    "Kartenleser {}: {}": "Card reader {}: {}",
    "Kamera {}: {}": "Camera {}: {}",
    "Mikrofon {}: {}": "Microphone {}: {}",
    "Lautsprecher {}: {}": "Loudspeaker {}: {}",
}
