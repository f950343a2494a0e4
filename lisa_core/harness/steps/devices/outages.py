"""How soon a device that fails is named: from its being cut off to the booth's knowing that it does not answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from lisa_core.equipment.slots.catalogue import title_of
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.devices.measure import MICRO, Measure, Taken, done_before

PATIENT_S = 90.0
"""So long it is waited until a device counts as failed: one on a network is asked now and then only."""
_NAMES: Mapping[str, tuple[str, str]] = {
    "presence": ("Ausfall des Präsenzsensors", "praesenz.ausfall"),
    "door": ("Ausfall des Türkontakts", "tuer.ausfall"),
    "scanner": ("Ausfall des Scanners", "scan.ausfall"),
    "signature_pad": ("Ausfall des Unterschriftenpads", "pad.ausfall"),
    "citizen_camera": ("Ausfall der Kamera", "kamera.ausfall"),
    "card_reader": ("Ausfall des Kartenlesers", "karte.ausfall"),
    "call_button": ("Ausfall der Ruftaste", "ruftaste.ausfall"),
    "document_camera": ("Ausfall der Dokumentenkamera", "tisch.ausfall"),
    "microphone": ("Ausfall des Mikrofons", "ton.ausfall"),
    "loudspeaker": ("Ausfall des Lautsprechers", "lautsprecher.ausfall"),
    "screen": ("Ausfall des Bildschirms", "bildschirm.ausfall"),
    "camera_head": ("Ausfall des Kamerakopfs", "kopf.ausfall"),
}


def _named(slot: str) -> Callable[[Scene], Awaitable[Taken]]:
    title = title_of(slot)

    async def take(scene: Scene) -> Taken:
        cut = done_before(scene.bench.failed.get(slot), f"Wenn {title[0].lower()}{title[1:]} ausfällt")
        rig = await scene.rig()

        def named_us() -> int | None:
            return next((loss.at_us for loss in reversed(rig.booth.losses) if loss.slot == slot), None)

        at_us = await scene.until_true(named_us, f"{title} ist als ausgefallen genannt", PATIENT_S)
        took_s = max(0, at_us - cut.at_us) / MICRO
        return Taken(took_s, cut.held_up_s(took_s), "ab dem Ausfall")

    return take


OUTAGES = {title: Measure(name, "s", slot, _named(slot)) for slot, (title, name) in _NAMES.items()}
