"""What the case says to citizen and agent: one table of German sentences, each with what happened and what to do."""

from __future__ import annotations

from collections.abc import Mapping

_REFUSALS: Mapping[str, str] = {
    "service.unknown": "Diese Leistung gibt es hier nicht: bitte eine aus der Liste wählen.",
    "form.unknown": "Dieses Formular gibt es hier nicht: bitte eines aus der Liste wählen.",
    "form.none": "Es ist kein Antrag geöffnet: bitte zuerst ein Formular öffnen.",
    "form.open": "Es ist schon ein Antrag geöffnet: diesen bitte erst abschließen oder verwerfen.",
    "form.submitting": "Der Antrag wird gerade eingereicht: bitte einen Moment warten.",
    "form.submitted": "Der Antrag ist eingereicht und lässt sich nicht mehr ändern.",
    "form.draft": "Der Antrag wird noch ausgefüllt: bitte zuerst die ganze Erklärung prüfen lassen.",
    "form.checking": "Die Erklärung wird noch geprüft: bitte die Bestätigung abwarten.",
    "form.checked": "Die Erklärung ist schon geprüft: als Nächstes folgt die Unterschrift.",
    "form.signing": "Die Unterschrift wird gerade geleistet: bitte einen Moment warten.",
    "form.signed": "Der Antrag ist schon unterschrieben: als Nächstes wird er eingereicht.",
    "field.unknown": "Dieses Feld gibt es in diesem Antrag nicht.",
    "field.unusable": "{label}: {why}.",
    "field.stale": "{label} hat sich inzwischen geändert: bitte den neuen Wert ansehen und dann erneut eintragen.",
    "field.empty": "{label} ist noch leer und lässt sich nicht bestätigen.",
    "check.fields": "Noch nicht vollständig: {labels}. Jede Angabe muss eingetragen, richtig und bestätigt sein.",
    "check.capturing": "„{title}“ wird noch erfasst: bitte warten, bis alle Seiten da sind.",
    "check.open": "„{title}“ ist noch unvollständig: bitte weiter erfassen, so übernehmen oder verwerfen.",
    "declaration.other": "Diese Bestätigung gilt einer früheren Fassung: bitte die Erklärung noch einmal prüfen.",
    "signature.other": "Diese Unterschrift gilt einer anderen Fassung und wird nicht angenommen.",
    "paper.unknown": "Diese Unterlage gibt es nicht.",
    "paper.capturing": "„{title}“ wird gerade erfasst: bitte warten, bis alle Seiten da sind.",
    "paper.open": "„{title}“ ist noch nicht vollständig: bitte zuerst weiter erfassen, so übernehmen oder verwerfen.",
    "paper.empty": "„{title}“ hat noch keine Seite.",
    "paper.done": "„{title}“ ist schon übernommen.",
    "paper.discarded": "„{title}“ ist schon verworfen und vernichtet.",
    "paper.submitted": "„{title}“ ist schon eingereicht und lässt sich nicht mehr verwerfen.",
    "paper.title": "Bitte die Unterlage kurz benennen (höchstens {limit} druckbare Zeichen).",
    "paper.many": "Mehr als {limit} Unterlagen sind in einem Besuch nicht möglich.",
    "paper.copied": "„{title}“ ist kopiert, der Scan ist gelöscht. Bitte noch einmal einscannen.",
    "copy.busy": "Gerade wird eine Kopie gedruckt: bitte einen Moment warten.",
    "copy.submitted": "„{title}“ ist schon eingereicht. Für eine Kopie bitte noch einmal einscannen.",
    "papers.form": (
        "Es ist ein Antrag geöffnet: Mit ihm werden auch die Unterlagen eingereicht. "
        "Ohne Antrag geht es, wenn er verworfen ist."
    ),
    "papers.none": "Es ist noch keine Unterlage erfasst: bitte zuerst einscannen oder aufnehmen.",
    "papers.reference": "Das Aktenzeichen hat höchstens {limit} Zeichen, und alle müssen sich drucken lassen.",
    "papers.checking": "Die Bürgerin sieht gerade, was ohne Antrag eingereicht wird: bitte ihre Bestätigung abwarten.",
    "papers.checked": "Die Unterlagen sind noch nicht eingereicht: bitte erneut einreichen.",
    "papers.submitting": "Die Unterlagen werden gerade eingereicht: bitte einen Moment warten.",
    "papers.submitted": (
        "In diesem Besuch sind schon Unterlagen eingereicht. Für alles Weitere bitte einen neuen Besuch beginnen."
    ),
}

