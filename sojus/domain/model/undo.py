"""Tables that can be set back: what an act has changed when it fails in its midst is undone, whatever there is besides.

While an act lasts `Undo` notes what stood where it writes. So an act costs what it writes, and one that is undone as
much again; a copy would cost all rows. Afterwards everything is as it was, the order of the rows as well, since whoever
goes through them decides by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from heapq import heapify, heappop, heappush
from typing import Any, Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")
_NOTHING = object()


class Undo:
    """Of all tables and heaps that were made with it. Of one thread at a time."""

    def __init__(self) -> None:
        self._lasts = False
        self._rows: list[tuple[dict[Any, Any], Any, Any]] = []
        self._tables: dict[int, tuple[dict[Any, Any], dict[Any, Any]]] = {}
        self._heaped: list[tuple[list[Any], Any, bool]] = []

    @contextmanager
    def act(self) -> Iterator[None]:
        """Whatever it raises, then nothing of it was."""
        self._lasts = True
        try:
            yield
        except BaseException:
            self._back()
            raise
        finally:
            self._lasts = False
            self._forget()

    def table(self, rows: Mapping[K, V] | None = None) -> Table[K, V]:
        """A new one, with these."""
        return Table(self, rows)

    def note_row(self, table: dict[K, V], key: K) -> None:
        """It is written next."""
        if self._lasts and id(table) not in self._tables:
            self._rows.append((table, key, table.get(key, _NOTHING)))

    def note_table(self, table: dict[K, V]) -> None:
        """A row goes next: in its place it can be put back only with all of them."""
        if self._lasts and id(table) not in self._tables:
            self._tables[id(table)] = table, dict(table)

    def push(self, heap: list[V], item: V) -> None:
        heappush(heap, item)  # type: ignore[type-var]  # whoever keeps a heap can order what is in it
        if self._lasts:
            self._heaped.append((heap, item, True))

    def pop(self, heap: list[V]) -> V:
        item: V = heappop(heap)  # type: ignore[type-var]  # as above
        if self._lasts:
            self._heaped.append((heap, item, False))
        return item

    def _back(self) -> None:
        for table, rows in self._tables.values():  # as they were behind the rows that were noted before
            dict.clear(table)
            dict.update(table, rows)
        for table, key, value in reversed(self._rows):
            if value is _NOTHING:
                dict.pop(table, key)
            else:
                dict.__setitem__(table, key, value)
        for heap, item, was_pushed in reversed(self._heaped):
            if was_pushed:
                heap.remove(item)
            else:
                heap.append(item)
        for heap in {id(heap): heap for heap, _, _ in self._heaped}.values():
            heapify(heap)

    def _forget(self) -> None:
        self._rows, self._tables, self._heaped = [], {}, []


class Table(dict[K, V], Generic[K, V]):
    """A dict that is written by these few ways only."""

    __slots__ = ("_undo",)

    def __init__(self, undo: Undo, rows: Mapping[K, V] | None = None) -> None:
        super().__init__(rows or {})
        self._undo = undo

    def __setitem__(self, key: K, value: V) -> None:
        self._undo.note_row(self, key)
        super().__setitem__(key, value)

    def __delitem__(self, key: K) -> None:
        self._undo.note_table(self)
        super().__delitem__(key)

    def pop(self, key: K, *default: Any) -> Any:
        if key in self:
            self._undo.note_table(self)
        return super().pop(key, *default)

    def setdefault(self, key: K, default: V) -> V:  # type: ignore[override]  # never without one
        if key not in self:
            self[key] = default
        return self[key]

    def update(self, rows: Mapping[K, V]) -> None:  # type: ignore[override]  # of another table only
        for key, value in rows.items():
            self[key] = value

    def clear(self) -> None:
        self._undo.note_table(self)
        super().clear()

    def popitem(self) -> tuple[K, V]:
        self._undo.note_table(self)
        return super().popitem()
