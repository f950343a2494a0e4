"""Voices for tests: made by a formula, as lively as speech, different from each other, and nobody's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

RATE = 48_000
VOWELS = ((300, 800, 90), (900, 2200, 120), (2300, 3500, 200))
"""From which to which frequency the resonances of a mouth lie, and how wide they are (Hz)."""


@cache
def speech(seconds: float, pitch: float) -> NDArray[np.float64]:
    """Somebody who speaks at about this pitch (Hz): syllables with vowels, melody, breath and pauses, 0.4 at most."""
    dice, said = np.random.default_rng(int(pitch)), np.zeros(int(seconds * RATE))
    begin = 0
    while begin < said.size:
        syllable = _syllable(dice, pitch)[: said.size - begin]
        said[begin : begin + syllable.size] = 0.4 * syllable
        pause_s = dice.uniform(0.02, 0.1) if dice.random() < 0.8 else dice.uniform(0.2, 0.4)
        begin += syllable.size + int(pause_s * RATE)
    said.setflags(write=False)  # of several tests
    return said


def _syllable(dice: np.random.Generator, pitch: float) -> NDArray[np.float64]:
    at = np.arange(int(dice.uniform(0.12, 0.3) * RATE)) / RATE
    melody = pitch * dice.uniform(0.8, 1.25) * (1 + 0.1 * np.sin(2 * np.pi * dice.uniform(2, 5) * at))
    phase = 2 * np.pi * np.cumsum(melody) / RATE
    vowel = [(dice.uniform(low, high), width) for low, high, width in VOWELS]
    sound = 0.1 * dice.standard_normal(at.size)
    for part in range(1, int(8_000 / pitch)):
        loud = sum(1 / (1 + ((part * pitch - centre) / width) ** 2) for centre, width in vowel)
        sound += (loud + 0.01) * np.sin(part * phase)
    return np.asarray(sound / np.abs(sound).max() * np.sqrt(np.sin(np.pi * np.arange(at.size) / at.size)))


def blocks_of(sound: NDArray[np.float64]) -> Iterator[bytes]:
    """In blocks of 20 ms: s16le."""
    pcm = (np.clip(sound, -1, 1) * 32_767).astype("<i2").tobytes()
    return (pcm[start : start + 1920] for start in range(0, len(pcm) - 1919, 1920))


def decibel(sound: NDArray[np.float64]) -> float:
    """How loud, below full scale."""
    return float(10 * np.log10(np.mean(np.square(sound)) + 1e-12))
