"""A booth whose signature pad was not there when it started: who comes is served and wiped, who came before not yet."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from emulator.memory import open_booth
from lisa_core.booth.executor import Booth
from lisa_core.booth.journal import names
from lisa_core.booth.program import open_booth_runtime
from lisa_core.booth.wishes import BoothWishes, load_site, settings_of
from lisa_core.config.late_devices import LateDevice, stand_in
from lisa_core.config.profile import load_profile
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.visit import states as s
from lisa_core.equipment.media.memory_call import MemoryMedia
from lisa_core.equipment.slots.actor import Actor
from lisa_core.equipment.slots.devices import SignaturePad
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.harness.rig.screen_history import WatchedScreen
from lisa_core.host.clock import Clock
from lisa_core.store.journal import Entry
from lisa_core.store.sqlite import open_journal
from lisa_core.wire.channel import Channel, lost

MONDAY = datetime.fromisoformat("2026-11-23T10:00:00+01:00")


@dataclass
class Opened:
    """A booth without an exchange; its pad is there once `plugged` is set."""

    booth: Booth
    actor: Actor
    screen: WatchedScreen
    plugged: asyncio.Event


@contextlib.asynccontextmanager
async def without_pad(data: Path) -> AsyncIterator[Opened]:
    profile, plugged = load_profile("emulated"), asyncio.Event()
    directory, _ = load_site(profile)
    async with open_booth(profile.emulated) as memory:
        assert memory.slots is not None
        real = memory.slots.signature_pad

        @contextlib.asynccontextmanager
        async def pad() -> AsyncIterator[SignaturePad]:
            if not plugged.is_set():
                raise DeviceFault("link.missing", "nichts da", retryable=True)
            yield real

        late = LateDevice("signature_pad", pad)
        holding = asyncio.create_task(late.hold())
        screen = WatchedScreen(memory.slots.screen)
        slots = replace(memory.slots, screen=screen, signature_pad=stand_in(SignaturePad, late.device))
        wishes = BoothWishes(profile, directory, Clock(MONDAY), nowhere, Ed25519PrivateKey.generate(), data)
        async with open_booth_runtime(settings_of(wishes, MemoryMedia(), "jetzt"), slots) as booth:
            yield Opened(booth, memory.actor, screen, plugged)
        holding.cancel()


async def nowhere() -> Channel:
    raise lost("there is no exchange")


def test_who_comes_is_wiped_without_it(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with without_pad(tmp_path) as here:
            await here.actor.enter()
            await here.screen.until(lambda _: s.visit_of(here.booth.state), "ein Besuch")
            await here.actor.leave()
            await here.screen.until(lambda _: here.booth.outcomes, "zu Ende", 120)

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(scenario())


def test_of_a_visit_before_the_start_ink_may_be_left_until_it_comes(tmp_path: Path) -> None:
    with contextlib.closing(open_journal(tmp_path / "booth.sqlite", "")) as journal:
        journal.append([Entry(MONDAY.isoformat(), names.VISIT_BEGUN, "templin-vorher-1", "")])

    async def scenario() -> None:
        async with without_pad(tmp_path) as here:
            asked = here.booth._kit.clock.now_us() + 60_000_000
            await here.screen.until(lambda _: isinstance(here.booth.state, s.Wiping), "wird gelöscht")
            loop = asyncio.get_running_loop()
            later = loop.create_future()
            loop.call_at(asked / 1_000_000, later.set_result, None)
            await later
            assert not here.booth.outcomes
            here.plugged.set()
            await here.screen.until(lambda _: here.booth.outcomes, "gelöscht", 120)

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(scenario())
