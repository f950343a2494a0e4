"""The two ways to a VISCA camera: a stream of bytes (serial line, raw TCP), and datagrams with Sony's header."""

from __future__ import annotations

import asyncio
from typing import Protocol

from lisa_core.equipment.codecs.visca import ip
from lisa_core.equipment.codecs.visca.parsers import ReplyParser
from lisa_core.equipment.codecs.visca.replies import From
from lisa_core.equipment.codecs.visca.requests import AddressSet, Inquire, To, encode_request
from lisa_core.equipment.lines.stream import ByteStream, DatagramLine

AGAIN_S = 1.0
"""Seconds between two tries of a datagram that found nobody."""


class Wire(Protocol):
    """Sends requests and yields what cameras say."""

    async def send(self, to: To) -> None: ...

    async def receive(self) -> list[From]:
        """What came next, perhaps nothing that means anything. Raises `DeviceFault`."""
        ...

    async def again(self) -> None:
        """After a fault: wait until the way is there again."""
        ...

    async def begin(self) -> None:
        """Say what has to be said first."""
        ...

    @property
    def noise(self) -> bool:
        """Whether something came that no camera says."""
        ...


class StreamWire:
    """On a stream of bytes. `chained`: cameras in a row, which have to be numbered first."""

    def __init__(self, stream: ByteStream, *, chained: bool) -> None:
        self._stream, self._chained = stream, chained
        self._parser = ReplyParser()

    async def send(self, to: To) -> None:
        await self._stream.write(encode_request(to))

    async def receive(self) -> list[From]:
        return self._parser.feed(await self._stream.read())

    async def again(self) -> None:
        await self._stream.again()
        self._parser = ReplyParser()

    async def begin(self) -> None:
        if self._chained:
            await self.send(To(8, AddressSet()))

    @property
    def noise(self) -> bool:
        return self._parser.skipped > 0


class DatagramWire:
    """In datagrams: they are counted, and a reply has the number of its request."""

    def __init__(self, datagrams: DatagramLine, *, any_number: bool) -> None:
        self._datagrams, self._any_number = datagrams, any_number
        self._sequence = 0
        self.noise = False

    async def send(self, to: To) -> None:
        self._sequence = self._sequence % ip.MOST + 1
        kind = ip.Kind.INQUIRY if isinstance(to.request, Inquire) else ip.Kind.COMMAND
        self._datagrams.write(ip.pack(ip.Packet(kind, self._sequence, encode_request(to))))

    async def receive(self) -> list[From]:
        packet = ip.unpack(await self._datagrams.read())
        if packet is None:
            self.noise = True
            return []
        if packet.kind is ip.Kind.CONTROL_REPLY and packet.message == ip.OUT_OF_TURN:
            await self.begin()  # somebody else counts too, or the camera has begun anew
        if packet.kind is not ip.Kind.REPLY or not (self._any_number or packet.sequence == self._sequence):
            return []
        return ReplyParser().feed(packet.message)

    async def again(self) -> None:
        """The system has said that nobody is there; to ask at once would bring the same answer at once."""
        await asyncio.sleep(AGAIN_S)

    async def begin(self) -> None:
        self._sequence = 0
        self._datagrams.write(ip.pack(ip.Packet(ip.Kind.CONTROL, 0, ip.RESET)))
