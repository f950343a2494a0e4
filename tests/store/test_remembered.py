"""What the log alone knows of visits and applications, and what an exchange makes of it when the rest is damaged."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from lisa_core.domain.model.ids import AgentId, SiteId, VisitId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.exchange.inbox.owed import MOST, Owed
from lisa_core.exchange.journal.endings import arrival, settle
from lisa_core.exchange.journal.numbers import is_of_papers_only, number_of
from lisa_core.exchange.journal.record import ENDED, RECEIVED
from lisa_core.exchange.journal.recovery import recover
from lisa_core.exchange.journal.remembered import REMEMBERED, per_site, remembered, with_kept
from lisa_core.store.journal import SPOILT, Entry, MemoryJournal
from tests.routing.office import BRANDT, HOUSING, SITES, VOGT
from tests.store.test_recovery import DIRECTORY, RULES

SITE = SITES[0]
FIRST, SECOND, LAST = (f"{SITE}-{name}" for name in ("a1", "b2", "c3"))


def number(count: int) -> str:
    return f"20261123-10000{count}-{SITE}-000{count}"


LOG = (
    Entry("", "antrag.eingegangen", FIRST, number(1)),
    Entry("", "besuch.beendet", FIRST, "antrag_eingereicht"),
    Entry("", "antrag.eingegangen", SECOND, number(2)),
    Entry("", "besuch.beendet", SECOND, "antrag_eingereicht"),
    Entry("", "beleg.nicht_ausgehaendigt", SECOND, number(2)),
    Entry("", "antrag.eingegangen", LAST, number(3)),
    Entry("", "besuch.beendet", LAST, "antrag_eingereicht"),
    Entry("", "beleg.nicht_ausgehaendigt", LAST, number(3)),
    Entry("", "beleg.gelesen", "vogt", number(3)),
)


def test_the_log_knows_visit_copy_and_what_was_read() -> None:
    found = remembered(LOG)
    assert found.ended == [FIRST, SECOND, LAST]
    assert [found.visit_of(number(count)) for count in (1, 2, 4)] == [VisitId(FIRST), VisitId(SECOND), ""]
    assert found.copies == {number(1): True, number(2): False, number(3): False}
    assert found.owed == [number(2)]


def test_a_visit_of_another_site_is_not_believed() -> None:
    assert remembered([Entry("", "antrag.eingegangen", "fern-a1", number(1))]).visit_of(number(1)) == ""


def test_names_belong_to_the_site_with_the_longest_name_that_fits_and_the_newest_are_kept() -> None:
    sites = (SiteId("au"), SiteId("au-nord"))
    assert per_site(["au-nord-a1", "au-b2", "weg-c3"], sites) == {sites[1]: ["au-nord-a1"], sites[0]: ["au-b2"]}
    many = [f"au-{count}" for count in range(REMEMBERED + 5)]
    assert per_site(many, sites) == {sites[0]: many[5:]}
    assert with_kept({sites[0]: ["a", "b"]}, {sites[0]: ["b", "c"], sites[1]: ["d"]}) == {
        sites[0]: ["a", "b", "c"],
        sites[1]: ["d"],
    }


@pytest.mark.parametrize("harm", ["lost", "of another version", "none"])
def test_what_was_kept_comes_back_from_the_log(harm: str) -> None:
    journal = MemoryJournal()
    kept = {ENDED + SITE: json.dumps([FIRST]), RECEIVED + SITE: json.dumps([number(1)])}
    journal.append(LOG, {"lost": {}, "of another version": dict.fromkeys(kept, "7"), "none": kept}[harm])
    if harm == "lost":
        journal.append([Entry("", SPOILT, "", "")])
    found = recover(journal, DIRECTORY, RULES)
    if harm == "none":
        assert (found.ended, found.received, found.owed) == ({SITE: [FIRST]}, {SITE: [number(1)]}, {})
        return
    assert found.ended == {SITE: [FIRST, SECOND, LAST]}
    assert found.received == {SITE: [number(1), number(2), number(3)]}
    assert found.owed == {number(2): []}


def test_it_is_told_to_its_office_else_to_the_front_desk_and_again_once_they_have_gone() -> None:
    owed = Owed(DIRECTORY)
    assert owed.add(number(1), HOUSING) == []
    front, office = {BRANDT: "line-1"}, {VOGT: "line-2"}
    assert [agent for agent, _ in owed.due(front)] == [BRANDT]
    assert list(owed.due({**front, **office})) == [], "who was told is there"
    assert [agent for agent, _ in owed.due(office)] == [VOGT]
    assert list(owed.due(office)) == []
    again = Owed(DIRECTORY)
    again.add(number(1), HOUSING, json.loads(owed.kept(number(1))))
    assert list(again.due(office)) == [], "and the next exchange knows that"
    assert [agent for agent, _ in again.due({VOGT: "line-3"})] == [VOGT]
    assert again.read(number(1))
    assert not again.read(number(1))
    assert list(again.due({AgentId(VOGT): "line-4"})) == []


def test_too_many_push_out_the_oldest() -> None:
    owed = Owed(DIRECTORY)
    assert [owed.add(str(count), HOUSING) for count in range(MOST + 1)][-1] == ["0"]


def test_papers_without_an_application_are_remembered_by_their_number() -> None:
    civil = datetime.fromisoformat("2026-11-23T10:00:04+01:00")
    number = number_of(civil, SITE, 7, papers_only=True)
    assert number == f"20261123-100004-{SITE}-U0007"
    found = remembered([Entry("", *arrival(VisitId(FIRST), number))])
    assert (found.visit_of(number), found.visits) == (FIRST, {number: FIRST})
    application = number_of(civil, SITE, 7, papers_only=False)
    assert [is_of_papers_only(one) for one in (number, application, "", f"{FIRST}-U")] == [True, False, False, False]
    settled = [settle(Outcome.UNCONFIRMED, one) for one in (number, application, "")]
    assert settled == [Outcome.PAPERS, Outcome.APPLICATION, Outcome.TECHNICAL]
