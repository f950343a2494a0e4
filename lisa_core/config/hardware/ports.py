"""Two slots on one port: told before anything is opened, by where an address leads and not by how it is spelled.

A line has one device, and whoever opens it twice gets what was meant for the other. Only what a driver declares as
shared (the units of a bus) and what serves many by nature (a web server, a frame file) is a place for several.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from lisa_core.config.drivers import EMULATOR, Bound, driver
from lisa_core.domain.model.errors import ProfileError
from lisa_core.host.address import Address, place_of, read_address

MANY = frozenset({"http", "https", "ipp", "ipps", "frames", "audio"})
"""Schemes of addresses at which several may talk at once."""
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


def port_faults(slots: Iterable[Bound]) -> Iterator[tuple[str, str, str]]:
    """Slot, key and sentence of each address that leads where another slot is already."""
    taken: dict[str, Bound] = {}
    for bound in slots:
        declared = driver(bound.driver)
        if bound.binding == EMULATOR or declared.opened is None or declared.binding.within:
            continue  # what speaks for a device may speak for several
        try:
            place = _place(read_address(bound.binding, declared.binding))
        except ProfileError:
            continue  # told as what it is
        if not place:
            continue
        first = taken.setdefault(place, bound)
        if first is bound:
            continue
        here = f"slots.{bound.slot}.binding: {bound.binding} führt zum selben Anschluss wie slots.{first.slot}"
        if not (declared.shared and first.driver == bound.driver):
            cure = "Dort hängt nur ein Gerät: einen von beiden berichtigen."
            yield bound.slot, "binding", f"{here} ({first.driver} an {first.binding}). {cure}"
        elif first.binding != bound.binding:
            cure = "Als ein Bus wird er nur einmal geöffnet, wenn beide gleich geschrieben sind."
            yield bound.slot, "binding", f"{here}, dort heißt er {first.binding}. {cure}"


def _place(address: Address) -> str:
    """Where the address leads, the same text for the same place; "" where several may be."""
    if address.scheme in MANY:
        return ""
    if address.host:
        host = "localhost" if address.host.lower() in _THIS_MACHINE else address.host.lower().rstrip(".")
        kind = "udp" if address.scheme == "udp" else "tcp"
        behind = address.path if address.scheme == "usbip" else ""
        return f"{kind} {place_of(host, address.port)}{behind}"
    if address.path.startswith("/"):
        return str(Path(address.path).resolve())
    return f"{address.scheme} {address.path.lower()}"
