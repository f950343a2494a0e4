"""What a booth reads in its log of earlier runs, also where a newer version wrote it."""

from __future__ import annotations

from lisa_core.booth.journal import names
from lisa_core.booth.journal.entries import entries_of
from lisa_core.booth.journal.history import past
from lisa_core.domain.model.ids import SiteId, VisitId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.visit import states as s
from lisa_core.domain.visit.events import ApplicationReceived, HandedIn, NotHandedIn, Wiped
from lisa_core.store.journal import Entry

TEMPLIN = SiteId("templin")


def told(name: str, visit: str, detail: str = "") -> Entry:
    return Entry("2026-11-23T10:00:00+01:00", name, visit, detail)


def test_an_outcome_of_a_newer_version_does_not_end_the_start() -> None:
    log = [
        told(names.VISIT_BEGUN, "templin-a-1"),
        told(names.WIPE_BEGUN, "templin-a-1", "weitergereicht"),
        told(names.VISIT_ENDED, "templin-a-1", "weitergereicht"),
        told(names.VISIT_BEGUN, "templin-a-2"),
        told("etwas.neues", "templin-a-2"),
        told(names.WIPE_BEGUN, "templin-a-2", "weitergereicht"),
    ]
    found = past(log, TEMPLIN)
    assert (found.open, found.outcome, found.ended) == ("templin-a-2", Outcome.TECHNICAL, ())


def after_the_call_button(subject: str) -> list[Entry]:
    """She pressed it while the booth was wiped: the next visit begins in the step that ends the one before."""
    return [
        told(names.VISIT_BEGUN, "templin-a-1"),
        told(names.WIPE_BEGUN, "templin-a-1", Outcome.ADVICE.value),
        told(names.VISIT_ENDED, subject, Outcome.ADVICE.value),
        told(names.VISIT_BEGUN, "templin-a-2"),
    ]


def test_a_visit_that_begins_while_another_ends_is_wiped_after_a_kill() -> None:
    found = past(after_the_call_button("templin-a-1"), TEMPLIN)
    assert (found.open, [(one.visit, one.outcome) for one in found.ended]) == (
        "templin-a-2",
        [("templin-a-1", Outcome.ADVICE)],
    )


def test_the_log_of_an_older_version_named_the_visits_the_other_way_round() -> None:
    begun, wiped, ended, again = after_the_call_button("templin-a-2")
    found = past([begun, wiped, again, ended], TEMPLIN)
    assert (found.open, [(one.visit, one.outcome) for one in found.ended]) == (
        "templin-a-2",
        [("templin-a-1", Outcome.ADVICE)],
    )


def test_the_end_of_a_visit_stands_under_its_own_id_also_where_the_next_begins_at_once() -> None:
    first, second = s.Visit(VisitId("templin-a-1")), s.Visit(VisitId("templin-a-2"))
    before, after = s.Wiping(first, 0, Outcome.ADVICE, again=True), s.Connecting(second, 0, 0)
    assert entries_of(Wiped(first.id), before, after) == [
        (names.NAMES[Wiped], first.id, ""),
        (names.VISIT_ENDED, first.id, Outcome.ADVICE.value),
        (names.VISIT_BEGUN, second.id, ""),
    ]


def test_papers_without_an_application_are_clear_before_a_kill_as_an_application_is() -> None:
    steps = {
        names.PAPERS_NAMES[HandedIn]: Outcome.UNCONFIRMED,
        names.PAPERS_NAMES[ApplicationReceived]: Outcome.PAPERS,
        names.PAPERS_NAMES[NotHandedIn]: Outcome.TECHNICAL,
    }
    for name, outcome in steps.items():
        found = past([told(names.VISIT_BEGUN, "templin-a-1"), told(name, "templin-a-1")], TEMPLIN)
        assert (found.open, found.outcome) == ("templin-a-1", outcome)
