"""One alarm clock per person and program: set again and again, it stays one entry on the agenda, or two."""

from __future__ import annotations

from collections.abc import Callable

from lisa_core.harness.simulation.world.agenda import Agenda


class Alarm:
    """`ring()` is called once `due_us` has come. Setting it later, or to None, leaves the old entry to find that out.

    Most intents and deadlines never come true. Entered anew each time, they would make up half of a nation's agenda.
    """

    __slots__ = ("_agenda", "_entered", "_ring", "due_us")

    def __init__(self, agenda: Agenda, ring: Callable[[], None]) -> None:
        self._agenda, self._ring = agenda, ring
        self.due_us: int | None = None
        self._entered: list[int] = []
        """When it will look, the soonest last: only what is sooner than all others is entered."""

    def set(self, due_us: int | None) -> None:
        """Ring then, or never; what was set before is forgotten."""
        self.due_us = due_us
        if due_us is not None and not (self._entered and self._entered[-1] <= due_us):
            now_us = self._agenda.now_us
            self._entered.append(due_us if due_us > now_us else now_us)
            self._agenda.at(due_us, self._look)

    def _look(self, _: object) -> None:
        self._entered.pop()
        due_us = self.due_us
        if due_us is None:
            return
        if due_us <= self._agenda.now_us:
            self.due_us = None
            self._ring()
        else:
            self.set(due_us)
