"""The program that reads captures: tshark of the Wireshark project (Debian: tshark), started for each, then gone.

A program and no library: it reads every kind of capture, puts TCP in order, and reads what strangers made in a process
of its own, with settings that nobody on this machine has changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lisa_core.domain.model.errors import MachineError
from lisa_core.equipment.lines.programs.tool import PIPE, running
from lisa_core.equipment.traces.captures.following import followed, joined
from lisa_core.equipment.traces.captures.listing import FIELDS, listed
from lisa_core.equipment.traces.captures.streams import CaptureError, CaptureListing, Stream, Transport
from lisa_core.host.causes import cause
from lisa_core.host.temporary import temporary

PROGRAM = PACKAGE = "tshark"
MOST_BYTES = 512 * 1024 * 1024
AT_ONCE = 100
"""Connections that are followed in one reading of the file."""
_MAGIC = (b"\x0a\x0d\x0d\x0a", b"\xa1\xb2\xc3\xd4", b"\xd4\xc3\xb2\xa1", b"\xa1\xb2\x3c\x4d", b"\x4d\x3c\xb2\xa1")
"""How pcapng and pcap begin, in either order of bytes, with micro- or nanoseconds."""
_PLAIN = (
    "-n",
    "-o",
    "tcp.desegment_tcp_streams:FALSE",
    "--disable-protocol",
    "usbcom",
    "--disable-protocol",
    "ftdi-ft",
)
_SHORT = b"cut short"


class _Unstarted(Exception):
    """Why it did not start, in words of a sentence."""


async def read_capture(path: Path) -> tuple[CaptureListing, str]:
    """What is in it, and how it breaks off ("" where it does not); TCP is still empty. Raises `CaptureError`,
    `MachineError` where the program is missing."""
    _check(path)
    fields = [word for name in FIELDS for word in ("-e", name)]
    code, said, complained = await _tshark(path, "-T", "fields", "-E", "occurrence=f", *fields)
    try:
        listing = listed(said.decode("ascii", "replace").splitlines())
    except CaptureError as error:
        raise CaptureError(f"{path}: {error}") from None
    if code and not listing.packets:
        raise CaptureError(f"{path}: {_empty(complained)}")
    if not code:
        return listing, ""
    how = "mitten in einem Paket ab" if _SHORT in complained else "ab, weil er beschädigt ist"
    return listing, f"{path}: Der Mitschnitt bricht {how}; gelesen ist er bis Paket {listing.packets}."


async def with_bytes(path: Path, streams: Sequence[Stream]) -> list[Stream]:
    """The same streams, those of TCP with what was said on them. Raises as `read_capture`."""
    connections = [one for one in streams if one.transport is Transport.TCP]
    found: dict[int, Stream] = {}
    for some in (connections[at : at + AT_ONCE] for at in range(0, len(connections), AT_ONCE)):
        follow = [word for one in some for word in ("-z", f"follow,tcp,yaml,{one.number}")]
        _, said, _ = await _tshark(path, "-q", *follow)
        try:
            whole = joined(some, followed(said.decode("ascii", "replace").splitlines()))
        except CaptureError as error:
            raise CaptureError(f"{path}: {error}") from None
        found |= {one.number: one for one in whole}
    return [found[one.number] if one.transport is Transport.TCP else one for one in streams]


async def _tshark(path: Path, *words: str) -> tuple[int, bytes, bytes]:
    """Its exit code, what it says, what it complains."""
    with temporary("mitschnitt") as home:
        settings = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "WIRESHARK_CONFIG_DIR": str(home), "TZ": "UTC"}
        program = (PROGRAM, *_PLAIN, "-r", _whole(path), *words)
        try:
            async with running(
                *program, package=PACKAGE, failing=_Unstarted, stderr=PIPE, settings=settings
            ) as process:
                said, complained = await process.communicate()
        except _Unstarted as error:
            raise MachineError(f"{path}: Der Mitschnitt lässt sich nicht lesen: {error}.") from None
    return process.returncode or 0, said, complained


def _whole(path: Path) -> str:
    """It begins with "/": "-" alone would be the standard input."""
    return str(path.absolute())


def _check(path: Path) -> None:
    try:
        with path.open("rb") as file:
            begun, size = file.read(4), path.stat().st_size
    except OSError as error:
        raise CaptureError(f"{path}: Der Mitschnitt lässt sich nicht lesen ({cause(error)}).") from None
    if begun not in _MAGIC:
        raise CaptureError(
            f"{path}: Das ist kein Mitschnitt (pcapng oder pcap). Erwartet wird, was Wireshark, dumpcap oder tcpdump "
            "speichern."
        )
    if size > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        raise CaptureError(
            f"{path}: Der Mitschnitt hat mehr als {most} MiB. Mit editcap teilen, oder kürzer aufnehmen."
        )


def _empty(complained: bytes) -> str:
    if _SHORT in complained:
        return "Der Mitschnitt bricht ab, bevor ein Paket ganz ist. Noch einmal mitschneiden."
    if b"unknown or unsupported" in complained:
        return f"Von welcher Leitung er ist, weiß {PROGRAM} nicht (link type). An Ethernet oder USB mitschneiden."
    return "Der Mitschnitt ist beschädigt: Kein Paket darin lässt sich lesen. Noch einmal mitschneiden."
