"""Steps of what goes wrong: devices that fall silent, a line that is cut, power that fails."""

from __future__ import annotations

from pytest_bdd import given, then, when

from lisa_core.domain.model.errors import HarnessError, NotCheckedError
from lisa_core.domain.model.screen import ScreenScene
from lisa_core.equipment.slots.catalogue import DEVICE_OF_SLOT, FAILING, FAILS, FAULTS, SLOTS
from lisa_core.equipment.slots.declaration import Fault
from lisa_core.harness.scene.bench import begun
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.grounds import VOICE, of_a_talk
from lisa_core.harness.steps.talk import goes_on
from lisa_core.harness.text.words import step

TITLE = "Störungen"

SLOW_S = 0.5
"""How long a message takes on a slow line."""


@when(step("{geraet:Geraet} ausfällt"))
async def device_fails(scene: Scene, geraet: str) -> None:
    """Wenn der Präsenzsensor ausfällt"""
    await _fail(scene, *_silence(geraet))


@when(step("{geraet:Geraet} wieder antwortet"))
async def device_answers(scene: Scene, geraet: str) -> None:
    """Wenn der Präsenzsensor wieder antwortet"""
    _, fault = _silence(geraet)
    await scene.happens(f"heal {fault.name}", lambda: scene.disturb("heal", fault=fault.name))


@given(step("{stoerung:Störung}"))
async def device_is_faulty(scene: Scene, stoerung: str) -> None:
    """Angenommen der Präsenzsensor antwortet nicht mehr

    Was mit jedem Gerät nicht stimmen kann, steht unten bei „Störung“. Es bleibt so, bis es wieder in Ordnung ist.
    """
    if stoerung not in FAILS:
        raise HarnessError(f"Die Störung „{stoerung}“ gibt es nicht.")
    slot, fault = FAILS[stoerung]
    if fault.wire and (await scene.rig()).opened.slots is not None:
        raise NotCheckedError(
            f"„{stoerung}“ gibt es nur auf einer Leitung; im Modell ist keine. Ohne --clock virtual ausführen, oder "
            "@stufe:wire über das Szenario schreiben: dann ist es hier nicht anwendbar."
        )
    await _fail(scene, slot, fault)


@when(step("{geraet:Geraet} wieder in Ordnung ist"))
async def device_is_well(scene: Scene, geraet: str) -> None:
    """Wenn der Präsenzsensor wieder in Ordnung ist

    Keine seiner Störungen besteht mehr.
    """
    name = next((name for name, slot in SLOTS.items() if slot.noun == geraet), "")
    if not name:
        raise HarnessError(f"Das Gerät „{geraet}“ gibt es nicht.")

    async def heal() -> None:
        for fault in SLOTS[name].faults:
            await scene.disturb("heal", fault=fault.name)

    await scene.happens(f"mend {name}", heal)


@when(step("das Netz wegbricht"))
async def line_breaks(scene: Scene) -> None:
    """Wenn das Netz wegbricht"""
    await (await scene.rig()).line.cut()


@when(step("das Netz wieder da ist"))
async def line_is_back(scene: Scene) -> None:
    """Wenn das Netz wieder da ist"""
    (await scene.rig()).line.mend()


@when(step("das Netz langsam wird"))
async def line_slows_down(scene: Scene) -> None:
    """Wenn das Netz langsam wird

    Was zwischen Bürgerbüro und Landkreis gemeldet wird, braucht je eine halbe Sekunde; Bild und Ton gehen ihren Weg.
    """
    (await scene.rig()).line.delay_s = SLOW_S


@when(step("das Netz wieder schnell ist"))
async def line_is_quick(scene: Scene) -> None:
    """Wenn das Netz wieder schnell ist"""
    (await scene.rig()).line.delay_s = 0.0


@when(step("der Strom ausfällt und wiederkommt"))
async def power_fails(scene: Scene) -> None:
    """Wenn der Strom ausfällt und wiederkommt"""
    await scene.restart()


@then(step("geht das Gespräch mit {wem:Mitarbeiterin} weiter"))
@of_a_talk
async def talk_goes_on(scene: Scene, wem: str) -> None:
    """Dann geht das Gespräch mit Frau Brandt weiter

    Sie ist auf dem Bildschirm, und was sie sagt, kommt an.
    """
    rig, desk = await scene.rig(), await scene.desk(wem)
    await rig.screen.until(lambda s: s.view.scene is ScreenScene.TALK and s.face, "das Gespräch")
    leg = await scene.until_true(lambda: desk.leg, f"{wem} ist im Gespräch")
    await goes_on(scene, lambda: rig.screen.faces, f"das Bild von {wem} in der Kabine")
    leg.speak(1.0)
    await scene.until_true(lambda: rig.booth.voice_level() > VOICE, f"{wem} ist in der Kabine zu hören")


async def _fail(scene: Scene, slot: str, fault: Fault) -> None:
    scene.witness.excuse(DEVICE_OF_SLOT.get(slot, slot))
    await scene.happens(f"fail {fault.name}", lambda: scene.disturb("fail", fault=fault.name))
    scene.bench.failed[slot] = begun()


def _silence(noun: str) -> tuple[str, Fault]:
    """The slot that is called so, and the fault that it does not answer."""
    if noun not in FAILING:
        raise HarnessError(f"Das Gerät „{noun}“ kann hier nicht ausfallen. Bekannt sind: {', '.join(FAILING)}.")
    return next(name for name, slot in SLOTS.items() if slot.noun == noun), FAULTS[FAILING[noun]]
