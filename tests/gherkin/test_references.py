"""What a plan says of references: which limits nothing in a booth can decide, and what a tester has to bring."""

from __future__ import annotations

from lisa_core.config.classes import load_class
from lisa_core.harness.report.classes.at_hand import at_hand

RADAR, BOOTH = load_class("praesenzsensor-2026.1"), load_class("buergerbuero-2026.1")
NAMED = {one.id for one in (*RADAR.demands, *BOOTH.demands)}


def test_a_real_radar_beside_an_emulated_door_cannot_be_timed() -> None:
    found = at_hand((RADAR, BOOTH), NAMED, {"presence"})
    assert {(one.id.partition(".")[2], slots) for one, slots in found.lacking} == {
        (name, ("door",)) for name in ("meldung", "verlassen", "still", "fehlalarm")
    }
    assert {word for word, _ in found.brought} >= {"bodenmarke", "zuruf", "massband", "pruefbericht"}


def test_with_a_real_door_nothing_is_lacking() -> None:
    assert not at_hand((RADAR,), NAMED, {"presence", "door"}).lacking


def test_where_nothing_is_real_nothing_is_asked_for() -> None:
    assert at_hand((RADAR, BOOTH), NAMED, set()) == at_hand((), (), ())


def test_what_no_scenario_of_the_run_names_is_not_asked_for() -> None:
    assert at_hand((RADAR, BOOTH), {"praesenzsensor.takt"}, {"presence"}) == at_hand((), (), ())
