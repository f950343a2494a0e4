"""What is kept of runs, and the files that people write about them: streams, known faults, rules of a gate."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from random import Random

from lisa_core.harness.history.gate import judge_run, rules_in
from lisa_core.harness.history.known import entries_in
from lisa_core.harness.history.place import RUNS
from lisa_core.harness.history.shelf import find, shelf, whole
from lisa_core.harness.history.table import history_lines
from lisa_core.harness.report.record import MESSAGES, RunRecord
from tests.fuzz.edge import Edge
from tests.fuzz.file_edges import _as_file, folder
from tests.fuzz.mutation import damaged
from tests.fuzz.shapes import either, lines
from tests.history.runs import Home
from tests.history.test_past import ENTRY, WRONG

_STREAM = (
    '{"meta":{"implementation":{"version":7}}}',
    '{"pickle":{"id":"a","uri":[],"name":{},"location":{"line":-1},"tags":[{}]}}',
    '{"testRunStarted":{"timestamp":{"seconds":-1e12,"nanos":"x"}}}',
    '{"testRunFinished":null}',
    '{"attachment":{"body":"{}","mediaType":"application/vnd.lisa.result+json"}}',
    '{"attachment":{"body":"{\\"profile\\":[],\\"clock\\":1}","mediaType":"application/vnd.lisa.run+json"}}',
)
_ENTRIES = (
    "[[fehler]]",
    "[fehler]",
    'szenario = "x"',
    "anforderung = 7",
    "bis = 2026-12-31T10:00:00Z",
    "bis = 10:00:00",
)
_RULES = ("instabil = 0", "bekannt = 1e9", "nicht_bestanden = [1]", 'anforderungen = ["[", "*"]', "langsamer = -0")


@cache
def _run() -> RunRecord:
    home = Home(folder() / "kept")
    home.path.mkdir(exist_ok=True)
    home.write("A", "B")
    return home.with_past(home.record(0, {"A": "grg", "B": "g"}))


@cache
def streams() -> Sequence[bytes]:
    """A run as it is kept."""
    home = Home(folder() / "kept")
    home.path.mkdir(exist_ok=True)
    home.keep(0, A="grg", B="g")
    return [home.keep(1, A="r", B="u", C="n").joinpath(MESSAGES).read_bytes()]


def take_stream(data: bytes, chance: Random) -> None:
    """What can be read can be told; what cannot is named, and the history goes on."""
    _as_file(f"stream/{RUNS}/2026-11-01_08-00-00/{MESSAGES}", data)
    out = folder() / "stream"
    known = shelf(out)
    assert len(known.runs) + len(known.notes) <= 1
    assert all(known.notes)
    if known.runs:
        assert list(history_lines(known))
    judge_run(whole(find(out)), {"nicht_bestanden": 0})


def take_known(data: bytes, chance: Random) -> None:
    """Each entry is whole, or there is a finding."""
    entries, findings = entries_in(_as_file("bekannte-fehler.toml", data))
    assert all(str(finding) for finding in findings)
    assert all(entry.what and entry.reason and entry.owner and entry.until.year for entry in entries)


def rules() -> Sequence[bytes]:
    """Some that can be kept."""
    return [b"instabil = 0\n", b'anforderungen = ["S0.*"]\n']


def take_rules(data: bytes, chance: Random) -> None:
    """Rules that were read can be judged."""
    judged = judge_run(_run(), rules_in(_as_file("gate.toml", data)))
    assert all(one.rule and one.expected and one.got for one in judged)


EDGES = (
    Edge("kept-run", streams, either(lines(_STREAM), damaged), take_stream, 8_000),
    Edge(
        "known-faults",
        lambda: [ENTRY.format(name="A", day="2026-12-31").encode(), *map(str.encode, WRONG)],
        either(lines(_ENTRIES), damaged),
        take_known,
        8_000,
    ),
    Edge(
        "gate",
        lambda: [b"instabil = 0\n", b'anforderungen = ["S0.*"]\n'],
        either(lines(_RULES), damaged),
        take_rules,
        6_000,
    ),
)
