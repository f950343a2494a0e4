"""The loudspeaker is taken out of what the microphone hears, and nobody else: in a room that is a formula."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lisa_core.domain.model.frames import AudioBlock
from lisa_core.equipment.media.sound.echo import BLOCK_US, MOST_HELD, Air, EchoCanceller
from lisa_core.equipment.media.sound.voice import SILENCE
from tests.media.voices import RATE, blocks_of, decibel, speech

SECONDS = 6
ROOM = {0: 0.5, 300: 0.2, 900: -0.15, 2400: 0.08, 4700: 0.03}
"""Samples by which a part of the sound comes late, and how much of it comes."""
AGENT, CITIZEN = speech(SECONDS, 140), speech(SECONDS, 210)


def in_the_room(delay_ms: int) -> NDArray[np.float64]:
    """What a microphone hears of the agent: late by what devices hold, and by the walls."""
    heard = np.zeros_like(AGENT)
    for late, part in ROOM.items():
        by = delay_ms * RATE // 1000 + late
        heard[by:] += part * AGENT[:-by]
    return heard


def cleaned(heard: NDArray[np.float64], late_us: NDArray[np.int64]) -> NDArray[np.float64]:
    """What goes out; block for block the agent's voice is played and the microphone heard `late_us` too late."""
    air = Air()
    canceller, out = EchoCanceller(air), []
    for number, (far, near) in enumerate(zip(blocks_of(AGENT), blocks_of(heard), strict=True)):
        now_us = 1_000_000 + number * BLOCK_US
        air.play(AudioBlock(far, now_us))
        out.append(canceller.clean(AudioBlock(near, now_us + 7_000 + int(late_us[number]))))
    return np.frombuffer(b"".join(out), "<i2") / 32_768


@pytest.mark.parametrize(("delay_ms", "most_late_us"), [(60, 15_000), (250, 0)])
def test_the_agent_does_not_hear_herself_and_hears_the_citizen(delay_ms: int, most_late_us: int) -> None:
    late_us = np.random.default_rng(3).integers(0, most_late_us + 1, SECONDS * 50)
    echo, second = in_the_room(delay_ms), RATE
    both = echo.copy()
    both[3 * second : 5 * second] += CITIZEN[3 * second : 5 * second]
    out = cleaned(both, late_us)
    for alone in (slice(second, 3 * second), slice(5 * second + second // 3, None)):
        assert decibel(AGENT[alone]) - decibel(out[alone]) > 34, "the room alone makes her 5 dB quieter"
    together = slice(3 * second, 5 * second)
    assert abs(decibel(out[together]) - decibel(CITIZEN[together])) < 6


def test_who_is_alone_in_the_room_is_heard_as_before() -> None:
    air = Air()
    canceller = EchoCanceller(air)
    heard = [canceller.clean(AudioBlock(pcm, number * BLOCK_US)) for number, pcm in enumerate(blocks_of(CITIZEN))]
    out = np.frombuffer(b"".join(heard), "<i2") / 32_768
    assert abs(decibel(out) - decibel(CITIZEN)) < 1


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=60), st.integers(0, 2**40))
def test_bursts_and_gaps_never_move_what_belongs_together(bursts: list[tuple[int, int]], start_us: int) -> None:
    """However many blocks come at once: what is given as played was due, is given once, and in order."""
    air, given_back, now_us = Air(), [], start_us
    for played, asked in bursts:
        for _ in range(played):
            air.play(AudioBlock(now_us.to_bytes(8, "little"), now_us))
            now_us += BLOCK_US
        for _ in range(asked):
            given_back += [pcm for pcm in (air.due(now_us - BLOCK_US),) if pcm is not SILENCE]
    times = [int.from_bytes(pcm, "little") for pcm in given_back]
    assert times == sorted(set(times))
    assert all(time_us <= now_us - BLOCK_US for time_us in times)


def test_nothing_is_kept_beyond_a_leg() -> None:
    air = Air()
    for number in range(2 * MOST_HELD):
        air.play(AudioBlock(b"\1" * 1920, number))
    assert air.due(MOST_HELD - 1) is SILENCE, "older ones were left out"
    air.forget()
    assert air.due(2 * MOST_HELD) is SILENCE
