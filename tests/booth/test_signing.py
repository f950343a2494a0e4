"""A signature as it is written: each sample costs the same, and a pad that never stops is told apart from a person."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Iterable
from dataclasses import dataclass, field
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lisa_core.booth.case.signature import MAX_TOUCHES, Handwriting, PadReady, collect
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import DeviceIdentity, PadInfo, PenSample
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.host.clock import Clock
from lisa_core.papers.strokes import canonical_strokes, is_signature, signature_svg

CLOCK = Clock(UTC)
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


@dataclass(frozen=True, slots=True)
class Scripted(Endless):
    """One that says this, and nothing more; asked whether it is well it may say more, or that it is not."""

    later: tuple[PenSample, ...] = ()
    fault: str = ""
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    async def check(self) -> None:
        self.asked.set()
        await asyncio.sleep(0)
        if self.fault:
            raise DeviceFault(self.fault, "nicht wohl", retryable=True)

    async def capture(self) -> AsyncGenerator[PenSample, None]:
        for sample in self.said:
            yield sample
        await self.asked.wait()
        for sample in self.later:
            yield sample
        await asyncio.Event().wait()


STROKE = tuple(PenSample(at, 100 * at, 0, 500, True, True) for at in range(10))
LIFTED = PenSample(10, 0, 0, 0, True, False)
FURTHER = tuple(PenSample(20 + at, 100 * at, 900, 500, True, True) for at in range(10))


@pytest.mark.parametrize(
    ("pad", "then"),
    [
        (Scripted((*STROKE, LIFTED)), (*STROKE, LIFTED)),
        (Scripted(STROKE), "pad.gap"),
        (Scripted((*STROKE, LIFTED), fault="pad.restarted"), "pad.restarted"),
        (Scripted((*STROKE, LIFTED), later=(*FURTHER, LIFTED)), (*STROKE, LIFTED, *FURTHER, LIFTED)),
        (Scripted((*STROKE, LIFTED), later=FURTHER), "pad.gap"),
        (Scripted(STROKE, later=(*FURTHER, LIFTED)), (*STROKE, *FURTHER, LIFTED)),
        (Scripted(STROKE, later=(LIFTED,)), (*STROKE, LIFTED)),
    ],
    ids=["put away", "broken off", "was gone", "goes on", "goes on and breaks off", "heard late", "lifted late"],
)
def test_a_signature_is_whole_only_when_the_pen_was_lifted_and_the_pad_was_there_all_along(
    pad: Scripted, then: str | tuple[PenSample, ...]
) -> None:
    async def taken() -> list[PenSample] | PadReady:
        async for found in collect(pad, 0.01, CLOCK, tells=True):
            return found
        raise AssertionError("nothing came")

    if isinstance(then, str):
        with pytest.raises(DeviceFault) as fault:
            asyncio.run(asyncio.wait_for(taken(), 60))
        assert fault.value.code == then
    else:
        assert asyncio.run(asyncio.wait_for(taken(), 60)) == list(then)


def test_a_pen_that_is_lifted_while_the_clock_is_held_is_not_put_away() -> None:
    async def taken(clock: Clock) -> object:
        return await anext(collect(Scripted((*STROKE, LIFTED)), 2.0, clock, tells=True))

    async def run() -> None:
        clock, loop = Clock(UTC), asyncio.get_running_loop()
        signing, began_s = asyncio.create_task(taken(clock)), loop.time()
        loop.call_later(1, clock.hold)
        loop.call_later(3_600, clock.go_on)
        assert await signing == [*STROKE, LIFTED]
        assert loop.time() - began_s == pytest.approx(3_601, abs=0.2)

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(run())


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
        asyncio.run(asyncio.wait_for(anext(collect(Endless(said), 3.0, CLOCK, tells=True)), 60))
    assert caught.value.code == "pad.endless"
    longest = Handwriting()
    with contextlib.suppress(DeviceFault):
        for sample in said * MAX_TOUCHES:
            longest.add(sample)
    assert len(signature_svg(longest.samples, PAD)) < 160_000


def test_hovering_for_ever_keeps_nothing() -> None:
    hover, touch = (PenSample(0, 1, 1, 0, True, down) for down in (False, True))
    assert len(written([hover] * 1000 + [touch] + [hover] * 1000).samples) == 2
