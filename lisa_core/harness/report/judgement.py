"""What follows from measurements and limits: for a scenario, and for each requirement of a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from lisa_core.config.classes.limits import Limit
from lisa_core.domain.model.errors import HarnessError
from lisa_core.harness.report.equipment import why_uncounted
from lisa_core.harness.report.measure import STEP, judged
from lisa_core.harness.report.record import (
    KnownFault,
    Measurement,
    PartRecord,
    RequirementRecord,
    ScenarioRecord,
    Verdict,
    worst,
)
from lisa_core.harness.report.requirement import Part, Requirement, owner
from lisa_core.harness.text.language import in_digits, say
from lisa_core.harness.text.tags import requirements_of
from lisa_core.harness.text.translation import unit_word

_UNSAID = {Verdict.FAILED: Verdict.UNDECIDED}


def judge(scenario: ScenarioRecord, known: Mapping[str, Requirement], *, beside: bool = False) -> ScenarioRecord:
    """Compare what was measured with the limits of the requirements that this scenario shows.

    A requirement with a limit and no measurement is not shown: the scenario is then "nicht geprüft", whatever its
    steps say. With others `beside` it a limit may be kept, but that it is not kept says nothing.
    """
    named = [(name, owner(name, known)) for name in requirements_of(scenario.tags)]
    limits = list(dict.fromkeys(limit for name, one in named if one is not None for limit in one.limits(name)))
    if not limits and not scenario.measurements:
        return scenario
    verdicts, errors, measurements = [scenario.verdict], [scenario.error], []
    for raw in scenario.measurements:
        try:
            if raw.requirement == STEP:
                found = [raw]
            else:
                found = [judged(raw, name, limit) for name, limit in limits if limit.measurement == raw.name]
        except HarnessError as error:
            verdicts.append(Verdict.HARNESS)
            errors.append(str(error))
            found = []
        if beside:
            found = [replace(one, verdict=_UNSAID.get(one.verdict, one.verdict)) for one in found]
        measurements += found or [raw]
        verdicts += [one.verdict for one in found]
        errors += [measured_text(one) for one in found if one.verdict is not Verdict.PASSED]
    taken = {raw.name for raw in scenario.measurements}
    for name, limit in limits:
        if limit.measurement not in taken and scenario.verdict is Verdict.PASSED:
            verdicts.append(Verdict.NOT_CHECKED)
            what = "Für {requirement} fehlt die Messung „{name}“; ohne sie ist die Grenze nicht geprüft."
            errors.append(say(what, requirement=name, name=limit.measurement))
    text = "\n".join(filter(None, errors))
    return replace(scenario, verdict=worst(verdicts), measurements=tuple(measurements), error=text)


def decided(takes: Sequence[ScenarioRecord]) -> ScenarioRecord:
    """What follows from all attempts at a scenario, judged each: the last, with the values of all.

    Of each limit the first decided value counts; a step's own limit is met by the attempt whose step met it. Only what
    is undecided is taken again, so a failure is the last.
    """
    last = takes[-1]
    if len(takes) == 1:
        return last
    numbered = [replace(one, take=take) for take, record in enumerate(takes, 1) for one in record.measurements]
    verdict, error = last.verdict, last.error
    if verdict in (Verdict.UNDECIDED, Verdict.PASSED) and all(one.verdict is Verdict.PASSED for one in last.steps):
        shown = {_key(one) for one in numbered if one.verdict is Verdict.PASSED}
        counts = [one for one in numbered if one.requirement != STEP or one.take == len(takes)]
        open_ = [one for one in counts if one.verdict is Verdict.UNDECIDED and _key(one) not in shown]
        verdict = Verdict.UNDECIDED if open_ else Verdict.PASSED
        error = "\n".join(map(measured_text, open_))
    return replace(last, verdict=verdict, error=error, measurements=tuple(numbered))


def _key(one: Measurement) -> tuple[str, str]:
    return one.requirement, one.name


def matrix(
    requirements: Iterable[Requirement], scenarios: Iterable[ScenarioRecord], mentioned_only: bool
) -> tuple[RequirementRecord, ...]:
    """One record for each requirement, in order; with `mentioned_only` those that no scenario names are left out."""
    naming = _naming(scenarios)
    asked = (one for one in requirements if not mentioned_only or not naming.keys().isdisjoint(one.names))
    return tuple(_judged(_record(one), naming) for one in asked)


def judged_again(
    requirements: Iterable[RequirementRecord], scenarios: Iterable[ScenarioRecord]
) -> tuple[RequirementRecord, ...]:
    """The same lines of the matrix for these scenarios: those of several runs, for example."""
    naming = _naming(scenarios)
    return tuple(_judged(one, naming) for one in requirements)


def _naming(scenarios: Iterable[ScenarioRecord]) -> Mapping[str, list[ScenarioRecord]]:
    """By the id of each requirement or part the scenarios that name it."""
    naming: dict[str, list[ScenarioRecord]] = {}
    for scenario in scenarios:
        for name in requirements_of(scenario.tags):
            naming.setdefault(name, []).append(scenario)
    return naming


def _judged(one: RequirementRecord, naming: Mapping[str, list[ScenarioRecord]]) -> RequirementRecord:
    parts = tuple(_judged_part(part, naming.get(part.id, [])) for part in one.parts)
    whole = naming.get(one.id, [])
    names = (one.id, *(part.id for part in parts))
    naming_it = {scenario.id: scenario for name in names for scenario in naming.get(name, ())}
    return replace(
        one,
        verdict=_of_parts(whole, parts) if parts else _verdict(whole),
        scenarios=tuple(naming_it),
        parts=parts,
        uncounted=" ".join(_uncounted([*naming_it.values()])),
    )


def _judged_part(part: PartRecord, scenarios: list[ScenarioRecord]) -> PartRecord:
    return replace(part, verdict=_verdict(scenarios), scenarios=tuple(scenario.id for scenario in scenarios))


def _record(one: Requirement) -> RequirementRecord:
    return RequirementRecord(
        id=one.id,
        text=one.spoken_text,
        source=one.source,
        limit=in_words(one.limit) if one.limit else "",
        open_reason=one.open_reason,
        from_brief=one.from_brief,
        parts=tuple(map(_part, one.parts)),
    )


def _part(part: Part) -> PartRecord:
    limit = in_words(part.limit) if part.limit else ""
    return PartRecord(id=part.id, text=part.spoken_text, limit=limit, open_reason=part.open_reason)


def _of_parts(whole: list[ScenarioRecord], parts: Sequence[PartRecord]) -> Verdict:
    """Shown only when each part is: one that did not apply in this run has not been shown."""
    verdicts = [one.verdict for one in parts]
    if set(verdicts) == {Verdict.NOT_APPLICABLE}:
        return Verdict.NOT_APPLICABLE
    unseen = {Verdict.NOT_APPLICABLE: Verdict.NOT_CHECKED}
    return worst([*(unseen.get(one, one) for one in verdicts), *([_verdict(whole)] if whole else [])])


def missing_text(requirement: RequirementRecord) -> str:
    """`Es fehlt: Kopieren wichtiger Dokumente (nicht geprüft)`; "" where nothing does."""
    parts = "; ".join(f"{part.text.rstrip('.')} ({say(part.verdict.value)})" for part in requirement.missing)
    return say("Es fehlt: {parts}", parts=parts) if parts else ""


def in_words(limit: Limit) -> str:
    """`anruf.klingelt höchstens 2 s (U = 0,1 s)`."""
    word = say("höchstens") if limit.upper else say("mindestens")
    spread = f"U = {decimal_text(limit.uncertainty)} {unit_word(limit.unit)}"
    beside = "; ".join(filter(None, (spread, limit.whose)))
    return f"{limit.measurement} {word} {decimal_text(limit.value)} {unit_word(limit.unit)} ({beside})"


def decimal_text(number: Decimal) -> str:
    """As the language of the run writes it, at most three places, without zeros at the end."""
    return in_digits(f"{number:.3f}".rstrip("0").rstrip("."))


def measured_text(one: Measurement) -> str:
    """`S0.10: anruf.klingelt = 1,4 ± 0,1 s, höchstens 2 s: bestanden`; without a limit only the value."""
    value = f"{one.name} = {value_text(one)}"
    again = say(" ({take}. Messung)", take=one.take) if one.take > 1 else ""
    if one.limit is None:
        return value + again
    if one.verdict is Verdict.UNDECIDED and one.delay:
        value += say(
            " (davon {delay} {unit} durch die Leitung zum Gerät)", delay=decimal_text(one.delay), unit=one.unit
        )
    return f"{one.requirement}: {value}, {limit_text(one)}: {say(one.verdict.value)}{again}"


def value_text(one: Measurement) -> str:
    """`1,4 ± 0,1 s`."""
    spread = f" ± {decimal_text(one.uncertainty)}" if one.uncertainty is not None else ""
    return f"{decimal_text(one.value)}{spread} {unit_word(one.unit)}"


def limit_text(one: Measurement) -> str:
    """`höchstens 2 s`, of a profile `höchstens 1 s (Profil vor-ort)`."""
    word = say("höchstens") if one.upper else say("mindestens")
    whose = f" ({one.limit_of})" if one.limit_of else ""
    return f"{word} {decimal_text(one.limit or Decimal())} {unit_word(one.unit)}{whose}"


def known_text(one: KnownFault) -> str:
    """`Der Türkontakt prellt. (Frau Beispiel, bis 31.12.2026, KAB-17)`."""
    day = date.fromisoformat(one.until)
    until = say("bis {day}", day=f"{day:%d.%m.%Y}")
    return f"{one.reason} ({', '.join(filter(None, (one.owner, until, one.ticket)))})"


def unstable_text(name: str, passed: int, times: int) -> str:
    """`Instabil: Die Tür geht auf: 7 von 10 bestanden`."""
    return say("Instabil: {name}: {passed} von {times} bestanden", name=name, passed=passed, times=times)


def _verdict(scenarios: list[ScenarioRecord]) -> Verdict:
    """Shown only when everything that names it and could run has passed, on hardware at devices that are real."""
    verdicts = [one.verdict for one in scenarios if one.verdict is not Verdict.NOT_APPLICABLE]
    verdicts += [Verdict.NOT_CHECKED for _ in _uncounted(scenarios)]
    if not verdicts:
        return Verdict.NOT_APPLICABLE if scenarios else Verdict.NOT_CHECKED
    return worst(verdicts)


def _uncounted(scenarios: Iterable[ScenarioRecord]) -> list[str]:
    """Of those that have passed: why one does not count on hardware."""
    return [why for one in scenarios if one.verdict is Verdict.PASSED and (why := why_uncounted(one))]
