"""Measures of microphone and loudspeaker."""

from __future__ import annotations

from statistics import median

from lisa_core.harness.scene.bench import Listened
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.devices.measure import MICRO, Measure, Taken, done_before
from lisa_core.harness.steps.devices.sound.acts import BLOCK_S, PLAYS

SPOKEN = "Wenn 5 s lang in das Mikrofon gesprochen wird"
LOUD = 0.9
"""Of the blocks while somebody speaks as many are quieter than what counts as the voice: between words it is still."""


def _listened(scene: Scene) -> Listened:
    """What was heard. `AssertionError` with the fault of a microphone that said one, or of one that said nothing."""
    heard = done_before(scene.bench.listened, SPOKEN)
    assert heard.fault is None, f"{heard.fault}"
    assert heard.voice, "Das Mikrofon hat nichts gesendet."
    return heard


async def gaps(scene: Scene) -> Taken:
    """How much of the sound is missing."""
    heard = _listened(scene)
    due = heard.lasted_s / BLOCK_S
    late_s = heard.begun.held_up_s(heard.lasted_s)
    return Taken(max(0.0, 100 * (1 - len(heard.voice) / due)), 100 * late_s / heard.lasted_s)


async def above_noise(scene: Scene) -> Taken:
    """By how much a voice is louder than what is heard while nobody speaks."""
    heard = _listened(scene)
    assert heard.quiet, "Bevor gesprochen wurde, hat das Mikrofon nichts gesendet."
    loud = sorted(heard.voice)[int(LOUD * (len(heard.voice) - 1))]
    return Taken(round(loud - median(heard.quiet), 1), 0.0, "gegen die Sekunde davor")


async def cut_off(scene: Scene) -> Taken:
    """How many of the samples are at full scale, where what is louder is cut off."""
    return Taken(round(_listened(scene).full, 3))


async def tone_heard(scene: Scene) -> Taken:
    """From the order to the tone's being heard."""
    toned = done_before(scene.bench.toned, PLAYS)
    assert toned.heard_us is not None, toned.why
    took_s = (toned.heard_us - toned.begun.at_us) / MICRO
    return Taken(took_s, toned.begun.held_up_s(took_s), "ab dem Auftrag")


SOUND = {
    "Lücken im Ton": Measure("ton.luecken", "%", "microphone", gaps),
    "Abstand der Stimme zum Rauschen": Measure("ton.abstand", "dB", "microphone", above_noise),
    "Übersteuerung": Measure("ton.uebersteuert", "%", "microphone", cut_off),
    "Einsatz des Prüftons": Measure("lautsprecher.einsatz", "s", "loudspeaker", tone_heard),
}
