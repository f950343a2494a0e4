"""A hardware profile: which slot of a booth is bound to what, and how long this booth waits.

`extends` names another profile whose values hold where this one says nothing, slot by slot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, Field

from lisa_core.model.directory import Deadlines
from lisa_core.model.errors import LisaError, ProfileError
from lisa_core.model.ids import SiteId
from lisa_core.model.nearest import nearest
from lisa_core.profiles.drivers import EMULATOR, driver, driver_faults, emulated_device
from lisa_core.profiles.toml import Table, check, read_toml
from lisa_core.profiles.toml_lines import read_lines
from lisa_core.slots.catalogue import DEVICE_OF_SLOT, NEEDED
from lisa_core.slots.catalogue import SLOTS as DECLARED
from lisa_core.transports.address import respelled
from lisa_core.transports.data import data_dir
from lisa_core.transports.machine import tell
from lisa_core.transports.paths import is_file

LONGEST_MS = 86_400_000
"""No deadline is longer than a day."""
SLOTS = tuple(DECLARED)


class _Head(Table):
    id: str
    extends: str = ""
    landkreis: str = ""
    site: str = ""


class _Slot(Table):
    model_config = ConfigDict(extra="allow", frozen=True)
    driver: str = ""
    binding: str = ""


class _World(Table):
    join: str = ""


class _File(Table):
    profile: _Head
    slots: dict[str, _Slot] = {}
    deadlines: dict[str, int] = {}
    world: _World = _World()
    schema_: int = Field(1, alias="schema")
    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class SlotBinding:
    """One slot: which driver, bound to which address, with which options."""

    slot: str
    driver: str
    binding: str
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Profile:
    """A whole profile, everything inherited resolved."""

    id: str
    path: Path
    landkreis: str
    site: SiteId
    slots: Mapping[str, SlotBinding]
    deadlines: Deadlines
    deadlines_set: Mapping[str, int]
    """The deadlines that differ from a real site's, in milliseconds, as the report lists them."""
    join: str = ""

    @property
    def emulated(self) -> frozenset[str]:
        """The slots whose device is emulated by the run itself."""
        return frozenset(slot for slot, bound in self.slots.items() if bound.binding == EMULATOR)

    @property
    def devices(self) -> Mapping[str, str]:
        """For emulated slots whose driver speaks another language than usual: the emulated device that speaks it."""
        played = {slot: emulated_device(slot, self.slots[slot].driver) for slot in sorted(self.emulated)}
        return {slot: device for slot, device in played.items() if device != DEVICE_OF_SLOT.get(slot, "")}


def load_profile(name: str) -> Profile:
    """Load a profile by its name among the shipped ones, or by the path of a file.

    Raises `ProfileError` listing every fault with file and key.
    """
    path = find_profile(name)
    data = _with_parents(path, ())
    head = data["profile"]
    slots = {slot: _bind(path, slot, dict(table)) for slot, table in data["slots"].items()}
    if faults := [
        f"{_place(data['files'], path, f'slots.{bound.slot}.{key}')}: {fault}"
        for bound in _own(slots, data["files"])
        for key, fault in driver_faults(bound.slot, bound.driver, bound.binding, bound.options)
    ]:
        raise ProfileError("\n".join(faults))
    for bound in _own(slots, data["files"]):
        if present := respelled(bound.binding, driver(bound.driver).binding):
            where = _place(data["files"], path, f"slots.{bound.slot}.binding")
            _tell_once(f"{where}: „{bound.binding}“ schreibt sich jetzt „{present}“; noch gilt beides.")
    if missing := [slot for slot in NEEDED if slot not in slots]:
        raise ProfileError(
            f"{path}: Die Steckplätze {', '.join(missing)} sind nicht gebunden. "
            'Unter [profile] ein Profil nennen, das sie bindet: extends = "emulated"'
        )
    for key in ("landkreis", "site"):
        if not head.get(key):
            raise ProfileError(f"{path}: Der Schlüssel „profile.{key}“ fehlt.")
    return Profile(
        head["id"],
        path,
        head["landkreis"],
        SiteId(head["site"]),
        slots,
        _deadlines(path, data["deadlines"]),
        data["deadlines"],
        data["world"].get("join", ""),
    )


def find_profile(name: str) -> Path:
    """The file of a profile. Raises `ProfileError` naming the profiles that exist."""
    given = Path(name)
    if given.suffix == ".toml":
        if not is_file(given):
            raise ProfileError(f"{given}: Diese Profildatei gibt es nicht. Pfad prüfen.")
        return given
    shipped = _shipped()
    if name in shipped:
        return shipped[name]
    raise ProfileError(f"Das Profil „{name}“ gibt es nicht.{nearest(name, list(shipped))}")


