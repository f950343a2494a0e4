"""One end of the link: nothing twice, nothing lost, and nothing acknowledged that a crash could still take away."""

from __future__ import annotations

import json

import pytest

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.domain.model.ids import CallId, LegId, VisitId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.wire import envelope
from lisa_core.wire import messages as m
from lisa_core.wire.envelope import MAX_BYTES, Envelope, LinkEnd, decode, encode


def test_the_envelope_and_the_resending_drawn_at_the_head_of_the_module_are_what_happens() -> None:
    visit = VisitId("templin-1-1")
    assert encode(Envelope(3, 8, CallId(f"{visit}/1"), m.PlaceCall(visit))) in str(envelope.__doc__)
    booth, exchange = LinkEnd(), LinkEnd()
    for number in range(1, 8):
        text = exchange.send(m.Appointments(()))
        if number <= 5:
            booth.receive(text)
    exchange.receive(booth.send(m.PlaceCall(visit)))
    booth.send(m.VisitEnded(visit, Outcome.ADVICE))  # the connection is lost
    assert [decode(text).id for text in exchange.resume(booth.seen)] == [6, 7]
    assert [decode(text).id for text in booth.resume(exchange.seen)] == [2]


def test_what_was_not_acknowledged_is_sent_again_and_taken_once() -> None:
    booth, exchange = LinkEnd(), LinkEnd()
    texts = [booth.send(m.Ready(headset=True)), booth.send(m.Pause())]
    assert exchange.receive(texts[0])
    again = booth.resume(exchange.seen)
    assert [decode(text).body for text in again] == [m.Pause()]
    assert [exchange.receive(text) is not None for text in (*texts, *again)] == [False, True, False]


def test_an_end_that_holds_back_acknowledges_what_is_settled_only() -> None:
    booth, exchange = LinkEnd(), LinkEnd(holds=True)
    for _ in range(3):
        exchange.receive(booth.send(m.Pause()))
    booth.receive(exchange.send(m.Ack()))
    assert booth.unacked == (1, 2, 3)
    exchange.settled = 2
    booth.receive(exchange.send(m.Ack()))
    assert (booth.unacked, booth.acked_up_to) == ((3,), 2)


def test_a_session_is_taken_up_again_with_what_was_sent_before() -> None:
    before = LinkEnd(holds=True)
    texts = [before.send(m.Withdrawn("citizen"), CallId(f"{n}")) for n in range(1, 4)]
    desk = LinkEnd()
    desk.receive(texts[0])
    after = LinkEnd(holds=True, seen=7, last=1000, backlog=list(enumerate(texts, 1)))
    assert (after.seen, after.settled, after.unacked) == (7, 7, (1, 2, 3))
    new = after.send(m.Withdrawn("citizen"), CallId("4"))
    heard = [desk.receive(text) for text in (*after.resume(desk.seen), new)]
    assert [envelope.call for envelope in heard if envelope] == ["2", "3", "4"]
    assert decode(new).id == 1001
    after.acknowledged(1001)
    assert after.unacked == ()


def test_what_is_relayed_twice_is_taken_once_whatever_its_number() -> None:
    booth, first, second = LinkEnd(), LinkEnd(), LinkEnd(last=1000)
    offer = m.MediaOffer(LegId("a/1.1"), "x")
    assert booth.receive(first.send(offer, origin=("ab", 5)))
    assert booth.receive(second.send(offer, origin=("ab", 5))) is None
    assert booth.receive(second.send(offer, origin=("ab", 6)))
    assert booth.receive(second.send(offer, origin=("cd", 5)))
    assert booth.seen == 1003


def test_what_was_meant_for_somebody_who_is_gone_is_withdrawn() -> None:
    booth = LinkEnd()
    for body in (m.Notice("door.open", ""), m.CancelCall("citizen"), m.AskPreview("d")):
        booth.send(body)
    booth.withdraw(("case.", "media."))
    assert [decode(text).body for text in booth.resume(0)] == [m.CancelCall("citizen")]


