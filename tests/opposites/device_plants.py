"""What is planted in devices: ways to fail that no declaration has.

Most of it stands between a slot and the booth, so it befalls a model and an emulated device alike.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image, ImageFilter

import emulator.memory as memory
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import CardKind, PadInfo, PresenceReport, ScannedPage
from lisa_core.equipment.slots.devices import Slots
from lisa_core.harness.rig.reported import Reported
from tests.opposites.planting import Plant, on_wire, value


def as_declared(patch: pytest.MonkeyPatch) -> None:
    """Nothing more than the fault that the scenario itself names."""


async def late_by(seconds: float) -> None:
    """A device that takes so long."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await asyncio.Event().wait()


def at(slot: str, method: str, make: Callable[[Any], Any]) -> Plant:
    """`make` gets a method of the device in this slot, and returns what is there in its place."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        right = Reported.watched

        def watched(self: Reported, slots: Slots) -> Slots:
            device = _Faulty(getattr(slots, slot), method, make)
            return right(self, replace(slots, **{slot: device}))

        patch.setattr(Reported, "watched", watched)

    return plant


class _Faulty:
    """A device that is as another one is, but for one method."""

    def __init__(self, inner: object, method: str, make: Callable[[Any], Any]) -> None:
        self._inner, self._method, self._make = inner, method, make

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        return self._make(found) if name == self._method else found


def changed(slot: str, method: str, change: Callable[[Any], Any]) -> Plant:
    """Each value that an iterator of this slot yields is another; None: it is left out."""

    def make(right: Callable[..., AsyncIterator[Any]]) -> Callable[..., AsyncIterator[Any]]:
        async def reading(*args: object) -> AsyncIterator[Any]:
            async for one in right(*args):
                if (wrong := change(one)) is not None:
                    yield wrong

        return reading

    return at(slot, method, make)


def delayed(slot: str, method: str, seconds: float, late: Callable[[Any], bool]) -> Plant:
    """The first value of which `late` is true comes so much later, each time after one of which it is not."""

    def make(right: Callable[..., AsyncIterator[Any]]) -> Callable[..., AsyncIterator[Any]]:
        async def reading(*args: object) -> AsyncIterator[Any]:
            was_late = True
            async for one in right(*args):
                if late(one) and not was_late:
                    await late_by(seconds)
                was_late = late(one)
                yield one

        return reading

    return at(slot, method, make)


def every(count: int, change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The change befalls each of so many values, the others stay."""
    seen = [0]

    def changing(one: Any) -> Any:
        seen[0] += 1
        return one if seen[0] % count else change(one)

    return changing


def nothing(one: object) -> None:
    """Left out."""


def _picture(change: Callable[[Image.Image], Image.Image]) -> Callable[[ScannedPage], ScannedPage]:
    def other(page: ScannedPage) -> ScannedPage:
        out = io.BytesIO()
        with Image.open(io.BytesIO(page.data)) as picture:
            change(picture).save(out, "JPEG", quality=85)
        return replace(page, data=out.getvalue())

    return other


def _twice(right: Callable[..., Any]) -> Callable[..., Any]:
    async def scan(settings: object) -> AsyncIterator[ScannedPage]:
        async for page in right(settings):
            yield page
            yield page

    return scan


def _jams_before_anything_comes(right: Callable[..., Any]) -> Callable[..., Any]:
    async def scan(settings: object) -> AsyncIterator[ScannedPage]:
        pages = [page async for page in right(settings)]
        for page in pages:
            yield page

    return scan


