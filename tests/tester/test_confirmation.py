"""What the tester says is done has to show in what devices report; and nobody walks into a booth that is not free."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from functools import partial
from typing import cast

import pytest

from lisa_core.domain.model.errors import NotCheckedError
from lisa_core.domain.visit.perception import Room
from lisa_core.equipment.slots.actor import Actor
from lisa_core.harness.tester import actor as guided
from lisa_core.harness.tester.actor import GuidedActor
from lisa_core.harness.tester.panel import Answer, Panel, Reply

FREE, INSIDE, SILENT = Room(absent_since_us=1), Room(present=True, present_since_us=1), Room()
LIES = Reply.DONE, Reply.NO
TRUTH = Reply.DONE, Reply.YES


class Stand:
    """A tester who answers by heart, in front of a booth whose radar says what `rooms` say, one after each answer."""

    def __init__(self, replies: tuple[Reply, ...], *rooms: Room) -> None:
        self.asked: list[str] = []
        self._replies, self._rooms = list(replies), list(rooms)
        self._panel = Panel(5)
        self.actor = GuidedActor(
            cast("Actor", None),
            frozenset({"presence", "door", "call_button"}),
            self._panel,
            lambda button: asyncio.sleep(0, button),
            self._kept,
            lambda: self._rooms[0],
            lambda slots, tester=False: None,
        )

    def _kept(self, answer: Answer) -> None:
        self.asked.append(answer.asked.text)
        if len(self._rooms) > 1:
            del self._rooms[0]

    def told_after_asking(self, reason: str) -> str:
        """A reason that comes while she looks."""
        return reason if self.asked else ""

    async def play(self, act: Callable[[], Awaitable[None]]) -> None:
        answering = asyncio.create_task(self._answer())
        try:
            await act()
        finally:
            answering.cancel()

    async def _answer(self) -> None:
        asked = None
        while self._replies:
            if (asked := await self._panel.changed(asked)) is not None:
                self._panel.answer(asked.number, self._replies.pop(0))


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guided, "WITHIN_S", 0.02)
    monkeypatch.setattr(guided, "FREE_S", 0.02)
    monkeypatch.setattr(guided, "GLANCE_S", 0.01)


@pytest.mark.parametrize(
    ("act", "replies", "rooms", "questions", "why"),
    [
        ("enter", (Reply.DONE,), (FREE, INSIDE), 0, ""),
        ("enter", LIES, (FREE, FREE), 1, "nicht ausgeführt"),
        ("enter", TRUTH, (FREE, FREE), 1, ""),  # somebody stands there, and the radar is blind: its own fault
        ("enter", (Reply.DONE, Reply.CANNOT), (FREE, FREE), 1, "nicht beantwortet"),
        ("leave", LIES, (INSIDE, INSIDE), 1, "nicht ausgeführt"),
        ("open_door", LIES, (FREE, FREE), 1, "nicht ausgeführt"),
        ("press_call_button", (Reply.DONE,), (INSIDE, INSIDE), 0, ""),  # no device has to report it
        ("free", (), (FREE,), 0, ""),
        ("free", (Reply.DONE,), (INSIDE, FREE), 0, ""),
        ("free", (Reply.DONE,), (INSIDE, INSIDE), 0, "meldet weiter jemanden"),
        ("free", (Reply.DONE,), (SILENT, SILENT), 0, "meldet nichts"),
        ("free", (Reply.CANNOT,), (INSIDE, FREE), 0, "nicht ausgeführt"),
    ],
)
def test_devices_have_to_report_what_was_done(
    act: str, replies: tuple[Reply, ...], rooms: tuple[Room, ...], questions: int, why: str
) -> None:
    async def play() -> Stand:
        stand = Stand(replies, *rooms)
        work: Callable[[], Awaitable[None]] = partial(stand.actor.guide, act, partial(asyncio.sleep, 0))
        if act == "free":
            work = stand.actor.free
        with pytest.raises(NotCheckedError, match=why) if why else nullcontext():
            await stand.play(work)
        return stand

    stand = asyncio.run(play())
    assert sum("trotzdem" in text for text in stand.asked) == questions


@pytest.mark.parametrize("reason", ["", "Das Papier ist aus."])
def test_what_was_told_meanwhile_stands_behind_her_no(reason: str) -> None:
    async def play() -> None:
        stand = Stand((Reply.NO,), INSIDE)
        told = partial(stand.told_after_asking, reason)
        await stand.play(lambda: stand.actor.look("Liegt die Kopie im Drucker?", instead=told))

    with pytest.raises(AssertionError, match=f"{reason}“$" if reason else "war die Antwort: nein.$"):
        asyncio.run(play())
