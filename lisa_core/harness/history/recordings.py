"""Recordings of a red scenario become files beside its report, and one text that says how they are played."""

from __future__ import annotations

import json
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


def with_files(record: ScenarioRecord, here: Path, slot: str = "") -> ScenarioRecord:
    """Write them into a folder, or only that of one slot; the record then holds one text instead. Raises `OSError`."""
    found = [one for one in record.evidence if one.media_type in (TRACE, PROFILE)]
    kept = [one for one in found if not slot or one.media_type == PROFILE or _is_of(one, slot)]
    here.mkdir(parents=True, exist_ok=True)
    for one in kept:
        (here / one.name).write_bytes(one.data)
    rest = tuple(one for one in record.evidence if one not in found)
    hint = Evidence(HINT, "text/plain", _hint(record, here, kept).encode(), say("Nachspielen"))
    return replace(record, evidence=(*rest, hint))


def _is_of(one: Evidence, slot: str) -> bool:
    """Whether this is the recording of the device in that slot: its head names all slots on the line."""
    head = json.loads(one.data.partition(b"\n")[0])
    return slot in head["slots"]


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
