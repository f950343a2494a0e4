"""What is done with a device while it is recorded by itself, and again with its recording: all that its slot promises.

What it says is told in one line each, as numbers and states; never what stands on a page or was written.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from typing import TypeVar, cast

from lisa_core.domain.model.readings import (
    HeadPosition,
    HeadPreset,
    LampColour,
    PresenceReport,
    ScanSettings,
    ScanSource,
)
from lisa_core.equipment.slots.devices import (
    CameraHead,
    CardReader,
    Contact,
    Lamp,
    Presence,
    Printer,
    Scanner,
    SignaturePad,
    Switch,
)

LOOK_S = 0.5
"""Seconds between two looks whether sheets lie in the feeder."""
SIDEWAYS = HeadPosition(200, -100, 300)
Lines = AsyncGenerator[str, None]
T = TypeVar("T")


async def _presence(slot: Presence) -> Lines:
    before = ""
    async with contextlib.aclosing(_values(slot.reports())) as reports:
        async for report in reports:
            if (told := _seen(report)) != before:
                before = told
                yield told


def _seen(report: PresenceReport) -> str:
    moving = f"bewegt bei {report.moving_cm} cm" if report.moving_cm is not None else ""
    still = f"ruhig bei {report.still_cm} cm" if report.still_cm is not None else ""
    return ", ".join(filter(None, (moving, still))) or "niemand"


async def _contact(slot: Contact) -> Lines:
    async with contextlib.aclosing(_values(slot.states())) as states:
        async for state in states:
            yield "an (offen oder gedrückt)" if state else "aus (zu oder losgelassen)"


async def _switch(slot: Switch) -> Lines:
    for on in (True, False):
        await slot.set(on)
        yield "eingeschaltet" if on else "ausgeschaltet"


async def _lamp(slot: Lamp) -> Lines:
    for colour in LampColour:
        await slot.show(colour)
        yield f"Lampe: {colour.value}"


async def _scanner(slot: Scanner) -> Lines:
    yield "wartet auf Blätter im Einzug"
    while True:
        if await slot.check():
            async with contextlib.aclosing(slot.scan(ScanSettings(ScanSource.FEEDER))) as pages:
                async for page in pages:
                    yield f"eine Seite, {page.media_type}, {page.resolution_dpi} dpi"
            yield "Auftrag zu Ende"
        await asyncio.sleep(LOOK_S)


async def _pad(slot: SignaturePad) -> Lines:
    info = await slot.info()
    yield f"{info.model}: jetzt schreiben"
    down = False
    async with contextlib.aclosing(slot.capture()) as samples:
        async for sample in samples:
            if sample.down != down:
                down = sample.down
                yield "Stift unten" if down else "Stift oben"


async def _head(slot: CameraHead) -> Lines:
    yield f"Grundstellung: {_at(await slot.recall(HeadPreset.HOME))}"
    yield f"gedreht: {_at(await slot.aim(SIDEWAYS))}"
    yield f"Grundstellung: {_at(await slot.recall(HeadPreset.HOME))}"


def _at(position: HeadPosition) -> str:
    return f"{position.pan}, {position.tilt}, Zoom {position.zoom}"


async def _cards(slot: CardReader) -> Lines:
    async with contextlib.aclosing(_values(slot.cards())) as cards:
        async for card in cards:
            yield f"Karte: {card.value}"


async def _printer(slot: Printer) -> Lines:
    await slot.check()
    yield "ist da; druckt eine Testseite"
    await slot.hand_out(TEST_PAGE, "Testseite")
    yield "Testseite übernommen"


def _values(values: AsyncIterator[T]) -> AsyncGenerator[T, None]:
    """What reports for ever is a generator, though the slot promises no more than an iterator."""
    return cast("AsyncGenerator[T, None]", values)


def _test_page() -> bytes:
    """The smallest PDF that says what it is: one page A4."""
    text = b"BT /F 24 Tf 72 720 Td (Testseite) Tj ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    made, places = bytearray(b"%PDF-1.4\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj%b endobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(made))
    return bytes(made) + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


TEST_PAGE = _test_page()
_EXERCISES: Mapping[type, Callable[..., Lines]] = {
    Presence: _presence,
    Contact: _contact,
    Switch: _switch,
    Lamp: _lamp,
    Scanner: _scanner,
    SignaturePad: _pad,
    CameraHead: _head,
    CardReader: _cards,
    Printer: _printer,
}


def can_exercise(protocol: type) -> bool:
    """Whether devices in slots with this protocol can be recorded: those that speak over lines."""
    return protocol in _EXERCISES


def exercised(protocol: type, slot: object) -> Lines:
    """Do it, and yield what comes of it; of what reports by itself for ever. Raises `DeviceFault`."""
    return _EXERCISES[protocol](slot)
