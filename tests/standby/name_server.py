"""A name that leads to several addresses, and the files by which programs in a network of tests find it.

A name server of a few lines, since a browser takes one address only for a name that it finds in /etc/hosts
(docs/betrieb.md).
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections import deque
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import cast

from tests.nets.namespaces import Net

AT = "127.0.0.1"
_A, _TTL_S = 1, 1


class NameServer(asyncio.DatagramProtocol):
    """Answers all questions for an A record with all of its addresses, turned on by one each time, as such servers
    do; knows nothing else."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self._addresses = deque(map(socket.inet_aton, addresses))

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)  # in 3.11 its class is none of them

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        end = data.index(b"\0", 12) + 5
        (kind,) = struct.unpack(">H", data[end - 4 : end - 2])
        found = list(self._addresses) if kind == _A else []
        self._addresses.rotate(len(found) and 1)
        answers = b"".join(b"\xc0\x0c" + struct.pack(">HHIH", _A, 1, _TTL_S, 4) + one for one in found)
        head = data[:2] + struct.pack(">HHHHH", 0x8580, 1, len(found), 0, 0)
        self._transport.sendto(head + data[12:end] + answers, addr)


@contextlib.asynccontextmanager
async def serve_names(addresses: Sequence[str]) -> AsyncIterator[NameServer]:
    """On this network's loopback."""
    transport, server = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: NameServer(addresses), (AT, 53)
    )
    try:
        yield server
    finally:
        transport.close()


def asking(net: Net, folder: Path, program: str) -> Path:
    """A program that starts this one in this network, where names are asked of its name server alone."""
    resolving, hosts, started = (folder / name for name in ("resolv.conf", "hosts", Path(program).name))
    resolving.write_text(f"nameserver {AT}\n", encoding="ascii")
    hosts.write_text("127.0.0.1 localhost\n", encoding="ascii")
    mounts = f"mount --bind {resolving} /etc/resolv.conf && mount --bind {hosts} /etc/hosts"
    words = " ".join(net.inside("unshare", "--mount", "sh", "-c"))
    started.write_text(f'#!/bin/sh\nexec {words} \'{mounts} && exec {program} "$@"\' sh "$@"\n', encoding="ascii")
    started.chmod(0o755)
    return started
