"""One emulated booth: one world and its devices, each speaking its real protocol on its own wire."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from functools import cache, partial
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol

from emulator.devices.camera import open_citizen_camera, open_document_camera
from emulator.devices.cards.reader import open_card_reader
from emulator.devices.door import open_door
from emulator.devices.head.wires import open_camera_head
from emulator.devices.ipp import announcement as printer_announcement
from emulator.devices.ipp.server import open_ipp_printer
from emulator.devices.kiosk import open_kiosk
from emulator.devices.microphone import open_microphone
from emulator.devices.presence import open_presence
from emulator.devices.printer import open_printer
from emulator.devices.radars.tracking import open_tracking_radar
from emulator.devices.scanner import open_scanner
from emulator.devices.scanning import announcement as scanner_announcement
from emulator.devices.signature_pad import open_signature_pad
from emulator.devices.sound.loudspeaker import open_loudspeaker
from emulator.stage.stage import build_stage
from emulator.world.actor import EmulatedActor
from emulator.world.live_world import HostedWorld, LiveWorld, join_world
from emulator.world.world import World, as_json
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.domain.model.nearest import nearest
from lisa_core.equipment.slots.booths import OpenedBooth
from lisa_core.equipment.slots.catalogue import DEVICE_OF_SLOT, FAULTS
from lisa_core.equipment.slots.declaration import SILENT
from lisa_core.host.causes import told_by
from lisa_core.host.program import held


class Opener(Protocol):
    """Runs one device in a world; yields the address on which it listens."""

    def __call__(self, world: LiveWorld, /, *, listen: str = "") -> AbstractAsyncContextManager[str]: ...


class Impersonator(Protocol):
    """An opener that can also run its device as another model (`emulator.personalities`)."""

    def __call__(
        self, world: LiveWorld, /, *, listen: str = "", personality: str = ""
    ) -> AbstractAsyncContextManager[str]: ...


IMPERSONATORS: Mapping[str, Impersonator] = {
    "door": open_door,
    "presence": open_presence,
    "scanner": open_scanner,
    "signature-pad": open_signature_pad,
    "tracking-radar": open_tracking_radar,
    "printer": open_printer,
    "ipp-printer": open_ipp_printer,
}
"""Those with personalities."""
PACED = ("scanner",)
"""Those whose personalities know how long the real one takes."""
LINES: Mapping[str, tuple[str, ...]] = {
    "presence": (),
    "tracking-radar": (),
    "door": ("tcp",),
    "signature-pad": ("usbip",),
    "camera-head": ("udp", "socket"),
}
"""Those with a serial line, where nothing else is asked for; and what else they can be reached by."""
SERVERS: Mapping[str, tuple[str, ...]] = {
    "scanner": ("http", "https"),
    "printer": ("socket", "ipp", "ipps"),
    "ipp-printer": ("ipp", "ipps"),
}
"""Those on a network, and what they speak there; the first where nothing is said."""
PLAYS = {"tracking-radar": "presence", "ipp-printer": "printer"}
"""Those that play what another one is in the catalogue: its faults are theirs."""
ANNOUNCED = {"scanner": scanner_announcement.announced, "ipp-printer": printer_announcement.announced}
"""Those that can make themselves known on the network."""
DEVICES: Mapping[str, Opener] = {
    **IMPERSONATORS,
    "citizen-camera": open_citizen_camera,
    "document-camera": open_document_camera,
    "microphone": open_microphone,
    "camera-head": open_camera_head,
    "card-reader": open_card_reader,
    "loudspeaker": open_loudspeaker,
}
"""Every emulated device of ours by the name that `lisa emulate` takes."""


GROUP = "lisa.devices"


@cache
def devices() -> Mapping[str, Opener]:
    """Ours, and those that others bring with their drivers. One that cannot be loaded says so when it is wanted."""
    return {**{point.name: partial(_theirs, point) for point in entry_points(group=GROUP)}, **DEVICES}


@contextlib.asynccontextmanager
async def _theirs(point: EntryPoint, world: LiveWorld, /, *, listen: str = "") -> AsyncIterator[str]:
    module = point.value.partition(":")[0].partition(".")[0]

    fault = partial(_fault_of, point)
    if others := sorted({_package(one) for one in entry_points(group=GROUP, name=point.name)} - {_package(point)}):
        raise fault(f"hat denselben Namen wie eines aus {', '.join(others)}; eines der Pakete entfernen")
    opened = _loaded(point)
    async with held(partial(opened, world, listen=listen), module, fault) as address:
        said: object = address
        if not isinstance(said, str) or not said:
            raise fault(f"nennt keine Adresse, sondern {said!r}")
        yield address


def _fault_of(point: EntryPoint, why: str) -> HarnessError:
    return HarnessError(f"Das emulierte Gerät „{point.name}“ aus dem Paket {_package(point)} {why}.")


def _loaded(point: EntryPoint) -> Opener:
    """Raises `HarnessError` where it cannot be loaded."""
    try:
        found: Opener = point.load()
    except (Exception, SystemExit) as error:
        told = told_by(error, point.value.partition(":")[0].partition(".")[0])
        raise _fault_of(point, f"lässt sich nicht laden ({told})") from error
    return found


def faults_of_theirs(device: str) -> tuple[str, ...]:
    """The faults that a device of others knows: `FAULTS` beside its opener, by the names of the catalogue.

    One that says nothing of them falls silent at least, as the slot does that it `PLAYS`. Raises `HarnessError`.
    """
    points = [*entry_points(group=GROUP, name=device)]
    if not points:
        return ()
    module = sys.modules.get(getattr(_loaded(points[0]), "__module__", ""))
    said, plays = getattr(module, "FAULTS", None), getattr(module, "PLAYS", "")
    silent = (f"{plays}.{SILENT}",) if isinstance(plays, str) else ()
    named = silent if said is None else said if isinstance(said, (tuple, list, frozenset, set)) else ()
    return tuple(sorted(one for one in map(str, named) if one in FAULTS))


def _package(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist else point.value


@contextlib.asynccontextmanager
async def open_booth(
    wanted: frozenset[str],
    *,
    join: str = "",
    seed: int = 0,
    devices_of: Mapping[str, str] | None = None,
    personalities: Mapping[str, str] | None = None,
    wishes: Mapping[str, JsonMap] | None = None,
) -> AsyncIterator[OpenedBooth]:
    """Emulate the `wanted` slots, in a world of our own or in one that another process hosts.

    `devices_of`: slots whose driver speaks with another device than the one of the catalogue. `personalities`: slots
    whose device behaves as a known model. `wishes` are their drivers' alone.
    """
    played = {**DEVICE_OF_SLOT, **(devices_of or {})}
    models = {played[slot]: name for slot, name in (personalities or {}).items()}
    async with AsyncExitStack() as stack:
        world: LiveWorld = await stack.enter_async_context(join_world(join)) if join else HostedWorld(World(seed=seed))
        addresses: dict[str, str] = {}
        for device in sorted({played[slot] for slot in wanted if slot in played}):
            model = models.get(device, "")
            addresses[device] = await stack.enter_async_context(opened(device, world, personality=model))
        yield OpenedBooth(
            EmulatedActor(world),
            bindings={slot: addresses[played[slot]] for slot in wanted if slot in played},
            kiosk=lambda url: open_kiosk(world, url),
            room=lambda: as_json(world.state),
            disturb=world.act,
            stage=lambda url: build_stage(world, url),
        )


def opened(
    device: str, world: LiveWorld, *, listen: str = "", personality: str = "", pace: bool = False
) -> AbstractAsyncContextManager[str]:
    """Run a device by its name, as the model of `personality`, with `pace` as slowly as that is.

    Raises `HarnessError` where there is no such thing.
    """
    if pace and device not in PACED:
        raise HarnessError(f"Das Gerät „{device}“ hat kein eigenes Tempo; es haben: {', '.join(PACED)}.")
    if pace:
        return open_scanner(world, listen=listen, personality=personality, pace=True)
    if not personality:
        return _opener(device)(world, listen=listen)
    if device not in IMPERSONATORS:
        raise HarnessError(f"Das Gerät „{device}“ hat keine Persönlichkeiten; es haben: {', '.join(IMPERSONATORS)}.")
    return IMPERSONATORS[device](world, listen=listen, personality=personality)


def _opener(device: str) -> Opener:
    if device not in devices():
        raise HarnessError(f"Das emulierte Gerät „{device}“ ist nicht installiert.{nearest(device, devices())}")
    return devices()[device]
