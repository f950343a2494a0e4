"""Whose turn it is: an exchange on a database waits while another one writes it, and ends when it was succeeded."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from lisa_core.domain.model.errors import MachineError
from lisa_core.exchange import texts
from lisa_core.host.machine import tell
from lisa_core.store.journal import TakenOver
from lisa_core.store.postgres.place import DatabaseAddress

if TYPE_CHECKING:
    from lisa_core.store.postgres.tenure import Successor, Tenure

LOOK_AT_TENURE_S = 0.2


async def turn(place: DatabaseAddress, stack: contextlib.ExitStack) -> Tenure:
    """Wait until nobody else writes this database. Raises `LisaError` for one that can never be used."""
    from lisa_core.store.postgres import tenure as tenures  # for who has its driver

    successor, told = tenures.Successor(place), ""
    stack.callback(successor.close)
    tenure = successor.look()
    while tenure is None:
        if not told:
            tell(texts.STANDS_BY.format(place.name))
        told = told or texts.STANDS_BY
        await asyncio.sleep(tenures.LOOK_S)
        try:
            tenure = await _looked(successor)
        except MachineError as error:  # the one who writes may not see it either
            if told != str(error):
                tell(told := str(error))
    stack.callback(tenure.close)
    return tenure


async def _looked(successor: Successor) -> Tenure | None:
    """In a thread. Whoever is cancelled meanwhile waits until it has looked, and lets go of what it was given."""
    looking = asyncio.ensure_future(asyncio.to_thread(successor.look))
    try:
        return await asyncio.shield(looking)
    except asyncio.CancelledError:
        await asyncio.wait((looking,))
        if looking.exception() is None and (tenure := looking.result()) is not None:
            tenure.close()
        raise


async def watch(tenure: Tenure | None) -> None:
    """End as soon as somebody else has taken over: who is connected here belongs there."""
    while tenure is not None:
        if tenure.succeeded:
            raise TakenOver(texts.SUCCEEDED)
        await asyncio.sleep(LOOK_AT_TENURE_S)
