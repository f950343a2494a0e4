"""What tshark says of each TCP connection (`-z follow,tcp,yaml,N`), made into pieces. Pure, and for any text.

It has put the segments in order by then: what came twice stands once, what came too late stands where it belongs. Where
a segment is in no packet it says how many bytes are missing, in brackets among the bytes; there a connection ends here.
Source: Wireshark's ui/cli/tap-follow.c and epan/follow.c, 4.0.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from lisa_core.equipment.traces.captures.listing import microseconds, number
from lisa_core.equipment.traces.captures.streams import CaptureError, Party, Piece, Stream

_MISSING = re.compile(rb"\[(\d{1,12}) bytes missing in capture file\]\x00?")
_PEERS = "peers:"
ROUNDED_US = 10
"""By so much two ways of printing the same time differ: one of them goes through a floating point number."""


@dataclass(slots=True)
class _Said:
    peer: int = -1
    at_us: int = 0
    packet: int = 0
    text: list[str] = field(default_factory=list)


@dataclass(slots=True)
class FollowedStream:
    """One connection: its ends, and what they said: by which of them, when, in which packet."""

    peers: list[Party] = field(default_factory=list)
    said: list[_Said] = field(default_factory=list)


def followed(lines: Iterable[str]) -> Iterator[FollowedStream]:
    """Each connection in the order in which it stands there; a line that is none is passed over."""
    one: FollowedStream | None = None
    host = ""
    for line in lines:
        if line.rstrip() == _PEERS:
            if one is not None:
                yield one
            one = FollowedStream()
            continue
        if one is None:
            continue
        key, colon, value = line.strip().removeprefix("- ").partition(":")
        value = value.strip()
        if not colon:
            if one.said:
                one.said[-1].text.append(key)
            continue
        if key == "host":
            host = value.strip("'\"")
        elif key == "port":
            one.peers.append(Party(host, number(value)))
        elif key == "packet":
            one.said.append(_Said(packet=number(value)))
        elif one.said and key == "peer":
            one.said[-1].peer = number(value)
        elif one.said and key == "timestamp":
            one.said[-1].at_us = microseconds(value)
    if one is not None:
        yield one


def joined(streams: Sequence[Stream], blocks: Iterable[FollowedStream]) -> list[Stream]:
    """The streams, each with what was said on it: blocks stand in no certain order and bear no number, but both ends.

    Where a later connection had the same ends, time decides. Raises `CaptureError` for a block that is of none.
    """
    found = {one.number: one for one in streams}
    ends: dict[frozenset[Party], list[Stream]] = {}
    for stream in sorted(streams, key=lambda one: one.begun_us):
        ends.setdefault(frozenset((stream.near, stream.device)), []).append(stream)
    for block in blocks:
        if block.said:
            same = ends.get(frozenset(block.peers), [])
            first_us = next((said.at_us for said in block.said if said.at_us), 0)
            before = [one for one in same if one.begun_us <= first_us + ROUNDED_US] or same
            if not before:
                raise CaptureError(f"Eine Verbindung lässt sich nicht zuordnen: {', '.join(map(str, block.peers))}.")
            found[before[-1].number] = _filled(before[-1], block)
    return [found[one.number] for one in streams]


def _filled(stream: Stream, found: FollowedStream) -> Stream:
    """The stream with what was said on it; up to a hole, if there is one."""
    pieces: list[Piece] = []
    since_us = stream.begun_us
    for one in found.said:
        data = _bytes(one.text)
        if missing := _MISSING.fullmatch(data):
            hole = f"vor Paket {one.packet} fehlen {int(missing[1])} Bytes"
            return replace(stream, pieces=tuple(pieces), hole=hole)
        since_us = max(since_us, one.at_us)
        came = one.peer < len(found.peers) and found.peers[one.peer] == stream.device
        if data:
            pieces.append(Piece(since_us, came, data))
    return replace(stream, pieces=tuple(pieces))


def _bytes(text: list[str]) -> bytes:
    try:
        return base64.b64decode("".join(text), validate=True)
    except (binascii.Error, ValueError):
        return b""
