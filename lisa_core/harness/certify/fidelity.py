"""Whether a stream is one run, told to its end, and of one piece: what was planned was executed, nothing contradicts.

A signature says who declares a stream, and not that it holds together. Here each plan is looked up in the text of its
feature file, each status in the verdict beside it, and each time in the time of the run.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from gherkin.errors import CompositeParserException, ParserError

from lisa_core.domain.model.json_types import JsonMap
from lisa_core.harness.report.messages import RESULT_TYPE, RUN_TYPE, SCENARIO_TYPE, STATUS, VERDICT_STEP
from lisa_core.harness.report.record import RunRecord, ScenarioRecord, SourceText, State, Verdict, exit_code
from lisa_core.harness.text.findings import shown
from lisa_core.harness.text.naming import unrepeated
from lisa_core.harness.text.syntax import parse_text

Told = Sequence[tuple[str, JsonMap]]
"""The messages of a stream, each as its kind and what it says (`messages_read.envelopes`)."""
_DRIFT = timedelta(seconds=1)
"""By so much the clock of the day may go otherwise than the one that measures."""


def contradictions(told: Told, run: RunRecord) -> Iterator[str]:
    """A German sentence for each thing that is amiss; none for a whole stream, even of an interrupted run."""
    yield from _of_one_run(told)
    yield from _attempts(told)
    yield from _times(told, run)
    success = [bool(one["success"]) for kind, one in told if kind == "testRunFinished"]
    if success != [exit_code(run) == 0 and run.state is State.FINISHED][: len(success)]:
        yield "Der Strom nennt den Lauf gelungen, und seine Urteile sagen es anders (oder umgekehrt)."
    for source in run.sources:
        yield from _source(source, [one for one in run.scenarios if one.file == source.path])
    texts = {source.path for source in run.sources}
    for one in run.scenarios:
        if one.file not in texts:
            yield f"„{one.name}“: Der Text von {shown(one.file)} fehlt im Strom."


def unselected(run: RunRecord) -> Iterator[str]:
    """What stands in the feature files of a run and was not planned in it: file, line, name."""
    for source in run.sources:
        planned = {one.line for one in run.scenarios if one.file == source.path}
        for pickle in _pickles(source):
            if (line := pickle["location"]["line"]) not in planned:
                yield f"{shown(source.path)}:{line} „{pickle['name']}“"


def _of_one_run(told: Told) -> Iterator[str]:
    kinds = Counter(kind for kind, _ in told)
    own = Counter(one["mediaType"] for kind, one in told if kind == "attachment")
    once = {"meta": kinds["meta"], "testRunStarted": kinds["testRunStarted"], "Angaben zum Lauf": own[RUN_TYPE]}
    for what, count in once.items():
        if count != 1:
            yield f"„{what}“ steht {count}-mal im Strom und nicht einmal."
    if (kinds["testRunFinished"], own[RESULT_TYPE]) not in ((1, 1), (0, 0)):
        yield "Das Ende des Laufs steht nicht genau einmal im Strom."
    if kinds["testRunFinished"] and told[-1][0] != "testRunFinished":
        yield "Nach dem Ende des Laufs stehen noch Nachrichten im Strom."


def _attempts(told: Told) -> Iterator[str]:
    """Each planned scenario has one attempt at most, which is told whole, with statuses that fit its verdicts."""
    cases, plans = _ids(told, "testCase", "id"), _ids(told, "pickle", "id")
    began, ended = _ids(told, "testCaseStarted", "testCaseId"), _ids(told, "testCaseFinished", "testCaseStartedId")
    for name in sorted(plans.keys() ^ cases.keys()):
        yield f"„{name}“ ist geplant und nicht vorgesehen, oder umgekehrt."
    for what, ids in (("geplant", plans), ("begonnen", began), ("beendet", ended)):
        yield from (f"„{name}“ ist {count}-mal {what}." for name, count in ids.items() if count > 1)
    yield from (f"„{name}“ ist begonnen und war nicht geplant." for name in sorted(began.keys() - plans.keys()))
    if unended := sorted(f"{name}:0" for name in began if f"{name}:0" not in ended):
        yield f"„{unended[0]}“ ist begonnen und hat kein Ende."
    yield from _statuses(told)


def _statuses(told: Told) -> Iterator[str]:
    results: dict[str, list[JsonMap]] = {}
    for kind, body in told:
        if kind == "testStepFinished" and not body["testStepId"].endswith(f":{VERDICT_STEP}"):
            results.setdefault(body["testCaseStartedId"], []).append(body["testStepResult"])
    for attempt, verdicts in _stated(told).items():
        statuses = [one["status"] for one in results.get(attempt, [])]
        if statuses != [STATUS[Verdict[one]] for one in verdicts]:
            yield f"„{attempt.rpartition(':')[0]}“: Die Zustände der Schritte sind nicht die ihrer Urteile."


def _stated(told: Told) -> Mapping[str, Sequence[str]]:
    """By attempt the names of the verdicts of its steps."""
    own = [one for kind, one in told if kind == "attachment" and one["mediaType"] == SCENARIO_TYPE]
    return {one["testCaseStartedId"]: json.loads(one["body"])["steps"] for one in own}


def _ids(told: Told, kind: str, key: str) -> Counter[str]:
    return Counter(str(body[key]) for one, body in told if one == kind)


def _times(told: Told, run: RunRecord) -> Iterator[str]:
    """Scenarios lie in the time of their run, and one after the other where none ran beside another."""
    end = run.started + timedelta(microseconds=run.wall_us) + _DRIFT
    records, free = {one.id: one for one in run.scenarios}, run.started - _DRIFT
    for body in (one for kind, one in told if kind == "testCaseStarted"):
        one = records.get(body["testCaseId"])
        if one is None or one.started is None:
            continue
        until = one.started + timedelta(microseconds=one.duration_us if run.clock == "real" else 0)
        if one.started < free:
            yield f"„{one.name}“ beginnt, bevor das davor zu Ende ist: Die Uhr ist zurückgestellt worden."
        if run.state is State.FINISHED and until > end:
            yield f"„{one.name}“ endet nach dem Lauf: Die Uhr ist verstellt worden."
        free = run.started - _DRIFT if "workerId" in body else until - _DRIFT


def _source(source: SourceText, planned: Iterable[ScenarioRecord]) -> Iterator[str]:
    """Each planned scenario of a file says what stands there, with the tags that stand there."""
    try:
        written = {pickle["location"]["line"]: pickle for pickle in _pickles(source)}
    except (ParserError, CompositeParserException):
        yield f"{shown(source.path)}: Der Text dieser Datei lässt sich nicht lesen."
        return
    for one in planned:
        found = written.get(one.line)
        if found is None or not unrepeated(one.name).startswith(found["name"].replace("::", ":")):
            yield f"„{one.name}“ steht nicht in {shown(source.path)}, Zeile {one.line}."
        elif [step.text for step in one.steps] != [step["text"] for step in found["steps"]]:
            yield f"„{one.name}“ besteht aus anderen Schritten, als in {shown(source.path)} stehen."
        elif one.tags != {tag["name"].removeprefix("@") for tag in found["tags"]}:
            yield f"„{one.name}“ hat andere Tags, als in {shown(source.path)} stehen."


def _pickles(source: SourceText) -> Sequence[JsonMap]:
    return (source.syntax or parse_text(source.text, shown(source.path))).pickles
