"""A hardware profile: which slot of a booth is bound to what, and how long this booth waits.

`extends` names another profile whose values hold where this one says nothing, slot by slot. How its files are read and
judged stands in `config.hardware`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from lisa_core.config.classes import known_classes, load_class
from lisa_core.config.classes.reading import SUFFIX
from lisa_core.config.drivers import (
    EMULATOR,
    bus_faults,
    driver,
    driver_faults,
    emulated_device,
    personality_faults,
)
from lisa_core.config.hardware.declaration import (
    KEYS,
    Declaration,
    declaration_faults,
    declaration_of,
    declared_keys,
    family_faults,
)
from lisa_core.config.hardware.files import find_profile, parent_path, shipped
from lisa_core.config.hardware.inherited import WholeProfile, read_whole
from lisa_core.config.hardware.limits import OwnLimit, limit_faults, limit_of
from lisa_core.config.hardware.mistakes import Mistake, WrongProfileError, in_order
from lisa_core.config.hardware.one_file import EXCHANGE_MS
from lisa_core.config.hardware.ports import port_faults
from lisa_core.config.toml import read_toml
from lisa_core.config.toml_lines import read_lines
from lisa_core.domain.model.directory import Deadlines, Directory
from lisa_core.domain.model.errors import LisaError, ProfileError
from lisa_core.domain.model.ids import SiteId
from lisa_core.domain.model.json_types import JsonDict, JsonMap
from lisa_core.domain.model.nearest import nearest
from lisa_core.equipment.slots.catalogue import DEVICE_OF_SLOT, NEEDED, PROTOCOLS
from lisa_core.equipment.slots.catalogue import SLOTS as DECLARED
from lisa_core.equipment.slots.plans.fault_plan import planned
from lisa_core.equipment.traces.binding import is_replay
from lisa_core.host.address import respelled
from lisa_core.host.notices import tell_once
from lisa_core.host.paths import is_file
from lisa_core.host.renames import Word, renames_of

__all__ = ["EXCHANGE_MS", "Profile", "SlotBinding", "find_profile", "load_profile", "looked_at"]

SLOTS = tuple(DECLARED)
EXCHANGE_US = tuple(key.removesuffix("_ms") + "_us" for key in EXCHANGE_MS)


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
    declared: Declaration = Declaration()
    """What is said of the device."""

    @property
    def able(self) -> tuple[str, ...]:
        """What it is said to be able to do; where nothing is said, all that its driver can."""
        said = self.declared.capabilities
        return driver(self.driver).can if said is None else said

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
    limits: Mapping[str, OwnLimit] = field(default_factory=dict)
    """By measurement what the owner of this profile demands beyond the requirements."""
    certification_class: str = ""
    """The class of certification after which its device is to be judged."""

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
        line = self._line_of(key)
        return f"{self.path}:{line}" if line else f"{self.path}"

    def mistake(self, key: str, text: str) -> Mistake:
        """What is found to be wrong with this key by whoever knows more than the file says."""
        return Mistake(self.path, self._line_of(key), key, text)

    def _line_of(self, key: str) -> int | None:
        return read_lines(self.path.read_text(encoding="utf-8-sig")).of(key) if is_file(self.path) else None

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

    Raises `ProfileError` listing every mistake with file, line and key.
    """
    profile, mistakes, whole = _looked_at(find_profile(name))
    if mistakes:
        raise WrongProfileError(mistakes)
    _tell_respelled(whole, profile.slots)
    return profile


def looked_at(name: str) -> tuple[Profile, tuple[Mistake, ...]]:
    """The profile as far as it can be understood, and all that is wrong with it.

    Raises `ProfileError` where there is no such file, or none that can be read.
    """
    profile, mistakes, _ = _looked_at(find_profile(name))
    return profile, mistakes


def _looked_at(path: Path) -> tuple[Profile, tuple[Mistake, ...], WholeProfile]:
    found: list[Mistake] = []
    whole = read_whole(path, found)
    tables = {slot: dict(table) for slot, table in whole.slots.items()}
    slots = {slot: bound for slot, table in tables.items() if (bound := _bind(whole, slot, table, found))}
    found += [whole.mistake(f"slots.{slot}.{key}", text) for slot, key, text in _slot_faults(_own(slots, whole), whole)]
    found += [whole.mistake(f"limits.{name}.{key}".rstrip("."), text) for name, key, text in _limit_faults(whole)]
    found += [whole.mistake(key, text) for key, text in (*_missing(whole), *_wrong_words(whole))]
    profile = Profile(
        whole.profile.get("id", ""),
        path,
        whole.profile.get("landkreis", ""),
        SiteId(whole.profile.get("site", "")),
        slots,
        replace(Deadlines(), **_in_us(whole.deadlines)),
        {**whole.deadlines, **whole.exchange},
        whole.world.get("join", ""),
        _in_us(whole.exchange),
        frozenset(_in_us(dict.fromkeys(whole.of_old, 0))),
        whole.world.get("faults", ""),
        {name: limit for name, table in whole.limits.items() if (limit := limit_of(name, table))},
        whole.profile.get("class", ""),
    )
    return profile, in_order(found, path), whole


def in_trial(directory: Directory, profile: Profile) -> Directory:
    """The directory for a run of its own, whose exchange rings as long as the profile says."""
    return replace(directory, rules=replace(directory.rules, **profile.exchange))


def in_service(directory: Directory, profile: Profile) -> Directory:
    """The directory for a booth at the exchange of its Landkreis."""
    said = {name: value for name, value in profile.exchange.items() if name in profile.exchange_of_old}
    return replace(directory, rules=replace(directory.rules, **said))


