"""What is done to measure sensors, and what hangs in the place of one that is not one."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from functools import partial
from typing import cast

from pytest_bdd import then, when

from lisa_core.config.drivers import driver
from lisa_core.config.profile import SlotBinding
from lisa_core.domain.model.errors import HarnessError, LisaError, NotCheckedError, ProfileError
from lisa_core.domain.model.readings import HeadPosition, LampColour, ScanSettings
from lisa_core.equipment.slots.catalogue import PROTOCOLS, SLOTS, title_of
from lisa_core.equipment.slots.devices import (
    CameraHead,
    Contact,
    Lamp,
    Loudspeaker,
    Microphone,
    Presence,
    Printer,
    Scanner,
    Switch,
)
from lisa_core.equipment.slots.driver import Option, Value, chosen
from lisa_core.equipment.slots.origin import EMULATOR
from lisa_core.harness.scene.bench import begun
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.grounds import in_an_empty_booth
from lisa_core.harness.text.words import step
from lisa_core.host.clock import now_us

TITLE = "Sensoren messen"

SWING_S = 0.3
HEARD_S = 30.0
"""So long a driver has to notice that something else answers, and nothing of it may pass for a reading."""
STRANGERS: Mapping[str, str] = {
    "presence": "door",
    "door": "presence",
    "call_button": "presence",
    "scanner": "printer",
    "printer": "scanner",
    "privacy_glass": "presence",
    "induction_loop": "presence",
    "lamp": "presence",
    "camera_head": "door",
    "microphone": "loudspeaker",
    "loudspeaker": "microphone",
}
"""By slot the slot whose emulated device hangs at the port instead: one that speaks by the same kind of line."""


@when(step("die Tür mit dem zweiten Kontakt aufgeht"))
async def door_opens_with_second_contact(scene: Scene) -> None:
    """Wenn die Tür mit dem zweiten Kontakt aufgeht

    Der zweite Kontakt sitzt an demselben Türblatt und ist an den Steckplatz der Ruftaste gebunden.
    """
    await _shut(scene)

    async def in_the_world() -> None:
        await scene.disturb("press_button")
        await scene.disturb("open_door")
        await asyncio.sleep(SWING_S)
        await scene.disturb("release_button")

    scene.bench.opened = begun()
    await scene.happens("open_both", in_the_world)


@when(step("die Tür {oft:Zahl}-mal auf- und zugeht"))
async def door_swings(scene: Scene, oft: int) -> None:
    """Wenn die Tür 10-mal auf- und zugeht"""
    await _shut(scene)
    scene.bench.swings = now_us(), oft
    for _ in range(oft):
        for act in ("open_door", "close_door"):
            await scene.happens(act, partial(scene.disturb, act))
            await asyncio.sleep(SWING_S)


async def _shut(scene: Scene) -> None:
    """A real door may stand open from the scenario before, and a door that is open cannot open."""
    reported = (await scene.rig()).reported.door
    if reported and reported[-1][1]:
        await scene.happens("close_door", partial(scene.disturb, "close_door"))


@then(step("fällt auf, wenn dort ein anderes Gerät hängt als {geraet:Geraet}"))
@in_an_empty_booth
async def stranger_is_noticed(scene: Scene, geraet: str) -> None:
    """Dann fällt auf, wenn dort ein anderes Gerät hängt als der Präsenzsensor

    Der Treiber wird an einem emulierten Gerät anderer Art geöffnet, das auf derselben Art Leitung spricht. Er muss das
    sagen, und nichts davon für eine Meldung halten.
    """
    from lisa_core.booth.wishes import EMULATED, booth_factory  # loads a booth

    slot = next((name for name, one in SLOTS.items() if one.noun == geraet), "")
    if slot not in STRANGERS:
        known = ", ".join(title_of(one) for one in STRANGERS)
        raise HarnessError(f"Zu diesem Gerät gibt es kein fremdes, das man anhängen könnte. Es gibt: {known}.")
    rig = await scene.rig()
    if rig.opened.slots is not None:
        raise NotCheckedError("Im Modell gibt es keine Leitung. @stufe:wire über das Szenario schreiben.")
    scene.witness.used((slot,))
    async with booth_factory(EMULATED)(frozenset({STRANGERS[slot]}), seed=scene.settings.seed) as strange:
        bound = rig.profile.slots[slot]
        usual = rig.opened.bindings.get(slot, "") if bound.binding == EMULATOR else bound.binding
        said = await _said(bound, as_bound(usual, strange.bindings[STRANGERS[slot]]))
    assert not isinstance(said, str), f"{title_of(slot)}: Am fremden Gerät {said}"


def as_bound(binding: str, stranger: str) -> str:
    """The stranger's address as this driver takes one: where both are on a network, in the scheme of the binding and
    with its path, as if the stranger had been given the place of the device."""
    scheme, _, place = binding.partition("://")
    _, _, strange = stranger.partition("://")
    if not (place and strange):
        return stranger
    _, slash, path = place.partition("/")
    return f"{scheme}://{strange.partition('/')[0]}{slash}{path}"


async def _said(bound: SlotBinding, address: str) -> LisaError | str:
    """What the driver of this slot says at an address at which something else answers; a text where it says nothing.

    Raises `ProfileError` where it cannot even be opened there.
    """
    declared, protocol = driver(bound.driver), PROTOCOLS[bound.slot]
    served = declared.serving(protocol)
    if declared.opened is None or served is None:
        return "öffnet der Treiber nichts."
    line, all_of_it = (_given(options, bound) for options in (declared.options, declared.options_for(protocol)))
    try:
        async with asyncio.timeout(HEARD_S), declared.opened(address, line) as device:
            async for reading in _asked(bound.slot, served.slot(device, all_of_it)):
                return f"las der Treiber: {reading!r}"
    except ProfileError:
        raise
    except LisaError as error:
        return error
    except TimeoutError:
        return f"sagte der Treiber {HEARD_S:g} s lang nichts."
    return "sagte der Treiber nichts."


def _given(options: Sequence[Option], bound: SlotBinding) -> Mapping[str, Value]:
    """These options, as the profile has them."""
    names = {option.name for option in options}
    return chosen(options, {key: one for key, one in bound.options.items() if key in names})


async def _asked(slot: str, device: object) -> AsyncIterator[object]:
    """What the device of this slot says when it is used."""
    match slot:
        case "presence":
            async for report in cast("Presence", device).reports():
                if report.present:
                    yield report
        case "door" | "call_button":
            async for state in cast("Contact", device).states():
                yield state
        case "scanner":
            async with contextlib.aclosing(cast("Scanner", device).scan(ScanSettings())) as pages:
                async for page in pages:
                    yield f"eine Seite mit {len(page.data)} Byte"
        case "privacy_glass" | "induction_loop":
            await cast("Switch", device).set(True)
            yield "geschaltet"
        case "lamp":
            await cast("Lamp", device).show(LampColour.YELLOW)
            yield "eine leuchtende Lampe"
        case "camera_head":
            yield await cast("CameraHead", device).aim(HeadPosition(pan=100))
        case "microphone":
            async for block in cast("Microphone", device).blocks():
                yield f"Ton von {len(block.pcm)} Byte"
        case "loudspeaker":
            await cast("Loudspeaker", device).check()
            yield "ein Lautsprecher, der bereit ist"
        case _:
            await cast("Printer", device).hand_out(b"%PDF-1.4\n%%EOF\n", "Testblatt")
            yield "ein gedrucktes Blatt"
