"""Applications whose receipt is out when something ends the talk: what the office has and what the logs say agree."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache

import pytest

from lisa_core.domain.model.ids import ServiceId, SiteId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.visit import events as e
from lisa_core.domain.visit import machine
from lisa_core.harness.simulation.plan.days import MINUTE_US, SECOND_US
from lisa_core.harness.simulation.plan.plan import Mishap
from lisa_core.harness.simulation.plan.policies import Persona
from lisa_core.harness.simulation.play.run import SimulationResult
from lisa_core.harness.simulation.world.delivery import DELIVERY_US
from lisa_core.harness.simulation.world.exchange import SimulatedExchange
from lisa_core.wire import messages as m
from tests.simulation.worlds import TEMPLIN, TEN_US, found, one_visit, story

HER = Persona(service=ServiceId("pflegeberatung"), hands_in=True, talk_us=2 * MINUTE_US)
AGENTS = ("brandt", "petersen")


def noted(result: SimulationResult, *wanted: str) -> Iterator[tuple[int, str]]:
    """When, and the detail of these entries of her first visit: after a crash she is called for again."""
    for line in result.log or ():
        at_us, who, what, detail = json.loads(line)
        if what in wanted and who == f"{TEMPLIN}-1-1":
            yield at_us, detail


@cache
def handed_in_us() -> int:
    """When she hands in if nothing breaks, from when she comes."""
    ((at_us, _),) = noted(one_visit(HER, [], AGENTS).result, "antrag.abgegeben")
    return at_us - TEN_US


def broken(kind: str, after_us: int, lasts_s: int) -> SimulationResult:
    """Something goes wrong so long after she has handed in."""
    mishap = Mishap(kind, TEMPLIN, handed_in_us() + after_us, lasts_s * SECOND_US)
    return one_visit(HER, [mishap], AGENTS).result


@pytest.mark.parametrize(
    ("kind", "after_us", "lasts_s", "outcomes"),
    [
        ("buero.absturz", 100_000, 10, ["antrag_unbestaetigt", "abgebrochen_technik"]),
        ("buero.absturz", DELIVERY_US // 2 + 1, 10, ["antrag_unbestaetigt", "antrag_eingereicht"]),
        ("buero.absturz", DELIVERY_US + 1, 10, ["antrag_eingereicht"]),
        ("netz.buero", DELIVERY_US // 2 + 1, 15, ["antrag_eingereicht"]),
        ("netz.buero", 100_000, 15, ["antrag_eingereicht"]),
    ],
)
def test_booth_and_exchange_agree_in_the_end(kind: str, after_us: int, lasts_s: int, outcomes: list[str]) -> None:
    result = broken(kind, after_us, lasts_s)
    assert not result.breaches, story(result)
    logged = [detail for _, detail in noted(result, "besuch.beendet", "besuch.berichtigt")]
    assert logged == [*outcomes, outcomes[-1]], "by the booth, and once by the exchange"
    assert result.invariants.checked["Antrag"]


# --- planted bugs -----------------------------------------------------------------------------------------------------


def the_exchange_believes_the_booth(patch: pytest.MonkeyPatch) -> None:
    def believed(self: SimulatedExchange, site: SiteId, told: m.VisitEnded) -> Outcome:
        return told.outcome

    patch.setattr(SimulatedExchange, "visit_ended", believed)


def test_an_exchange_that_does_not_tell_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    the_exchange_believes_the_booth(monkeypatch)
    result = broken("buero.absturz", DELIVERY_US // 2 + 1, 10)
    assert [breach.rule for breach in result.breaches] == ["Antrag"]


def test_a_visit_that_forgets_what_is_on_its_way_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it was: an agent who hangs up at once, and she is sent home without a word about her application."""
    monkeypatch.setitem(machine._MARKS, e.HandedIn, {})
    breach, shrunk = found(9, 20, 7, "none", "Antrag")
    assert "zum Abschied" in breach.found
    assert shrunk is not None
    assert len(shrunk.items) <= 6, shrunk.items
