"""What is planted in these devices: ways to fail that no declaration has."""

from __future__ import annotations

import asyncio
import random
import struct
from collections.abc import AsyncIterable, AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image, ImageFilter

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.frames import AudioBlock, Frame
from lisa_core.domain.model.readings import HeadPosition, LampColour
from lisa_core.domain.model.screen import Touch
from tests.opposites.device_plants import at, changed, delayed, every, late_by, nothing
from tests.opposites.planting import Plant

TABLE, HEAD, MICROPHONE, SPEAKER, SCREEN = "document_camera", "camera_head", "microphone", "loudspeaker", "screen"
BUTTON, LOOP, GLASS, LAMP = "call_button", "induction_loop", "privacy_glass", "lamp"
NOISE = struct.pack("<960h", *(random.Random(1).randrange(-8_000, 8_000) for _ in range(960)))


def _seen(change: Callable[[Image.Image], Image.Image]) -> Callable[[Frame], Frame]:
    def other(frame: Frame) -> Frame:
        picture = change(Image.frombytes("RGB", (frame.width, frame.height), frame.rgb))
        return Frame(picture.width, picture.height, picture.tobytes(), frame.at_us)

    return other


def _kept_for_good(patch: pytest.MonkeyPatch) -> None:
    """A camera that goes on showing the brightest picture that it ever saw."""
    kept: list[Frame] = []

    def older(frame: Frame) -> Frame:
        if not kept or sum(frame.rgb[::997]) > sum(kept[0].rgb[::997]):
            kept[:] = [frame]
        return kept[0]

    changed(TABLE, "frames", older)(patch)


def _nobody_hears(right: Callable[..., Any]) -> Callable[..., Any]:
    async def blocks() -> AsyncIterator[AudioBlock]:
        try:
            async for block in right():
                yield block
        except DeviceFault:
            await asyncio.Event().wait()

    return blocks


def _plays(after_s: float = 0.0, *, sounds: bool = True) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def make(right: Callable[..., Any]) -> Callable[..., Any]:
        async def play(blocks: AsyncIterable[AudioBlock]) -> None:
            await late_by(after_s)
            if sounds:
                await right(blocks)
                return
            async for _ in blocks:
                pass

        return play

    return make


def _rings_on(right: Callable[..., Any]) -> Callable[..., Any]:
    going: list[asyncio.Task[None]] = []

    async def play(blocks: AsyncIterable[AudioBlock]) -> None:
        going.append(asyncio.create_task(right(blocks)))
        await asyncio.Event().wait()

    return play


def _orders(change: Callable[[Any], Any], after_s: float = 0.0) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def make(right: Callable[..., Any]) -> Callable[..., Any]:
        async def order(wanted: object) -> object:
            await late_by(after_s)
            return await right(change(wanted))

        return order

    return make


def _taken(right: Callable[..., Any]) -> Callable[..., Any]:
    async def order(wanted: object) -> object:
        return wanted

    return order


def _misses(right: Callable[..., Any]) -> Callable[..., Any]:
    async def aim(place: HeadPosition) -> HeadPosition:
        await right(place)
        return replace(place, pan=place.pan + 100)

    return aim


def _late(right: Callable[..., Any]) -> Callable[..., Any]:
    async def touches() -> AsyncIterator[Touch]:
        async for one in right():
            await late_by(6.0)
            yield one

    return touches


def same(one: object) -> object:
    """As it was asked for."""
    return one


TABLE_COARSE = changed(TABLE, "frames", _seen(lambda one: one.resize((one.width // 2, one.height // 2))))
TABLE_BLURRED = changed(TABLE, "frames", _seen(lambda one: one.filter(ImageFilter.GaussianBlur(5))))
TABLE_OLD: Plant = _kept_for_good
SOUND_GAPS = changed(MICROPHONE, "blocks", every(10, nothing))
SOUND_NOISE = changed(MICROPHONE, "blocks", lambda one: one if any(one.pcm) else replace(one, pcm=NOISE))
SOUND_OVERDRIVEN = changed(
    MICROPHONE, "blocks", lambda one: replace(one, pcm=b"\xff\x7f" * 96 + one.pcm[192:]) if any(one.pcm) else one
)
SOUND_UNNOTICED = at(MICROPHONE, "blocks", _nobody_hears)
PLAYS_NOTHING = at(SPEAKER, "play", _plays(sounds=False))
PLAYS_LATE = at(SPEAKER, "play", _plays(6.0))
PLAYS_ON = at(SPEAKER, "play", _rings_on)
TOUCH_LOST = changed(SCREEN, "touches", every(1, nothing))
TOUCH_WRONG = changed(SCREEN, "touches", lambda one: Touch("anders"))
TOUCH_LATE = at(SCREEN, "touches", _late)
BUTTON_LATE = delayed(BUTTON, "states", 0.6, bool)
BUTTON_FORGETS = changed(BUTTON, "states", every(4, nothing))
LOOP_IDLE, GLASS_IDLE, LAMP_IDLE = (
    at(slot, name, _taken) for slot, name in ((LOOP, "set"), (GLASS, "set"), (LAMP, "show"))
)
LOOP_STAYS_ON = at(LOOP, "set", _orders(lambda on: True))
GLASS_SLOW = at(GLASS, "set", _orders(same, 6.0))
LAMP_ONLY_GREEN = at(LAMP, "show", _orders(lambda colour: LampColour.GREEN))
HEAD_SLOW = at(HEAD, "aim", _orders(same, 8.0))
HEAD_MISSES = at(HEAD, "aim", _misses)
HEAD_STAYS = at(HEAD, "aim", _orders(lambda place: HeadPosition(pan=200) if place == HeadPosition() else place))
HEAD_SAYS_NOTHING = at(HEAD, "aim", _taken)
