"""Sentences for people: what a camera may lack while it is watched, and why a call has no picture or sound."""

from __future__ import annotations

from lisa_core.domain.model.errors import DeviceFault

FROZEN_S = 2.0
"""Seconds without a new picture after which a camera counts as frozen."""
BLANK_S = 2.0
"""Seconds of pictures that show nothing until that is a fault."""
STILL_S = 5.0
"""Seconds of the very same picture until it counts as one that stands still."""

NO_PICTURE = "Kein Bild {} innerhalb von {} s. Steht die Verbindung, und läuft die Kamera?"
UNREACHABLE = "Nach {} s keine Verbindung für Bild und Ton: Die Gegenseite ist von hier aus nicht zu erreichen."
LEG_OVER = "Die Verbindung für Bild und Ton ist zu Ende. Sie wird neu aufgebaut."
NOT_ANSWERED = "Auf dieser Verbindung wurde noch kein Angebot beantwortet."
DESK_GONE = "Der Arbeitsplatz hat die Verbindung für Bild und Ton beendet. Sie wird neu aufgebaut."
SILENT = "Vom Arbeitsplatz kommt nichts mehr an. Bild und Ton werden neu aufgebaut."
SENDER_DIED = "Bild oder Ton aus der Kabine wird nicht mehr gesendet. Die Verbindung wird neu aufgebaut."


def frozen_fault(path: str) -> DeviceFault:
    """The fault of a camera that shows nothing new."""
    return DeviceFault(
        "camera.frozen", f"{path}: seit {FROZEN_S:g} s kein neues Bild. Die Kamera prüfen.", retryable=True
    )


def lost_fault(path: str, why: str = "geschlossen") -> DeviceFault:
    """The fault of a camera that is gone."""
    return DeviceFault("camera.lost", f"{path}: Die Kamera ist weg ({why}). Sie wieder anschließen.", retryable=True)


def blank_fault(path: str) -> DeviceFault:
    """The fault of a camera whose pictures are of one colour."""
    text = f"{path}: Die Kamera zeigt nur eine Farbe. Sie ab- und wieder anstecken."
    return DeviceFault("camera.blank", text, retryable=True)


def still_fault(path: str) -> DeviceFault:
    """The fault of a camera that sends the same picture again and again."""
    text = f"{path}: Die Kamera zeigt immer dasselbe Bild. Sie ab- und wieder anstecken."
    return DeviceFault("camera.frozen", text, retryable=True)
