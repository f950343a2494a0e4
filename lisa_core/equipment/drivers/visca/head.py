"""Driver for the head of a camera that is turned and zoomed by VISCA: serial line, VISCA over IP, raw TCP.

A camera is believed for where it stands, not for what it says of a command: whoever has lost the word "done" asks for
the position. Only absolute positions are sent, so a command that is said twice does nothing else than one.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from lisa_core.domain.model.errors import DeviceFault, ProfileError
from lisa_core.domain.model.readings import HEAD_MOST, DeviceIdentity, HeadPosition, HeadPreset
from lisa_core.equipment.codecs.visca import replies as r
from lisa_core.equipment.codecs.visca import requests as q
from lisa_core.equipment.drivers.visca.faults import garbled, refused, silent, strange, stuck
from lisa_core.equipment.drivers.visca.wire import DatagramWire, StreamWire, Wire
from lisa_core.equipment.lines.stream import put_newest
from lisa_core.equipment.slots.devices import CameraHead
from lisa_core.equipment.slots.driver import Driver, Evidence, Given, Option, Serves, Tried, chosen
from lisa_core.host.address import CAMERA_HEAD, read_address

BACKLOG = 64
AGAIN_S = 0.2
"""Seconds after which a camera that is at work on two commands is asked again."""
NEAR = 20
"""Thousandths of the way by which a camera may miss its goal."""


class ViscaHead:
    """One camera. One command at a time; each is waited for until it is done."""

    def __init__(self, wire: Wire, where: str, options: Given) -> None:
        self._wire, self._where = wire, where
        self._options = options = chosen(OPTIONS, options)
        self._camera = int(options["camera"])
        self._answer_s, self._tries = float(options["timeout_s"]), int(options["tries"])
        self._move_s = float(options["move_s"])
        self._pan, self._tilt, self._zoom = (int(options[f"{axis}_steps"]) for axis in ("pan", "tilt", "zoom"))
        self._papers = int(options["papers_preset"])
        self._turn = asyncio.Lock()
        self.moves = False
        """Whether it has accepted a command and is at it."""
        self._received: asyncio.Queue[r.Reply | DeviceFault] = asyncio.Queue(BACKLOG)
        self._lost: DeviceFault | None = None

    async def aim(self, at: HeadPosition) -> HeadPosition:
        """Turn and zoom there; returns where it stands then."""
        pan, tilt = at.pan * self._pan // HEAD_MOST, at.tilt * self._tilt // HEAD_MOST
        async with self._turn:
            await self._do(q.MoveTo(pan, tilt))
            await self._do(q.ZoomTo(at.zoom * self._zoom // HEAD_MOST))
            reached = await self._position()
        if max(abs(reached.pan - at.pan), abs(reached.tilt - at.tilt), abs(reached.zoom - at.zoom)) > NEAR:
            raise stuck(self._where, at, reached)
        return reached

    async def recall(self, preset: HeadPreset) -> HeadPosition:
        """Go to a place that it knows; returns where that is."""
        if preset is HeadPreset.HOME:
            async with self._turn:
                await self._do(q.Home())
            return await self.aim(HeadPosition())
        if self._papers < 0:
            return await self.aim(HeadPosition())
        async with self._turn:
            await self._do(q.Preset(q.Memory.RECALL, self._papers))
            return await self._position()

    async def position(self) -> HeadPosition:
        """Where it stands."""
        async with self._turn:
            return await self._position()

    async def check(self) -> None:
        """Return when it answers; one that has just accepted a command has."""
        if not self.moves:
            async with self._turn:
                await self._ask(q.Inquiry.POWER)

    async def ping(self) -> float:
        """Seconds until it has said whether it is on. Faults of `check`."""
        loop = asyncio.get_running_loop()
        async with self._turn:
            since = loop.time()
            await self._ask(q.Inquiry.POWER)
            return loop.time() - since

    async def identify(self) -> DeviceIdentity:
        """Maker, model and ROM as numbers, as the protocol has them."""
        async with self._turn:
            data = await self._ask(q.Inquiry.VERSION)
        if len(data) < 6:
            return DeviceIdentity()
        return DeviceIdentity(f"VISCA {data[:2].hex()}", data[2:4].hex(), firmware=data[4:6].hex())

    async def follow(self) -> None:
        """Take in what the camera says, for ever; a way that was lost is taken up again."""
        while True:
            try:
                for said in await self._wire.receive():
                    if said.camera in (self._camera, 0):
                        put_newest(self._received, said.reply)
            except DeviceFault as fault:
                self._lost = None if fault.code == "link.missing" else fault  # no datagram is ever lost for good
                put_newest(self._received, fault)
                await self._wire.again()
                self._lost = None
                with contextlib.suppress(DeviceFault):  # lost once more: receiving finds that out
                    await self._wire.begin()

    async def _position(self) -> HeadPosition:
        turned, zoomed = await self._ask(q.Inquiry.PAN_TILT), await self._ask(q.Inquiry.ZOOM)
        try:
            pan, tilt = q.number(turned[:4], signed=True), q.number(turned[4:], signed=True)
            zoom = q.number(zoomed)
        except ValueError:
            raise strange(self._where, turned + zoomed) from None
        ways = ((pan, self._pan), (tilt, self._tilt), (zoom, self._zoom))
        return HeadPosition(*(round(at * HEAD_MOST / steps) for at, steps in ways))

    async def _ask(self, what: q.Inquiry) -> bytes:
        reply = await self._answered(q.Inquire(what), (r.Told,))
        return reply.data if isinstance(reply, r.Told) else b""

    async def _do(self, command: q.Request) -> None:
        """Have it done. Faults `camera_head.silent`, `camera_head.refused`; none when it never says that it is."""
        reply = await self._answered(command, (r.ViscaAck, r.Done))
        if isinstance(reply, r.ViscaAck):
            self.moves = True
            try:
                await self._finished(command, reply.socket)
            finally:
                self.moves = False

    async def _finished(self, command: q.Request, socket: int) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._move_s):
                while (said := await self._next()) != r.Done(socket):
                    if isinstance(said, r.ViscaRefusal) and said.socket == socket:
                        raise refused(self._where, command, said.reason)

    async def _answered(self, request: q.Request, wanted: tuple[type, ...]) -> r.Reply:
        """The first reply of a wanted kind. A camera that has no socket free is asked again, one that is off woken."""
        full = False
        for _ in range(self._tries):
            reply = await self._reply(request, wanted)
            match reply:
                case None:
                    continue
                case r.ViscaRefusal(_, r.ViscaError.FULL):
                    full = True
                    await asyncio.sleep(AGAIN_S)
                case r.ViscaRefusal(_, reason):
                    await self._wake(request)
                    raise refused(self._where, request, reason)
                case _:
                    return reply
        if full:
            raise refused(self._where, request, r.ViscaError.FULL)
        raise garbled(self._where, self._options) if self._wire.noise else silent(self._where, self._options)

    async def _reply(self, request: q.Request, wanted: tuple[type, ...]) -> r.Reply | None:
        if self._lost:
            raise self._lost
        while not self._received.empty():  # late, and of an earlier request
            self._received.get_nowait()
        await self._wire.send(q.To(self._camera, request))
        other: r.Reply | None = None
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._answer_s):
                while True:
                    reply = await self._next()
                    if _is_late(reply, request):
                        other = reply
                    elif isinstance(reply, (*wanted, r.ViscaRefusal)):
                        return reply
        return other

    async def _next(self) -> r.Reply:
        said = await self._received.get()
        if isinstance(said, DeviceFault):
            raise said
        return said

    async def _wake(self, refused_one: q.Request) -> None:
        """Switch on a camera that cannot because it is off; what was asked of it is asked again later."""
        if isinstance(refused_one, q.Inquire | q.Power):
            return
        if await self._ask(q.Inquiry.POWER) == b"\x03":
            await self._answered(q.Power(True), (r.ViscaAck, r.Done))


def _is_late(reply: r.Reply, request: q.Request) -> bool:
    """Whether it looks like the answer to an earlier question: nothing but its length tells (or a camera of others)."""
    return isinstance(reply, r.Told) and isinstance(request, q.Inquire) and len(reply.data) != q.LENGTHS[request.what]


@contextlib.asynccontextmanager
async def open_visca(binding: str, options: Given) -> AsyncIterator[ViscaHead]:
    """Open the head at a device path, `rfc2217://`, `socket://` (bare bytes) or `udp://` (VISCA over IP)."""
    options = chosen(OPTIONS, options)
    address = read_address(binding, CAMERA_HEAD)
    async with contextlib.AsyncExitStack() as stack:
        wire: Wire
        if address.scheme == "udp":
            from lisa_core.equipment.lines.datagrams import open_datagrams

            if options["camera"] != 1:
                raise ProfileError("camera = 1: Über VISCA over IP ist eine Kamera immer die erste.")
            datagrams = await stack.enter_async_context(open_datagrams(address.host, address.port, binding))
            wire = DatagramWire(datagrams, any_number=bool(options["any_number"]))
        else:
            from lisa_core.equipment.lines.serial import open_serial  # pyserial is needed where something is opened

            is_raw = address.scheme == "socket"
            path = f"socket://{address.place}" if is_raw else binding
            stream = await open_serial(path, baudrate=int(options["baudrate"]))
            stack.push_async_callback(stream.aclose)
            wire = StreamWire(stream, chained=not is_raw)
        head = ViscaHead(wire, binding, options)
        await wire.begin()
        following = asyncio.create_task(head.follow(), name=f"camera head {binding}")
        try:
            yield head
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)


def _steps(axis: str, text: str, default: int) -> Option:
    return Option(f"{axis}_steps", int, text, default, least=1, most=0x7FFF)


OPTIONS = (
    Option("camera", int, "Nummer der Kamera an der Leitung", 1, least=1, most=7),
    Option("baudrate", int, "Geschwindigkeit der Leitung", 9600, least=2400, most=115_200),
    _steps("pan", "so viele Schritte schwenkt sie von der Mitte zu einer Seite", 1440),
    _steps("tilt", "so viele Schritte neigt sie von der Mitte zu einer Seite", 360),
    _steps("zoom", "so viele Schritte hat ihr Zoom", 0x4000),
    Option(
        "papers_preset", int, "gespeicherte Stellung, die ein ganzes Blatt zeigt; -1: die Mitte", -1, least=-1, most=15
    ),
    Option("timeout_s", float, "so lange wird auf eine Antwort gewartet, in Sekunden", 0.5, least=0.01, most=60),
    Option("move_s", float, "so lange darf eine Bewegung dauern, in Sekunden", 10.0, least=0.1, most=120),
    Option("tries", int, "so oft wird eine Kamera gefragt, die nicht antwortet", 3, least=1, most=100),
    Option("any_number", bool, "true für eine Kamera, deren Antworten nicht die Nummer der Frage tragen", False),
)
EVIDENCE = Evidence(
    "Kameraköpfe, die VISCA sprechen, seriell oder über IP",
    Tried.PAPERS,
    "die Befehlslisten aus Handbüchern von Sony und PTZOptics",
    (
        "die Antwort auf Nummern außer der Reihe und auf das, was keine Nachricht ist (0F 01, 0F 02)",
        "bloße Bytes auf TCP-Port 5678 (socket://)",
        "ob eine Kamera bis auf 2 % dort steht, wohin sie geschickt wurde",
        "die Bereiche einzelner Modelle",
    ),
)
DRIVER = Driver(
    "visca",
    (Serves(CameraHead),),
    CAMERA_HEAD,
    open_visca,
    OPTIONS,
    can=("kennung",),
    check=ViscaHead.check,
    evidence=EVIDENCE,
)
