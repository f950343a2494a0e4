"""What a scanner's states mean as faults: code, and a sentence with what to do. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from lisa_core.equipment.codecs.escl import FeederState, JobState, ScannerStatus, Source, State

Trouble = tuple[str, str]
"""Code and sentence."""

JAM: Trouble = ("scanner.jam", "Ein Blatt klemmt im Einzug: Klappe öffnen, Blatt herausnehmen und wieder einlegen.")
DOUBLE: Trouble = (
    "scanner.double",
    "Zwei Blätter wurden zugleich eingezogen: beide herausnehmen, auffächern und wieder einlegen.",
)
MISPICK: Trouble = (
    "scanner.mispick",
    "Das Blatt wird nicht gefasst: die Blätter auffächern und bis zum Anschlag einlegen.",
)
COVER: Trouble = ("scanner.cover", "Die Klappe des Einzugs ist offen: bitte schließen.")
EMPTY: Trouble = ("scanner.empty", "Im Einzug liegt kein Blatt: bitte einlegen.")
BUSY: Trouble = ("scanner.busy", "Der Scanner ist beschäftigt: später noch einmal versuchen.")
BROKEN: Trouble = (
    "scanner.io",
    "Der Scanner meldet eine Störung: aus- und einschalten, dann noch einmal versuchen.",
)
GIVEN_UP: Trouble = (
    "scanner.io",
    "Der Scanner nennt den Auftrag abgebrochen: prüfen, welche Blätter fehlen, und diese wieder einlegen.",
)
LINK_CODES: Mapping[str, str] = {
    "link.refused": "scanner.offline",
    "link.untrusted": "scanner.untrusted",
    **dict.fromkeys(("link.lost", "link.too_large", "link.misled"), "scanner.io"),
}
FEEDER_FAULTS: Mapping[FeederState, Trouble] = {
    FeederState.JAM: JAM,
    FeederState.MISPICK: MISPICK,
    FeederState.MULTIPICK: DOUBLE,
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
"""What a scanner may answer when it has no more pages: go-mfp 404, older AirSane 409, WorkCentre 3345 410."""
A_FEW = 3
WHILE_IT_WORKS = 1_000_000
_GIVEN_UP = (JobState.ABORTED, JobState.CANCELED)
_STANDS = (State.STOPPED, State.DOWN)


def has_sheets(status: ScannerStatus) -> bool:
    """Whether sheets lie in the feeder or are stuck in it."""
    return status.feeder is FeederState.LOADED or FEEDER_FAULTS.get(status.feeder or FeederState.EMPTY) in (
        JAM,
        DOUBLE,
        MISPICK,
    )


def seems_empty(status: ScannerStatus) -> bool:
    """Whether nothing lies in the feeder, in the scanner's own words: Kyocera's rests, and calls its feeder at work."""
    resting = status.state is State.IDLE and status.feeder is FeederState.PROCESSING
    return status.feeder is FeederState.EMPTY or resting


def patience_with(status: ScannerStatus, job: str, pages: int, was_empty: bool) -> int:
    """How often it may say that there is no page until that is believed.

    Some say so when they are asked faster than they pull sheets in. Brother's call the feeder empty then, though the
    job goes on: that is asked again a few times and not believed, since a page that is left out would be noticed by
    nobody. A feeder in which nothing lay before gets the same few times.
    """
    if status.state is not State.PROCESSING or status.job(job) in (JobState.COMPLETED, *_GIVEN_UP):
        return 1
    if status.feeder is not FeederState.EMPTY:
        return A_FEW if was_empty and not pages else WHILE_IT_WORKS
    return A_FEW if pages and status.job(job) is not None else 1


def trouble_at_end(
    status: ScannerStatus, job: str, source: Source, http: int, pages: int, was_empty: bool
) -> Trouble | None:
    """What is wrong when a job ends so; None when its pages are all. Half a document is not a document.

    404 is the end unless something speaks against it: AirSane answers so for a job that it has aborted, too. 409 is the
    end only where something speaks for it. `was_empty`: nothing lay in the feeder before the job. Some scanners take
    it all the same and call that a jam.
    """
    if was_empty and not pages:
        return EMPTY
    if status.feeder and status.feeder in FEEDER_FAULTS:
        return FEEDER_FAULTS[status.feeder]
    if not pages:
        return trouble_of(status, source, http)
    state = status.job(job)
    if state is JobState.COMPLETED or source is Source.PLATEN:
        return None
    if state in _GIVEN_UP:
        return GIVEN_UP
    if status.state not in _STANDS and (http == 404 or (state is None and _is_through(status, http))):
        return None
    return _STATE_FAULTS.get(status.state) or _odd(status, http)


def _is_through(status: ScannerStatus, http: int) -> bool:
    """Whether nothing is left in the feeder. One that says nothing known is believed when its job is gone (410)."""
    return status.feeder is FeederState.EMPTY or (status.feeder is None and http == 410)


def trouble_of(status: ScannerStatus, source: Source, http: int) -> Trouble:
    """Why nothing came, going by what the scanner says of itself after it answered `http`."""
    if status.feeder and status.feeder in FEEDER_FAULTS:
        return FEEDER_FAULTS[status.feeder]
    if http in ENDS and source is Source.FEEDER and status.feeder is FeederState.EMPTY:
        return EMPTY
    return _STATE_FAULTS.get(status.state) or _odd(status, http)


def _odd(status: ScannerStatus, http: int) -> Trouble:
    return ("scanner.io", f"unerwartete Antwort HTTP {http} bei Zustand {status.state.value}; noch einmal versuchen.")
