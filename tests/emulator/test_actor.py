"""The emulated citizen's body: how long what she does takes, on the virtual clock."""

from __future__ import annotations

import asyncio
import threading

from emulator.world.actor import STEP_S, EmulatedActor
from emulator.world.live_world import HostedWorld
from lisa_core.harness.loop.virtual_loop import VirtualLoop


def test_nobody_waits_for_the_door_that_shuts_but_who_opens_it_again() -> None:
    async def walk() -> list[float]:
        actor, loop = EmulatedActor(HostedWorld()), asyncio.get_running_loop()
        began_s, taken = loop.time(), []
        for act in (actor.enter, actor.leave):
            await act()
            taken.append(loop.time() - began_s)
        return taken

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        inside_s, outside_s = runner.run(walk())
    assert round(inside_s / STEP_S, 3) == 2, "the door opens, and she walks in"
    assert round(outside_s / STEP_S, 3) == 2 + 1 + 2, "it has shut before it opens again"


def test_a_button_is_held_until_it_was_seen_where_nothing_runs_meanwhile() -> None:
    async def seen() -> bool:
        world, pressed, loop = HostedWorld(), list[bool](), asyncio.get_running_loop()

        def ask() -> None:
            loop.call_soon(lambda: loop.call_soon(answer))  # a question goes over a line, and so does the answer

        def answer() -> None:
            pressed.append(world.state.button_pressed)
            loop.call_later(0.05, ask)

        loop.call_later(0.05, ask)
        loop.call_later(0.04, threading.Event().wait, 0.5)  # the machine has no processor for us
        await EmulatedActor(world).press_call_button()
        return any(pressed)

    assert asyncio.run(seen())
