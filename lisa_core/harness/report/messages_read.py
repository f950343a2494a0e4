"""From Cucumber Messages back to the record of a run: what the HTML page and JUnit XML are made of.

A stream that breaks off is an unfinished run: scenarios that it does not mention have not been checked.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.json_types import JsonDict, JsonMap
from lisa_core.equipment.slots.origin import Origin
from lisa_core.harness.report.messages import LOG_TYPE, RESULT_TYPE, RUN_TYPE, SAID, SCENARIO_TYPE, VERDICT_STEP
from lisa_core.harness.report.pictures import moment
from lisa_core.harness.report.record import (
    Change,
    ChangeKind,
    Choice,
    Evidence,
    KnownFault,
    Measurement,
    PartRecord,
    Past,
    RequirementRecord,
    RunRecord,
    ScenarioRecord,
    SlotRecord,
    SourceText,
    State,
    StepRecord,
    Verdict,
)

_SAYS_NOTHING = '{"testStepStarted":'
"""How lines begin that tell nothing which others do not tell: there is one for every step."""
_DECIMALS = ("value", "uncertainty", "limit", "held_up", "delay")

_OLD_NAMES = {"seed": "from_brief"}
"""What stands in the reports of older versions, and is called otherwise now."""


def read(text: str) -> RunRecord:
    """The run that these lines tell of. Raises `HarnessError` where they are no run of ours."""
    return record_of(envelopes(text))


def envelopes(text: str) -> Iterator[tuple[str, JsonDict]]:
    """Each message as its kind and what it says, but those that say nothing. A last line that is cut short is none.

    Raises `HarnessError` for any other line that is no message.
    """
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        if not line or line.startswith(_SAYS_NOTHING):
            continue
        try:
            ((kind, body),) = json.loads(line).items()
        except (ValueError, AttributeError):
            if number == len(lines):
                break  # killed while it wrote its last line
            raise HarnessError(f"Zeile {number} ist keine Nachricht: {line[:60]}") from None
        yield kind, body


def record_of(told: Iterable[tuple[str, JsonMap]]) -> RunRecord:
    """The run that these messages tell of. Raises `HarnessError` where they tell of none."""
    reading = _Reading()
    for kind, body in told:
        reading.take(kind, body)
    return reading.run()


def scenario_of(plan: ScenarioRecord, envelopes: Iterable[JsonMap]) -> ScenarioRecord:
    """What these envelopes tell of one planned scenario."""
    attempt = _Attempt(plan)
    for envelope in envelopes:
        ((kind, body),) = envelope.items()
        attempt.take(kind, body)
    return attempt.record()


@dataclass(slots=True)
class _Attempt:
    """One scenario, from the messages about it."""

    plan: ScenarioRecord
    results: list[JsonMap] = field(default_factory=list)
    attachments: list[JsonMap] = field(default_factory=list)
    details: JsonMap | None = None

    def take(self, kind: str, body: JsonMap) -> None:
        if kind == "testStepFinished" and body["testStepId"].endswith(f":{VERDICT_STEP}"):
            return  # what it says stands in the details
        if kind == "testStepFinished":
            self.results.append(body["testStepResult"])
        elif kind == "attachment" and body["mediaType"] == SCENARIO_TYPE:
            self.details = json.loads(body["body"])
        elif kind == "attachment" and body["mediaType"] != LOG_TYPE:  # what it says stands in the details
            self.attachments.append(body)

    def record(self) -> ScenarioRecord:
        details = self.details
        if details is None:
            return self.plan
        steps = zip(self.plan.steps, self.results, details["steps"], strict=True)
        inside = details.get("inside", {})
        evidence = zip(self.attachments, details["captions"], strict=True)
        return replace(
            self.plan,
            verdict=Verdict[details["verdict"]],
            steps=tuple(
                _step(step, result, Verdict[verdict], inside.get(str(number), ()))
                for number, (step, result, verdict) in enumerate(steps)
            ),
            evidence=tuple(_evidence(body, caption) for body, caption in evidence),
            measurements=tuple(_measurement(one) for one in details["measurements"]),
            equipment=tuple(
                SlotRecord(**{**one, "origin": Origin[one["origin"]]}) for one in details.get("equipment", ())
            ),
            started=datetime.fromisoformat(details["started"]) if details["started"] else None,
            duration_us=details["duration_us"],
            moment=moment.from_json(details["moment"]) if "moment" in details else None,
            error=details["error"],
            trace=details["trace"],
            reason=details["reason"],
            losses=tuple(details.get("losses", ())),
        )


class _Reading:
    """Takes one envelope after the other."""

    def __init__(self) -> None:
        self._sources: list[SourceText] = []
        self._features: dict[str, tuple[str, Mapping[str, JsonMap]]] = {}
        self._files: dict[str, Path] = {}
        self._definitions: dict[str, str] = {}
        self._plans: dict[str, ScenarioRecord] = {}
        self._attempts: dict[str, _Attempt] = {}
        self._settings: JsonMap = {}
        self._result: JsonMap = {}
        self._started: datetime | None = None
        self._finished = False

    def take(self, kind: str, body: JsonMap) -> None:
        if handle := _TAKERS.get(kind):
            handle(self, body)
        elif "testCaseStartedId" in body:
            self._attempts[body["testCaseStartedId"].rpartition(":")[0]].take(kind, body)

    def run(self) -> RunRecord:
        if self._started is None or not self._settings:
            raise HarnessError("Diese Nachrichten enthalten keinen Lauf von LISA.")
        result = self._result
        state = State[result["state"]] if self._finished and result else State.RUNNING
        return RunRecord(
            profile=self._settings["profile"],
            clock=self._settings["clock"],
            seed=self._settings["seed"],
            started=self._started,
            state=state,
            scenarios=tuple(self._record(plan) for plan in self._plans.values()),
            findings=tuple(result.get("findings", ())),
            faults=tuple(result.get("faults", ())),
            wall_us=result.get("wall_us", 0),
            environment=tuple((name, value) for name, value in self._settings["environment"]),
            requirements=tuple(_requirement(one) for one in result.get("requirements", ())),
            pictures=tuple(map(moment.developed_from_json, result.get("pictures", ()))),
            pictures_us=result.get("pictures_us", 0),
            without_pictures=result.get("without_pictures", ""),
            sources=tuple(self._sources),
            past=_past(result.get("past", {})),
            choice=_choice(self._settings.get("choice")),
            **{name: self._settings[name] for name in SAID if name in self._settings},
        )

    def _record(self, plan: ScenarioRecord) -> ScenarioRecord:
        attempt = self._attempts.get(plan.id)
        return attempt.record() if attempt else plan

    def _take_source(self, body: JsonMap) -> None:
        self._sources.append(SourceText(Path(body["uri"]).absolute(), body["data"]))

    def _take_document(self, body: JsonMap) -> None:
        feature = body["feature"]
        self._features[body["uri"]] = (feature["name"], {step["id"]: step for step in _steps_of(feature)})

    def _take_definition(self, body: JsonMap) -> None:
        self._definitions[body["id"]] = body["pattern"]["source"]

    def _take_pickle(self, body: JsonMap) -> None:
        feature, written = self._features[body["uri"]]
        steps = [(written[step["astNodeIds"][0]], step["text"]) for step in body["steps"]]
        file = self._files.setdefault(body["uri"], Path(body["uri"]).absolute())
        self._plans[body["id"]] = ScenarioRecord(
            id=body["id"],
            name=body["name"],
            feature=feature,
            file=file,
            line=body["location"]["line"],
            tags=frozenset(tag["name"].removeprefix("@") for tag in body["tags"]),
            steps=tuple(StepRecord(one["keyword"].strip(), text, one["location"]["line"]) for one, text in steps),
        )

    def _take_case(self, body: JsonMap) -> None:
        plan = self._plans[body["pickleId"]]
        places = [(one.get("stepDefinitionIds") or [""])[0] for one in body["testSteps"] if "pickleStepId" in one]
        steps = (
            StepRecord(
                step.keyword,
                step.text,
                step.line,
                definition=place,
                pattern=self._definitions.get(place, ""),
            )
            for step, place in zip(plan.steps, places, strict=True)
        )
        self._plans[plan.id] = replace(plan, steps=tuple(steps))

    def _take_run_started(self, body: JsonMap) -> None:
        stamp = body["timestamp"]
        self._started = datetime.fromtimestamp(stamp["seconds"]).astimezone()
        self._started = self._started.replace(microsecond=stamp["nanos"] // 1000)

    def _take_case_started(self, body: JsonMap) -> None:
        self._attempts[body["testCaseId"]] = _Attempt(self._plans[body["testCaseId"]])

    def _take_attachment(self, body: JsonMap) -> None:
        if body["mediaType"] == RUN_TYPE:
            self._settings = json.loads(body["body"])
        elif body["mediaType"] == RESULT_TYPE:
            self._result = json.loads(body["body"])
        else:
            self._attempts[body["testCaseStartedId"].rpartition(":")[0]].take("attachment", body)

    def _take_run_finished(self, _body: JsonMap) -> None:
        self._finished = True


_TAKERS: Mapping[str, Callable[[_Reading, JsonMap], None]] = {
    "source": _Reading._take_source,
    "gherkinDocument": _Reading._take_document,
    "stepDefinition": _Reading._take_definition,
    "pickle": _Reading._take_pickle,
    "testCase": _Reading._take_case,
    "testRunStarted": _Reading._take_run_started,
    "testCaseStarted": _Reading._take_case_started,
    "attachment": _Reading._take_attachment,
    "testRunFinished": _Reading._take_run_finished,
}


def _steps_of(node: JsonMap) -> Iterable[JsonMap]:
    for child in node["children"]:
        for kind in ("background", "scenario"):
            yield from child.get(kind, {}).get("steps", ())
        if "rule" in child:
            yield from _steps_of(child["rule"])


def _step(plan: StepRecord, result: JsonMap, verdict: Verdict, inside: Iterable[JsonMap]) -> StepRecord:
    duration = result["duration"]
    duration_us = duration["seconds"] * 1_000_000 + duration["nanos"] // 1000
    trace = result["exception"]["stackTrace"] if "exception" in result else ""
    whole = replace(plan, inside=tuple(map(_inner, inside)))
    return whole.ended(verdict, duration_us, result.get("message", ""), trace)


def _inner(values: JsonMap) -> StepRecord:
    inside = tuple(map(_inner, values["inside"]))
    return StepRecord(**{**values, "verdict": Verdict[values["verdict"]], "inside": inside})


def _evidence(body: JsonMap, caption: str) -> Evidence:
    return Evidence(body.get("fileName", ""), body["mediaType"], base64.b64decode(body["body"]), caption)


def _measurement(values: JsonMap) -> Measurement:
    told = {key: values[key] for key in _DECIMALS if key in values}  # older runs do not have all
    numbers = {key: Decimal(value) if value is not None else None for key, value in told.items()}
    return Measurement(**{**values, **numbers, "verdict": Verdict[values["verdict"]]})


def _choice(values: JsonMap | None) -> Choice | None:
    if values is None:
        return None
    number, parts = values["shard"] or (0, 0)
    return Choice(
        values["said"], dict(values["reasons"]), (number, parts) if parts else None, tuple(values["elsewhere"])
    )


def _requirement(values: JsonMap) -> RequirementRecord:
    named = {_OLD_NAMES.get(name, name): value for name, value in values.items()}
    parts = tuple(PartRecord(**_judged(part)) for part in named.get("parts", ()))
    return RequirementRecord(**{**_judged(named), "parts": parts})


def _judged(values: JsonMap) -> JsonMap:
    return {**values, "verdict": Verdict[values["verdict"]], "scenarios": tuple(values["scenarios"])}


def _past(values: JsonMap) -> Past:
    if not values:
        return Past()  # of an older version
    return Past(
        before=values["before"],
        changes=tuple(Change(**{**one, "kind": ChangeKind[one["kind"]]}) for one in values["changes"]),
        rows=tuple((id_, row) for id_, row in values["rows"]),
        unstable=tuple((name, passed, times) for name, passed, times in values["unstable"]),
        flaky=tuple((name, row) for name, row in values["flaky"]),
        known=tuple(map(_known, values["known"])),
        expired=tuple(values["expired"]),
        notes=tuple(values["notes"]),
    )


def _known(values: JsonMap) -> KnownFault:
    date.fromisoformat(values["until"])  # what is no day is no known fault
    return KnownFault(**values)
