"""Recordings and captures: files that others made, and what the program says that reads captures.

The seeds are what tshark said of a talk with the emulated door unit, and of HTTP as scanners and clients speak it.
"""

from __future__ import annotations

import atexit
import contextlib
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random

from lisa_core.equipment.slots.catalogue import PROTOCOLS
from lisa_core.equipment.traces.captures.choice import device_in
from lisa_core.equipment.traces.captures.following import followed, joined
from lisa_core.equipment.traces.captures.imported import recording_of, transports, usual_ports
from lisa_core.equipment.traces.captures.listing import FIELDS, listed
from lisa_core.equipment.traces.captures.streams import CaptureError, End, Party, Piece, Stream, Transport
from lisa_core.equipment.traces.entries import TraceError
from lisa_core.equipment.traces.keepers import whole_text
from lisa_core.equipment.traces.masks.choice import mask_for
from lisa_core.equipment.traces.reading import read_trace
from lisa_core.host import address
from tests.fuzz.edge import Edge
from tests.fuzz.mutation import damaged, pieces
from tests.fuzz.shapes import either, lines
from tests.tidy.sources import ROOT

_GRAMMARS = (address.HTTP, address.IPP, address.RAW_PORT, address.SERIAL, address.CAMERA_HEAD, address.MODBUS)
_DRIVERS = ("escl", "ipp", "raw-print", "wacom-stu", "hlk-ld2410", "pcsc")


@cache
def _file() -> Path:
    found = tempfile.TemporaryDirectory(prefix="lisa-fuzz-")
    atexit.register(found.cleanup)
    return Path(found.name) / "eins.trace"


def traces() -> Sequence[bytes]:
    files = sorted((ROOT / "fixtures" / "devices").glob("*/*.trace"))
    return [b"".join(path.read_bytes().splitlines(keepends=True)[:12]) for path in files]


def take_trace(data: bytes, chance: Random) -> None:
    """What is read can be written and read again."""
    path = _file()
    path.write_bytes(data)
    found = read_trace(path)
    path.write_text(whole_text(found.head, found.entries), encoding="utf-8", newline="\n")
    again = read_trace(path)
    assert (again.head, again.entries, again.cut) == (found.head, found.entries, "")


def _row(**values: str) -> str:
    return "\t".join(values.get(name.replace(".", "_"), "") for name in FIELDS)


def _packet(at: str, ours: bool, flags: str, stream: str = "0") -> str:
    ports = ("50906", "34283") if ours else ("34283", "50906")
    syn, ack, fin, reset = flags
    ends = {"ip_src": "127.0.0.1", "ip_dst": "127.0.0.1", "tcp_srcport": ports[0], "tcp_dstport": ports[1]}
    told = {"tcp_flags_syn": syn, "tcp_flags_ack": ack, "tcp_flags_fin": fin, "tcp_flags_reset": reset}
    return _row(
        frame_time_epoch=at, frame_protocols="eth:ethertype:ip:tcp", frame_len="74", frame_cap_len="74",
        tcp_stream=stream, **ends, **told,
    )  # fmt: skip


_USB = {"usb_bus_id": "1", "usb_device_address": "7", "usb_transfer_type": "0x03", "usb_capdata": "f4f3f2f10d0002aa"}
_UDP = {"ip_src": "127.0.0.1", "ip_dst": "127.0.0.1", "udp_stream": "0", "udp_srcport": "40000", "udp_dstport": "52381"}
_ROWS = (
    _packet("1795983226.363040466", True, "1000"),
    _packet("1795983226.363050761", False, "1100"),
    _packet("1795983226.364034152", True, "0100"),
    _packet("1795983226.364281344", False, "0110"),
    _packet("1795983226.464281344", False, "0101"),
    _row(frame_time_epoch="1795983226.5", frame_len="9", frame_cap_len="9", udp_payload="0100000581090612ff", **_UDP),
    _row(frame_time_epoch="1795983226.6", frame_len="72", frame_cap_len="70", **_USB),
    _row(frame_time_epoch="1795983226.7", frame_protocols="wlan:data", frame_len="72", frame_cap_len="72"),
)
_FOLLOWED = """\
peers:
  - peer: 0
    host: 127.0.0.1
    port: 50906
  - peer: 1
    host: 127.0.0.1
    port: 34283
packets:
  - packet: 4
    peer: 0
    timestamp: 1795983226.364034152
    data: !!binary |
      AAEAAAAGAQOAAAAB
  - packet: 6
    peer: 1
    timestamp: 1795983226.364281344
    data: !!binary |
      AAEAAAAFAQMCAMg=
  - packet: 9
    peer: 0
    timestamp: 0.000000000
    data: !!binary |
      WzggYnl0ZXMgbWlzc2luZyBpbiBjYXB0dXJlIGZpbGVdAA==
"""


