"""Each way in which a dict can be written: a table of an act that fails is as before, or is not written that way."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest

from sojus.domain.model.undo import Table, Undo

WAYS: dict[str, Callable[[Table[str, int]], object]] = {
    "__setitem__": lambda table: table.__setitem__("a", 7),
    "__delitem__": lambda table: table.__delitem__("a"),
    "__ior__": lambda table: table.__ior__({"c": 3}),
    "clear": lambda table: table.clear(),
    "pop": lambda table: table.pop("a"),
    "popitem": lambda table: table.popitem(),
    "setdefault": lambda table: table.setdefault("c", 3),
    "update": lambda table: table.update({"c": 3}),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_nothing_is_written_that_is_not_undone(way: Callable[[Table[str, int]], object]) -> None:
    undo = Undo()
    table = undo.table({"a": 1, "b": 2})
    with suppress(ZeroDivisionError, TypeError), undo.act():
        way(table)
        raise ZeroDivisionError
    assert list(table.items()) == [("a", 1), ("b", 2)]
