"""What the emulated camera head is reached by: a pty, UDP with Sony's header, or the bare bytes over TCP."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from functools import partial

from emulator.devices.head.unit import NAME, Unit
from emulator.devices.listener import bound_socket
from emulator.devices.pty import Pty, serve_on_pty
from emulator.devices.uart import LineSettings
from emulator.world.line_faults import LineFaults
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
PIECE = 1024


@contextlib.asynccontextmanager
async def open_camera_head(world: LiveWorld, *, listen: str = "") -> AsyncIterator[str]:
    """Run the head; yields its address. `listen`: a path (or "") for a pty, `udp://host:port`, `socket://host:port`."""
    scheme, _, place = listen.partition("://")
    unit = Unit(world)
    served = {"udp": _on_udp, "socket": _on_tcp}.get(scheme) if place else None
    faults = LineFaults(world, "camera-head")
    opened = served(unit, place) if served else serve_on_pty(partial(_on_line, unit), listen, LINE, faults)
    try:
        async with opened as address:
            yield address
    finally:
        unit.close()


async def _on_line(unit: Unit, line: Pty) -> None:
    parser = CommandParser()

    def say(reply: Reply) -> None:
        line.write(encode_reply(_spoken(reply)))

    while True:
        for request in parser.feed(await line.read()):
            await unit.take(request, say)


def _spoken(reply: Reply) -> From:
    return From(0 if isinstance(reply, r.Numbered | r.Cleared) else 1, reply)


@contextlib.asynccontextmanager
async def _on_tcp(unit: Unit, place: str) -> AsyncIterator[str]:
    clients: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        parser = CommandParser()
        try:
            while data := await reader.read(PIECE):
                for request in parser.feed(data):
                    await unit.take(request, lambda reply: writer.write(encode_reply(_spoken(reply))))
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        client = asyncio.create_task(serve(reader, writer), name=f"{NAME} client")
        clients.add(client)
        client.add_done_callback(clients.discard)

    server = await asyncio.start_server(accept, sock=bound_socket(place))
    try:
        host, port = server.sockets[0].getsockname()[:2]
        yield f"socket://{host}:{port}"
    finally:
        server.close()
        for client in clients:
            client.cancel()
        await asyncio.gather(*clients, return_exceptions=True)


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
    answering = asyncio.create_task(_answer(unit, transport, received), name=f"{NAME} on UDP")
    try:
        host, port = bound.getsockname()[:2]
        yield f"udp://{host}:{port}"
    finally:
        answering.cancel()
        await asyncio.gather(answering, return_exceptions=True)
        transport.close()


async def _answer(unit: Unit, transport: asyncio.DatagramTransport, received: _Datagrams) -> None:
    newest: OrderedDict[Sender, int] = OrderedDict()
    while True:
        data, sender = await received.waiting.get()
        packet = ip.unpack(data)
        if packet is None or NAME in unit.world.state.silent:
            continue

        say = partial(_send, transport, sender, packet.sequence)
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


def _send(transport: asyncio.DatagramTransport, to: Sender, number: int, kind: ip.Kind, message: bytes) -> None:
    if not transport.is_closing():
        transport.sendto(ip.pack(ip.Packet(kind, number, message)), to)


def _reply(send: Callable[[ip.Kind, bytes], None], reply: Reply) -> None:
    send(ip.Kind.REPLY, encode_reply(_spoken(reply)))


def _datagram_socket(place: str) -> socket.socket:
    host, _, port = place.rpartition(":")
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM)
    try:
        # visca-over-ip listens on the same port of every address of its machine
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host.strip("[]"), int(port)))
    except (OSError, OverflowError, ValueError) as error:
        bound.close()
        why = cause(error) if isinstance(error, OSError) else "Erwartet wird Rechner:Port"
        raise LisaError(f"Auf udp://{place} lässt sich nicht lauschen ({why}): z. B. udp://127.0.0.1:0.") from None
    bound.setblocking(False)
    return bound
