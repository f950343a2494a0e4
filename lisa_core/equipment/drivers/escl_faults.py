"""What a scanner's states mean as faults: code, and a sentence with what to do. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from lisa_core.equipment.codecs.escl import FeederState, JobState, ScannerStatus, Source, State

Trouble = tuple[str, str]
"""Code and sentence."""

JAM: Trouble = ("scanner.jam", "Ein Blatt klemmt im Einzug: Klappe öffnen, Blatt herausnehmen und wieder einlegen.")
COVER: Trouble = ("scanner.cover", "Die Klappe des Einzugs ist offen: bitte schließen.")
EMPTY: Trouble = ("scanner.empty", "Im Einzug liegt kein Blatt: bitte einlegen.")
BUSY: Trouble = ("scanner.busy", "Der Scanner ist beschäftigt: später noch einmal versuchen.")
BROKEN: Trouble = (
    "scanner.io",
    "Der Scanner meldet eine Störung: aus- und einschalten, dann noch einmal versuchen.",
)
LINK_CODES: Mapping[str, str] = {
    "link.refused": "scanner.offline",
    "link.untrusted": "scanner.untrusted",
    **dict.fromkeys(("link.lost", "link.too_large", "link.misled"), "scanner.io"),
}
FEEDER_FAULTS: Mapping[FeederState, Trouble] = {
    FeederState.JAM: JAM,
    FeederState.MISPICK: JAM,
    FeederState.MULTIPICK: JAM,
    FeederState.TOO_SHORT: JAM,
    FeederState.TOO_LONG: JAM,
    FeederState.HATCH_OPEN: COVER,
    FeederState.DOOR_OPEN: COVER,
    FeederState.TRAY_FAILED: BROKEN,
    FeederState.TRAY_OVERLOADED: BROKEN,
}
_STATE_FAULTS: Mapping[State, Trouble] = {
    State.PROCESSING: BUSY,
    State.TESTING: BUSY,
    State.STOPPED: BROKEN,
    State.DOWN: BROKEN,
}
ENDS = (404, 409, 410)
"""What a scanner may answer when it has no more pages: go-mfp 404, AirSane 409, WorkCentre 3345 410."""


def has_sheets(status: ScannerStatus) -> bool:
    """Whether sheets lie in the feeder or are stuck in it."""
    return status.feeder is FeederState.LOADED or FEEDER_FAULTS.get(status.feeder or FeederState.EMPTY) == JAM


def is_busy(status: ScannerStatus, job: str) -> bool:
    """Whether more may come of this job, though the scanner has just said that there is nothing."""
    working = status.state is State.PROCESSING and status.feeder is not FeederState.EMPTY
    return working and status.job(job) is not JobState.COMPLETED


def trouble_at_end(
    status: ScannerStatus, job: str, source: Source, http: int, pages: int, was_empty: bool
) -> Trouble | None:
    """What is wrong when a job ends so; None when its pages are all. Half a document is not a document.

    `was_empty`: nothing lay in the feeder before the job. Some scanners take it all the same and call that a jam.
    """
    if was_empty and not pages:
        return EMPTY
    if status.feeder and status.feeder in FEEDER_FAULTS:
        return FEEDER_FAULTS[status.feeder]
    if not pages:
        return trouble_of(status, source, http)
    if http == 404 or source is Source.PLATEN:
        return None
    state = status.job(job)
    whole = state is JobState.COMPLETED if state else status.feeder in (FeederState.EMPTY, None)
    return None if whole else _STATE_FAULTS.get(status.state) or _odd(status, http)


def trouble_of(status: ScannerStatus, source: Source, http: int) -> Trouble:
    """Why nothing came, going by what the scanner says of itself after it answered `http`."""
    if status.feeder and status.feeder in FEEDER_FAULTS:
        return FEEDER_FAULTS[status.feeder]
    if http in ENDS and source is Source.FEEDER and status.feeder is FeederState.EMPTY:
        return EMPTY
    return _STATE_FAULTS.get(status.state) or _odd(status, http)


def _odd(status: ScannerStatus, http: int) -> Trouble:
    return ("scanner.io", f"unerwartete Antwort HTTP {http} bei Zustand {status.state.value}; noch einmal versuchen.")
