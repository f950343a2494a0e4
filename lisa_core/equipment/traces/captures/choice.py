"""Which device in a capture is meant: the one that is named, the one at a usual port, or the only one. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from lisa_core.equipment.traces.captures.streams import CaptureError, CaptureListing, Party, Stream, Transport

_MOST = 8
Found = tuple[Party, list[Stream]]


def device_in(listing: CaptureListing, transports: Collection[Transport], wanted: str, usual: Collection[int]) -> Found:
    """The device and its streams. `wanted`: "502", "192.0.2.7:502", at USB "1.7"; "" where nothing is said.

    `usual`: the ports that devices of this kind have. Raises `CaptureError` without a place.
    """
    streams = [one for one in listing.streams if one.transport in transports]
    if not streams:
        raise CaptureError(_nothing(listing, transports))
    if wanted:
        streams = [_turned(one) if _is_meant(one.near, wanted) else one for one in streams]
        devices = [found for found in _by_device(streams) if _is_meant(found[0], wanted)]
        if not devices:
            raise CaptureError(f"„{wanted}“ steht nicht darin; darin stehen {_told(streams)}. --port berichtigen.")
    else:
        devices = _by_device(streams)
        at_usual = [found for found in devices if found[0].port in usual and found[0].port]
        devices = at_usual or devices
    if len(devices) > 1:
        known = _told([stream for _, several in devices for stream in several])
        raise CaptureError(f"Darin stehen mehrere Geräte: {known}. Mit --port eines nennen (Port, Rechner:Port).")
    return devices[0]


def _is_meant(place: Party, wanted: str) -> bool:
    """Whether these words name this place."""
    if wanted.isascii() and wanted.isdigit():
        return place.port == int(wanted[:6])
    return wanted in (str(place), place.host, f"{place.host}:{place.port}")


def _told(streams: Sequence[Stream]) -> str:
    """The devices of these, as people write them; only the first few."""
    places = sorted({stream.device for stream in streams})
    more = f" und {len(places) - _MOST} weitere" if len(places) > _MOST else ""
    return ", ".join(map(str, places[:_MOST])) + more


def _turned(stream: Stream) -> Stream:
    """The same with its ends exchanged: somebody knows better which is the device."""
    pieces = tuple(replace(one, came=not one.came) for one in stream.pieces)
    ends = tuple(replace(one, came=not one.came) for one in stream.ends)
    return replace(stream, near=stream.device, device=stream.near, pieces=pieces, ends=ends)


def _by_device(streams: Sequence[Stream]) -> list[Found]:
    """Each device with its streams, in the order in which they appeared."""
    found: dict[Party, list[Stream]] = {}
    for stream in streams:
        found.setdefault(stream.device, []).append(stream)
    return list(found.items())


def _nothing(listing: CaptureListing, transports: Collection[Transport]) -> str:
    """Why there is no stream that could be of this device."""
    kinds = " oder ".join(sorted(one.value for one in transports))
    if not listing.packets:
        return "Der Mitschnitt ist leer. Noch einmal mitschneiden, während mit dem Gerät gesprochen wird."
    others = {one.transport.value for one in listing.streams}
    if others:
        there = ", ".join(sorted(others))
        return f"Darin steht nur {there}; der Treiber spricht über {kinds}. --slot oder --driver prüfen."
    shown = ", ".join(sorted(filter(None, listing.kinds))[:_MOST]) or "USB ohne Daten einer seriellen Leitung"
    return (
        f"In keinem der {listing.packets} Pakete steht {kinds} (sie sind: {shown}). An Ethernet oder, mit usbmon oder "
        "USBPcap, an USB mitschneiden."
    )
