"""Whether a slot's device speaks as the profile says: heard once, before anything relies on it.

To open a serial line proves that there is a line. A radar without power, a line at another speed or another device on
the port would show only when somebody waits for it, and without its name.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from typing import Any

from lisa_core.equipment.slots.devices import CardReader, Contact, Loudspeaker, Microphone, Presence, Printer


async def _reports(slot: Presence) -> None:
    await _first(slot.reports())


async def _says_a_state(slot: Contact) -> None:
    await _first(slot.states())


async def _hears(slot: Microphone) -> None:
    await _first(slot.blocks())


async def _first(values: Any) -> None:
    """What speaks by itself speaks at once."""
    spoken: AsyncGenerator[object, None] = values
    async with contextlib.aclosing(spoken):
        await anext(spoken)


async def _says_what_lies_there(slot: CardReader) -> None:
    await _first(slot.cards())


async def _answers(slot: Printer | Loudspeaker) -> None:
    await slot.check()


_CHECKS: Mapping[type, Callable[[Any], Awaitable[None]]] = {
    Presence: _reports,
    Contact: _says_a_state,
    Microphone: _hears,
    Printer: _answers,
    CardReader: _says_what_lies_there,
    Loudspeaker: _answers,
}
"""Slots that are not named here have answered by being opened, or say nothing that could be waited for."""


async def check_slot(protocol: type, slot: object) -> None:
    """Return once it has spoken. Raises `DeviceFault` with what its driver says of the silence."""
    if protocol in _CHECKS:
        await _CHECKS[protocol](slot)
