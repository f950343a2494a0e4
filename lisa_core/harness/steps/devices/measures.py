"""All measures of devices by their German names, and the sentence that compares one with its limit."""

from __future__ import annotations

from collections.abc import Mapping

from pytest_bdd import then

from lisa_core.domain.model.errors import HarnessError, NotCheckedError
from lisa_core.domain.model.nearest import nearest
from lisa_core.equipment.slots.catalogue import title_of
from lisa_core.harness.report.judgement import measured_text
from lisa_core.harness.report.measure import judged, limited
from lisa_core.harness.report.record import Verdict
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.devices.by_hand import BY_HAND
from lisa_core.harness.steps.devices.door_unit.measures import DOOR_UNIT
from lisa_core.harness.steps.devices.measure import Measure, why_no_reference
from lisa_core.harness.steps.devices.outages import OUTAGES
from lisa_core.harness.steps.devices.papers import PAPERS
from lisa_core.harness.steps.devices.pen import PEN
from lisa_core.harness.steps.devices.sensors import SENSORS
from lisa_core.harness.steps.devices.sight.measures import SIGHT
from lisa_core.harness.steps.devices.sound.measures import SOUND
from lisa_core.harness.steps.grounds import in_an_empty_booth
from lisa_core.harness.text.words import step

TITLE = "Messungen an Geräten"

MEASURES: Mapping[str, Measure] = {
    **SENSORS,
    **PAPERS,
    **PEN,
    **DOOR_UNIT,
    **SIGHT,
    **SOUND,
    **OUTAGES,
    **BY_HAND,
}


@then(step("liegt {was:Messgröße} in der Grenze"))
@in_an_empty_booth
@limited
async def measure_keeps_its_limit(scene: Scene, was: str) -> None:
    """Dann liegt „Meldung des Eintretens“ in der Grenze

    Die Grenze setzt die Anforderung, die über dem Szenario steht, zum Beispiel @anf:praesenzsensor.meldung. Wogegen
    gemessen wird, und wie unsicher das ist, steht bei ihr. Überdeckt die Unsicherheit die Grenze, so ist nichts
    entschieden.
    """
    if (measure := MEASURES.get(was)) is None:
        raise HarnessError(f"Die Messung „{was}“ gibt es nicht.{nearest(was, MEASURES)}")
    limits = [(name, limit) for name, limit in scene.settings.limits if limit.measurement == measure.name]
    if not limits:
        raise HarnessError(
            f"Für „{was}“ ({measure.name}) setzt keine Anforderung dieses Szenarios eine Grenze. "
            "Über das Szenario die schreiben, die es tut: @anf:praesenzsensor.meldung"
        )
    if measure.slot and measure.slot not in (await scene.rig()).profile.slots:
        raise NotCheckedError(f"Dieses Bürgerbüro hat nicht, wonach gefragt ist: {title_of(measure.slot)}.")
    if why := why_no_reference(scene, measure):
        raise NotCheckedError(why)
    slots = [slot for slot in (measure.slot, *measure.against) if slot]
    scene.witness.used(slots)
    taken = await measure.take(scene)
    value, late = round(taken.value, 3), round(taken.held_up, 3)
    scene.measure(measure.name, value, measure.unit, held_up=late, since=taken.since, slots=slots)
    for name, limit in limits:
        found = judged(scene.measurements[-1], name, limit)
        assert found.verdict is not Verdict.FAILED, measured_text(found)
