"""How a signature pad fails beyond silence and a bad line. Of a signature that did not come whole nothing is used."""

from __future__ import annotations

from lisa_core.equipment.slots.declaration import Fault

SLEEPS = "signature-pad.schlaeft"
RESTARTS = "signature-pad.neustart"
LOSES = "signature-pad.luecke"
WRAPS = "signature-pad.zaehler"
HANGS = "signature-pad.haengt"
HOVERS = "signature-pad.schwebt"
REFUSES = "signature-pad.zustand"
TEARS = "signature-pad.halbesbild"
SHOWS = "signature-pad.anzeige"
PLAIN = "signature-pad.klartext"

_AGAIN = "Nichts davon wird verwendet, das Pad wird geleert, und die Mitarbeiterin bittet um eine neue Unterschrift"
_NOTHING = "Niemand merkt etwas"
PAD_FAULTS = (
    Fault(SLEEPS, "schläft und überhört die erste Frage", f"{_NOTHING}: Gefragt wird zweimal, dann ist es wach."),
    Fault(RESTARTS, "beginnt mitten in der Unterschrift neu", f"{_AGAIN}.", "pad.restarted"),
    Fault(LOSES, "verliert mitten in der Unterschrift Meldungen", f"{_AGAIN}.", "pad.gap"),
    Fault(
        WRAPS,
        "zählt die Zeit über das Ende seines Zählers hinaus",
        f"{_NOTHING}: Die Zeit läuft weiter.",
        wire=True,  # a memory booth knows the time itself
    ),
    Fault(HANGS, "meldet den Stift als aufgesetzt, obwohl er weg ist", f"Nach 5 s ohne Regung: {_AGAIN}.", "pad.stuck"),
    Fault(
        HOVERS,
        "spürt den Stift, aber keine Berührung",
        "Es entsteht kein Strich und keine Unterschrift; spürt es den Stift wieder, wird noch einmal unterschrieben.",
    ),
    Fault(
        REFUSES,
        "lehnt ab, eine Unterschrift aufzunehmen",
        "Die Mitarbeiterin liest, dass das Pad keine Unterschrift aufnimmt, und bittet später noch einmal darum.",
        "pad.wrong_state",
    ),
    Fault(
        TEARS,
        "bricht das Bild ab, unter dem unterschrieben werden soll",
        "Das halbe Bild wird gelöscht, und unterschrieben wird erst unter einem ganzen. Ohne Bild (Option prompt) "
        "merkt niemand etwas.",
        "pad.picture",
    ),
    Fault(
        SHOWS,
        "löscht seine Anzeige nicht",
        "Die Kabine wird nicht frei, bis das Pad leer ist: Die Lampe ist rot, und gelöscht wird immer wieder.",
        "pad.busy",
    ),
    Fault(
        PLAIN,
        "verschlüsselt nicht, obwohl es soll",
        f"{_AGAIN}. Ohne Verschlüsselung (Option encrypted) merkt niemand etwas.",
        "pad.unencrypted",
    ),
)
