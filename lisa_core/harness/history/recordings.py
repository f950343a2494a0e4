"""Recordings of a red scenario become files beside its report, and one text that says how they are played."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lisa_core.harness.report.record import Evidence, ScenarioRecord
from lisa_core.harness.text.findings import shown
from lisa_core.harness.text.language import say

TRACE, PROFILE = "application/x-lisa-trace", "application/toml"
PLAYING = "nachspielen.toml"
FOLDER = "aufzeichnungen"
HINT = "nachspielen.txt"


def has_recordings(record: ScenarioRecord) -> bool:
    """Whether there is anything to be written."""
    return any(one.media_type == TRACE for one in record.evidence)


def with_files(record: ScenarioRecord, folder: Path, number: int) -> ScenarioRecord:
    """Write them below `folder`, that of the run; the record then holds one text instead. Raises `OSError`."""
    kept = [one for one in record.evidence if one.media_type in (TRACE, PROFILE)]
    here = folder / FOLDER / str(number)
    here.mkdir(parents=True, exist_ok=True)
    for one in kept:
        (here / one.name).write_bytes(one.data)
    rest = tuple(one for one in record.evidence if one not in kept)
    hint = Evidence(HINT, "text/plain", _hint(record, here, kept).encode(), say("Nachspielen"))
    return replace(record, evidence=(*rest, hint))


def without(record: ScenarioRecord) -> ScenarioRecord:
    """Where nothing can be written, they are left out."""
    rest = tuple(one for one in record.evidence if one.media_type not in (TRACE, PROFILE))
    return replace(record, evidence=rest)


def _hint(record: ScenarioRecord, here: Path, kept: list[Evidence]) -> str:
    place = f"{shown(record.file)}:{record.line}"
    played = b"replay:" in next((one.data for one in kept if one.name == PLAYING), b"")
    if played:
        first = say("Ohne die Geräte nachspielen:")
        command = f"lisa run --profile {shown(here / PLAYING)} {place}"
    else:
        first = say("Alle Geräte waren emuliert; dasselbe noch einmal:")
        command = f"lisa run {place}"
    files = (f"{shown(here / one.name)}  {one.caption}" for one in kept if one.media_type == TRACE)
    return "\n".join((first, f"  {command}", "", say("Was über die Leitungen ging:"), *(f"  {one}" for one in files)))
