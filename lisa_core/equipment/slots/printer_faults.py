"""How a printer fails while it answers. What its emulated device makes of each: `emulator.devices.printer_state`."""

from __future__ import annotations

from lisa_core.equipment.slots.declaration import Fault

_AGAIN = (
    "Im Drucker bleibt nichts liegen; die Mitarbeiterin liest, was zu tun ist, und lässt danach noch einmal drucken, "
    "sonst kommt die Kopie mit der Post"
)
_MISSING = "Die Bürgerin liest, dass ihre Kopie fehlt"
_TOLD: dict[str, tuple[str, str, str]] = {
    "papier": ("hat kein Papier mehr", "Die Bürgerin liest es", "printer.paper"),
    "toner": ("hat keinen Toner mehr", _MISSING, "printer.toner"),
    "klappe": ("steht offen", "Die Bürgerin liest, dass sie die Klappe schließen soll", "printer.cover"),
    "stau": ("hat einen Papierstau", "Die Bürgerin liest, wie sie das Blatt herausnimmt", "printer.jam"),
    "angehalten": ("ist angehalten", _MISSING, "printer.attention"),
    "belegt": ("arbeitet für andere", _MISSING, "printer.busy"),
    "abbruch": ("bricht jeden Auftrag ab", _MISSING, "printer.io"),
    "halbseite": ("druckt nur die halbe Seite", "Das halbe Blatt zählt nicht und ist wegzunehmen", "printer.io"),
}
_ORDERS: dict[str, str] = {
    "papier": "Das Papier aus dem Drucker nehmen.",
    "klappe": "Die Klappe des Druckers öffnen.",
    "angehalten": "Den Drucker mit seiner Taste anhalten.",
}
"""What a tester can bring about by hand."""
PRINTER_FAULTS = tuple(
    Fault(f"printer.{word}", says, f"{seen}. {_AGAIN}.", code, order=_ORDERS.get(word, ""))
    for word, (says, seen, code) in _TOLD.items()
)
