"""The panel: a tester is asked one thing at a time, on every way at once, within a time; the first answer counts."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

REASON_CHARS = 200
PAGE, PHONE = "Seite", "Telefon"
HERE, PROGRAM = "Telefon an diesem Rechner", "Programm"
"""Ways of answers beside the terminal: the page on loopback, that on a phone; and what is nobody in the booth."""
PHOTOS = "fotos"
"""The folder below `--out` where photographs are looked for."""
ASKED = "Aufforderung an die Prüferin"
"""What stands below an answer that is kept as evidence."""


class Kind(Enum):
    """An act is to be done, a question is to be looked at, a number is to be measured or read off."""

    ACT = "handlung"
    QUESTION = "frage"
    NUMBER = "zahl"
    READING = "ablesung"


class Reply(Enum):
    """What became of it. Of `MEASURED` and `READ` the reason says what: number and photograph, or what stands there.
    `CANNOT`: it cannot be done or told here; `LATE`: nobody answered in time."""

    DONE = "erledigt"
    MEASURED = "gemessen"
    READ = "abgelesen"
    YES = "ja"
    NO = "nein"
    CANNOT = "geht nicht"
    LATE = "keine Antwort"


REPLIES: dict[Kind, tuple[Reply, ...]] = {
    Kind.ACT: (Reply.DONE, Reply.CANNOT),
    Kind.QUESTION: (Reply.YES, Reply.NO, Reply.CANNOT),
    Kind.NUMBER: (Reply.MEASURED, Reply.CANNOT),
    Kind.READING: (Reply.READ, Reply.NO, Reply.CANNOT),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """`number` counts from 1 within a run; `due_s` is in the loop's time; `pictures` (JPEG) are to be looked at."""

    number: int
    kind: Kind
    text: str
    due_s: float
    pictures: tuple[bytes, ...] = field(default=(), repr=False)
    act: str = ""
    """Which of `actor.ACTS` is to be done, for a drawing beside the words; "" for any other order."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`way`: "Terminal", "Seite", or "" when nobody answered."""

    asked: Asked
    reply: Reply
    after_s: float
    reason: str = ""
    way: str = ""

    def __str__(self) -> str:
        why = f" ({self.reason})" if self.reason else ""
        place = f", {self.way}" if self.way else ""
        after = f"{self.after_s:.1f}".replace(".", ",")
        return f"{self.asked.text}\n{self.reply.value}{why} nach {after} s{place}"


class Panel:
    """Where testers are asked. `limit_s`: how long they have for each answer."""

    def __init__(self, limit_s: float) -> None:
        self.limit_s = limit_s
        self.asked: Asked | None = None
        self.last: Answer | None = None
        """What came of the question before."""
        self.unanswered: set[str] = set()
        """What nobody has put right when asked: it is not asked again in this run."""
        self._count = 0
        self._answered: asyncio.Future[tuple[Reply, str, str]] | None = None
        self._change = asyncio.Event()

    async def ask(self, kind: Kind, text: str, pictures: Sequence[bytes] = (), act: str = "") -> Answer:
        """Ask, and wait for the answer or the end of the time."""
        loop = asyncio.get_running_loop()
        began_s = loop.time()
        self._count += 1
        self._answered = loop.create_future()
        self._show(asked := Asked(self._count, kind, text, began_s + self.limit_s, tuple(pictures), act))
        try:
            async with asyncio.timeout(self.limit_s):
                reply, reason, way = await self._answered
        except TimeoutError:
            reply, reason, way = Reply.LATE, "", ""
        except asyncio.CancelledError:
            self._answered = None
            self._show(None)
            raise
        self._answered = None
        self.last = answer = Answer(asked, reply, loop.time() - began_s, reason, way)
        self._show(None)
        return answer

    def answer(self, number: int, reply: Reply, reason: str = "", way: str = "") -> bool:
        """Answer the open question; False when this number is not open any more, or has no such answer."""
        asked, answered = self.asked, self._answered
        if asked is None or answered is None or answered.done():
            return False
        if asked.number != number or reply not in REPLIES[asked.kind]:
            return False
        words = "".join(sign if sign.isprintable() else " " for sign in reason)
        answered.set_result((reply, words.strip()[:REASON_CHARS], way))
        return True

    async def changed(self, seen: Asked | None) -> Asked | None:
        """Wait until the open question is another one than `seen`, and return it."""
        while self.asked is seen:
            await self._change.wait()
        return self.asked

    def _show(self, asked: Asked | None) -> None:
        self.asked = asked
        self._change.set()
        self._change = asyncio.Event()
