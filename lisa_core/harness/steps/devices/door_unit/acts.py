"""What is done to measure call button, glass, lamp and loop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import cast

from pytest_bdd import then, when

from lisa_core.domain.model.errors import DeviceFault, HarnessError
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.domain.model.readings import LampColour
from lisa_core.equipment.slots.catalogue import PROTOCOLS, SLOTS, title_of
from lisa_core.equipment.slots.devices import Switch
from lisa_core.harness.scene.bench import Switched, begun
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.devices.measure import done_before, fitted
from lisa_core.harness.steps.grounds import in_an_empty_booth
from lisa_core.harness.text.words import step
from lisa_core.host.clock import now_us

TITLE = "Ruftaste, Glas, Lampe und Schleife messen"

PRESSED_S = 0.3
SEEN_S = 10.0
"""So long something that was switched may take to be so."""
COLOURS = {LampColour.GREEN: "grün", LampColour.YELLOW: "gelb", LampColour.RED: "rot", LampColour.OFF: "aus"}
SWITCHES = {slot: SLOTS[slot] for slot, protocol in PROTOCOLS.items() if protocol is Switch}


@when(step("die Ruftaste mit dem zweiten Kontakt gedrückt wird"))
async def button_is_pressed_with_second_contact(scene: Scene) -> None:
    """Wenn die Ruftaste mit dem zweiten Kontakt gedrückt wird

    Der zweite Kontakt schaltet mit derselben Taste und ist an den Steckplatz des Türkontakts gebunden.
    """
    await scene.rig()

    async def in_the_world() -> None:
        await scene.disturb("open_door")
        await scene.disturb("press_button")
        await asyncio.sleep(PRESSED_S)
        await scene.disturb("release_button")
        await scene.disturb("close_door")

    scene.bench.pressed = begun()
    await scene.happens("press_both", in_the_world)


@when(step("die Ruftaste {oft:Zahl}-mal gedrückt wird"))
async def button_is_pressed(scene: Scene, oft: int) -> None:
    """Wenn die Ruftaste 10-mal gedrückt wird"""
    actor = await scene.actor()
    scene.bench.presses = now_us(), oft
    for _ in range(oft):
        await actor.press_call_button()
        await asyncio.sleep(PRESSED_S)


@when(step("{geraet:Geraet} {oft:Zahl}-mal ein- und ausgeschaltet wird"))
async def thing_is_switched(scene: Scene, geraet: str, oft: int) -> None:
    """Wenn die Induktionsschleife 3-mal ein- und ausgeschaltet wird

    Oder „das Sichtschutzglas“: An heißt dort undurchsichtig. Ohne Besuch.
    """
    slot, device = await _switch(scene, geraet)
    done = Switched(2 * oft)
    for on in (True, False) * oft:
        done = await _switched(done, partial(device.set, on), partial(_becomes, scene, slot, on=on))
    scene.bench.switched[slot] = done


@when(step("die Lampe jede ihrer Farben zeigt"))
async def lamp_shows_all(scene: Scene) -> None:
    """Wenn die Lampe jede ihrer Farben zeigt

    Grün, Gelb, Rot, und zuletzt ist sie aus. Ohne Besuch.
    """
    lamp = (await scene.rig()).slots.lamp
    scene.witness.used(("lamp",))
    done = Switched(len(COLOURS))
    for colour, name in COLOURS.items():
        done = await _switched(done, partial(lamp.show, colour), partial(_is_lit, scene, colour, name))
    scene.bench.switched["lamp"] = done


@when(step("{geraet:Geraet} zu schalten versucht wird"))
async def switching_is_tried(scene: Scene, geraet: str) -> None:
    """Wenn die Induktionsschleife zu schalten versucht wird

    Oder „die Lampe“, „das Sichtschutzglas“. Endet, sobald geschaltet oder gesagt ist, dass es nicht geht.
    """
    rig = await scene.rig()
    if geraet == SLOTS["lamp"].noun:
        scene.witness.used(("lamp",))
        slot, order = "lamp", partial(rig.slots.lamp.show, LampColour.YELLOW)
    else:
        slot, device = await _switch(scene, geraet)
        order = partial(device.set, True)
    start, said_us = begun(), None
    try:
        await order()
    except DeviceFault:
        said_us = now_us()
    scene.bench.tried[slot] = start, said_us


@then(step("sagt die Einheit an der Tür, dass sich {geraet:Geraet} nicht schalten lässt"))
@in_an_empty_booth
async def unit_says_so(scene: Scene, geraet: str) -> None:
    """Dann sagt die Einheit an der Tür, dass sich die Lampe nicht schalten lässt

    Davor: „Wenn die Lampe zu schalten versucht wird“.
    """
    slot = next((name for name, one in SLOTS.items() if one.noun == geraet), "")
    title = title_of(slot) if slot else geraet
    tried = done_before(scene.bench.tried.get(slot), f"Wenn {title[0].lower()}{title[1:]} zu schalten versucht wird")
    assert tried[1] is not None, f"{title} hat den Auftrag angenommen, als wäre nichts."


async def _switch(scene: Scene, noun: str) -> tuple[str, Switch]:
    """The slot that is called so, and what is in it. Raises `HarnessError` for what is no switch."""
    slot = next((name for name, one in SWITCHES.items() if one.noun == noun), "")
    if not slot:
        known = ", ".join(title_of(name) for name in SWITCHES)
        raise HarnessError(f"Das lässt sich nicht ein- und ausschalten. Das können: {known}.")
    device = fitted(cast("Switch | None", getattr((await scene.rig()).slots, slot)), slot)
    scene.witness.used((slot,))
    return slot, device


async def _is_lit(scene: Scene, colour: LampColour, name: str) -> bool:
    def is_so(room: JsonMap) -> bool:
        return bool(room["lamp"] == colour.value)

    return await _is_seen(scene, "lamp", is_so, f"Die Lampe über der Tür: {name}?")


async def _becomes(scene: Scene, slot: str, *, on: bool) -> bool:
    def is_so(room: JsonMap) -> bool:
        return (slot in room["on"]) is on

    return await _is_seen(scene, slot, is_so, f"{title_of(slot)}: {'eingeschaltet' if on else 'ausgeschaltet'}?")


async def _is_seen(scene: Scene, slot: str, is_so: Callable[[JsonMap], bool], question: str) -> bool:
    """Whether it is seen to be so; what nobody answers is not seen at all (`NotCheckedError`)."""
    try:
        await scene.look((slot,), is_so, question, SEEN_S)
    except AssertionError:
        return False
    return True


async def _switched(
    done: Switched, order: Callable[[], Awaitable[None]], is_so: Callable[[], Awaitable[bool]]
) -> Switched:
    """One more order, and what came of it."""
    start = begun()
    try:
        await order()
    except DeviceFault:
        missed = True
    else:
        missed = not await is_so()
    took_us = now_us() - start.at_us
    if missed:
        return replace(done, missed=done.missed + 1)
    if done.begun is not None and took_us <= done.longest_us:
        return done
    return replace(done, longest_us=took_us, begun=start)
