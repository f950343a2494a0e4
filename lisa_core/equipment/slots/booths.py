"""How a booth is opened for a run, whatever is behind it; found through the entry-point group `lisa.booths`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Protocol

from lisa_core.domain.model.json_types import JsonMap
from lisa_core.equipment.slots.actor import Actor
from lisa_core.equipment.slots.devices import Slots


@dataclass(frozen=True, slots=True)
class OpenedBooth:
    """A booth ready for a run.

    Either `slots` is set (the memory booth: slot objects that sample the world), or `bindings` names for each wanted
    slot the address on which its emulated device listens; `kiosk(url)` then opens the citizen's screen as a kiosk
    browser would; it may yield what says which view stands there now, as JSON (`{}` before the first). `room()` shows
    the physical world as plain values (lamp, glass, printed sheets ...) without touching any device; None where there
    is nothing to look into.
    """

    actor: Actor
    slots: Slots | None = None
    bindings: Mapping[str, str] = field(default_factory=dict)
    kiosk: Callable[[str], AbstractAsyncContextManager[Callable[[], JsonMap] | None]] | None = None
    room: Callable[[], JsonMap] | None = None
    disturb: Callable[..., Awaitable[None]] | None = None
    """`await disturb(act, **args)`: something goes wrong in the world ("set_jam", page=2)."""
    stage: Callable[[str], Callable[..., Awaitable[None]]] | None = None
    """`stage(screen_url)`: the ASGI page on which a person plays the citizen; None where nothing is emulated."""


class BoothFactory(Protocol):
    """`open_booth(wanted, join=..., seed=...)`: `wanted` are the slots that the run emulates itself.

    `devices_of` is given only where a driver speaks with another emulated device than the one of its slot,
    `personalities` only where a slot's device behaves as a known model, `wishes` (by slot the options of its driver)
    only to a booth without drivers.
    """

    def __call__(
        self,
        wanted: frozenset[str],
        *,
        join: str = "",
        seed: int = 0,
        devices_of: Mapping[str, str] | None = None,
        personalities: Mapping[str, str] | None = None,
        wishes: Mapping[str, JsonMap] | None = None,
    ) -> AbstractAsyncContextManager[OpenedBooth]: ...
