"""The help of a vendor's commands in English: what each does, by its name, and its options, by their German text."""

from __future__ import annotations

HELPS: dict[str, str] = {
    "check": """Show all mistakes of a profile at once, with file, line and what to do. No device is touched.

Keys, drivers, ports, options, two devices at one port, limits, Landkreis and site. Warning: what the class asks for
and no device declares (capabilities).

\b
Example:   lisa profile check px2.toml
Exit:      0 no mistake · 4 mistakes found
""",
    "probe": """Open each device of a profile and ask who it is, what it can do, how long the way to it takes.

What the profile declares (vendor, model, serial, firmware, capabilities) is compared with what the device says. A
device that does not answer counts as set up wrongly and never as not conforming.

\b
Example:   lisa profile probe px2.toml --write
Exit:      0 all there · 1 contradiction · 2 cannot be asked · 3 driver broken · 4 set up wrongly
""",
    "find": """Show what is attached to this computer and announces itself on the network, and what each may be.

Serial ports, cameras, signature pads, card readers, sound devices; scanners (eSCL) and printers (IPP) on the network.
No device is opened or asked. Takes six seconds at most.

\b
Example:   lisa profile find --write px2.toml --slot presence
           lisa profile find --write px2.toml --slot presence=rfc2217://lab:4001 --slot scanner
Exit:      0 something found · 2 nothing, or not clear what to bind · 4 wrong input
""",
    "certify": """Test a device or a booth for a class and sign the result as a bundle.

\b
Example:   lisa certify --profile mine.toml --class praesenzsensor-2026.1 --plan
           lisa certify --profile mine.toml --class praesenzsensor-2026.1 --new-key key.pem
           lisa certify --profile mine.toml --class praesenzsensor-2026.1 --key key.pem
           lisa certify --profile mine.toml --class praesenzsensor-2026.1 --since old.zip --plan
           lisa certify --resume --key key.pem
           lisa certify --from latest --key key.pem
Exit:      0 certifiable · 1 failed · 2 incomplete or trial run · 4 wrong input · 5 the computer
           130 interrupted: goes on with --resume
""",
    "verify": """Check a bundle: whether it is whole, who signed it, and each verdict once more from its stream.

\b
Example:   lisa verify pruefpaket.zip --trust vendor.pub
Exit:      0 certifiable · 1 failed · 2 incomplete, trial run or nobody's key
           4 no bundle, changed or a stranger's key · 5 the computer
""",
    "countersign": """Countersign a bundle, sign a list of trust, or print a challenge.

\b
Example:   lisa countersign --challenge --key office.pem
           lisa countersign pruefpaket.zip --key office.pem --by "Erika Muster" --device presence=SN-0815
           lisa countersign trust.toml --key office.pem
Exit:      0 · 4 wrong input, bundle not whole · 5 the computer
""",
}
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
}
METAVARS: dict[str, str] = {
    "[SZENARIEN]...": "[SCENARIOS]...",
    "KLASSE": "CLASS",
    "DATEI": "FILE",
    "DATEI.pdf": "FILE.pdf",
    "AUFGABE": "VALUE",
    "ADRESSE[:PORT]": "ADDRESS[:PORT]",
    "PAKET": "BUNDLE",
    "LAUF": "RUN",
    "[PAKET|LISTE.toml]": "[BUNDLE|LIST.toml]",
    "GERÄT=NUMMER": "SLOT=NUMBER",
    "SLOT[=ADRESSE]": "SLOT[=ADDRESS]",
}
