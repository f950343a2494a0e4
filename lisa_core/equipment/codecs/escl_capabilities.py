"""eSCL ScannerCapabilities: what a scanner is and what each of its sources can do, as XML. Both sides; see `escl`.

Every source states its limits, colour modes, formats and resolutions in place: sane-airscan does not resolve profiles
that are only referred to, and refuses a scanner that leaves one of these out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.equipment.codecs import escl
from lisa_core.equipment.codecs.escl import Capabilities, InputCaps, Source
from lisa_core.equipment.codecs.xml_tree import Node, Tree, read_xml, write_xml

_ItemT = TypeVar("_ItemT")
_COMMON_DPI = (50, 75, 100, 150, 200, 240, 300, 400, 600, 1200, 2400)

_SOURCES: Mapping[Source, tuple[str, str]] = {
    Source.PLATEN: ("Platen", "PlatenInputCaps"),
    Source.FEEDER: ("Adf", "AdfSimplexInputCaps"),
}
_BOTH_SIDES = ("Adf", "AdfDuplexInputCaps")
_LIMITS = (
    ("scan:MinWidth", "min_width"),
    ("scan:MaxWidth", "max_width"),
    ("scan:MinHeight", "min_height"),
    ("scan:MaxHeight", "max_height"),
)


def write_capabilities(caps: Capabilities) -> bytes:
    """Write a scan:ScannerCapabilities document."""
    return write_xml(
        "scan:ScannerCapabilities",
        escl.NAMESPACES,
        [
            ("pwg:Version", caps.version),
            ("pwg:MakeAndModel", caps.make_and_model),
            *([("pwg:SerialNumber", caps.serial)] if caps.serial else []),
            *([("pwg:Manufacturer", caps.manufacturer)] if caps.manufacturer else []),
            *([("scan:UUID", caps.uuid)] if caps.uuid else []),
            *_source_caps(caps),
        ],
    )


def read_capabilities(data: bytes) -> Capabilities:
    """Read a scan:ScannerCapabilities document. Raises `ProtocolError` when no source can be used."""
    root = read_xml(data, "ScannerCapabilities")
    found = {source: root.first(*path) for source, path in _SOURCES.items()}
    sources = {source: _read_input_caps(element) for source, element in found.items() if element is not None}
    both = root.first(*_BOTH_SIDES)
    duplex = None if both is None else replace(_read_input_caps(both), both_sides=True)
    if Source.FEEDER not in sources and duplex is not None:
        sources[Source.FEEDER], duplex = duplex, None
    usable = {source: caps for source, caps in sources.items() if _is_usable(caps)}
    if not usable:
        raise ProtocolError("eSCL ScannerCapabilities: no source with colour mode, format and resolution")
    return Capabilities(
        version=root.text_of("Version"),
        make_and_model=root.text_of("MakeAndModel"),
        serial=root.text_of("SerialNumber"),
        uuid=root.text_of("UUID"),
        sources=usable,
        manufacturer=root.text_of("Manufacturer"),
        duplex=duplex if duplex is not None and _is_usable(duplex) else None,
    )


def _is_usable(caps: InputCaps) -> bool:
    return bool(caps.colour_modes and caps.media_types and caps.resolutions_dpi)


def _source_caps(offered: Capabilities) -> Tree:
    written: Tree = []
    for source, (outer, inner) in _SOURCES.items():
        if (caps := offered.sources.get(source)) is None:
            continue
        inside: Tree = [(f"scan:{_BOTH_SIDES[1] if caps.both_sides else inner}", _input_caps(caps))]
        if source is Source.FEEDER:
            inside += [(f"scan:{_BOTH_SIDES[1]}", _input_caps(offered.duplex))] if offered.duplex else []
            both = ("Duplex",) if offered.duplex or caps.both_sides else ()
            options = [("scan:AdfOption", word) for word in ("DetectPaperLoaded", *both)]
            inside.append(("scan:AdfOptions", list(options)))
        written.append((f"scan:{outer}", inside))
    return written


def _input_caps(caps: InputCaps) -> Tree:
    resolutions: Tree = [
        ("scan:DiscreteResolution", [("scan:XResolution", str(dpi)), ("scan:YResolution", str(dpi))])
        for dpi in caps.resolutions_dpi
    ]
    profile: Tree = [
        ("scan:ColorModes", [("scan:ColorMode", mode.value) for mode in caps.colour_modes]),
        (
            "scan:DocumentFormats",
            [
                *(("pwg:DocumentFormat", kind) for kind in caps.media_types),
                *(("scan:DocumentFormatExt", kind) for kind in caps.media_types if caps.extended),
            ],
        ),
        ("scan:SupportedResolutions", [("scan:DiscreteResolutions", resolutions)]),
    ]
    limits: Tree = [(tag, str(getattr(caps, name))) for tag, name in _LIMITS]
    return [*limits, ("scan:SettingProfiles", [("scan:SettingProfile", profile)])]


def _read_input_caps(element: Node) -> InputCaps:
    profile = ("SettingProfiles", "SettingProfile")
    kinds = element.all(*profile, "DocumentFormats", "DocumentFormat")
    more_kinds = element.all(*profile, "DocumentFormats", "DocumentFormatExt")
    modes = (escl.member_of(escl.ColourMode, mode.text) for mode in element.all(*profile, "ColorModes", "ColorMode"))
    return InputCaps(
        min_width=element.length_of("MinWidth", 0),
        max_width=element.length_of("MaxWidth", 0),
        min_height=element.length_of("MinHeight", 0),
        max_height=element.length_of("MaxHeight", 0),
        colour_modes=_unique(mode for mode in modes if mode),
        media_types=_unique(text for kind in [*kinds, *more_kinds] if (text := kind.text)),
        resolutions_dpi=_resolutions(element.all(*profile, "SupportedResolutions")),
        extended=bool(more_kinds),
    )


def _resolutions(offers: list[Node]) -> tuple[int, ...]:
    """Single resolutions as they are; of a range the customary ones in it."""
    dpi: list[int] = []
    for offer in offers:
        for one in offer.all("DiscreteResolutions", "DiscreteResolution"):
            across, down = one.length_of("XResolution", 0), one.length_of("YResolution", 0)
            dpi += [across] if across == down and across > 0 else []
        for span in offer.all("ResolutionRange", "XResolutionRange"):
            low, high = span.length_of("Min", 0), span.length_of("Max", 0)
            dpi += [common for common in _COMMON_DPI if low <= common <= high]
    return tuple(sorted(set(dpi)))


def _unique(items: Iterable[_ItemT]) -> tuple[_ItemT, ...]:
    return tuple(dict.fromkeys(items))
