"""A bundle beside what whoever checks has himself: his requirements, his feature files; and beside its own profile.

What a vendor brings along may ask for more than is asked here, never for less; a slot is what its address lets it be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lisa_core.config.classes import Basis, CertificationClass, Demand
from lisa_core.config.classes.limits import Limit
from lisa_core.equipment.slots.origin import Origin
from lisa_core.harness.certify.contents import Contents, bound_by
from lisa_core.harness.certify.headline import at_best
from lisa_core.harness.certify.statement import Declared, digest
from lisa_core.harness.report.classes.asked import as_requirement
from lisa_core.harness.report.requirement import Requirement
from lisa_core.harness.text.tags import requirements_of


@dataclass(frozen=True, slots=True)
class House:
    """What whoever checks has himself: requirements by id, SHA-256 of his feature files, his version and program;
    classes by their ids."""

    asked: Mapping[str, Requirement]
    features: frozenset[str]
    here: Declared
    classes: Mapping[str, CertificationClass] = field(default_factory=dict)


def ours_of(contents: Contents, house: House) -> Mapping[str, Requirement]:
    """What is asked here by the same names; of a class in the very version that the bundle was made for."""
    versions = {one.name: house.classes.get(name) for name, one in contents.classes.items()}
    plain = {name: one for name, one in house.asked.items() if name not in versions}
    return {**plain, **{name: as_requirement(one) for name, one in versions.items() if one is not None}}


def masked(contents: Contents) -> Iterator[str]:
    """Slots that are called better than their address lets them be, or bound otherwise than the profile binds them."""
    profile, run = contents.profile, contents.run
    joined = bool(profile["world"].get("join"))
    name = dict(run.environment).get("Kennung des Profils", "")
    if name and profile["profile"].get("id") != name:
        yield f"Das Profil im Paket heißt „{profile['profile'].get('id', '')}“, das des Laufs „{name}“."
    for one in (slot for scenario in run.scenarios for slot in scenario.equipment):
        best = Origin.EMULATED if joined else at_best(one)
        if one.origin is Origin.REAL and best is not Origin.REAL:
            yield f"{one.title} steht als echt da und ist nach Anschluss und Kennung {best.value} ({one.binding})."
        if (bound := bound_by(profile, one.slot)) != one.binding:
            yield f"{one.title} war im Lauf an „{one.binding}“, im Profil steht „{bound}“."


def asks_less(theirs: Requirement, ours: Requirement) -> str:
    """What of ours theirs does not ask; "" where it asks as much."""
    there, here = _limits(theirs), _limits(ours)
    return next(filter(None, (_less(name, name in there, there.get(name), here[name]) for name in here)), "")


def _less(name: str, is_there: bool, theirs: Limit | None, ours: Limit | None) -> str:
    if not is_there:
        return f"{name} fehlt"
    if ours is None:
        return ""
    kinds = [(one.measurement, one.unit, one.upper) for one in (theirs, ours) if one]
    if theirs is None or kinds[0] != kinds[1]:
        return f"{name} hat nicht die Grenze für „{ours.measurement}“"
    excess = theirs.value - ours.value if ours.upper else ours.value - theirs.value
    if excess > 0 or theirs.uncertainty < ours.uncertainty:
        return f"{ours.value} ± {ours.uncertainty} {ours.unit} ist hier die Grenze von {name}"
    return ""


def _limits(one: Requirement) -> Mapping[str, Limit | None]:
    return {one.id: one.limit, **{part.id: part.limit for part in one.parts}}


def _of_class(theirs: CertificationClass, ours: CertificationClass | None) -> Iterator[str]:
    """What a class of this id says otherwise than ours beside limits: on what of which devices its demands rest."""
    if ours is None:
        yield f"Die Klasse {theirs.id} kennt LISA hier nicht."
        return
    for one in ours.demands:
        there = theirs.demand(one.id)
        if there is not None and _rests(there) != _rests(one):
            yield f"Die Klasse {theirs.id} sagt im Paket anderes als hier, worauf {one.id} beruht."


def _rests(one: Demand) -> tuple[Basis, str]:
    return one.basis, one.reference.word if one.reference else ""


def unofficial(contents: Contents, house: House) -> Iterator[str]:
    """What in this run is not LISA's own: sentences, features, requirements."""
    run = contents.run
    for source in run.sources:
        if digest(source.text.encode()) not in house.features:
            yield f"Die Szenarien in {source.path.name} sind nicht die, die LISA hier mitbringt."
    places = {step.definition.rpartition(":")[0] for one in run.scenarios for step in one.steps if step.definition}
    for place in sorted(places):
        if "lisa_core/harness/steps/" not in place.replace("\\", "/"):
            yield f"Sätze stammen nicht von LISA: {place.rpartition('/')[2]}."
    named = {name for one in run.scenarios for name in requirements_of(one.tags)}
    for name, theirs in contents.classes.items():
        yield from _of_class(theirs, house.classes.get(name))
    ours = ours_of(contents, house)
    for name, one in contents.asked.items():
        if name not in ours and named.intersection(one.names):
            yield f"Die Anforderung {name} kennt LISA hier nicht."
