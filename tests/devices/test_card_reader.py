"""Card reader: emulated reader and driver over vpcd's protocol; what lies there, what fails, and how it heals."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

import pytest

from emulator.devices.cards.reader import CARDS, NAME, open_card_reader
from emulator.devices.listener import bound_socket
from emulator.world.live_world import HostedWorld
from emulator.world.world import World
from lisa_core.domain.model.errors import DeviceFault, LisaError
from lisa_core.domain.model.readings import CardKind
from lisa_core.equipment.codecs.cards.vpcd import Control, encode_message
from lisa_core.equipment.drivers.pcsc.reader import kind_of
from lisa_core.equipment.drivers.pcsc.reader import open_card_reader as open_driver


async def _next(cards: AsyncIterator[CardKind]) -> CardKind:
    async with asyncio.timeout(60):
        return await anext(cards)


def test_every_card_by_its_kind_and_none_by_more() -> None:
    async def scenario() -> None:
        world = HostedWorld()
        async with open_card_reader(world) as address, open_driver(address, {}) as reader:
            cards = reader.cards()
            assert await _next(cards) is CardKind.NONE
            for card, kind in (
                ("ausweis", CardKind.CHIP),
                ("speicherkarte", CardKind.STORAGE),
                ("unlesbar", CardKind.UNREADABLE),
            ):
                await world.act("lay_card", card=card)
                assert await _next(cards) is kind
                await world.act("take_cards")
                assert await _next(cards) is CardKind.NONE
            await world.act("lay_card", card="ausweis")
            assert await _next(cards) is CardKind.CHIP
            await world.act("lay_card", card="speicherkarte")
            assert await _next(cards) is CardKind.UNREADABLE, "two at once answer across each other"
            assert await _next(reader.cards()) is CardKind.UNREADABLE, "who looks later sees what lies there"

    asyncio.run(scenario())


def test_it_is_silent_and_answers_again() -> None:
    async def scenario() -> None:
        world = HostedWorld()
        async with open_card_reader(world) as address, open_driver(address, {}) as reader:
            cards = reader.cards()
            assert await _next(cards) is CardKind.NONE
            await world.act("silence", device=NAME)
            with pytest.raises(DeviceFault) as caught:
                await _next(cards)
            assert (caught.value.code, caught.value.retryable) == ("card_reader.silent", True)
            await world.act("lay_card", card="ausweis")
            await world.act("wake", device=NAME)
            while True:
                with contextlib.suppress(DeviceFault):
                    assert await _next(reader.cards()) is CardKind.CHIP
                    return
                await asyncio.sleep(0)

    asyncio.run(asyncio.wait_for(scenario(), 60))


def test_nobody_is_there_yet() -> None:
    async def scenario() -> None:
        with bound_socket("") as taken:
            host, port = taken.getsockname()[:2]
        world = HostedWorld()
        with pytest.raises(DeviceFault, match="Dort antwortet niemand"):
            async with open_driver(f"vpcd://{host}:{port}", {}):
                pytest.fail("opened")
        async with contextlib.AsyncExitStack() as plug:
            await plug.enter_async_context(open_card_reader(world, listen=f"{host}:{port}"))
            async with open_driver(f"vpcd://{host}:{port}", {}) as reader:
                assert await _next(reader.cards()) is CardKind.NONE
                await plug.aclose()
                with pytest.raises(DeviceFault):
                    _ = [kind async for kind in reader.cards()]

    asyncio.run(asyncio.wait_for(scenario(), 60))


def test_a_host_that_is_off_is_told_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lisa_core.equipment.drivers.pcsc.virtual.CONNECT_S", 0.1)

    async def scenario(port: int) -> None:
        with pytest.raises(DeviceFault, match="keine Antwort"):
            async with open_driver(f"vpcd://127.0.0.1:{port}", {}):
                pytest.fail("opened")

    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        place = full.getsockname()
        with socket.create_connection(place):  # there is room for one; whoever comes next hears nothing
            asyncio.run(asyncio.wait_for(scenario(place[1]), 60))


def test_it_dials_to_a_vpcd_by_any_address_and_to_nothing_else() -> None:
    async def scenario() -> None:
        heard: asyncio.Queue[bytes] = asyncio.Queue()

        async def vpcd(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(encode_message(bytes((Control.ATR,))))
            heard.put_nowait(await reader.readexactly(11))
            writer.close()

        try:
            server = await asyncio.start_server(vpcd, "::1", 0)
        except OSError:
            pytest.skip("IPv6 fehlt: nicht geprüft")
        port = server.sockets[0].getsockname()[1]
        async with server, open_card_reader(HostedWorld(World(cards=("ausweis",))), listen=f"vpcd://[::1]:{port}"):
            assert await heard.get() == encode_message(CARDS["ausweis"])
        for wrong in ("vpcd://", "vpcd://127.0.0.1:99999", "vpcd://::1:5"):
            with pytest.raises(LisaError):
                async with open_card_reader(HostedWorld(), listen=wrong):
                    pytest.fail(wrong)

    asyncio.run(asyncio.wait_for(scenario(), 60))


def test_what_is_no_answer_to_reset_is_unreadable() -> None:
    assert kind_of(b"") is CardKind.NONE
    for wrong in (b"\x3b", b"\x00\x00", bytes.fromhex("3B 84 80 01 80 82 90 00 96")):
        assert kind_of(wrong) is CardKind.UNREADABLE
