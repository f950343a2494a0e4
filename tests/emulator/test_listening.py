"""Where emulated devices listen: a path that is taken stays as it is, and an IPv6 address can be used as it is told."""

from __future__ import annotations

import asyncio
import socket
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from emulator.booth import opened
from emulator.world.live_world import HostedWorld
from lisa_core.domain.model.errors import HarnessError
from lisa_core.equipment.drivers.pcsc.reader import open_card_reader

AT_IPV6 = {
    "scanner": "[::1]:0",
    "printer": "[::1]:0",
    "ipp-printer": "ipp://[::1]:0",
    "door": "tcp://[::1]:0",
    "signature-pad": "usbip://[::1]:0",
    "card-reader": "[::1]:0",
}


@pytest.mark.parametrize("device", ["microphone", "loudspeaker"])
def test_a_file_in_the_place_of_a_socket_is_not_touched(device: str, tmp_path: Path) -> None:
    notes = tmp_path / "notizen.txt"
    notes.write_text("wichtig")

    async def scenario() -> None:
        with pytest.raises(HarnessError, match="notizen"):
            async with opened(device, HostedWorld(), listen=str(notes)):
                pass

    asyncio.run(asyncio.wait_for(scenario(), 10))
    assert notes.read_text() == "wichtig"


def test_an_ipv6_address_is_told_as_it_is_asked_for() -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("IPv6 fehlt: nicht geprüft")

    async def scenario() -> None:
        async with AsyncExitStack() as stack:
            world = HostedWorld()
            told = {
                device: await stack.enter_async_context(opened(device, world, listen=listen))
                for device, listen in AT_IPV6.items()
            }
            assert all("://[::1]:" in address for address in told.values()), told
            await stack.enter_async_context(open_card_reader(told["card-reader"], {}))

    asyncio.run(asyncio.wait_for(scenario(), 10))
