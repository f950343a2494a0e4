"""The citizen's body, each of whose acts is told before it is done: recordings need to know where it was."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import cast

from lisa_core.equipment.slots.actor import Actor


class _Told:
    def __init__(self, actor: Actor, tell: Callable[[str], None]) -> None:
        self._actor, self._tell = actor, tell

    def __getattr__(self, name: str) -> Callable[..., Awaitable[None]]:
        act: Callable[..., Awaitable[None]] = getattr(self._actor, name)

        async def told(*args: object) -> None:
            self._tell(name)
            await act(*args)

        return told


def told(actor: Actor, tell: Callable[[str], None]) -> Actor:
    """The same actor; `tell` hears the name of each act. Every method of an `Actor` is an act."""
    return cast("Actor", _Told(actor, tell))
