"""How a scanner fails while it answers. Pure; `emulator.devices.scanning.sheets` says what comes of the sheets."""

from __future__ import annotations

from lisa_core.equipment.slots.declaration import Fault

_KEPT = "was eingescannt ist, bleibt, und nach der Abhilfe wird ab dem fehlenden Blatt weiter gescannt"
_SEEN = "die Seite bleibt, die Mitarbeiterin sieht sie auf dem Vorschaubild und lässt das Blatt noch einmal einlegen"
_BUSY = (
    "Der Scanner wird eine Dreiviertelminute lang gefragt; ist er dann frei, geht der Scan von selbst los, sonst liest "
    "die Mitarbeiterin, dass er beschäftigt ist, und beginnt später noch einmal."
)
SCANNER_FAULTS = (
    Fault(
        "scanner.stau",
        "staut das nächste Blatt",
        f"Beide Bildschirme melden den Papierstau; {_KEPT}.",
        "scanner.jam",
    ),
    Fault(
        "scanner.doppeleinzug",
        "zieht zwei Blätter zugleich ein",
        f"Beide Bildschirme sagen, dass zwei Blätter zugleich eingezogen wurden; {_KEPT}.",
        "scanner.double",
        order="Zwei Blätter am Rand aneinanderkleben und so einlegen.",
    ),
    Fault(
        "scanner.fehleinzug",
        "fasst das Blatt nicht",
        f"Beide Bildschirme bitten, die Blätter aufzufächern und bis zum Anschlag einzulegen; {_KEPT}.",
        "scanner.mispick",
    ),
    Fault(
        "scanner.klappe",
        "hat die Klappe offen",
        f"Beide Bildschirme bitten, sie zu schließen; {_KEPT}.",
        "scanner.cover",
        order="Die Klappe des Einzugs öffnen.",
    ),
    Fault(
        "scanner.auftragsverlust",
        "vergisst seinen Auftrag",
        f"Die Mitarbeiterin liest, dass der Scanner nicht arbeitet; {_KEPT}.",
        "scanner.io",
    ),
    Fault(
        "scanner.seitenabbruch",
        "bricht mitten in der Seite ab",
        f"Die halbe Seite wird verworfen und nie gezeigt; {_KEPT}.",
        "scanner.io",
    ),
    Fault(
        "scanner.leerdatei",
        "liefert eine Seite ohne Inhalt",
        f"Die Datei ohne ein einziges Byte wird verworfen; {_KEPT}.",
        "scanner.io",
    ),
    Fault(
        "scanner.falschformat",
        "nennt für seine Seiten ein falsches Format",
        "Niemand merkt etwas: Es gilt, was die Bytes sind, und nicht, was der Scanner dazu sagt.",
    ),
    Fault(
        "scanner.leerseite",
        "liefert leere Seiten",
        "Die Seite bleibt, und die Mitarbeiterin liest, auf welcher nichts zu sehen ist (Rückseite, falsch herum "
        "eingelegt); sie verwirft sie oder lässt das Blatt noch einmal einlegen.",
        order="Die Blätter so einlegen, dass ihre leere Seite gescannt wird.",
    ),
    Fault(
        "scanner.schief",
        "zieht das Blatt schief ein",
        f"Der Scan gelingt: {_SEEN}.",
        order="Das Blatt schief einlegen.",
    ),
    Fault(
        "scanner.kopfueber",
        "liefert die Seiten auf dem Kopf",
        f"Der Scan gelingt: {_SEEN}.",
        order="Das Blatt auf dem Kopf einlegen.",
    ),
    Fault("scanner.ruhezustand", "wacht nicht aus dem Ruhezustand auf", _BUSY, "scanner.busy"),
    Fault("scanner.fremdauftrag", "arbeitet für jemand anderen", _BUSY, "scanner.busy"),
)
