"""One run of several: of the parts of a run (`--shard`), or of runs with other scenarios. It says what is missing.

What does not belong together is refused: another profile, clock or seed, another number of parts, a scenario twice.
Of two runs of the same part the newer one counts, and the whole says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import chain

from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.report.judgement import judged_again
from lisa_core.harness.report.record import (
    Choice,
    Past,
    RequirementRecord,
    RunRecord,
    ScenarioRecord,
    SourceText,
    State,
    Verdict,
)
from lisa_core.harness.text.language import say

COMMIT = "Stand"
"""Under which name the environment of a run has the commit of this program."""
TOLD = 5
"""So many names of what is missing are told."""


def merged(runs: Sequence[RunRecord], unread: Sequence[str] = ()) -> RunRecord:
    """The whole. Raises `LisaError` where these runs do not belong together.

    It is finished only when all parts are there and each has been finished, and every scenario of the plan is in one.
    `unread`: sentences about runs that should be among them and cannot be read.
    """
    _check_settings(runs)
    parts, replaced = _newest(runs)
    scenarios = _scenarios(parts)
    lacking = [*unread, *_lacking(parts, scenarios)]
    faults = (*lacking, *_unlike(parts), *dict.fromkeys(chain(*(one.faults for one in parts))))
    begun = min(one.started for one in parts)
    ended = max(one.started + timedelta(microseconds=one.wall_us) for one in parts)
    return replace(
        parts[0],
        started=begun,
        state=State.RUNNING if lacking else State.FINISHED,
        scenarios=scenarios,
        findings=(),
        wall_us=round((ended - begun) / timedelta(microseconds=1)),
        environment=_environment(parts),
        requirements=judged_again(_requirements(parts), scenarios),
        faults=faults,
        sources=_sources(parts),
        past=_past(parts),
        choice=_choice(parts, replaced),
    )


def _check_settings(runs: Sequence[RunRecord]) -> None:
    if not runs:
        raise LisaError(say("Es ist kein Lauf genannt."))
    titles = (("Profil", "profile"), ("Uhr", "clock"), ("Seed", "seed"))
    for title, name in titles:
        values = list(dict.fromkeys(str(getattr(one, name)) for one in runs))
        if len(values) > 1:
            _refuse(say("{title} ist nicht überall gleich: {found}.", title=title, found=", ".join(values)))
    numbers = {one.choice.shard[1] for one in runs if one.choice and one.choice.shard}
    if len(numbers) > 1:
        found = ", ".join(map(str, sorted(numbers)))
        _refuse(say("Die Läufe sind verschieden geteilt, in {found} Teile.", found=found))


def _refuse(what: str) -> None:
    raise LisaError(f"{what} {say('Nur Teile eines und desselben Laufs zusammenfügen.')}")


def _newest(runs: Sequence[RunRecord]) -> tuple[list[RunRecord], list[int]]:
    """Of each part the newest run, in their order, with the numbers of parts that there were several runs of."""
    plain = [one for one in runs if not (one.choice and one.choice.shard)]
    newest: dict[int, RunRecord] = {}
    replaced = []
    for one in sorted(runs, key=lambda run: run.started):
        if one.choice and one.choice.shard:
            number = one.choice.shard[0]
            replaced += [number] if number in newest else []
            newest[number] = one
    return [*(newest[number] for number in sorted(newest)), *plain], sorted(set(replaced))


def _scenarios(parts: Sequence[RunRecord]) -> tuple[ScenarioRecord, ...]:
    """All of them, in the order of their files; what does not apply is told by every part, and counts once."""
    found: dict[str, ScenarioRecord] = {}
    for one in chain(*(run.scenarios for run in parts)):
        other = found.get(one.id)
        if other is not None and {one.verdict, other.verdict} != {Verdict.NOT_APPLICABLE}:
            _refuse(say("Das Szenario „{name}“ kommt in zwei Läufen vor.", name=one.name))
        found[one.id] = one
    return tuple(sorted(found.values(), key=lambda one: (str(one.file), one.line)))


def _lacking(parts: Sequence[RunRecord], scenarios: Sequence[ScenarioRecord]) -> Iterator[str]:
    """What keeps these parts from being a whole run, a sentence each."""
    shards = [one.choice.shard for one in parts if one.choice and one.choice.shard]
    there = {number for number, _ in shards}
    of = shards[0][1] if shards else 0
    for number in (number for number in range(1, of + 1) if number not in there):
        yield say("Teil {number} von {parts} fehlt.", number=number, parts=of)
    for one in parts:
        if one.state is not State.FINISHED:
            yield say("{part} ist unvollständig: {state}.", part=_name(one), state=say(one.state.value))
            yield from one.findings
    known = {one.id for one in scenarios}
    planned = dict.fromkeys(chain(*(one.choice.elsewhere for one in parts if one.choice)))
    if missing := [name for name in planned if name not in known]:
        named = ", ".join(f"„{name.rpartition('::')[2]}“" for name in missing[:TOLD])
        more = say(" und {count} weitere", count=len(missing) - TOLD) if len(missing) > TOLD else ""
        yield say("Nicht ausgeführt: {names}.", names=named + more)


def _name(run: RunRecord) -> str:
    if run.choice and run.choice.shard:
        number, of = run.choice.shard
        return say("Teil {number} von {parts}", number=number, parts=of)
    return say("Der Lauf vom {time}", time=f"{run.started:%d.%m.%Y, %H:%M:%S}")


def _unlike(parts: Sequence[RunRecord]) -> Iterator[str]:
    """What was not the same in all parts, though it should have been."""
    commits = dict.fromkeys(dict(one.environment).get(COMMIT, "") for one in parts)
    if len(commits) > 1:
        yield say("Die Teile liefen mit verschiedenen Ständen von LISA: {found}.", found=", ".join(commits))
    texts = {(source.path, source.text) for one in parts for source in one.sources}
    for path, count in Counter(path for path, _ in texts).items():
        if count > 1:
            yield say("Die Datei {path} war nicht in allen Teilen gleich.", path=path)


def _environment(parts: Sequence[RunRecord]) -> tuple[tuple[str, str], ...]:
    found: dict[str, dict[str, None]] = {}
    for name, value in chain(*(one.environment for one in parts)):
        found.setdefault(name, {})[value] = None
    return tuple((name, " | ".join(values)) for name, values in found.items())


def _requirements(parts: Sequence[RunRecord]) -> Iterable[RequirementRecord]:
    found: dict[str, RequirementRecord] = {}
    for one in chain(*(run.requirements for run in parts)):
        found.setdefault(one.id, one)
    return found.values()


def _sources(parts: Sequence[RunRecord]) -> tuple[SourceText, ...]:
    found = {source.path: source for one in parts for source in one.sources}
    return tuple(found[path] for path in sorted(found))


def _past(parts: Sequence[RunRecord]) -> Past:
    """What was said of the scenarios of all parts; what each was compared with is another run for each."""
    found = [one.past for one in parts]
    return Past(
        rows=tuple(chain(*(one.rows for one in found))),
        unstable=tuple(chain(*(one.unstable for one in found))),
        flaky=tuple(chain(*(one.flaky for one in found))),
        known=tuple(chain(*(one.known for one in found))),
        expired=tuple(dict.fromkeys(chain(*(one.expired for one in found)))),
        notes=tuple(dict.fromkeys(chain(*(one.notes for one in found)))),
    )


def _choice(parts: Sequence[RunRecord], replaced: Sequence[int]) -> Choice:
    merged = say("Zusammengefügt aus {count} Läufen.", count=len(parts))
    said = [merged if len(parts) > 1 else say("Es ist nur ein Teil da.")]
    if replaced:
        numbers = ", ".join(map(str, replaced))
        said.append(say("Von Teil {numbers} gilt der neuere Lauf.", numbers=numbers))
    reasons = dict(chain(*(one.choice.reasons.items() for one in parts if one.choice)))
    return Choice(" ".join(said), reasons)
