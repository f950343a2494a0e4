"""What the emulated camera head is reached by: a pty, UDP with Sony's header, or the bare bytes over TCP."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from ipaddress import ip_address
from typing import Protocol

from emulator.devices.head.unit import NAME, Unit
from emulator.devices.listener import place_of_socket, serve_clients
from emulator.devices.pty import serve_on_pty
from emulator.devices.uart import LineSettings
from emulator.world.line_faults import MOST_LATE_S, LineFaults, Way
from emulator.world.live_world import LiveWorld
from lisa_core.domain.model.errors import LisaError
from lisa_core.equipment.codecs.visca import ip
from lisa_core.equipment.codecs.visca import replies as r
from lisa_core.equipment.codecs.visca.parsers import CommandParser
from lisa_core.equipment.codecs.visca.replies import From, Reply, encode_reply
from lisa_core.host.causes import cause

Sender = tuple[str, int]
LINE = LineSettings(9600)
CLIENTS = 64
"""Maximum number of senders whose numbering is remembered: the newest."""
WAITING = 64
"""Maximum number of datagrams that wait to be dealt with."""
LENGTH_AT = 3
"""Where a datagram says how long its message is."""


@contextlib.asynccontextmanager
async def open_camera_head(world: LiveWorld, *, listen: str = "") -> AsyncIterator[str]:
    """Run the head; yields its address. `listen`: a path (or "") for a pty, `udp://host:port`, `socket://host:port`."""
    scheme, _, place = listen.partition("://")
    unit = Unit(world)
    served = {"udp": _on_udp, "socket": _on_tcp}.get(scheme, _on_pty)
    try:
        async with served(unit, listen if served is _on_pty else place) as address:
            yield address
    finally:
        unit.close()


def _on_pty(unit: Unit, path: str) -> AbstractAsyncContextManager[str]:
    return serve_on_pty(partial(_on_line, unit), path, LINE, LineFaults(unit.world, NAME))


class _Stream(Protocol):
    async def read(self) -> bytes: ...

    def write(self, data: bytes) -> None: ...


async def _on_line(unit: Unit, line: _Stream) -> None:
    parser = CommandParser()

    def say(reply: Reply) -> None:
        line.write(encode_reply(_spoken(reply)))

    while data := await line.read():
        for request in parser.feed(data):
            await unit.take(request, say)


def _spoken(reply: Reply) -> From:
    return From(0 if isinstance(reply, r.Numbered | r.Cleared) else 1, reply)


@contextlib.asynccontextmanager
async def _on_tcp(unit: Unit, place: str) -> AsyncIterator[str]:
    async with serve_clients(partial(_on_line, unit), place, LineFaults(unit.world, NAME)) as address:
        yield f"socket://{address}"


class _Datagrams(asyncio.DatagramProtocol):
    """Takes in what comes; each sender's numbers have to grow, and a reply goes back to whom it is for."""

    def __init__(self) -> None:
        self.waiting: asyncio.Queue[tuple[bytes, Sender]] = asyncio.Queue(WAITING)

    def datagram_received(self, data: bytes, addr: Sender) -> None:
        with contextlib.suppress(asyncio.QueueFull):  # as on a busy network: what is too much is lost
            self.waiting.put_nowait((data, addr))


@contextlib.asynccontextmanager
async def _on_udp(unit: Unit, place: str) -> AsyncIterator[str]:
    bound = _datagram_socket(place)
    transport, received = await asyncio.get_running_loop().create_datagram_endpoint(_Datagrams, sock=bound)
    ways = _Answers(transport, LineFaults(unit.world, NAME, LENGTH_AT, checked=True))
    answering = asyncio.create_task(_answer(unit, ways, received), name=f"{NAME} on UDP")
    try:
        yield f"udp://{place_of_socket(bound)}"
    finally:
        answering.cancel()
        await asyncio.gather(answering, return_exceptions=True)
        transport.close()


class _Answers:
    """The way back of datagrams."""

    def __init__(self, transport: asyncio.DatagramTransport, faults: LineFaults) -> None:
        self._transport, self._faults, self._way = transport, faults, Way(MOST_LATE_S)

    @property
    def none(self) -> bool:
        """Whether nobody hears anything, and nobody is heard."""
        return self._faults.unplugged

    def send(self, to: Sender, number: int, kind: ip.Kind, message: bytes) -> None:
        """One packet, or what becomes of it."""
        pieces = self._faults.datagrams(ip.pack(ip.Packet(kind, number, message)))
        self._way.send(pieces, partial(self._arrive, to))

    def _arrive(self, to: Sender, data: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.sendto(data, to)


async def _answer(unit: Unit, answers: _Answers, received: _Datagrams) -> None:
    newest: OrderedDict[Sender, int] = OrderedDict()
    while True:
        data, sender = await received.waiting.get()
        packet = ip.unpack(data)
        if packet is None or NAME in unit.world.state.silent or answers.none:
            continue

        say = partial(answers.send, sender, packet.sequence)
        if packet.kind is ip.Kind.CONTROL:
            newest.pop(sender, None)
            say(ip.Kind.CONTROL_REPLY, ip.RESET if packet.message == ip.RESET else ip.NO_MESSAGE)
        elif packet.kind in (ip.Kind.COMMAND, ip.Kind.INQUIRY):
            if packet.sequence <= newest.get(sender, -1):
                say(ip.Kind.CONTROL_REPLY, ip.OUT_OF_TURN)
                continue
            newest[sender] = packet.sequence if packet.sequence < ip.MOST else -1
            newest.move_to_end(sender)
            while len(newest) > CLIENTS:
                newest.popitem(last=False)
            requests = CommandParser().feed(packet.message)
            if not requests:
                say(ip.Kind.CONTROL_REPLY, ip.NO_MESSAGE)
            for request in requests:
                await unit.take(request, partial(_reply, say))


def _reply(send: Callable[[ip.Kind, bytes], None], reply: Reply) -> None:
    send(ip.Kind.REPLY, encode_reply(_spoken(reply)))


def _datagram_socket(place: str) -> socket.socket:
    host, _, port = place.rpartition(":")
    host = host.strip("[]")

    def refused(why: str) -> LisaError:
        return LisaError(f"Auf udp://{place} lässt sich nicht lauschen ({why}): z. B. udp://127.0.0.1:0.")

    if not (host and port.isascii() and port.isdigit() and int(port) < 65536):
        raise refused("erwartet wird Rechner:Port")
    if not _is_loopback(host):
        raise refused("die Adresse ist von außen erreichbar, und anmelden muss sich niemand")
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM)
    try:
        # visca-over-ip listens on the same port of every address of its machine
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, int(port)))
    except OSError as error:
        bound.close()
        raise refused(cause(error)) from None
    bound.setblocking(False)
    return bound


def _is_loopback(host: str) -> bool:
    """127.0.0.2 and its neighbours too."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
