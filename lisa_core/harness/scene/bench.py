"""What was done with devices themselves in a scenario, and when: what their measures are taken from.

A visit is not needed for it. Times are the loop's, in microseconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.frames import Frame
from lisa_core.domain.model.readings import PenSample, ScannedPage
from lisa_core.harness.loop.holdup import Waited, held_up_s, waited
from lisa_core.host.clock import now_us


@dataclass(frozen=True, slots=True)
class Begun:
    """When something began, and how long this program had waited for a processor by then."""

    at_us: int
    idle: Waited

    def held_up_s(self, took_s: float) -> float:
        """How much of a time that began here was spent waiting."""
        return held_up_s(self.idle, waited(), took_s)


def begun() -> Begun:
    """Now."""
    return Begun(now_us(), waited())


@dataclass(frozen=True, slots=True)
class Scanned:
    """What came of a scan that was asked of the device directly: `sheets` were meant to come."""

    sheets: int
    begun: Begun
    ended_us: int
    pages: tuple[ScannedPage, ...]
    fault: DeviceFault | None = None


@dataclass(frozen=True, slots=True)
class Filmed:
    """Pictures of a camera: the width and height of each, and when it came."""

    begun: Begun
    ended_us: int
    pictures: tuple[tuple[int, int, int], ...]
    """At, width, height."""
    fault: DeviceFault | None = None
    newest: Frame | None = None
    """The last picture of a camera over the table; none of one that shows people is kept."""


@dataclass(frozen=True, slots=True)
class Listened:
    """What a microphone has said before somebody spoke (`quiet`) and meanwhile: of each block its level, in dB of full
    scale. `full`: the share of samples at full scale while somebody spoke, in per cent. Nothing of what was said is
    kept.
    """

    begun: Begun
    lasted_s: float
    quiet: tuple[float, ...]
    voice: tuple[float, ...]
    full: float
    fault: DeviceFault | None = None


@dataclass(frozen=True, slots=True)
class Toned:
    """A test tone: when it was sent to the loudspeaker, and when it was heard; or why it was not."""

    begun: Begun
    heard_us: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Switched:
    """Something that is on or off was switched so many times; `missed`: how often nothing came of it."""

    times: int
    missed: int = 0
    longest_us: int = 0
    begun: Begun | None = None
    """When the switching that took longest began."""


@dataclass(frozen=True, slots=True)
class Turned:
    """A camera head was sent to several places: how long the longest way took, and by how much it missed at most.

    `off` is in thousandths of the way (`HeadPosition`).
    """

    begun: Begun
    longest_us: int
    off: int
    fault: DeviceFault | None = None


@dataclass(slots=True)
class Bench:
    """The newest of each; None: it was not done yet."""

    spell: tuple[int, int] | None = None
    """From when to when nothing was done: the last step that let time pass."""
    idle: Begun | None = None
    """When that time began."""
    mark_cm: int | None = None
    """At which mark on the floor somebody stands."""
    left: Begun | None = None
    """When somebody began to leave."""
    failed: dict[str, Begun] = field(default_factory=dict)
    """When a device was cut off, by its slot."""
    opened: Begun | None = None
    """When the door was opened with a second contact on it."""
    swings: tuple[int, int] | None = None
    """Since when the door was opened and closed, and how often."""
    laid: Begun | None = None
    """When a card was laid on the reader."""
    scanned: Scanned | None = None
    pen: tuple[tuple[int, PenSample], ...] | None = None
    """What the pad reported of one stroke, each with the time at which it came."""
    pen_fault: DeviceFault | None = None
    pen_begun: Begun | None = None
    printed: Begun | None = None
    """When a sheet was sent to the printer."""
    control: str = ""
    """The number on the sheet that was printed, where somebody is to read it off."""
    refused_us: int | None = None
    """When the printer said that it does not print it."""
    filmed: Filmed | None = None
    table: Filmed | None = None
    """The same of the camera over the table."""
    pressed: Begun | None = None
    """When the call button was pressed with a second contact on it."""
    presses: tuple[int, int] | None = None
    """Since when the call button was pressed, and how often."""
    listened: Listened | None = None
    toned: Toned | None = None
    turned: Turned | None = None
    touched: tuple[Begun, str] | None = None
    """When a button of the screen was touched, and which."""
    switched: dict[str, Switched] = field(default_factory=dict)
    """By slot."""
    tried: dict[str, tuple[Begun, int | None]] = field(default_factory=dict)
    """By slot when something was asked of a device that cannot do it, and when it said so."""

    def passed(self, start: Begun) -> None:
        """Since then nothing was done, until now."""
        self.spell, self.idle = (start.at_us, now_us()), start
