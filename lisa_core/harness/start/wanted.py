"""Sentences that testers tried and that there are not: kept beside their reports, for whoever writes new ones.

A run that is refused for such a sentence notes it in `gesuchte-saetze.json` of its folder. What is quoted, names and
long numbers do not go in: a sentence is wanted, not what somebody said with it.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from lisa_core.harness.report.writer import write_whole

FILE = "gesuchte-saetze.json"
MOST, LONGEST = 500, 200
"""So many sentences are kept, those that were tried last, and so many letters of each."""
_QUOTED = re.compile(r"[\"“”„»«‚‘'][^\"“”„»«‚‘']*[\"“”„»«‚‘']")
_PERSON = re.compile(r"\b(Frau|Herrn?) [A-ZÄÖÜ][\w-]*")
_NUMBER = re.compile(r"\d{5,}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """`kind` is given, when, then or "" for any; `last` is the day on which it was tried last, "2026-11-29"."""

    kind: str
    text: str
    times: int
    last: str


def anonymous(text: str) -> str:
    """The sentence without what may be somebody's: „…“, "Frau N", 00000."""
    plain = _PERSON.sub(r"\1 N", _QUOTED.sub("„…“", " ".join(text.split())))
    return _NUMBER.sub("00000", plain)[:LONGEST]


def wanted(out: Path) -> tuple[Wanted, ...]:
    """What was tried in the runs of this folder, the last first; nothing where nothing can be read."""
    with contextlib.suppress(OSError, ValueError, TypeError, LookupError, AttributeError):
        listed = json.loads((out / FILE).read_text(encoding="utf-8"))["saetze"]
        found = (Wanted(str(one["kind"]), str(one["text"]), int(one["times"]), str(one["last"])) for one in listed)
        return tuple(found)[:MOST]
    return ()


def note(out: Path, steps: Iterable[tuple[str, str]]) -> None:
    """Note sentences, each with its kind. Only where there is a folder of reports; without space nothing is lost."""
    if not out.is_dir():
        return
    today = datetime.now(tz=UTC).astimezone().date().isoformat()
    known = {(one.kind, one.text): one for one in wanted(out)}
    fresh: dict[tuple[str, str], Wanted] = {}
    for kind, text in dict.fromkeys((kind, anonymous(text)) for kind, text in steps):
        before = known.pop((kind, text), Wanted(kind, text, 0, today))
        fresh[kind, text] = replace(before, times=before.times + 1, last=today)
    if fresh:
        listed = [asdict(one) for one in (*fresh.values(), *known.values())][:MOST]
        with contextlib.suppress(OSError):  # the report says it, which is written to the same place
            write_whole(out / FILE, json.dumps({"version": 1, "saetze": listed}, ensure_ascii=False, indent=2) + "\n")
