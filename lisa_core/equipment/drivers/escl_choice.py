"""What is asked of a scanner, chosen from what it offers; and why it cannot be used, in a sentence. Pure.

A booth wishes for grey at 150 dpi, and takes what comes nearest: few scanners offer just that. Of the resolutions it is
the lowest at or above the wish; where there is none up to the limit, the highest below.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lisa_core.domain.model.readings import ScanSettings, ScanSource
from lisa_core.equipment.codecs import escl

FORMATS = ("image/jpeg", "image/png")
"""What is asked for, best first; a page is always one of these."""
MOST_DPI = 600
"""A sheet of A4 at more dpi has more points than a page may have here."""

SOURCES: Mapping[ScanSource, escl.Source] = {
    ScanSource.PLATEN: escl.Source.PLATEN,
    ScanSource.FEEDER: escl.Source.FEEDER,
}
_NAMES: Mapping[ScanSource, str] = {ScanSource.PLATEN: "vom Vorlagenglas", ScanSource.FEEDER: "aus dem Einzug"}
_MISSING: Mapping[ScanSource, str] = {
    ScanSource.PLATEN: "Er hat kein Vorlagenglas: das Blatt in den Einzug legen und aus dem Einzug scannen.",
    ScanSource.FEEDER: "Er hat keinen Einzug: jedes Blatt einzeln auf das Vorlagenglas legen und von dort scannen.",
}
ABILITIES: Mapping[ScanSource, str] = {ScanSource.FEEDER: "einzug", ScanSource.PLATEN: "glas"}
COLOUR, NAMED, BOTH_SIDES = "farbe", "kennung", "beidseitig"
_ONE_SIDE = "Er scannt aus dem Einzug nur eine Seite der Blätter: duplex = true aus dem Profil nehmen."
_GREY = (escl.ColourMode.GREY, escl.ColourMode.COLOUR, escl.ColourMode.BLACK_WHITE)
_COLOUR = (escl.ColourMode.COLOUR, escl.ColourMode.GREY, escl.ColourMode.BLACK_WHITE)
_SHEET = escl.Region()


@dataclass(frozen=True, slots=True)
class ScanWish:
    """What the profile wants of every scan; None: what the desk asks for. `duplex`: both sides of each sheet."""

    resolution_dpi: int | None = None
    colour: bool | None = None
    most_dpi: int = MOST_DPI
    duplex: bool = False

    def offer(self, caps: escl.Capabilities, source: ScanSource) -> escl.InputCaps | None:
        """What the scanner can at this source as this profile uses it; one that knows only both sides gives both."""
        both = self.duplex and source is ScanSource.FEEDER
        return caps.offer(SOURCES[source], both) or (None if both else caps.sources.get(SOURCES[source]))

    def of(self, settings: ScanSettings) -> ScanSettings:
        """What is wished for this scan."""
        dpi, colour = self.resolution_dpi, self.colour
        return ScanSettings(
            settings.source,
            settings.resolution_dpi if dpi is None else dpi,
            settings.colour if colour is None else colour,
        )


AS_ASKED = ScanWish()
"""A profile that leaves it to the desk."""


def why_not(caps: escl.Capabilities, source: ScanSource, wish: ScanWish) -> str:
    """Why nothing can be scanned from this source, and what to do; "" when it can."""
    offered = wish.offer(caps, source)
    if offered is None:
        return _ONE_SIDE if SOURCES[source] in caps.sources else _MISSING[source]
    where = _NAMES[source]
    if not any(kind in offered.media_types for kind in FORMATS):
        kinds = ", ".join(offered.media_types)
        return f"Er liefert Seiten {where} nur als {kinds}; gebraucht wird JPEG oder PNG, am Gerät einzustellen."
    if min(offered.resolutions_dpi) > wish.most_dpi:
        known = ", ".join(map(str, offered.resolutions_dpi))
        return (
            f"Er scannt {where} nur mit {known} dpi; mehr als {wish.most_dpi} dpi nimmt diese Kabine nicht (max_dpi)."
        )
    return ""


def unusable(caps: escl.Capabilities, wish: ScanWish) -> str:
    """Why nothing at all can be scanned with this device; "" when something can."""
    reasons = {source: why_not(caps, source, wish) for source in ScanSource}
    if not all(reasons.values()):
        return ""
    there = [why for source, why in reasons.items() if SOURCES[source] in caps.sources]
    return " ".join(there)


def abilities(caps: escl.Capabilities, wish: ScanWish) -> tuple[str, ...]:
    """Of what the driver can, what this device offers, as this profile uses it."""
    usable = [source for source in ABILITIES if not why_not(caps, source, wish)]
    offers = [offer for source in usable if (offer := wish.offer(caps, source)) is not None]
    colour = any(escl.ColourMode.COLOUR in offer.colour_modes for offer in offers) and wish.colour is not False
    both = any(offer.both_sides for offer in offers)
    words = (*map(ABILITIES.__getitem__, usable), *((COLOUR,) if colour else ()), *((BOTH_SIDES,) if both else ()))
    return (*words, NAMED)


def chosen_request(caps: escl.Capabilities, settings: ScanSettings, wish: ScanWish) -> escl.ScanRequest:
    """What to ask for; only where `why_not` says nothing against it."""
    wanted, source, offered = wish.of(settings), SOURCES[settings.source], wish.offer(caps, settings.source)
    assert offered is not None, "`why_not` says so before"
    return escl.ScanRequest(
        source=source,
        colour_mode=next(mode for mode in (_COLOUR if wanted.colour else _GREY) if mode in offered.colour_modes),
        media_type=next(kind for kind in FORMATS if kind in offered.media_types),
        resolution_dpi=nearest_dpi(offered.resolutions_dpi, wanted.resolution_dpi, wish.most_dpi),
        region=_sheet(offered),
        duplex=offered.both_sides,
        extended=offered.extended,
    )


def nearest_dpi(offered: tuple[int, ...], wanted: int, most: int) -> int:
    """The lowest at or above what is wanted, up to `most`; else the highest below. One at least is up to `most`."""
    usable = [dpi for dpi in offered if dpi <= most]
    return min((dpi for dpi in usable if dpi >= wanted), default=max(usable))


def maker(caps: escl.Capabilities) -> tuple[str, str]:
    """Vendor and model. Without a manufacturer of its own the first word is the vendor, unless it has digits."""
    text = caps.make_and_model
    first, _, rest = text.partition(" ")
    vendor = caps.manufacturer or ("" if not rest or any(char.isdigit() for char in first) else first)
    return vendor, rest if vendor == first and rest else text


def _sheet(offered: escl.InputCaps) -> escl.Region:
    """A sheet of A4, as far as the source takes it; a length that the scanner does not state limits nothing."""
    width, height = offered.max_width or _SHEET.width, offered.max_height or _SHEET.height
    return escl.Region(0, 0, min(width, _SHEET.width), min(height, _SHEET.height))
