"""What tshark lists of each packet, one line with the fields of `FIELDS`, made into streams. Pure, and for any text.

Which end is the device: whom a connection was opened to; where that was not heard, the end with the lower port. At USB
only bulk transfers count: they carry the bytes of serial lines (CDC-ACM: Universal Serial Bus Class Definitions for
Communication Devices 1.2, 3.4.2; converters of WCH, Silicon Labs and Prolific do the same). FTDI's put two bytes of
their own before each packet (AN_232R-02, 3.1) and are named, not read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lisa_core.equipment.traces.captures.streams import (
    CaptureError,
    CaptureListing,
    End,
    Party,
    Piece,
    Stream,
    Transport,
)

FIELDS = (
    "frame.time_epoch",
    "frame.protocols",
    "frame.len",
    "frame.cap_len",
    "ip.src",
    "ip.dst",
    "ipv6.src",
    "ipv6.dst",
    "tcp.stream",
    "tcp.srcport",
    "tcp.dstport",
    "tcp.flags.syn",
    "tcp.flags.ack",
    "tcp.flags.fin",
    "tcp.flags.reset",
    "udp.stream",
    "udp.srcport",
    "udp.dstport",
    "udp.payload",
    "usb.bus_id",
    "usb.device_address",
    "usb.endpoint_address.direction",
    "usb.transfer_type",
    "usb.capdata",
    "usb.idVendor",
)
"""As `tshark -T fields` prints them, from left to right, separated by tabulators, the first of each."""
BULK, FTDI = 3, 0x0403
MAX_STREAMS = 5000
_YES = ("1", "True")


@dataclass(slots=True)
class _Growing:
    """A stream while its packets are read. `ends`: source and target of its first packet."""

    ends: tuple[Party, Party]
    begun_us: int
    opened_to: Party | None = None
    said: list[tuple[int, Party, bytes]] = field(default_factory=list)
    ended: list[tuple[int, Party, bool]] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    found: dict[tuple[Transport, str], _Growing] = field(default_factory=dict)
    others: dict[str, None] = field(default_factory=dict)
    converters: dict[str, None] = field(default_factory=dict)
    packets: int = 0
    shortened: int = 0

    def stream(self, transport: Transport, key: str, ends: tuple[Party, Party], at_us: int) -> _Growing:
        if (transport, key) not in self.found and len(self.found) >= MAX_STREAMS:
            raise CaptureError(f"Darin stehen mehr als {MAX_STREAMS} Verbindungen. Nur das eine Gerät mitschneiden.")
        return self.found.setdefault((transport, key), _Growing(ends, at_us))


def listed(lines: Iterable[str]) -> CaptureListing:
    """The streams of a capture; those of TCP are still empty (`following`). Raises `CaptureError` without a place."""
    reading = _Reading()
    for line in lines:
        values = line.rstrip("\r\n").split("\t")
        if len(values) == len(FIELDS):
            _packet(reading, dict(zip(FIELDS, values, strict=True)))
    streams = tuple(_whole(*key, growing) for key, growing in reading.found.items())
    return CaptureListing(streams, reading.packets, tuple(reading.others), reading.shortened, tuple(reading.converters))


def _packet(reading: _Reading, row: dict[str, str]) -> None:
    reading.packets += 1
    reading.shortened += number(row["frame.cap_len"]) < number(row["frame.len"])
    at_us = microseconds(row["frame.time_epoch"])
    if row["tcp.stream"]:
        _tcp(reading, row, at_us)
    elif row["udp.stream"]:
        ends = _ends(row, "udp")
        _said(reading.stream(Transport.UDP, row["udp.stream"], ends, at_us), at_us, ends[0], row["udp.payload"])
    elif row["usb.device_address"]:
        _usb(reading, row, at_us)
    else:
        reading.others.setdefault(row["frame.protocols"])


def _tcp(reading: _Reading, row: dict[str, str], at_us: int) -> None:
    ends = _ends(row, "tcp")
    growing = reading.stream(Transport.TCP, row["tcp.stream"], ends, at_us)
    if row["tcp.flags.syn"] in _YES:
        growing.opened_to = ends[0] if row["tcp.flags.ack"] in _YES else ends[1]
    if row["tcp.flags.fin"] in _YES or row["tcp.flags.reset"] in _YES:
        growing.ended.append((at_us, ends[0], row["tcp.flags.reset"] in _YES))


def _usb(reading: _Reading, row: dict[str, str], at_us: int) -> None:
    device = Party(f"{number(row['usb.bus_id'])}.{number(row['usb.device_address'])}")
    if row["usb.idVendor"] and number(row["usb.idVendor"]) == FTDI:
        reading.converters.setdefault(device.host)
    if number(row["usb.transfer_type"]) == BULK and row["usb.capdata"]:
        host = Party("host")
        growing = reading.stream(Transport.USB, device.host, (host, device), at_us)
        comes = number(row["usb.endpoint_address.direction"]) == 1
        _said(growing, at_us, device if comes else host, row["usb.capdata"])


def _said(growing: _Growing, at_us: int, by: Party, text: str) -> None:
    if data := octets(text):
        growing.said.append((at_us, by, data))


def _ends(row: dict[str, str], protocol: str) -> tuple[Party, Party]:
    near, far = (
        Party(row[f"ip.{end}"] or row[f"ipv6.{end}"], number(row[f"{protocol}.{end}port"])) for end in ("src", "dst")
    )
    return near, far


def _whole(transport: Transport, key: str, growing: _Growing) -> Stream:
    near, device = _sides(transport, growing)
    pieces = tuple(Piece(at_us, by == device, data) for at_us, by, data in growing.said)
    ends = tuple(End(at_us, by == device, reset) for at_us, by, reset in growing.ended)
    return Stream(transport, number(key), near, device, growing.begun_us, pieces, ends)


def _sides(transport: Transport, growing: _Growing) -> tuple[Party, Party]:
    first, second = growing.ends
    device = growing.opened_to
    if device is None and transport is Transport.TCP:
        device = min(growing.ends, key=lambda end: end.port)
    if device is None:
        device = second  # who speaks first in datagrams asks; at USB the device stands second
    return (second, first) if device == first else (first, second)


def microseconds(text: str) -> int:
    """Seconds with as many digits behind the point as there are; 0 for what is no time."""
    whole, _, part = text.partition(".")
    if not (whole.isascii() and whole.isdigit() and len(whole) < 12):
        return 0
    return int(whole) * 1_000_000 + number((part + "000000")[:6])


def number(text: str) -> int:
    """A number as tshark prints it, decimal or "0x04d8"; 0 for what is none."""
    try:
        return max(0, int(text[:20], 0))
    except ValueError:
        return int(text[:20]) if text[:20].isascii() and text[:20].isdigit() else 0


def octets(text: str) -> bytes:
    """Bytes as tshark prints them, with colons or without; none for what are none."""
    try:
        return bytes.fromhex(text.replace(":", ""))
    except ValueError:
        return b""
