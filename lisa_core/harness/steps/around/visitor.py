"""Steps of whoever comes in: what she leaves behind, how still she sits, strangers; and how soon the booth notices."""

from __future__ import annotations

import asyncio
import contextlib

from pytest_bdd import then, when

from lisa_core.domain.model.errors import HarnessError, NotCheckedError
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.domain.model.screen import ScreenScene
from lisa_core.harness.loop.holdup import held_up_s, waited
from lisa_core.harness.scene.bench import begun
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.grounds import NOBODY_CAME, in_an_empty_booth
from lisa_core.harness.text.words import step

TITLE = "Wer kommt und was liegen bleibt"

NOTICED = "anwesenheit.bemerkt"
SILENT_RADAR = "Der Präsenzsensor meldet nichts: Dass niemand bemerkt wird, sagt dann nichts."

# --- Wenn -----------------------------------------------------------------------------------------------------------


@when(step("{wer:Bürgerin} das Bürgerbüro verlässt, ohne {wessen:Besitz}e Unterlagen mitzunehmen"))
async def citizen_leaves_papers(scene: Scene, wer: str, wessen: str) -> None:
    """Wenn die Bürgerin das Bürgerbüro verlässt, ohne ihre Unterlagen mitzunehmen"""
    await (await scene.actor()).walk_out()


@when(step("{wer:Bürgerin} {dauer:Dauer} lang still sitzt"))
async def citizen_sits_still(scene: Scene, wer: str, dauer: float) -> None:
    """Wenn die Bürgerin 3 s lang still sitzt"""
    await (await scene.actor()).sit()
    start = begun()
    await asyncio.sleep(dauer)
    scene.bench.passed(start)


@when(step("jemand {abstand:Zahl} cm vor dem Präsenzsensor stehen bleibt"))
async def somebody_stands_at(scene: Scene, abstand: int) -> None:
    """Wenn jemand 180 cm vor dem Präsenzsensor stehen bleibt"""

    async def in_the_world() -> None:
        await scene.disturb("open_door")
        await scene.disturb("enter", distance_cm=abstand)
        await asyncio.sleep(0.3)
        await scene.disturb("close_door")

    await scene.comes_in(lambda: scene.happens("stand_at", in_the_world, cm=abstand))
    scene.bench.mark_cm = abstand


@when(step("eine fremde Person hereinkommt"))
async def stranger_enters(scene: Scene) -> None:
    """Wenn eine fremde Person hereinkommt

    Die Tür bleibt offen, solange sie darin steht.
    """

    async def in_the_world() -> None:
        await scene.disturb("open_door")
        await scene.disturb("enter", distance_cm=200)

    await scene.happens("stranger_enters", in_the_world)


@when(step("die fremde Person wieder geht"))
async def stranger_leaves(scene: Scene) -> None:
    """Wenn die fremde Person wieder geht"""
    if not scene.is_real("presence") and len((await scene.room())["people"]) < 2:
        raise HarnessError("Es ist keine fremde Person da. Davor „Wenn eine fremde Person hereinkommt“ schreiben.")

    async def in_the_world() -> None:
        await scene.disturb("leave")
        await asyncio.sleep(0.3)
        await scene.disturb("close_door")

    await scene.happens("stranger_leaves", in_the_world)


# --- Dann -----------------------------------------------------------------------------------------------------------


@then(step("liegt {was:Testpapier} noch im Scanner"))
@in_an_empty_booth
async def paper_lies_in_scanner(scene: Scene, was: str) -> None:
    """Dann liegt der Mietvertrag noch im Scanner"""
    name = was.lower()
    await scene.look(("scanner",), lambda room: name in _in_scanner(room), f"Liegt „{was}“ im Scanner?", lasting=True)


@then(step("bemerkt das Bürgerbüro {wen:Bürgerin} innerhalb von {dauer:Dauer}"))
async def booth_notices(scene: Scene, wen: str, dauer: float) -> None:
    """Dann bemerkt das Bürgerbüro die Bürgerin innerhalb von 2 s

    Gemessen wird ab dem Eintreten. Bei einem echten Präsenzsensor weiß niemand, wann das genau war.
    """
    if scene.is_real("presence"):
        raise NotCheckedError("Wann jemand eintritt, weiß bei einem echten Präsenzsensor nur, wer davor steht.")
    if scene.entered is None:
        raise HarnessError(NOBODY_CAME)
    (since_s, before), rig = scene.entered, await scene.rig()
    scene.witness.used(("presence",))
    room = await scene.until_true(lambda: rig.booth.room if rig.booth.room.present else None, "jemand ist bemerkt")
    debounce_us = rig.profile.deadlines.presence_debounce_us
    took_s = ((room.present_since_us or 0) + debounce_us) / 1_000_000 - since_s
    late_s = held_up_s(before, waited(), took_s)
    scene.measure(NOTICED, round(took_s, 3), "s", held_up=round(late_s, 3), since="ab dem Eintreten")
    if took_s > dauer and not scene.explained(NOTICED, took_s, dauer, late_s):
        shown, limit = (f"{seconds:.2f}".replace(".", ",") for seconds in (took_s, dauer))
        raise AssertionError(f"Bemerkt war sie erst nach {shown} s, erlaubt sind {limit} s.")


@then(step("bleibt das Bürgerbüro {dauer:Dauer} lang frei"))
@in_an_empty_booth
async def booth_stays_free(scene: Scene, dauer: float) -> None:
    """Dann bleibt das Bürgerbüro 3 s lang frei

    Niemand ist da, und der Präsenzsensor meldet das auch.
    """
    rig = await scene.rig()
    await rig.screen.until(lambda s: s.view.scene is ScreenScene.FREE, "das freie Bürgerbüro")
    world = {} if scene.is_real("presence") else await scene.room()
    if world.get("people"):
        raise HarnessError("Es ist jemand im Bürgerbüro: Frei bleiben kann es nicht.")
    scene.witness.used(("presence",))
    with contextlib.suppress(AssertionError):
        await scene.until_true(lambda: rig.booth.room.absent_since_us is not None, SILENT_RADAR)
    await scene.never(lambda: _noticed_somebody(rig.screen.view.title, rig.booth.room.present), dauer)
    if rig.booth.room.absent_since_us is None or "presence" in world.get("silent", ()):
        raise HarnessError(SILENT_RADAR)


# --- small things -----------------------------------------------------------------------------------------------------


def _in_scanner(room: JsonMap) -> set[str]:
    """The names of the documents of which a page lies in the scanner."""
    pages = (*room["feeder"], room["glass"], room["jammed"])
    return {page.partition(":")[0] for page in pages if page}


def _noticed_somebody(title: str, present: bool) -> str:
    return f"Das Bürgerbüro meint, es sei jemand da; der Bildschirm zeigt: {title}" if present else ""
