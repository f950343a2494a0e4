"""How long scenarios take, as far as that is known: of the newest run in a folder, and of a file that can be committed.

The file is JSON: by the id of each scenario its seconds. Only what the real clock measured says how long a part takes;
in virtual time all scenarios count alike.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from lisa_core.domain.model.errors import OF_A_MESSAGE, HarnessError, LisaError
from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.record import MESSAGES, RunRecord
from lisa_core.harness.report.writer import write_whole
from lisa_core.harness.text.findings import shown
from lisa_core.harness.text.language import say
from lisa_core.host.causes import cause
from lisa_core.host.paths import is_file, read_text


def newest_run(out: Path) -> RunRecord | None:
    """The newest run in the folder of the reports; None where there is none, or none that can be read."""
    path = out / MESSAGES
    try:
        return read(path.read_text(encoding="utf-8")) if is_file(path) else None
    except (OSError, HarnessError, *OF_A_MESSAGE):
        return None


def durations_of(run: RunRecord | None) -> dict[str, float]:
    """By the id of each scenario that has run on the real clock its seconds."""
    if run is None or run.clock != "real":
        return {}
    return {one.id: one.duration_us / 1_000_000 for one in run.scenarios if one.started is not None}


def read_durations(path: Path) -> dict[str, float]:
    """What the file says. Raises `LisaError` with file, line and what to do."""
    try:
        found = json.loads(read_text(path))
    except OSError as error:
        raise LisaError(say("{path}: lässt sich nicht lesen ({why}).", path=shown(path), why=cause(error))) from error
    except (ValueError, RecursionError) as error:
        line = f":{error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise LisaError(f"{shown(path)}{line}: {say('Das sind keine Dauern.')} {_advice()}") from error
    if not isinstance(found, dict):
        raise LisaError(f"{shown(path)}: {say('Das sind keine Dauern.')} {_advice()}")
    for name, seconds in found.items():
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 <= seconds < 1e6:
            raise LisaError(f"{shown(path)}: {say('„{name}“ hat keine Dauer in Sekunden.', name=name)} {_advice()}")
    return {name: float(seconds) for name, seconds in found.items()}


def write_durations(path: Path, durations_s: Mapping[str, float]) -> None:
    """Write the file, one scenario a line, so that two versions of it can be compared."""
    rounded = {name: round(seconds, 2) for name, seconds in sorted(durations_s.items())}
    write_whole(path, json.dumps(rounded, ensure_ascii=False, indent=0) + "\n")


def _advice() -> str:
    return say("Neu schreiben lassen: lisa merge ORDNER --durations DATEI")
