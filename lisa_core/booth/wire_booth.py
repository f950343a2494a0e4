"""One booth on the wire: emulated devices for what the profile leaves to the emulator, drivers, screen, runtime."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from lisa_core.booth.executor import Booth
from lisa_core.booth.fault_plan import followed
from lisa_core.booth.program import new_session, open_booth_runtime
from lisa_core.booth.screen.page import PageScreen
from lisa_core.booth.wishes import EMULATED, BoothWishes, booth_factory, load_site, settings_of
from lisa_core.config.binding import open_bound, open_slots
from lisa_core.config.profile import load_profile
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.equipment.drivers.identity import Said, identities
from lisa_core.equipment.media.call import RtcMedia
from lisa_core.equipment.slots.booths import OpenedBooth
from lisa_core.equipment.slots.call import MediaFactory
from lisa_core.equipment.slots.devices import Slots
from lisa_core.equipment.slots.plans.fault_plan import Happening
from lisa_core.equipment.slots.promises.delayed import delays_of
from lisa_core.web.asgi import listening_socket, serve

__all__ = ["BoothWishes", "WireBooth", "load_site", "open_booth_on_wire", "settings_of", "try_profile"]


@dataclass(frozen=True, slots=True)
class WireBooth:
    """A booth that runs."""

    opened: OpenedBooth
    slots: Slots
    booth: Booth
    screen_address: str
    media: MediaFactory
    on_page: Callable[[], JsonMap] | None = None
    """What the emulated kiosk shows: the newest view that has come there, as JSON; None where there is none."""
    missing: tuple[str, ...] = ()
    """The devices that were not there yet at the start, a sentence for each."""
    said: Mapping[str, Said] = field(default_factory=dict)
    """Who the devices at real addresses are, by slot, where that was wished."""
    happened: Sequence[Happening] = ()
    """What of the plan of faults has come so far; it grows."""
    delays: Callable[[], Mapping[str, float]] = dict
    """By slot the seconds that lines to devices take at most, where that is measured."""


async def try_profile(name: str) -> dict[str, Said]:
    """Open once what a profile names outside of a run, and ask who it is.

    Raises `LisaError` with a sentence for what is not there.
    """
    profile = load_profile(name)
    load_site(profile)
    async with AsyncExitStack() as stack:
        if profile.join:
            await stack.enter_async_context(booth_factory(EMULATED)(frozenset(), join=profile.join))
        return await identities(await stack.enter_async_context(open_bound(profile)))


@contextlib.asynccontextmanager
async def open_booth_on_wire(
    wishes: BoothWishes, watch: Callable[[Slots], Slots] | None = None
) -> AsyncIterator[WireBooth]:
    """Run it until the context ends. Raises `LisaError` with a sentence for what cannot be opened.

    `watch`: a run puts itself between booth and slots, and remembers what was shown and reported; a booth in service
    does not.
    """
    profile = wishes.profile
    media, page = RtcMedia(addresses=()), PageScreen()
    async with AsyncExitStack() as stack:
        factory = booth_factory(EMULATED)
        words: dict[str, Any] = {"devices_of": profile.devices, "personalities": profile.personalities}
        played = {word: names for word, names in words.items() if names}
        opened = await stack.enter_async_context(
            factory(profile.emulated, join=profile.join, seed=wishes.seed, **played)
        )
        address = await stack.enter_async_context(serve(page.app, listening_socket(*wishes.screen)))
        found = await stack.enter_async_context(
            open_slots(profile, opened.bindings, page, patient=wishes.patient, session=wishes.session)
        )
        slots = watch(found.slots) if watch else found.slots
        # asked before the booth listens: a radar that answers questions does not report
        said = await identities(found.bound) if wishes.identify else {}
        said |= {slot: Said(identity) for slot, identity in found.played.items()}
        settings = replace(settings_of(wishes, media, new_session()), apart=True)
        booth = await stack.enter_async_context(open_booth_runtime(settings, slots))
        on_page = None
        if opened.kiosk is not None and "screen" in profile.emulated:
            on_page = await stack.enter_async_context(opened.kiosk(f"http://{address}/"))
        happened = await stack.enter_async_context(followed(wishes.faults, opened.disturb))
        asked = partial(delays_of, found.bound)
        yield WireBooth(opened, slots, booth, address, media, on_page, found.missing, said, happened, asked)
