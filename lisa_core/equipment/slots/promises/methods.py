"""What every slot promises, whoever serves it: the methods of its protocol as values, and how long each may take. Pure.

A driver in another language gets its messages from here (`equipment.codecs.adapter`), a driver of others is held to it
(`config.foreign_device`). A new kind of slot needs nothing but its protocol.
"""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterable, Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import NoneType
from typing import get_args, get_origin, get_type_hints

from lisa_core.domain.model.frames import AudioBlock, Frame
from lisa_core.domain.model.readings import PadInfo, PenSample, PresenceReport, ScannedPage

ANSWER_S = 10.0
"""So long one call may take, and what reports for ever until its first report."""
WORK_S = 300.0
"""So long a sheet may take to be printed or scanned."""
TURN_S = 60.0
"""So long a camera may take to turn."""
LONG: Mapping[str, float | None] = {"hand_out": WORK_S, "aim": TURN_S, "recall": TURN_S, "play": None}
"""Calls that may take longer; None: as long as there is something to be heard."""
AT_ONCE = frozenset({"reports", "states", "frames", "blocks", "cards"})
"""Iterators that have something to say from the beginning; the others wait for somebody."""
SILENCE_S: Mapping[type, float] = {PresenceReport: 1.0, Frame: 2.0, AudioBlock: 2.0}
"""What reports for ever and is silent for so long has failed; other values come when something changes."""
NEWEST: Mapping[type, int] = {PresenceReport: 20, Frame: 1, AudioBlock: 25}
"""Of these a late reader gets so many, the newest; of all others every one."""
IDENTIFY = "identify"
_PAGES = ("image/jpeg", "image/png")


@dataclass(frozen=True, slots=True)
class Method:
    """One method of a slot: `args` by name with their types; `takes` is the name and type of what is handed over one
    by one while it runs; it `gives` one value when it ends, or, if it `reports`, many until then."""

    name: str
    args: Mapping[str, object]
    gives: object
    reports: bool
    takes: tuple[str, object] | None = None

    @property
    def is_endless(self) -> bool:
        """Whether it reports until nobody listens any more: it ends by a fault only."""
        return self.reports and self.name in AT_ONCE

    @property
    def first_s(self) -> float | None:
        """Seconds until it has to say something for the first time; None: it may wait for ever."""
        if not self.reports:
            return LONG.get(self.name, ANSWER_S)
        return ANSWER_S if self.name in AT_ONCE else WORK_S if self.args else None

    @property
    def next_s(self) -> float | None:
        """Seconds until the next report, once there was one; None: it may wait for ever."""
        if isinstance(self.gives, type) and self.gives in SILENCE_S:
            return SILENCE_S[self.gives]
        return None if self.name in AT_ONCE else self.first_s


@cache
def methods_of(protocol: type) -> Mapping[str, Method]:
    """All that a slot with this protocol is asked, by name, but who its device is."""
    own = {name: one for name, one in vars(protocol).items() if not name.startswith("_") and name != IDENTIFY}
    return {name: _method(name, one) for name, one in own.items()}


def _method(name: str, function: Callable[..., object]) -> Method:
    hints = get_type_hints(function)
    gives = hints.pop("return")
    takes = next(((arg, get_args(hint)[0]) for arg, hint in hints.items() if get_origin(hint) is AsyncIterable), None)
    args = {arg: hint for arg, hint in hints.items() if takes is None or arg != takes[0]}
    if inspect.iscoroutinefunction(function):
        return Method(name, args, gives, reports=False, takes=takes)
    return Method(name, args, get_args(gives)[0], reports=True, takes=takes)


def flaw(value: object) -> str:
    """What is wrong with a value whose fields have the right types, as the end of a sentence; "" when nothing is."""
    match value:
        case Frame(width, height, rgb):
            wanted = width * height * 3
            fits = width > 0 and height > 0 and len(rgb) == wanted
            return "" if fits else f"ein Bild von {width} x {height} hat {wanted} Byte (rgb), hier sind es {len(rgb)}"
        case AudioBlock(pcm):
            return "" if len(pcm) == 1920 else f"20 ms Ton sind 1920 Byte (pcm), hier sind es {len(pcm)}"
        case ScannedPage(data, media_type):
            known = media_type in _PAGES and data
            return "" if known else f"eine Seite ist nicht leer und {' oder '.join(_PAGES)}, hier {media_type!r:.40}"
        case PresenceReport(moving_cm, still_cm, moving_energy, still_energy, people):
            return "" if _is_report(moving_cm, still_cm, moving_energy, still_energy, people) else _REPORT
        case PadInfo(max_x=max_x, max_y=max_y, max_pressure=pressure, rate_hz=rate):
            return "" if all(0 < one <= _MOST for one in (max_x, max_y, pressure, rate)) else _PAD
        case PenSample(x=x, y=y, pressure=pressure):
            return "" if all(0 <= one <= _MOST for one in (x, y, pressure)) else _PEN
        case _:
            return ""


_MOST = 1_000_000
_PAD = f"die Maße eines Pads liegen bei 1 bis {_MOST}"
_PEN = f"die Werte eines Stifts liegen bei 0 bis {_MOST}"
_REPORT = "Abstände liegen bei 0 bis 10000 cm, Energien bei 0 bis 100, Personen bei 0 bis 100"


def _is_report(*numbers: int | None) -> bool:
    most = (10_000, 10_000, 100, 100, 100)
    return all(number is None or 0 <= number <= limit for number, limit in zip(numbers, most, strict=True))


def is_nothing(kind: object) -> bool:
    """Whether a method answers without a value."""
    return kind is NoneType
