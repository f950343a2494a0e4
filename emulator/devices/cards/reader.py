"""Emulated card reader: what lies there answers to a reset, and to nothing else.

Where nothing lies the connection is closed unanswered: vpcd waits for ever for the bytes of an answer that has none.

`listen`: "host:port" to be asked there (vpcd dials to it, or our driver), or `vpcd://host:port` to dial to a vpcd that
waits. Whatever is asked of a card but its ATR is refused: there is nothing on it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from functools import partial

from emulator.devices.listener import attended
from emulator.world.live_world import LiveWorld
from emulator.world.world import World
from lisa_core.domain.model.readings import CardKind
from lisa_core.equipment.codecs.cards.vpcd import Control, MessageParser, encode_message
from lisa_core.host.address import CARD_READER, Address, read_address
from lisa_core.host.program import beside

NAME = "card-reader"
PIECE = 4096
AGAIN_S = 0.2
NOT_SUPPORTED = b"\x6d\x00"
CARDS: Mapping[str, bytes] = {
    "ausweis": bytes.fromhex("3B 84 80 01 80 82 90 00 97"),
    "speicherkarte": bytes.fromhex("3B 8F 80 01 80 4F 0C A0 00 00 03 06 03 00 01 00 00 00 00 6A"),
    "unlesbar": bytes.fromhex("3B 84 80 01 00"),
}
"""The answers to reset of an identity card (as readers print it), of a MIFARE Classic 1K (PC/SC part 3), and one that
breaks off."""
_KINDS: Mapping[str, CardKind] = {
    "ausweis": CardKind.CHIP,
    "speicherkarte": CardKind.STORAGE,
    "unlesbar": CardKind.UNREADABLE,
}


def atr_of(world: World) -> bytes:
    """What the reader hears: nothing, one card, or several that answer across each other."""
    if not world.cards:
        return b""
    return CARDS[world.cards[0]] if len(world.cards) == 1 else CARDS["unlesbar"]


def kind_seen(world: World) -> CardKind:
    """The same, as what it means."""
    if not world.cards:
        return CardKind.NONE
    return _KINDS[world.cards[0]] if len(world.cards) == 1 else CardKind.UNREADABLE


@contextlib.asynccontextmanager
async def open_card_reader(world: LiveWorld, *, listen: str = "") -> AsyncIterator[str]:
    """Run the reader; yields `vpcd://host:port`: where it is asked, or whom it dials."""
    if listen.startswith("vpcd://"):
        vpcd = read_address(listen, CARD_READER)
        async with beside(_dial(world, vpcd)):
            yield f"vpcd://{vpcd.place}"
        return
    async with attended(partial(_answer, world), listen) as place:
        yield f"vpcd://{place}"


async def _dial(world: LiveWorld, vpcd: Address) -> None:
    """To a vpcd that waits: being connected means that a card lies there."""
    while True:
        while not world.state.cards or NAME in world.state.silent:
            await world.changed(world.state.revision)
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_connection(vpcd.host, vpcd.port)
            try:
                await _answer(world, reader, writer)
            finally:
                writer.close()
        await asyncio.sleep(AGAIN_S)


async def _answer(world: LiveWorld, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Be asked until the other end has enough, or the card is gone. A reader that is unplugged says nothing."""
    parser = MessageParser()
    while data := await reader.read(PIECE):
        for message in parser.feed(data):
            if NAME in world.state.silent or message in _UNANSWERED:
                continue
            if not world.state.cards:
                return
            writer.write(encode_message(atr_of(world.state) if message == _ATR else NOT_SUPPORTED))
        await writer.drain()


_ATR = bytes((Control.ATR,))
_UNANSWERED = tuple(bytes((control,)) for control in (Control.OFF, Control.ON, Control.RESET))
