"""The run as JUnit XML, for build servers. What is neither passed nor "nicht anwendbar" is red there too."""

from __future__ import annotations

import html
import re

from lisa_core.harness.report.equipment import in_full
from lisa_core.harness.report.judgement import known_text, measured_text, missing_text, unstable_text
from lisa_core.harness.report.record import RunRecord, ScenarioRecord, State, Verdict
from lisa_core.harness.text.findings import shown
from lisa_core.harness.text.language import say
from lisa_core.harness.text.naming import unrepeated
from lisa_core.harness.text.tags import requirements_of

_ELEMENTS = {
    Verdict.FAILED: "failure",
    Verdict.UNDECIDED: "failure",
    Verdict.NOT_CHECKED: "error",
    Verdict.HARNESS: "error",
    Verdict.NOT_APPLICABLE: "skipped",
}
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(run: RunRecord) -> str:
    """The whole document: a suite for each feature, a test case for each scenario or example row."""
    features: dict[str, list[ScenarioRecord]] = {}
    for scenario in run.scenarios:
        features.setdefault(scenario.feature, []).append(scenario)
    suites = [_suite(name, scenarios, run) for name, scenarios in features.items()]
    if faults := _faults(run):
        cases = "".join(f"<testcase classname='LISA' name={_quoted(text)}><error/></testcase>\n" for text in faults)
        count = f'tests="{len(faults)}" errors="{len(faults)}" failures="0" skipped="0"'
        suites.append(f'<testsuite name="LISA" {count}>\n{cases}</testsuite>\n')
    return f'<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="LISA">\n{"".join(suites)}</testsuites>\n'


def _faults(run: RunRecord) -> list[str]:
    """What is wrong with the run as a whole."""
    unfinished = say("Der Lauf ist unvollständig: {state}.", state=say(run.state.value))
    return [*([] if run.state is State.FINISHED else [unfinished]), *run.findings, *run.faults]


def _suite(name: str, scenarios: list[ScenarioRecord], run: RunRecord) -> str:
    kinds = [_ELEMENTS.get(scenario.verdict) for scenario in scenarios]
    counts = " ".join(
        f'{title}="{kinds.count(kind)}"'
        for title, kind in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"))
    )
    seconds = sum(scenario.duration_us for scenario in scenarios) / 1_000_000
    head = f'name={_quoted(name)} tests="{len(scenarios)}" {counts} time="{seconds:.3f}"'
    settings = (*run.environment, ("Uhr", run.clock), *_in_parts(scenarios, run), *_unstable(scenarios, run))
    properties = "".join(f"<property name={_quoted(key)} value={_quoted(value)}/>\n" for key, value in settings)
    known = {one.scenario: known_text(one) for one in run.past.known}
    cases = "".join(_case(one, known.get(one.id, "")) for one in scenarios)
    stamp = run.started.isoformat(timespec="seconds")
    return f'<testsuite {head} timestamp="{stamp}">\n<properties>\n{properties}</properties>\n{cases}</testsuite>\n'


def _in_parts(scenarios: list[ScenarioRecord], run: RunRecord) -> list[tuple[str, str]]:
    """What is missing of the requirements that these scenarios show in part."""
    ids = {scenario.id for scenario in scenarios}
    partly = [one for one in run.requirements if one.missing and not ids.isdisjoint(one.scenarios)]
    return [(f"lisa.anforderung.{one.id}", f"{one.verdict.value}. {missing_text(one)}") for one in partly]


def _unstable(scenarios: list[ScenarioRecord], run: RunRecord) -> list[tuple[str, str]]:
    """Those of these scenarios whose repetitions did not all end the same."""
    names = {unrepeated(scenario.name) for scenario in scenarios}
    return [("lisa.instabil", unstable_text(*one)) for one in run.past.unstable if one[0] in names]


def _case(scenario: ScenarioRecord, known: str) -> str:
    place = f"file={_quoted(shown(scenario.file))} line={_quoted(str(scenario.line))}"
    head = f"classname={_quoted(scenario.feature)} name={_quoted(scenario.name)} {place}"
    properties = [
        ("lisa.urteil", scenario.verdict.value),
        *([("lisa.bekannt", known)] if known else []),
        *(("lisa.anforderung", name) for name in requirements_of(scenario.tags)),
        *(("lisa.messung", " · ".join(filter(None, (measured_text(one), one.since)))) for one in scenario.measurements),
        *((f"lisa.geraet.{one.slot}", in_full(one)) for one in scenario.equipment),
    ]
    inner = "".join(f"<property name={_quoted(key)} value={_quoted(value)}/>" for key, value in properties)
    outcome = _outcome(scenario)
    time = f'time="{scenario.duration_us / 1_000_000:.3f}"'
    return f"<testcase {head} {time}>\n<properties>{inner}</properties>\n{outcome}</testcase>\n"


def _outcome(scenario: ScenarioRecord) -> str:
    element = _ELEMENTS.get(scenario.verdict)
    if element is None:
        return ""
    errors = [f"{step.keyword} {step.text}\n{step.error}" for step in scenario.steps if step.error]
    text = "\n".join(filter(None, (*errors, scenario.error)))
    message = scenario.reason or (text.splitlines() or [scenario.verdict.value])[-1]
    kind = "" if element == "skipped" else f" type={_quoted(scenario.verdict.value)}"
    return f"<{element} message={_quoted(message)}{kind}>{_clean(html.escape(text, quote=False))}</{element}>\n"


def _quoted(text: str) -> str:
    """As an attribute, in the quotation marks that fit; xml.sax.saxutils does the same, and imports urllib and http."""
    plain = html.escape(text, quote=False).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")
    if '"' in plain and "'" not in plain:
        return _clean(f"'{plain}'")
    return _clean('"{}"'.format(plain.replace('"', "&quot;")))


def _clean(text: str) -> str:
    """Without what XML 1.0 does not allow."""
    return _NO_XML.sub("\ufffd", text)