def captures() -> Sequence[bytes]:
    return ["\n".join((*_ROWS[:count], "\f", _FOLLOWED)).encode() for count in (4, 5, 8)]


def take_capture(data: bytes, chance: Random) -> None:
    """Whatever tshark might say of a file, a recording comes of it or a sentence."""
    rows, _, blocks = data.decode("ascii", "replace").partition("\f")
    listing = listed(rows.splitlines())
    streams = joined(listing.streams, followed(blocks.splitlines()))
    for stream in streams:
        for grammar, driver in zip(_GRAMMARS, _DRIVERS, strict=True):
            with contextlib.suppress(CaptureError):
                device_in(listing, transports(grammar), "", usual_ports(grammar))
            with contextlib.suppress(CaptureError):
                check(recording_of([stream], stream.device, grammar, mask_for(PROTOCOLS, driver)).entries)


def check(entries: Sequence[object]) -> None:
    times = [entry.at_us for entry in entries]  # type: ignore[attr-defined]  # entries, whatever the mask made of them
    assert times == sorted(times)


_BEGIN, _TURN = 1_795_983_226_000_000, b"\x00<>\x00"
_GET = b"GET /eSCL/ScannerStatus HTTP/1.1\r\nHost: d\r\nAccept-Encoding: identity\r\n\r\n"
_POST = b"POST /eSCL/ScanJobs HTTP/1.1\r\nHost: d\r\nContent-Type: text/xml\r\nContent-Length: 5\r\n\r\n<a/>\n"
_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<b/>\r\n0\r\n\r\n"
_MADE = b"HTTP/1.1 201 Created\r\nLocation: http://d/eSCL/ScanJobs/1\r\nContent-Length: 0\r\n\r\n"
_PACKED = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\x03\x00" + bytes(8)
_ENDS = b"HTTP/1.0 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + _PACKED
_OF_IPP = b"Content-Type: application/ipp\r\nContent-Length: 9\r\n\r\n"
_IPP = (
    b"POST /ipp/print HTTP/1.1\r\nHost: d\r\nExpect: 100-continue\r\n"
    + _OF_IPP
    + b"\x02\x00\x00\x0b\x00\x00\x00\x01\x03"
)
_GO = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n" + _OF_IPP + b"\x02\x00\x00\x00\x00\x00\x00\x01\x03"


def talks() -> Sequence[bytes]:
    return [_TURN.join(parts) for parts in ((_GET, _OK, _POST, _MADE), (_GET + _GET, _OK + _ENDS), (_IPP, _GO))]


def take_talk(data: bytes, chance: Random) -> None:
    """One connection over which both sides say whatever they like, in pieces of any size."""
    said = [
        Piece(_BEGIN + number * 1000 + place, bool(number % 2), piece)
        for number, part in enumerate(data.split(_TURN))
        for place, piece in enumerate(pieces(chance, part)[:900])
        if piece
    ]
    stream = Stream(
        Transport.TCP, 0, Party("::1", 40_000), Party("::1", 80), _BEGIN, tuple(said), (End(_BEGIN + 9_000_000, True),)
    )
    for grammar, driver in zip(_GRAMMARS, _DRIVERS, strict=True):
        with contextlib.suppress(CaptureError):
            check(recording_of([stream], stream.device, grammar, mask_for(PROTOCOLS, driver)).entries)


EDGES: tuple[Edge, ...] = (
    Edge("trace", traces, either(lines(()), damaged), take_trace, 6_000, (TraceError,)),
    Edge("capture", captures, either(lines(_ROWS), damaged), take_capture, 6_000, (CaptureError,)),
    Edge("capture-talk", talks, damaged, take_talk, 4_000),
)
