"""A stroke on the signature pad along a ruler, without a visit."""

from __future__ import annotations

import asyncio
import contextlib

from pytest_bdd import then, when

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import WRITE_NOW, PenSample
from lisa_core.equipment.slots.devices import SignaturePad
from lisa_core.harness.scene.bench import begun
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.devices.pen import stroke_of
from lisa_core.harness.steps.grounds import in_an_empty_booth
from lisa_core.harness.text.words import step
from lisa_core.host.clock import now_us

TITLE = "Unterschriftenpad messen"

RULED = "lineal"
"""The recording of an emulated hand (`fixtures/strokes`)."""
LIFTED_S = 15.0
"""So long after the line was drawn the pen may take to be away."""
LONGEST_S = 60.0
"""So long a pad may take to be ready."""


@when(step("auf dem Unterschriftenpad ein Strich am Lineal gezogen wird"))
async def line_is_drawn(scene: Scene) -> None:
    """Wenn auf dem Unterschriftenpad ein Strich am Lineal gezogen wird

    Ein gerader Strich von 50 mm Länge, in etwa einer Sekunde.
    """
    scene.witness.used(("signature_pad",))
    pad = (await scene.rig()).slots.signature_pad
    scene.bench.pen, scene.bench.pen_fault, scene.bench.pen_begun = (), None, begun()
    try:
        scene.bench.pen = await _written(scene, pad)
    except DeviceFault as fault:
        scene.bench.pen_fault = fault
    with contextlib.suppress(DeviceFault):  # what is left on it is asked for by a sentence of its own
        await pad.clear()


async def _written(scene: Scene, pad: SignaturePad) -> tuple[tuple[int, PenSample], ...]:
    """What the pad reports while a line is drawn, until the pen is away. Raises its `DeviceFault`."""
    came: list[tuple[int, PenSample]] = []
    ready = asyncio.Event()
    if not (await pad.info()).says_when_armed:
        ready.set()

    async def listen() -> None:
        async with contextlib.aclosing(pad.capture()) as samples:
            async for sample in samples:
                ready.set()
                if sample is not WRITE_NOW:
                    came.append((now_us(), sample))
                if not sample.near and any(one.down for _, one in came):
                    return

    listening, armed = asyncio.create_task(listen()), asyncio.create_task(ready.wait())
    try:
        await asyncio.wait((listening, armed), timeout=LONGEST_S, return_when=asyncio.FIRST_COMPLETED)
        if not listening.done():
            await scene.happens("draw_line", lambda: scene.disturb("sign", recording=RULED))
            await asyncio.wait((listening,), timeout=LIFTED_S)
        if listening.done():
            await listening
    finally:
        for task in (listening, armed):
            task.cancel()
        await asyncio.gather(listening, armed, return_exceptions=True)
    return tuple(came)


@then(step("ist das Unterschriftenpad nach der Messung leer"))
@in_an_empty_booth
async def pad_is_clean(scene: Scene) -> None:
    """Dann ist das Unterschriftenpad nach der Messung leer"""
    stroke_of(scene)
    await scene.look(
        ("signature_pad",), lambda room: not room["pad_ink"], "Ist das Unterschriftenpad leer?", lasting=True
    )
