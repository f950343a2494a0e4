"""A bug that is planted in a machine breaks the rule that stands against it, is shrunk, and becomes a scenario."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.routing.seats import DeskMode
from lisa_core.domain.routing.switchboard import Switchboard
from lisa_core.domain.visit import events as e
from lisa_core.domain.visit import machine
from lisa_core.domain.visit import states as s
from lisa_core.harness.simulation.plan.plan import Arrival, Mishap, Shift
from lisa_core.harness.simulation.play.story import feature, history
from tests.simulation.worlds import found

Step = tuple[s.State, tuple[e.Command, ...]]
Bug = Callable[[s.State, e.VisitEvent, s.State, tuple[e.Command, ...], s.Context], Step]

FORGETS_TO_WIPE = """\
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.visit import events, machine, states

real = machine.step


def forgetful(state, event, ctx):
    after, commands = real(state, event, ctx)
    if isinstance(after, states.Wiping) and after.outcome is Outcome.ADVICE:
        ended = events.Conclude(after.visit.id, after.outcome)
        return states.Idle(), (*(c for c in commands if not isinstance(c, events.Wipe)), ended)
    return after, commands


machine.step = forgetful
"""


def forgets_to_wipe(
    before: s.State, event: e.VisitEvent, after: s.State, commands: tuple[e.Command, ...], ctx: s.Context
) -> Step:
    if isinstance(after, s.Wiping) and after.outcome is Outcome.ADVICE:
        kept = tuple(command for command in commands if not isinstance(command, e.Wipe))
        return s.Idle(), (*kept, e.Conclude(after.visit.id, after.outcome))
    return after, commands


def without(kind: type) -> Bug:
    """A machine that never gives this command."""

    def bug(
        before: s.State, event: e.VisitEvent, after: s.State, commands: tuple[e.Command, ...], ctx: s.Context
    ) -> Step:
        return after, tuple(command for command in commands if not isinstance(command, kind))

    return bug


def concludes_twice(
    before: s.State, event: e.VisitEvent, after: s.State, commands: tuple[e.Command, ...], ctx: s.Context
) -> Step:
    return after, (*commands, *(command for command in commands if isinstance(command, e.Conclude)))


def is_deaf_to_entering(
    before: s.State, event: e.VisitEvent, after: s.State, commands: tuple[e.Command, ...], ctx: s.Context
) -> Step:
    if isinstance(before, s.Idle | s.Entered) and not isinstance(event, e.CallButton):
        return before, ()
    return after, commands


def plant(monkeypatch: pytest.MonkeyPatch, bug: Bug) -> None:
    real = machine.step

    def step(state: s.State, event: e.VisitEvent, ctx: s.Context) -> Step:
        after, commands = real(state, event, ctx)
        return bug(state, event, after, commands, ctx)

    monkeypatch.setattr(machine, "step", step)


@pytest.mark.parametrize(
    ("bug", "rule"),
    [
        (forgets_to_wipe, "I15"),
        (without(e.CloseLeg), "I9"),
        (without(e.Guard), "I10"),
        (concludes_twice, "I2"),
        (is_deaf_to_entering, "I12"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_bug_in_the_visit_breaks_its_rule(monkeypatch: pytest.MonkeyPatch, bug: Bug, rule: str) -> None:
    plant(monkeypatch, bug)
    breach, shrunk = found(9, 4, 3)
    assert breach.rule == rule
    assert shrunk is not None
    assert [item for item in shrunk.items if isinstance(item, Arrival)]
    assert len(shrunk.items) <= 4, shrunk.items


def test_a_bug_in_routing_breaks_its_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever gets free is not asked who waits."""

    def free(board: Switchboard, desk: object) -> None:
        board.set_mode(desk, DeskMode.READY)

    monkeypatch.setattr(Switchboard, "free", free)
    breach, shrunk = found(60, 1, 3)
    assert breach.rule == "I5"
    assert shrunk is not None
    assert len(shrunk.items) <= 5, shrunk.items


def test_a_machine_that_raises_is_a_broken_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    def raises(
        before: s.State, event: e.VisitEvent, after: s.State, commands: tuple[e.Command, ...], ctx: s.Context
    ) -> Step:
        if isinstance(event, e.DraftOpened):
            raise KeyError("entwurf")
        return after, commands

    plant(monkeypatch, raises)
    breach, shrunk = found(9, 4, 3)
    assert (breach.rule, breach.found) == ("Fehler", "KeyError: 'entwurf'")
    assert shrunk is not None
    assert not [item for item in shrunk.items if isinstance(item, Mishap)]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A scenario found with a machine that forgets to wipe."""
    plant(monkeypatch, forgets_to_wipe)
    _, shrunk = found(4, 2, 3, "all")
    assert shrunk is not None
    assert history(shrunk)[-1].split("VERLETZT")[1].startswith(" I15")
    assert [item for item in shrunk.items if isinstance(item, Shift)] or len(shrunk.items) == 1
    path = tmp_path / "gefunden.feature"
    text, unsaid = feature(shrunk, 3)
    assert not unsaid, text
    path.write_text(text, encoding="utf-8")
    return path


def test_the_scenario_fails_with_the_bug_and_passes_without(written: Path) -> None:
    assert lisa_run(written) == 0, written.read_text(encoding="utf-8")
    (written.parent / "conftest.py").write_text(FORGETS_TO_WIPE, encoding="utf-8")
    assert lisa_run(written) == 1, written.read_text(encoding="utf-8")


def lisa_run(path: Path) -> int:
    """The exit code of `lisa run` on the memory booth."""
    program = "from lisa_core.cli.main import main; main()"
    out = str(path.parent / "out")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, "-c", program, "run", str(path), "--clock", "virtual", "--pictures", "none", "--out", out],
        cwd=path.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    print(done.stdout, done.stderr)
    return done.returncode