_TOLD: Mapping[str, str] = {
    "changed.checked": "Der Antrag wurde geändert: bitte die Erklärung noch einmal prüfen.",
    "changed.signed": (
        "Der Antrag wurde nach der Unterschrift geändert. Die Unterschrift gilt nicht mehr: "
        "bitte noch einmal prüfen und unterschreiben."
    ),
    "changed.papers": "Es hat sich etwas geändert: Die Unterlagen bitte noch einmal zum Einreichen zeigen.",
    "papers.reopened": "Die Unterlagen sind nicht eingereicht. Bitte gemeinsam klären, was sich ändern soll.",
    "capture.nothing": "Von „{title}“ wurde keine Seite erfasst: bitte das Papier einlegen und noch einmal beginnen.",
}

# Codes of device faults and of the office. {title} is the paper's, {number} the page that is missing.
_FAULTS: Mapping[str, str] = {
    "scanner.jam": (
        "Papierstau im Scanner: Seite {number} von „{title}“ ist stecken geblieben. Bitte den Deckel öffnen, das Blatt "
        "herausnehmen, mit den noch fehlenden wieder einlegen und weiter scannen.{kept}"
    ),
    "scanner.double": (
        "Der Scanner hat zwei Blätter zugleich eingezogen: Seite {number} von „{title}“ fehlt. Bitte beide "
        "herausnehmen, auffächern, mit den noch fehlenden wieder einlegen und weiter scannen.{kept}"
    ),
    "scanner.mispick": (
        "Der Scanner fasst Seite {number} von „{title}“ nicht: bitte die Blätter auffächern, bis zum Anschlag einlegen "
        "und weiter scannen.{kept}"
    ),
    "scanner.empty": "Im Scanner liegt kein Papier: bitte „{title}“ ab Seite {number} einlegen und scannen.{kept}",
    "scanner.busy": "Der Scanner arbeitet noch: bitte einen Moment warten und „{title}“ dann weiter scannen.{kept}",
    "scanner.cover": "Der Deckel des Scanners ist offen: bitte schließen und „{title}“ weiter scannen.{kept}",
    "scanner.offline": "Der Scanner ist nicht erreichbar: bitte „{title}“ in einem Moment weiter scannen.{kept}",
    "scanner.absent": (
        "Der Scanner ist nicht da, seit die Kabine läuft: bitte „{title}“ mit der Dokumentenkamera aufnehmen oder "
        "nachreichen lassen.{kept}"
    ),
    "scanner.io": (
        "Der Scanner arbeitet nicht: bitte „{title}“ in einem Moment weiter scannen, sonst mit der Dokumentenkamera "
        "aufnehmen.{kept}"
    ),
    "scanner.unsupported": (
        "Das kann der Scanner in dieser Kabine nicht: bitte „{title}“ von der anderen Quelle scannen (Einzug oder "
        "Glas) oder mit der Dokumentenkamera aufnehmen.{kept}"
    ),
    "scanner.untrusted": (
        "Mit dem Scanner kommt keine gesicherte Verbindung zustande: bitte „{title}“ mit der Dokumentenkamera "
        "aufnehmen und den Support verständigen.{kept}"
    ),
    "picture.damaged": (
        "Seite {number} von „{title}“ kam beschädigt an und wurde nicht übernommen: bitte dieses Blatt noch einmal "
        "einlegen und „{title}“ weiter erfassen.{kept}"
    ),
    "picture.large": (
        "Seite {number} von „{title}“ ist als Bild zu groß und wurde nicht übernommen: bitte die Auflösung des Geräts "
        "verringern und „{title}“ weiter erfassen.{kept}"
    ),
    "picture.slow": (
        "Seite {number} von „{title}“ ließ sich nicht in angemessener Zeit lesen: bitte dieses Blatt noch einmal "
        "einlegen und „{title}“ weiter erfassen.{kept}"
    ),
    "capture.many": "Mehr als {limit} Seiten sind nicht möglich: „{title}“ bitte verwerfen oder so übernehmen.",
}
_OTHER_CAPTURE = (
    "„{title}“ konnte nicht weiter erfasst werden ({code}): bitte noch einmal versuchen; hilft das nicht, anders "
    "erfassen (Scanner oder Dokumentenkamera) oder nachreichen lassen.{kept}"
)

