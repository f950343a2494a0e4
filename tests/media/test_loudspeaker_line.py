"""Who says anything else than a loudspeaker does is none, whatever its first byte: a microphone sends on and on."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.media.sound.loudspeaker import open_loudspeaker

SAYS = {
    b"\x06": "",
    b"\x15": "loudspeaker.muted",
    b"\x06\x15": "loudspeaker.muted",
    b"": "loudspeaker.missing",
    b"\x00": "loudspeaker.missing",
    b"\x06" + bytes(1919): "loudspeaker.missing",
    bytes(1920): "loudspeaker.missing",
}


@pytest.mark.parametrize("said", SAYS, ids=lambda said: said[:2].hex() + f"-{len(said)}")
def test_only_a_loudspeaker_is_one(said: bytes, tmp_path: Path) -> None:
    async def code() -> str:
        async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(said)
            if said:
                await reader.read()  # until whoever listens has gone
            writer.close()

        server = await asyncio.start_unix_server(speak, tmp_path / "laut")
        async with server:
            try:
                async with open_loudspeaker(f"pcm:{tmp_path / 'laut'}", {}):
                    return ""
            except DeviceFault as fault:
                return fault.code

    assert asyncio.run(code()) == SAYS[said]
