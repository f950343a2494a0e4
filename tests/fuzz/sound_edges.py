"""What a sound server says of its devices and streams."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.equipment.codecs.sound_list import devices_of, stream_of
from tests.fuzz.edge import Edge
from tests.fuzz.mutation import damaged
from tests.fuzz.shapes import either, json_text
from tests.protocols.test_sound_list import SINKS, SOURCES, STREAMS


def answers() -> Sequence[bytes]:
    return [SINKS, SOURCES, STREAMS]


def take_answer(data: bytes, chance: Random) -> None:
    for device in devices_of(data):
        assert device.name
        assert device.index >= 0
    stream = stream_of(data, "sink", 4711)
    assert stream is None or stream.device >= 0


EDGES = (Edge("sound-list", answers, either(json_text, damaged), take_answer, 10_000, (ProtocolError,)),)
