"""What a measure may be taken against: by its word in a class file what it is, which slots it needs, who brings it.

A reference is what the device under test is compared with. Where it hangs in a slot of its own, that slot has to hold a
device as well; what a tester brings (a tape, a chart) is asked for by name before anything runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ReferenceKind:
    """One sort of reference. `slots`: what has to be bound for it; `brought`: whether a tester brings it along."""

    title: str
    title_en: str
    slots: tuple[str, ...] = ()
    brought: bool = False
    shortest_s: Decimal = Decimal(0)
    """No limit on a time that is shorter than this may be decided with it."""


REFERENCES: Mapping[str, ReferenceKind] = {
    "meldung": ReferenceKind("was das Gerät selbst meldet", "what the device itself reports"),
    "uhr": ReferenceKind("die Uhr des Rechners", "the computer's clock"),
    "tuerkontakt": ReferenceKind("der Türkontakt", "the door contact", slots=("door",)),
    "praesenzsensor": ReferenceKind("der Präsenzsensor", "the presence sensor", slots=("presence",)),
    "zweiter-kontakt": ReferenceKind("ein zweiter Kontakt", "a second contact", slots=("call_button",)),
    "lichtblitz": ReferenceKind(
        "ein Blitz der Lampe, den die Kamera der Kabine sieht",
        "a flash of the lamp, seen by the booth's camera",
        slots=("lamp", "citizen_camera"),
    ),
    "bodenmarke": ReferenceKind("eine Marke auf dem Boden", "a mark on the floor", brought=True),
    "pruefvorlage": ReferenceKind("eine gedruckte Prüfvorlage", "a printed chart", brought=True),
    "zaehlung": ReferenceKind("gezählte Blätter", "counted sheets", brought=True),
    "lineal": ReferenceKind("ein Lineal", "a ruler", brought=True),
    "massband": ReferenceKind("ein Maßband", "a tape measure", brought=True),
    "winkelmesser": ReferenceKind("ein Winkelmesser", "a protractor", brought=True),
    "kontakt-am-taster": ReferenceKind(
        "ein zweiter Kontakt an derselben Taste", "a second contact at the same button", slots=("door",)
    ),
    "augenschein": ReferenceKind("was ein Prüfer sieht oder hört", "what a tester sees or hears", brought=True),
    "stimme": ReferenceKind(
        "eine Stimme in üblicher Lautstärke, einen Meter davor",
        "a voice as loud as usual, one metre away",
        brought=True,
    ),
    "feldstaerkemesser": ReferenceKind(
        "ein Feldstärkemesser für Induktionsschleifen", "a field strength meter for induction loops", brought=True
    ),
    "schallpegelmesser": ReferenceKind("ein Schallpegelmesser", "a sound level meter", brought=True),
    "kraftmesser": ReferenceKind("ein Kraftmesser", "a force gauge", brought=True),
    "zuruf": ReferenceKind("eine Taste oder ein Zuruf", "a key or a tap", brought=True, shortest_s=Decimal(1)),
    "pruefbericht": ReferenceKind("der Prüfbericht eines Labors", "a laboratory's certificate", brought=True),
}
