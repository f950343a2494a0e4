"""Civil time: right through the nights in which the clocks change, and as soon as the computer's clock is set."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest

from lisa_core.config.directory import load_directory
from lisa_core.domain.routing.calendar import opening
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.host import clock as clocks
from lisa_core.host.clock import Clock

BERLIN = ZoneInfo("Europe/Berlin")
T = TypeVar("T")


def play(work: Coroutine[Any, Any, T]) -> T:
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)


async def later(seconds: float) -> None:
    """Virtual time goes on by so much."""
    over = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, over.set)
    await over.wait()


@pytest.mark.parametrize(("first", "hours"), [("2026-10-24", 73), ("2026-03-26", 95)])
def test_a_clock_that_runs_over_the_change_of_summer_time_shows_what_the_wall_shows(first: str, hours: int) -> None:
    """In October one hour comes twice, in March one is missing; Templin opens when it should all the same."""
    began = datetime.fromisoformat(f"{first}T00:00").replace(tzinfo=BERLIN)
    directory, _ = load_directory("uckermark")
    site = directory.sites["templin"]
    holidays = directory.holidays[site.land]

    async def run() -> list[datetime]:
        clock, opened = Clock(began), []
        before = opening(site, clock.instant().civil, holidays).open_now
        for minute in range(1, hours * 60):
            await later(60)
            civil = clock.instant().civil
            true = (began.astimezone(UTC) + timedelta(minutes=minute)).astimezone(BERLIN)
            assert (civil, civil.fold, civil.utcoffset()) == (true, true.fold, true.utcoffset())
            now = opening(site, civil, holidays).open_now
            if now and not before:
                opened.append(civil)
            before = now
        return opened

    opened = play(run())
    assert opened
    assert {f"{at:%H:%M}" for at in opened} == {"08:30"}


def test_a_time_that_does_not_exist_is_the_one_after_the_gap() -> None:
    async def run() -> datetime:
        return Clock(datetime(2026, 3, 29, 2, 30, tzinfo=BERLIN)).instant().civil

    assert f"{play(run()):%H:%M %z}" == "03:30 +0200"


def test_a_program_in_service_follows_the_computers_clock_when_somebody_sets_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = datetime(2000, 1, 1, 0, 0, tzinfo=UTC)

    class Set(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]  # what the computer's clock shows
            return shown.astimezone(tz)

    async def run() -> tuple[int, str, int, str]:
        nonlocal shown
        clock = Clock(BERLIN)
        before = clock.instant()
        shown = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
        after = clock.instant()
        return before.now_us, before.civil.isoformat(), after.now_us, after.civil.isoformat()

    monkeypatch.setattr(clocks, "datetime", Set)
    before_us, before, after_us, after = play(run())
    assert (before, after) == ("2000-01-01T01:00:00+01:00", "2026-07-01T10:00:00+02:00")
    assert before_us == after_us, "what orders and measures does not move"


def test_a_time_that_was_set_by_a_scenario_stays_what_it_is() -> None:
    async def run() -> str:
        clock = Clock(BERLIN)
        clock.set_civil(datetime(2026, 11, 23, 10, 0, tzinfo=BERLIN))
        clock.instant()
        await later(90)
        return clock.instant().civil.isoformat()

    assert play(run()) == "2026-11-23T10:01:30+01:00"
