"""What a scanner agrees to do of what it is asked for, and why not. Pure."""

from __future__ import annotations

from dataclasses import replace

from emulator.paper.scan_image import MADE, clipped
from lisa_core.equipment.codecs import escl


def agreed_on(offered: escl.Capabilities, request: escl.ScanRequest) -> escl.ScanRequest | None:
    """The request as a scanner that offers this does it, its region cut to size; None where it refuses.

    As strict as a real one may be.
    """
    caps = offered.offer(request.source, request.duplex)
    if caps is None:
        return None
    region = clipped(request.region, caps)
    fits = (
        request.media_type in caps.media_types
        and request.media_type in MADE
        and request.resolution_dpi in caps.resolutions_dpi
        and request.colour_mode in caps.colour_modes
        and region.width >= max(1, caps.min_width)
        and region.height >= max(1, caps.min_height)
    )
    return replace(request, region=region) if fits else None


def why_refused(offered: escl.Capabilities, request: escl.ScanRequest) -> str:
    """What of the request is not offered, and what is; real scanners leave whoever writes a client to guess."""
    caps = offered.offer(request.source, request.duplex)
    if caps is None:
        sides = "both sides" if request.duplex else "one side"
        return f"{request.source.value} does not scan {sides} of a sheet here."
    kinds = [one for one in caps.media_types if one in MADE]
    modes = [one.value for one in caps.colour_modes]
    if request.media_type not in kinds:
        return f"DocumentFormat {request.media_type[:80]!r}: offered are {', '.join(kinds)}."
    if request.resolution_dpi not in caps.resolutions_dpi:
        return f"XResolution {request.resolution_dpi}: offered are {', '.join(map(str, caps.resolutions_dpi))}."
    if request.colour_mode not in caps.colour_modes:
        return f"ColorMode {request.colour_mode.value}: offered are {', '.join(modes)}."
    least, most = f"{caps.min_width} by {caps.min_height}", f"{caps.max_width} by {caps.max_height}"
    return f"ScanRegion: at least {least} of it has to lie within {most} (in 1/300 inch)."
