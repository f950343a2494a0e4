"""Both Landkreise as they are shipped, around the days on which their sites opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lisa_core.domain.model.ids import SiteId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.harness.simulation.plan.days import MINUTE_US
from lisa_core.harness.simulation.plan.plan import Arrival, Day
from lisa_core.harness.simulation.plan.policies import Persona
from lisa_core.harness.simulation.play.order import play
from lisa_core.harness.simulation.play.run import Simulation
from tests.simulation.worlds import as_shipped, loaded, story

RADEBERG, WILTHEN = SiteId("radeberg"), SiteId("wilthen")
OPENINGS = [date(2025, 11, 17), date(2025, 12, 1)]
TEN_US = 10 * 60 * MINUTE_US
DAY_US = 24 * 60 * MINUTE_US


@pytest.mark.parametrize("faults", ["none", "all"])
@pytest.mark.parametrize("first", OPENINGS, ids=str)
@pytest.mark.parametrize("landkreis", ["bautzen", "uckermark"])
def test_days_around_an_opening_are_the_same_twice_and_nothing_breaks(landkreis: str, first: date, faults: str) -> None:
    one, two = (play(as_shipped(landkreis, first, 9, faults=faults)) for _ in range(2))
    assert not one.breaches, story(one)
    assert one.digest == two.digest
    assert one.figures.visits
    assert one.figures.called


@pytest.mark.parametrize("seed", range(4))
def test_from_one_opening_to_the_next_in_bautzen(seed: int) -> None:
    result = play(as_shipped("bautzen", OPENINGS[0], 28, seed))
    assert not result.breaches, story(result)
    ended = result.figures.outcomes
    assert sum(ended[RADEBERG].values()) > sum(ended[WILTHEN].values()) > 0
    assert result.figures.answers["buergerservice"]


@pytest.mark.parametrize("faults", ["none", "all"])
def test_before_its_first_day_a_site_connects_nobody(faults: str) -> None:
    """Wilthen has its booth two weeks before it opens, and every day somebody tries the door."""
    prepared = as_shipped("bautzen", OPENINGS[0], 14, faults=faults)
    opens = loaded("bautzen")[0].sites[WILTHEN].opened_on
    assert prepared.world.calendar.civil(14 * DAY_US).date() == opens

    def tried(number: int, day: Day) -> Day:
        her = Arrival(WILTHEN, 900 + number, number * DAY_US + TEN_US, persona=Persona())
        return replace(day, arrivals=tuple(sorted((*day.arrivals, her), key=lambda arrival: arrival.at_us)))

    result = Simulation(prepared.world).run(list(map(tried, range(14), prepared.days())))
    assert not result.breaches, story(result)
    assert set(result.figures.outcomes[WILTHEN]) == {Outcome.CLOSED}
    assert result.figures.outcomes[WILTHEN][Outcome.CLOSED] >= 14
    assert Outcome.ADVICE in result.figures.outcomes[RADEBERG]


def test_on_its_first_day_it_does() -> None:
    prepared = as_shipped("bautzen", OPENINGS[1], 2, faults="none")
    result = play(prepared)
    assert result.figures.outcomes[WILTHEN][Outcome.ADVICE]
