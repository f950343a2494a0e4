"""When a signature is complete: she has written something and then lifted the pen for good."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

from lisa_core.documents.strokes import is_signature
from lisa_core.model.errors import DeviceFault
from lisa_core.model.readings import PenSample
from lisa_core.slots.devices import SignaturePad


async def collect(pad: SignaturePad, lifted_s: float) -> list[PenSample]:
    """All samples of one signature. A dot is none: it is waited on. Raises `DeviceFault` of the pad."""
    arriving: asyncio.Queue[PenSample | DeviceFault] = asyncio.Queue()
    reading = asyncio.create_task(_read(pad, arriving))
    samples: list[PenSample] = []
    try:
        while True:
            # Hovering reports may go on for as long as she likes; only touching counts as going on.
            patience = lifted_s if is_signature(samples) else None
            try:
                async with asyncio.timeout(patience):
                    await _next_touch(arriving, samples)
            except TimeoutError:
                return samples
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)


async def _next_touch(arriving: asyncio.Queue[PenSample | DeviceFault], samples: list[PenSample]) -> None:
    while True:
        item = await arriving.get()
        if isinstance(item, DeviceFault):
            raise item
        samples.append(item)
        if item.down:
            return


async def _read(pad: SignaturePad, arriving: asyncio.Queue[PenSample | DeviceFault]) -> None:
    try:
        async with aclosing(pad.capture()) as samples:
            async for sample in samples:
                arriving.put_nowait(sample)
    except DeviceFault as fault:
        arriving.put_nowait(fault)
