"""Answers from the terminal in which the run was started, whatever pytest does with standard input."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable

from lisa_core.harness.tester.panel import Asked, Kind, Panel, Reply

TERMINAL = "/dev/tty"
WAY = "Terminal"
HELP = {
    Kind.ACT: "e: erledigt · x und ein Grund: geht nicht",
    Kind.NUMBER: "m, die Zahl und der Name des Fotos: m 91,5 tuer.jpg · x und ein Grund: geht nicht",
    Kind.READING: "a und was dort steht: a 417 · n: nicht zu lesen · x und ein Grund: geht nicht",
    Kind.QUESTION: "j: ja · n: nein · x und ein Grund: lässt sich nicht sagen",
}
_LETTERS = {
    Kind.ACT: {**dict.fromkeys(("e", "erledigt", "d", "done"), Reply.DONE), "x": Reply.CANNOT},
    Kind.NUMBER: {"m": Reply.MEASURED, "x": Reply.CANNOT},
    Kind.READING: {"a": Reply.READ, "n": Reply.NO, "x": Reply.CANNOT},
    Kind.QUESTION: {
        **dict.fromkeys(("j", "ja", "y", "yes"), Reply.YES),
        **dict.fromkeys(("n", "nein", "no"), Reply.NO),
        "x": Reply.CANNOT,
    },
}
_LINE_BYTES = 1024

Tell = Callable[[str], None]


async def listen_on_terminal(panel: Panel, tell: Tell) -> None:
    """Print what the panel asks, and pass answers on, for ever. Without a terminal nobody can answer."""
    try:
        terminal = os.open(TERMINAL, os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
    except OSError:
        terminal = None
    telling = asyncio.create_task(_tell(panel, tell, answers=terminal is not None))
    try:
        if terminal is not None:
            await _listen(panel, tell, terminal)
        await telling
    finally:
        telling.cancel()
        if terminal is not None:
            asyncio.get_running_loop().remove_reader(terminal)
            os.close(terminal)


def understood(asked: Asked, line: str) -> tuple[Reply, str] | None:
    """What a typed line answers, and the reason that follows; None for what is no answer to this."""
    word, _, reason = line.strip().partition(" ")
    reply = _LETTERS[asked.kind].get(word.lower())
    return None if reply is None else (reply, reason)


async def _tell(panel: Panel, tell: Tell, *, answers: bool) -> None:
    asked, told = None, panel.last
    while True:
        asked = await panel.changed(asked)
        if panel.last is not told and (told := panel.last) and told.way not in ("", WAY):
            tell(f"      {told.reply.value} ({told.way})")
        if asked is not None:
            tell(f"    ▸ {asked.text}")
            if asked.pictures:
                tell("      Die Bilder dazu zeigt die Seite der Prüferin.")
            if answers:
                tell(f"      {HELP[asked.kind]} · {panel.limit_s:g} s")


async def _listen(panel: Panel, tell: Tell, terminal: int) -> None:
    arrived = asyncio.Event()
    asyncio.get_running_loop().add_reader(terminal, arrived.set)
    while True:
        await arrived.wait()
        arrived.clear()
        with contextlib.suppress(BlockingIOError, OSError):  # in the background a read is refused
            if os.tcgetpgrp(terminal) == os.getpgrp():
                _take(panel, tell, os.read(terminal, _LINE_BYTES))


def _take(panel: Panel, tell: Tell, data: bytes) -> None:
    asked = panel.asked
    if asked is None or not data:
        return
    found = understood(asked, data.decode("utf-8", "replace"))
    if found is None:
        tell(f"      Das war nicht zu verstehen. {HELP[asked.kind]}")
    else:
        panel.answer(asked.number, *found, way=WAY)
