"""What a bundle states (in-toto Statement v1): the digest of each entry, what follows from them, and what is declared.

    subject                what lies in the bundle, each with its SHA-256
    predicate.folgt        what anybody can work out from the entries; who checks does, and compares
    predicate.erklaert     what only the vendor can say: which program he packed it with
    predicate.schluessel   the public key of the signature, so that no name of a key can be put in the place of another

The kind of statement is our own: in-toto's "test-result" knows passed, warned and failed, and nothing undecided; its
subject is a program, and a device has no digest. Nothing is a number: libraries of others would turn it into a float.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from lisa_core.domain.case.canonical import canonical_json
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.harness.certify.headline import Conclusion, Sought, answers
from lisa_core.harness.certify.retrial import Retrial, verdicts_of
from lisa_core.harness.report.record import CHALLENGE, RunRecord
from lisa_core.harness.text.findings import shown
from lisa_core.wire.json_text import each_once

SITTINGS = "Fortgesetzt"
"""Under which name the environment of a run has in how many sittings it was made."""
ZONE = ZoneInfo("Europe/Berlin")
"""In which days and times of a bundle are told to people."""
TYPE, KIND = "https://in-toto.io/Statement/v1", "urn:lisa-booth:pruefpaket:1"


@dataclass(frozen=True, slots=True)
class Declared:
    """What the vendor says beside the run: LISA's version, the SHA-256 of its files, and what drew the papers."""

    version: str
    program: str
    drawn_with: str


def stated(entries: Mapping[str, bytes], follows: JsonDict, declared: Declared, key: str) -> bytes:
    """The statement about these entries; `key` is the public key that will sign, as hex."""
    return canonical_json(
        {
            "_type": TYPE,
            "subject": [{"name": name, "digest": {"sha256": digest(data)}} for name, data in entries.items()],
            "predicateType": KIND,
            "predicate": {"folgt": follows, "erklaert": asdict(declared), "schluessel": key},
        }
    )


def statement_in(payload: bytes) -> JsonDict:
    """A statement of ours. Raises `ValueError` with a German reason."""
    try:
        value = json.loads(payload, object_pairs_hook=each_once)
        kinds = value["_type"], value["predicateType"]
        inside = value["predicate"]
        subject = [(one["name"], one["digest"]["sha256"]) for one in value["subject"]]
        texts = [inside["schluessel"], *asdict(Declared(**inside["erklaert"])).values()]
        is_sound = all(isinstance(text, str) for text in texts) and isinstance(inside["folgt"]["klasse"], str)
        is_sound = is_sound and len(dict(subject)) == len(subject)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise ValueError("die Erklärung ist keine von LISA") from None
    if kinds != (TYPE, KIND) or not is_sound:
        raise ValueError(f"die Erklärung ist von anderer Art oder Fassung ({str(kinds[1])[:60]})")
    found: JsonDict = value
    return found


def what_follows(run: RunRecord, retrial: Retrial, conclusion: Conclusion, sought: Sought | None) -> JsonDict:
    """What anybody can work out from the entries; the same in every version that judges as this one does."""
    ended = run.started + timedelta(microseconds=run.wall_us)
    told = dict(run.environment)
    return {
        "urteil": conclusion.headline.value,
        "klasse": sought.name if sought else "",
        "lauf": {
            "beginn": _moment(run.started),
            "ende": _moment(ended),
            "zustand": run.state.value,
            "uhr": run.clock,
            "profil": run.profile,
            "pruefsumme_profil": told.get("Prüfsumme des Profils", ""),
            "version": told.get("lisa-booth", ""),
            "stand": told.get("Stand", ""),
            "rechner": told.get("Rechner", ""),
            "pruefer": run.tester,
            "ort": run.place,
            "aufgabe": told.get(CHALLENGE, ""),
        },
        "szenarien": [list(pair) for pair in verdicts_of(retrial.scenarios)],
        "anforderungen": [[one.id, one.verdict.value] for one in retrial.requirements],
        "geraete": [list(one) for one in devices(run)],
        "merkmale": [[shown(one.path), digest(one.text.encode())] for one in run.sources],
        "antworten": [*answers(run.scenarios)],
    }


def devices(run: RunRecord) -> Sequence[tuple[str, str, str, str, str]]:
    """Each thing that a slot held while a scenario rested on it: slot, origin, who it said it was, driver, address."""
    seen = {
        (slot.slot, slot.origin.value, slot.identity, slot.driver, slot.binding): None
        for one in run.scenarios
        for slot in one.equipment
        if slot.decides
    }
    return sorted(seen)


def digest(data: bytes) -> str:
    """SHA-256, hex."""
    return hashlib.sha256(data).hexdigest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