def profile_files(name: str) -> tuple[Path, ...]:
    """The file of a profile that can be loaded, and those that it extends."""
    files = [find_profile(name)]
    while extends := read_toml(files[-1])["profile"].get("extends"):
        files.append(parent_path(files[-1], extends))
    return tuple(files)


def _bind(whole: WholeProfile, slot: str, table: JsonDict, found: list[Mistake]) -> SlotBinding | None:
    missing = [key for key in ("driver", "binding") if not table.get(key)]
    if missing:
        if not whole.may_say(f"slots.{slot}"):
            keys = (f"slots.{slot}.{key}" for key in missing)
            found += [whole.lacks(key, f"Der Schlüssel „{key}“ fehlt.") for key in keys]
        return None
    driver_name, binding = table.pop("driver"), table.pop("binding")
    personality = str(table.pop("personality", ""))
    said = declaration_of(table)
    for key in _declared_keys(slot, driver_name) if not table.keys().isdisjoint(KEYS) else ():
        table.pop(key, None)
    folder = whole.files.get(f"slots.{slot}.binding", whole.path).absolute().parent
    return SlotBinding(slot, driver_name, binding, table, personality, folder, said)


def _declared_keys(slot: str, name: str) -> tuple[str, ...]:
    try:
        return declared_keys(driver(name), PROTOCOLS[slot])
    except ProfileError:
        return KEYS  # that there is no such driver is told


def _own(slots: Mapping[str, SlotBinding], whole: WholeProfile) -> list[SlotBinding]:
    """The slots of which something stands elsewhere than in the shipped `emulated`, which a test has checked.

    So a run in memory, which uses no driver, asks none and loads none.
    """
    base = shipped().get("emulated")
    other = {name.split(".")[1] for name, file in whole.files.items() if file != base and name.startswith("slots.")}
    return [bound for slot, bound in slots.items() if slot in other]


def _slot_faults(own: list[SlotBinding], whole: WholeProfile) -> Iterator[tuple[str, str, str]]:
    """Slot, key and sentence of all that is wrong with slots, each by itself and beside the others."""
    sound = []
    for bound in own:
        faults = list(driver_faults(bound.slot, bound.driver, bound.binding, bound.options, bound.folder))
        if not any(key == "driver" for key, _ in faults):
            faults += personality_faults(bound.slot, bound.driver, bound.binding, bound.personality)
            faults += _declaration_faults(bound, whole.slots[bound.slot])
            sound.append(bound)
        yield from ((bound.slot, key, text) for key, text in faults)
    yield from bus_faults(sound)
    yield from port_faults(sound)


def _declaration_faults(bound: SlotBinding, table: JsonMap) -> Iterator[tuple[str, str]]:
    declared = driver(bound.driver)
    keys = declared_keys(declared, PROTOCOLS[bound.slot])
    yield from declaration_faults(bound.slot, {key: table[key] for key in keys if key in table}, declared)
    yield from family_faults(bound.slot, bound.declared)


def _limit_faults(whole: WholeProfile) -> Iterator[tuple[str, str, str]]:
    for name, table in whole.limits.items():
        yield from ((name, key, text) for key, text in limit_faults(name, table))


def _missing(whole: WholeProfile) -> Iterator[tuple[str, str]]:
    """What no profile is without, where all of it could be read."""
    if whole.may_say("profile"):
        return
    if missing := [slot for slot in NEEDED if slot not in whole.slots]:
        what = f"Die Steckplätze {', '.join(missing)} sind nicht gebunden."
        yield "profile", f'{what} Unter [profile] ein Profil nennen, das sie bindet: extends = "emulated"'
    for key in ("landkreis", "site"):
        if not whole.profile.get(key):
            yield f"profile.{key}", f"Der Schlüssel „profile.{key}“ fehlt."


def _wrong_words(whole: WholeProfile) -> Iterator[tuple[str, str]]:
    """A plan of faults that cannot be read (whether all of it can happen says the run), and an unknown class."""
    try:
        planned(whole.world.get("faults", ""), Random(0))
    except LisaError as error:
        yield "world.faults", str(error)
    if name := whole.profile.get("class", ""):
        yield from (("profile.class", text) for text in _class_faults(whole, name))


def _class_faults(whole: WholeProfile, name: str) -> Iterator[str]:
    """A class belongs to whoever asks for the devices: a profile names one of ours and brings none along."""
    if name.endswith(SUFFIX) or "/" in name:
        yield f"class: „{name}“ ist eine Datei; hier steht der Name einer Klasse.{nearest(name, known_classes())}"
        return
    try:
        asked = load_class(name)
    except ProfileError as error:
        yield from str(error).splitlines()
        return
    if asked.slot and asked.slot not in whole.slots and not whole.may_say("profile"):
        what = f"Die Klasse „{name}“ gilt für slots.{asked.slot}, und das bindet dieses Profil nicht."
        yield f"{what} Die Tabelle ergänzen oder eine andere Klasse nennen."


def _tell_respelled(whole: WholeProfile, slots: Mapping[str, SlotBinding]) -> None:
    for bound in _own(slots, whole):
        if present := respelled(bound.binding, driver(bound.driver).binding):
            file, line = whole.place(f"slots.{bound.slot}.binding")
            scheme = bound.binding.partition("://")[0].lower()
            row = next((row for row in renames_of(Word.BINDING) if row.old == f"{scheme}://"), None)
            until = f"bis Version {row.since} gilt beides" if row else "noch gilt beides"
            text = f"„{bound.binding}“ schreibt sich jetzt „{present}“; {until}. Umschreiben: lisa migrate ORDNER"
            tell_once(f"{file}:{line}: {text}" if line else f"{file}: {text}")


def _in_us(given: Mapping[str, int]) -> dict[str, int]:
    """From milliseconds by key to microseconds by field."""
    return {key.removesuffix("_ms") + "_us": value * 1000 for key, value in given.items()}
