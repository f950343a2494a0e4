"""Health checks for devices that only speak when used: a failure is reported at once, and calls go on."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from lisa_core.booth.sensors import RETRY_S, Watch
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.frames import AudioBlock, Frame
from lisa_core.equipment.media.outlet import COVER
from lisa_core.equipment.media.sound.quality import Quality
from lisa_core.equipment.slots.devices import Camera, Loudspeaker, Microphone, Slots

CHECK_EVERY_S = 2.0
"""Seconds between two questions to a device while somebody is inside: a failure is known within 5 s."""
CALL_FIRST = 12
"""Turns of the loop that the first question of a visit lets pass: as many as the call needs to ring at a desk where
booth, exchange and desk share one loop. It takes no time that a clock would show."""


async def check_now_and_then(
    slots: Slots, watch: Watch, begun: asyncio.Event, wanted: Callable[[], bool], feeder: Callable[[bool], None]
) -> None:
    """Ask who does not speak by itself as soon as a visit has `begun`, and again and again as long as it is wanted.

    `feeder` hears what lies there. The first answer comes before anybody can have put something into it.
    """

    async def scanner() -> None:
        feeder(await slots.scanner.check())

    checks: Mapping[str, Callable[[], Awaitable[None]]] = {
        "scanner": scanner,
        "signature_pad": slots.signature_pad.check,
        "printer": slots.printer.check,
        **({"loudspeaker": slots.loudspeaker.check} if slots.loudspeaker else {}),
        **({"camera_head": slots.camera_head.check} if slots.camera_head else {}),
    }
    while True:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CHECK_EVERY_S if wanted() else None):
                await begun.wait()
        if begun.is_set():
            begun.clear()
            for _ in range(CALL_FIRST):
                await asyncio.sleep(0)
        if wanted():
            await asyncio.gather(*(_ask(watch, slot, check) for slot, check in checks.items()))


async def _ask(watch: Watch, slot: str, check: Callable[[], Awaitable[None]]) -> None:
    try:
        await check()
    except DeviceFault as fault:
        watch.fails(slot, fault)
    else:
        watch.answers(slot)


def for_calls(slots: Slots, watch: Watch, say: Callable[[str, DeviceFault], None]) -> Slots:
    """The same devices; cameras and microphone that fail show a cover, or are silent, until they are back.

    `say` hears of a slot that works, and not well.
    """
    return replace(
        slots,
        citizen_camera=_WatchedCamera("citizen_camera", slots.citizen_camera, watch),
        document_camera=_WatchedCamera("document_camera", slots.document_camera, watch),
        microphone=_WatchedMicrophone(slots.microphone, watch, partial(say, "microphone")),
        loudspeaker=_WatchedLoudspeaker(slots.loudspeaker, watch) if slots.loudspeaker else None,
    )


@dataclass(frozen=True, slots=True)
class _WatchedCamera:
    slot: str
    inner: Camera
    watch: Watch

    async def frames(self) -> AsyncGenerator[Frame, None]:
        newest_us = -1
        while True:
            try:
                async for frame in self.inner.frames():
                    if self.slot in self.watch.gone and frame.at_us <= newest_us:
                        continue  # taken before it fell silent: that does not mean that it is back
                    newest_us = frame.at_us
                    self.watch.answers(self.slot)
                    yield frame
            except DeviceFault as fault:
                self.watch.fails(self.slot, fault)
                yield COVER
            await asyncio.sleep(RETRY_S)


@dataclass(frozen=True, slots=True)
class _WatchedMicrophone:
    inner: Microphone
    watch: Watch
    say: Callable[[DeviceFault], None]

    async def blocks(self) -> AsyncIterator[AudioBlock]:
        quality = Quality()
        while True:
            try:
                async for block in self.inner.blocks():
                    self.watch.answers("microphone")
                    if (found := quality.judge(block.pcm)) is not None:
                        self.say(found)
                    yield block
            except DeviceFault as fault:
                self.watch.fails("microphone", fault)
            await asyncio.sleep(RETRY_S)


@dataclass(frozen=True, slots=True)
class _WatchedLoudspeaker:
    inner: Loudspeaker
    watch: Watch

    async def check(self) -> None:
        await self.inner.check()

    async def play(self, blocks: AsyncIterable[AudioBlock]) -> None:
        """It is the question of `check_now_and_then` that says when it is back: what is said from then on is heard."""
        while True:
            try:
                return await self.inner.play(blocks)
            except DeviceFault as fault:
                self.watch.fails("loudspeaker", fault)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(RETRY_S):
                    await self.watch.back("loudspeaker")
