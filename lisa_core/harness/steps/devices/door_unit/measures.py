"""Measures of call button, glass, lamp and loop."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from lisa_core.domain.model.errors import HarnessError
from lisa_core.equipment.slots.catalogue import title_of
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.devices.measure import (
    MICRO,
    Measure,
    Taken,
    after_second_contact,
    done_before,
    spell_of,
    times_reported,
)

LONG_S = 600.0
"""So long nobody touches the button."""
PRESSED = "Wenn die Ruftaste mit dem zweiten Kontakt gedrückt wird"


async def pressing(scene: Scene) -> Taken:
    """From the report of the second contact to that of the call button."""
    act, rig = done_before(scene.bench.pressed, PRESSED), await scene.rig()
    contacts = rig.reported.door, rig.reported.call_button
    return await after_second_contact(scene, act, contacts, "die Ruftaste ist gemeldet")


async def missed(scene: Scene) -> Taken:
    """How many presses were not reported."""
    since_us, count = done_before(scene.bench.presses, "Wenn die Ruftaste 10-mal gedrückt wird")
    rig = await scene.rig()
    return Taken(max(0, count - times_reported(rig.reported.call_button, since_us)))


async def quiet(scene: Scene) -> Taken:
    """How often it was reported as pressed though nobody touched it; one that is pressed all the time counts once."""
    if scene.bench.presses or scene.bench.pressed:
        raise HarnessError("Die Ruftaste ist schon gedrückt worden: Was sie meldet, kann davon kommen.")
    (since_us, until_us), rig = spell_of(scene, LONG_S), await scene.rig()
    rows = rig.reported.call_button
    assert rows, "Die Ruftaste hat nichts gemeldet, auch nicht, dass niemand sie drückt."
    before = [pressed for at, pressed in rows if at <= since_us][-1:]
    within = [pressed for at, pressed in rows if since_us < at <= until_us]
    return Taken(sum([*before, *within]))


def _not_switched(slot: str, noun: str) -> Callable[[Scene], Awaitable[Taken]]:
    async def take(scene: Scene) -> Taken:
        done = done_before(scene.bench.switched.get(slot), f"Wenn {noun} 3-mal ein- und ausgeschaltet wird")
        return Taken(done.missed, 0.0, f"von {done.times} Schaltungen")

    return take


def _slowest(slot: str, noun: str) -> Callable[[Scene], Awaitable[Taken]]:
    async def take(scene: Scene) -> Taken:
        done = done_before(scene.bench.switched.get(slot), f"Wenn {noun} 3-mal ein- und ausgeschaltet wird")
        assert done.begun is not None, f"{title_of(slot)} hat kein einziges Mal geschaltet."
        took_s = done.longest_us / MICRO
        return Taken(took_s, done.begun.held_up_s(took_s), "ab dem Auftrag, das längste Mal")

    return take


def _outage(slot: str, noun: str) -> Callable[[Scene], Awaitable[Taken]]:
    """From an order that cannot be carried out to its being said."""

    async def take(scene: Scene) -> Taken:
        start, said_us = done_before(scene.bench.tried.get(slot), f"Wenn {noun} zu schalten versucht wird")
        assert said_us is not None, f"{title_of(slot)} hat den Auftrag angenommen, als wäre nichts."
        took_s = (said_us - start.at_us) / MICRO
        return Taken(took_s, start.held_up_s(took_s), "ab dem Auftrag")

    return take


async def _unlit(scene: Scene) -> Taken:
    """How many colours were not to be seen."""
    done = done_before(scene.bench.switched.get("lamp"), "Wenn die Lampe jede ihrer Farben zeigt")
    return Taken(done.missed, 0.0, f"von {done.times}")


LOOP, GLASS = ("induction_loop", "die Induktionsschleife"), ("privacy_glass", "das Sichtschutzglas")
DOOR_UNIT = {
    "Meldung der Ruftaste": Measure("ruftaste.meldung", "ms", "call_button", pressing, ("door",)),
    "Verpasste Tastendrücke": Measure("ruftaste.verpasst", "Stück", "call_button", missed),
    "Falsche Tastendrücke": Measure("ruftaste.fehlmeldungen", "Stück", "call_button", quiet),
    "Verpasste Schaltungen der Schleife": Measure("schleife.verpasst", "Stück", LOOP[0], _not_switched(*LOOP)),
    "Ausfall der Induktionsschleife": Measure("schleife.ausfall", "s", LOOP[0], _outage(*LOOP)),
    "Verpasste Schaltungen des Glases": Measure("glas.verpasst", "Stück", GLASS[0], _not_switched(*GLASS)),
    "Schaltzeit des Glases": Measure("glas.schaltzeit", "s", GLASS[0], _slowest(*GLASS)),
    "Verpasste Farben der Lampe": Measure("lampe.verpasst", "Stück", "lamp", _unlit),
    "Ausfall der Lampe": Measure("lampe.ausfall", "s", "lamp", _outage("lamp", "die Lampe")),
    "Ausfall des Sichtschutzglases": Measure("glas.ausfall", "s", GLASS[0], _outage(*GLASS)),
}
