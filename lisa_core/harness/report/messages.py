"""The record of a run as Cucumber Messages: the one source of every report, a line of JSON per envelope.

The envelopes follow messages.schema.json of @cucumber/messages; what that has no words for (our verdicts, measurements,
requirements) travels in attachments of media types `application/vnd.lisa...+json`. messages_read.py is the way back.

Readers of others take the worst status of its steps for what became of a scenario, and UNKNOWN is milder than PASSED
to them. So each scenario has one more step behind its own, a hook, which says what they do not: that a measurement does
not decide its limit, that closing failed. What is wrong with the run as a whole is such a hook of the run.
"""

from __future__ import annotations

import base64
import platform
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from lisa_core.domain.model.json_types import Json, JsonDict, JsonMap
from lisa_core.harness.report.pictures import moment
from lisa_core.harness.report.record import (
    Evidence,
    RunRecord,
    ScenarioRecord,
    SourceText,
    State,
    StepRecord,
    Verdict,
    exit_code,
)
from lisa_core.harness.text.findings import shown
from lisa_core.harness.text.syntax import parse_text
from lisa_core.wire.json_lines import encode

Envelope = JsonDict

PROTOCOL = "34.2.1"
RUN_TYPE = "application/vnd.lisa.run+json"
SCENARIO_TYPE = "application/vnd.lisa.scenario+json"
RESULT_TYPE = "application/vnd.lisa.result+json"
LOG_TYPE = "text/x.cucumber.log+plain"
SAID = ("language", "tester", "place", "zone")
"""What a run says of itself, and older versions did not."""
RUN_ID = "run"
HOOK, RUN_HOOK = "lisa:urteil", "lisa:lauf"
VERDICT_STEP = "urteil"
"""What the id of the step ends with that is none of the scenario's own."""
_MILDEST_FIRST = ("PASSED", "SKIPPED", "PENDING", "FAILED")
STATUS = {
    Verdict.PASSED: "PASSED",
    Verdict.FAILED: "FAILED",
    Verdict.UNDECIDED: "PENDING",
    Verdict.NOT_CHECKED: "SKIPPED",
    Verdict.HARNESS: "FAILED",
    Verdict.NOT_APPLICABLE: "SKIPPED",
}


def begun(run: RunRecord) -> Iterator[Envelope]:
    """What is known before the first scenario: the machine, the files, the plan."""
    yield _meta(run)
    by_file: dict[Path, list[ScenarioRecord]] = {source.path: [] for source in run.sources}
    for scenario in run.scenarios:
        by_file.get(scenario.file, []).append(scenario)
    for source in run.sources:
        yield from _file(source, by_file[source.path])
    yield from _definitions(run.scenarios)
    for hook, kind, name in ((HOOK, "AFTER_TEST_CASE", "Urteil"), (RUN_HOOK, "AFTER_TEST_RUN", "Lauf")):
        yield {"hook": {"id": hook, "name": name, "type": kind, "sourceReference": {"uri": "lisa"}}}
    yield {"testRunStarted": {"id": RUN_ID, "timestamp": _timestamp(run.started)}}
    settings: JsonDict = {"profile": run.profile, "clock": run.clock, "seed": run.seed, "environment": run.environment}
    settings |= {name: getattr(run, name) for name in SAID}
    if run.choice is not None:
        settings["choice"] = asdict(run.choice)
    yield _own(RUN_TYPE, settings, testRunStartedId=RUN_ID)
    for scenario in run.scenarios:
        steps = [_test_step(scenario, number) for number in range(len(scenario.steps))]
        steps.append({"id": _step_id(scenario, VERDICT_STEP), "hookId": HOOK})
        yield {"testCase": {"id": scenario.id, "pickleId": scenario.id, "testSteps": steps, "testRunStartedId": RUN_ID}}


