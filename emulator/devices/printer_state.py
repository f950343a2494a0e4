"""How the printer in the world is: one look for the raw printer, the one that speaks IPP and that of the memory booth.

Pure. Sources of the words: RFC 8011, 5.4.12 (reasons); HP, "Printer Job Language Technical Reference Manual",
appendix D (codes: 40010 no toner, 40021 open, 40022 jam, 40079 offline, 41xyy paper).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from emulator.world.world import World
from lisa_core.equipment.slots.printer_faults import PRINTER_FAULTS


@dataclass(frozen=True, slots=True)
class Condition:
    """`fault`: the declared fault that it has, "" for none. One that stands prints nothing until it is healed.

    `reasons` is what IPP calls it, `code` and `display` what PJL does.
    """

    fault: str = ""
    reasons: tuple[str, ...] = ()
    code: int = 10001
    display: str = "BEREIT"

    @property
    def stands(self) -> bool:
        return bool(self.reasons)


HALF, GIVES_UP, BUSY, TONER = "printer.halbseite", "printer.abbruch", "printer.belegt", "printer.toner"
_STANDING: Mapping[str, Condition] = {
    "printer.stau": Condition("printer.stau", ("media-jam-error",), 40022, "PAPIERSTAU"),
    "printer.klappe": Condition("printer.klappe", ("cover-open-error",), 40021, "KLAPPE OFFEN"),
    "printer.papier": Condition("printer.papier", ("media-empty-error", "media-needed-error"), 41213, "A4 NACHLEGEN"),
    TONER: Condition(TONER, ("marker-supply-empty-error",), 40010, "TONER ERSETZEN"),
    "printer.angehalten": Condition("printer.angehalten", ("paused",), 40079, "ANGEHALTEN"),
}
"""The first counts."""
_ORDER = (*_STANDING, *(fault.name for fault in PRINTER_FAULTS if fault.name not in _STANDING))


def condition(world: World) -> Condition:
    """How it is now."""
    name = next((name for name in _ORDER if name in world.faults), "")
    return _STANDING.get(name, Condition(name))
