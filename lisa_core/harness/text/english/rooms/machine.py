"""What is said of the computer and its ports, and of commands called wrongly."""

from __future__ import annotations

MACHINE: dict[str, str] = {
    "der Grund ist nicht bekannt": "the reason is not known",
    "dort nimmt niemand Verbindungen an": "nobody accepts connections there",
    "die Gegenseite hat die Verbindung abgebrochen": "the other side has broken off the connection",
    "die Verbindung ist abgebrochen": "the connection has broken off",
    "dorthin führt von hier aus kein Netz": "no network leads there from here",
    "der Rechner ist von hier aus nicht zu erreichen": "the computer cannot be reached from here",
    "das Netz ist ausgefallen": "the network is down",
    "keine Antwort in der Zeit": "no answer in time",
    "die Adresse ist schon belegt": "the address is in use",
    "diese Adresse hat der Rechner nicht": "the computer does not have this address",
    "das gibt es nicht": "there is no such thing",
    "ein Teil des Pfades ist kein Ordner": "a part of the path is no folder",
    "das ist ein Ordner": "this is a folder",
    "das ist keine Datei, sondern eine Pipe oder ein Socket": "this is a pipe or a socket, no file",
    "der Pfad ist länger als die 107 Bytes, die ein Socket hat": "the path is longer than the 107 bytes of a socket",
    "das gibt es schon": "this exists already",
    "der Ordner ist nicht leer": "the folder is not empty",
    "der Zugriff ist nicht erlaubt": "access is not allowed",
    "der Datenträger lässt sich nur lesen": "the disk can only be read",
    "der Speicherplatz ist voll": "the disk is full",
    "das Kontingent an Speicherplatz ist erschöpft": "the quota of disk space is used up",
    "die Datei darf nicht größer werden": "the file must not become larger",
    "der Name ist zu lang": "the name is too long",
    "die Verknüpfungen führen im Kreis": "the links lead in a circle",
    "zu viele Dateien sind offen": "too many files are open",
    "der Arbeitsspeicher reicht nicht": "there is not enough memory",
    "darin steht mehr als {} MiB": "more than {} MiB stand in it",
    "es ist gerade belegt": "it is busy",
    "das Gerät antwortet mit einem Fehler": "the device answers with an error",
    "das Gerät ist nicht da": "the device is not there",
    "das ist kein serieller Anschluss": "this is no serial port",
    "das kann das Gerät nicht": "the device cannot do this",
    "die Gegenseite hat die Verbindung beendet": "the other side has ended the connection",
    "dort wird nichts mehr angenommen": "nothing is accepted there any more",
    "das Gerät ist nicht mehr da": "the device is no longer there",
    "der Anschluss ist geschlossen": "the port is closed",
    "eine verschlüsselte Verbindung kommt nicht zustande": "no encrypted connection comes about",
    "die Gegenseite hat abgebrochen oder spricht ein anderes Protokoll": (
        "the other side has broken off or speaks another protocol"
    ),
    "Fehler {} des Systems": "error {} of the system",
    "den Rechnernamen kennt hier niemand": "nobody here knows the name of this computer",
    "dem Zertifikat der Gegenseite ist nicht zu trauen": "the certificate of the other side is not to be trusted",
    "das Zertifikat der Gegenseite gilt noch nicht; geht die Uhr dieses Rechners richtig?": (
        "the certificate of the other side does not count yet; is the clock of this computer right?"
    ),
    "das Zertifikat der Gegenseite ist abgelaufen; geht die Uhr dieses Rechners richtig?": (
        "the certificate of the other side has expired; is the clock of this computer right?"
    ),
    "den Aussteller des Zertifikats der Gegenseite kennt dieser Rechner nicht": (
        "this computer does not know who issued the certificate of the other side"
    ),
    "das Zertifikat der Gegenseite ist für einen anderen Rechner; stimmt die Adresse?": (
        "the certificate of the other side is for another computer; is the address right?"
    ),
    "{}; dort wird wohl unverschlüsselt gesprochen, dann http:// statt https:// schreiben": (
        "{}; it seems not to be encrypted there, then write http:// rather than https://"
    ),
    "Die mitgelieferten Daten {} fehlen (gesucht in {} und {}): LISA neu installieren oder im ausgecheckten "
    "Verzeichnis starten.": (
        "The shipped data {} are missing (looked for in {} and {}): install LISA anew, or start it in its checkout."
    ),
    "Der Speicherplatz ist voll": "The disk is full",
    "Platz schaffen.": "Make room.",
    "Das Kontingent an Speicherplatz ist erschöpft": "The quota of disk space is used up",
    "Die Datei darf nicht größer werden": "The file must not become larger",
    "Die Grenze für Dateien prüfen (ulimit -f).": "Check the limit for files (ulimit -f).",
    "Das Programm darf nicht mehr Dateien öffnen": "The program must not open more files",
    "Die Grenze erhöhen (ulimit -n).": "Raise the limit (ulimit -n).",
    "Der Rechner hat zu viele Dateien offen": "The computer has too many files open",
    "Andere Programme beenden.": "End other programs.",
    "Der Arbeitsspeicher reicht nicht": "There is not enough memory",
    "Die Adresse ist schon belegt": "The address is in use",
    "Eine andere wählen; Port 0 nimmt einen freien.": "Choose another one; port 0 takes a free one.",
    "Diese Adresse hat der Rechner nicht": "The computer does not have this address",
    "Eine andere wählen.": "Choose another one.",
    "Der Datenträger lässt sich nur lesen": "The disk can only be read",
    "Einen anderen Ordner nennen.": "Name another folder.",
    "Der Zugriff ist nicht erlaubt": "Access is not allowed",
    "Rechte prüfen oder einen anderen Ort nennen.": "Check the rights or name another place.",
    "Der Datenträger antwortet mit einem Fehler": "The disk answers with an error",
    "Den Datenträger prüfen.": "Check the disk.",
    "Hinweis: Auf diesem System (keine glibc) wird freigegebener Arbeitsspeicher nicht überschrieben; Angaben von "
    "Besuchen können darin liegen bleiben, bis das Programm endet.": (
        "Note: On this system (no glibc) freed memory is not overwritten; details of visits may remain in it until the "
        "program ends."
    ),
    "die Grenze der Shell (ulimit -v)": "the limit of the shell (ulimit -v)",
    "der Rechner": "the computer",
    "die Grenze des Containers (cgroup)": "the limit of the container (cgroup)",
    "{}{} „{}“ heißt jetzt „{}“; bis Version {} gilt beides.": (
        "{}{} “{}” is now called “{}”; both count until version {}."
    ),
    "Umschreiben: lisa migrate ORDNER": "Rewrite it: lisa migrate FOLDER",
    "Schlüssel im Hardware-Profil": "Key in the hardware profile",
    "Schlüssel in der Landkreis-Datei": "Key in the file of the Landkreis",
    "Anfang einer Adresse": "Begin of an address",
    "sind {} aus dem Scanner angekommen": "{} have arrived from the scanner",
    "hat der Scanner {} geliefert": "the scanner has delivered {}",
    "Auf dem Datenträger sind nur noch {} MB frei. Platz schaffen: Ist er voll, laufen Gespräche weiter, aber Anträge "
    "werden nicht mehr angenommen.": (
        "Only {} MB are free on the disk. Make room: when it is full talks go on, but applications are no longer taken."
    ),
    "Es ist wieder genug Platz auf dem Datenträger ({} MB).": "There is enough room on the disk again ({} MB).",
    "„{}“ braucht den Prüfstand, der hier nicht installiert ist: {}": (
        "“{}” needs the test harness, which is not installed here: {}"
    ),
    "Ist eine Variable leer?": "Is a variable empty?",
    "{}: Hier steht nichts. {} Einen Wert nennen oder {} weglassen.": (
        "{}: Here is nothing. {} Give a value or omit {}."
    ),
    "Eine leere Angabe hinter „{}“. {} Etwas nennen oder sie weglassen.": (
        "An empty value behind “{}”. {} Name something or omit it."
    ),
    "{} Bekannt sind: {}.": "{} Known are: {}.",
    "Der Befehl „{}“ aus dem Paket {} lässt sich nicht laden": "The command “{}” of the package {} cannot be loaded",
    "Um Geräte im Netz zu finden, fehlt zeroconf: pip install lisa-booth[discovery]": (
        "To find devices on the network zeroconf is missing: pip install lisa-booth[discovery]"
    ),
    "Im Netz lässt sich nicht nach Geräten horchen ({}).": "Devices on the network cannot be listened for ({}).",
    "Dieser Rechner zeigt keine HID-Geräte (/sys/class/hidraw fehlt).": (
        "This computer shows no HID devices (/sys/class/hidraw is missing)."
    ),
    "auf diesem Rechner läuft kein Tondienst (PulseAudio oder PipeWire)": (
        "no sound server runs on this computer (PulseAudio or PipeWire)"
    ),
    "das Programm „pactl“ fehlt (Debian: pulseaudio-utils)": (
        "the program “pactl” is missing (Debian: pulseaudio-utils)"
    ),
    "der Tondienst antwortet nicht": "the sound server does not answer",
    "„pactl“ lässt sich nicht starten ({})": "“pactl” cannot be started ({})",
    "das Programm „{}“ fehlt (Debian: {})": "the program “{}” is missing (Debian: {})",
    "„{}“ lässt sich nicht starten ({})": "“{}” cannot be started ({})",
}
