"""A quality gate: rules in a file that a run keeps or does not.

    nicht_bestanden = 0          # at most so many; known faults are not counted
    neu_nicht_bestanden = 0      # those that were passed before, or are new
    nicht_entscheidbar = 2
    nicht_geprueft = 0
    prueffehler = 0
    bekannt = 3                  # faults that are known
    bekannt_abgelaufen = 0       # entries whose day is over
    instabil = 0                 # within the run, or from run to run
    langsamer = 5
    anforderungen = ["S0.*"]     # all of these are shown

What is not written is not asked for, except that the run is finished and the harness itself had no fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.harness.history.toml_file import read_toml
from lisa_core.harness.report.live_view import SYMBOLS
from lisa_core.harness.report.record import ChangeKind, RunRecord, State, Verdict
from lisa_core.harness.text.findings import Finding, meant
from lisa_core.harness.text.language import say
from lisa_core.harness.text.naming import unrepeated

FILE = "gate.toml"
REQUIREMENTS = "anforderungen"
_NAMED = 5
"""How many names are told beside a number."""


class GateError(LisaError):
    """A file of rules that cannot be used; a sentence for each mistake, with its line."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One rule: what it asks, what there is, and whether that keeps it."""

    rule: str
    expected: str
    got: str
    kept: bool


def rules_in(path: Path) -> JsonMap:
    """What this file asks. Raises `GateError`."""
    file = read_toml(path)
    if file.finding:
        example = say("Zum Beispiel hineinschreiben: neu_nicht_bestanden = 0")
        raise GateError(str(replace(file.finding, advice=example)))
    text, rules = file.text, file.tables
    if not rules:
        what = say("Die Datei enthält keine Regel.")
        raise GateError(str(Finding(path, 0, what, say("Es gibt: {keys}.", keys=", ".join(NAMES)))))
    if wrong := [
        Finding(path, _line(text, key), *words) for key, value in rules.items() if (words := _wrong(key, value))
    ]:
        raise GateError("\n".join(map(str, sorted(wrong))))
    return rules


def judge_run(run: RunRecord, rules: JsonMap) -> list[Judged]:
    """Each rule, in the order of the file, behind what always holds."""
    return [*_always(run), *(_judged(run, name, value) for name, value in rules.items())]


def gate_lines(judged: Sequence[Judged], folder: Path) -> Iterator[str]:
    """Each rule with what it asks and what there is, and the end of it."""
    for one in judged:
        mark = SYMBOLS[Verdict.PASSED if one.kept else Verdict.FAILED][0]
        yield say(
            "{mark} {rule}: Soll {expected}, Ist {got}", mark=mark, rule=one.rule, expected=one.expected, got=one.got
        )
    broken = sum(not one.kept for one in judged)
    values = {"run": folder.name, "total": len(judged), "broken": broken}
    if broken:
        yield say("Der Lauf {run} genügt nicht: {broken} von {total} Regeln nicht eingehalten.", **values)
    else:
        yield say("Der Lauf {run} genügt: alle {total} Regeln eingehalten.", run=folder.name, total=len(judged))


def _always(run: RunRecord) -> Iterator[Judged]:
    finished, state = State.FINISHED.value, run.state.value
    yield Judged(say("Zustand"), say(finished), say(state), run.state is State.FINISHED)
    faults = "; ".join(run.faults)
    yield Judged(say("Prüfmittel"), say("kein Fehler"), faults or say("kein Fehler"), not faults)


def _judged(run: RunRecord, name: str, value: object) -> Judged:
    if name == REQUIREMENTS:
        return _requirements(run, value if isinstance(value, list) else [])
    found = _COUNTS[name](run)
    most = int(str(value))
    names = f": {'; '.join(found[:_NAMED])}{' …' if len(found) > _NAMED else ''}" if found else ""
    return Judged(name, say("höchstens {count}", count=most), f"{len(found)}{names}", len(found) <= most)


