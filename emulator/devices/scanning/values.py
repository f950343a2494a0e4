"""What real scanners offer, read from their personalities: so the emulated one can offer what another does.

Each file holds the values of one device and where they were published. Words that this edition does not know (a colour
mode of tomorrow) are left out, as the driver leaves them out.
"""

from __future__ import annotations

from collections.abc import Iterator

from emulator.personalities import personality
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.equipment.codecs import escl

_SOURCES = {"glass": escl.Source.PLATEN, "feeder": escl.Source.FEEDER}
_BOTH_SIDES = "feeder_duplex"
"""What the feeder can for both sides; a feeder that has no other table takes sheets in no other way."""
_LIMITS = ("min_width", "max_width", "min_height", "max_height")


def offered_by(name: str) -> escl.Capabilities:
    """What this scanner offers. Raises `HarnessError` for an unknown one."""
    values = personality("scanner", name)
    return escl.Capabilities(
        version=values["version"],
        make_and_model=values.get("make_and_model", ""),
        sources=dict(_sources(values)),
        manufacturer=values.get("manufacturer", ""),
        duplex=_source(values[_BOTH_SIDES], both_sides=True) if _BOTH_SIDES in values and "feeder" in values else None,
    )


def _sources(values: JsonMap) -> Iterator[tuple[escl.Source, escl.InputCaps]]:
    for table, source in _SOURCES.items():
        if table in values:
            yield source, _source(values[table], both_sides=False)
    if _BOTH_SIDES in values and "feeder" not in values:
        yield escl.Source.FEEDER, _source(values[_BOTH_SIDES], both_sides=True)


def _source(values: JsonMap, both_sides: bool) -> escl.InputCaps:
    modes = (escl.member_of(escl.ColourMode, text) for text in values["colour_modes"])
    extended = values.get("formats_ext", ())
    return escl.InputCaps(
        **{name: values.get(name, 0) for name in _LIMITS},
        colour_modes=tuple(mode for mode in modes if mode),
        media_types=tuple(dict.fromkeys((*values.get("formats", ()), *extended))),
        resolutions_dpi=tuple(values["resolutions_dpi"]),
        extended=bool(extended),
        both_sides=both_sides,
    )
