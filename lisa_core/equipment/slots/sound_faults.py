"""How microphone and loudspeaker fail beyond silence."""

from __future__ import annotations

from lisa_core.equipment.slots.declaration import Fault

_SAID = "Die Mitarbeiterin liest es einmal je Gespräch; es geht weiter, solange etwas zu verstehen ist"
MICROPHONE_FAULTS = (
    Fault(
        "microphone.taub",
        "hört nichts und sendet nur Stille",
        "Die Mitarbeiterin und die Bürgerin lesen es nach zehn Sekunden, und die Mitarbeiterin, wenn es wieder hört; "
        "sehen können sich beide.",
        "microphone.still",
        order="Das Mikrofon an seinem eigenen Schalter stummschalten.",
    ),
    Fault("microphone.kracht", "kracht und übersteuert", f"{_SAID}.", "microphone.clipping", wire=True),
    Fault("microphone.brummt", "brummt", f"{_SAID}.", "microphone.hum", wire=True),
)
LOUDSPEAKER_FAULTS = (
    Fault(
        "loudspeaker.tonlos",
        "ist stummgeschaltet",
        "Die Mitarbeiterin und die Bürgerin lesen es; sie sehen einander, und was gesprochen wurde, wird nicht "
        "nachgeholt. Wieder eingeschaltet, spricht er von selbst weiter.",
        "loudspeaker.muted",
        order="Den Ton des Lautsprechers am Rechner oder am Gerät ausschalten.",
    ),
)