_SIGNATURE: Mapping[str, str] = {
    "pad.busy": "Das Unterschriftenpad ist noch beschäftigt: bitte einen Moment warten und noch einmal unterschreiben.",
    "pad.lost": "Das Pad ist nicht mehr verbunden: bitte das Kabel prüfen und noch einmal unterschreiben.",
    "pad.gap": "Beim Schreiben gingen Meldungen des Pads verloren, nichts davon gilt: bitte neu unterschreiben.",
    "pad.early": "Es wurde schon geschrieben, bevor das Pad bereit war, nichts davon gilt: bitte neu unterschreiben.",
    "pad.restarted": "Das Pad hat beim Schreiben neu begonnen, nichts davon gilt: bitte neu unterschreiben.",
    "pad.stuck": "Das Pad meldet einen Stift, der sich nicht rührt: bitte den Stift abheben und neu unterschreiben.",
    "pad.wrong_state": "Das Pad nimmt gerade keine Unterschrift auf: bitte einen Moment warten und neu unterschreiben.",
    "pad.picture": "Das Pad zeigt nicht, was zu unterschreiben ist: bitte einen Moment warten und neu unterschreiben.",
    "pad.unencrypted": "Das Pad hat nicht verschlüsselt, nichts davon gilt: erst aus- und wieder einschalten lassen.",
    "link.missing": "Das Unterschriftenpad ist nicht angeschlossen. Unterschreiben geht erst, wenn es wieder da ist.",
    "pad.endless": "Das Pad meldet ununterbrochen einen Stift: bitte den Stift abheben und noch einmal unterschreiben.",
    "pad.silent": "Das Unterschriftenpad antwortet nicht: bitte einen Moment warten und noch einmal unterschreiben.",
}
_ALL_SAID = frozenset(
    {
        "scanner.jam",
        "scanner.double",
        "scanner.mispick",
        "scanner.empty",
        "scanner.busy",
        "scanner.cover",
        "scanner.absent",
        "pad.busy",
        "pad.endless",
        "pad.stuck",
    }
    | {"printer.paper", "printer.jam", "printer.cover", "printer.toner", "printer.absent", "printer.busy"}
    | {code for code in _FAULTS if code.startswith("picture.")}
)
_OTHER_SIGNATURE = "Das Pad hat keine Unterschrift aufgenommen ({code}): bitte noch einmal unterschreiben."

_DELIVERY: Mapping[str, str] = {
    "timeout": "Die Behörde hat den Eingang nicht bestätigt. Der Antrag ist noch hier: bitte erneut einreichen.",
    "link": (
        "Die Verbindung war unterbrochen: Der Antrag ist nicht abgeschickt. Er ist noch hier: bitte erneut einreichen."
    ),
    "full": "Der Antrag kann gerade nicht angenommen werden. Er ist noch hier: bitte später erneut einreichen.",
    "refused": "Die Behörde hat den Antrag technisch zurückgewiesen. Er ist noch hier: bitte erneut einreichen.",
    "seal": (
        "Der Antrag ließ sich so nicht versiegeln: bitte noch einmal unterschreiben, "
        "oder bei sehr vielen Seiten eine Unterlage verwerfen."
    ),
}
_OTHER_DELIVERY = "Der Antrag konnte nicht eingereicht werden ({code}). Er ist noch hier: bitte erneut einreichen."

_PAPERS: Mapping[str, str] = {
    "timeout": "Die Behörde hat den Eingang nicht bestätigt. Die Unterlagen sind noch hier: bitte erneut einreichen.",
    "link": (
        "Die Verbindung war unterbrochen: Die Unterlagen sind nicht abgeschickt. Sie sind noch hier: "
        "bitte erneut einreichen."
    ),
    "full": (
        "Die Unterlagen können gerade nicht angenommen werden. Sie sind noch hier: bitte später erneut einreichen."
    ),
    "refused": "Die Behörde hat die Unterlagen technisch zurückgewiesen. Sie sind noch hier: bitte erneut einreichen.",
    "seal": "Die Unterlagen ließen sich so nicht versiegeln: bei sehr vielen Seiten bitte eine davon verwerfen.",
}
_OTHER_PAPERS = "Die Unterlagen konnten nicht eingereicht werden ({code}). Sie sind noch hier: bitte erneut einreichen."

