"""How a printer fails while it answers. What its emulated device makes of each: `emulator.devices.printer_state`."""

from __future__ import annotations

from lisa_core.equipment.slots.declaration import Fault

_AGAIN = (
    "Im Drucker bleibt nichts liegen; die Mitarbeiterin liest, was zu tun ist, und lässt danach noch einmal drucken, "
    "sonst kommt die Kopie mit der Post"
)
_TOLD: dict[str, tuple[str, str, str]] = {
    "papier": ("hat kein Papier mehr", "Die Bürgerin liest es", "printer.paper"),
    "toner": ("hat keinen Toner mehr", "Die Bürgerin liest, dass ihre Kopie fehlt", "printer.toner"),
    "klappe": ("steht offen", "Die Bürgerin liest, dass sie die Klappe schließen soll", "printer.cover"),
    "stau": ("hat einen Papierstau", "Die Bürgerin liest, wie sie das Blatt herausnimmt", "printer.jam"),
    "angehalten": ("ist angehalten", "Die Bürgerin liest, dass ihre Kopie fehlt", "printer.attention"),
    "belegt": ("arbeitet für andere", "Die Bürgerin liest, dass ihre Kopie fehlt", "printer.busy"),
    "abbruch": ("bricht jeden Auftrag ab", "Die Bürgerin liest, dass ihre Kopie fehlt", "printer.io"),
    "halbseite": ("druckt nur die halbe Seite", "Das halbe Blatt zählt nicht und ist wegzunehmen", "printer.io"),
}
PRINTER_FAULTS = tuple(
    Fault(f"printer.{word}", says, f"{seen}. {_AGAIN}.", code) for word, (says, seen, code) in _TOLD.items()
)
