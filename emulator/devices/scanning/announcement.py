"""An emulated scanner makes itself known by DNS-SD (`emulator.devices.http.dns_sd`).

Keys of the TXT record after what sane-airscan, scanner-mcp and escl-scanner-cli read of it, and AirSane writes.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping
from urllib.parse import urlsplit

from emulator.devices.http.dns_sd import made_known
from emulator.devices.scanning.own import CAPABILITIES
from emulator.devices.scanning.values import offered_by
from lisa_core.equipment.codecs import escl

TYPES: Mapping[str, str] = {"http": "_uscan._tcp.local.", "https": "_uscans._tcp.local."}
_SOURCES: Mapping[escl.Source, str] = {escl.Source.PLATEN: "platen", escl.Source.FEEDER: "adf"}
_COLOURS: Mapping[escl.ColourMode, str] = {
    escl.ColourMode.COLOUR: "color",
    escl.ColourMode.GREY: "grayscale",
    escl.ColourMode.BLACK_WHITE: "binary",
}


def told_of(offered: escl.Capabilities) -> dict[str, str]:
    """The TXT record of a scanner that offers this."""
    inputs = [*offered.sources.values(), *([offered.duplex] if offered.duplex else [])]
    both_sides = any(caps.both_sides for caps in inputs)
    kinds = dict.fromkeys(kind for caps in inputs for kind in caps.media_types)
    return {
        "txtvers": "1",
        "ty": offered.make_and_model or "eSCL",
        "rs": "eSCL",
        "vers": offered.version,
        "pdl": ",".join(kinds),
        "is": ",".join(word for source, word in _SOURCES.items() if source in offered.sources),
        "cs": ",".join(word for mode, word in _COLOURS.items() if any(mode in caps.colour_modes for caps in inputs)),
        "duplex": "T" if both_sides else "F",
        **({"UUID": offered.uuid} if offered.uuid else {}),
    }


@contextlib.asynccontextmanager
async def announced(where: str, personality: str = "") -> AsyncIterator[None]:
    """Announce the scanner at `where` until the context ends. Raises `LisaError` where zeroconf is missing."""
    there, offered = urlsplit(where), offered_by(personality) if personality else CAPABILITIES
    assert there.port is not None
    async with made_known(TYPES[there.scheme], offered.make_and_model or personality, there.port, told_of(offered)):
        yield
