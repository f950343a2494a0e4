"""A profile with all that it extends: what stands nearest holds, slot by slot and key by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path

from lisa_core.config.hardware.files import parent_path
from lisa_core.config.hardware.mistakes import Mistake
from lisa_core.config.hardware.one_file import ALL, ProfileText, read_one
from lisa_core.config.toml_lines import Lines
from lisa_core.domain.model.errors import ProfileError
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.equipment.traces.binding import beside, is_replay
from lisa_core.host.paths import is_file


@dataclass(frozen=True, slots=True)
class WholeProfile:
    """What the files of a profile say together. `lines`: by file; `files`: by key the one in which it stands.

    `unsure`: tables in which something could not be understood, and what is missing may stand there.
    """

    path: Path
    profile: JsonDict = field(default_factory=dict)
    slots: Mapping[str, JsonDict] = field(default_factory=dict)
    deadlines: Mapping[str, int] = field(default_factory=dict)
    exchange: Mapping[str, int] = field(default_factory=dict)
    limits: Mapping[str, JsonDict] = field(default_factory=dict)
    world: JsonDict = field(default_factory=dict)
    of_old: frozenset[str] = frozenset()
    files: Mapping[str, Path] = field(default_factory=dict)
    lines: Mapping[Path, Lines] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()

    def place(self, key: str) -> tuple[Path, int | None]:
        """File and line in which this key stands, or the table that lacks it."""
        file = self.files.get(key) or self._nearest(key.rpartition(".")[0])
        return file, self.lines[file].of(key) if file in self.lines else None

    def lacks(self, key: str, text: str) -> Mistake:
        """What is wrong because this key is missing, though one that does not count may stand further away."""
        table = key.rpartition(".")[0]
        file = self._nearest(table)
        return Mistake(file, self.lines[file].of(table) if file in self.lines else None, key, text)

    def _nearest(self, table: str) -> Path:
        beside = [file for name, file in self.files.items() if name.startswith(f"{table}.")]
        return self.path if self.path in beside or not beside else beside[0]

    def may_say(self, table: str) -> bool:
        """Whether something of this table may stand in what could not be understood."""
        return not self.unsure.isdisjoint({ALL, table})

    def mistake(self, key: str, text: str) -> Mistake:
        """What is wrong with this key, with its place."""
        return Mistake(*self.place(key), key, text)


def read_whole(path: Path, found: list[Mistake]) -> WholeProfile:
    """This file and those that it extends; mistakes go to `found`."""
    return reduce(_over, reversed(_chain(path, found)), WholeProfile(path))


def _chain(path: Path, found: list[Mistake]) -> list[ProfileText | None]:
    """The files, the nearest first; None at the end for one that nobody can read."""
    chain: list[ProfileText | None] = []
    seen: list[Path] = []
    asked: tuple[ProfileText, str] | None = None
    while True:
        try:
            here = parent_path(asked[0].path, asked[1]) if asked else path
            if here in seen:
                way = " -> ".join(p.name for p in (*seen, here))
                raise ProfileError(f"Das Profil erweitert sich selbst: {way}. Ein extends entfernen.")
            one = read_one(here, found)
        except ProfileError as error:
            if asked is None:
                raise
            file, _ = asked
            found.append(Mistake(file.path, file.numbers.of("profile.extends"), "profile.extends", str(error)))
            return [*chain, None]
        chain.append(one)
        if one is None or not one.profile.get("extends"):
            return chain
        seen.append(here)
        asked = (one, one.profile["extends"])


def _over(below: WholeProfile, one: ProfileText | None) -> WholeProfile:
    """What this file says, over what it extends."""
    if one is None:
        return WholeProfile(below.path, unsure=frozenset({ALL}))
    slots = {slot: dict(table) for slot, table in below.slots.items()}
    for slot, table in one.slots.items():
        table, inherited = _seen_from(one.path, table), slots.get(slot, {})
        # Another driver understands other options: only the same one inherits them.
        same = table.get("driver", inherited.get("driver")) == inherited.get("driver")
        slots[slot] = {**(inherited if same else {}), **table}
    return WholeProfile(
        below.path,
        {**below.profile, **_beside(one)},
        slots,
        {**below.deadlines, **one.deadlines},
        {**below.exchange, **one.exchange},
        {**below.limits, **one.limits},
        {**below.world, **one.world},
        one.of_old | {key for key in below.of_old if key not in one.exchange},
        {**below.files, **dict.fromkeys(one.keys, one.path)},
        {**below.lines, one.path: one.numbers},
        below.unsure | one.unsure,
    )


def _beside(one: ProfileText) -> JsonDict:
    """A Landkreis that is a file may lie beside its profile."""
    near = one.path.parent / one.profile.get("landkreis", "")
    return {**one.profile, "landkreis": str(near)} if near.suffix == ".toml" and is_file(near) else one.profile


def _seen_from(path: Path, table: JsonDict) -> JsonDict:
    """A recording lies where its profile says, as seen from there."""
    binding = table.get("binding", "")
    return {**table, "binding": beside(binding, path.parent)} if is_replay(binding) else table
