"""What real scanners offer and how they behave, read from their personalities: the emulated one can do the same.

Each file holds the values of one device and where they were published. Words that this edition does not know (a colour
mode of tomorrow) are left out, as the driver leaves them out. What some other source tells of its behaviour stands
under `[habits]`, with an `[[habits.origin]]` of its own:

    location      what it names as the place of a job: "" as it was called, "relative" without a host, else that host
    job_name      what stands before the number of a job
    deleted       what it answers when a job is taken back: 200, or 301 to https, or 404
    empty         what it calls an empty feeder (AdfState)
    scanning      what it says of the feeder while a job runs
    too_early     after a page it says 404 and "empty" to whoever asks for the next one at once
    job_s, page_s seconds until a job is made and until a page comes; kept with `--pace` only
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from emulator.personalities import personality
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.equipment.codecs import escl

RELATIVE = "relative"
_SOURCES = {"glass": escl.Source.PLATEN, "feeder": escl.Source.FEEDER}
_BOTH_SIDES = "feeder_duplex"
"""What the feeder can for both sides; a feeder that has no other table takes sheets in no other way."""
_LIMITS = ("min_width", "max_width", "min_height", "max_height")


@dataclass(frozen=True, slots=True)
class Habits:
    """How a model behaves beyond what it offers; see above. As it stands here the scanner does as it should."""

    location: str = ""
    job_name: str = ""
    deleted: int = 200
    empty: escl.FeederState = escl.FeederState.EMPTY
    scanning: escl.FeederState = escl.FeederState.PROCESSING
    too_early: bool = False
    job_s: float = 0.0
    page_s: float = 0.0


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


def habits_of(name: str) -> Habits:
    """How this scanner behaves. Raises `HarnessError` for an unknown one, or a word that no scanner says."""
    told = {key: value for key, value in personality("scanner", name).get("habits", {}).items() if key != "origin"}
    for key in {"empty", "scanning"} & told.keys():
        if (state := escl.member_of(escl.FeederState, told[key])) is None:
            raise HarnessError(f"{name}: habits.{key}: „{told[key]}“ sagt kein Scanner von seinem Einzug.")
        told[key] = state
    return Habits(**told)


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
