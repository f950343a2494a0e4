"""The panel asks one thing at a time, and only a fitting first answer in time counts."""

from __future__ import annotations

import asyncio

import pytest

from lisa_core.harness.tester.panel import Answer, Asked, Kind, Panel, Reply
from lisa_core.harness.tester.terminal import understood


async def asked(panel: Panel, kind: Kind = Kind.ACT) -> tuple[asyncio.Task[Answer], Asked]:
    task = asyncio.create_task(panel.ask(kind, "Die Tür öffnen."))
    shown = await panel.changed(None)
    assert shown is not None
    return task, shown


def test_first_fitting_answer_counts_and_later_ones_do_not() -> None:
    async def play() -> None:
        panel = Panel(60)
        task, shown = await asked(panel)
        assert not panel.answer(shown.number + 1, Reply.DONE)
        assert not panel.answer(shown.number, Reply.YES)  # no answer to an act
        assert panel.answer(shown.number, Reply.CANNOT, "kein\x1b[2J Schlüssel" + "x" * 999, "Seite")
        assert not panel.answer(shown.number, Reply.DONE)
        answer = await task
        assert (answer.reply, answer.way) == (Reply.CANNOT, "Seite")
        assert answer.reason.startswith("kein [2J Schlüssel")
        assert len(answer.reason) == 200
        assert panel.asked is None
        assert not panel.answer(shown.number, Reply.DONE)

    asyncio.run(play())


def test_nobody_answers_in_time() -> None:
    async def play() -> None:
        panel = Panel(0.01)
        task, _ = await asked(panel)
        answer = await task
        assert (answer.reply, answer.way, panel.asked) == (Reply.LATE, "", None)
        assert str(answer).startswith("Die Tür öffnen.\nkeine Antwort nach 0,0 s")

    asyncio.run(play())


def test_step_that_is_given_up_asks_no_more() -> None:
    async def play() -> None:
        panel = Panel(60)
        task, shown = await asked(panel)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert panel.asked is None
        assert not panel.answer(shown.number, Reply.DONE)

    asyncio.run(play())


@pytest.mark.parametrize(
    ("kind", "line", "reply"),
    [
        (Kind.ACT, "e\n", (Reply.DONE, "")),
        (Kind.ACT, "\n", None),  # pressed absent-mindedly, it proves nothing
        (Kind.ACT, "X Schlüssel fehlt\n", (Reply.CANNOT, "Schlüssel fehlt")),
        (Kind.ACT, "j\n", None),
        (Kind.QUESTION, "\n", None),  # a key pressed too often is no yes
        (Kind.QUESTION, "Ja\n", (Reply.YES, "")),
        (Kind.QUESTION, "n sie flackert\n", (Reply.NO, "sie flackert")),
        (Kind.QUESTION, "x\n", (Reply.CANNOT, "")),
        (Kind.QUESTION, "jein\n", None),
    ],
)
def test_what_is_typed_is_understood_or_asked_again(kind: Kind, line: str, reply: tuple[Reply, str] | None) -> None:
    assert understood(Asked(1, kind, "", 0.0), line) == reply
