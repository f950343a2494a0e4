"""Run apart (`unshare --mount --net --pid`): our emulated cards, vpcd and pcscd, and who sees them there.

pcscd's socket has one place on a machine, and vpcd listens on every address of it: here both are this program's alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import re
import socket
import struct
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path

from emulator.devices.cards.reader import CARDS, open_card_reader
from emulator.world.live_world import HostedWorld
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import CardKind
from lisa_core.equipment.codecs.cards.vpcd import PORT
from lisa_core.equipment.drivers.pcsc.reader import open_card_reader as open_driver
from lisa_core.equipment.slots.devices import CardReader

SOCKET = Path("/run/pcscd/pcscd.comm")
CONFIG = """FRIENDLYNAME "LISA"
DEVICENAME /dev/null:{port}
LIBPATH /usr/lib/pcsc/drivers/serial/libifdvpcd.so
CHANNELID {port}
"""
PYTHON = "/usr/bin/python3"
"""The system's own: pyscard has no wheel."""
MONITOR = """
import sys
from smartcard.CardMonitoring import CardMonitor, CardObserver

class Seen(CardObserver):
    def update(self, observable, actions):
        for sign, cards in zip("+-", actions):
            for card in cards:
                print(sign + bytes(card.atr).hex(), flush=True)

CardMonitor().addObserver(Seen())
print("ready", flush=True)
sys.stdin.read()
"""
ASK = """
import sys
from smartcard.System import readers

connection = readers()[0].createConnection()
connection.connect()
data, first, second = connection.transmit(list(bytes.fromhex(sys.argv[1])))
print(bytes(connection.getATR()).hex(), data, f"{first:02x}{second:02x}")
"""
_SET_FLAGS, _UP = 0x8914, 0x1


def _apart() -> None:
    """A loopback that is up, and a place for pcscd's socket that nobody else sees."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sH14x", b"lo", _UP))
    SOCKET.parent.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(SOCKET.parent)], check=True)


@contextlib.asynccontextmanager
async def _pcscd(config: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = await asyncio.create_subprocess_exec("pcscd", "--foreground", "--config", str(config), **quiet)
    try:
        while not await asyncio.to_thread(SOCKET.exists):
            await _a_moment()
        yield process
    finally:
        process.terminate()
        await process.wait()


async def _scanned(world: HostedWorld) -> None:
    """pcsc_scan, by what it prints."""
    scan = await asyncio.create_subprocess_exec(
        "pcsc_scan", "-n", stdout=subprocess.PIPE, env={**os.environ, "TERM": "dumb"}
    )
    said = ""

    async def until(wanted: str) -> None:
        nonlocal said
        assert scan.stdout is not None
        while wanted not in said:
            data = await scan.stdout.read(4096)
            assert data, f"pcsc_scan has ended: {said}"
            said += re.sub(r"\x1b\[[0-9;]*m", "", data.decode(errors="replace"))
        said = said.partition(wanted)[2]

    try:
        await until("Card removed")
        for card in ("ausweis", "speicherkarte"):
            await world.act("lay_card", card=card)
            await until("Card inserted")
            await until(f"ATR: {CARDS[card].hex(' ').upper()}")
            await world.act("take_cards")
            await until("Card removed")
    finally:
        scan.kill()
        await scan.wait()


async def _asked(world: HostedWorld) -> None:
    """Others see the card come and go, and ask it for something: it answers that it has nothing to say."""
    card, command = CARDS["ausweis"].hex(), "00 A4 04 00"
    async with _monitor() as seen:
        await world.act("lay_card", card="ausweis")
        assert await seen() == f"+{card}"
        readers = await _output("opensc-tool", "--list-readers")
        assert re.search(r"Yes +LISA 00 00", readers), readers
        reset = await _output("opensc-tool", "--reader", "0", "--atr")
        assert reset.strip() == CARDS["ausweis"].hex(":"), reset
        selected = ("--reader", "0", "--card-driver", "default", "--send-apdu", command.replace(" ", ":"))
        said = await _output("opensc-tool", *selected)
        assert "SW1=0x6D, SW2=0x00" in said, said
        said = await _output("scriptor", stdin=f"reset\n{command}\n".encode())
        assert CARDS["ausweis"].hex(" ").upper() in said, said
        assert "6D 00" in said, said
        said = await _output(PYTHON, "-c", ASK, command)
        assert said.split() == [card, "[]", "6d00"], said
        await world.act("take_cards")
        assert await seen() == f"-{card}"


async def _output(*command: str, stdin: bytes = b"") -> str:
    process = await asyncio.create_subprocess_exec(*command, stdin=-1, stdout=-1, stderr=-2)
    output, _ = await process.communicate(stdin)
    return output.decode()


@contextlib.asynccontextmanager
async def _monitor() -> AsyncIterator[Callable[[], Awaitable[str]]]:
    """pyscard's own monitor; yields what returns its next line."""
    process = await asyncio.create_subprocess_exec(PYTHON, "-c", MONITOR, stdin=-1, stdout=-1)
    assert process.stdout is not None
    lines = process.stdout

    async def seen() -> str:
        return (await lines.readline()).decode().strip()

    try:
        assert await seen() == "ready"
        yield seen
    finally:
        process.kill()
        await process.wait()


async def _driven(world: HostedWorld, config: Path) -> None:
    """Our driver through libpcsclite: kinds, and a service that ends and comes back."""
    async with contextlib.AsyncExitStack() as opened:
        service = await opened.enter_async_context(contextlib.AsyncExitStack())
        await service.enter_async_context(_pcscd(config))
        reader = await opened.enter_async_context(open_driver("pcsc:LISA", {}))
        await _found(reader, CardKind.NONE)
        for card, kind in (
            ("ausweis", CardKind.CHIP),
            ("speicherkarte", CardKind.STORAGE),
            ("unlesbar", CardKind.UNREADABLE),
        ):
            await world.act("lay_card", card=card)
            await _found(reader, kind)
            await world.act("take_cards")
            await _found(reader, CardKind.NONE)
        await service.aclose()
        assert await _fault(reader) == "card_reader.silent"
        await world.act("lay_card", card="ausweis")
        async with _pcscd(config):
            await _found(reader, CardKind.CHIP)


async def _found(reader: CardReader, wanted: CardKind) -> None:
    while True:
        with contextlib.suppress(DeviceFault):
            async for kind in reader.cards():
                if kind is wanted:
                    return
        await _a_moment()


async def _a_moment() -> None:
    """Until something outside of this program is looked at again; the whole is limited by `main`."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(0.05):
            await asyncio.Event().wait()


async def _fault(reader: CardReader) -> str:
    try:
        async for _ in reader.cards():
            pass
    except DeviceFault as fault:
        return fault.code
    return ""


OTHERS: Mapping[str, Callable[[HostedWorld], Awaitable[None]]] = {"scan": _scanned, "ask": _asked}


async def main(what: str) -> None:
    """Raises when something is not seen; the caller limits the time."""
    _apart()
    world = HostedWorld()
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "reader.conf"
        config.write_text(CONFIG.format(port=PORT), encoding="utf-8")
        async with open_card_reader(world, listen=f"vpcd://127.0.0.1:{PORT}"):
            if what in OTHERS:
                async with _pcscd(config):
                    await OTHERS[what](world)
            else:
                await _driven(world, config)


if __name__ == "__main__":
    asyncio.run(asyncio.wait_for(main(sys.argv[1]), 60))
