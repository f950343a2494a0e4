"""Bytes that suffer on their way: what is damaged is lost, and nothing else; and a line that is pulled and plugged."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.devices.presence import LENGTH_AT, open_presence
from emulator.devices.printer import open_printer
from emulator.devices.pty import Pty, open_pty
from emulator.devices.scanner import open_scanner
from emulator.world.line_faults import LineFaults, damaged, in_pieces
from emulator.world.live_world import HostedWorld
from emulator.world.world import World
from lisa_core.domain.model.errors import DeviceFault, LisaError
from lisa_core.domain.model.readings import ScanSettings, ScanSource
from lisa_core.equipment.codecs import ld2410, modbus_rtu
from lisa_core.equipment.codecs.stu.framing import CRC_START, Damaged, Deframer, frame
from lisa_core.equipment.drivers.escl import Patience, connect_escl
from lisa_core.equipment.drivers.ld2410 import open_ld2410
from lisa_core.equipment.drivers.raw_print import open_raw_print
from lisa_core.equipment.lines.http import open_http
from lisa_core.equipment.lines.serial import open_serial
from lisa_core.equipment.slots.catalogue import FAULTS
from lisa_core.equipment.slots.devices import Presence
from lisa_core.equipment.slots.faults import SERIAL

OFTEN = {"rauschen": 0.3, "bitfehler": 0.3, "abgeschnitten": 0.3, "laenge": 0.1}
"""Issue 14: 30 % junk, flips and truncation, one bad length in ten."""
FRAMES = 400
GLASS = ScanSettings(ScanSource.PLATEN, 75, colour=True)
PDF = b"%PDF-1.7\nEine Kopie\n%%EOF\n"


def _radar() -> tuple[list[bytes], Callable[[bytes], Sequence[bytes]]]:
    parser = ld2410.Parser()
    frames = [
        ld2410.encode(ld2410.Report(ld2410.TargetState.MOVING, moving_cm=number, moving_energy=50))
        for number in range(FRAMES)
    ]
    return frames, lambda data: [ld2410.encode(one) for one in parser.feed(data)]


def _pad(crc: str) -> tuple[list[bytes], Callable[[bytes], Sequence[bytes]]]:
    start = CRC_START[crc]
    deframer = Deframer(start)
    frames = [frame(b"\x10" + number.to_bytes(6, "big"), start) for number in range(FRAMES)]
    return frames, lambda data: [frame(one, start) for one in deframer.feed(data) if not isinstance(one, Damaged)]


def _unit() -> tuple[list[bytes], Callable[[bytes], Sequence[bytes]]]:
    parser = modbus_rtu.RequestParser()
    requests = [
        modbus_rtu.Request(1, modbus_rtu.Function.WRITE_REGISTER, number, 1, (number,)) for number in range(FRAMES)
    ]
    return [*map(modbus_rtu.encode_request, requests)], lambda data: [
        modbus_rtu.encode_request(one) for one in parser.feed(data) if isinstance(one, modbus_rtu.Request)
    ]


CODECS: dict[str, tuple[Callable[[], tuple[list[bytes], Callable[[bytes], Sequence[bytes]]]], int]] = {
    "ld2410": (_radar, LENGTH_AT),
    "stu": (lambda: _pad("none"), 1),
    "stu-crc": (lambda: _pad("0000"), 1),
    "modbus-rtu": (_unit, -1),
}


@pytest.mark.parametrize("words", [(word,) for word in OFTEN] + [tuple(OFTEN)], ids=" ".join)
@pytest.mark.parametrize("codec", CODECS)
def test_at_least_99_of_100_undamaged_frames_are_delivered(codec: str, words: tuple[str, ...]) -> None:
    make, length_at = CODECS[codec]
    frames, feed = make()
    rng, whole, delivered = Random(f"{codec}/{words}"), set[bytes](), set[bytes]()
    for one in frames:
        arrives = damaged(one, words, rng, length_at, OFTEN)
        if arrives.endswith(one):
            whole.add(one)
        for _, piece in in_pieces(arrives, ("zerstueckelt",), rng):
            delivered.update(feed(piece))
    assert len(whole) < FRAMES or "rauschen" in words
    assert len(delivered & whole) >= 0.99 * len(whole)


@settings(max_examples=30)
@given(st.binary(max_size=80), st.sets(st.sampled_from(("troepfelt", "zerstueckelt", "stockt"))), st.integers())
def test_what_only_comes_late_and_in_pieces_comes_whole(data: bytes, words: set[str], seed: int) -> None:
    pieces = in_pieces(damaged(data, words, Random(seed)), words, Random(seed))
    assert b"".join(piece for _, piece in pieces) == data
    assert all(piece for _, piece in pieces)


@settings(max_examples=30)
@given(st.binary(max_size=80), st.sets(st.sampled_from(SERIAL)), st.integers(0, 99))
def test_the_same_seed_does_the_same_to_the_same_bytes(data: bytes, words: set[str], seed: int) -> None:
    world = HostedWorld(World(seed=seed, faults=tuple(f"presence.{word}" for word in words)))
    line, again = LineFaults(world, "presence"), LineFaults(world, "presence")
    assert [line.pieces(data) for _ in range(3)] == [again.pieces(data) for _ in range(3)]


def test_pieces_arrive_in_their_order_and_what_is_pulled_is_gone() -> None:
    async def scenario() -> None:
        world = HostedWorld()
        async with AsyncExitStack() as stack:
            line = await stack.enter_async_context(open_pty(faults=LineFaults(world, "door")))
            here = Path(line.path)
            client = await open_serial(line.path, baudrate=9600)
            stack.push_async_callback(client.aclose)
            await world.act("fail", fault="door.troepfelt")
            line.write(b"eins ")
            await world.act("heal", fault="door.troepfelt")
            line.write(b"zwei")
            heard = b""
            while heard != b"eins zwei":
                heard += await client.read()
            await world.act("fail", fault="door.umgesteckt")
            await _is(lambda: not here.exists() and Path(f"{here}-2").exists())
            with pytest.raises(DeviceFault, match="Verbindung ist weg"):
                await client.read()
            assert not line.connected
            elsewhere = await open_serial(f"{here}-2", baudrate=9600)
            stack.push_async_callback(elsewhere.aclose)
            await _is(lambda: line.connected)
            line.write(b"drei")
            assert await elsewhere.read() == b"drei"
            await world.act("fail", fault="door.abgezogen")
            await _is(lambda: not Path(f"{here}-2").exists() and not here.exists())
            await world.act("heal", fault="door.umgesteckt")
            await world.act("heal", fault="door.abgezogen")
            await _is(here.exists)
            await _heard(line, str(here))
        assert not here.parent.exists()

    asyncio.run(scenario())


def test_a_plug_whose_place_is_taken_is_told(tmp_path: Path) -> None:
    """Otherwise the device would be nowhere for ever, and nobody would know why."""
    (tmp_path / "tuer-2").touch()

    async def scenario() -> None:
        world = HostedWorld()
        async with open_pty(str(tmp_path / "tuer"), faults=LineFaults(world, "door")):
            await world.act("fail", fault="door.umgesteckt")
            await asyncio.Event().wait()

    with pytest.raises(LisaError, match=r"tuer-2.*freien Pfad"):
        asyncio.run(asyncio.wait_for(scenario(), 60))


def test_a_radar_that_is_pulled_is_lost_and_found_again_where_it_was() -> None:
    async def scenario() -> None:
        world = HostedWorld()
        async with open_presence(world, period_s=0.02) as path, open_ld2410(path, {}) as radar:
            await world.act("enter", distance_cm=140)
            assert await _sees(radar) == 140
            await world.act("fail", fault="presence.abgezogen")
            with pytest.raises(DeviceFault, match="Verbindung ist weg"):
                async for _ in radar.reports():
                    pass
            await world.act("heal", fault="presence.abgezogen")
            assert await _sees(radar) == 140

    asyncio.run(scenario())


async def _is(so: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not so():
            await asyncio.sleep(0)


async def _heard(line: Pty, path: str) -> None:
    """A client that opens the path is heard."""
    client = os.open(path, os.O_RDWR | os.O_NOCTTY)
    try:
        os.write(client, b"hier")
        async with asyncio.timeout(60):
            assert await line.read() == b"hier"
    finally:
        os.close(client)


async def _sees(radar: Presence) -> int | None:
    async with asyncio.timeout(60):
        while True:
            try:
                async for seen in radar.reports():
                    if seen.moving_cm:
                        return seen.moving_cm
            except DeviceFault:
                await asyncio.sleep(0)


SLOW = ("zerstueckelt", "troepfelt", "stockt")


def test_a_page_over_a_bad_network_is_the_same_page_or_a_fault_and_never_half_of_one() -> None:
    async def scenario() -> None:
        world = HostedWorld()
        async with asyncio.timeout(60), open_scanner(world) as address, open_http(address) as http:
            scanner = await connect_escl(http, address, Patience(tries=3, pause_s=0.01, longest_pause_s=0.01))
            await world.act("lay_on_glass", page="personalausweis:1")
            whole = [page.data async for page in scanner.scan(GLASS)]
            for word in SLOW:
                await world.act("fail", fault=f"scanner.{word}")
            assert [page.data async for page in scanner.scan(GLASS)] == whole
            for word in SLOW:
                await world.act("heal", fault=f"scanner.{word}")
            await world.act("fail", fault="scanner.abgeschnitten")
            codes = set[str]()
            while not codes:
                try:
                    assert [page.data async for page in scanner.scan(GLASS)] == whole
                except DeviceFault as fault:
                    codes.add(fault.code)
            assert codes == {FAULTS["scanner.abgeschnitten"].code}
            await world.act("heal", fault="scanner.abgeschnitten")
            assert [page.data async for page in scanner.scan(GLASS)] == whole

    asyncio.run(scenario())


def test_a_sheet_over_a_bad_network_is_printed_once_or_told() -> None:
    async def scenario() -> None:
        world = HostedWorld()
        async with asyncio.timeout(60), open_printer(world) as address, open_raw_print(address, {}) as printer:
            for word in SLOW:
                await world.act("fail", fault=f"printer.{word}")
            await printer.hand_out(PDF, "Kopie")
            assert len(world.state.tray) == 1

    asyncio.run(scenario())
