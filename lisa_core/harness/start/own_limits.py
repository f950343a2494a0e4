"""Limits of a profile held against those of the requirements: it may ask more of its device, and never less."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lisa_core.config.classes import load_class
from lisa_core.config.classes.limits import Limit
from lisa_core.config.hardware.limits import LOWER, UNIT, UPPER, OwnLimit, bound_of, is_laxer
from lisa_core.config.hardware.mistakes import Mistake
from lisa_core.config.profile import Profile
from lisa_core.domain.model.errors import ProfileError
from lisa_core.harness.report.judgement import decimal_text
from lisa_core.harness.report.requirement import Requirement
from lisa_core.harness.text.findings import meant
from lisa_core.harness.text.language import say


@dataclass(frozen=True, slots=True)
class _Demand:
    """The limit of a requirement, and which one that is."""

    requirement: str
    limit: Limit


def whose_limit(profile: Profile) -> str:
    """How a report names who has set a limit."""
    return say("Profil {name}", name=profile.id)


def own_limit_mistakes(profile: Profile, requirements: Iterable[Requirement]) -> Iterator[Mistake]:
    """What is wrong with the limits of a profile, each with its place in the file."""
    demands: dict[str, list[_Demand]] = {}
    limits = [(name, limit) for one in requirements for name, limit in one.limits(one.id)]
    for name, limit in (*limits, *_of_class(profile)):
        demands.setdefault(limit.measurement, []).append(_Demand(name, limit))
    for name, own in profile.limits.items():
        if name not in demands:
            what = say("Zur Messung „{name}“ setzt keine Anforderung eine Grenze.", name=name)
            known = say("Bekannt: {names}.", names=", ".join(sorted(demands)) or say("nichts"))
            yield profile.mistake(f"limits.{name}", f"{what} {meant(name, demands, known)}")
            continue
        found = (told for demand in _alike(own, demands[name]) if (told := _wrong(own, demand)))
        if (first := next(found, None)) is not None:
            yield profile.mistake(f"limits.{name}.{first[0]}", first[1])


def _alike(own: OwnLimit, demands: list[_Demand]) -> list[_Demand]:
    """Those that bound it from the same side; where a measurement has both bounds, the other one is none of its own."""
    return [one for one in demands if one.limit.upper == own.upper] or demands


def _of_class(profile: Profile) -> Iterator[tuple[str, Limit]]:
    """What the class of this profile demands; one that cannot be read is told where it is."""
    try:
        asked = load_class(profile.certification_class).demands if profile.certification_class else ()
    except ProfileError:
        return
    yield from ((one.id, one.limit) for one in asked if one.limit is not None)


def _wrong(own: OwnLimit, demand: _Demand) -> tuple[str, str] | None:
    """The key and the sentence of what is wrong beside this demand."""
    limit, here = demand.limit, UPPER if own.upper else LOWER
    wanted = f"{say('höchstens') if limit.upper else say('mindestens')} {decimal_text(limit.value)} {limit.unit}"
    asked = say("{requirement} verlangt {limit}.", requirement=demand.requirement, limit=wanted)
    if own.upper != limit.upper:
        there = UPPER if limit.upper else LOWER
        what = say("„{here}“ passt nicht zu {name}: hier gilt „{there}“.", here=here, name=own.measurement, there=there)
        return here, f"{what} {asked}"
    bound = bound_of(own, limit)
    if bound is None:
        what = say("Die Einheit „{unit}“ passt nicht zu {name}.", unit=own.unit, name=own.measurement)
        return UNIT, f"{what} {asked}"
    if is_laxer(limit, bound):
        number = f"{decimal_text(own.value)} {own.unit}"
        what = say("Die Grenze {value} für {name} ist zu locker:", value=number, name=own.measurement)
        cure = say("Ein Profil darf Grenzen nur verschärfen. Die Zahl ändern oder die Tabelle löschen.")
        return here, f"{what} {asked} {cure}"
    return None
