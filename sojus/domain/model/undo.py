"""Tables that can be set back: what an act has changed when it fails in its midst is undone, whatever there is besides.

While an act lasts `Undo` notes what stood where it writes. So an act costs what it writes, and one that is undone as
much again; a copy would cost all rows. Afterwards everything is as it was, the order of the rows as well, since whoever
goes through them decides by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from heapq import heapify, heappop, heappush
from typing import Generic, Never, TypeVar

K = TypeVar("K")
V = TypeVar("V")
Item = TypeVar("Item", bound=tuple[object, ...])


class Undo:
    """Of all tables and heaps that were made with it. Of one thread at a time."""

    def __init__(self) -> None:
        self._lasts = False
        self._steps: list[Callable[[], object]] = []
        """Backwards, the last one first, they lead to where the act began."""
        self._whole: set[int] = set()
        self._heaps: dict[int, Callable[[], None]] = {}

    @contextmanager
    def act(self) -> Iterator[None]:
        """Whatever it raises, then nothing of it was."""
        self._lasts = True
        try:
            yield
        except BaseException:
            for step in reversed(self._steps):
                step()
            for order in self._heaps.values():
                order()
            raise
        finally:
            self._lasts, self._steps, self._whole, self._heaps = False, [], set(), {}

    def table(self, rows: Mapping[K, V] | None = None) -> Table[K, V]:
        """A new one, with these."""
        return Table(self, rows)

    def note_row(self, table: dict[K, V], key: K) -> None:
        """It is written next."""
        if not self._lasts or id(table) in self._whole:
            return
        if key in table:
            self._steps.append(partial(dict.__setitem__, table, key, table[key]))
        else:
            self._steps.append(partial(dict.pop, table, key, None))  # noted, and perhaps not written yet

    def note_table(self, table: dict[K, V]) -> None:
        """A row goes next: it can be put back in its place only with all of them."""
        if self._lasts and id(table) not in self._whole:
            self._whole.add(id(table))
            self._steps += [partial(dict.update, table, dict(table)), partial(dict.clear, table)]

    def push(self, heap: list[Item], item: Item) -> None:
        heappush(heap, item)
        if self._lasts:
            self._steps.append(partial(heap.remove, item))
            self._heaps[id(heap)] = partial(heapify, heap)

    def pop(self, heap: list[Item]) -> Item:
        item = heappop(heap)
        if self._lasts:
            self._steps.append(partial(heap.append, item))
            self._heaps[id(heap)] = partial(heapify, heap)
        return item

    def refill(self, heap: list[Item], items: list[Item]) -> None:
        """With these, which are in order."""
        if self._lasts:
            self._steps.append(partial(heap.__setitem__, slice(None), list(heap)))
        heap[:] = items


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

    def pop(self, key: K, *default: V) -> V:  # type: ignore[override]  # dict has three forms of it, of which this is all
        if key in self:
            self._undo.note_table(self)
        return super().pop(key, *default)

    def setdefault(self, key: K, default: V) -> V:
        if key not in self:
            self[key] = default
        return self[key]

    def update(self, rows: Mapping[K, V]) -> None:  # type: ignore[override]  # of another table only
        for key, value in rows.items():
            self[key] = value

    def _unwritten(self, *_: object) -> Never:
        raise TypeError("nobody could undo this: a table is written by its own few ways")

    clear = popitem = __ior__ = _unwritten
