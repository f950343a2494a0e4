"""What strangers send to the port of a talk: nothing of it is seen, and the talk goes on (OWASP ASVS 5.0, 17.2)."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import socket
import struct
from collections.abc import Callable, Collection, Iterator
from itertools import product

import pytest

from lisa_core.equipment.media.call import RtcMedia
from tests.media.booths import LIMIT_S, beat, pixels, plain, until
from tests.media.test_leg import Booth, difference

CANDIDATE = re.compile(r"a=candidate:\S+ 1 udp \d+ ([\d.]+) (\d+) typ host")
SSRC = re.compile(r"a=ssrc:(\d+) cname")


def rtp(ssrc: int, kind: int, number: int, payload: bytes) -> bytes:
    """As the other end sends it, but for the seal that only it can make (RFC 3550, 3711)."""
    return struct.pack("!BBHII", 0x80, kind, number, 7, ssrc) + payload + os.urandom(16)


def packets(ssrc: int) -> Iterator[bytes]:
    yield from (bytes((first,)) for first in range(256))
    yield from (
        bytes((first,)) + os.urandom(40) for first in (0, 1, 19, 20, 21, 22, 23, 25, 63, 64, 128, 144, 191, 255)
    )
    yield from (bytes((kind, 0xFE, 0xFD)) + bytes(8) + struct.pack("!H", 2) + b"\x02\x28" for kind in (20, 21, 22, 23))
    yield bytes((21, 0xFE, 0xFD)) + bytes(8) + struct.pack("!H", 2) + b"\x01\x00"  # "I close", without a seal
    yield struct.pack("!HHI12s", 0x0001, 0, 0x2112A442, bytes(12)) + b"\x00" * 3
    yield struct.pack("!HHI12sHH", 0x0101, 400, 0x2112A442, bytes(12), 0x0020, 0xFFFF)
    yield struct.pack("!HHI12sHH4s", 0x0001, 8, 0x2112A442, bytes(12), 0x0006, 4, b"\xff\xfe\xff\xff")
    for kind in (96, 97, 111, 127):
        yield from (rtp(ssrc, kind, 7, os.urandom(size)) for size in (0, 1, 200, 1_100))
        yield from (rtp(ssrc, kind, number, os.urandom(100)) for number in range(0, 65_536, 2_048))  # some are the next
    yield struct.pack("!BBHI", 0x81, 203, 1, ssrc) + os.urandom(14)  # "I leave" (RTCP)
    yield struct.pack("!BBHI", 0x80, 200, 0xFFFF, ssrc)


async def send(what: Iterator[bytes], targets: Collection[tuple[str, int]]) -> None:
    """One at a time: whoever receives them does so in this loop, one each time that it comes round; the kernel keeps a
    few hundred and drops the rest."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        for packet, target in product(what, targets):
            stranger.sendto(packet, target)
            await asyncio.sleep(0)


async def settled(count: Callable[[], int]) -> int:
    """When nothing that was sent is left to be received."""
    found = -1
    while found != (found := count()):
        await beat(0.02)
    return found


def test_what_strangers_send_is_neither_seen_nor_the_end(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "aiortc.rtcdtlstransport")

    def refused() -> int:
        return caplog.text.count("SRTP unprotect failed: authentication failure")

    async def scenario() -> None:
        room = Booth(RtcMedia())
        booth, desk = await room.ends()
        try:
            offer = await booth.offer()
            answer = await desk.answer(offer)
            await booth.accept(answer)
            await booth.connected(LIMIT_S)
            await desk.first_citizen_frame(LIMIT_S)
            for said, other in ((offer, answer), (answer, offer)):
                targets = {(host, int(port)) for host, port in CANDIDATE.findall(said)}
                assert targets
                known = {int(one) for one in SSRC.findall(other)}
                assert known
                for ssrc in known:
                    before = refused()
                    await send(packets(ssrc), targets)
                    assert await settled(refused) > before + 20, f"of {ssrc} they came as far as that"
            blue = plain(320, 240, (20, 40, 200))
            room.citizen.picture = blue
            await until(lambda: (seen := desk.citizen_frame()) is not None and difference(pixels(seen), blue) < 6)
            room.microphone.speaking = True
            await until(lambda: desk.voice_level() > 0.03)
            desk.speak(LIMIT_S)
            await until(lambda: booth.voice_level() > 0.03)
        finally:
            await asyncio.gather(booth.aclose(), desk.aclose())

    asyncio.run(scenario())


FINGERPRINT = re.compile(r"a=fingerprint:(\S+) (\S+)")


def test_each_leg_has_a_key_of_its_own() -> None:
    """Made for it, in memory, and gone with it; its certificate is named in the description, under SHA-256 or more."""

    async def scenario() -> None:
        seen: set[str] = set()
        for _ in range(2):
            booth, desk = await Booth(RtcMedia()).ends()
            try:
                offer = await booth.offer()
                for said in (offer, await desk.answer(offer)):
                    found = set(FINGERPRINT.findall(said))
                    assert "sha-256" in {kind for kind, _ in found} <= {"sha-256", "sha-384", "sha-512"}
                    new = {value for kind, value in found if kind == "sha-256"}
                    assert len(new) == 1
                    assert not new & seen
                    seen |= new
            finally:
                await asyncio.gather(booth.aclose(), desk.aclose())

    asyncio.run(scenario())
