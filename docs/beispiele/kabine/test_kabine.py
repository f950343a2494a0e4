"""Tests without Gherkin: `booth` is a whole booth with exchange and desks, and a citizen who does as she is told."""

from __future__ import annotations

from lisa_core.harness.direct.blocking import WholeBooth
from lisa_core.harness.direct.booth import AsyncWholeBooth


def test_a_citizen_is_greeted_and_leaves(booth: WholeBooth) -> None:
    agent = booth.agent("Frau Brandt")
    agent.ready()
    booth.enter()
    agent.rings(within_s=2)
    agent.accept()
    booth.do("Dann erscheint Frau Brandt vom LISA-Team auf dem Bildschirm")
    agent.hang_up()
    booth.leave()
    assert booth.outcome() == "erledigt_beratung"


async def test_nobody_answers_and_she_is_told(booth: AsyncWholeBooth) -> None:
    agent = await booth.agent("Frau Brandt")
    await agent.ready()
    await booth.enter()
    await agent.reject()
    view = await booth.shows("Alle sprechen gerade")
    assert view.agent is None
