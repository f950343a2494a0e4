"""Captures as strangers' programs write them on loopback, and such as sniffers of USB would have written of a line.

The formats of the latter: Linux' usbmon, Documentation/usb/usbmon.rst ("Raw binary format", 64 bytes: LINKTYPE 220);
USBPcap, "USBPcap Capture format specification" (LINKTYPE 249); classic pcap, draft-ietf-opsawg-pcap, 4 and 5.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import struct
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

USBMON, USBPCAP, ETHERNET, WIFI, NOBODYS = 220, 249, 1, 105, 65_000
BULK = 3
FILTER = "tcp or udp"
LOOK_S = 0.02
Said = Sequence[tuple[int, bool, bytes]]
"""Microseconds, whether it came from the device, and what."""


@contextlib.contextmanager
def sniffed(pcapng: Path, pcap: Path) -> Iterator[list[int]]:
    """While the body runs, dumpcap (Wireshark's own) and tcpdump write what passes on loopback: all of it, by the
    datagrams before and after it that both have written. Afterwards the list holds how many packets each has lost."""
    commands = (
        ("dumpcap", "-q", "-B", "16", "-i", "lo", "-f", FILTER, "-w", str(pcapng)),
        ("tcpdump", "-n", "-U", "-B", "16384", "-i", "lo", "-w", str(pcap), FILTER),
    )
    lost: list[int] = []
    with contextlib.ExitStack() as stack:
        running = [stack.enter_context(subprocess.Popen(one, stderr=subprocess.PIPE)) for one in commands]
        for process in running:
            stack.callback(process.kill)
        _written(b"lisa: before", running, pcapng, pcap)
        yield lost
        _written(b"lisa: after", running, pcapng, pcap)
        for process in running:
            process.terminate()
            lost += [int(found) for found in re.findall(_LOST, process.communicate()[1].decode())]


_LOST = r"(?<=/)\d+(?= \(pcap:)|\d+(?= packets dropped by kernel)"


def _written(mark: bytes, running: Sequence[subprocess.Popen[bytes]], *paths: Path) -> None:
    """Say this until it stands in both files."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as saying, socket.socket(saying.family, saying.type) as heard:
        heard.bind(("127.0.0.1", 0))
        while not all(path.exists() and mark in path.read_bytes() for path in paths):
            saying.sendto(mark, heard.getsockname())
            heard.recv(len(mark))
            for process in running:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    raise AssertionError(f"a sniffer has ended by itself: {process.wait(LOOK_S)}")


def missing() -> str:
    """Which of the programs is not there, or may not listen; "" when all can."""
    names = [name for name in ("tshark", "dumpcap", "tcpdump") if shutil.which(name) is None]
    return ", ".join(names) if names or os.geteuid() == 0 else "das Recht mitzuschneiden (root)"


@dataclass(frozen=True, slots=True)
class Pcap:
    """A classic capture in pieces: each packet with its head."""

    head: bytes
    packets: tuple[bytes, ...]

    @property
    def whole(self) -> bytes:
        return self.head + b"".join(self.packets)

    def of_link(self, number: int) -> Pcap:
        """The same packets, said to be of another kind of link."""
        return replace(self, head=self.head[:20] + struct.pack("<I", number))


def read_pcap(data: bytes) -> Pcap:
    packets, at = [], 24
    while at < len(data):
        length = 16 + int.from_bytes(data[at + 8 : at + 12], "little")
        packets.append(data[at : at + length])
        at += length
    return Pcap(data[:24], tuple(packets))


def pcap_of(link: int, packets: Sequence[tuple[int, bytes]]) -> Pcap:
    head = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262_144, link)
    return Pcap(head, tuple(struct.pack("<IIII", *divmod(at, 10**6), len(one), len(one)) + one for at, one in packets))


def usbmon(said: Said, device: int = 7) -> Pcap:
    """Each transfer as Linux tells it: an URB is submitted, and completed; the bytes stand where they were there."""
    packets = []
    for number, (at_us, came, data) in enumerate(said, 1):
        for kind, has in ((b"S", not came), (b"C", came)):
            endpoint = 0x82 if came else 0x01
            told = data if has else b""
            head = struct.pack("<Q1sBBBH", number, kind, BULK, endpoint, device, 1)
            head += struct.pack("<BBqiiII", 0x2D, 0 if has else 0x3C, *divmod(at_us, 10**6), 0, len(data), len(told))
            packets.append((at_us, head + bytes(8) + struct.pack("<iiII", 0, 0, 0, 0) + told))
    return pcap_of(USBMON, packets)


def usbpcap(said: Said, device: int = 7) -> Pcap:
    """The same as Windows' USBPcap tells it."""
    packets = []
    for number, (at_us, came, data) in enumerate(said, 1):
        for back in (False, True):
            told = data if back == came else b""
            endpoint = 0x82 if came else 0x01
            head = struct.pack("<HQIHBHHBBI", 27, number, 0, 9, int(back), 1, device, endpoint, BULK, len(told))
            packets.append((at_us, head + told))
    return pcap_of(USBPCAP, packets)
