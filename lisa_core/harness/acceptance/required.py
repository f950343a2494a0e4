"""What follows for each requirement: verdict, scenarios, measurements, what it was seen on, and why it is not shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.acceptance.takes import Take, Takes
from lisa_core.harness.report.equipment import is_on_hardware
from lisa_core.harness.report.judgement import judge, matrix, measured_text
from lisa_core.harness.report.record import (
    Measurement,
    PartRecord,
    RequirementRecord,
    ScenarioRecord,
    Verdict,
)
from lisa_core.harness.report.requirement import Part, Requirement, owner, requirements_in
from lisa_core.harness.report.requirements import FOLDER, load
from lisa_core.harness.text.findings import Finding, shown
from lisa_core.harness.text.naming import unrepeated
from lisa_core.harness.text.tags import requirements_of
from lisa_core.host.paths import is_file, is_folder


@dataclass(frozen=True, slots=True)
class Shown:
    """One requirement of the acceptance.

    `measured` are the values of the takes that count, each with the number of its run; `seen_on` says on what how many
    of its scenarios ran; `why_not` has a sentence for each thing that keeps it from being shown.
    """

    record: RequirementRecord
    measured: tuple[tuple[int, Measurement], ...]
    seen_on: tuple[str, ...]
    why_not: tuple[str, ...]

    def kept_from(self, why: Sequence[str]) -> Shown:
        """The same, not fulfilled for these reasons; none: as it is."""
        if not why:
            return self
        return replace(self, record=replace(self.record, verdict=Verdict.FAILED), why_not=(*self.why_not, *why))


@dataclass(frozen=True, slots=True)
class Demands:
    """What is asked: requirements, limits in words where only a run knows them, and what differs between sources."""

    requirements: tuple[Requirement, ...]
    limits: Mapping[str, str]
    notes: tuple[str, ...] = ()
    own: bool = False
    """Whether they come from files of the Landkreis' own: then what was measured is held against their limits."""


def asked_in_files(paths: Sequence[Path], takes: Takes) -> Demands:
    """The requirements of these files and folders. Raises `LisaError` with every finding in them."""
    findings: list[Finding] = []
    found: list[Requirement] = []
    for path in paths:
        if is_folder(path):
            catalogue = load([path, path / FOLDER])
            findings += catalogue.findings
            found += catalogue.known.values()
        elif is_file(path):
            requirements, wrong = requirements_in(path)
            findings += wrong
            found += requirements
        else:
            raise LisaError(f"{shown(path)}: Diese Datei mit Anforderungen gibt es nicht.")
    known: dict[str, Requirement] = {}
    for one in found:
        if known.setdefault(one.id, one) != one:
            findings.append(
                Finding(one.path, one.line, f"Die Anforderung „{one.id}“ gibt es zweimal.", "Eine streichen.")
            )
    if findings:
        raise LisaError("\n".join(map(str, sorted(findings))))
    if not known:
        raise LisaError(f"{', '.join(map(shown, paths))}: Hier steht keine Anforderung.")
    return Demands(tuple(known.values()), {}, tuple(_differing(known, takes)), own=True)


def asked_in_runs(takes: Takes) -> Demands:
    """The requirements that the runs knew; where they differ, those of the newest run."""
    known: dict[str, RequirementRecord] = {}
    notes: dict[str, str] = {}
    for run in takes.runs:
        for one in run.record.requirements:
            before = known.get(one.id)
            if before and (before.text, before.limit, _texts(before)) != (one.text, one.limit, _texts(one)):
                notes[one.id] = f"Die Anforderung {one.id} lautet in den Läufen verschieden; es gilt die des jüngsten."
            known[one.id] = one
    told: list[RequirementRecord | PartRecord] = list(known.values())
    told += [part for one in known.values() for part in one.parts]
    limits = {one.id: one.limit for one in told if one.limit}
    order = dict.fromkeys(one.id for run in reversed(takes.runs) for one in run.record.requirements)
    return Demands(tuple(_again(known[name]) for name in order), limits, tuple(notes.values()))


def shown_by(asked: Demands, takes: Takes) -> tuple[Shown, ...]:
    """One row for each requirement, in the order in which they are asked."""
    known = {one.id: one for one in asked.requirements}
    scenarios = [_judged(one, known) if asked.own else one for one in takes.deciding]
    records = matrix(asked.requirements, scenarios, mentioned_only=False)
    by_name: dict[str, list[ScenarioRecord]] = {}
    for scenario in scenarios:
        for name in requirements_of(scenario.tags):
            by_name.setdefault(name, []).append(scenario)
    rows = []
    for requirement, record in zip(asked.requirements, records, strict=True):
        naming = {id(one): one for name in requirement.names for one in by_name.get(name, ())}
        rows.append(_row(requirement, _with_limits(record, asked.limits), [*naming.values()], takes))
    return tuple(rows)


def _row(requirement: Requirement, record: RequirementRecord, naming: Sequence[ScenarioRecord], takes: Takes) -> Shown:
    numbers = {run.digest: number for number, run in enumerate(takes.runs, 1)}
    ids = dict.fromkeys(unrepeated(one.id) for one in naming)
    counting = [take for name in ids for take in takes.counting.get(name, ())]
    runs = {id(take.scenario): numbers[take.run.digest] for take in counting}
    measured = [
        (_run_of(one, counting, runs), value)
        for one in naming
        for value in one.measurements
        if value.requirement in requirement.names
    ]
    reasons = () if record.verdict is Verdict.PASSED else tuple(_reasons(requirement, record, naming, takes))
    return Shown(record, tuple(dict.fromkeys(measured)), tuple(_seen_on(counting)), reasons)


