"""What a sound server says of its devices and streams."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.equipment.codecs.sound_list import device_of_stream, devices_of
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
    place = device_of_stream(data, "sink", 4711)
    assert place is None or place >= 0


EDGES = (Edge("sound-list", answers, either(json_text, damaged), take_answer, 10_000, (ProtocolError,)),)
