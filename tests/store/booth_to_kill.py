"""A booth and an exchange on disk in a process of their own, which kills itself with SIGKILL at a chosen commit of one.

`live` runs in a child of a fork server; time in it is virtual, the files are real.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NoReturn
from unittest import mock

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from emulator.memory import open_booth
from lisa_core.booth.executor import Booth
from lisa_core.booth.program import open_booth_runtime
from lisa_core.booth.wire_booth import BoothWishes, load_site, settings_of
from lisa_core.config.profile import load_profile
from lisa_core.desk.client import DeskClient, open_desk
from lisa_core.domain.model.case import PaperState
from lisa_core.domain.model.directory import Deadlines
from lisa_core.domain.model.ids import AgentId
from lisa_core.domain.visit import states as s
from lisa_core.equipment.media.memory_call import MemoryMedia
from lisa_core.equipment.slots.actor import Actor
from lisa_core.exchange.program import open_exchange
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.harness.rig.screen_history import WatchedScreen
from lisa_core.host.clock import Clock
from lisa_core.store import sqlite
from lisa_core.wire.channel import Channel, memory_channels
from tests.booth.test_visits import signed
from tests.store.killing import Mortal, passes

MONDAY = datetime.fromisoformat("2026-11-23T10:00")
BRANDT = AgentId("brandt")


@dataclass(frozen=True, slots=True)
class Kill:
    """`file`: the log whose `at`th commit is the end, before or `after` it."""

    file: str = ""
    at: int = 0
    after: bool = False


def die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


def live(folder: Path, session: str, kill: Kill, visitor: str) -> None:
    """Start on `folder`; wipe what is left over; serve a visitor (of `VISITORS`), if any; end in order, if ever."""
    opened = sqlite.open_journal

    def mortal(path: Path, at: str) -> Any:
        journal = opened(path, at)
        return Mortal(journal, kill.at, after=kill.after, kill=die) if path.name == kill.file else journal

    with mock.patch.object(sqlite, "open_journal", mortal), asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(_run(folder, session, visitor))


async def _run(folder: Path, session: str, visitor: str) -> None:
    profile = replace(load_profile("emulated"), deadlines=Deadlines(), exchange={})
    directory, zone = load_site(profile)
    clock = Clock(MONDAY.replace(tzinfo=zone))
    async with AsyncExitStack() as stack:
        exchange = await stack.enter_async_context(
            open_exchange(directory, directory.rules, clock, folder / "exchange")
        )
        memory = await stack.enter_async_context(open_booth(profile.emulated))
        assert memory.slots is not None
        screen = WatchedScreen(memory.slots.screen)
        key = Ed25519PrivateKey.generate()
        dial = partial(_dial, stack, exchange.attend_booth)
        wishes = BoothWishes(profile, directory, clock, dial, key, folder / "booth")
        media = MemoryMedia()
        settings = settings_of(wishes, media, session)
        booth = await stack.enter_async_context(open_booth_runtime(settings, replace(memory.slots, screen=screen)))
        await asyncio.sleep(0)
        await screen.until(lambda _: isinstance(booth.state, s.Idle), "frei")
        assert not list((folder / "booth").rglob("*.blob")), "nothing is left of whoever was here before"
        if visitor:
            desk = open_desk(BRANDT, media, partial(_dial, stack, exchange.attend_desk), session)
            await _visit(booth, screen, memory.actor, desk, VISITORS[visitor])
        await passes(2)  # whatever there is to be told is told by then


Act = Callable[[Actor, WatchedScreen, DeskClient], Awaitable[None]]


async def _visit(
    booth: Booth, screen: WatchedScreen, actor: Actor, opened: AbstractAsyncContextManager[DeskClient], act: Act
) -> None:
    async with opened as desk:
        desk.ready()
        await desk.until(lambda d: d.state in ("bereit", "klingelt"), "bereit")
        await actor.enter()
        await desk.until(lambda d: d.offer, "klingelt", 60)
        desk.accept()
        await desk.until(lambda d: d.leg, "im Gespräch", 60)
        await act(actor, screen, desk)
        desk.hang_up()
        await actor.leave()
        await screen.until(lambda _: booth.outcomes, "Ergebnis", 200)


async def _shows_a_paper(actor: Actor, screen: WatchedScreen, desk: DeskClient) -> None:
    desk.capture_still("Mietvertrag")
    await desk.until(lambda d: d.case.papers and d.case.papers[0].state is PaperState.CAPTURED, "Papier", 60)


async def _hands_in(actor: Actor, screen: WatchedScreen, desk: DeskClient) -> None:
    await signed(actor, screen, desk)
    desk.hand_in()


VISITORS: Mapping[str, Act] = {"paper": _shows_a_paper, "application": _hands_in}


async def _dial(stack: AsyncExitStack, attend: Callable[[Channel], Any]) -> Channel:
    here, there = memory_channels()
    task = asyncio.create_task(attend(there))
    stack.callback(task.cancel)
    return here
