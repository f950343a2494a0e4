"""What the emulated scanner offers when it is nobody else: all formats, all colours, both sides."""

from __future__ import annotations

from dataclasses import replace

from emulator.devices.scanning.jobs import IDENTITY
from emulator.paper.scan_image import SHEET
from lisa_core.equipment.codecs import escl

_GLASS = escl.InputCaps(
    min_width=16,
    max_width=SHEET.width,
    min_height=16,
    max_height=SHEET.height,
    colour_modes=tuple(escl.ColourMode),
    media_types=("image/jpeg", "image/png", "application/pdf"),
    resolutions_dpi=(75, 100, 150, 200, 300),
)
# No PNG: few feeders offer it, and Debian's libsane-escl asks a feeder for PNG if it can, then cannot read it.
_FEEDER = replace(_GLASS, media_types=("image/jpeg", "application/pdf"))
CAPABILITIES = escl.Capabilities(
    version="2.63",
    make_and_model="LISA Emulated Scanner",
    serial="LISA-0001",
    uuid=str(IDENTITY),
    sources={escl.Source.PLATEN: _GLASS, escl.Source.FEEDER: _FEEDER},
    duplex=replace(_FEEDER, both_sides=True),
)
