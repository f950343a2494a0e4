"""A reader without PC/SC: it asks a program that plays a card, by vpcd's protocol, again and again what its ATR is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.codecs.cards.vpcd import Control, MessageParser, encode_message
from lisa_core.equipment.drivers.pcsc.library import fault
from lisa_core.equipment.lines.dialogue import dialler
from lisa_core.equipment.lines.stream import Dialogue
from lisa_core.host.address import place_of
from lisa_core.host.causes import cause

ASK_S = 0.1
"""Seconds between two questions."""
CONNECT_S = 3.0
"""Seconds for a connection: from a host that is off nothing would be heard for minutes."""
ANSWER_S = 1.0
AGAIN_S = 0.5


async def follow(host: str, port: int, told: Callable[[bytes | DeviceFault], None]) -> None:
    """Tell the ATR again and again, b"" without a card, and a fault while nobody answers; for ever."""
    where, dial = f"vpcd://{place_of(host, port)}", dialler(host, port)
    while True:
        try:
            async with asyncio.timeout(CONNECT_S):
                line = await dial()
        except OSError as error:  # TimeoutError is one
            told(fault(f"{where}: Dort antwortet niemand ({cause(error)})"))
            await asyncio.sleep(AGAIN_S)
            continue
        try:
            await _ask(line, told)
        except TimeoutError:
            told(fault(f"{where}: keine Antwort"))
        except (OSError, EOFError):
            told(b"")  # whoever takes the call and closes it has no card
        finally:
            line.abort()
        await asyncio.sleep(ASK_S)


async def _ask(line: Dialogue, told: Callable[[bytes | DeviceFault], None]) -> None:
    parser = MessageParser()
    while True:
        async with asyncio.timeout(ANSWER_S):
            await line.send(encode_message(bytes((Control.ATR,))))
            found: list[bytes] = []
            while not found:
                if not (data := await line.read()):
                    raise EOFError
                found = parser.feed(data)
        told(found[-1])
        await asyncio.sleep(ASK_S)