# Codes of the printer's faults; the scan of {title} is still there.
_COPY: Mapping[str, str] = {
    "printer.offline": (
        "Der Drucker ist nicht erreichbar: Ist er eingeschaltet? „{title}“ ist noch da, bitte noch einmal kopieren."
    ),
    "printer.paper": (
        "Im Drucker ist kein Papier mehr: bitte A4-Papier nachlegen lassen und „{title}“ dann noch einmal kopieren."
    ),
    "printer.jam": (
        "Papierstau im Drucker: bitte die Klappe öffnen, das Blatt herausnehmen und „{title}“ noch einmal kopieren."
    ),
    "printer.cover": "Der Drucker ist offen: bitte die Klappe schließen und „{title}“ noch einmal kopieren.",
    "printer.toner": "Der Drucker braucht neuen Toner: bitte Bescheid geben und „{title}“ danach noch einmal kopieren.",
    "printer.io": (
        "Der Drucker hat die Kopie von „{title}“ nicht fertig gedruckt: bitte Papier und Anzeige am Drucker prüfen und "
        "noch einmal kopieren."
    ),
    "printer.attention": (
        "Der Drucker steht: bitte Papier, Klappen und Anzeige prüfen lassen. Kommt die Kopie von „{title}“ danach "
        "nicht von selbst, bitte noch einmal kopieren."
    ),
    "printer.busy": (
        "Der Drucker arbeitet noch an anderen Aufträgen: bitte einen Moment warten und „{title}“ noch einmal kopieren."
    ),
    "printer.refused": "Der Drucker nimmt die Kopie von „{title}“ nicht an: bitte den Support verständigen.",
    "printer.absent": (
        "Der Drucker ist nicht da, seit die Kabine läuft: „{title}“ lässt sich hier gerade nicht kopieren."
    ),
    "seal": "„{title}“ lässt sich so nicht drucken: bitte noch einmal erfassen und dann kopieren.",
}
_OTHER_COPY = "„{title}“ konnte nicht kopiert werden ({code}): bitte noch einmal versuchen."


def refusal(key: str, **values: object) -> str:
    """Why something cannot be done now."""
    return _REFUSALS[key].format(**values)


def told(key: str, **values: object) -> str:
    """What follows from something that was done."""
    return _TOLD[key].format(**values)


def capture_fault(code: str, title: str, pages: int, limit: int) -> str:
    """What stopped the capture of a paper of which `pages` pages are there, and what citizen and agent can do."""
    kept = {0: "", 1: " Seite 1 ist schon erfasst."}.get(pages, f" Die Seiten 1 bis {pages} sind schon erfasst.")
    text = _FAULTS.get(code, _OTHER_CAPTURE)
    return text.format(title=title, number=pages + 1, kept=kept, code=plain(code), limit=limit)


def is_all_said(code: str) -> bool:
    """Whether the sentence for this code says everything; else the device's own words belong beside it."""
    return code in _ALL_SAID


def signature_fault(code: str) -> str:
    return _SIGNATURE.get(code, _OTHER_SIGNATURE).format(code=plain(code))


def delivery_fault(code: str) -> str:
    return _DELIVERY.get(code, _OTHER_DELIVERY).format(code=plain(code))


def papers_fault(code: str) -> str:
    """Why papers without an application did not arrive."""
    return _PAPERS.get(code, _OTHER_PAPERS).format(code=plain(code))


def copy_fault(code: str, title: str) -> str:
    """Why a paper was not printed for the citizen, and what can be done."""
    return _COPY.get(code, _OTHER_COPY).format(code=plain(code), title=title)


def plain(code: str) -> str:
    """A code for a sentence: short, and only what belongs into a dotted name."""
    return "".join(char for char in code[:40] if char.isascii() and (char.isalnum() or char in "._-")) or "unbekannt"
