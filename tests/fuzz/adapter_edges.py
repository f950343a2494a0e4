"""What an adapter says: one line alone, and a whole conversation in which it says whatever it likes."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Sequence
from random import Random

from lisa_core.config.foreign_device import fits
from lisa_core.domain.model.errors import DeviceFault, ProtocolError
from lisa_core.equipment.codecs.adapter.keys import Signer, read_proof
from lisa_core.equipment.codecs.adapter.messages import decode, encode
from lisa_core.equipment.drivers.adapter.talk import Talk
from lisa_core.equipment.drivers.adapter.terms import SlotTerms
from lisa_core.equipment.slots.catalogue import PROTOCOLS
from lisa_core.equipment.slots.promises.methods import flaw, methods_of
from tests.fuzz.edge import Edge, runner
from tests.fuzz.mutation import damaged, pieces, stream
from tests.fuzz.shapes import either, json_text

_SLOTS = {
    "presence": "reports",
    "door": "states",
    "scanner": "scan",
    "signature_pad": "capture",
    "microphone": "blocks",
}


def adapter_lines() -> Sequence[bytes]:
    lines = (
        {"type": "hello", "version": 1, "slot": "presence", "identity": {"vendor": "B"}, "can": ["pdf"]},
        {"type": "pong", "id": 9, "at_us": 5},
        {"type": "event", "id": 1, "value": {"moving_cm": 80, "still_cm": None, "moving_energy": 3}},
        {"type": "event", "id": 1, "value": {"at_us": 0, "x": 5, "y": 6, "pressure": 7, "near": True, "down": True}},
        {"type": "event", "id": 1, "value": {"data": "UmVjaHQ=", "media_type": "image/png", "resolution_dpi": 150}},
        {"type": "event", "id": 1, "value": {"pcm": "AAAA" * 640, "at_us": 1}},
        {"type": "event", "id": 1, "value": True},
        {"type": "answer", "id": 2, "value": None},
        {"type": "end", "id": 1},
        {"type": "fault", "id": 1, "code": "presence.silent", "text": "nichts", "retryable": False},
        {"type": "key", "nonce": "AAAA" * 10 + "AAA=", "proof": "AAAA"},
    )
    return [json.dumps(line).encode() for line in lines]


def ended_lines() -> Sequence[bytes]:
    return [line + b"\n" for line in adapter_lines()]


def take_line(data: bytes, chance: Random) -> None:
    """What is read can be written and read again; what is signed can be checked, and nothing else."""
    line = data.replace(b"\n", b" ")
    assert Signer(b"k").checked(Signer(b"k").signed(line)) == line
    with contextlib.suppress(ProtocolError):
        Signer(b"k").checked(line)
        raise AssertionError("signed by nobody, and taken")
    with contextlib.suppress(ProtocolError):
        assert len(read_proof(line).nonce) == 32
    said = decode(line)
    assert decode(encode(said)) == said


class _Line:
    """It answers as an adapter has to, until the conversation is about something; then it says `data`."""

    last_words, is_full = "", False

    def __init__(self, slot: str, said: list[bytes]) -> None:
        self._slot, self._said = slot, said
        self._out: asyncio.Queue[bytes] = asyncio.Queue()

    async def read(self) -> bytes:
        return await self._out.get()

    def put(self, data: bytes) -> None:
        line = json.loads(data)
        if line["type"] == "hello":
            self._say({"type": "hello", "version": 1, "slot": self._slot})
        elif line["type"] == "ping":
            self._say({"type": "pong", "id": line["id"], "at_us": 1_000})
        elif line["type"] == "call":
            for piece in (*self._said, b""):
                self._out.put_nowait(piece)

    async def taken(self) -> None:
        pass

    async def why(self) -> str:
        return "ist still"

    def _say(self, line: dict[str, object]) -> None:
        self._out.put_nowait(json.dumps(line).encode() + b"\n")


def take_talk(data: bytes, chance: Random) -> None:
    """What comes out of the slot is what it promises, and the end is a fault or an end."""
    slot = chance.choice(sorted(_SLOTS))
    method = methods_of(PROTOCOLS[slot])[_SLOTS[slot]]

    async def go() -> None:
        talk = Talk(_Line(slot, [piece for piece in pieces(chance, data) if piece]), SlotTerms(slot, "Es"), 5.0)
        following = asyncio.create_task(talk.follow())
        try:
            await talk.greet()
            async for value in talk.reports(method, {}):
                assert fits(value, method.gives)
                assert not flaw(value)
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)

    runner().run(go())


EDGES = (
    Edge("adapter-line", adapter_lines, either(json_text, damaged), take_line, 15_000, (ProtocolError,)),
    Edge("adapter-talk", ended_lines, either(stream, damaged), take_talk, 15_000, (DeviceFault,)),
)
