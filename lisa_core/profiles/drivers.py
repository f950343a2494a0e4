"""Which drivers there are, which slots each of them serves, and which options it understands there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from lisa_core.model.errors import ProfileError
from lisa_core.model.nearest import nearest
from lisa_core.transports.address import (
    CAMERAS,
    HTTP,
    MICROPHONES,
    RAW_PORT,
    network_address,
    place_address,
    serial_address,
)

EMULATOR = "emulator"

BUS_DRIVER = "modbus-io"
PAGE_DRIVER = "page"


@dataclass(frozen=True, slots=True)
class Options:
    """The options that a driver takes for one slot, each with its type, and those that it cannot do without."""

    known: Mapping[str, type] = field(default_factory=dict)
    needed: tuple[str, ...] = ()


_CAMERA = Options({"width": int, "height": int, "fps": int, "format": str})
_BUS: Mapping[str, type] = {"unit": int, "baudrate": int, "parity": str, "inputs": int, "poll_ms": int}
_CONTACT = Options({**_BUS, "channel": int, "inverted": bool}, ("channel",))
_SWITCH = Options({**_BUS, "channel": int}, ("channel",))
_LAMP = Options({**_BUS, "red": int, "yellow": int, "green": int}, ("red", "yellow", "green"))

SERVES: Mapping[str, Mapping[str, Options]] = {
    "hlk-ld2410": {"presence": Options({"baudrate": int})},
    BUS_DRIVER: {"door": _CONTACT, "call_button": _CONTACT, "privacy_glass": _SWITCH, "lamp": _LAMP},
    "escl": {"scanner": Options({"timeout_s": float, "tries": int, "pause_s": float})},
    "wacom-stu": {"signature_pad": Options({"model": str, "crc": str})},
    "camera": {"citizen_camera": _CAMERA, "document_camera": _CAMERA},
    "microphone": {"microphone": Options()},
    "raw-print": {"printer": Options({"timeout_s": float})},
    PAGE_DRIVER: {"screen": Options()},
}
BINDINGS: Mapping[str, Callable[[str], object]] = {
    "hlk-ld2410": serial_address,
    BUS_DRIVER: serial_address,
    "escl": partial(network_address, grammar=HTTP),
    "wacom-stu": serial_address,
    "camera": partial(place_address, kinds=CAMERAS),
    "microphone": partial(place_address, kinds=MICROPHONES),
    "raw-print": partial(network_address, grammar=RAW_PORT),
    PAGE_DRIVER: str,
}
"""How each driver reads its binding; raises `ProfileError` for what can never be one."""
_OUTPUT = (1, 65_536)
RANGES: Mapping[str, tuple[float, float]] = {
    "unit": (1, 255),
    "baudrate": (50, 4_000_000),
    "inputs": (1, 2_000),  # so many one question can ask for
    "poll_ms": (1, 60_000),
    **dict.fromkeys(("channel", "red", "yellow", "green"), _OUTPUT),
    "timeout_s": (0.01, 3_600),
    "tries": (1, 1_000),
    "pause_s": (0, 3_600),
    **dict.fromkeys(("width", "height"), (1, 16_384)),
    "fps": (1, 240),
}
"""The least and the greatest value of an option that is a number, whichever driver it is for."""
WORDS: Mapping[str, tuple[str, ...]] = {"parity": ("N", "E", "O")}
"""What an option that is a word may be, where every driver that has it takes the same."""
_TYPES: Mapping[type, str] = {
    int: "eine ganze Zahl",
    float: "eine Zahl",
    bool: "true oder false",
    str: 'Text in Anführungszeichen ("...")',
}


def driver_faults(slot: str, driver: str, binding: str, given: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a slot's driver, its address and its options, as sentences; nothing when it may be opened."""
    where = f"slots.{slot}"
    if driver not in SERVES:
        yield f"{where}: Den Treiber „{driver}“ gibt es nicht.{nearest(driver, list(SERVES))}"
        return
    options = SERVES[driver].get(slot)
    if options is None:
        fitting = ", ".join(name for name, slots in SERVES.items() if slot in slots)
        yield f"{where}: Der Treiber „{driver}“ kann das nicht. Hierher passt: {fitting}."
        return
    if binding != EMULATOR:
        try:
            BINDINGS[driver](binding)
        except ProfileError as error:
            yield f"{where}.binding: {error}"
    for key, value in given.items():
        if key not in options.known:
            known = ["driver", "binding", *options.known]
            yield f"Den Schlüssel „{where}.{key}“ gibt es nicht.{nearest(key, known)}"
        elif not _is(value, options.known[key]):
            must = _TYPES[options.known[key]]
            yield f"Der Schlüssel „{where}.{key}“ muss {must} sein; hier steht {value!r}."
        elif key in RANGES and not RANGES[key][0] <= value <= RANGES[key][1]:
            least, most = RANGES[key]
            yield f"Der Schlüssel „{where}.{key}“ muss zwischen {least} und {most} liegen; hier steht {value}."
        elif key in WORDS and value not in WORDS[key]:
            yield f"Der Schlüssel „{where}.{key}“ muss {' oder '.join(WORDS[key])} sein; hier steht {value!r}."
    for key in options.needed:
        if key not in given:
            yield f"Der Schlüssel „{where}.{key}“ fehlt."


def _is(value: Any, kind: type) -> bool:
    if kind is float:
        return type(value) in (int, float)
    return type(value) is kind
