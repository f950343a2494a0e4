"""The requirements that scenarios show: `anforderungen/*.toml`, ours beside the shipped features, others beside theirs.

A class of certification (`klassen/*.toml`) is one as well: what it asks for are its parts.

A folder of features may bring along what stands in a folder above it or in ours, as a copy of the shipped features
does: a requirement of the same words, limit and parts is the same one, and the nearer file speaks for it. Another one
of the same id is refused, since two limits for one name would be mixed up in one report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lisa_core.config.classes.values import FOLDER as CLASSES
from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.report.classes.asked import as_requirement, newest
from lisa_core.harness.report.classes.class_files import classes_beside
from lisa_core.harness.report.requirement import Part, Requirement, requirements_in
from lisa_core.harness.text.findings import Finding, shown
from lisa_core.harness.text.language import say
from lisa_core.host.data import data_dir

FOLDER = "anforderungen"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All requirements that a run knows, by id, and what is wrong in their files."""

    known: Mapping[str, Requirement]
    findings: tuple[Finding, ...] = ()


def shipped_folder() -> Path | None:
    """Where ours lie; None where no features are installed."""
    try:
        return data_dir("features") / FOLDER
    except LisaError:
        return None


def folders_above(features: Iterable[Path], root: Path) -> list[Path]:
    """Every folder `anforderungen` beside one of these files or above it, up to `root`; also where only classes are."""
    found: dict[Path, None] = {}
    for start in dict.fromkeys(path.parent for path in features):
        for folder in (start, *start.parents):
            if any((folder / name).is_dir() for name in (FOLDER, CLASSES)):
                found[folder / FOLDER] = None
            if folder == root:
                break
    return list(found)


def load(folders: Iterable[Path]) -> Catalogue:
    """All requirements of these folders, the nearest last; an id that is given twice for two things is a finding."""
    known: dict[str, Requirement] = {}
    findings: list[Finding] = []
    for folder in dict.fromkeys(folders):
        requirements, wrong = _said_in(folder)
        findings += wrong
        for one in requirements:
            if twice := given_twice(one, known.get(one.id)):
                findings.append(twice)
            else:
                known[one.id] = one
    findings += _names_twice(known.values())
    return Catalogue(known, tuple(findings))


def _said_in(folder: Path) -> tuple[list[Requirement], list[Finding]]:
    """What the files of this folder ask for, and the classes beside it."""
    asked: list[Requirement] = []
    findings: list[Finding] = []
    for path in sorted(folder.glob("*.toml")):
        requirements, wrong = requirements_in(path)
        asked += requirements
        findings += wrong
    classes, wrong = classes_beside(folder)
    return [*asked, *map(as_requirement, newest(classes))], [*findings, *wrong]


def given_twice(one: Requirement, other: Requirement | None) -> Finding | None:
    """What is wrong with a second requirement of this id; nothing where it asks the same in another folder."""
    if other is None or other is one:
        return None
    what = say("Die Anforderung „{id}“ gibt es schon in {place}.", id=one.id, place=shown(other.path))
    if one.path.parent == other.path.parent:
        return Finding(one.path, one.line, what, say("Eine andere Kennung geben."), "anforderung-doppelt")
    if word := one.differs(other):
        advice = (
            "Dort steht es anders ({what}). Eine andere Kennung geben, oder diese löschen: Dann gilt jene auch hier."
        )
        return Finding(one.path, one.line, what, say(advice, what=word), "anforderung-doppelt")
    return None


def _names_twice(requirements: Iterable[Requirement]) -> Iterator[Finding]:
    """A requirement that is called like a part of another."""
    asked = list(requirements)
    parts = {part.id: one for one in asked for part in one.parts}
    for one in asked:
        if other := parts.get(one.id):
            what = say("Die Anforderung „{id}“ gibt es schon in {place}.", id=one.id, place=shown(other.path))
            yield Finding(one.path, one.line, what, say("Eine andere Kennung geben."), "anforderung-doppelt")


def unshown(requirements: Iterable[Requirement], named: frozenset[str]) -> Iterator[Finding]:
    """The other direction: what no scenario names, requirement or part, or what is marked as open and is not."""
    for one in requirements:
        whole = named.intersection(one.names)
        if one.parts:
            for part in one.parts:
                yield from _unshown(one, part, seen=part.id in named, open_reason=part.open_reason or one.open_reason)
        if not one.parts or (whole and one.open_reason):
            yield from _unshown(one, one, seen=bool(whole), open_reason=one.open_reason)


def _unshown(one: Requirement, asked: Requirement | Part, *, seen: bool, open_reason: str) -> Iterator[Finding]:
    if not seen and not open_reason:
        what = say("Zur Anforderung „{id}“ gibt es kein Szenario.", id=asked.id)
        advice = "Eines mit @anf:{id} kennzeichnen oder mit offen = … sagen, warum es noch keines gibt."
        yield Finding(one.path, asked.line, what, say(advice, id=asked.id), "anforderung-ohne-szenario")
    elif seen and asked.open_reason:
        what = say("Die Anforderung „{id}“ steht als offen da, aber ein Szenario zeigt sie.", id=asked.id)
        yield Finding(one.path, asked.line, what, say("Die Zeile offen = … löschen."), "anforderung-nicht-offen")
