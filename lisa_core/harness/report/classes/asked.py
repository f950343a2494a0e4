"""A class of certification as a requirement: what it asks for are its parts (`@anf:praesenzsensor.meldung`).

Of several versions that lie in a folder the newest speaks; which one a certificate is about says who asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable

from lisa_core.config.classes import CertificationClass, Demand, Showing
from lisa_core.harness.report.requirement import Part, Requirement
from lisa_core.harness.text.language import say

FIRST_LINE = 1


def newest(classes: Iterable[CertificationClass]) -> tuple[CertificationClass, ...]:
    """Of each name the newest version."""
    found: dict[str, CertificationClass] = {}
    for one in classes:
        if one.name not in found or _age(one) > _age(found[one.name]):
            found[one.name] = one
    return tuple(found.values())


def as_requirement(one: CertificationClass) -> Requirement:
    """The same as a requirement that scenarios show."""
    return Requirement(
        one.name, one.title, one.title_en, one.source, one.path, FIRST_LINE, parts=tuple(map(_part, one.demands))
    )


def _part(one: Demand) -> Part:
    return Part(one.id, one.text, one.text_en, one.line, _open(one), one.limit)


def _open(one: Demand) -> str:
    """Why no scenario shows it: as it says itself, or because none could."""
    if one.open_reason or one.showing is not Showing.LABORATORY:
        return one.open_reason
    return say("Das zeigt nur der Prüfbericht eines Labors.")


def _age(one: CertificationClass) -> tuple[int, ...]:
    return tuple(map(int, one.version.split(".")))