def test_what_is_held_and_numbered_above_what_was_written_has_not_left() -> None:
    booth = LinkEnd()
    booth.send(m.CancelCall("citizen"))
    booth.send(m.SubmissionWithdrawn("s"))
    assert booth.holds_any(("submission.",), 1)
    assert not booth.holds_any(("submission.",), 2), "it was written to a connection: it may have arrived"
    assert not booth.holds_any(("case.",), 0)
    booth.acknowledged(2)
    assert not booth.holds_any(("submission.",), 0)


@pytest.mark.parametrize("origin", ["ab", ["ab"], ["ab", "5"], [1, 5], {}])
def test_a_strange_origin_is_refused(origin: object) -> None:
    text = json.dumps({"v": 1, "id": 1, "ack": 0, "from": origin, "type": "ack", "call": "", "body": {}})
    with pytest.raises(ProtocolError, match="from is a line and a number"):
        LinkEnd().receive(text)


def test_what_was_said_in_one_call_is_withdrawn_and_the_rest_waits_on() -> None:
    end = LinkEnd()
    end.send(m.Notice("scanner.jam", "über sie"), CallId("a"))
    end.send(m.CallEnded("agent"), CallId("a"))
    end.send(m.Notice("scanner.jam", "über die nächste"), CallId("b"))
    end.withdraw(("case.", "media."), CallId("a"))
    again = [decode(text) for text in end.resume(0)]
    assert [(envelope.id, envelope.call) for envelope in again] == [(2, "a"), (3, "b")]


def test_a_message_counts_in_bytes_in_both_directions() -> None:
    """Two hundred thousand umlauts are four hundred thousand bytes: neither taken nor given out."""
    text = json.dumps(
        {"v": 1, "id": 1, "ack": 0, "type": "case.notice", "call": "", "body": {"code": "", "text": "ü" * 200_000}},
        ensure_ascii=False,
    )
    with pytest.raises(ProtocolError, match=f"more than {MAX_BYTES} bytes"):
        LinkEnd().receive(text)
    end = LinkEnd()
    with pytest.raises(ProtocolError, match=f"larger than {MAX_BYTES} bytes"):
        end.send(m.Notice("", "ü" * 200_000))
    assert (end.last, end.unacked) == (0, ())


@pytest.mark.parametrize(
    "body",
    [
        {"visit": "\ud800", "token": ""},
        {"visit": "v" * 201, "token": ""},
        {"visit": "v", "token": "\0"},
    ],
)
def test_what_could_not_be_kept_or_written_is_refused(body: dict[str, str]) -> None:
    with pytest.raises(ProtocolError):
        decode(json.dumps({"v": 1, "id": 1, "ack": 0, "type": "call.place", "call": "v/1", "body": body}))


def test_nobody_relays_to_the_one_in_the_middle() -> None:
    """What a peer says about where its messages come from neither grows there nor makes it deaf."""
    exchange, booth = LinkEnd(holds=True), LinkEnd()
    offer = m.MediaOffer(LegId("a/1.1"), "x")
    for number in (5, 5, 4):
        assert exchange.receive(booth.send(offer, origin=("ab", number)))


def test_far_ahead_is_refused_and_the_next_one_is_heard() -> None:
    exchange, booth = LinkEnd(holds=True), LinkEnd()
    exchange.receive(booth.send(m.Pause()))
    ahead = json.dumps({"v": 1, "id": 2**53, "ack": 0, "type": "desk.pause", "call": "", "body": {}})
    with pytest.raises(ProtocolError, match="too many are missing"):
        exchange.receive(ahead)
    assert exchange.receive(booth.send(m.Pause()))


def test_of_what_is_only_mentioned_the_newest_is_kept() -> None:
    exchange, desk = LinkEnd(holds=True), LinkEnd()
    exchange.send(m.Withdrawn("citizen"))
    for waiting in range(10_100):
        exchange.send(m.DeskState("bereit", waiting, (), ()), newest=True)
    exchange.send(m.Withdrawn("busy"))
    assert exchange.unacked == (1, 10_101, 10_102)
    heard = [desk.receive(text) for text in exchange.resume(0)]
    assert [envelope.body for envelope in heard if envelope] == [
        m.Withdrawn("citizen"),
        m.DeskState("bereit", 10_099, (), ()),
        m.Withdrawn("busy"),
    ]
    exchange.receive(desk.send(m.Ack()))
    assert (exchange.unacked, exchange.acked_up_to) == ((), 10_102)
