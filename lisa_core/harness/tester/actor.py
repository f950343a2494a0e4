"""The citizen's body where some devices are real: a tester does what only a person can, the rest acts in the world."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from lisa_core.domain.model.errors import NotCheckedError
from lisa_core.equipment.slots.actor import Actor
from lisa_core.equipment.slots.catalogue import DEVICE_OF_SLOT, NOTICED_BY, SLOTS
from lisa_core.harness.tester.panel import Answer, Kind, Panel, Reply

_ORDERS: Mapping[str, str] = {
    "enter": "Durch die Tür ins Bürgerbüro gehen; die Tür hinter sich zufallen lassen.",
    "sit": "Auf den Stuhl setzen.",
    "stand": "Vom Stuhl aufstehen.",
    "leave": "Alle Unterlagen nehmen, hinausgehen und die Tür hinter sich zufallen lassen.",
    "open_door": "Die Tür öffnen und offen lassen.",
    "close_door": "Die Tür schließen.",
    "press_call_button": "Die Ruftaste drücken.",
    "speak": "Laut und deutlich sprechen; zuerst antworten, dann noch {seconds:g} s weitersprechen.",
    "show_papers": "Die Unterlage „{document}“ unter die Dokumentenkamera legen.",
    "feed_papers": "Alle Seiten der Unterlage „{document}“ in den Einzug des Scanners legen.",
    "lay_on_glass": "Die erste Seite der Unterlage „{document}“ auf das Glas des Scanners legen.",
    "clear_jam": "Den Papierstau beheben und die übrigen Blätter wieder einlegen.",
    "take_papers": "Alle Unterlagen wieder an sich nehmen.",
    "sign": "Auf dem Unterschriftenpad unterschreiben und den Stift weglegen.",
    "touch": "Auf dem Bildschirm „{label}“ berühren.",
    "companion_enters": "Eine zweite Person kommt mit herein; die Tür fällt zu.",
    "companion_leaves": "Die zweite Person geht wieder hinaus; die Tür fällt zu.",
    "bounce_door": "Die Tür mehrmals kurz anstoßen, ohne hineinzugehen.",
    "set_jam": "Einen Papierstau bei Seite {page} vorbereiten.",
}
"""What the tester is asked to do for an act; the slots that notice it declare so."""

ACTS: Mapping[str, tuple[tuple[str, ...], str]] = {
    **{act: (NOTICED_BY[act], order) for act, order in _ORDERS.items()},
    **{f"silence {DEVICE_OF_SLOT[name]}": ((name,), slot.unplug) for name, slot in SLOTS.items() if slot.unplug},
    **{f"wake {DEVICE_OF_SLOT[name]}": ((name,), slot.replug) for name, slot in SLOTS.items() if slot.unplug},
}
"""Each act: the slots whose devices notice it, and what the tester is asked to do."""


class GuidedActor:
    """Fulfils `equipment.slots.actor.Actor`.

    `real`: the slots with real devices; `label` says what stands on a button of the screen; `keep` gets each answer.
    An act that only real devices notice is the tester's alone; what emulated devices notice as well happens in their
    world once the tester has said that it is done. Raises `NotCheckedError` when it was not done.
    """

    def __init__(
        self,
        inner: Actor,
        real: frozenset[str],
        panel: Panel,
        label: Callable[[str], Awaitable[str]],
        keep: Callable[[Answer], None],
    ) -> None:
        self._inner, self._real, self._panel, self._label, self._keep = inner, real, panel, label, keep

    async def enter(self) -> None:
        await self.guide("enter", self._inner.enter)

    async def sit(self) -> None:
        await self.guide("sit", self._inner.sit)

    async def stand(self) -> None:
        await self.guide("stand", self._inner.stand)

    async def leave(self) -> None:
        await self.guide("leave", self._inner.leave)

    async def open_door(self) -> None:
        await self.guide("open_door", self._inner.open_door)

    async def close_door(self) -> None:
        await self.guide("close_door", self._inner.close_door)

    async def press_call_button(self) -> None:
        await self.guide("press_call_button", self._inner.press_call_button)

    async def speak(self, seconds: float) -> None:
        await self.guide("speak", lambda: self._inner.speak(seconds), seconds=seconds)

    async def show_papers(self, document: str) -> None:
        await self.guide("show_papers", lambda: self._inner.show_papers(document), document=document)

    async def feed_papers(self, document: str) -> None:
        await self.guide("feed_papers", lambda: self._inner.feed_papers(document), document=document)

    async def lay_on_glass(self, document: str) -> None:
        await self.guide("lay_on_glass", lambda: self._inner.lay_on_glass(document), document=document)

    async def clear_jam(self) -> None:
        await self.guide("clear_jam", self._inner.clear_jam)

    async def take_papers(self) -> None:
        await self.guide("take_papers", self._inner.take_papers)

    async def sign(self, recording: str) -> None:
        await self.guide("sign", lambda: self._inner.sign(recording))

    async def touch(self, button: str) -> None:
        label = await self._label(button) if "screen" in self._real else ""
        await self.guide("touch", lambda: self._inner.touch(button), label=label)

    async def guide(self, act: str, inner: Callable[[], Awaitable[object]], **words: object) -> None:
        """Have it done: by the tester where a real device has to notice it, and in the world for the others."""
        slots, text = ACTS[act]
        if self._real.intersection(slots):
            await self.order(text.format(**words))
        if not self._real.issuperset(slots):
            await inner()

    async def order(self, text: str) -> None:
        """Have the tester do this. Raises `NotCheckedError` when it cannot be done, or is not confirmed."""
        answer = await self._ask(Kind.ACT, text)
        if answer.reply is not Reply.DONE:
            raise NotCheckedError(f"Die Aufforderung „{text}“ ist nicht ausgeführt: {_why(answer)}.")

    async def look(self, text: str) -> None:
        """Have the tester look. `AssertionError` when it is not so; `NotCheckedError` when nobody says."""
        answer = await self._ask(Kind.QUESTION, text)
        if answer.reply not in (Reply.YES, Reply.NO):
            raise NotCheckedError(f"Die Frage „{text}“ ist nicht beantwortet: {_why(answer)}.")
        assert answer.reply is Reply.YES, f"Auf die Frage „{text}“ war die Antwort: {_why(answer)}."

    async def _ask(self, kind: Kind, text: str) -> Answer:
        answer = await self._panel.ask(kind, text)
        self._keep(answer)
        return answer


def _why(answer: Answer) -> str:
    return f"{answer.reply.value} ({answer.reason})" if answer.reason else answer.reply.value
