"""How a fault is planted in the product: a function that is given a `MonkeyPatch`, and small ways to make one."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, MutableMapping
from dataclasses import replace
from typing import Any, cast

import pytest

Plant = Callable[[pytest.MonkeyPatch], None]
"""Makes the product do the opposite, until the patch is undone."""


def both(*plants: Plant) -> Plant:
    """All of them."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        for one in plants:
            one(patch)

    return plant


def instead(place: object, name: str, make: Callable[[Any], Any]) -> Plant:
    """`make` gets what stands under this name, and returns what stands there while the fault is planted."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(place, name, make(getattr(place, name)))

    return plant


def value(place: object, name: str, wrong: object) -> Plant:
    """Another value under this name."""
    return instead(place, name, lambda right: wrong)


def row(table: object, key: object, make: Callable[[Any], Any]) -> Plant:
    """The same for a row of a table."""
    rows = cast("MutableMapping[Any, Any]", table)

    def plant(patch: pytest.MonkeyPatch) -> None:
        patch.setitem(rows, key, make(rows[key]))

    return plant


def on_wire(module: str, name: str, method: str, make: Callable[[Any], Any]) -> Plant:
    """The same for a class that a booth in memory has no use for, and does not load."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        if WIRE in os.environ:
            place = getattr(importlib.import_module(module), name)
            patch.setattr(place, method, make(getattr(place, method)))

    return plant


WIRE = "OPPOSITES_ON_WIRE"
"""Set where booths are on a wire."""


def nothing(*_: object, **__: object) -> None:
    """Does not happen."""


async def nothing_soon(*_: object, **__: object) -> None:
    """Does not happen, where somebody waits for it."""


def ignored(right: object) -> Callable[..., None]:
    """Whatever it did, it does not."""
    return nothing


def said_otherwise(**words: object) -> Callable[[Any], Any]:
    """A method of `exchange.wording.Wording` that words the decision with other words."""
    return lambda right: lambda wording, said, decision: right(wording, said, replace(decision, **words))
