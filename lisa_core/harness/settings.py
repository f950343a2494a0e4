"""What one scenario runs under: the values that `lisa run` was called with and those of the scenario itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

from lisa_core.booth.fault_plan import plan_of
from lisa_core.config.classes.limits import Limit
from lisa_core.config.drivers import driver
from lisa_core.config.profile import Profile, load_profile
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.domain.model.readings import DeviceIdentity
from lisa_core.equipment.drivers.identity import Said
from lisa_core.equipment.drivers.link import Links, link_from, link_text
from lisa_core.equipment.slots.plans.fault_plan import Happening
from lisa_core.harness.tester.panel import Panel
from lisa_core.harness.text.language import say
from lisa_core.harness.text.tags import needs_of

ClockName = Literal["real", "virtual"]
CLOCKS: tuple[ClockName, ...] = ("real", "virtual")
PICTURES = ("failed", "all", "none")
CLOCK_TITLES: dict[ClockName, str] = {"real": "echte Uhr", "virtual": "virtuelle Uhr"}
DEFAULT_PROFILE = "emulated"
RULES = ("lisa", "gherkin")
"""Whose rules a feature file keeps: ours, or no more than what Gherkin itself asks for."""
_NARROWING = frozenset({"manuell", "dauert", "stufe:wire", "stufe:hardware"})


@dataclass(frozen=True, slots=True)
class RunSettings:
    """`scenario` and `tags` (without @) are those of the scenario that is about to run; `out` is for files.

    With real devices a tester is asked at the `panel` and has `answer_s` for each answer.
    """

    profile: str = DEFAULT_PROFILE
    clock: ClockName = "real"
    out: Path = Path("out")
    seed: int = 0
    scenario: str = ""
    tags: frozenset[str] = frozenset()
    answer_s: float = 60.0
    panel: Panel | None = None
    said: Mapping[str, Said] = field(default_factory=dict)
    """Who the devices at real addresses were when the run began, by slot."""
    links: Links = field(default_factory=dict)
    """How long the ways to them took then, where somebody asked."""
    rules: str = RULES[0]
    """One of `RULES`."""
    faults: str | None = None
    """A plan of faults (`equipment.slots.plans.fault_plan`), followed in each scenario; None: that of the profile."""
    tester: str = ""
    place: str = ""
    """Who tests, and where; "" for the place: the booth of the profile."""
    challenge: str = ""
    """What an accepting office handed out before the run (`certify.trusted.challenge`)."""
    listen: str = ""
    """Where a phone may answer (`tester.phone.place`); "": nowhere, the page is on loopback."""
    language: str = "de"
    lasting: bool = False
    """Whether scenarios with @dauert run at emulated devices on the real clock as well."""
    limits: tuple[tuple[str, Limit], ...] = ()
    """What the requirements of this scenario set, each with the id that sets it."""
    pictures: str = "failed"
    """Of which scenarios the screen and the desk are shown in the report: one of `PICTURES`."""

    record: str = ""
    """A folder for what is recorded of every scenario; "": only of red ones, beside the report."""
    record_slot: str = ""
    """Of which slot; "": of all."""

    @property
    def recorded(self) -> str:
        """How much is kept of what devices say (`harness.rig.rig.Wishes.recorded`)."""
        return "" if self.booth == "memory" else "all" if self.record else "newest"

    @property
    def plan(self) -> tuple[str, tuple[Happening, ...]]:
        """The plan of faults as it was written, and what the seed made of it. Raises `LisaError`."""
        profile = load_profile(self.profile)
        text = profile.faults if self.faults is None else self.faults
        return text, plan_of(profile, text, self.seed, memory=self.booth == "memory")

    @property
    def disturbed(self) -> bool:
        """Whether there is such a plan."""
        if self.faults is not None:
            return bool(self.faults)
        loaded = _profile(self.profile)
        return loaded is not None and bool(loaded.faults)

    @property
    def demanding(self) -> Profile | None:
        """The profile, where it has limits of its own."""
        loaded = _profile(self.profile) if self.profile != DEFAULT_PROFILE else None
        return loaded if loaded is not None and loaded.limits else None

    @property
    def booth(self) -> str:
        """The kind of booth (entry-point group `lisa.booths`): virtual time needs the one without any wire."""
        return "memory" if self.clock == "virtual" else "emulated"


def said_as_text(said: Mapping[str, Said]) -> str:
    """For the way from `lisa run` into pytest."""
    return json.dumps({slot: asdict(one) for slot, one in said.items()})


def said_from(text: str) -> dict[str, Said]:
    """The way back."""
    return {slot: _said(one) for slot, one in json.loads(text).items()}


def links_as_text(links: Links) -> str:
    """For the same way."""
    return json.dumps({slot: link_text(one) for slot, one in links.items()})


def links_from(text: str) -> Links:
    """The way back."""
    return {slot: link_from(one) for slot, one in json.loads(text).items()}


def _said(one: JsonMap) -> Said:
    can = one["can"]
    return Said(DeviceIdentity(**one["identity"]), one["silence"], None if can is None else tuple(can))


@lru_cache(maxsize=4)
def real_slots(profile: str) -> frozenset[str]:
    """The slots that this profile binds to devices outside of any emulated world, whatever those turn out to be. What
    is played from a recording is none of them.

    Whoever joins a world (`[world] join`) binds to devices in it: what happens there they notice.
    """
    loaded = _profile(profile) if profile != DEFAULT_PROFILE else None
    return frozenset() if loaded is None or loaded.join else loaded.outside


def why_not_applicable(tags: frozenset[str], settings: RunSettings) -> str:
    """The reason why a scenario cannot apply to this run, in the language of the run; empty when it can."""
    needs = needs_of(tags)
    if not needs and not tags & _NARROWING:
        return ""
    real = real_slots(settings.profile)
    if "manuell" in tags and not real:
        return say("@manuell: nur mit einer Prüferin an echten Geräten")
    quick = settings.clock == "real" and not settings.lasting
    if "dauert" in tags and quick and not real.intersection(slot for slot, _ in needs):
        return say("@dauert: nur mit --lasting, mit virtueller Uhr, oder wo das Gerät echt ist")
    for tag in sorted(tags & {"stufe:wire", "stufe:hardware"}):
        if settings.clock == "virtual":
            return say("@{tag}: nicht mit virtueller Uhr", tag=tag)
        if tag == "stufe:hardware" and not real:
            return say("@{tag}: nicht mit emulierten Geräten", tag=tag)
    if "stufe:hardware" in tags and (emulated := [slot for slot, _ in needs if slot not in real]):
        return say("@stufe:hardware: emuliert sind hier {slots}", slots=", ".join(emulated))
    return next(filter(None, (_unmet(slot, ability, settings) for slot, ability in needs)), "")


def _unmet(slot: str, ability: str, settings: RunSettings) -> str:
    """Why this booth does not have what @braucht asks for; "" where it has."""
    tag = f"@braucht:{slot}.{ability}" if ability else f"@braucht:{slot}"
    loaded = _profile(settings.profile)
    if loaded is None:
        return ""  # told where it is used
    if slot not in loaded.slots:
        return say("{tag}: Dieses Bürgerbüro hat kein solches Gerät", tag=tag)
    name = loaded.slots[slot].driver
    if not ability:
        return ""
    if ability not in (declared := driver(name).can):
        able = ", ".join(declared) or say("nichts davon")
        return say("{tag}: Der Treiber „{name}“ kann {able}", tag=tag, name=name, able=able)
    if ability not in loaded.slots[slot].able:
        return say("{tag}: Im Profil ist das nicht erklärt (capabilities)", tag=tag)
    can = settings.said.get(slot, Said()).can
    if can is None or ability in can:
        return ""
    return say("{tag}: Dieses Gerät kann {able}", tag=tag, able=", ".join(can) or say("nichts davon"))


@lru_cache(maxsize=4)
def _profile(name: str) -> Profile | None:
    try:
        return load_profile(name)
    except LisaError:
        return None  # told where it is used