def _run_of(scenario: ScenarioRecord, counting: Sequence[Take], runs: Mapping[int, int]) -> int:
    """The number of the run that a record comes from, also when it was judged again."""
    same = (take for take in counting if take.scenario.id == scenario.id and take.scenario.started == scenario.started)
    return next((runs[id(take.scenario)] for take in same), 0)


def _seen_on(counting: Iterable[Take]) -> Iterable[str]:
    counted = Counter(_on(take) for take in counting)
    for words, count in counted.items():
        yield f"{words} ({count} {'Szenario' if count == 1 else 'Szenarien'})"


def _on(take: Take) -> str:
    """What one take ran on: on hardware the slots that decided, else what the booth was."""
    equipment = take.scenario.equipment
    if not is_on_hardware(equipment):
        return take.run.environment.get("Kabine", "") if not take.run.on_hardware else "emulierte Geräte"
    deciding = [f"{one.title} {one.origin.value}" for one in equipment if one.decides]
    return ", ".join(deciding) or "an keinem Gerät entschieden"


def _reasons(
    requirement: Requirement, record: RequirementRecord, naming: Sequence[ScenarioRecord], takes: Takes
) -> Iterable[str]:
    if requirement.open_reason:
        yield requirement.open_reason
    for part in requirement.parts:
        if part.open_reason:
            yield f"{part.text}: {part.open_reason}"
    if not naming and not requirement.open_reason:
        yield "Kein Szenario der Läufe nennt sie."
    if record.uncounted:
        yield record.uncounted
    yield from dict.fromkeys(filter(None, (_why(one, takes) for one in naming)))


def _why(scenario: ScenarioRecord, takes: Takes) -> str:
    """Why this scenario does not show what it names; "" where it does."""
    name, told = f"„{scenario.name}“", scenario.error.splitlines()[:1]
    match scenario.verdict:
        case Verdict.PASSED:
            return ""
        case Verdict.NOT_APPLICABLE:
            return (
                f"{name} war nicht anwendbar: {scenario.reason}" if scenario.reason else f"{name} war nicht anwendbar."
            )
        case Verdict.NOT_CHECKED if scenario.started is None:
            return _unexecuted(scenario, takes)
        case Verdict.UNDECIDED if open_ := [one for one in scenario.measurements if one.verdict is Verdict.UNDECIDED]:
            return f"{name}: {'; '.join(map(measured_text, open_))}"
        case verdict:
            return f"{name}: {verdict.value}{f' ({told[0]})' if told and told[0] else ''}"


def _unexecuted(scenario: ScenarioRecord, takes: Takes) -> str:
    name, history = f"„{scenario.name}“", takes.of.get(unrepeated(scenario.id), ())
    if not history:
        return f"{name} steht in der Feature-Datei und wurde in keinem Lauf ausgewählt."
    if other := [one for one in history if one.executed]:
        what = f"{other[-1].scenario.verdict.value} in {other[-1].run.version}"
        return f"{name} wurde in der abzunehmenden Fassung nicht ausgeführt ({what})."
    return f"{name} wurde nicht ausgeführt."


def _judged(scenario: ScenarioRecord, known: Mapping[str, Requirement]) -> ScenarioRecord:
    """What was measured, held against the limits that these requirements set."""
    if scenario.started is None or not any(owner(name, known) for name in requirements_of(scenario.tags)):
        return scenario
    raw = {(one.name, one.value, one.unit, one.take): one for one in scenario.measurements}
    return judge(replace(scenario, measurements=tuple(raw.values())), known)


def _differing(known: Mapping[str, Requirement], takes: Takes) -> Iterable[str]:
    """Where the newest run that knew a requirement knew it in other words."""
    told = {one.id: one for run in takes.runs for one in run.record.requirements}
    for name, one in known.items():
        if name in told and (told[name].text, _texts(told[name])) != (one.text, _parts(one)):
            yield f"Die Anforderung {name} lautete im Lauf anders als in der genannten Datei; es gilt die Datei."


def _texts(record: RequirementRecord) -> tuple[tuple[str, str], ...]:
    return tuple((part.id, part.text) for part in record.parts)


def _parts(requirement: Requirement) -> tuple[tuple[str, str], ...]:
    return tuple((part.id, part.text) for part in requirement.parts)


def _again(record: RequirementRecord) -> Requirement:
    """A requirement as a run knew it; its limits have been applied there."""
    parts = tuple(Part(one.id, one.text, one.text, 0, one.open_reason) for one in record.parts)
    return Requirement(
        *(record.id, record.text, record.text, record.source, Path(), 0), record.open_reason, parts=parts
    )


def _with_limits(record: RequirementRecord, limits: Mapping[str, str]) -> RequirementRecord:
    def named(one: PartRecord) -> PartRecord:
        return replace(one, limit=one.limit or limits.get(one.id, ""))

    return replace(record, limit=record.limit or limits.get(record.id, ""), parts=tuple(map(named, record.parts)))
