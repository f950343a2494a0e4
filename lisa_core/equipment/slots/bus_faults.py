"""How radars, contacts and outputs fail while they answer; their lines and their silence: `equipment.slots.faults`."""

from __future__ import annotations

from lisa_core.equipment.slots.declaration import Fault

_AGAIN = (
    "Alle drei Sekunden wird es wieder versucht; die Mitarbeiterin liest, dass es nicht geht, und ebenso, wenn es geht"
)
_UNIT = (
    "Die Mitarbeiterin liest, dass Tür, Taste, Glas und Lampe nicht antworten; das Gespräch geht weiter, und alles "
    "wird gestellt, sobald sie wieder antworten"
)
PRESENCE_FAULTS = (
    Fault(
        "presence.vorhang",
        "hält den Vorhang für jemanden",
        (
            "Nach einigen Sekunden klingelt es, als wäre jemand gekommen; die Mitarbeiterin sieht niemanden und "
            "legt auf. Nach dem Abschied wird gelöscht wie immer, der Bildschirm bittet, die Ruftaste zu drücken, und "
            "zwei Minuten danach klingelt es noch einmal, damit jemand nachsieht."
        ),
    ),
    Fault(
        "presence.phantom",
        "meldet immer wieder kurz jemanden in 0 cm Entfernung",
        "Niemand merkt etwas: Was kürzer ist als die Entprellung, ist niemand, und bei 0 cm sitzt niemand.",
    ),
    Fault(
        "presence.flackert",
        "verliert immer wieder kurz, wen er sieht",
        "Niemand merkt etwas: Wer weniger als eine Sekunde nicht gesehen wird, ist nicht gegangen.",
    ),
    Fault(
        "presence.klebt",
        "meldet weiter jemanden, der gegangen ist",
        (
            "Ist die Bürgerin gegangen, beendet die Mitarbeiterin den Besuch; gelöscht wird wie immer, und "
            "zwei Minuten nach dem Abschied klingelt es noch einmal, damit jemand nachsieht."
        ),
    ),
    Fault(
        "presence.blind",
        "sieht niemanden mehr",
        (
            "Wer kommt, drückt die Ruftaste; wer im Gespräch ist, gilt nach einer Sekunde als gegangen: Der "
            "Besuch endet, und gelöscht wird wie immer."
        ),
    ),
    Fault(
        "presence.neustart",
        "startet alle paar Sekunden neu",
        "Niemand merkt etwas: Eine halbe Meldung wird verworfen, und nach einer halben Sekunde kommt die nächste.",
    ),
    Fault(
        "presence.konfiguration",
        "ist im Konfigurationsmodus stehen geblieben",
        "Nach einer Sekunde ohne Meldung beendet ihn das Bürgerbüro selbst; die Mitarbeiterin liest beides.",
        "presence.silent",
    ),
    Fault(
        "presence.misst",
        "misst sein Grundrauschen ein",
        "Er gilt als ausgefallen, bis er fertig ist: Die Mitarbeiterin liest beides, das Gespräch geht weiter.",
        "presence.calibrating",
    ),
)
DOOR_FAULTS = (
    Fault(
        "door.prellt",
        "prellt",
        (
            "So lange der Kontakt die Tür als offen meldet, ist der Ton stumm, und die Bürgerin liest es; das "
            "Gespräch geht weiter."
        ),
    ),
    Fault(
        "door.klebt",
        "meldet die Tür immer als geschlossen",
        (
            "Wer hereinkommt, wird einige Sekunden später verbunden; geht die Tür im Gespräch auf, erfährt es "
            "niemand, und der Ton bleibt an."
        ),
    ),
    Fault(
        "door.drahtbruch",
        "meldet die Tür immer als offen",
        (
            "Die Bürgerin liest, dass die Tür offen ist: Der Ton bleibt stumm, und Unterlagen bleiben "
            "ausgeblendet, bis er wieder in Ordnung ist; aufgelegt wird wie immer."
        ),
    ),
    Fault("door.ausnahme", "lehnt jede Frage ab", f"{_UNIT}.", "door.refused"),
    Fault(
        "door.beschaeftigt",
        "vertröstet bei jeder Frage auf später",
        f"Er wird noch fünf Sekunden gefragt. {_UNIT}.",
        "door.refused",
    ),
    Fault(
        "door.spaet", "antwortet erst, wenn niemand mehr wartet", f"{_UNIT}. timeout_s hilft.", "door.silent", wire=True
    ),
    Fault(
        "door.pruefsumme",
        "schickt falsche Prüfsummen",
        f"{_UNIT}; keine solche Antwort gilt.",
        "door.silent",
        wire=True,
    ),
    Fault(
        "door.fremd",
        "antwortet unter einer anderen Nummer",
        f"{_UNIT}; keine solche Antwort gilt.",
        "door.silent",
        wire=True,
    ),
)
CALL_BUTTON_FAULTS = (
    Fault(
        "call_button.klemmt",
        "bleibt gedrückt",
        (
            "Sie gilt einmal als gedrückt: Es klingelt, die Mitarbeiterin sieht niemanden und legt auf; dann "
            "geschieht nichts von selbst, bis sie losgelassen und wieder gedrückt wird."
        ),
    ),
    Fault(
        "call_button.tot",
        "gibt keinen Kontakt mehr",
        "Wer hereinkommt, wird trotzdem verbunden; wer noch einmal rufen will, geht hinaus und kommt wieder herein.",
    ),
)
PRIVACY_GLASS_FAULTS = (
    Fault("privacy_glass.haengt", "schaltet nicht mehr um", f"{_AGAIN}; das Gespräch geht weiter.", "door.stuck"),
)
LAMP_FAULTS = (
    Fault("lamp.haengt", "bleibt, wie sie ist", f"{_AGAIN}; das Gespräch geht weiter.", "door.stuck"),
    Fault(
        "lamp.dunkel", "leuchtet nicht mehr", "Niemand erfährt es: Die Einheit hat geschaltet, und mehr sagt sie nicht."
    ),
)
