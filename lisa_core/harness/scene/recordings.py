"""What went over the lines of a booth's devices, as files to keep, and the profile that plays them elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lisa_core.config.profile import Profile
from lisa_core.domain.model.readings import DeviceIdentity
from lisa_core.equipment.drivers.identity import Said
from lisa_core.equipment.slots.catalogue import title_of
from lisa_core.equipment.slots.origin import Origin
from lisa_core.equipment.traces.entries import SUFFIX, EntryKind
from lisa_core.equipment.traces.keepers import whole_text
from lisa_core.harness.history.recordings import PLAYING, PROFILE, TRACE
from lisa_core.harness.report.record import Evidence, SlotRecord
from lisa_core.harness.text.language import say

if TYPE_CHECKING:
    from lisa_core.equipment.traces.session import Recorded
    from lisa_core.harness.rig.rig import Rig

_DONE = frozenset({EntryKind.MARK})
NOBODY = DeviceIdentity()


def recordings_of(rig: Rig, records: Sequence[SlotRecord]) -> list[Evidence]:
    """A file for each device that has said something, and a profile; nothing where nothing was recorded."""
    kept = [one for one in rig.session.recorded if _spoke(one)] if rig.session else []
    origins = {one.slot: one.origin for one in records}
    files = [_file(one, origins, rig.said) for one in kept]
    profile = _profile(rig.profile, [one for one in kept if not one.emulated])
    return [*files, Evidence(PLAYING, PROFILE, profile.encode(), say("Profil zum Nachspielen"))] if files else []


def _spoke(one: Recorded) -> bool:
    return any(entry.kind not in _DONE for entry in one.ring.entries)


def _file(one: Recorded, origins: Mapping[str, Origin], said: Mapping[str, Said]) -> Evidence:
    slot = next(iter(one.slots))
    origin = Origin.EMULATED if one.emulated else origins.get(slot, Origin.HERE)
    head = one.head(origin.value, said[slot].identity if slot in said else NOBODY)
    text = whole_text(head, one.ring.entries)
    caption = say("{title}: was über die Leitung ging ({origin})", title=title_of(slot), origin=say(origin.value))
    return Evidence(f"{slot}{SUFFIX}", TRACE, text.encode(), caption)


def _profile(profile: Profile, bound: Sequence[Recorded]) -> str:
    """Everything emulated, but for what was no emulated device: that is played."""
    lines = [
        "schema = 1",
        "[profile]",
        'id = "nachspielen"',
        'extends = "emulated"',
        f"landkreis = {_text(profile.landkreis)}",
        f"site = {_text(profile.site)}",
    ]
    for one in bound:
        lines += _slots(one)
    waits = {key: value for key, value in profile.deadlines_set.items() if not key.startswith(("ring", "transfer"))}
    lines += ["[deadlines]", *(f"{key} = {value}" for key, value in waits.items())]
    return "\n".join((*lines, ""))


def _slots(one: Recorded) -> Iterator[str]:
    first = next(iter(one.slots))
    for slot, options in one.slots.items():
        yield f"[slots.{slot}]"
        yield f"driver = {_text(one.driver)}"
        yield f'binding = "replay:{first}{SUFFIX}?mode=tolerant"'
        yield from (f"{key} = {_text(value)}" for key, value in options.items())


def _text(value: object) -> str:
    """As TOML has it, whose texts and numbers are those of JSON."""
    return json.dumps(value, ensure_ascii=False)
