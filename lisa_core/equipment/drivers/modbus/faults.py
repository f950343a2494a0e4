"""What to say of a Modbus unit that refuses, or that does not answer: the cause, and what to look at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.codecs.modbus_pdu import Answer, ExceptionResponse, Function, Reason, Request

LATER = (Reason.ACKNOWLEDGE, Reason.BUSY)
"""The unit has understood and wants to be asked again."""
NOBODY = (Reason.NO_PATH, Reason.NO_ANSWER_BEHIND)
"""A gateway speaks, and says that the unit does not: that is its silence, and no answer of it."""
_FINAL = (Reason.ILLEGAL_FUNCTION, Reason.ILLEGAL_ADDRESS, Reason.ILLEGAL_VALUE)
_REASONS: Mapping[int, str] = {
    Reason.ILLEGAL_FUNCTION: "diese Funktion kennt sie nicht",
    Reason.ILLEGAL_ADDRESS: "diese Adresse hat sie nicht",
    Reason.ILLEGAL_VALUE: "diesen Wert nimmt sie nicht",
    Reason.DEVICE_FAILURE: "sie meldet eine Störung; aus- und wieder einschalten",
    Reason.ACKNOWLEDGE: "sie ist noch beschäftigt",
    Reason.BUSY: "sie ist noch beschäftigt",
    Reason.NO_PATH: "das Gateway kommt nicht auf die Leitung",
    Reason.NO_ANSWER_BEHIND: "hinter dem Gateway antwortet niemand; Strom, Verdrahtung und Nummer (unit) prüfen",
}


class Hearing(Protocol):
    """Looks for the answer to one question in what comes, and can say what else came."""

    @property
    def echoed(self) -> bool: ...
    @property
    def short(self) -> int: ...
    @property
    def strange(self) -> bool: ...
    def feed(self, data: bytes) -> Answer | ExceptionResponse | None: ...


def refused(where: str, request: Request, answer: ExceptionResponse) -> DeviceFault:
    """The unit said no; `door.silent` where a gateway says that there is none."""
    why = _REASONS.get(answer.code, "was das heißt, steht in ihrem Handbuch")
    text = f"Funktion {answer.function} mit Ausnahme {answer.code} abgelehnt: {why}.{_cure(request, answer)}"
    code = "door.silent" if answer.code in NOBODY else "door.refused"
    return DeviceFault(code, f"{where}: {text}", retryable=answer.code not in _FINAL)


def silent(where: str, line: str, request: Request, heard: Hearing) -> DeviceFault:
    """No answer to the last try: nothing at all, our own request, or what is none. `line`: what of it to look at."""
    if heard.short and request.function == Function.READ_INPUTS:
        size = f"{heard.short} statt {(request.count + 7) // 8} Bytes"
        text = f"Sie antwortet auf die Frage nach {request.count} Eingängen mit {size}. inputs berichtigen."
        return DeviceFault("door.refused", f"{where}: {text}", retryable=False)
    if heard.strange:
        text = f"Es kommt etwas, aber keine gültige Antwort. {line} prüfen; oder hängt dort ein anderes Gerät?"
    elif heard.echoed:
        text = "Zu hören ist nur die eigene Frage (Adapter mit Echo), keine Antwort. Strom, Verdrahtung, Nummer (unit)"
        text = f"{text}, {line} prüfen."
    else:
        text = (
            f"Keine Antwort. Strom, Verdrahtung, Nummer (unit), {line} prüfen; ist sie nur langsam, timeout_s erhöhen."
        )
    return DeviceFault("door.silent", f"{where}: {text}", retryable=True)


def stuck(where: str, first: int, wanted: tuple[int, ...], found: tuple[int, ...]) -> DeviceFault:
    """The unit has taken the command, and its outputs do not stand so."""
    wrong = ", ".join(str(first + at + 1) for at, bit in enumerate(wanted) if found[at] != bit)
    text = f"Ausgang {wrong} ist nicht, wie er sein soll, obwohl die Einheit den Befehl angenommen hat."
    cure = "Relais und Handschalter prüfen; sagt sie nie die Wahrheit, readback = false setzen."
    return DeviceFault("door.stuck", f"Ein-/Ausgabe-Einheit an {where!r}: {text} {cure}", retryable=True)


def _cure(request: Request, answer: ExceptionResponse) -> str:
    if answer.code not in (Reason.ILLEGAL_ADDRESS, Reason.ILLEGAL_VALUE):
        return ""
    if request.function == Function.READ_INPUTS:
        return f" Gefragt war nach {request.count} Eingängen; hat sie weniger, inputs angeben."
    if request.function in (Function.WRITE_COIL, Function.WRITE_COILS):
        return " Gibt es die Ausgänge (channel, red, yellow, green), die im Profil stehen?"
    return ""
