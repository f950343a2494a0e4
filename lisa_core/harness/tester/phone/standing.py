"""Where the run, the panel and the phone meet: what the phone is told, what it says, what the terminal hears of it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from lisa_core.access.codes import shown_code
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.harness.tester.panel import REPLIES, Answer, Asked, Kind, Panel, Reply
from lisa_core.harness.tester.phone.drawings import drawing_of
from lisa_core.harness.tester.phone.pairing import Pairing, Tried
from lisa_core.harness.tester.phone.person import way_of
from lisa_core.harness.tester.progress import RunProgress
from lisa_core.harness.text.language import say
from lisa_core.harness.text.translation import in_both, said

HOLD_S, GLANCE_S, WATCH_S = 10.0, 0.5, 1.0
"""How long a request is held; how often the run is looked at meanwhile, and whether the phone is still there."""


class PhoneDesk:
    """`tell` shows a line at the terminal; `photos` is where photographs go; `at` is the page's `host:port`, the one
    name under which it answers. Lives in the loop of the panel."""

    def __init__(self, panel: Panel, progress: RunProgress, photos: Path, tell: Callable[[str], None], at: str) -> None:
        self.panel, self.photos, self.at = panel, photos, at
        self.over = asyncio.Event()
        self.pairing = Pairing(_now_s())
        self._progress, self._tell = progress, tell
        self._shown: tuple[int, float] = (0, 0.0)

    def attempt(self, code: str, peer: str) -> Tried:
        """Somebody types a code."""
        tried = self.pairing.attempt(code, peer, _now_s())
        if tried is Tried.PAIRED:
            self._tell(say("    Ein Telefon ist verbunden. Der Code gilt nicht mehr."))
        elif tried is Tried.WRONG and self.pairing.wrong in (1, 10, 100, 1000):
            self._tell(
                say("    Auf der Seite ist {count}-mal ein falscher Code eingegeben worden.", count=self.pairing.wrong)
            )
        return tried

    @contextlib.contextmanager
    def present(self) -> Iterator[None]:
        """Meanwhile the phone is there."""
        if self.pairing.comes(_now_s()):
            self._tell(say("    Das Telefon ist wieder da; der neue Code gilt nicht."))
        try:
            yield
        finally:
            self.pairing.goes(_now_s())

    def release(self) -> None:
        """Another phone may come."""
        code = shown_code(self.pairing.release(_now_s()))
        self._tell(say("    Das Telefon ist abgemeldet. Code für ein anderes: {code}", code=code))

    async def watch(self) -> None:
        """Tell of a phone that is not there any more, for ever."""
        while True:
            await asyncio.sleep(WATCH_S)
            if self.pairing.is_lost(_now_s()):
                code = shown_code(self.pairing.renew(_now_s()))
                what = say("    Das Telefon meldet sich nicht mehr: WLAN und Telefon prüfen; hier geht es weiter.")
                self._tell(f"{what} {say('Code für ein anderes: {code}', code=code)}")

    def wants_photo(self, number: int) -> bool:
        """Whether this is open, and to be measured."""
        asked = self.panel.asked
        return asked is not None and asked.number == number and asked.kind is Kind.NUMBER

    def answer(self, number: int, reply: Reply, reason: str, ends: tuple[str, str]) -> bool:
        """The phone answers; `ends` are the addresses of its end and of ours. False where somebody else was first."""
        phone, (shown, at_s) = self.pairing.phone, self._shown
        if phone is None:
            return False
        after_s = _now_s() - at_s if shown == number else 0.0
        return self.panel.answer(number, reply, reason, way_of(*ends, phone.after_s, after_s))

    async def news(self, seen: str) -> JsonDict:
        """How things stand, as soon as they are not as in `seen`, or after a while."""
        until_s = _now_s() + HOLD_S
        while seen == self._mark() and _now_s() < until_s and not self.over.is_set():
            changed = asyncio.ensure_future(self.panel.changed(self.panel.asked))
            ended = asyncio.ensure_future(self.over.wait())
            await asyncio.wait((changed, ended), timeout=GLANCE_S, return_when=asyncio.FIRST_COMPLETED)
            for one in (changed, ended):
                one.cancel()
        asked = self.panel.asked
        if asked is not None and self._shown[0] != asked.number:
            self._shown = asked.number, _now_s()
        now = self._progress.now
        return {
            "seen": self._mark(),
            "over": self.over.is_set(),
            "asked": _asked(asked) if asked else None,
            "last": _last(self.panel.last) if self.panel.last else None,
            "run": {"scenario": said(now.scenario), "step": in_both(now.step), "done": now.done, "total": now.total},
        }

    def _mark(self) -> str:
        asked, last = self.panel.asked, self.panel.last
        return f"{asked.number if asked else 0}.{last.asked.number if last else 0}.{self._progress.now.turn}"


def _asked(asked: Asked) -> JsonDict:
    return {
        "number": asked.number,
        "kind": asked.kind.value,
        "text": said(asked.text),
        "left_s": round(max(0.0, asked.due_s - _now_s())),
        "replies": [reply.value for reply in REPLIES[asked.kind]],
        "pictures": len(asked.pictures),
        "drawing": drawing_of(asked),
    }


def _last(answer: Answer) -> JsonDict:
    return {"number": answer.asked.number, "reply": answer.reply.value, "way": answer.way}


def _now_s() -> float:
    return asyncio.get_running_loop().time()
