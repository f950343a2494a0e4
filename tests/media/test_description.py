"""A description from outside is taken or refused with a `ProtocolError`; nothing else ever happens."""

from __future__ import annotations

import asyncio
import contextlib
import re
from functools import cache
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.equipment.media.call import BoothCall, DeskCall, RtcMedia
from lisa_core.equipment.media.description import with_candidates_everywhere
from tests.media.booths import ChartCamera, HummingMicrophone, plain


@settings(max_examples=40)
@given(st.randoms(use_true_random=False), st.booleans())
def test_a_garbled_description_is_taken_or_refused(chance: Random, towards_booth: bool) -> None:
    offer, answer = descriptions()
    text = garbled(answer if towards_booth else offer, chance)

    async def take() -> None:
        booth, desk = await ends()
        with contextlib.suppress(ProtocolError):
            if towards_booth:
                await booth.offer()
                await booth.accept(text)
            else:
                await desk.answer(text)
        await asyncio.gather(booth.aclose(), desk.aclose())
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(take())


def test_the_candidates_of_the_first_medium_are_those_of_all() -> None:
    """As browsers write it; that aiortc then finds the other end is shown over a relay (tests/nets)."""
    _, answer = descriptions()
    head, first, *others = answer.split("m=")
    bare = ["".join(line for line in one.splitlines(keepends=True) if "candidate" not in line) for one in others]
    media = with_candidates_everywhere("m=".join((head, first, *bare))).split("m=")[1:]
    found = [[line for line in one.splitlines() if line.startswith("a=candidate:")] for one in media]
    assert found[0]
    assert found == [found[0]] * 3
    assert all("a=end-of-candidates" in one for one in media)


def test_who_names_no_place_that_can_be_reached_finds_the_booth_itself() -> None:
    """As Firefox does, which hides its addresses behind names of mDNS: told that none comes aiortc would give up."""
    _, answer = descriptions()
    hidden = re.sub(r"(a=candidate:(?:\S+ ){4})\S+", r"\g<1>0f0e.local", answer)
    assert ".local " in hidden
    assert with_candidates_everywhere(hidden) == hidden


def garbled(text: str, chance: Random) -> str:
    """Lines lost, doubled, cut off, and letters changed."""
    lines = text.split("\r\n")
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(lines))
        line = lines[place]
        letter = chance.randrange(len(line) + 1)
        lines[place : place + 1] = chance.choice(
            [
                [],
                [line, line],
                [line[:letter]],
                [line[:letter] + chance.choice(" 09ax:-é\0") + line[letter + 1 :]],
            ]
        )
    return "\r\n".join(lines)


@cache
def descriptions() -> tuple[str, str]:
    async def make() -> tuple[str, str]:
        booth, desk = await ends()
        offer = await booth.offer()
        answer = await desk.answer(offer)
        await asyncio.gather(booth.aclose(), desk.aclose())
        return offer, answer

    return asyncio.run(make())


async def ends() -> tuple[BoothCall, DeskCall]:
    media = RtcMedia()
    camera = ChartCamera(plain(64, 48, (1, 2, 3)))
    return await media.booth_leg(camera, camera, HummingMicrophone()), await media.desk_leg("Petra Beispiel")
