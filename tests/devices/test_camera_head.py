"""Camera head: emulated head and driver over a real pty, UDP and TCP; and a head that fails, each way with its end."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from emulator.devices.camera import document_picture
from emulator.devices.head.unit import NAME, place
from emulator.devices.head.wires import open_camera_head
from emulator.devices.pty import Pty, serve_on_pty
from emulator.devices.uart import LineSettings
from emulator.world.live_world import HostedWorld
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import HeadPosition, HeadPreset
from lisa_core.equipment.codecs.visca import replies as r
from lisa_core.equipment.codecs.visca import requests as q
from lisa_core.equipment.codecs.visca.parsers import CommandParser, ReplyParser
from lisa_core.equipment.drivers.visca.head import ViscaHead, open_visca
from lisa_core.equipment.drivers.visca.wire import StreamWire
from lisa_core.equipment.lines import serial
from lisa_core.equipment.lines.datagrams import open_datagrams
from lisa_core.equipment.lines.null_modem import memory_pair
from lisa_core.equipment.lines.serial import open_serial
from lisa_core.equipment.lines.stream import ByteStream
from lisa_core.equipment.slots.faults import SERIAL

CLOSE = HeadPosition(500, -500, 750)
WIRES = ("", "udp://127.0.0.1:0", "socket://127.0.0.1:0")


@contextlib.asynccontextmanager
async def a_head(listen: str = "", **options: float) -> AsyncIterator[tuple[HostedWorld, ViscaHead]]:
    world = HostedWorld()
    async with open_camera_head(world, listen=listen) as address, open_visca(address, options) as head:
        yield world, head


@pytest.mark.parametrize("listen", WIRES)
def test_it_looks_where_it_is_sent(listen: str) -> None:
    async def scenario() -> None:
        async with a_head(listen) as (world, head):
            await head.check()
            assert await head.aim(CLOSE) == CLOSE
            assert place(world.state.head, 1 << 62) == {"pan": 720, "tilt": -180, "zoom": 12288}
            moving = asyncio.create_task(head.aim(HeadPosition(-1000, 1000, 0)))
            while not head.moves:
                await asyncio.sleep(0)
            await head.check()
            assert not moving.done(), "asked while it moves, it answers"
            await moving
            assert await head.recall(HeadPreset.HOME) == HeadPosition() == await head.position()
            assert (await head.identify()).vendor == "VISCA 0020"

    asyncio.run(asyncio.wait_for(scenario(), 60))


def test_its_picture_follows() -> None:
    async def scenario() -> None:
        world = HostedWorld()
        await world.act("show", document="mietvertrag")
        whole = document_picture(world.state, 0)
        for axis, to in (("zoom", 0x4000), ("pan", 1440), ("tilt", 360)):
            await world.act("turn", axis=axis, to=to, duration_us=1_000_000)
        assert document_picture(world.state, 1 << 62).rgb != whole.rgb
        for axis in ("zoom", "pan", "tilt"):
            await world.act("turn", axis=axis, to=0)
        assert document_picture(world.state, 0).rgb == whole.rgb

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("fault", "code"),
    [("klemmt", "camera_head.refused"), ("belegt", "camera_head.refused"), ("haengt", "camera_head.stuck")],
)
@pytest.mark.parametrize("listen", WIRES[:2])
def test_it_fails_and_heals(listen: str, fault: str, code: str) -> None:
    async def scenario() -> None:
        async with a_head(listen, move_s=0.2) as (world, head):
            await world.act("fail", fault=f"{NAME}.{fault}")
            await head.check()
            with pytest.raises(DeviceFault) as caught:
                await head.aim(CLOSE)
            assert (caught.value.code, caught.value.retryable) == (code, True)
            assert place(world.state.head, 1 << 62) == {"pan": 0, "tilt": 0, "zoom": 0}
            await world.act("heal", fault=f"{NAME}.{fault}")
        async with a_head(listen) as (_, head):
            assert await head.aim(CLOSE) == CLOSE

    asyncio.run(asyncio.wait_for(scenario(), 60))


@pytest.mark.parametrize("listen", WIRES)
def test_it_is_silent_and_answers_again(listen: str) -> None:
    async def scenario() -> None:
        async with a_head(listen, timeout_s=0.5) as (world, head):
            await world.act("silence", device=NAME)
            with pytest.raises(DeviceFault, match="Keine Antwort") as caught:
                await head.check()
            assert caught.value.code == "camera_head.silent"
            await world.act("wake", device=NAME)
            await _answers(head)

    asyncio.run(asyncio.wait_for(scenario(), 60))


@pytest.mark.parametrize(("listen", "timeout_s"), [(WIRES[1], 0.05), (WIRES[2], 0.3)])
def test_whatever_its_network_does_to_it_it_is_back_by_itself(
    listen: str, timeout_s: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is damaged in a datagram is never read; bare bytes have no checksum, as on a serial line."""
    monkeypatch.setattr(serial, "AGAIN_S", 0.01)

    async def scenario() -> None:
        async with a_head(listen, timeout_s=timeout_s, tries=1) as (world, head):
            for fault in SERIAL:
                await world.act("fail", fault=f"{NAME}.{fault}")
                codes = set()
                for _ in range(4):
                    try:
                        assert await head.position() == HeadPosition() or "udp" not in listen
                    except DeviceFault as lost:
                        codes.add(lost.code)
                        await asyncio.sleep(0)
                assert codes or fault not in ("abgezogen", "umgesteckt")
                assert codes <= {"camera_head.silent", "camera_head.refused", "link.lost"}
                await world.act("heal", fault=f"{NAME}.{fault}")
                await _answers(head)

    asyncio.run(asyncio.wait_for(scenario(), 60))