def _shipped() -> dict[str, Path]:
    try:
        root = data_dir("hardware_profiles")
    except LisaError:
        return {}
    return {str(path.relative_to(root).with_suffix("")): path for path in sorted(root.rglob("*.toml"))}


def _with_parents(path: Path, below: tuple[Path, ...]) -> dict[str, Any]:
    if path in below:
        way = " -> ".join(p.name for p in (*below, path))
        raise ProfileError(f"{path}: Das Profil erweitert sich selbst: {way}. Ein extends entfernen.")
    raw = read_toml(path)
    if raw.get("schema", 1) != 1:
        raise ProfileError(f"{path}: schema = {raw['schema']!r} ist unbekannt. Diese Version liest schema = 1.")
    parsed = check(_File, raw, path)
    own = {
        "profile": _beside(path, parsed.profile.model_dump(exclude_unset=True)),
        "slots": {slot: table.model_dump(exclude_unset=True) for slot, table in parsed.slots.items()},
        "deadlines": dict(parsed.deadlines),
        "world": parsed.world.model_dump(exclude_unset=True),
        "files": {f"slots.{slot}.{key}": path for slot, table in raw.get("slots", {}).items() for key in table},
    }
    if unknown := [slot for slot in own["slots"] if slot not in SLOTS]:
        raise ProfileError(
            "\n".join(f"{path}: Den Steckplatz „{slot}“ gibt es nicht.{nearest(slot, list(SLOTS))}" for slot in unknown)
        )
    if not parsed.profile.extends:
        return own
    parent = _with_parents(_parent_path(path, parsed.profile.extends), (*below, path))
    slots = {slot: dict(table) for slot, table in parent["slots"].items()}
    for slot, table in own["slots"].items():
        inherited = slots.get(slot, {})
        # Another driver understands other options: only the same one inherits them.
        same = table.get("driver", inherited.get("driver")) == inherited.get("driver")
        slots[slot] = {**(inherited if same else {}), **table}
    merged = {key: {**parent[key], **own[key]} for key in ("profile", "deadlines", "world", "files")}
    return {**merged, "slots": slots}


def _own(slots: Mapping[str, SlotBinding], files: Mapping[str, Path]) -> list[SlotBinding]:
    """The slots of which something stands elsewhere than in the shipped `emulated`, which a test has checked.

    So a run in memory, which uses no driver, asks none and loads none.
    """
    base = _shipped().get("emulated")
    other = {name.split(".")[1] for name, file in files.items() if file != base}
    return [bound for slot, bound in slots.items() if slot in other]


def _place(files: Mapping[str, Path], path: Path, key: str) -> str:
    """File and line in which this key stands, or the table that lacks it."""
    table = key.rpartition(".")[0]
    found = files.get(key) or next((file for name, file in files.items() if name.startswith(f"{table}.")), path)
    line = read_lines(found.read_text(encoding="utf-8-sig")).of(key)
    return f"{found}:{line}" if line else f"{found}"


@cache
def _tell_once(text: str) -> None:
    """A run loads its profile more than once."""
    tell(text)


def _beside(path: Path, head: dict[str, Any]) -> dict[str, Any]:
    """A Landkreis that is a file may lie beside its profile."""
    near = path.parent / head.get("landkreis", "")
    return {**head, "landkreis": str(near)} if near.suffix == ".toml" and is_file(near) else head


def _parent_path(path: Path, name: str) -> Path:
    beside = path.parent / f"{name}.toml"
    return beside if is_file(beside) else find_profile(name)


def _bind(path: Path, slot: str, table: dict[str, Any]) -> SlotBinding:
    for key in ("driver", "binding"):
        if not table.get(key):
            raise ProfileError(f"{path}: Der Schlüssel „slots.{slot}.{key}“ fehlt.")
    return SlotBinding(slot, table.pop("driver"), table.pop("binding"), table)


def _deadlines(path: Path, given: Mapping[str, int]) -> Deadlines:
    known = [f.name.removesuffix("_us") + "_ms" for f in fields(Deadlines)]
    for key, value in given.items():
        if key not in known:
            raise ProfileError(f"{path}: Den Schlüssel „deadlines.{key}“ gibt es nicht.{nearest(key, known)}")
        if not 0 < value <= LONGEST_MS:
            limits = "über 0 liegen" if value <= 0 else f"höchstens {LONGEST_MS} sein"
            raise ProfileError(f"{path}: Der Schlüssel „deadlines.{key}“ muss {limits}; hier steht {value}.")
    return replace(Deadlines(), **{key.removesuffix("_ms") + "_us": value * 1000 for key, value in given.items()})
