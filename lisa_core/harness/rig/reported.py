"""What devices report, kept as it comes: each reading passes on to the booth, and is remembered here with its time.

Measures of a device are taken from this and not from what the booth makes of it: a visit debounces, waits and words.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Generic, TypeVar, cast

from lisa_core.domain.model.readings import CardKind, PresenceReport
from lisa_core.domain.model.screen import Touch
from lisa_core.equipment.slots.devices import CardReader, Contact, Presence, Screen, Slots
from lisa_core.host.clock import now_us

V = TypeVar("V")
Readings = deque[tuple[int, V]]
"""Each with the loop's time in microseconds, the newest last."""

MOST = 20_000
"""Maximum number of readings that are kept of a device: half an hour of a radar."""


@dataclass(frozen=True, slots=True)
class Reported:
    """The readings of one booth since it was opened, and its slots as they were opened, for who measures a device."""

    presence: Readings[PresenceReport] = field(default_factory=partial(deque, maxlen=MOST))
    door: Readings[bool] = field(default_factory=partial(deque, maxlen=MOST))
    call_button: Readings[bool] = field(default_factory=partial(deque, maxlen=MOST))
    card_reader: Readings[CardKind] = field(default_factory=partial(deque, maxlen=MOST))
    screen: Readings[Touch] = field(default_factory=partial(deque, maxlen=MOST))

    def watched(self, slots: Slots) -> Slots:
        """The same slots, of which this hears."""
        cards = slots.card_reader and cast("CardReader", _Watched(slots.card_reader, "cards", self.card_reader))
        return replace(
            slots,
            presence=cast("Presence", _Watched(slots.presence, "reports", self.presence)),
            door=cast("Contact", _Watched(slots.door, "states", self.door)),
            call_button=cast("Contact", _Watched(slots.call_button, "states", self.call_button)),
            card_reader=cards,
            screen=cast("Screen", _Watched(slots.screen, "touches", self.screen)),
        )


class _Watched(Generic[V]):
    """A slot that is as another one is, but for one method: what that yields is kept as well."""

    def __init__(self, inner: object, method: str, kept: Readings[V]) -> None:
        self._inner, self._method, self._kept = inner, method, kept

    def __getattr__(self, name: str) -> object:
        found = getattr(self._inner, name)
        return self._keeping(found) if name == self._method else found

    def _keeping(self, read: Callable[[], AsyncIterator[V]]) -> Callable[[], AsyncIterator[V]]:
        async def reading() -> AsyncIterator[V]:
            async for value in read():
                self._kept.append((now_us(), value))
                yield value

        return reading