async def _answers(head: ViscaHead) -> None:
    """Until it says again where it stands."""
    while True:
        with contextlib.suppress(DeviceFault):
            assert await head.position() == HeadPosition()
            return
        await asyncio.sleep(0)


def test_at_a_wrong_speed_it_is_told_apart_from_silence() -> None:
    async def scenario() -> None:
        async with serve_on_pty(_chatter, settings=LineSettings(38_400)) as path:
            async with open_visca(path, {"timeout_s": 0.1}) as head:
                with pytest.raises(DeviceFault, match="baudrate = 9600"):
                    await head.check()
            async with open_visca(path, {"baudrate": 38_400}) as head:
                await head.check()

    async def _chatter(line: Pty) -> None:
        while True:
            await line.read()
            line.write(r.encode_reply(r.From(1, r.Told(b"\x02"))))

    asyncio.run(asyncio.wait_for(scenario(), 60))


def test_an_answer_that_comes_late_is_not_taken_for_that_of_the_next_question() -> None:
    """Each answer comes only when the next question is there: nothing else would ever set that right."""

    async def scenario() -> None:
        async with serve_on_pty(_late) as path, open_visca(path, {"timeout_s": 5.0}) as head:
            assert await head.position() == CLOSE

    async def _late(line: Pty) -> None:
        parser, late = CommandParser(), r.Told(b"\x02")
        answers = {
            q.Inquiry.PAN_TILT: r.Told(q.nibbles(720) + q.nibbles(-180)),
            q.Inquiry.ZOOM: r.Told(q.nibbles(12_288)),
        }
        while True:
            for to in parser.feed(await line.read()):
                if isinstance(to.request, q.Inquire):
                    for said in (late, answers[to.request.what]):
                        line.write(r.encode_reply(r.From(1, said)))
                    late = answers[to.request.what]

    asyncio.run(asyncio.wait_for(scenario(), 60))


def test_one_that_is_off_is_switched_on_and_works_at_the_next_try() -> None:
    async def scenario() -> None:
        async with a_head() as (_, head):
            async with head._turn:
                await head._do(q.Power(False))
            with pytest.raises(DeviceFault, match="eben erst eingeschaltet") as caught:
                await head.aim(CLOSE)
            assert caught.value.retryable
            while True:
                with contextlib.suppress(DeviceFault):
                    assert await head.aim(CLOSE) == CLOSE
                    return
                await asyncio.sleep(0)

    asyncio.run(asyncio.wait_for(scenario(), 60))


def test_it_is_unplugged_and_plugged_in_again(tmp_path: Path) -> None:
    async def scenario() -> None:
        world, name, plug = HostedWorld(), str(tmp_path / "head"), AsyncExitStack()
        await plug.enter_async_context(open_camera_head(world, listen=name))
        async with open_visca(name, {}) as head:
            await head.aim(CLOSE)
            await plug.aclose()
            with pytest.raises(DeviceFault):
                await head.check()
            async with open_camera_head(world, listen=name):
                while True:
                    with contextlib.suppress(DeviceFault):
                        assert await head.position() == CLOSE
                        return
                    await asyncio.sleep(0)

    asyncio.run(asyncio.wait_for(scenario(), 60))