def scenario_run(scenario: ScenarioRecord, worker: str = "") -> Iterator[Envelope]:
    """One scenario that has ended, or never applied."""
    if scenario.started is None and scenario.verdict is not Verdict.NOT_APPLICABLE:
        return  # it has not run, and the stream says so by its silence
    started, at = _attempt(scenario), scenario.started or datetime.fromtimestamp(0).astimezone()
    yield {
        "testCaseStarted": {
            "id": started,
            "testCaseId": scenario.id,
            "attempt": 0,
            "timestamp": _timestamp(at),
            **({"workerId": worker} if worker else {}),
        }
    }
    for number, step in enumerate(scenario.steps):
        where = {"testCaseStartedId": started, "testStepId": _step_id(scenario, number)}
        yield {"testStepStarted": {**where, "timestamp": _timestamp(at)}}
        if step.inside:
            log = "\n".join(_unfolded(step.inside))
            yield {"attachment": {"body": log, "contentEncoding": "IDENTITY", "mediaType": LOG_TYPE, **where}}
        at += timedelta(microseconds=step.duration_us)
        yield {"testStepFinished": {**where, "testStepResult": _result(step), "timestamp": _timestamp(at)}}
    where = {"testCaseStartedId": started, "testStepId": _step_id(scenario, VERDICT_STEP)}
    yield {"testStepStarted": {**where, "timestamp": _timestamp(at)}}
    yield {"testStepFinished": {**where, "testStepResult": _beside_steps(scenario), "timestamp": _timestamp(at)}}
    for evidence in scenario.evidence:
        yield _attachment(evidence, started)
    yield _own(SCENARIO_TYPE, _details(scenario), testCaseStartedId=started)
    ended = at if scenario.started is None else scenario.started + timedelta(microseconds=scenario.duration_us)
    finished = {"testCaseStartedId": started, "timestamp": _timestamp(ended), "willBeRetried": False}
    yield {"testCaseFinished": finished}


def ended(run: RunRecord) -> Iterator[Envelope]:
    """The end of a run; without it, it is unfinished."""
    result = {
        "state": run.state.name,
        "findings": run.findings,
        "faults": run.faults,
        "wall_us": run.wall_us,
        "requirements": [_plain(one) for one in run.requirements],
        "past": _plain(run.past),
        "pictures": [moment.developed_to_json(one) for one in run.pictures],
        "pictures_us": run.pictures_us,
        "without_pictures": run.without_pictures,
    }
    yield _own(RESULT_TYPE, result, testRunStartedId=RUN_ID)
    success = exit_code(run) == 0 and run.state is State.FINISHED
    message = "\n".join((*run.findings, *run.faults))
    if run.faults or run.state is not State.FINISHED:
        yield from _faulty(run, message or run.state.value)
    finished = {"success": success, "testRunStartedId": RUN_ID}
    timestamp = _timestamp(run.started + timedelta(microseconds=run.wall_us))
    yield {"testRunFinished": {**finished, "timestamp": timestamp, **({"message": message} if message else {})}}


def whole(run: RunRecord) -> Iterator[Envelope]:
    """The whole run, when it is all there."""
    yield from begun(run)
    for scenario in run.scenarios:
        yield from scenario_run(scenario)
    yield from ended(run)


def lines(envelopes: Iterable[Envelope]) -> str:
    """As NDJSON."""
    return "".join(f"{encode(one)}\n" for one in envelopes)


# --- the parts ------------------------------------------------------------------------------------------------------


def _meta(run: RunRecord) -> Envelope:
    environment = dict(run.environment)
    return {
        "meta": {
            "protocolVersion": PROTOCOL,
            "implementation": {"name": "lisa-booth", "version": environment.get("lisa-booth", "")},
            "runtime": {"name": platform.python_implementation(), "version": platform.python_version()},
            "os": {"name": platform.system(), "version": platform.release()},
            "cpu": {"name": platform.machine()},
        }
    }


def _file(source: SourceText, scenarios: list[ScenarioRecord]) -> Iterator[Envelope]:
    uri = shown(source.path)
    yield {"source": {"uri": uri, "data": source.text, "mediaType": "text/x.cucumber.gherkin+plain"}}
    syntax = source.syntax or parse_text(source.text, uri)
    yield {"gherkinDocument": {"uri": uri, **syntax.tree}}
    compiled = {one["location"]["line"]: one for one in syntax.pickles}
    for scenario in scenarios:
        pickle = compiled[scenario.line]
        steps = [{**step, "id": f"{scenario.id}:pickle:{number}"} for number, step in enumerate(pickle["steps"])]
        yield {"pickle": {**pickle, "id": scenario.id, "name": scenario.name, "steps": steps}}


def _definitions(scenarios: Iterable[ScenarioRecord]) -> Iterator[Envelope]:
    known = {step.definition: step.pattern for one in scenarios for step in one.steps if step.definition}
    for place, pattern in sorted(known.items()):
        file, _, line = place.rpartition(":")
        reference = {"uri": file, "location": {"line": int(line)}}
        source = {"source": pattern, "type": "CUCUMBER_EXPRESSION"}
        yield {"stepDefinition": {"id": place, "pattern": source, "sourceReference": reference}}


def _test_step(scenario: ScenarioRecord, number: int) -> JsonDict:
    definition = scenario.steps[number].definition
    return {
        "id": _step_id(scenario, number),
        "pickleStepId": f"{scenario.id}:pickle:{number}",
        "stepDefinitionIds": [definition] if definition else [],
        "stepMatchArgumentsLists": [{"stepMatchArguments": []}] if definition else [],
    }


