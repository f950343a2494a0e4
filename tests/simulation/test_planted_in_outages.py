"""Bugs planted in what a visit does without a link or a device: each breaks the rule that stands against it."""

from __future__ import annotations

import pytest

from lisa_core.booth.screen import view
from lisa_core.domain.model.directory import Deadlines
from lisa_core.domain.model.screen import ScreenScene, ScreenView
from lisa_core.domain.visit import events as e
from lisa_core.domain.visit import perception
from lisa_core.domain.visit import states as s
from lisa_core.harness.simulation.plan.days import MINUTE_US, SECOND_US
from lisa_core.harness.simulation.plan.plan import Mishap
from lisa_core.harness.simulation.plan.policies import Persona
from lisa_core.harness.simulation.play.run import SimulationResult
from tests.simulation.test_planted_bugs import Bug, Step, plant
from tests.simulation.worlds import TEMPLIN, TEN_US, found, one_visit, story

Commands = tuple[e.Command, ...]


def stays_disturbed(before: s.State, event: e.VisitEvent, after: s.State, commands: Commands, ctx: s.Context) -> Step:
    """The link is back, and nobody tells the visit; its deadline only starts anew."""
    if isinstance(before, s.Disturbed) and isinstance(after, s.Connecting):
        return s.Disturbed(before.visit, ctx.now_us), ()
    return after, commands


def loses_the_deadline(
    before: s.State, event: e.VisitEvent, after: s.State, commands: Commands, ctx: s.Context
) -> Step:
    """Every minute without a link counts as none."""
    if isinstance(before, s.Disturbed) and isinstance(event, e.DeadlinePassed):
        return before, ()
    return after, commands


def does_not_hear_of_the_link(
    before: s.State, event: e.VisitEvent, after: s.State, commands: Commands, ctx: s.Context
) -> Step:
    """Whoever is being connected goes on being promised a face."""
    if isinstance(after, s.Connecting) and not after.linked:
        return s.Connecting(after.visit, after.since_us, after.heard_us), commands
    return after, commands


def notices_nobody_without_a_link(
    before: s.State, event: e.VisitEvent, after: s.State, commands: Commands, ctx: s.Context
) -> Step:
    return (before, ()) if isinstance(before, s.Idle) and not ctx.linked else (after, commands)


def does_not_tell_of_devices(
    before: s.State, event: e.VisitEvent, after: s.State, commands: Commands, ctx: s.Context
) -> Step:
    """The agent is not told, whether she is there or out for a moment."""
    return (before, ()) if isinstance(event, e.DeviceGone | e.DeviceBack) else (after, commands)


def tells_of_devices_only_while_she_is_in(
    before: s.State, event: e.VisitEvent, after: s.State, commands: Commands, ctx: s.Context
) -> Step:
    gone = isinstance(before, s.Away) and isinstance(event, e.DeviceGone | e.DeviceBack)
    return (before, ()) if gone else (after, commands)


@pytest.mark.parametrize(
    ("bug", "rule", "faults"),
    [
        (stays_disturbed, "Ausfall", "networks,exchange"),
        (does_not_hear_of_the_link, "Anzeige", "networks,exchange"),
        (does_not_hear_of_the_link, "Verbleib", "networks,exchange"),
        (notices_nobody_without_a_link, "Verbleib", "networks"),
        (notices_nobody_without_a_link, "Anzeige", "networks"),
        (does_not_tell_of_devices, "Geraet", "devices"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_bug_without_a_link_breaks_its_rule(
    monkeypatch: pytest.MonkeyPatch, bug: Bug, rule: str, faults: str
) -> None:
    plant(monkeypatch, bug)
    breach, shrunk = found(9, 20, 7, faults, rule)
    assert breach.rule == rule
    assert shrunk is not None
    assert [item for item in shrunk.items if isinstance(item, Mishap)]
    assert len(shrunk.items) <= 5, shrunk.items


def test_a_fault_that_looks_like_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of the disturbance goes on saying that it is free."""
    real = view.picture

    def drawn(sight: view.Sight) -> ScreenView:
        seen = real(sight)
        return ScreenView(ScreenScene.FREE, seen.title, seen.text) if isinstance(sight.state, s.Disturbed) else seen

    monkeypatch.setattr("lisa_core.harness.simulation.world.scenes.picture", drawn)
    breach, _ = found(9, 20, 7, "networks,exchange", "Anzeige")
    assert breach.found.startswith("Disturbed, seit 5 s")


# --- one day made by hand -------------------------------------------------------------------------------------------


def button_gone_while_she_is_out() -> SimulationResult:
    """She walks out of a talk; while she may still come back, the call button falls silent."""
    her = Persona(talk_us=10 * MINUTE_US, walk_us=30 * SECOND_US)
    since_us = next(
        at_us
        for at_us, _, verb, _ in one_visit(her, []).result.invariants.acts or []
        if verb == "verlässt das Bürgerbüro"
    )
    after_us = since_us % (24 * 60 * MINUTE_US) - TEN_US + 6 * SECOND_US
    return one_visit(her, [Mishap("ruftaste.stumm", TEMPLIN, after_us, 5 * SECOND_US)]).result


def test_an_agent_is_told_of_a_device_also_while_she_is_out(monkeypatch: pytest.MonkeyPatch) -> None:
    result = button_gone_while_she_is_out()
    assert not result.breaches, story(result)
    assert result.invariants.checked["Geraet"]
    plant(monkeypatch, tells_of_devices_only_while_she_is_in)
    assert [breach.rule for breach in button_gone_while_she_is_out().breaches] == ["Geraet"]


def test_a_long_time_without_a_link_keeps_her_informed_and_ends() -> None:
    """She comes in after the cut, reads of the disturbance, and is connected when it is over."""
    her = Persona(patience_us=90 * MINUTE_US, talk_us=MINUTE_US)
    cut = Mishap("netz.buero", TEMPLIN, -MINUTE_US, 8 * MINUTE_US)
    result = one_visit(her, [cut]).result
    assert not result.breaches, story(result)
    assert result.invariants.checked["Ausfall"] >= 20
    assert result.figures.waits[0] > 6 * MINUTE_US


def test_a_disturbance_without_a_deadline_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch, loses_the_deadline)
    result = one_visit(Persona(), [Mishap("netz.buero", TEMPLIN, -MINUTE_US, 8 * MINUTE_US)]).result
    assert "Ausfall" in [breach.rule for breach in result.breaches], story(result)


def came_and_went_unseen() -> SimulationResult:
    """Nobody is at a desk; before the radar answers again she has given up."""
    silent = Mishap("praesenz.stumm", TEMPLIN, -MINUTE_US, 6 * MINUTE_US)
    return one_visit(Persona(patience_us=2 * MINUTE_US), [silent], agents=()).result


def test_who_came_and_went_unseen_keeps_no_visit_open(monkeypatch: pytest.MonkeyPatch) -> None:
    result = came_and_went_unseen()
    assert not result.breaches, story(result)
    assert result.invariants.checked["Leer"]
    real = perception.step

    def forgetful(
        room: perception.Room, reading: perception.Reading, now_us: int, limits: Deadlines
    ) -> perception.Step:
        """The radar's silence is forgotten with its end."""
        after, events = real(room, reading, now_us, limits)
        return after._replace(unsure=False), events

    monkeypatch.setattr(perception, "step", forgetful)
    assert "Leer" in [breach.rule for breach in came_and_went_unseen().breaches]
