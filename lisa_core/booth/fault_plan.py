"""What goes wrong at a booth by plan: `[world] faults` of its profile or `--faults`; and who lets it happen.

Only devices that are emulated beside it follow a plan; times count from the start of the booth.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from random import Random

from lisa_core.booth.screen import texts
from lisa_core.config.profile import Profile
from lisa_core.equipment.slots.catalogue import FAULTS, SLOTS, SLOTS_OF_FAULT
from lisa_core.equipment.slots.plans.fault_plan import Happening, planned, seed_of
from lisa_core.host.program import beside


def plan_of(profile: Profile, text: str | None, seed: int, *, memory: bool = False) -> tuple[Happening, ...]:
    """What will go wrong at this booth, and when: by this plan, or by the profile's own where `text` is None.

    Times count from the start of the booth. Raises `LisaError` for what cannot happen there.
    """
    plan = profile.faults if text is None else text
    return planned(plan, Random(seed_of(seed)), dict(_impossible(profile, memory=memory))) if plan else ()


@contextlib.asynccontextmanager
async def followed(
    plan: Sequence[Happening], disturb: Callable[..., Awaitable[None]] | None
) -> AsyncIterator[Sequence[Happening]]:
    """While the context is open, the plan happens; yields what has happened so far, which grows.

    What begins at once has begun when it is yielded.
    """
    done: list[Happening] = []
    if not plan or disturb is None:
        yield done
        return
    loop = asyncio.get_running_loop()
    began_s = loop.time()

    async def let_happen(some: Sequence[Happening]) -> None:
        for one in some:
            await asyncio.sleep(max(0.0, began_s + one.at_us / 1_000_000 - loop.time()))
            await disturb(one.act, fault=one.fault)
            done.append(one)

    at_once = [one for one in plan if not one.at_us]
    await let_happen(at_once)
    async with beside(let_happen(plan[len(at_once) :])):
        yield done


def _impossible(profile: Profile, *, memory: bool) -> Iterator[tuple[str, str]]:
    for name, slots in SLOTS_OF_FAULT.items():
        if memory and FAULTS[name].wire:
            yield name, texts.NO_LINE
        elif profile.emulated.isdisjoint(slots):
            yield name, _not_ours(slots, profile.slots)


def _not_ours(slots: Sequence[str], bound: Mapping[str, object]) -> str:
    title = SLOTS[slots[0]].title
    if bound.keys().isdisjoint(slots):
        return texts.NO_SUCH_DEVICE.format(title)
    return texts.NOT_EMULATED.format(title)
