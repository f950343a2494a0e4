"""What two streams of Cucumber Messages have to agree on: documents, pickles, and what became of each step."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MILDEST_FIRST = ("UNKNOWN", "PASSED", "SKIPPED", "PENDING", "UNDEFINED", "AMBIGUOUS", "FAILED")
"""The order of severity in @cucumber/messages (getWorstTestStepResult)."""
OWN = "application/vnd.lisa"
"""What the media types of our own attachments begin with."""
_LEFT_OUT = ("id", "astNodeId", "astNodeIds", "uri")


@dataclass(frozen=True)
class Case:
    """One attempt at the pickle in this line: the status of each step, the worst with all hooks, its attachments."""

    line: int
    attempt: int
    retried: bool
    steps: tuple[tuple[str, str], ...]
    worst: str
    attached: tuple[tuple[str, bytes], ...]
    files: tuple[str, ...]


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def below(stream: Iterable[Mapping[str, Any]], kind: str) -> list[Any]:
    """The envelopes of one kind."""
    return [one[kind] for one in stream if kind in one]


def plain(value: Any) -> Any:
    """A tree without what differs from run to run: ids, and the place of the file.

    Where the last line of a description is only blanks, gherkin-official 42.0.1 for Python keeps it; the kit does not.
    """
    if isinstance(value, Mapping):
        held = {key: plain(one) for key, one in value.items() if key not in _LEFT_OUT}
        return {**held, "description": held["description"].rstrip()} if "description" in held else held
    return [plain(one) for one in value] if isinstance(value, list) else value


def cases(stream: list[dict[str, Any]]) -> list[Case]:
    """All attempts, in order."""
    pickles = {one["id"]: one for one in below(stream, "pickle")}
    tests = {one["id"]: one for one in below(stream, "testCase")}
    ended = {one["testCaseStartedId"]: one for one in below(stream, "testCaseFinished")}
    return [
        _case(one, tests[one["testCaseId"]], pickles, ended[one["id"]], stream)
        for one in below(stream, "testCaseStarted")
    ]


def _case(
    started: Mapping[str, Any],
    test: Mapping[str, Any],
    pickles: Mapping[str, Any],
    ended: Mapping[str, Any],
    stream: list[dict[str, Any]],
) -> Case:
    pickle, mine = pickles[test["pickleId"]], lambda one: one.get("testCaseStartedId") == started["id"]
    results = {
        one["testStepId"]: one["testStepResult"]["status"] for one in filter(mine, below(stream, "testStepFinished"))
    }
    texts = {one["id"]: one["text"] for one in pickle["steps"]}
    attached = [one for one in filter(mine, below(stream, "attachment")) if not one["mediaType"].startswith(OWN)]
    return Case(
        pickle["location"]["line"],
        started["attempt"],
        ended["willBeRetried"],
        tuple((texts[one["pickleStepId"]], results[one["id"]]) for one in test["testSteps"] if "pickleStepId" in one),
        max(results.values(), key=MILDEST_FIRST.index, default="UNKNOWN"),
        tuple((one["mediaType"], _body(one)) for one in attached),
        tuple(one.get("fileName", "") for one in attached),
    )


def unmatched(stream: list[dict[str, Any]]) -> set[int]:
    """The lines of the steps that have no definition, or more than one."""
    lines = {node["id"]: node["location"]["line"] for one in below(stream, "gherkinDocument") for node in _steps(one)}
    nodes = {step["id"]: step["astNodeIds"][0] for one in below(stream, "pickle") for step in one["steps"]}
    tests = [step for one in below(stream, "testCase") for step in one["testSteps"] if "pickleStepId" in step]
    return {lines[nodes[step["pickleStepId"]]] for step in tests if len(step["stepDefinitionIds"]) != 1}


def _steps(node: Any) -> Iterable[Mapping[str, Any]]:
    if isinstance(node, Mapping):
        if "keywordType" in node:
            yield node
        for one in node.values():
            yield from _steps(one)
    elif isinstance(node, list):
        for one in node:
            yield from _steps(one)


def _body(attachment: Mapping[str, Any]) -> bytes:
    body: str = attachment["body"]
    return base64.b64decode(body) if attachment["contentEncoding"] == "BASE64" else body.encode()
