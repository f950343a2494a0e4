"""Product files changed at random: whatever turns red must have been chosen by `--affected`. Only with LISA_LONG=1.

In a clone of this checkout, in virtual time. Changed is only what does not reach everything: functions behind
sentences, forms, papers, requirements, features. A line is left out, a number, a word or a comparison is another.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.record import RunRecord, State, Verdict
from tests.tidy.sources import ROOT

LONG = os.environ.get("LISA_LONG") == "1"
COUNT = int(os.environ.get("LISA_MUTANTS", "40"))
SEED = int(os.environ.get("LISA_SEED", "1"))
PLACES = (
    "lisa_core/harness/steps/*.py",
    "fixtures/forms/*.toml",
    "fixtures/documents/*.toml",
    "features/anforderungen/*.toml",
    "features/*/*.feature",
    "hardware_profiles/vorfuehrung.toml",
)
SWAPS = (
    ("==", "!="),
    (" not ", " "),
    ("True", "False"),
    (" in ", " not in "),
    ("await ", ""),
    ("and", "or"),
    ("Frau", "Herr"),
)

pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(3000),
    pytest.mark.skipif(not LONG, reason="führt alle Szenarien oft aus: nur mit LISA_LONG=1"),
]


def test_whatever_a_changed_product_file_turns_red_was_chosen(tmp_path: Path) -> None:
    clone = tmp_path / "checkout"
    subprocess.run(["git", "clone", "-q", "--shared", str(ROOT), str(clone)], check=True)
    before = verdicts(run(clone))
    assert before
    dice = random.Random(SEED)
    reds = chosen = total = 0
    for file, mutant in mutants(clone, dice):
        original = file.read_text(encoding="utf-8")
        file.write_text(mutant, encoding="utf-8")
        whole = run(clone)
        if whole is not None and whole.state is State.FINISHED:  # else it was refused as a whole
            red = {name for name, verdict in verdicts(whole).items() if verdict != before.get(name)}
            part = run(clone, "--affected", "HEAD")
            found = {one.id for one in (part or whole).scenarios}  # None: it was refused with a sentence, exit code 4
            assert red <= found, f"{file}: {red - found}\n{difference(original, mutant)}"
            reds, chosen, total = reds + len(red), chosen + len(found), total + len(whole.scenarios)
        file.write_text(original, encoding="utf-8")
    print(f"{COUNT} Änderungen: {reds} Szenarien rot, {chosen} von {total} gewählt, keines verfehlt")
    assert reds


def run(clone: Path, *words: str) -> RunRecord | None:
    code = "from lisa_core.cli.main import main; main()"
    command = [sys.executable, "-c", code, "run", "features", "--clock", "virtual", *words]
    stream = clone / "out" / "messages.ndjson"
    stream.unlink(missing_ok=True)
    subprocess.run(command, cwd=clone, env={**os.environ, "PYTHONPATH": str(clone)}, check=False, capture_output=True)
    return read(stream.read_text(encoding="utf-8")) if stream.exists() else None


def verdicts(whole: RunRecord | None) -> dict[str, Verdict]:
    return {} if whole is None else {one.id: one.verdict for one in whole.scenarios}


def mutants(clone: Path, dice: random.Random) -> Iterator[tuple[Path, str]]:
    files = [path for place in PLACES for path in sorted(clone.glob(place))]
    for _ in range(COUNT):
        file = dice.choice(files)
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        number = dice.choice([number for number, line in enumerate(lines) if line.strip() and "language" not in line])
        yield file, "".join([*lines[:number], changed(lines[number], dice), *lines[number + 1 :]])


def changed(line: str, dice: random.Random) -> str:
    swaps = [(old, new) for old, new in SWAPS if old in line]
    if swaps and dice.random() < 0.6:
        return line.replace(*dice.choice(swaps), 1)
    if (numbers := re.findall(r"\d+", line)) and dice.random() < 0.6:
        return line.replace(numbers[0], str(int(numbers[0]) + 1), 1)
    return "" if dice.random() < 0.5 else line.replace("e", "o", 1)


def difference(before: str, after: str) -> str:
    then, now = set(before.splitlines()), set(after.splitlines())
    return "\n".join([*(f"- {line}" for line in then - now), *(f"+ {line}" for line in now - then)])
