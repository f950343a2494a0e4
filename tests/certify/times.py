"""The times of `features/geraete/zeiten.toml` anew, from a run that is kept: `python -m tests.certify.times LAUF`.

Such a run is `lisa run features/geraete --lasting`: emulated devices, the real clock. How often somebody is asked, at a
real device, stays as it is written; a new scenario begins with 0, to be counted by whoever adds it.
"""

from __future__ import annotations

import math
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

from lisa_core.harness.certify.walk.estimate import FILE
from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.record import ScenarioRecord
from lisa_core.host.data import data_dir

TIMES = data_dir("features") / "geraete" / FILE


def table(scenarios: Iterable[ScenarioRecord], before: str) -> str:
    """The file as it should read now, for what has run of these."""
    told = tomllib.loads(before)
    times: dict[str, dict[str, float]] = {}
    for one in scenarios:
        if one.duration_us:
            times.setdefault(one.file.stem, {})[one.name] = math.ceil(one.duration_us / 1_000_000)
    lines = [line for line in before.splitlines() if line.startswith("#")]
    for feature in sorted({**told, **times}):
        old, new = told.get(feature, {}), times.get(feature, {})
        lines += ["", f"[{feature}]"]
        for name in {**old, **new}:
            seconds, asked = old.get(name, (0, 0))
            lines.append(f'"{name}" = [{new.get(name, seconds)}, {asked}]')
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    kept = read((Path(sys.argv[1]) / "messages.ndjson").read_text(encoding="utf-8"))
    TIMES.write_text(table(kept.scenarios, TIMES.read_text(encoding="utf-8")), encoding="utf-8")
