"""What to say of a camera head that refuses, stands still or does not answer: the cause, and what to look at."""

from __future__ import annotations

from collections.abc import Mapping

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import HeadPosition
from lisa_core.equipment.codecs.visca.replies import ViscaError
from lisa_core.equipment.codecs.visca.requests import Request
from lisa_core.equipment.slots.driver import Given

_REASONS: Mapping[int, str] = {
    ViscaError.LENGTH: "der Befehl hat nicht die Länge, die sie kennt",
    ViscaError.SYNTAX: "den Befehl oder den Wert kennt sie nicht; stimmen pan_steps, tilt_steps, zoom_steps im Profil?",
    ViscaError.FULL: "sie arbeitet an zwei Befehlen und nimmt keinen dritten; wird sie noch von anderswo gesteuert?",
    ViscaError.CANCELLED: "jemand hat den Befehl abgebrochen; wird sie noch von anderswo gesteuert?",
    ViscaError.NOT_EXECUTABLE: "sie kann sich gerade nicht bewegen; ist sie eben erst eingeschaltet, oder klemmt sie?",
}


def refused(where: str, request: Request, reason: int) -> DeviceFault:
    """The camera said no."""
    why = _REASONS.get(reason, "was das heißt, steht in ihrem Handbuch")
    text = f"Kamerakopf an {where!r}: {type(request).__name__} abgelehnt ({reason:02x}): {why}."
    return DeviceFault("camera_head.refused", text, retryable=reason not in (ViscaError.LENGTH, ViscaError.SYNTAX))


def silent(where: str, options: Given) -> DeviceFault:
    """No answer at all."""
    line = "" if "://" in where else f", Geschwindigkeit (baudrate = {options['baudrate']})"
    text = f"Keine Antwort. Strom, Verdrahtung, Nummer (camera = {options['camera']}){line} prüfen."
    return DeviceFault("camera_head.silent", f"Kamerakopf an {where!r}: {text}", retryable=True)


def garbled(where: str, options: Given) -> DeviceFault:
    """Something answers that is no camera, or at another speed."""
    line = "" if "://" in where else f"Geschwindigkeit (baudrate = {options['baudrate']}) prüfen; "
    text = f"Es kommt etwas, aber kein VISCA. {line}hängt dort ein anderes Gerät?"
    return DeviceFault("camera_head.silent", f"Kamerakopf an {where!r}: {text}", retryable=True)


def stuck(where: str, wanted: HeadPosition, reached: HeadPosition) -> DeviceFault:
    """It has not arrived where it was sent."""
    text = f"Er steht nicht, wohin er sollte (schwenken {reached.pan} statt {wanted.pan}, neigen {reached.tilt} statt "
    text += f"{wanted.tilt}, Zoom {reached.zoom} statt {wanted.zoom} Tausendstel). Klemmt er, oder stimmen pan_steps, "
    return DeviceFault(
        "camera_head.stuck", f"Kamerakopf an {where!r}: {text}tilt_steps, zoom_steps nicht?", retryable=True
    )


def strange(where: str, data: bytes) -> DeviceFault:
    """An answer that is no position."""
    text = f"Kamerakopf an {where!r}: Auf die Frage, wo er steht, kam {data.hex(' ')}. Das ist keine Stellung."
    return DeviceFault("camera_head.refused", text, retryable=True)
