"""What a visit makes of radars, contacts and outputs that fail while they answer; the drivers: tests/devices."""

from __future__ import annotations

import asyncio
import contextlib

import pytest

from lisa_core.booth.screen import texts
from lisa_core.domain.visit import states as s
from lisa_core.equipment.slots.catalogue import FAULTS
from tests.booth.test_visits import FRONT, Stage, now_s, play

LONG_S = 65.0
LINGERS_S = 120.0
"""After so long somebody is asked to look; `devices/faults.md` tells it in words."""
OPEN = "Die Tür ist offen"


async def passes(seconds: float) -> None:
    """Virtual time goes by."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await asyncio.Event().wait()


async def fails(on: Stage, fault: str) -> None:
    assert on.rig.opened.disturb is not None
    await on.rig.opened.disturb("fail", fault=fault)


async def heals(on: Stage, fault: str) -> None:
    assert on.rig.opened.disturb is not None
    await on.rig.opened.disturb("heal", fault=fault)


def free(on: Stage) -> bool:
    """Whether the booth waits for the next citizen, wiped, and says so."""
    assert on.rig.opened.room is not None
    return isinstance(on.rig.booth.state, s.Idle) and on.rig.opened.room()["lamp"] == "gruen"


@pytest.mark.parametrize("fault", ["presence.vorhang", "presence.klebt"])
def test_for_whom_the_radar_still_sees_two_minutes_later_somebody_is_asked_to_look(fault: str) -> None:
    async def scenario(on: Stage) -> None:
        front = await on.desk(FRONT)
        await fails(on, fault)
        await on.answer(front)
        front.hang_up()
        await passes(LONG_S)
        assert (on.rig.screen.view.title, front.offer) == (texts.NOT_CALLED.title, None)
        front.ready()
        await front.rings(within_s=LINGERS_S)

    assert "zwei Minuten" in FAULTS[fault].reaction
    play(scenario)


@pytest.mark.parametrize("fault", ["presence.vorhang", "presence.klebt", "call_button.klemmt"])
def test_who_is_not_there_is_called_for_once_and_the_booth_is_free_again(fault: str) -> None:
    async def scenario(on: Stage) -> None:
        front = await on.desk(FRONT)
        await fails(on, fault)
        await on.answer(front)
        front.hang_up()
        await passes(LONG_S)
        assert (free(on), len(on.rig.booth.outcomes), front.offer) == (True, 1, None)
        await heals(on, fault)
        await passes(5)
        await on.rig.opened.actor.enter()
        await on.answer(front)

    play(scenario)


def test_whom_the_radar_keeps_on_seeing_is_sent_home_by_the_agent() -> None:
    async def scenario(on: Stage) -> None:
        front = await on.desk(FRONT)
        await on.rig.opened.actor.enter()
        await on.answer(front)
        await fails(on, "presence.klebt")
        await on.rig.opened.actor.leave()
        await passes(10)
        assert isinstance(on.rig.booth.state, s.Talking)
        front.hang_up()
        await passes(LONG_S)
        assert (free(on), len(on.rig.booth.outcomes)) == (True, 1)

    play(scenario)


def test_a_phantom_calls_nobody() -> None:
    async def scenario(on: Stage) -> None:
        front = await on.desk(FRONT)
        await fails(on, "presence.phantom")
        await passes(LONG_S)
        assert (isinstance(on.rig.booth.state, s.Idle), front.offer, on.rig.booth.outcomes) == (True, None, [])

    play(scenario)


@pytest.mark.parametrize("fault", ["presence.flackert", "presence.neustart", "presence.konfiguration"])
def test_a_radar_that_loses_somebody_for_a_moment_ends_no_talk(fault: str) -> None:
    async def scenario(on: Stage) -> None:
        front = await on.desk(FRONT)
        await fails(on, fault)
        await on.rig.opened.actor.enter()
        await on.answer(front)
        await passes(LONG_S)
        assert isinstance(on.rig.booth.state, s.Talking)
        await on.rig.opened.actor.leave()
        await passes(5)
        assert isinstance(on.rig.booth.state, s.Away)

    play(scenario)


def test_a_blind_radar_ends_the_visit_and_whoever_comes_then_presses_the_button() -> None:
    async def scenario(on: Stage) -> None:
        front = await on.desk(FRONT)
        await on.rig.opened.actor.enter()
        await on.answer(front)
        await fails(on, "presence.blind")
        await passes(LONG_S)
        assert (free(on), len(on.rig.booth.outcomes)) == (True, 1)
        await on.rig.opened.actor.press_call_button()
        await on.answer(front)

    play(scenario)


def test_a_contact_that_says_open_keeps_the_sound_off_and_one_that_bounces_only_while_it_does() -> None:
    async def scenario(on: Stage) -> None:
        front = await on.desk(FRONT)
        await on.rig.opened.actor.enter()
        await on.answer(front)
        for fault, stays in (("door.prellt", False), ("door.drahtbruch", True)):
            await fails(on, fault)
            await on.rig.screen.until(lambda screen: OPEN in screen.view.notice, "offen", 2)
            since_s = now_s()
            await passes(0.1)
            assert (OPEN in on.rig.screen.view.notice) is stays
            assert now_s() - since_s < 0.2
            await heals(on, fault)
            await on.rig.screen.until(lambda screen: OPEN not in screen.view.notice, "zu", 2)
        assert isinstance(on.rig.booth.state, s.Talking)

    play(scenario)


@pytest.mark.parametrize("fault", ["door.klebt", "call_button.tot"])
def test_whoever_comes_is_connected_without_this_contact(fault: str) -> None:
    async def scenario(on: Stage) -> None:
        front = await on.desk(FRONT)
        await fails(on, fault)
        await on.rig.opened.actor.enter()
        await on.answer(front)

    play(scenario)


def test_a_glass_that_stays_clear_is_told_and_turned_as_soon_as_it_can_be() -> None:
    async def scenario(on: Stage) -> None:
        front = await on.desk(FRONT)
        await fails(on, "privacy_glass.haengt")
        await on.rig.opened.actor.enter()
        await on.answer(front)
        await on.rig.screen.until(lambda screen: "Sichtschutzglas" in screen.view.notice, "gesagt", 5)
        await heals(on, "privacy_glass.haengt")
        await on.rig.screen.until(lambda screen: "Sichtschutzglas" not in screen.view.notice, "wieder gut", 5)
        assert on.rig.opened.room is not None
        assert "privacy_glass" in on.rig.opened.room()["on"]

    play(scenario)
