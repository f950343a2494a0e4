"""Leaves out what a run was not asked for: what no change can reach, and what belongs to other parts of the run."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Generator, Sequence
from pathlib import Path

import pytest

from lisa_core.harness.choice.change import Effect, Reading, from_text, why
from lisa_core.harness.choice.shard import Shard, read_shard, split
from lisa_core.harness.plugin.scenario_item import PlannedStep, ScenarioItem, innermost, own_sentences
from lisa_core.harness.plugin.stash import CHOICE, ELSEWHERE, LEFT_OUT, PLAN
from lisa_core.harness.report.record import Choice, duration_text
from lisa_core.harness.text.language import say

_OURS = "lisa_core.harness.steps."


class Choosing:
    """What a change can reach is looked for first; a part is taken of what tags and devices have left."""

    def __init__(self, config: pytest.Config) -> None:
        text, shard = config.getoption("--lisa-effects"), config.getoption("--lisa-shard")
        self._effects = from_text(text) if text else None
        self._since: str = config.getoption("--lisa-since")
        self._shard = read_shard(shard) if shard else None
        self._durations_s: dict[str, float] = json.loads(config.getoption("--lisa-durations"))

    @pytest.hookimpl(wrapper=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> Generator[None, object, object]:
        reasons: dict[str, str] = {}
        said = []
        if self._effects is not None:
            total = len(items)
            reasons = _reached(items, self._effects)
            _leave_out(config, items, [item for item in items if item.nodeid not in reasons])
            said.append(_said_of_change(self._since, len(items), total))
        result = yield
        if self._shard is not None:
            parts = split([item.nodeid for item in items], self._durations_s, self._shard.parts)
            mine = set(parts[self._shard.number - 1])
            others = [item for item in items if item.nodeid not in mine]
            said.append(_said_of_part(self._shard, parts, self._durations_s))
            config.stash[ELSEWHERE] = [item.stash[PLAN] for item in others if PLAN in item.stash]
            _leave_out(config, items, others)
        left_out = tuple(plan.id for plan in config.stash[ELSEWHERE])
        part = (self._shard.number, self._shard.parts) if self._shard else None
        config.stash[CHOICE] = Choice(" ".join(said), reasons, part, left_out)
        return result


def _leave_out(config: pytest.Config, items: list[pytest.Item], others: Sequence[pytest.Item]) -> None:
    if others:
        config.stash[LEFT_OUT].update(others)
        items[:] = [item for item in items if item not in config.stash[LEFT_OUT]]
        config.hook.pytest_deselected(items=list(others))


def _reached(items: Sequence[pytest.Item], effects: Sequence[Effect]) -> dict[str, str]:
    """By the id of each scenario that a change can reach the reasons."""
    read = ((item, reading_of(item)) for item in items if isinstance(item, ScenarioItem))
    found = {item.nodeid: why(effects, reading) for item, reading in read}
    return {name: "; ".join(reasons) for name, reasons in found.items() if reasons}


def reading_of(item: ScenarioItem) -> Reading:
    """What this scenario reads, as far as that is to be seen from outside."""
    plan = item.stash[PLAN]
    steps = list(innermost(item.steps))
    functions = [inspect.unwrap(step.definition.context.step_func) for step in steps]
    made_of_others = [inspect.unwrap(step.definition.context.step_func) for step in own_sentences(item.steps)]
    codes = [function.__code__ for function in (*functions, *made_of_others)]
    return Reading(
        file=str(plan.file.resolve()),
        line=plan.line,
        tags=plan.tags,
        text="\n".join(map(_text, steps)),
        steps=frozenset(f"{Path(code.co_filename).resolve()}:{code.co_firstlineno}" for code in codes),
        foreign=any(not _function(step).__module__.startswith(_OURS) for step in innermost(item.steps)),
    )


def _function(step: PlannedStep) -> Callable[..., object]:
    function: Callable[..., object] = inspect.unwrap(step.definition.context.step_func)
    return function


def _text(step: PlannedStep) -> str:
    rows = ("\t".join(row) for row in step.table or ())
    return "\n".join((step.sentence, *rows, step.text or ""))


def _said_of_change(since: str, chosen: int, total: int) -> str:
    if chosen:
        what = "Nur was eine Änderung {since} berühren kann: {chosen} von {total} Szenarien."
        return say(what, since=since, chosen=chosen, total=total)
    return say("Keine Änderung {since} kann hier etwas berühren: 0 von {total} Szenarien.", since=since, total=total)


def _said_of_part(shard: Shard, parts: Sequence[Sequence[str]], durations_s: dict[str, float]) -> str:
    mine, total = parts[shard.number - 1], sum(map(len, parts))
    numbers = {"number": shard.number, "parts": shard.parts, "count": len(mine), "total": total}
    what = say("Teil {number} von {parts}: {count} von {total} Szenarien.", **numbers)
    known = [name for name in mine if name in durations_s]
    if len(known) < len(mine) or not known:
        return what
    time = duration_text(round(sum(durations_s[name] for name in known) * 1_000_000))
    return f"{what} {say('Zuletzt dauerten sie zusammen {time}.', time=time)}"
