"""Slots on one bus share its line: what one of them says of the line holds for all, and two may not contradict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from lisa_core.config.drivers import EMULATOR, driver
from lisa_core.domain.model.json_types import JsonMap


class Bound(Protocol):
    """A slot of a profile, as `config.profile` reads it."""

    @property
    def slot(self) -> str: ...
    @property
    def driver(self) -> str: ...
    @property
    def binding(self) -> str: ...
    @property
    def options(self) -> JsonMap: ...


def line_options(bound: Sequence[Bound]) -> JsonMap:
    """What these slots on one line say of it, as their driver is opened with it."""
    known = {option.name for option in driver(bound[0].driver).options}
    return {key: value for one in bound for key, value in one.options.items() if key in known}


def bus_faults(slots: Iterable[Bound]) -> Iterator[tuple[str, str, str]]:
    """Slot, key and sentence of each option of a line that an earlier slot on it has set otherwise."""
    lines: dict[tuple[str, str], dict[str, tuple[str, object]]] = {}
    for bound in slots:
        declared = driver(bound.driver)
        if not declared.shared or bound.binding == EMULATOR:
            continue
        said = lines.setdefault((bound.driver, bound.binding), {})
        for key in (option.name for option in declared.options if option.name in bound.options):
            first, value = said.setdefault(key, (bound.slot, bound.options[key]))
            if value != bound.options[key]:
                other = f"slots.{first} an derselben Leitung ({bound.binding}) hat {value!r}"
                ours = f"slots.{bound.slot}.{key} = {bound.options[key]!r}"
                yield bound.slot, key, f"{ours}: {other}. Beide gleich setzen, oder zwei Leitungen nehmen."