def _says(code: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def make(right: Callable[..., Any]) -> Callable[..., Any]:
        async def scan(settings: object) -> AsyncIterator[ScannedPage]:
            try:
                async for page in right(settings):
                    yield page
            except DeviceFault as fault:
                raise DeviceFault(code, f"Der Scanner sagt {code}.", retryable=True) from fault

        return scan

    return make


def _says_nothing(right: Callable[..., Any]) -> Callable[..., Any]:
    async def scan(settings: object) -> AsyncIterator[ScannedPage]:
        try:
            async for page in right(settings):
                yield page
        except DeviceFault:
            return

    return scan


def _with_info(**other: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def make(right: Callable[..., Any]) -> Callable[..., Any]:
        async def info() -> PadInfo:
            return replace(await right(), **other)  # type: ignore[arg-type]  # only whole numbers are planted

        return info

    return make


def _hands_out(times: int, after_s: float = 0.0) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def make(right: Callable[..., Any]) -> Callable[..., Any]:
        async def hand_out(document: bytes, title: str) -> None:
            await late_by(after_s)
            for _ in range(times):
                await right(document, title)

        return hand_out

    return make


def _takes_everything(right: Callable[..., Any]) -> Callable[..., Any]:
    async def hand_out(document: bytes, title: str) -> None:
        return None

    return hand_out


async def _always_shut(self: object) -> AsyncIterator[bool]:
    yield False


def _never_wiped(right: Callable[..., Any]) -> Callable[..., Any]:
    async def clear() -> None:
        return None

    return clear


RADAR, DOOR, SCANNER, PAD, PRINTER = "presence", "door", "scanner", "signature_pad", "printer"
Report = PresenceReport

RADAR_LATE = delayed(RADAR, "reports", 6.0, lambda one: one.present)
RADAR_HOLDS_ON = delayed(RADAR, "reports", 20.0, lambda one: not one.present)
RADAR_NEAR = changed(RADAR, "reports", lambda one: Report() if (one.still_cm or one.moving_cm or 0) > 200 else one)
RADAR_FAR_OFF = changed(
    RADAR, "reports", lambda one: replace(one, moving_cm=(one.moving_cm or 0) + 120) if one.present else one
)
NOTICED_LATE = value(memory, "SILENT_S", 9.0)
DOOR_LATE = delayed(DOOR, "states", 0.6, lambda one: bool(one))
DOOR_FORGETS = changed(DOOR, "states", every(6, nothing))
PAGE_LOST = changed(SCANNER, "scan", every(2, nothing))
PAGE_TWICE = at(SCANNER, "scan", _twice)
PAGE_EMPTY = changed(SCANNER, "scan", lambda page: replace(page, data=b""))
DPI_CLAIMED = changed(SCANNER, "scan", lambda page: replace(page, resolution_dpi=2 * page.resolution_dpi))
BLURRED = changed(SCANNER, "scan", _picture(lambda one: one.filter(ImageFilter.GaussianBlur(6))))
PALE = changed(SCANNER, "scan", _picture(lambda one: one.point(lambda level: 200 + level * 55 // 255)))
STRETCHED = changed(SCANNER, "scan", _picture(lambda one: one.resize((one.width * 11 // 10, one.height))))
NO_PICTURE = changed(SCANNER, "scan", lambda page: replace(page, data=b"%PDF-1.4"))
SLOW_PAGES = value(memory, "PAGE_S", 15.0)
CALLS_IT_IO = at(SCANNER, "scan", _says("scanner.io"))
CALLS_IT_COVER = at(SCANNER, "scan", _says("scanner.cover"))
SAYS_NOTHING = at(SCANNER, "scan", _says_nothing)
JAM_LOSES_ALL = at(SCANNER, "scan", _jams_before_anything_comes)
PEN_SELDOM = value(memory, "PEN_S", 0.03)
PEN_GAPS = changed(PAD, "capture", every(1, lambda one: None if 200_000 < one.at_us % 400_000 < 300_000 else one))
PEN_COARSE = changed(PAD, "capture", lambda one: replace(one, x=one.x // 10, y=one.y // 10))
PEN_SOFT = changed(PAD, "capture", lambda one: replace(one, down=False, pressure=0) if one.near else one)
FEW_STEPS = at(PAD, "info", _with_info(max_pressure=63))
NEVER_WIPED = at(PAD, "clear", _never_wiped)
PRINTS_TWICE = at(PRINTER, "hand_out", _hands_out(2))
PRINTS_NOTHING = at(PRINTER, "hand_out", _hands_out(0))
PRINTS_LATE = at(PRINTER, "hand_out", _hands_out(1, 45.0))
TAKES_EVERYTHING = at(PRINTER, "hand_out", _takes_everything)
SMALL_PICTURES = changed("citizen_camera", "frames", lambda one: replace(one, width=160, height=120))
CARD_LATE = delayed("card_reader", "cards", 8.0, lambda one: one is not CardKind.NONE)
STRANGER_READ = on_wire("lisa_core.equipment.drivers.modbus_io", "_Contact", "states", lambda right: _always_shut)
CARD_UNSEEN = changed("card_reader", "cards", every(1, nothing))
