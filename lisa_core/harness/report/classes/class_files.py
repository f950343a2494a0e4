"""What is wrong in class files, as findings: told where requirements are looked at."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from lisa_core.config.classes import CertificationClass, class_in
from lisa_core.config.classes.values import FOLDER
from lisa_core.config.drivers import abilities
from lisa_core.domain.model.errors import ProfileError
from lisa_core.domain.model.nearest import nearest
from lisa_core.harness.text.findings import Finding, Rule
from lisa_core.harness.text.language import say, spoken
from lisa_core.host.data import data_dir

_BROKEN: Rule = "klasse-datei"


def classes_beside(requirements: Path) -> tuple[tuple[CertificationClass, ...], tuple[Finding, ...]]:
    """The classes that lie beside this folder of requirements, and what is wrong in their files."""
    found: list[CertificationClass] = []
    findings: list[Finding] = []
    for path in sorted((requirements.parent / FOLDER).glob("*.toml")):
        one, wrong = _read(path, path.stat().st_mtime_ns, spoken())
        findings += wrong
        if one is not None:
            found.append(one)
    return tuple(found), tuple(findings)


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int, _language: str) -> tuple[CertificationClass | None, tuple[Finding, ...]]:
    try:
        one, faults = class_in(path)
    except ProfileError as error:
        place, _, text = str(error).partition(": ")
        line = place.rpartition(":")[2]
        return None, (Finding(path, int(line) if line.isdecimal() else 0, text, "", _BROKEN),)
    if one is None:
        return None, tuple(Finding(path, line, text, "", _BROKEN) for line, text in faults)
    # Shipped ones are checked by a test: a run in memory, which uses no driver, loads none.
    return one, () if path.parent == data_dir("features") / FOLDER else tuple(unknown_abilities(one))


def unknown_abilities(one: CertificationClass) -> Iterator[Finding]:
    """Words that no driver on this machine knows: only here, since a class may be read where that driver is not."""
    if not one.slot:
        return
    known = abilities(one.slot)
    asked = [(0, word) for word in one.abilities]
    asked += [(demand.line, demand.ability) for demand in one.demands if demand.ability]
    for line, word in asked:
        if word not in known:
            what = say("Kein Treiber für {slot} kennt die Fähigkeit „{word}“.", slot=one.slot, word=word)
            yield Finding(one.path, line, what, nearest(word, known).strip(), _BROKEN)
