"""How devices fail: the faults that the slots of `equipment.slots.devices` declare, device by device. Pure.

Three kinds: a device that is silent (`silent`), bytes that suffer on their way (`on_the_wire`), and what a device does
wrong while it answers, each a `Fault` of its own in the table of its device below. What an emulated device makes of a
fault stands in its own file under `emulator/devices`; what comes of it for people says `reaction`, and
docs/devices/faults.md lists all of them.
"""

from __future__ import annotations

from lisa_core.equipment.slots.declaration import SILENT, Fault

_TOLD = "Die Mitarbeiterin erfährt es, sobald sie das Gespräch hat, und ebenso, wenn das Gerät wieder antwortet"


def silent(device: str, code: str, reaction: str, told: str = _TOLD) -> Fault:
    """The device that does not answer any more; slots that share one share this fault. `told`: who learns it when."""
    return Fault(f"{device}.{SILENT}", "antwortet nicht mehr", f"{told}; {reaction}.", code)


_RESYNC = (
    "Niemand merkt etwas: Was beschädigt ist, wird verworfen und nie gedeutet, und die nächste heile Meldung zählt; "
    "kommt gar keine an, gilt das Gerät als stumm"
)
_WHOLE = "Niemand merkt etwas: Eine Meldung zählt, sobald sie ganz da ist"
_LATE = "Wer darauf wartet, wartet länger; dauert es zu lange, gilt das Gerät als stumm, bis es wieder antwortet"
_WIRE: dict[str, tuple[str, str]] = {
    "rauschen": ("sendet Unsinn zwischen den Meldungen", _RESYNC),
    "bitfehler": ("sendet einzelne Bits falsch", _RESYNC),
    "abgeschnitten": ("bricht Meldungen in der Mitte ab", _RESYNC),
    "laenge": ("nennt falsche Längen", _RESYNC),
    "zerstueckelt": ("sendet in Bruchstücken", _WHOLE),
    "troepfelt": ("sendet Byte für Byte", _WHOLE),
    "stockt": ("stockt mitten in einer Meldung", _LATE),
    "abgezogen": (
        "ist abgezogen",
        f"{_TOLD}; wieder eingesteckt, wird es von selbst geöffnet, und eine angefangene Meldung ist verworfen",
    ),
    "umgesteckt": (
        "steckt an einem anderen Anschluss",
        f"{_TOLD}; am Anschluss, den das Profil nennt, wird es von selbst wieder geöffnet",
    ),
}
SERIAL = tuple(_WIRE)
"""What happens to bytes on a serial line, by word."""
NETWORK = ("zerstueckelt", "troepfelt", "stockt", "abgeschnitten")
"""What is left of that where TCP checks every byte."""


def on_the_wire(device: str, code: str = "link.lost") -> tuple[Fault, ...]:
    """What happens to the bytes that this device sends; `code` is what its driver says when it is unplugged."""
    plugs = ("abgezogen", "umgesteckt")
    return tuple(
        Fault(f"{device}.{word}", says, f"{reaction}.", code if word in plugs else "", wire=True)
        for word, (says, reaction) in _WIRE.items()
    )


def on_the_network(device: str, code: str) -> tuple[Fault, ...]:
    """The same for a device at a network; `code` is what its driver says of an answer that broke off."""
    cut = f"Was nur halb kam, zählt nicht; {_TOLD[0].lower()}{_TOLD[1:]}, und es wird noch einmal versucht."
    return tuple(
        Fault(f"{device}.{word}", _WIRE[word][0], cut if code else f"{_WIRE[word][1]}.", code, wire=True)
        for word, code in ((word, code if word == "abgeschnitten" else "") for word in NETWORK)
    )


PRESENCE = (
    silent(
        "presence", "presence.silent", "das Gespräch geht weiter, und wer gegangen ist, zählt, sobald er wieder meldet"
    ),
    *on_the_wire("presence"),
)
DOOR_UNIT = silent(
    "door",
    "door.silent",
    "das Gespräch geht weiter; Glas, Lampe und Schleife werden gestellt, sobald die Einheit wieder antwortet",
)
"""Door contact, call button, glass, lamp and loop hang on one unit, and are silent together."""
DOOR = (DOOR_UNIT, *on_the_wire("door"))
CALL_BUTTON = (DOOR_UNIT,)
PRIVACY_GLASS = (DOOR_UNIT,)
LAMP = (DOOR_UNIT,)
INDUCTION_LOOP = (DOOR_UNIT,)
SCANNER = (
    silent(
        "scanner",
        "scanner.offline",
        "auch die Bürgerin liest es; was eingescannt ist, bleibt, und der Rest wird danach noch einmal eingescannt",
    ),
    *on_the_network("scanner", "scanner.io"),
)
SIGNATURE_PAD = (
    silent(
        "signature-pad",
        "pad.silent",
        "eine angefangene Unterschrift wird verworfen, und unterschrieben wird, sobald es wieder antwortet",
    ),
    *on_the_wire("signature-pad", "pad.lost"),
)
PRINTER = (
    silent(
        "printer",
        "printer.offline",
        "der Besuch geht ohne das Blatt weiter, das niemand als ausgehändigt zählt",
        "Die Mitarbeiterin erfährt es, spätestens wenn gedruckt wird",
    ),
    *on_the_network("printer", "printer.offline"),
)


def camera(device: str, instead: str) -> tuple[Fault, ...]:
    """What befalls a camera; `instead`: what the agent has while it shows nothing."""
    gone = f"{_TOLD}; {instead}, nie ein altes Bild, und ein neues erscheint von selbst."
    return (
        silent(device, "camera.frozen", instead),
        Fault(f"{device}.standbild", "zeigt immer dasselbe Bild", gone, "camera.frozen"),
        Fault(f"{device}.schwarz", "zeigt nur Schwarz", gone, "camera.blank"),
        Fault(f"{device}.gruen", "zeigt nur Grün", gone, "camera.blank"),
        Fault(f"{device}.weg", "ist abgesteckt", gone, "camera.lost"),
        Fault(
            f"{device}.groesse",
            "zeigt halb so große Bilder",
            "Das Bild geht nach einem Augenblick in der neuen Größe weiter; war es dafür kurz weg, erfährt sie es.",
        ),
        Fault(
            f"{device}.langsam",
            "zeigt nur ein Bild je Sekunde",
            "Das Bild ruckt, sonst geht alles weiter; niemand wird darauf hingewiesen.",
        ),
    )


CITIZEN_CAMERA = camera("citizen-camera", "statt des Bildes sieht sie eine Blende, hören können sich beide")
DOCUMENT_CAMERA = camera("document-camera", "statt der Unterlagen sieht sie eine Blende")
MICROPHONE = (silent("microphone", "microphone.frozen", "sie hört nichts mehr, sehen können sich beide"),)
LOUDSPEAKER = (
    silent("loudspeaker", "loudspeaker.lost", "sie sehen einander, und die Bürgerin hört sie erst danach wieder"),
)
SCREEN = (
    silent(
        "screen",
        "screen.closed",
        "hören können sich beide, keine Berührung zählt, und wieder da zeigt er, was jetzt gilt",
    ),
)
CAMERA_HEAD = (
    silent(
        "camera-head",
        "camera_head.silent",
        "das Gespräch geht weiter, und das Bild bleibt, wie es ist, bis der Kopf wieder antwortet",
    ),
    *on_the_wire("camera-head"),
)
CARD_READER = (silent("card-reader", "card_reader.silent", "das Gespräch geht ohne Kartenleser weiter"),)