def _requirements(run: RunRecord, patterns: Sequence[str]) -> Judged:
    missing = [pattern for pattern in patterns if not any(fnmatchcase(one.id, pattern) for one in run.requirements)]
    asked = [one for one in run.requirements if any(fnmatchcase(one.id, pattern) for pattern in patterns)]
    open_ones = [f"{one.id} ({say(one.verdict.value)})" for one in asked if one.verdict is not Verdict.PASSED]
    open_ones += [say("{pattern} (keine in diesem Lauf)", pattern=pattern) for pattern in missing]
    shown = sum(one.verdict is Verdict.PASSED for one in asked)
    got = say("{shown} von {total} gezeigt", shown=shown, total=len(asked))
    expected = say("alle gezeigt: {patterns}", patterns=", ".join(patterns))
    return Judged(REQUIREMENTS, expected, "; ".join((got, *open_ones)), not open_ones)


def _of(verdict: Verdict) -> Callable[[RunRecord], list[str]]:
    return lambda run: [one.name for one in run.scenarios if one.verdict is verdict and one.id not in _known(run)]


def _known(run: RunRecord) -> frozenset[str]:
    return frozenset(one.scenario for one in run.past.known)


def _new(run: RunRecord) -> list[str]:
    """Without a run before all that is not passed is new."""
    red = [one for one in run.scenarios if one.verdict not in (Verdict.PASSED, Verdict.NOT_APPLICABLE)]
    red = [one for one in red if one.id not in _known(run)]
    if not run.past.before:
        return [one.name for one in red]
    fresh = {change.name for change in run.past.changes if change.kind in (ChangeKind.BROKEN, ChangeKind.NEW)}
    return [one.name for one in red if unrepeated(one.name) in fresh]


def _unstable(run: RunRecord) -> list[str]:
    return [
        *(f"{name} ({passed}/{times})" for name, passed, times in run.past.unstable),
        *(name for name, _ in run.past.flaky),
    ]


def _names_of(run: RunRecord) -> list[str]:
    by_id = {one.id: one.name for one in run.scenarios}
    return [by_id[one.scenario] for one in run.past.known]


def _slower(run: RunRecord) -> list[str]:
    return [change.name for change in run.past.changes if change.kind is ChangeKind.SLOWER]


_COUNTS: Mapping[str, Callable[[RunRecord], list[str]]] = {
    "nicht_bestanden": _of(Verdict.FAILED),
    "neu_nicht_bestanden": _new,
    "nicht_entscheidbar": _of(Verdict.UNDECIDED),
    "nicht_geprueft": _of(Verdict.NOT_CHECKED),
    "prueffehler": _of(Verdict.HARNESS),
    "bekannt": _names_of,
    "bekannt_abgelaufen": lambda run: list(run.past.expired),
    "instabil": _unstable,
    "langsamer": _slower,
}
NAMES = (*_COUNTS, REQUIREMENTS)


def _wrong(key: str, value: object) -> tuple[str, str] | None:
    """What is wrong with one line; None where nothing is."""
    if key not in NAMES:
        what = say("Die Regel „{rule}“ gibt es nicht.", rule=key)
        return what, meant(key, NAMES, say("Es gibt: {keys}.", keys=", ".join(NAMES)))
    if key == REQUIREMENTS:
        fits = isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)
        example = 'anforderungen = ["S0.*"]'
    else:
        fits = isinstance(value, int) and not isinstance(value, bool) and value >= 0
        example = f"{key} = 0"
    if fits:
        return None
    return say("Die Regel „{rule}“ hat keinen Wert, der passt.", rule=key), say("Zum Beispiel: {line}", line=example)


def _line(text: str, key: str) -> int:
    found = (
        number for number, line in enumerate(text.splitlines(), 1) if re.match(rf"\s*[\"']?{re.escape(key)}\b", line)
    )
    return next(found, 0)
