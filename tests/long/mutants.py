"""What mutmut knows: it keeps what came of each mutant itself, in `mutants`, and takes the names of those to try."""

from __future__ import annotations

import json
from fnmatch import fnmatch
from pathlib import Path

from tests.long.record import WELL, State

SURVIVED = "survived"
TIMES_OUT = -24
OUTCOMES = {0: SURVIVED, 5: "no tests", 33: "no tests", 34: "skipped", 35: "suspicious"}
"""What mutmut's exit codes of the tests mean; with any other one they have noticed."""
INTERRUPTED = 2


def state_of(root: Path, names: str) -> State:
    """Of all mutants with such names. Survivors are told and make nothing red, as in `make mutation`."""
    found = State()
    for meta in sorted((root / "mutants").rglob("*.py.meta")):
        codes = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
        mine = {name: code for name, code in codes.items() if fnmatch(name, names)}
        found.planned |= mine.keys()
        found.outcomes |= {name: OUTCOMES.get(code, WELL) for name, code in mine.items() if _is_decided(code)}
    return found


def _is_decided(code: int | None) -> bool:
    """Not so if the tests were ended from outside."""
    return code is not None and code != INTERRUPTED and (code >= 0 or code == TIMES_OUT)
