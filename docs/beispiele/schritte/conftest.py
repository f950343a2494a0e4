"""Writing steps: two sentences of one's own. `lisa run` finds them because they lie beside the feature."""

from __future__ import annotations

import asyncio

from pytest_bdd import then, when

from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.text.words import step


@when(step("{wer:Bürgerin} für {dauer:Dauer} hereinschaut"))
async def citizen_looks_in(scene: Scene, wer: str, dauer: float) -> None:
    """Wenn die Bürgerin für 5 s hereinschaut"""
    await scene.enter()
    await asyncio.sleep(dauer)
    await (await scene.actor()).leave()


@then(step("leuchtet die Lampe {farbe:Text}"))
async def lamp_shines(scene: Scene, farbe: str) -> None:
    """Dann leuchtet die Lampe „gelb“"""
    await scene.look(("lamp",), lambda room: room["lamp"] == farbe, f"Leuchtet die Lampe {farbe}?")
