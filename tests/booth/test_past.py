"""What a booth reads in its log of earlier runs, also where a newer version wrote it."""

from __future__ import annotations

from lisa_core.booth import names
from lisa_core.booth.past import past
from lisa_core.model.ids import SiteId
from lisa_core.model.outcome import Outcome
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
