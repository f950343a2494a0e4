"""How a camera head fails beyond silence."""

from __future__ import annotations

from lisa_core.equipment.slots.declaration import Fault

_STAYS = "Das Gespräch geht weiter, das Bild bleibt, wie es ist; die Mitarbeiterin liest, was der Kopf meldet"
HEAD_FAULTS = (
    Fault(
        "camera-head.klemmt",
        "bewegt sich nicht mehr",
        f"{_STAYS}. Alle drei Sekunden wird es wieder versucht, auch am Ende des Besuchs.",
        "camera_head.refused",
    ),
    Fault(
        "camera-head.belegt",
        "nimmt keinen Befehl an, weil er schon zwei ausführt",
        f"{_STAYS}. Alle drei Sekunden wird es wieder versucht.",
        "camera_head.refused",
    ),
    Fault(
        "camera-head.haengt",
        "nimmt einen Befehl an und führt ihn nicht aus",
        f"{_STAYS}, sobald feststeht, dass er nicht dort ist, wohin er sollte.",
        "camera_head.stuck",
    ),
)
