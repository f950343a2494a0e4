"""The policies: pure, and able to bring a visit to every end that the machines know."""

from __future__ import annotations

import pytest

import lisa_core.harness.simulation.plan.people as people
from lisa_core.config.directory import load_directory
from lisa_core.domain.case import machine as case_machine
from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.case import Case, FormStage, Page, Receipt
from lisa_core.domain.model.directory import Service
from lisa_core.domain.model.ids import BlobId, ServiceId
from lisa_core.domain.model.screen import ScreenScene
from lisa_core.harness.simulation.plan.chance import Dice
from lisa_core.harness.simulation.plan.policies import NEVER_US, CitizenSight, CitizenVerb, Intent, Persona
from lisa_core.harness.simulation.world.scenes import asked_button

DIRECTORY, _ = load_directory("uckermark")
WITH_FORMS = [service.id for service in DIRECTORY.services.values() if service.forms]


def sight(scene: ScreenScene, *, inside: bool = True, seated: bool = True, door_open: bool = False) -> CitizenSight:
    return CitizenSight(Persona(), scene, 0, inside, seated, door_open, 0, NEVER_US, 0)


def intent(seen: CitizenSight, seed: int = 1, now_us: int = 1_000_000) -> Intent[CitizenVerb] | None:
    return people.citizen(seen, Dice(seed), now_us)


@pytest.mark.parametrize("scene", ScreenScene)
def test_the_same_sight_and_luck_give_the_same_intent(scene: ScreenScene) -> None:
    first, second = (intent(sight(scene)) for _ in range(2))
    assert first == second
    assert first is not None, "whoever is inside has something in mind, at least to leave some day"
    assert first.at_us >= 1_000_000


def test_she_comes_in_when_it_is_free_closes_the_door_and_sits_down() -> None:
    before = intent(sight(ScreenScene.FREE, inside=False, seated=False))
    door = intent(sight(ScreenScene.CONNECTING, seated=False, door_open=True))
    chair = intent(sight(ScreenScene.CONNECTING, seated=False))
    assert before is not None
    assert door is not None
    assert chair is not None
    assert [before.verb, door.verb, chair.verb] == [CitizenVerb.ENTER, CitizenVerb.CLOSE_DOOR, CitizenVerb.SIT]


def test_whoever_is_not_noticed_uses_the_button() -> None:
    found = intent(sight(ScreenScene.FREE))
    assert found is not None
    assert found.verb is CitizenVerb.PRESS


@pytest.mark.parametrize("service", WITH_FORMS)
def test_an_agent_brings_every_application_to_its_end(service: ServiceId) -> None:
    case = Case()
    for _ in range(200):
        if case.form is not None and case.form.stage is FormStage.SUBMITTED:
            return
        operation = people.next_operation(case, DIRECTORY.services[service], DIRECTORY)
        case = after(case, operation) if operation else answered(case)
    pytest.fail(f"stuck: {case}")


def after(case: Case, event: ops.CaseEvent) -> Case:
    """The case after an event and whatever devices answer to it."""
    case, effects = case_machine.step(case, event, DIRECTORY.forms, DIRECTORY.services)
    for effect in effects:
        match effect:
            case ops.StartScan(paper):
                case = after(case, ops.PageCaptured(paper, Page(BlobId("seite"), "0" * 64, "image/jpeg")))
                case = after(case, ops.CaptureEnded(paper))
            case ops.StartSignature(digest):
                case = after(case, ops.Signed(digest, "1" * 64, "<svg/>"))
            case ops.Deliver():
                case = after(case, ops.Received(Receipt("E-1", "2026-11-23T10:00", "2" * 64)))
            case _:
                """Nothing that answers."""
    return case


def answered(case: Case) -> Case:
    """She says yes to whatever the screen asks."""
    kind, _, about = asked_button(case).partition(":")
    if kind == "feld":
        return after(case, ops.ConfirmField(about.rpartition(":")[0]))
    assert kind == "erklaerung", asked_button(case)
    return after(case, ops.ConfirmDeclaration(about))


def test_all_kinds_of_people_come() -> None:
    services: list[Service] = list(DIRECTORY.services.values())
    crowd = [people.persona(Dice("menge", number), services) for number in range(2_000)]
    assert 0.02 < sum(one.cleaner for one in crowd) / len(crowd) < 0.07
    assert {one.service for one in crowd} == {None, *DIRECTORY.services}
    for whim in ("out_after_us", "door_us", "press_us", "walk_us"):
        assert any(getattr(one, whim) >= 0 for one in crowd), whim


def test_she_goes_when_she_is_said_goodbye_to() -> None:
    found = intent(sight(ScreenScene.FAREWELL))
    assert found is not None
    assert found.verb is CitizenVerb.LEAVE
