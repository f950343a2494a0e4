"""A program that never pauses looks through what is young again and again, and through all now and then."""

from __future__ import annotations

import asyncio
import gc

from lisa_core.host.memory import WHOLE_EVERY, let_go_now_and_then


def test_all_is_looked_through_now_and_then_and_what_is_young_in_between() -> None:
    seen: list[int] = []

    def note(phase: str, about: dict[str, int]) -> None:
        if phase == "start":
            seen.append(about["generation"])

    async def scenario() -> None:
        task = asyncio.create_task(let_go_now_and_then(0))
        while len(seen) < 2 * WHOLE_EVERY:
            await asyncio.sleep(0)
        task.cancel()

    gc.disable()  # of its own Python looks as well
    gc.callbacks.append(note)
    try:
        asyncio.run(scenario())
    finally:
        gc.callbacks.remove(note)
        gc.enable()
    assert seen[: 2 * WHOLE_EVERY] == [*[1] * (WHOLE_EVERY - 1), 2] * 2
