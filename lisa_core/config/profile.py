"""A hardware profile: which slot of a booth is bound to what, and how long this booth waits.

`extends` names another profile whose values hold where this one says nothing, slot by slot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from random import Random

from pydantic import ConfigDict, Field

from lisa_core.config.drivers import (
    EMULATOR,
    bus_faults,
    driver,
    driver_faults,
    emulated_device,
    personality_faults,
)
from lisa_core.config.renamed import Moved, understood
from lisa_core.config.toml import Table, check, read_toml
from lisa_core.config.toml_lines import read_lines
from lisa_core.domain.model.directory import Deadlines, Directory
from lisa_core.domain.model.errors import LisaError, ProfileError
from lisa_core.domain.model.ids import SiteId
from lisa_core.domain.model.json_types import JsonDict, JsonMap
from lisa_core.domain.model.nearest import nearest
from lisa_core.equipment.slots.catalogue import DEVICE_OF_SLOT, NEEDED
from lisa_core.equipment.slots.catalogue import SLOTS as DECLARED
from lisa_core.equipment.slots.plans.fault_plan import planned
from lisa_core.equipment.traces.binding import beside, is_replay
from lisa_core.host.address import respelled
from lisa_core.host.data import data_dir
from lisa_core.host.notices import tell_once, tell_renamed
from lisa_core.host.paths import is_file
from lisa_core.host.renames import Word, renames_of

LONGEST_MS = 86_400_000
"""Maximum length of a deadline in milliseconds: a day."""
SLOTS = tuple(DECLARED)
EXCHANGE_MS = ("ring_ms", "transfer_ms")
"""What belongs to the exchange: a Landkreis says it under [routing], a profile for its own trials under [exchange]."""
EXCHANGE_US = tuple(key.removesuffix("_ms") + "_us" for key in EXCHANGE_MS)
DEADLINES_MS = tuple(key for f in fields(Deadlines) if (key := f.name.removesuffix("_us") + "_ms") not in EXCHANGE_MS)


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
    faults: str = ""


class _File(Table):
    profile: _Head
    slots: dict[str, _Slot] = {}
    deadlines: dict[str, int] = {}
    exchange: dict[str, int] = {}
    world: _World = _World()
    schema_: int = Field(1, alias="schema")
    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class SlotBinding:
    """One slot: which driver, bound to which address, with which options."""

    slot: str
    driver: str
    binding: str
    options: JsonMap
    personality: str = ""
    """Which known model its emulated device behaves as (`fixtures/personalities`)."""
    folder: Path = Path()
    """That of the file in which its binding stands: paths begin there."""

    @property
    def told(self) -> JsonMap:
        """All that makes it behave as it does: its options, and the model that it plays."""
        return {**self.options, **({"personality": self.personality} if self.personality else {})}


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
    exchange: Mapping[str, int] = field(default_factory=dict)
    """How long the exchange of a trial waits (`ring_us`, `transfer_us`) where it is not as its Landkreis says."""
    exchange_of_old: frozenset[str] = frozenset()
    """Those of them that a file still says as a deadline of the booth: there they hold in service as well."""

    faults: str = ""
    """What goes wrong at its emulated devices, and when (`equipment.slots.plans.fault_plan`)."""

    @property
    def emulated(self) -> frozenset[str]:
        """The slots whose device is emulated by the run itself."""
        return frozenset(slot for slot, bound in self.slots.items() if bound.binding == EMULATOR)

    @property
    def replayed(self) -> frozenset[str]:
        """The slots whose device is played from a recording."""
        return frozenset(slot for slot, bound in self.slots.items() if is_replay(bound.binding))

    @property
    def outside(self) -> frozenset[str]:
        """The slots that are bound to addresses, whatever is found there."""
        return frozenset(self.slots) - self.emulated - self.replayed

    def place_of(self, key: str) -> str:
        """The file, and the line if the key stands in it and not in one that it extends."""
        line = read_lines(self.path.read_text(encoding="utf-8-sig")).of(key) if is_file(self.path) else None
        return f"{self.path}:{line}" if line else f"{self.path}"

    @property
    def devices(self) -> Mapping[str, str]:
        """For emulated slots whose driver speaks another language than usual: the emulated device that speaks it."""
        played = {slot: emulated_device(slot, self.slots[slot].driver) for slot in sorted(self.emulated)}
        return {slot: device for slot, device in played.items() if device != DEVICE_OF_SLOT.get(slot, "")}

    @property
    def personalities(self) -> Mapping[str, str]:
        """For emulated slots whose device behaves as a known model: its name."""
        return {slot: name for slot in sorted(self.emulated) if (name := self.slots[slot].personality)}

    @property
    def wishes(self) -> Mapping[str, JsonMap]:
        """For emulated slots whose driver has options: those."""
        return {slot: options for slot in sorted(self.emulated) if (options := self.slots[slot].options)}


def load_profile(name: str) -> Profile:
    """Load a profile by its name among the shipped ones, or by the path of a file.

    Raises `ProfileError` listing every fault with file and key.
    """
    path = find_profile(name)
    data = _with_parents(path, ())
    head = data["profile"]
    slots = {slot: _bind(path, slot, dict(table), data["files"]) for slot, table in data["slots"].items()}
    own = _own(slots, data["files"])
    faults = [
        (bound.slot, key, fault)
        for bound in own
        for key, fault in (
            *driver_faults(bound.slot, bound.driver, bound.binding, bound.options, bound.folder),
            *personality_faults(bound.slot, bound.driver, bound.binding, bound.personality),
        )
    ] or list(bus_faults(own))
    if faults:
        places = (f"{_place(data['files'], path, f'slots.{slot}.{key}')}: {fault}" for slot, key, fault in faults)
        raise ProfileError("\n".join(places))
    _tell_respelled(path, slots, data["files"])
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
        replace(Deadlines(), **_in_us(data["deadlines"])),
        {**data["deadlines"], **data["exchange"]},
        data["world"].get("join", ""),
        _in_us(data["exchange"]),
        frozenset(_in_us(data["of_old"])),
        _understood_plan(data, path),
    )


def _understood_plan(data: JsonDict, path: Path) -> str:
    """The plan of faults. Raises `ProfileError` where it cannot be read; whether all of it can happen says the run."""
    text: str = data["world"].get("faults", "")
    try:
        planned(text, Random(0))
    except LisaError as error:
        raise ProfileError(f"{_place(data['files'], path, 'world.faults')}: {error}") from None
    return text


def in_trial(directory: Directory, profile: Profile) -> Directory:
    """The directory for a run of its own, whose exchange rings as long as the profile says."""
    return replace(directory, rules=replace(directory.rules, **profile.exchange))


def in_service(directory: Directory, profile: Profile) -> Directory:
    """The directory for a booth at the exchange of its Landkreis."""
    said = {name: value for name, value in profile.exchange.items() if name in profile.exchange_of_old}
    return replace(directory, rules=replace(directory.rules, **said))


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


def profile_files(name: str) -> tuple[Path, ...]:
    """The file of a profile that can be loaded, and those that it extends."""
    files = [find_profile(name)]
    while extends := read_toml(files[-1])["profile"].get("extends"):
        files.append(_parent_path(files[-1], extends))
    return tuple(files)


def _shipped() -> dict[str, Path]:
    try:
        root = data_dir("hardware_profiles")
    except LisaError:
        return {}
    return {str(path.relative_to(root).with_suffix("")): path for path in sorted(root.rglob("*.toml"))}


def _with_parents(path: Path, below: tuple[Path, ...]) -> JsonDict:
    if path in below:
        way = " -> ".join(p.name for p in (*below, path))
        raise ProfileError(f"{path}: Das Profil erweitert sich selbst: {way}. Ein extends entfernen.")
    raw = read_toml(path)
    if raw.get("schema", 1) != 1:
        raise ProfileError(f"{path}: schema = {raw['schema']!r} ist unbekannt. Diese Version liest schema = 1.")
    raw, moved = understood(raw, renames_of(Word.PROFILE))
    parsed = check(_File, raw, path)
    _check_waits(path, parsed, moved)
    for one in moved:
        tell_renamed(one.row, str(path), _ADVICE if one.new.startswith("exchange.") else "")
    own = {
        "profile": _beside(path, parsed.profile.model_dump(exclude_unset=True)),
        "slots": {slot: _seen_from(path, table.model_dump(exclude_unset=True)) for slot, table in parsed.slots.items()},
        "deadlines": dict(parsed.deadlines),
        "exchange": dict(parsed.exchange),
        "of_old": {key: 1 for key in EXCHANGE_MS if f"exchange.{key}" in {one.new for one in moved}},
        "world": parsed.world.model_dump(exclude_unset=True),
        "files": {
            **{f"slots.{slot}.{key}": path for slot, table in raw.get("slots", {}).items() for key in table},
            **{f"world.{key}": path for key in raw.get("world", {})},
        },
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
    inherited_of_old = {key: 1 for key in parent["of_old"] if key not in own["exchange"]}
    merged = {key: {**parent[key], **own[key]} for key in ("profile", "deadlines", "exchange", "world", "files")}
    merged["of_old"] = {**inherited_of_old, **own["of_old"]}
    return {**merged, "slots": slots}


def _own(slots: Mapping[str, SlotBinding], files: Mapping[str, Path]) -> list[SlotBinding]:
    """The slots of which something stands elsewhere than in the shipped `emulated`, which a test has checked.

    So a run in memory, which uses no driver, asks none and loads none.
    """
    base = _shipped().get("emulated")
    other = {name.split(".")[1] for name, file in files.items() if file != base and name.startswith("slots.")}
    return [bound for slot, bound in slots.items() if slot in other]


def _tell_respelled(path: Path, slots: Mapping[str, SlotBinding], files: Mapping[str, Path]) -> None:
    for bound in _own(slots, files):
        if present := respelled(bound.binding, driver(bound.driver).binding):
            where = _place(files, path, f"slots.{bound.slot}.binding")
            scheme = bound.binding.partition("://")[0].lower()
            row = next((row for row in renames_of(Word.BINDING) if row.old == f"{scheme}://"), None)
            until = f"bis Version {row.since} gilt beides" if row else "noch gilt beides"
            text = f"„{bound.binding}“ schreibt sich jetzt „{present}“; {until}. Umschreiben: lisa migrate ORDNER"
            tell_once(f"{where}: {text}")


def _place(files: Mapping[str, Path], path: Path, key: str) -> str:
    """File and line in which this key stands, or the table that lacks it."""
    table = key.rpartition(".")[0]
    found = files.get(key) or next((file for name, file in files.items() if name.startswith(f"{table}.")), path)
    line = read_lines(found.read_text(encoding="utf-8-sig")).of(key)
    return f"{found}:{line}" if line else f"{found}"


def _beside(path: Path, head: JsonDict) -> JsonDict:
    """A Landkreis that is a file may lie beside its profile."""
    near = path.parent / head.get("landkreis", "")
    return {**head, "landkreis": str(near)} if near.suffix == ".toml" and is_file(near) else head


def _seen_from(path: Path, table: JsonDict) -> JsonDict:
    """A recording lies where its profile says, as seen from there."""
    binding = table.get("binding", "")
    return {**table, "binding": beside(binding, path.parent)} if is_replay(binding) else table


def _parent_path(path: Path, name: str) -> Path:
    beside = path.parent / f"{name}.toml"
    return beside if is_file(beside) else find_profile(name)


def _bind(path: Path, slot: str, table: JsonDict, files: Mapping[str, Path]) -> SlotBinding:
    for key in ("driver", "binding"):
        if not table.get(key):
            raise ProfileError(f"{path}: Der Schlüssel „slots.{slot}.{key}“ fehlt.")
    driver_name, binding = table.pop("driver"), table.pop("binding")
    folder = files.get(f"slots.{slot}.binding", path).absolute().parent
    personality = str(table.pop("personality", ""))
    return SlotBinding(slot, driver_name, binding, table, personality, folder)


_ADVICE = (
    "Wie lange es im Betrieb klingelt, sagt die Landkreis-Datei ([routing] ring_s, transfer_s): lisa migrate ORDNER"
)


def _check_waits(path: Path, parsed: _File, moved: list[Moved]) -> None:
    """Every wait exists and is within its limits; one under an old name is named as it stands in the file."""
    written = {one.new: one.old for one in moved}
    tables = (("deadlines", parsed.deadlines, DEADLINES_MS), ("exchange", parsed.exchange, EXCHANGE_MS))
    for table, given, known in tables:
        for key, value in given.items():
            name = written.get(f"{table}.{key}", f"{table}.{key}")
            if key in EXCHANGE_MS and key not in known:
                what = f"„{name}“ heißt jetzt „exchange.{key}“, und das steht hier auch. Das alte entfernen."
                raise ProfileError(f"{path}: {what}")
            if key not in known:
                near = nearest(key, [*DEADLINES_MS, *EXCHANGE_MS])
                raise ProfileError(f"{path}: Den Schlüssel „{name}“ gibt es nicht.{near}")
            if not 0 < value <= LONGEST_MS:
                limits = "über 0 liegen" if value <= 0 else f"höchstens {LONGEST_MS} sein"
                raise ProfileError(f"{path}: Der Schlüssel „{name}“ muss {limits}; hier steht {value}.")


def _in_us(given: Mapping[str, int]) -> dict[str, int]:
    """From milliseconds by key to microseconds by field."""
    return {key.removesuffix("_ms") + "_us": value * 1000 for key, value in given.items()}
