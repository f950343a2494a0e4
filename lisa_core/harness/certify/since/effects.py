"""What is different in a newer certification from an older one, and which of the older scenarios that can reach.

Both sides are bundles, or what a bundle will be made of. In doubt all of it is reached; what is spared has its rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from lisa_core.config.classes import Basis
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.equipment.slots.origin import ADAPTER, EMULATOR
from lisa_core.harness.certify.contents import Contents
from lisa_core.harness.certify.earlier.parts import ProgramParts
from lisa_core.harness.certify.statement import Declared
from lisa_core.harness.choice.change import Effect, Reading, why
from lisa_core.harness.choice.feature_change import as_it_runs
from lisa_core.harness.report.record import ScenarioRecord, SlotRecord
from lisa_core.harness.text.document import parse
from lisa_core.harness.text.findings import FeatureError
from lisa_core.harness.text.tags import needs_of, requirements_of

_SURROUNDINGS = (
    *("Rechner", "Python", "Landkreis", "Standort", "Kennung des Profils", "Regeln"),
    *("pytest", "pytest-bdd", "gherkin-official", "aiortc", "av", "pyserial", "starlette"),
)
"""What of the environment of a run reaches every scenario; what else stands there is compared elsewhere."""
_FIRMWARE = re.compile(r"(?:^|, )Firmware .*")
_OURS = "lisa_core/harness/steps/"


@dataclass(frozen=True, slots=True)
class Ground:
    """One certification as far as another one may lean on it. `stands`: by slot everything that hung there."""

    contents: Contents
    declared: Declared
    wanted: str
    stands: Mapping[str, frozenset[SlotRecord]] = field(default_factory=dict)


def ground_of(contents: Contents, declared: Declared, wanted: str) -> Ground:
    """That of a run that has ended; `wanted` is the class that it was made for."""
    stands: dict[str, set[SlotRecord]] = {}
    for one in contents.run.scenarios:
        for slot in one.equipment:
            stands.setdefault(slot.slot, set()).add(as_it_hangs(slot))
    return Ground(contents, declared, wanted, {name: frozenset(slots) for name, slots in stands.items()})


def as_it_hangs(slot: SlotRecord) -> SlotRecord:
    """What was there, without the part that it had in a scenario."""
    return replace(slot, decides=False, tester=False, reason="", title="")


class Changes:
    """What is different between `old` and `new`, worked out once; asked for each scenario of the old one."""

    def __init__(self, old: Ground, new: Ground) -> None:
        self._old, self._new = old, new
        self._effects = tuple(_effects(old, new))
        self._texts = {one: as_they_run(old, one) for one in _files(old)}
        self._now = {one: as_they_run(new, one) for one in _files(new)}

    def reasons(self, one: ScenarioRecord) -> tuple[str, ...]:
        """Why this scenario of the old one can come out differently now; none: nothing that has changed reaches it."""
        found = [*why(self._effects, reading_of(one)), *self._of_its_text(one), *self._of_its_devices(one)]
        if foreign := next((step.definition for step in one.steps if not _place(step.definition)), None):
            found.append(f"Ein Satz ist nicht von LISA ({Path(foreign).name}): Was er tut, steht nirgends.")
        return tuple(dict.fromkeys(found))

    def _of_its_text(self, one: ScenarioRecord) -> Iterator[str]:
        file, _, name = one.id.partition("::")
        if (now := self._now.get(file)) is None or file not in self._texts:
            return  # it is not in the new run: whoever checks asks whether he has this text himself
        if now.get(name) != self._texts[file].get(name):
            yield f"Der Text von {file} ist ein anderer."

    def _of_its_devices(self, one: ScenarioRecord) -> Iterator[str]:
        rests = rests_on(one, self._old)
        tables = [ground.contents.profile["slots"] for ground in (self._old, self._new)]
        for slot in (slot for slot in one.equipment if slot.slot in rests):
            if tables[0].get(slot.slot) != tables[1].get(slot.slot):
                yield f"{slot.title}: Im Profil ist slots.{slot.slot} anders."
            was, now = as_it_hangs(slot), self._new.stands.get(slot.slot, frozenset())
            if slot.binding.startswith(ADAPTER):
                yield f"{slot.title}: Was hinter dem Adapter steht, ist von hier nicht zu sehen."
            elif not now:
                yield f"{slot.title}: Was jetzt dort hängt, ist im neuen Lauf nicht zu sehen."
            elif now == {was} or (_same_but_firmware(was, now) and self._is_of_build(one)):
                continue
            else:
                told = " und ".join(sorted(_told(each) for each in now))
                yield f"{slot.title}: vorher {_told(was)}, jetzt {told}."

    def _is_of_build(self, one: ScenarioRecord) -> bool:
        """Whether all that it shows rests on how the device is built."""
        wanted = self._old.contents.classes.get(self._old.wanted)
        found = [wanted.demand(name) if wanted else None for name in requirements_of(one.tags)]
        return bool(found) and all(demand is not None and demand.basis is Basis.BUILD for demand in found)


def rests_on(one: ScenarioRecord, ground: Ground) -> frozenset[str]:
    """The slots whose device can change its verdict: those that decide, that a tester saw, that it names."""
    wanted = ground.contents.classes.get(ground.wanted)
    demands = [wanted.demand(name) for name in requirements_of(one.tags)] if wanted else []
    beside = [demand.reference.kind.slots for demand in demands if demand and demand.reference]
    named = {slot for slot, _ in needs_of(one.tags)} | {slot for slots in beside for slot in slots}
    found = {slot.slot for slot in one.equipment if slot.decides or slot.tester} | named
    lines = {slot.binding for slot in one.equipment if slot.slot in found and slot.binding != EMULATOR}
    return frozenset(found | {slot.slot for slot in one.equipment if slot.binding in lines})


def reading_of(one: ScenarioRecord) -> Reading:
    """What of the program and of requirements it uses."""
    steps = frozenset(_place(step.definition) for step in one.steps)
    return Reading(str(one.file), one.line, one.tags, "", steps)


def _place(definition: str) -> str:
    """`lisa_core/harness/steps/booth.py:12`, wherever the program lay; "" for what is not ours."""
    _, found, rest = definition.replace("\\", "/").rpartition(_OURS)
    return f"{_OURS}{rest}" if found else ""


def _effects(old: Ground, new: Ground) -> Iterator[Effect]:
    if old.wanted != new.wanted:
        yield Effect(f"Die Klasse ist eine andere: vorher {old.wanted or 'keine'}.", every=True)
    elif _class(old) != _class(new):
        yield Effect(f"Die Klasse {old.wanted} verlangt etwas anderes als vorher.", every=True)
    yield from _of_requirements(old.contents, new.contents)
    yield from _of_the_program(old, new)
    yield from _of_the_profile(old.contents, new.contents)
    was, now = (dict(one.contents.run.environment) for one in (old, new))
    for name in _SURROUNDINGS:
        if was.get(name) != now.get(name):
            told = f"vorher „{was.get(name, '')}“, jetzt „{now.get(name, '')}“"
            yield Effect(f"{name}: {told}.", every=True)
    then, here = old.contents.run.clock, new.contents.run.clock
    if then != here:
        yield Effect(f"Die Uhr ist eine andere: vorher {then}, jetzt {here}.", every=True)


def _class(ground: Ground) -> object:
    found = ground.contents.classes.get(ground.wanted)
    return found and (replace(found, path=Path()), [replace(one, path=Path(), line=0) for one in found.demands])


def _of_requirements(old: Contents, new: Contents) -> Iterator[Effect]:
    for name, was in old.asked.items():
        now = new.asked.get(name)
        if now is None or was.differs(now):
            yield Effect(f"Die Anforderung {name} ist eine andere.", requirements=was.names)


def _of_the_program(old: Ground, new: Ground) -> Iterator[Effect]:
    was, now = old.contents.parts, new.contents.parts
    if was is None or now is None:
        if old.declared.program != new.declared.program or was is not now:
            yield Effect("Das Programm ist ein anderes, und welcher Teil, steht im Paket nicht.", every=True)
        return
    is_same = old.declared.program == new.declared.program
    if (is_same and was.sentences != now.sentences) or (not is_same and was == now):
        yield Effect("Die Teile des Programms passen nicht zu seiner Prüfsumme.", every=True)
    for word, then, here in (
        ("Das Programm ist ein anderes", was.rest, now.rest),
        ("Eine Bibliothek oder Python ist eine andere Version", was.libraries, now.libraries),
        ("Das Betriebssystem ist ein anderes", was.system, now.system),
    ):
        if then != here:
            yield Effect(f"{word}.", every=True)
    for driver in sorted(_drivers(old.contents) | _drivers(new.contents)):
        if was.drivers.get(driver) != now.drivers.get(driver):
            yield Effect(f"Der Treiber {driver} ist ein anderer.", every=True)
    yield from _of_sentences(was, now)


def _of_sentences(was: ProgramParts, now: ProgramParts) -> Iterator[Effect]:
    """A function that is not there any more as it was reaches who used it; where it stands says nothing."""
    there = {(place.rpartition(":")[0], digest) for place, digest in now.sentences.items()}
    for place, digest in was.sentences.items():
        if (place.rpartition(":")[0], digest) not in there:
            yield Effect(f"Der Satz in {place.removeprefix(_OURS)} ist ein anderer.", steps=(place,))


def _of_the_profile(old: Contents, new: Contents) -> Iterator[Effect]:
    digests = [dict(one.run.environment).get("Prüfsumme des Profils") for one in (old, new)]
    has_file = any(
        str(one.get("profile", {}).get("landkreis", "")).endswith(".toml") for one in (*old.frame, *new.frame)
    )
    if list(old.frame) != list(new.frame) or (has_file and digests[0] != digests[1]):
        yield Effect("Das Profil ist ein anderes (nicht nur ein Gerät).", every=True)
    was, now = (one.profile["slots"] for one in (old, new))
    for slot in sorted(was.keys() | now.keys()):
        if was.get(slot) != now.get(slot) and _is_emulated(was.get(slot)):
            yield Effect(f"Im Profil ist slots.{slot} anders.", every=True)


def _is_emulated(table: JsonMap | None) -> bool:
    """Whether the run played this slot itself: then no scenario says that it rests on it."""
    return table is None or str(table.get("binding", "") or EMULATOR) == EMULATOR


def _drivers(contents: Contents) -> frozenset[str]:
    return frozenset(str(one["driver"]) for one in contents.profile["slots"].values() if "driver" in one)


def _files(ground: Ground) -> frozenset[str]:
    return frozenset(one.id.partition("::")[0] for one in ground.contents.run.scenarios)


def as_they_run(ground: Ground, file: str) -> Mapping[str, str]:
    """By the name of each scenario of a file what it runs; of a file that cannot be read nothing."""
    run = ground.contents.run
    paths = {one.file for one in run.scenarios if one.id.partition("::")[0] == file}
    found: dict[str, str] = {}
    for source in run.sources:
        if source.path in paths:
            try:
                found |= as_it_runs(parse(source.path, source.text))
            except FeatureError:
                continue
    return found


def _same_but_firmware(was: SlotRecord, now: frozenset[SlotRecord]) -> bool:
    bare = {replace(one, identity=_FIRMWARE.sub("", one.identity)) for one in (was, *now)}
    return len(bare) == 1


def _told(slot: SlotRecord) -> str:
    return slot.identity or f"{slot.driver} an {slot.binding}"
