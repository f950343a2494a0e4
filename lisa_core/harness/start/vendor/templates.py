"""For which slots there is a start for a driver of one's own, and what somebody does who asks for another.

A start stands in `fixtures/new_driver`, one folder for each protocol; slots that share it differ by a few words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lisa_core.harness.text.language import say


@dataclass(frozen=True, slots=True)
class Template:
    """A folder of `fixtures/new_driver`, and the words in it that are others for this slot."""

    folder: str
    changes: Mapping[str, str] = field(default_factory=dict)


_BUTTON = {
    "door_open(world, at_us)": "button_pressed(world)",
    "beside, door_open, now_us": "beside, button_pressed, now_us",
    '"open_door"': '"press_button"',
    '"close_door"': '"release_button"',
}
TEMPLATES: Mapping[str, Template] = {
    "presence": Template("presence"),
    "door": Template("contact"),
    "call_button": Template("contact", _BUTTON),
    "privacy_glass": Template("switch"),
    "lamp": Template("lamp"),
    "scanner": Template("scanner"),
    "signature_pad": Template("signature_pad"),
    "printer": Template("printer"),
    "induction_loop": Template("switch", {'SLOT = "privacy_glass"': 'SLOT = "induction_loop"'}),
    "camera_head": Template("camera_head"),
    "card_reader": Template("card_reader"),
}


def unsuited(slot: str) -> str:
    """What to do instead for a slot for which a line protocol makes no sense; "" for any other."""
    match slot:
        case "citizen_camera" | "document_camera":
            return say(
                "Eine Kamera, die der Rechner als /dev/video* führt, braucht keinen eigenen Treiber: {profile}. "
                "Aus einer anderen macht zum Beispiel v4l2loopback eine solche.",
                profile='driver = "camera", binding = "video:/dev/video0"',
            )
        case "microphone" | "loudspeaker":
            return say(
                "Was der Tondienst dieses Rechners führt (pactl list short), braucht keinen eigenen Treiber: "
                "{profile}.",
                profile='driver = "audio", binding = "audio:NAME"',
            )
        case "screen":
            return say(
                "Den Bildschirm bedient das Bürgerbüro selbst, als Seite im Browser: {profile}.",
                profile='driver = "page"',
            )
        case _:
            return ""
