"""What options are for in English, by their German text, and what is put in their place."""

from __future__ import annotations

OPTIONS: dict[str, str] = {
    "Für Menschen oder für Programme.": "For people or for programs.",
    "Ordner mit eigenen Szenarien: Auch deren Anforderungen setzen Grenzen. Mehrfach möglich.": (
        "Folder with scenarios of your own: their requirements set limits, too. May be repeated."
    ),
    "In das Profil eintragen, was die Geräte gesagt haben, mit dem Datum.": (
        "Enter into the profile what the devices have said, with the date."
    ),
    "Ein erstes Profil in diese Datei, die es noch nicht gibt.": (
        "A first profile into this file, which is not there yet."
    ),
    "Darin diesen Steckplatz binden, wenn es eindeutig ist, oder an diese Adresse. Mehrfach möglich.": (
        "Bind this slot in it, where it is clear, or to this address. May be repeated."
    ),
    "Hardware-Profil: Name oder Datei.": "Hardware profile: name or file.",
    "Wofür: praesenzsensor-2026.1 zum Beispiel.": "For what: praesenzsensor-2026.1, for example.",
    "Ordner der Läufe und des Pakets.": "Folder of the runs and of the bundle.",
    "Privater Schlüssel des Herstellers (Ed25519, PEM).": "The vendor's private key (Ed25519, PEM).",
    "Einen Schlüssel in dieser neuen Datei anlegen und damit unterschreiben.": (
        "Make a key in this new file and sign with it."
    ),
    "Nur zeigen, was liefe, was Hände braucht und was nicht zu entscheiden ist.": (
        "Only show what would run, what needs hands, how long it takes and what cannot be decided."
    ),
    "Mit --plan: die Prüfblätter dazu, zum Drucken.": "With --plan: the test papers that belong to it, for printing.",
    "Fortsetzen, was in --out angefangen ist.": "Resume what was begun in --out.",
    "Was lisa countersign --challenge ausgab.": "What lisa countersign --challenge printed.",
    "Wer prüft.": "Who tests.",
    "Wo geprüft wird; sonst das Bürgerbüro des Profils.": "Where the test is; else the booth of the profile.",
    "Aufforderungen auch auf einem Telefon im Bürgerbüro.": "Requests also on a phone inside the booth.",
    "Jedes Szenario so oft.": "Each scenario so often.",
    "Fehler, die vorher bekannt sind (bekannte-fehler.toml).": "Faults that are known before (bekannte-fehler.toml).",
    "virtual: nur zur Probe.": "virtual: for a rehearsal only.",
    "Früheres Prüfpaket: nur prüfen, was eine Änderung seitdem erreichen kann (mehrmals erlaubt).": (
        "Earlier bundle: test only what a change since then can reach. May be repeated."
    ),
    "Statt zu prüfen: ein Lauf (latest, Name, Pfad).": "Instead of testing: a run (latest, name, path).",
    "Ordner der Läufe, aus denen --from wählt.": "Folder of the runs from which --from chooses.",
    "Wem man glaubt: Vertrauensliste oder Schlüssel.": "Whom to trust: a list of trust or a key.",
    "Öffentlicher Schlüssel, der die Liste unterschrieb.": "Public key that signed the list.",
    "Ein älteres Prüfpaket: zeigen, was anders ist; was sich darauf stützt, damit belegen (mehrmals erlaubt).": (
        "An older bundle: show what differs; prove by it what leans on it. May be repeated."
    ),
    "Bericht und PDF aus dem Strom neu in diesen Ordner zeichnen.": (
        "Draw report and PDF anew from the stream, into this folder."
    ),
    "Ausgabe.": "Output.",
    "Eigener Schlüssel (Ed25519, PEM).": "Your own key (Ed25519, PEM).",
    "Wer gegenzeichnet, mit Stelle.": "Who countersigns, with the office.",
    "Welches Gerät man gesehen hat.": "Which device was seen.",
    "Andere Datei als die gegebene.": "Another file than the given one.",
    "Früheres Paket, auf das sich das Paket stützt.": "Earlier bundle on which the bundle leans.",
    "Nur eine Aufgabe für lisa certify --challenge ausgeben.": "Only print a challenge for lisa certify --challenge.",
    "Sprache von allem, was Menschen lesen; ohne Angabe die der Variablen LISA_LANG.": (
        "Language of all that people read; unless given, that of the variable LISA_LANG."
    ),
    # lisa run, lint, merge, doctor, new driver
    "Hardware-Profil: Name oder .toml-Datei.": "Hardware profile: name or .toml file.",
    "Echte Uhr mit emulierten oder echten Geräten, oder virtuelle Uhr mit dem Modell im Speicher.": (
        "Real clock with emulated or real devices, or virtual clock with the model in memory."
    ),
    "Ordner für den Bericht.": "Folder for the report.",
    "So viele Läufe dort aufheben.": "How many runs are kept there.",
    "Nur, was zuletzt nicht bestanden oder nicht geprüft ist.": "Only what failed or was not checked last time.",
    "Datei mit bekannten Fehlern statt bekannte-fehler.toml bei den Szenarien.": (
        "File with known faults instead of bekannte-fehler.toml beside the scenarios."
    ),
    'Nur Szenarien mit diesen Tags: "anf:S0.10 and not stufe:wire".': (
        'Only scenarios with these tags: "anf:S0.10 and not stufe:wire".'
    ),
    "So viele Szenarien zugleich (pytest-xdist).": "How many scenarios at a time (pytest-xdist).",
    "Startwert für alles Zufällige.": "Seed of all that is random.",
    "Störungsplan, dem die emulierten Geräte in jedem Szenario folgen: printer.papier@5s,door.*@2s+1s. Statt dem "
    'des Profils ("": ohne Störungen); was --seed dabei zieht, steht im Bericht.': (
        "Plan of faults that the emulated devices follow in each scenario: printer.papier@5s,door.*@2s+1s. Instead of "
        'that of the profile ("": no faults); the report tells what --seed draws.'
    ),
    "Was eine Datei einhalten muss. gherkin: nur, was Gherkin selbst verlangt; für Szenarien von anderswo.": (
        "What a file has to keep. gherkin: only what Gherkin itself asks; for scenarios from elsewhere."
    ),
    "Was eine Datei einhalten muss. gherkin: nur, was Gherkin selbst verlangt.": (
        "What a file has to keep. gherkin: only what Gherkin itself asks."
    ),
    "Sprache der Meldungen; ohne Angabe die der Variablen LISA_LANG.": (
        "Language of the messages; unless given, that of the variable LISA_LANG."
    ),
    "Sprache dieser Seite; ohne Angabe die der Variablen LISA_LANG.": (
        "Language of this page; unless given, that of the variable LISA_LANG."
    ),
    "Sprache der Anleitung; ohne Angabe die der Variablen LISA_LANG.": (
        "Language of the manual; unless given, that of the variable LISA_LANG."
    ),
    "Nur was eine Änderung seit diesem Git-Stand berühren kann.": (
        "Only what a change since this git revision can touch."
    ),
    "Nach jedem Speichern ausführen, was davon berührt wird; Ende: Strg-C.": (
        "After each saving run what it touches; end: Ctrl-C."
    ),
    "Nur dieser Teil; zusammenfügen: lisa merge ORDNER ...": "Only this part; put together: lisa merge FOLDER ...",
    "Wie lange Szenarien dauern, für --shard; sonst sagt es --out.": (
        "How long scenarios take, for --shard; else --out says it."
    ),
    "An echten Geräten: so viele Sekunden für jede Antwort.": "At real devices: how many seconds for each answer.",
    "So viele Sekunden für einen Schritt.": "How many seconds for a step.",
    "Bei einem Fehler und bei „hier anhalten“ stehen bleiben: ansehen, Sätze probieren, weiter.": (
        "Stand at a failure and at the step “hier anhalten”: look, try sentences, go on."
    ),
    "Auch Szenarien mit @dauert an emulierten Geräten auf der echten Uhr: die Prüfung der Geräte, Minuten davon.": (
        "Also scenarios with @dauert at emulated devices on the real clock: the test of the devices, minutes of it."
    ),
    "Alles prüfen und nichts ausführen: was liefe, womit, wie lange.": (
        "Check all and run nothing: what would run, with what, how long."
    ),
    "Wer prüft; steht im Bericht.": "Who tests; stands in the report.",
    "An echten Geräten: Aufforderungen auch auf einem Telefon, unter dieser Adresse dieses Rechners.": (
        "At real devices: requests also on a phone, at this address of this computer."
    ),
    "Wo geprüft wird; sonst steht das Bürgerbüro des Profils im Bericht.": (
        "Where the test is; else the report names the booth of the profile."
    ),
    "Bildschirm und Arbeitsplatz als Bilder im Bericht: von nicht bestandenen Szenarien, von allen, von keinem.": (
        "Screen and desk as pictures in the report: of scenarios that did not pass, of all, of none."
    ),
    "Bei Fehlern auch zeigen, was Entwickler brauchen.": "On errors also show what developers need.",
    "Für Menschen und Editoren, für Programme, als SARIF 2.1.0, als Anmerkungen von GitHub.": (
        "For people and editors, for programs, as SARIF 2.1.0, as annotations of GitHub."
    ),
    "Für wessen Landkreis: Name oder .toml-Datei.": "For whose Landkreis: name or .toml file.",
    "Umschreiben, was sicher ist: Anführungszeichen und den Punkt am Satzende.": (
        "Rewrite what is safe: quotation marks, and the full stop at the end of a sentence."
    ),
    "Auch aufschreiben, wie lange Szenarien dauern, für --shard.": (
        "Also write down how long scenarios take, for --shard."
    ),
    "Nur die Scanner zeigen, die sich im Netz bekannt machen.": "Only show the scanners that announce themselves.",
    "Nur die Seite dieses Treibers zeigen: Adressen, Angaben, Ungeprüftes.": (
        "Only show the page of this driver: addresses, options, what is untested."
    ),
    "Für welchen Steckplatz: presence, door, scanner, signature_pad ...": (
        "For which slot: presence, door, scanner, signature_pad ..."
    ),
    # lisa record
    "Welcher Steckplatz; sonst der eine, den das Profil an ein Gerät bindet.": (
        "Which slot; else the one that the profile binds to a device."
    ),
    "Datei der Aufzeichnung (radar.trace); mit Szenarien ein Ordner.": (
        "File of the recording (radar.trace); with scenarios a folder."
    ),
    "Aus einem Mitschnitt lesen (pcapng oder pcap; TCP, UDP, serielle Leitung an USB), statt aufzunehmen.": (
        "Read from a capture (pcapng or pcap; TCP, UDP, serial line on USB) instead of recording."
    ),
    "Mit --from: der Treiber, wenn mehrere an den Steckplatz passen.": (
        "With --from: the driver, where more than one fits the slot."
    ),
    "Mit --from: welches Gerät, wenn darin mehrere sind (502, 192.0.2.7:502, 1.7).": (
        "With --from: which device, where more than one is in it (502, 192.0.2.7:502, 1.7)."
    ),
    "So lange aufnehmen; sonst bis Strg-C.": "Record for so long; else until Ctrl-C.",
    # lisa portal
    "Adresse; über loopback hinaus mit TLS.": "Address; beyond loopback with TLS.",
    "Zertifikat für TLS (PEM, mit Ausstellern).": "Certificate for TLS (PEM, with its authorities).",
    "Sein Schlüssel (PEM, ohne Kennwort).": "Its key (PEM, without a password).",
    "Ordner für Plätze, Konten und Namen.": "Folder for places, accounts and names.",
    "Datenbank statt eines Ordners: postgresql://BENUTZER@RECHNER/DATENBANK; mit Passwort nur in LISA_STORE.": (
        "Database instead of a folder: postgresql://USER@HOST/DATABASE; with a password in LISA_STORE only."
    ),
    "Datei: Landkreise, Länder und ihre Stellen (docs/portal.md).": (
        "File: districts, states and offices (docs/portal.md)."
    ),
    "Arbeitsfeld: Name oder .toml-Datei; auch mehrmals. Sonst alle.": (
        "Field of work: name or .toml file; repeatable. Else all."
    ),
    "Ein Kennwort genügt zur Anmeldung (ohne zweiten Faktor).": ("A password is enough to log in (no second factor)."),
    "Datei: Konten anderer Häuser (OpenID Connect).": "File: accounts of other houses (OpenID Connect).",
    "Datei: Zwecke und Fristen für Namen.": "File: purposes and terms for names.",
    "Datum und Uhrzeit, als sei es jetzt so spät: 2026-11-23T10:00.": (
        "Date and time, as if it were now: 2026-11-23T10:00."
    ),
    "Adresse von Arbeitsplätzen (LISA), die es öffnen; auch mehrmals.": (
        "Address of desks (LISA) that open it; may be given several times."
    ),
    "Mit erfundenen Plätzen und Menschen, nur auf diesem Rechner.": (
        "With invented places and people, on this computer only."
    ),
    "Nur nachsehen, ob es so startet: alles auf einmal, nichts wird geändert.": (
        "Only see whether it would start: all at once, nothing is changed."
    ),
    # lisa emulate
    "Rechner:Port (Scanner: auch https://..., Drucker: ipp://..., Türeinheit: tcp://... für Modbus TCP; Pad: "
    "usbip://Rechner:Port); bei seriellen Geräten ein Pfad für das Pty oder rfc2217://Rechner:Port; bei „booth“ ein "
    "Ordner für deren Pfade oder rfc2217://127.0.0.1:0.": (
        "host:port (scanner: also https://..., printer: ipp://..., door unit: tcp://... for Modbus TCP; pad: "
        'usbip://host:port); for serial devices a path for the pty or rfc2217://host:port; for "booth" a folder for '
        "their paths or rfc2217://127.0.0.1:0."
    ),
    "Einer Welt beitreten (tcp://Rechner:Port), statt eine eigene zu öffnen; mit ihr endet es.": (
        "Join a world (tcp://host:port) instead of opening one; it ends with that."
    ),
    'Gleich zu Beginn geschehen lassen: --act enter --act "feed pages=mietvertrag". Alle stehen unten.': (
        'Let happen at once: --act enter --act "feed pages=mietvertrag". All are listed below.'
    ),
    "Sich wie dieses Modell verhalten; fixtures/personalities nennt alle (Scanner: canon-d570 ...); bei „booth“ "
    "mit dem Gerät davor: scanner=canon-d570,door=...": (
        'Behave like this model; fixtures/personalities names all (scanner: canon-d570 ...); for "booth" with the '
        "device before it: scanner=canon-d570,door=..."
    ),
    "Was nicht stimmt, und wann: presence.rauschen@2s,door.stumm@5s+1s. Alle Störungen stehen unten.": (
        "What is wrong, and when: presence.rauschen@2s,door.stumm@5s+1s. All faults are listed below."
    ),
    "Woraus der Zufall der Störungen gezogen wird; derselbe wiederholt sie.": (
        "What the chance of the faults is drawn from; the same one repeats them."
    ),
    "Auch so langsam sein wie dieses Modell (Scanner).": "Be as slow as this model, too (scanner).",
    "Sich auf diesem Rechner per DNS-SD bekannt machen (Scanner, IPP-Drucker).": (
        "Announce itself on this computer by DNS-SD (scanner, IPP printer)."
    ),
}
METAVARS: dict[str, str] = {
    "[SZENARIEN]...": "[SCENARIOS]...",
    "KLASSE": "CLASS",
    "DATEI": "FILE",
    "STAND": "REVISION",
    "DATEI.pdf": "FILE.pdf",
    "AUFGABE": "VALUE",
    "ADRESSE[:PORT]": "ADDRESS[:PORT]",
    "PAKET": "BUNDLE",
    "LAUF": "RUN",
    "[PAKET|LISTE.toml]": "[BUNDLE|LIST.toml]",
    "GERÄT=NUMMER": "SLOT=NUMBER",
    "SLOT[=ADRESSE]": "SLOT[=ADDRESS]",
}
