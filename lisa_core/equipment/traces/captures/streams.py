"""What stands in a capture: streams of bytes between two places, with the time of each piece. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from lisa_core.equipment.traces.entries import TraceError
from lisa_core.host.address import place_of


class CaptureError(TraceError):
    """A capture of which no recording can be made: says which file, why, and what to do."""


class Transport(Enum):
    """What carried a stream."""

    TCP = "TCP"
    UDP = "UDP"
    USB = "USB"


@dataclass(frozen=True, slots=True, order=True)
class Party:
    """One end of a stream: host and port, or at USB the number of bus and device ("1.7") with port 0."""

    host: str
    port: int = 0

    def __str__(self) -> str:
        return place_of(self.host, self.port) if self.port else f"USB {self.host}"


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes that arrived together: microseconds since 1970, by whom (`came`: from the device), and what."""

    at_us: int
    came: bool
    data: bytes


@dataclass(frozen=True, slots=True)
class End:
    """One side says no more; `reset`: it broke off."""

    at_us: int
    came: bool
    reset: bool = False


@dataclass(frozen=True, slots=True)
class Stream:
    """What two places said to each other. `number`: that of the capture. `hole`: what is missing where it ends."""

    transport: Transport
    number: int
    near: Party
    """Who opened it, or had the higher port: the driver's side."""
    device: Party
    begun_us: int
    pieces: tuple[Piece, ...] = ()
    ends: tuple[End, ...] = ()
    hole: str = ""


@dataclass(frozen=True, slots=True)
class CaptureListing:
    """All of a capture. `packets`: how many; `kinds`: what those are that are in no stream, by their protocols."""

    streams: tuple[Stream, ...] = ()
    packets: int = 0
    kinds: tuple[str, ...] = ()
    shortened: int = 0
    """How many packets were not kept whole."""
    converters: tuple[str, ...] = ()
    """USB devices that mix bytes of their own among those of the line, by their places."""
