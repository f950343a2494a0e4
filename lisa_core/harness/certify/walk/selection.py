"""Which scenarios show what a class asks for, which of them need a hand, and what nothing here can decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from lisa_core.config.classes import CertificationClass, Demand, Showing
from lisa_core.config.classes.declared import told_of, undeclared
from lisa_core.config.profile import Profile
from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.certify.contents import nameless
from lisa_core.harness.certify.earlier.leaning import Leaning
from lisa_core.harness.certify.since.choice import StillValid
from lisa_core.harness.history.known import KnownEntry, entries_in, matched
from lisa_core.harness.lint.formats import formatted
from lisa_core.harness.report.equipment import BY_HAND
from lisa_core.harness.report.record import RunRecord, ScenarioRecord, Verdict
from lisa_core.harness.start.look import look
from lisa_core.harness.start.run import Order
from lisa_core.harness.text.findings import shown
from lisa_core.harness.text.tags import requirements_of


@dataclass(frozen=True, slots=True)
class Selection:
    """What would run for a class, in order, as records that have not run; `by_hand` are the ids of those that a person
    has to do something for. `undecided` has a sentence for each demand that no scenario of these can decide."""

    planned: tuple[ScenarioRecord, ...]
    by_hand: frozenset[str]
    undecided: tuple[str, ...]
    run: RunRecord
    declared: tuple[str, ...] = ()
    """What comes of what the profile declares that the device can, a sentence each."""
    of_known: tuple[str, ...] = ()
    """What is to be said of known faults before anything runs."""
    is_trial: bool = False
    """Whether the device of the class is emulated in this profile: nothing that runs says anything of a real one."""
    since: StillValid | None = None
    """What of it runs, and why, where the rest holds of an earlier bundle."""


def selected(order: Order, wanted: CertificationClass, profile: Profile) -> Selection:
    """Looks at the feature files of this order, and runs nothing. Raises `LisaError` where something in them is wrong,
    or where nothing of them is about the class."""
    found = look(order)
    if found.errors or found.run is None:
        raise LisaError(formatted(found.errors, "text"))
    about = [one for one in found.run.scenarios if _is_about(one, wanted)]
    planned = tuple(one for one in about if one.verdict is not Verdict.NOT_APPLICABLE)
    if not planned:
        raise LisaError(f"Kein Szenario zeigt hier etwas von dem, was die Klasse {wanted.id} verlangt.")
    real = frozenset(profile.slots) - profile.emulated
    by_hand = frozenset(one.id for one in planned if BY_HAND in one.tags or found.slots.get(one.id, frozenset()) & real)
    return Selection(
        planned,
        by_hand,
        tuple(_undecided(wanted, planned, profile)),
        found.run,
        _of_declarations(wanted, profile),
        is_trial=wanted.slot in profile.emulated,
    )


def narrowed(selection: Selection, since: StillValid) -> Selection:
    """Only what has to run again; one at least, so that it is to be seen what hangs there now."""
    again = tuple(one for one in selection.planned if one.id in since.again)
    by_itself = [one for one in selection.planned if one.id not in selection.by_hand]
    planned = again or (*by_itself, *selection.planned)[:1]
    ids = {one.id for one in planned}
    held = Leaning(tuple(pair for pair in since.leaning.held if pair[0] not in ids))
    return replace(selection, planned=planned, by_hand=selection.by_hand & ids, since=replace(since, leaning=held))


def read_known(name: str) -> tuple[KnownEntry, ...]:
    """What a file of known faults says; "": none. Raises `LisaError` with all that is wrong in it."""
    if not name:
        return ()
    entries, wrong = entries_in(Path(name), everywhere=True)
    if wrong:
        raise LisaError(formatted(wrong, "text"))
    return entries


def with_known(selection: Selection, entries: tuple[KnownEntry, ...], today: date | None = None) -> Selection:
    """The same with what is to be said of these entries: those that are over, or name nothing that would run."""
    day = today or datetime.now(tz=UTC).astimezone().date()
    told = (*matched(entries, (), day).notes, *nameless(entries, selection.planned))
    expected = [
        one.name for one in selection.planned if any(entry.means(one) and entry.until >= day for entry in entries)
    ]
    count = f"Als nicht bestanden erwartet ({len(expected)}): {', '.join(expected)}." if expected else ""
    return replace(selection, of_known=tuple(filter(None, (count, *told))))


def places_of(scenarios: tuple[ScenarioRecord, ...]) -> tuple[str, ...]:
    """As `lisa run` takes them: `datei.feature:12`, each once."""
    return tuple(dict.fromkeys(f"{shown(one.file)}:{one.line}" for one in scenarios))


def at_places(order: Order, places: tuple[str, ...]) -> Order:
    """The same order for these scenarios only."""
    return replace(order, paths=places, tags="")


def _of_declarations(wanted: CertificationClass, profile: Profile) -> tuple[str, ...]:
    bound = profile.slots.get(wanted.slot)
    if bound is None:
        return ()
    return (*told_of(wanted, bound.declared.capabilities),)


def _is_about(one: ScenarioRecord, wanted: CertificationClass) -> bool:
    return any(wanted.demand(name) or name == wanted.name for name in requirements_of(one.tags))


def _undecided(wanted: CertificationClass, planned: tuple[ScenarioRecord, ...], profile: Profile) -> Iterator[str]:
    shown_here = {name for one in planned for name in requirements_of(one.tags)}
    bound = profile.slots.get(wanted.slot)
    aside = {one.demand for one in undeclared(wanted, bound.able)} if bound else set()
    for demand in wanted.demands:
        if demand.id in aside:
            continue  # told by what is declared
        if why := _why_not(demand, demand.id in shown_here, wanted.slot, profile):
            yield f"{demand.id}: {why}"


def _why_not(demand: Demand, is_shown: bool, slot: str, profile: Profile) -> str:
    """Why nothing here decides it; "" where something does."""
    if demand.showing is Showing.LABORATORY:
        return "Das zeigt nur der Prüfbericht eines Labors."
    if demand.showing is Showing.TESTER and not is_shown:
        return "Das misst ein Prüfer vor Ort, mit Foto."
    if not is_shown:
        return demand.open_reason or "Kein Szenario zeigt es."
    missing = [slot for slot in (demand.reference.kind.slots if demand.reference else ()) if slot in profile.emulated]
    beside = slot in profile.emulated  # in one world with its reference: a trial, in which all of it can be measured
    if demand.limit is not None and missing and demand.reference and not beside:
        return f"Der Bezug fehlt: {demand.reference.kind.title} ist hier emuliert ({', '.join(missing)})."
    return ""
