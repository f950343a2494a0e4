"""Where emulated devices listen: a path that is taken stays as it is, and an IPv6 address can be used as it is told."""

from __future__ import annotations

import asyncio
import json
import socket
import tempfile
import threading
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from emulator.booth import opened
from emulator.devices.listener import MOST_OF_A_PATH, attended
from emulator.world import live_world
from emulator.world.live_world import HostedWorld, join_world, serve_world
from emulator.world.world import World
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.values import to_json
from lisa_core.equipment.drivers.pcsc.reader import open_card_reader

AT_IPV6 = (
    ("scanner", "[::1]:0"),
    ("printer", "[::1]:0"),
    ("ipp-printer", "ipp://[::1]:0"),
    ("door", "tcp://[::1]:0"),
    ("signature-pad", "usbip://[::1]:0"),
    ("camera-head", "udp://[::1]:0"),
    ("camera-head", "socket://[::1]:0"),
    ("card-reader", "[::1]:0"),
)


@pytest.mark.parametrize("device", ["microphone", "loudspeaker"])
def test_a_file_in_the_place_of_a_socket_is_not_touched(device: str, tmp_path: Path) -> None:
    notes = tmp_path / "notizen.txt"
    notes.write_text("wichtig")

    async def scenario() -> None:
        with pytest.raises(HarnessError, match="notizen"):
            async with opened(device, HostedWorld(), listen=str(notes)):
                pass

    asyncio.run(asyncio.wait_for(scenario(), 60))
    assert notes.read_text() == "wichtig"


@pytest.mark.parametrize("more", range(-2, 3))
def test_too_deep(more: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the path of temporary files is too long for a socket, it lies elsewhere. The name is short for that."""
    deep = tmp_path / ("t" * (MOST_OF_A_PATH - len(f"{tmp_path}//lisa-run-12345678/lautsprecher") + more))
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))

    async def scenario() -> None:
        async with opened("loudspeaker", HostedWorld()) as binding:
            path = binding.removeprefix("pcm:")
            assert (len(path) <= MOST_OF_A_PATH, Path(path).is_relative_to(deep)) == (True, more <= 0)
        with pytest.raises(HarnessError, match="länger als die 107 Bytes"):
            async with opened("loudspeaker", HostedWorld(), listen=str(deep / ("x" * 99))):
                pass

    asyncio.run(asyncio.wait_for(scenario(), 60))
    assert not [*deep.iterdir()]


def test_an_ipv6_address_is_told_as_it_is_asked_for() -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("IPv6 fehlt: nicht geprüft")

    async def scenario() -> None:
        async with AsyncExitStack() as stack:
            world = HostedWorld()
            told = [await stack.enter_async_context(opened(device, world, listen=listen)) for device, listen in AT_IPV6]
            assert all("://[::1]:" in address for address in told), told
            await stack.enter_async_context(open_card_reader(told[-1], {}))

    asyncio.run(asyncio.wait_for(scenario(), 60))


def test_what_goes_wrong_with_one_client_is_told_and_harms_nobody_else(capsys: pytest.CaptureFixture[str]) -> None:
    """In words, where we have some: the world of others may be gone while a device acts in it."""

    async def attend(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if await reader.readexactly(1) == b"!":
            raise HarnessError("Die Welt ist weg.")
        writer.write(b"ok")

    async def scenario() -> None:
        broken: list[object] = []
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: broken.append(context))
        async with attended(attend, "") as place:
            host, _, port = place.rpartition(":")
            for said, heard in ((b"!", b""), (b".", b"ok")):
                reader, writer = await asyncio.open_connection(host, int(port))
                writer.write(said)
                assert await reader.read() == heard
                writer.close()
        assert not broken

    asyncio.run(asyncio.wait_for(scenario(), 60))
    assert "Die Welt ist weg." in capsys.readouterr().err


def test_who_joined_a_world_ends_with_it() -> None:
    async def scenario() -> None:
        async with AsyncExitStack() as host:
            address = await host.enter_async_context(serve_world(HostedWorld()))
            async with join_world(address) as world, opened("door", world):
                await host.aclose()
                await asyncio.Event().wait()

    with pytest.raises(HarnessError, match="Die Welt ist weg"):
        asyncio.run(asyncio.wait_for(scenario(), 60))


def test_a_world_is_no_other_program_because_nothing_runs_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_world, "JOIN_S", 0.1)

    async def told_late(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        def held_up() -> None:
            threading.Event().wait(0.3)  # the machine has no processor for us
            writer.write(json.dumps({"world": to_json(World(door_open=True))}).encode() + b"\n")

        asyncio.get_running_loop().call_later(0.05, held_up)

    async def scenario() -> None:
        server = await asyncio.start_server(told_late, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server, join_world(f"tcp://127.0.0.1:{port}") as world:
            assert world.state.door_open

    asyncio.run(asyncio.wait_for(scenario(), 60))
