"""What devices report and accept, in physical units, free of any wire format."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class PresenceReport:
    """One radar report: distances in centimetres, None where that kind of target is absent; energies 0..100.

    `people`: how many are seen, by a radar that can tell them apart; None by one that cannot.
    """

    moving_cm: int | None = None
    still_cm: int | None = None
    moving_energy: int = 0
    still_energy: int = 0
    people: int | None = None

    @property
    def present(self) -> bool:
        """Whether the radar sees anyone at all."""
        return self.moving_cm is not None or self.still_cm is not None


class LampColour(Enum):
    """The lamp above the booth's door: free, in use, out of order, dark."""

    OFF = "aus"
    GREEN = "gruen"
    YELLOW = "gelb"
    RED = "rot"


class ScanSource(Enum):
    """Where the scanner takes its sheets from."""

    PLATEN = "vorlagenglas"
    FEEDER = "einzug"


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """What is asked of the scanner."""

    source: ScanSource = ScanSource.FEEDER
    resolution_dpi: int = 150
    colour: bool = False


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page as the scanner delivered it; `media_type` is image/jpeg or image/png."""

    data: bytes
    media_type: str
    resolution_dpi: int


@dataclass(frozen=True, slots=True)
class PadInfo:
    """What a signature pad says of itself: pen units, full pressure, reports per second.

    `says_when_armed`: each capture begins with `WRITE_NOW`; of a pad that does not, nobody knows when it is ready.
    """

    model: str
    max_x: int
    max_y: int
    max_pressure: int
    rate_hz: int
    says_when_armed: bool = False


@dataclass(frozen=True, slots=True)
class PenSample:
    """One pen report: position in pad units, pressure 0..max_pressure, `near` the surface, `down` touching it."""

    at_us: int
    x: int
    y: int
    pressure: int
    near: bool
    down: bool


WRITE_NOW = PenSample(0, 0, 0, 0, near=False, down=False)
"""How a capture begins: the pad is ready, and from now on nothing of the pen is lost. No pen, so it is no stroke."""


@dataclass(frozen=True, slots=True)
class DeviceIdentity:
    """What a device says it is; empty where it does not say."""

    vendor: str = ""
    model: str = ""
    serial: str = ""
    firmware: str = ""


class CardKind(Enum):
    """What lies on the card reader. Of a card nothing else is known: not whose it is, and nothing that stands on it."""

    NONE = "keine"
    CHIP = "chip"
    """A card with programs of its own: an identity card, a bank card."""
    STORAGE = "speicher"
    """Memory only: a ticket, a key."""
    UNREADABLE = "unlesbar"
    """Something that does not answer as a card does; or several at once."""


HEAD_MOST = 1000
"""As far as a camera head turns to one side; of its zoom, as near as it goes."""


class Aim(Enum):
    """What an agent wants to see of the table."""

    NEARER = "naeher"
    FURTHER = "weiter"
    LEFT = "links"
    RIGHT = "rechts"
    UP = "hoch"
    DOWN = "runter"
    PAPERS = "alles"


class HeadPreset(Enum):
    """Places that a camera head knows: at rest, and as papers are shown whole."""

    HOME = "ruhe"
    PAPERS = "unterlagen"


@dataclass(frozen=True, slots=True)
class HeadPosition:
    """In thousandths of the way: `pan` (left to right) and `tilt` (down to up) -1000 to 1000, `zoom` 0 to 1000.

    All zero: everything in sight.
    """

    pan: int = 0
    tilt: int = 0
    zoom: int = 0
