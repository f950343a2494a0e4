"""What `lisa run` would do, told without doing it: scenarios, devices, requirements, and how long it took last time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from lisa_core.config.classes.references import REFERENCES, ReferenceKind
from lisa_core.equipment.slots.catalogue import SLOTS, title_of
from lisa_core.harness.history.brief import Key
from lisa_core.harness.history.shelf import shelf
from lisa_core.harness.lint.formats import formatted
from lisa_core.harness.report.classes.asked import newest
from lisa_core.harness.report.classes.at_hand import at_hand
from lisa_core.harness.report.classes.class_files import classes_beside
from lisa_core.harness.report.live_view import not_passed
from lisa_core.harness.report.record import RunRecord, ScenarioRecord, State, Verdict, duration_text
from lisa_core.harness.report.requirements import folders_above, shipped_folder
from lisa_core.harness.settings import CLOCK_TITLES, real_slots
from lisa_core.harness.start.look import Looked, look
from lisa_core.harness.start.places import root_of
from lisa_core.harness.start.run import Order, again
from lisa_core.harness.text.findings import shown
from lisa_core.harness.text.language import say, spoken
from lisa_core.harness.text.naming import unrepeated
from lisa_core.harness.text.tags import requirements_of

Times = Mapping[Key, int]
"""How long scenarios took, in microseconds."""


def dry_run(order: Order) -> tuple[bool, str]:
    """Whether all of it is right, and what to tell. Raises `LisaError` as `look` does."""
    open_still = again(order)
    if open_still is not None and not open_still.places:
        return True, say("Nichts wird ausgeführt.")  # what it says is told already
    found = look(replace(order, paths=open_still.places) if open_still else order)
    run = found.run
    if found.errors or run is None:
        return False, formatted(found.errors, "text")
    if not any(_runs(one) for one in run.scenarios):
        said = (*_chosen(run), say("Davon würde nichts laufen."), *not_passed(_aside(run)))
        return run.choice is not None, "\n".join(said)  # that no change reaches anything is no mistake
    return True, "\n".join(_told(found, run, _times(run, Path(order.out))))


def _told(found: Looked, run: RunRecord, times: Times) -> Iterator[str]:
    clock = say(CLOCK_TITLES[run.clock])
    words = say("Profil {profile}, {clock}, Seed {seed}", profile=run.profile, clock=clock, seed=run.seed)
    yield f"LISA  {words}. {say('Nichts wird ausgeführt.')}"
    yield from _chosen(run)
    yield f"{say('Kabine')}: {dict(run.environment).get('Kabine', '')}"
    planned = [one for one in run.scenarios if _runs(one)]
    for feature, scenarios in groupby(planned, key=lambda one: (one.feature, one.file)):
        yield f"\n{say('Funktionalität')}: {feature[0]}  {shown(feature[1])}"
        yield from (_line(one, found.slots.get(one.id, frozenset()), times.get(_key(one))) for one in scenarios)
    yield from not_passed(_aside(run))
    yield ""
    yield _counted(planned)
    yield from _devices(planned, found)
    yield from _references(planned, run.profile)
    yield from _duration(planned, run, times)


def _chosen(run: RunRecord) -> Iterator[str]:
    """What was left out, with `--affected` and `--shard`."""
    if run.choice is not None:
        yield run.choice.said


def _line(one: ScenarioRecord, slots: frozenset[str], time_us: int | None) -> str:
    devices = ", ".join(SLOTS[name].noun for name in SLOTS if name in slots)
    told = filter(None, (devices, duration_text(time_us) if time_us is not None else ""))
    return "  ".join((f"{one.line:>5}  {one.name}", *told))


def _counted(planned: list[ScenarioRecord]) -> str:
    named = sorted({name for one in planned for name in requirements_of(one.tags)})
    noun = say("Szenario") if len(planned) == 1 else say("Szenarien")
    would = say("würde laufen") if len(planned) == 1 else say("würden laufen")
    needs = say("Anforderungen: {names}", names=", ".join(named)) if named else say("Sie nennen keine Anforderung.")
    return f"{len(planned)} {noun} {would}. {needs}"


def _devices(planned: list[ScenarioRecord], found: Looked) -> Iterator[str]:
    counted = Counter(slot for one in planned for slot in found.slots.get(one.id, ()))
    if counted:
        names = ", ".join(f"{SLOTS[name].noun} ({counted[name]})" for name in SLOTS if counted[name])
        yield say("Geräte, um die es in Sätzen geht (in so vielen Szenarien): {names}", names=names)


def _references(planned: list[ScenarioRecord], profile: str) -> Iterator[str]:
    """Which limits nothing here can decide, and what a tester has to bring: told before anybody stands there."""
    real = real_slots(profile)
    if not real or not planned:
        return
    files = [one.file for one in planned]
    shipped = shipped_folder()
    folders = dict.fromkeys([*([shipped] if shipped else []), *folders_above(files, root_of(files))])
    classes = newest(one for folder in folders for one in classes_beside(folder)[0])
    found = at_hand(classes, {name for one in planned for name in requirements_of(one.tags)}, real)
    for demand, slots in found.lacking:
        names = ", ".join(title_of(slot) for slot in slots)
        what = "Nicht zu entscheiden: {id}. Gemessen wird gegen: {what}; emuliert ist hier: {names}."
        reference = REFERENCES[demand.reference.word] if demand.reference else None
        yield say(what, id=demand.id, what=_title(reference), names=names)
    for word, demands in found.brought:
        ids = ", ".join(demand.id for demand in demands)
        yield say("Mitzubringen: {what} ({ids})", what=_title(REFERENCES[word]), ids=ids)


def _title(kind: ReferenceKind | None) -> str:
    return "" if kind is None else kind.title_en if spoken() == "en" else kind.title


def _times(run: RunRecord, out: Path) -> Times:
    """How long each took when it ran last on this clock, with this profile; in virtual time a scenario takes none."""
    kept = (one for one in shelf(out).runs if run.clock == "real" and one.kind == (run.profile, run.clock))
    return {key: one.duration_us for past in kept for key, one in past.scenarios.items() if one.duration_us}


def _key(one: ScenarioRecord) -> Key:
    return shown(one.file), unrepeated(one.name)


def _duration(planned: list[ScenarioRecord], run: RunRecord, times: Times) -> Iterator[str]:
    known = [times[_key(one)] for one in planned if _key(one) in times]
    if known:
        total_us = sum(known) + sum(known) // len(known) * (len(planned) - len(known))
        words = say("Voraussichtliche Dauer: {time}, eines nach dem anderen.", time=duration_text(total_us))
        yield f"{words} {say('Bekannt von {known} aus früheren Läufen.', known=len(known))}"
    elif run.clock == "real":
        yield say("Wie lange es dauert, ist nicht bekannt: So gab es in diesem Ordner noch keinen Lauf.")


def _runs(one: ScenarioRecord) -> bool:
    return one.verdict is not Verdict.NOT_APPLICABLE


def _aside(run: RunRecord) -> RunRecord:
    """The same with nothing but what does not apply."""
    aside = tuple(one for one in run.scenarios if not _runs(one))
    return RunRecord(run.profile, run.clock, run.seed, run.started, State.RUNNING, aside)