def _result(step: StepRecord) -> JsonDict:
    result: JsonDict = {"status": STATUS[step.verdict], "duration": _seconds(step.duration_us)}
    if step.error:
        result["message"] = step.error
    if step.trace:
        last = step.trace.strip().splitlines()[-1]
        kind = last.partition(":")[0].rpartition(".")[2] or "Error"
        result["exception"] = {"type": kind, "message": step.error, "stackTrace": step.trace}
    return result


def _beside_steps(scenario: ScenarioRecord) -> JsonDict:
    """What became of the scenario where its steps alone would say something better."""
    worst = max((STATUS[step.verdict] for step in scenario.steps), key=_MILDEST_FIRST.index, default="PASSED")
    status, nothing = STATUS[scenario.verdict], _seconds(0)
    if _MILDEST_FIRST.index(status) <= _MILDEST_FIRST.index(worst):
        return {"status": "PASSED", "duration": nothing}
    text = scenario.error or scenario.reason
    message = f"{scenario.verdict.value}: {text}" if text else scenario.verdict.value
    return {"status": status, "duration": nothing, "message": message}


def _faulty(run: RunRecord, message: str) -> Iterator[Envelope]:
    """What is wrong beside any scenario."""
    at, started = _timestamp(run.started + timedelta(microseconds=run.wall_us)), f"{RUN_ID}:{RUN_HOOK}"
    ids = {"id": started, "testRunStartedId": RUN_ID, "hookId": RUN_HOOK}
    yield {"testRunHookStarted": {**ids, "timestamp": at}}
    result = {"status": "FAILED", "duration": _seconds(0), "message": message}
    yield {"testRunHookFinished": {"testRunHookStartedId": started, "result": result, "timestamp": at}}


def _details(scenario: ScenarioRecord) -> JsonDict:
    """What the official envelopes cannot say."""
    return {
        "verdict": scenario.verdict.name,
        "steps": [step.verdict.name for step in scenario.steps],
        "inside": {str(number): _plain(step)["inside"] for number, step in enumerate(scenario.steps) if step.inside},
        "started": scenario.started.isoformat() if scenario.started else "",
        "duration_us": scenario.duration_us,
        "error": scenario.error,
        "trace": scenario.trace,
        "reason": scenario.reason,
        "captions": [evidence.caption for evidence in scenario.evidence],
        "measurements": [_plain(one) for one in scenario.measurements],
        "equipment": [_plain(one) for one in scenario.equipment],
        **({"losses": list(scenario.losses)} if scenario.losses else {}),
        **({"moment": moment.to_json(scenario.moment)} if scenario.moment else {}),
    }


def _unfolded(steps: Iterable[StepRecord], indent: str = "") -> Iterator[str]:
    """What a step is made of, for readers of others: a line each, those in it further in."""
    for step in steps:
        yield f"{indent}{step.keyword} {step.text}: {step.verdict.value}"
        yield from _unfolded(step.inside, f"{indent}  ")


def _attachment(evidence: Evidence, started: str) -> Envelope:
    return {
        "attachment": {
            "body": base64.b64encode(evidence.data).decode(),
            "contentEncoding": "BASE64",
            "mediaType": evidence.media_type,
            "fileName": evidence.name,
            "testCaseStartedId": started,
        }
    }


def _own(media_type: str, values: JsonMap, **where: str) -> Envelope:
    body = encode(values)
    return {"attachment": {"body": body, "contentEncoding": "IDENTITY", "mediaType": media_type, **where}}


def _plain(value: Any) -> JsonDict:
    """A frozen value as JSON: enums by name, decimals as text."""
    return {key: _simple(item) for key, item in asdict(value).items()}


def _simple(item: object) -> Json:
    match item:
        case Enum():
            return item.name
        case Decimal():
            return str(item)
        case dict():
            return {key: _simple(value) for key, value in item.items()}
        case list() | tuple():
            return [_simple(value) for value in item]
        case _:
            return item


def _attempt(scenario: ScenarioRecord) -> str:
    return f"{scenario.id}:0"


def _step_id(scenario: ScenarioRecord, number: int | str) -> str:
    return f"{scenario.id}:{number}"


def _timestamp(at: datetime) -> dict[str, int]:
    return {"seconds": int(at.replace(microsecond=0).timestamp()), "nanos": at.microsecond * 1000}


def _seconds(duration_us: int) -> dict[str, int]:
    seconds, rest = divmod(duration_us, 1_000_000)
    return {"seconds": seconds, "nanos": rest * 1000}
