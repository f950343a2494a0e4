"""A signature as it is written: each sample costs the same, and a pad that never stops is told apart from a person."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Iterable
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lisa_core.booth.case.signature import MAX_TOUCHES, Handwriting, collect
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import DeviceIdentity, PadInfo, PenSample
from lisa_core.papers.strokes import canonical_strokes, is_signature, signature_svg

PAD = PadInfo("STU-430V", 0xFFFF, 0xFFFF, 1023, 200)
PLACE = st.integers(0, 2000)
SAMPLE = st.builds(PenSample, st.just(0), PLACE, PLACE, st.integers(0, 1023), st.just(True), st.booleans())
SAMPLES = st.lists(SAMPLE, max_size=40)


@dataclass(frozen=True, slots=True)
class Endless:
    """A pad that says the same for ever."""

    said: tuple[PenSample, ...]

    async def info(self) -> PadInfo:
        return PAD

    async def identify(self) -> DeviceIdentity:
        return DeviceIdentity()

    async def check(self) -> None: ...

    async def clear(self) -> None: ...

    async def capture(self) -> AsyncGenerator[PenSample, None]:
        while True:
            for sample in self.said:
                yield sample
            await asyncio.sleep(0)


def written(samples: Iterable[PenSample]) -> Handwriting:
    so_far = Handwriting()
    for sample in samples:
        so_far.add(sample)
    return so_far


@given(SAMPLES)
def test_it_counts_and_is_drawn_as_all_samples_would(samples: list[PenSample]) -> None:
    so_far = written(samples)
    assert so_far.is_signature == is_signature(samples)
    assert canonical_strokes(so_far.samples, PAD) == canonical_strokes(samples, PAD)


@pytest.mark.parametrize("pattern", [(True,), (True, False), (True, True, False)])
def test_a_pad_without_end_is_a_fault_and_what_it_wrote_fits_a_message(pattern: tuple[bool, ...]) -> None:
    said = tuple(PenSample(10**12, 0xFFFF - (at == 1), 0xFFFF, 1023, True, down) for at, down in enumerate(pattern))
    with pytest.raises(DeviceFault) as caught:
        asyncio.run(asyncio.wait_for(anext(collect(Endless(said), 3.0, tells=True)), 60))
    assert caught.value.code == "pad.endless"
    longest = Handwriting()
    with contextlib.suppress(DeviceFault):
        for sample in said * MAX_TOUCHES:
            longest.add(sample)
    assert len(signature_svg(longest.samples, PAD)) < 160_000


def test_hovering_for_ever_keeps_nothing() -> None:
    hover, touch = (PenSample(0, 1, 1, 0, True, down) for down in (False, True))
    assert len(written([hover] * 1000 + [touch] + [hover] * 1000).samples) == 2
