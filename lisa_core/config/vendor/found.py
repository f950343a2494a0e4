"""What there is to bind: what this computer knows, and what makes itself known on the network within some seconds.

Nothing is opened and nothing is sent to a device: what hangs on a serial line nobody knows before somebody says so, and
a question in the wrong protocol may switch something. What could not be looked at is told with the reason.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lisa_core.config.drivers import driver, fitting
from lisa_core.domain.model.errors import LisaError, ProfileError, ProtocolError
from lisa_core.equipment.codecs.sound_list import devices_of
from lisa_core.equipment.codecs.stu.hid import PRODUCTS, VENDOR
from lisa_core.equipment.lines.discovery import PRINTERS, SCANNERS, Announced, announced_devices
from lisa_core.equipment.lines.listing.attached import Attached, cameras, hid_devices, serial_ports
from lisa_core.equipment.slots.catalogue import PROTOCOLS, SLOTS
from lisa_core.equipment.slots.origin import identity_text
from lisa_core.host.address import read_address

NETWORK = {**SCANNERS, **PRINTERS}
"""What is listened for."""
LISTEN_S = 4.0
"""Seconds for which is listened: a device that is on answers within one."""
LOOK_S = 5.0
"""Seconds after which a place that says nothing is left: a service of the system may hang."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that may be bound: its address, what is known of it, its certificate where it has one, and by slot the
    drivers that would take it."""

    binding: str
    about: str = ""
    fingerprint: str = ""
    slots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, and a sentence for each place that could not be looked at."""

    candidates: tuple[Candidate, ...]
    unseen: tuple[str, ...] = ()


async def found_devices(interfaces: Sequence[str] = (), listen_s: float = LISTEN_S) -> Found:
    """Look everywhere at the same time, for `LOOK_S` at most. `interfaces`: of the network, all where none is named."""
    looks: Mapping[str, Awaitable[Iterable[Candidate]]] = {
        "Serielle Anschlüsse": asyncio.to_thread(_attached, serial_ports),
        "Kameras": asyncio.to_thread(_attached, cameras),
        "Unterschriftenpads an USB": asyncio.to_thread(_attached, _pads),
        "Kartenleser": asyncio.to_thread(_readers),
        "Mikrofone und Lautsprecher": asyncio.to_thread(_sound),
        "Scanner und Drucker im Netz": _in_network(interfaces, listen_s),
    }
    said = await asyncio.gather(*map(_within, looks.values()), return_exceptions=True)
    found: list[Candidate] = []
    unseen: list[str] = []
    for place, one in zip(looks, said, strict=True):
        if isinstance(one, LisaError | OSError):  # a TimeoutError is one of the latter
            why = str(one).removeprefix(f"{place}: ").rstrip(".")
            unseen.append(f"{place}: {why or f'in {LOOK_S:g} s keine Antwort'}.")
        elif isinstance(one, BaseException):
            raise one
        else:
            found += one
    return Found(tuple(found), tuple(unseen))


async def _within(look: Awaitable[Iterable[Candidate]]) -> list[Candidate]:
    async with asyncio.timeout(LOOK_S):
        return [*await look]


def candidate(binding: str, about: str = "", fingerprint: str = "", among: Iterable[str] = SLOTS) -> Candidate:
    """With every slot of these in which it may be, and the drivers on this machine that take such an address."""
    slots = {slot: tuple(_taking(slot, binding)) for slot in among}
    return Candidate(binding, about, fingerprint, {slot: names for slot, names in slots.items() if names})


def _taking(slot: str, binding: str) -> Iterator[str]:
    for name in fitting(PROTOCOLS[slot]):
        declared = driver(name)
        with contextlib.suppress(ProfileError):
            if declared.opened is not None:
                read_address(binding, declared.binding)
                yield name


def _attached(look: Callable[[], Iterable[Attached]]) -> list[Candidate]:
    return [candidate(one.binding, identity_text(one.identity)) for one in look()]


def _pads() -> Iterator[Attached]:
    numbers = {f"hid:{VENDOR:04X}:{product:04X}" for product in PRODUCTS}
    return (one for one in hid_devices() if one.binding in numbers)


def _readers() -> list[Candidate]:
    from lisa_core.equipment.drivers.pcsc.library import Library  # the system's own, where somebody looks

    library = Library()
    try:
        return [candidate(f"pcsc:{name}") for name in library.readers()]
    finally:
        library.close()


def _sound() -> list[Candidate]:
    from lisa_core.equipment.lines.programs.sound import SoundServerError, listed  # POSIX only

    found = []
    try:
        for slot, what in (("microphone", "sources"), ("loudspeaker", "sinks")):
            devices = (one for one in devices_of(listed(what)) if not one.monitor)
            found += [candidate(f"audio:{one.name}", one.text, among=[slot]) for one in devices]
    except (SoundServerError, ProtocolError) as error:
        raise LisaError(str(error)) from None
    return found


async def _in_network(interfaces: Sequence[str], listen_s: float) -> list[Candidate]:
    heard: list[Announced] = []
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(listen_s):
            async with contextlib.aclosing(announced_devices(NETWORK, interfaces)) as devices:
                async for one in devices:
                    heard += [one]
    return [*map(announced, heard)]


def announced(one: Announced) -> Candidate:
    """What made itself known, as something to bind."""
    slot = "printer" if one.binding.startswith("ipp") else "scanner"
    about = one.name if one.name.startswith(one.model) else f"{one.model} „{one.name}“"
    return candidate(one.binding, about, one.fingerprint, [slot])