def test_a_line_that_is_lost_again_at_once_is_taken_up_all_the_same() -> None:
    """The plug is pushed in and slips out: already the first bytes on the new line fail."""

    class Slipping:
        def __init__(self, line: ByteStream) -> None:
            self._line, self.slips = line, 2

        async def read(self) -> bytes:
            if self.slips == 2:
                raise DeviceFault("link.lost", "", retryable=True)
            return await self._line.read()

        async def write(self, data: bytes) -> None:
            if self.slips:
                raise DeviceFault("link.lost", "", retryable=True)
            await self._line.write(data)

        async def again(self) -> None:
            self.slips -= 1

        async def aclose(self) -> None:
            await self._line.aclose()

    async def scenario() -> None:
        near, far = memory_pair()
        line = Slipping(near)
        head = ViscaHead(StreamWire(line, chained=True), "", {})
        following = asyncio.create_task(head.follow())
        while line.slips == 2:
            await asyncio.sleep(0)
        line.slips = 0
        asking = asyncio.create_task(head.check())
        assert await far.read()
        await far.write(r.encode_reply(r.From(1, r.Told(b"\x02"))))
        await asking
        following.cancel()

    asyncio.run(asyncio.wait_for(scenario(), 60))


def test_datagrams_are_lost_doubled_and_late() -> None:
    """Between driver and head a network that loses every third datagram, doubles and delays others."""

    class Network(asyncio.DatagramProtocol):
        def __init__(self, to: tuple[str, int]) -> None:
            self.to, self.client, self.count = to, ("", 0), 0

        def connection_made(self, transport: Any) -> None:
            self.transport: asyncio.DatagramTransport = transport

        def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
            self.count += 1
            back = addr == self.to
            self.client = self.client if back else addr
            to = self.client if back else self.to
            if self.count % 3:
                self.transport.sendto(data, to)
            if self.count % 5 == 0:
                asyncio.get_running_loop().call_later(0.02, self.transport.sendto, data, to)

    async def scenario() -> None:
        world, loop = HostedWorld(), asyncio.get_running_loop()
        async with open_camera_head(world, listen="udp://127.0.0.1:0") as address:
            host, _, port = address.removeprefix("udp://").rpartition(":")
            network, _ = await loop.create_datagram_endpoint(
                lambda: Network((host, int(port))), local_addr=("127.0.0.1", 0)
            )
            between = network.get_extra_info("sockname")[1]
            patient = {"timeout_s": 0.05, "tries": 20, "move_s": 0.6}
            async with open_visca(f"udp://127.0.0.1:{between}", patient) as head:
                for at in (CLOSE, HeadPosition(), CLOSE):
                    assert await head.aim(at) == at
            network.close()

    asyncio.run(asyncio.wait_for(scenario(), 60))


def test_nobody_listens() -> None:
    async def scenario() -> None:
        async with open_datagrams("127.0.0.1", 9, "udp://127.0.0.1:9") as way:
            way.write(b"x")
            with pytest.raises(DeviceFault) as caught:
                await way.read()
            assert caught.value.code == "link.missing"
        async with open_visca("udp://127.0.0.1:9", {"timeout_s": 5.0}) as head:
            with pytest.raises(DeviceFault, match="Dort antwortet niemand"):
                await head.check()

    asyncio.run(asyncio.wait_for(scenario(), 60))


def test_two_commands_at_a_time_and_one_called_off() -> None:
    """The bare bytes, as a controller of others would send them."""

    async def scenario() -> None:
        async with open_camera_head(HostedWorld()) as path:
            line, parser = await open_serial(path, baudrate=9600), ReplyParser()

            async def said(*requests: q.Request, until: r.Reply) -> list[r.Reply]:
                for request in requests:
                    await line.write(q.encode_request(q.To(1, request)))
                found: list[r.Reply] = []
                while until not in found:
                    found += [one.reply for one in parser.feed(await line.read())]
                return found

            far, near = q.MoveTo(1440, 0), q.ZoomTo(0x4000)
            full = r.ViscaRefusal(0, r.ViscaError.FULL)
            assert await said(far, near, q.Home(), until=full) == [r.ViscaAck(1), r.ViscaAck(2), full]
            off = r.ViscaRefusal(2, r.ViscaError.CANCELLED)
            assert await said(q.CancelSocket(2), until=off) == [off]
            none = r.ViscaRefusal(2, r.ViscaError.NO_SOCKET)
            assert (await said(q.CancelSocket(2), until=none))[-1] == none
            assert r.Done(1) in await said(until=r.Done(1))
            syntax = r.ViscaRefusal(0, r.ViscaError.SYNTAX)
            assert await said(q.UnknownCommand(b"\x01\x7f\x01"), until=syntax) == [syntax]
            assert await said(q.ZoomTo(0x4001), until=syntax) == [syntax]
            await line.aclose()

    asyncio.run(asyncio.wait_for(scenario(), 60))
