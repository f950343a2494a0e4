"""The same document as data: one JSON object, the same bytes for the same runs and the same book."""

from __future__ import annotations

import hashlib
import json

from lisa_core.domain.model.json_types import JsonDict
from lisa_core.harness.acceptance.document import Defect, Document
from lisa_core.harness.acceptance.kept import ZONE, Kept
from lisa_core.harness.acceptance.required import Shown
from lisa_core.harness.acceptance.takes import Decided
from lisa_core.harness.report.record import KnownFault, Measurement, PartRecord, RequirementRecord, ScenarioRecord

FORMAT = "lisa.abnahme/1"


def as_json(document: Document) -> bytes:
    """Keys in English, verdicts and classes in the German words of the document; numbers that were measured as text."""
    whole: JsonDict = {
        "format": FORMAT,
        "draft": list(document.draft),
        "subject": dict(document.subject),
        "version": document.version,
        "summary": list(document.summary),
        "runs": [_run(number, run) for number, run in enumerate(document.runs, 1)],
        "notes": list(document.notes),
        "requirements": [_requirement(one) for one in document.requirements],
        "defects": [_defect(one) for one in document.defects],
        "scenarios": [_scenario(one) for one in document.scenarios],
    }
    return f"{json.dumps(whole, ensure_ascii=False, indent=1)}\n".encode("utf-8", "replace")


def digest_of(data: bytes) -> str:
    """SHA-256 of the data, hex: what the drawn document says on every page, so that both belong together."""
    return hashlib.sha256(data).hexdigest()


def _run(number: int, run: Kept) -> JsonDict:
    return {
        "number": number,
        "messages_sha256": run.digest,
        "started": run.record.started.astimezone(ZONE).isoformat(),
        "state": run.record.state.value,
        "complete": run.complete,
        "executed": run.executed,
        "applicable": run.applicable,
        "version": run.version,
        "environment": [list(pair) for pair in run.record.environment],
    }


def _requirement(one: Shown) -> JsonDict:
    record = one.record
    return {
        **_named(record),
        "source": record.source,
        "parts": [_named(part) for part in record.parts],
        "measurements": [{"run": number, **_measurement(value)} for number, value in one.measured],
        "seen_on": list(one.seen_on),
        "why_not": list(one.why_not),
    }


def _named(one: RequirementRecord | PartRecord) -> JsonDict:
    return {
        "id": one.id,
        "text": one.text,
        "limit": one.limit,
        "verdict": one.verdict.value,
        "scenarios": list(one.scenarios),
    }


def _measurement(one: Measurement) -> JsonDict:
    return {
        "name": one.name,
        "requirement": one.requirement,
        "value": str(one.value),
        "unit": one.unit,
        "uncertainty": None if one.uncertainty is None else str(one.uncertainty),
        "limit": None if one.limit is None else str(one.limit),
        "at_most": one.upper,
        "verdict": one.verdict.value,
        "take": one.take,
    }


def _defect(one: Defect) -> JsonDict:
    entry = one.entry
    return {
        "number": entry.number,
        "class": one.weight,
        "open": one.open,
        "texts": dict(entry.texts),
        "dates": {name: day.isoformat() for name, day in entry.dates.items()},
        "retest": one.retest,
        "why_open": one.why_open,
        "known": None if one.known is None else _known(one.known),
    }


def _known(one: KnownFault) -> JsonDict:
    return {"reason": one.reason, "owner": one.owner, "until": one.until, "ticket": one.ticket}


def _scenario(one: Decided) -> JsonDict:
    return {
        "id": one.id,
        "name": one.name,
        "verdict": one.verdict.value,
        "takes": [_take(run, record) for run, record in one.records],
    }


def _take(run: int, record: ScenarioRecord) -> JsonDict:
    """What one run saw of it; run 0 is none."""
    return {
        "run": run,
        "verdict": record.verdict.value,
        "started": record.started.astimezone(ZONE).isoformat() if record.started else None,
        "equipment": [
            {"slot": slot.slot, "origin": slot.origin.value, "identity": slot.identity, "decides": slot.decides}
            for slot in record.equipment
        ],
    }
