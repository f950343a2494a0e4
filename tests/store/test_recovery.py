"""What comes back after a stop: the router as it was, by snapshot and by replay alike."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lisa_core.domain.model.directory import Rules
from lisa_core.domain.model.ids import AgentId, CallId, VisitId
from lisa_core.domain.model.time import Instant
from lisa_core.domain.routing import events as e
from lisa_core.exchange.journal.names import SNAPSHOT
from lisa_core.exchange.journal.record import ROUTER, Record
from lisa_core.exchange.journal.recovery import recover
from lisa_core.exchange.wording import WordedRouter
from lisa_core.host.clock import Clock
from lisa_core.store.journal import MemoryJournal
from tests.routing.office import BRANDT, BURDEN, CARE, FRONT, HOUSING, RENT, SITES, VOGT, YOUTH, S, directory

LONG = os.environ.get("LISA_LONG") == "1"
DIRECTORY = directory(wrap_up_us=3 * S, overflow_us=12 * S)
RULES = Rules(ring_us=5 * S, transfer_us=20 * S, no_answer_pause_us=30 * S)
MONDAY = datetime.fromisoformat("2026-11-23T10:00+01:00")

agents = st.sampled_from(tuple(DIRECTORY.agents))
sites = st.sampled_from(SITES)
offices = st.sampled_from((FRONT, HOUSING, CARE, YOUTH))
services = st.sampled_from((None, RENT, BURDEN))
calls = st.builds(lambda site, number: CallId(f"{site}/{number}"), sites, st.integers(1, 3))
events = st.one_of(
    st.builds(e.BoothJoined, sites, st.booleans()),
    st.builds(e.BoothLost, sites),
    st.builds(e.BoothBarred, sites),
    st.builds(e.DeskJoined, agents, st.booleans()),
    st.builds(e.DeskJoined, agents),
    st.builds(e.AgentReady, agents),
    st.builds(e.AgentReady, agents),
    st.builds(e.AgentPaused, agents),
    st.builds(e.DeskLost, agents),
    st.builds(lambda call: e.CallPlaced(call.split("/")[0], call, VisitId(call)), calls),
    st.builds(lambda call: e.CallPlaced(call.split("/")[0], call, VisitId(call)), calls),
    st.builds(e.CallCancelled, calls),
    st.builds(e.CallAccepted, agents, calls),
    st.builds(e.CallRejected, agents, calls, st.booleans()),
    st.builds(e.CallForwarded, agents, calls, offices, services),
    st.builds(e.ConsultAsked, agents, calls, offices, services),
    st.builds(e.CallHandedOver, agents, calls),
    st.builds(e.CallTakenBack, agents, calls),
    st.builds(e.CallHungUp, agents, calls),
    st.just(e.Due()),
    st.just("answer"),
    st.just("answer"),
    st.just("snapshot"),
)
lives = st.lists(st.tuples(st.integers(0, 8 * S), events), max_size=60)


class Still(Clock):
    """No time passes but that of the events."""

    def instant(self) -> Instant:
        return Instant(0, MONDAY)


class Live:
    """A router whose events are recorded as the exchange does it."""

    def __init__(self, *, snapshots: bool = True) -> None:
        self.journal = MemoryJournal()
        self.router = WordedRouter(DIRECTORY, RULES)
        self.now_us = 0
        self._snapshots = snapshots
        self._record = Record(self.journal, Still(MONDAY), {}, 0)

    def do(self, wait_us: int, event: Any) -> None:
        self.now_us += wait_us
        if event == "snapshot":
            if self._snapshots:
                self._record.snapshot(self.router)
            return
        for one in self._answers() if event == "answer" else [event]:
            self.router.handle(one, self.now_us)
            self._record.event(one, self.now_us)
        self._record.commit()

    def _answers(self) -> list[e.RoutingEvent]:
        """Whoever is rung for answers; so that there are talks in these lives."""
        return [e.CallAccepted(call.agent, call.id) for call in self.router.calls() if call.agent]

    def back(self) -> WordedRouter:
        return recover(self.journal, DIRECTORY, RULES).router


def as_kept(router: WordedRouter) -> Any:
    return json.loads(json.dumps(router.snapshot()))


@settings(max_examples=1500 if LONG else 60)
@given(lives, lives)
def test_snapshot_equals_replay_and_both_go_on_alike(first: list[Any], then: list[Any]) -> None:
    with_snapshots, without = Live(), Live(snapshots=False)
    for item in first:
        with_snapshots.do(*item)
        without.do(*item)
    routers = [without.router, with_snapshots.back(), without.back()]
    assert as_kept(routers[1]) == as_kept(routers[0]) == as_kept(routers[2])
    now_us = without.now_us
    for wait_us, event in then:
        if isinstance(event, str):
            continue
        now_us += wait_us
        said = [router.handle(event, now_us) for router in routers]
        assert said[1] == said[0] == said[2]
        assert len({router.next_due_us() for router in routers}) == 1


def morning() -> Live:
    live = Live()
    for event in (e.DeskJoined(BRANDT), e.AgentReady(BRANDT), e.CallPlaced(SITES[0], CallId("a/1"), VisitId("a"))):
        live.do(S, event)
    live.do(0, "snapshot")
    live.do(S, e.CallPlaced(SITES[1], CallId("b/1"), VisitId("b")))
    return live


def test_a_snapshot_that_was_altered_is_not_believed() -> None:
    live = morning()
    text = live.journal.kept(ROUTER)[ROUTER]
    live.journal.append([], {ROUTER: text.replace('"a/1"', '"x/1"')})
    assert as_kept(live.back()) == as_kept(live.router)


def test_a_snapshot_of_a_log_that_lost_its_end_is_not_believed() -> None:
    live = morning()
    cut = MemoryJournal()
    cut.append(live.journal.read()[:2], live.journal.kept())
    assert not recover(cut, DIRECTORY, RULES).router.calls()


def test_only_what_came_after_the_snapshot_is_replayed() -> None:
    live = morning()
    assert SNAPSHOT in [entry.name for entry in live.journal.read()]
    assert recover(live.journal, DIRECTORY, RULES).replayed == 1


def test_who_is_not_in_the_directory_any_more_is_left_out() -> None:
    live = Live()
    for event in (e.DeskJoined(BRANDT), e.DeskJoined(VOGT), e.AgentReady(VOGT)):
        live.do(S, event)
    rest = {name: agent for name, agent in DIRECTORY.agents.items() if name != VOGT}
    found = recover(live.journal, replace(DIRECTORY, agents=rest), RULES)
    assert (found.replayed, found.skipped) == (1, 2)
    assert found.router.desk(VOGT) is None
    assert "2 passen nicht mehr" in found.told


def test_the_log_holds_ids_and_numbers_only() -> None:
    """Names of agents stand in the directory; nothing of the citizen is known to the router at all."""
    live = morning()
    text = "\n".join(f"{entry.subject} {entry.detail} {entry.data}" for entry in live.journal.read())
    assert "Frau Brandt" not in text
    assert DIRECTORY.agents[AgentId("brandt")].name == "Frau Brandt"


def test_a_log_of_another_version_is_read_as_far_as_it_is_understood() -> None:
    live = morning()
    entry = live.journal.read()[0]
    strange = [
        entry._replace(data='{"us":1,"event":"TeaServed"}'),
        entry._replace(data='{"us":1,"event":"AgentReady"}'),
    ]
    live.journal.append(strange)
    found = recover(live.journal, DIRECTORY, RULES)
    assert found.skipped == 2
    assert as_kept(found.router) == as_kept(live.router)


STRANGE = {
    "generation": "viele",
    "seen/abcd": "null",
    "out/abcd/kein": "x",
    "ended/templin": '{"a": 1}',
    "peer/desk/brandt": '{"line": "abcd", "hello": {"agent": "brandt", "session": 7}}',
    "peer/booth/templin": "[" * 100_000,
    "router": "[]",
}


@pytest.mark.parametrize("key", STRANGE)
def test_what_is_kept_in_the_form_of_another_version_begins_the_links_anew(key: str) -> None:
    live = morning()
    hello = {"line": "abcd", "hello": {"agent": "vogt", "session": "s", "seen": 0}}
    live.journal.append([], {"peer/desk/vogt": json.dumps(hello), "seen/abcd": "3", key: STRANGE[key]})
    found = recover(live.journal, DIRECTORY, RULES)
    assert (found.unread, found.damaged) == ([key], True)
    assert key in found.stale
    assert as_kept(found.router) == as_kept(live.router)
    assert [peer.line == "abcd" for peer in found.peers.values()] == [False]
    assert "1 Angaben dieser Fassung unbekannt" in found.told


STRANGE_EVENTS = ["[]", "7", "{", '{"us":"x","event":"Due"}', '{"us":null,"event":"Due"}', "[" * 100_000]


@pytest.mark.parametrize("data", STRANGE_EVENTS)
def test_an_event_in_the_form_of_another_version_is_left_out(data: str) -> None:
    live = morning()
    live.journal.append([live.journal.read()[0]._replace(data=data)])
    found = recover(live.journal, DIRECTORY, RULES)
    assert found.skipped == 1
    assert as_kept(found.router) == as_kept(live.router)


@pytest.mark.parametrize("due", [False, True])
def test_snapshots_come_by_themselves(due: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lisa_core.exchange.journal.record.SNAPSHOT_EVERY", 3 if due else 2_000)
    record = Record(journal := MemoryJournal(), Still(MONDAY), {}, 0)
    for _ in range(3):
        record.event(e.Due(), 1)
        record.commit()
    assert record.snapshot_due is due
    assert journal.count == 3
