"""What a printer's states and reasons mean as faults: code, and a sentence with what to do. Pure.

A reason may end in -report, -warning or -error (RFC 8011, 5.4.12). Printers name the empty second tray and the toner
that gets low as well, so a reason counts only where the printer stands still or takes no jobs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lisa_core.equipment.codecs.ipp.message import Group
from lisa_core.equipment.codecs.ipp.values import Localized
from lisa_core.equipment.codecs.ipp.words import PrinterState, PrintJobState, StatusCode

Trouble = tuple[str, str]
"""Code and the end of a sentence that begins with the printer."""

LINK_CODES: Mapping[str, str] = {"link.refused": "printer.offline", "link.untrusted": "printer.untrusted"}
_PAPER: Trouble = ("printer.paper", "hat kein Papier mehr: A4-Papier nachlegen")
_COVER: Trouble = ("printer.cover", "ist offen: Klappe schließen")
_TONER: Trouble = ("printer.toner", "braucht neuen Toner")
_REASONS: Mapping[str, Trouble] = {
    "media-jam": ("printer.jam", "hat einen Papierstau: Klappe öffnen, Blatt herausnehmen"),
    **dict.fromkeys(("cover-open", "door-open", "interlock-open"), _COVER),
    **dict.fromkeys(("media-empty", "media-needed", "input-tray-missing"), _PAPER),
    **dict.fromkeys(
        ("toner-empty", "marker-supply-empty", "developer-empty", "marker-waste-full", "opc-life-over"), _TONER
    ),
    **dict.fromkeys(("output-area-full", "output-tray-missing"), ("printer.attention", "hat ein volles Ausgabefach")),
    **dict.fromkeys(("paused", "moving-to-paused"), ("printer.attention", "ist angehalten: am Gerät fortsetzen")),
    **dict.fromkeys(("shutdown", "timed-out", "connecting-to-device", "offline"), ("printer.offline", "ist aus")),
}
"""The first of them counts that the printer names; a jam is told before the cover that is open because of it."""
_SUFFIXES = ("-report", "-warning", "-error")
_FULL: Trouble = ("printer.busy", "arbeitet noch an anderen Aufträgen: später noch einmal drucken.")
_LATER = frozenset(
    (StatusCode.BUSY, StatusCode.TEMPORARY_ERROR, StatusCode.NOT_ACCEPTING, StatusCode.SERVICE_UNAVAILABLE)
)
_NEVER = frozenset(
    {
        *(
            StatusCode.FORMAT_NOT_SUPPORTED,
            StatusCode.NOT_SUPPORTED,
            StatusCode.CONFLICTING,
            StatusCode.OPERATION_NOT_SUPPORTED,
        ),
        *(
            StatusCode.FORBIDDEN,
            StatusCode.NOT_AUTHENTICATED,
            StatusCode.NOT_AUTHORIZED,
            StatusCode.TOO_LARGE,
            StatusCode.NOT_FOUND,
        ),
        *(
            StatusCode.BAD_REQUEST,
            StatusCode.VERSION_NOT_SUPPORTED,
            StatusCode.CHARSET,
            StatusCode.FORMAT_ERROR,
            StatusCode.GONE,
        ),
    }
)


def words_of(group: Group, name: str) -> tuple[str, ...]:
    """The values of an attribute as texts, each in one printable line of some length."""
    texts = (one.text if isinstance(one, Localized) else one for one in group.all(name))
    return tuple(_shown(one) for one in texts if isinstance(one, str))


def word_of(group: Group, name: str) -> str:
    """The first of them; "" where there is none."""
    return next(iter(words_of(group, name)), "")


def number_of(group: Group, name: str) -> int:
    """The number that an attribute holds; 0 where there is none."""
    return next((one for one in group.all(name) if isinstance(one, int)), 0)


def _shown(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)[:1000].strip()


def stands(printer: Group) -> bool:
    """Whether it prints nothing until somebody has seen to it, or takes no jobs."""
    accepts = printer.all("printer-is-accepting-jobs")
    return number_of(printer, "printer-state") == PrinterState.STOPPED or accepts == (False,)


def standstill(printer: Group) -> Trouble:
    """Why it stands, by its own reasons."""
    reasons = tuple(_bare(reason) for reason in words_of(printer, "printer-state-reasons"))
    if found := next((trouble for reason, trouble in _REASONS.items() if reason in reasons), None):
        return found
    said = ", ".join(reason for reason in reasons if reason != "none") or word_of(printer, "printer-state-message")
    return "printer.attention", f"steht ({said or 'ohne Angabe, warum'}): Papier, Klappen und Anzeige prüfen"


def _bare(reason: str) -> str:
    return next((reason.removesuffix(suffix) for suffix in _SUFFIXES if reason.endswith(suffix)), reason)


def may_come_later(status: int) -> bool:
    """Whether a printer that answers so may take the same job a moment later."""
    return status in _LATER


def refusal(status: int, message: str) -> Trouble:
    """What an answer means that is no success."""
    if may_come_later(status):
        return _FULL
    known = StatusCode(status).name.lower().replace("_", "-") if status in list(StatusCode) else f"{status:#06x}"
    said = f"{known}: {message}" if message else known
    if status in _NEVER:
        return "printer.refused", f"nimmt den Auftrag nicht an ({said})."
    return "printer.io", f"hat den Auftrag nicht ausgeführt ({said}). Noch einmal drucken."


def job_trouble(state: int, reasons: Iterable[str]) -> Trouble | None:
    """Why there is no sheet, or no whole one, of a job that is over; None when it is all right."""
    told = tuple(reason for reason in reasons if reason != "none")
    said = f" ({', '.join(told)})" if told else ""
    if state == PrintJobState.CANCELED:
        return "printer.io", f"hat den Auftrag abgebrochen, am Gerät oder von anderen{said}. Noch einmal drucken."
    if state == PrintJobState.ABORTED and any("format" in reason or "unprintable" in reason for reason in told):
        return "printer.refused", f"kann das Dokument nicht drucken{said}: einen anderen Drucker verwenden."
    if state == PrintJobState.ABORTED:
        text = f"ist mitten im Auftrag gescheitert{said}. Was im Fach liegt, ist unvollständig: wegnehmen."
        return "printer.io", f"{text} Noch einmal drucken."
    if "job-completed-with-errors" in told:
        return "printer.io", f"hat den Auftrag mit Fehlern beendet{said}: prüfen, ob das Blatt vollständig ist."
    return None
