"""The citizen's body where some devices are real: a tester does what only a person can, the rest acts in the world."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

from lisa_core.domain.model.errors import NotCheckedError
from lisa_core.domain.visit.perception import Room
from lisa_core.equipment.slots.actor import Actor
from lisa_core.equipment.slots.catalogue import FAULTS, NOTICED_BY, SLOTS, SLOTS_OF_FAULT
from lisa_core.equipment.slots.declaration import SILENT, Fault
from lisa_core.harness.tester.confirmation import CONFIRMATIONS, FREE_S, WITHIN_S, is_free, is_silent
from lisa_core.harness.tester.panel import Answer, Kind, Panel, Reply

GLANCE_S = 0.05
_ORDERS: Mapping[str, str] = {
    "enter": "Durch die Tür ins Bürgerbüro gehen; die Tür hinter sich zufallen lassen.",
    "sit": "Auf den Stuhl setzen.",
    "stand": "Vom Stuhl aufstehen.",
    "leave": "Alle Unterlagen nehmen, hinausgehen und die Tür hinter sich zufallen lassen.",
    "walk_out": "Alles liegen lassen, hinausgehen und die Tür hinter sich zufallen lassen.",
    "open_door": "Die Tür öffnen und offen lassen.",
    "close_door": "Die Tür schließen.",
    "press_call_button": "Die Ruftaste drücken.",
    "speak": "Laut und deutlich sprechen; zuerst antworten, dann noch {seconds:g} s weitersprechen.",
    "show_papers": "Die Unterlage „{document}“ unter die Dokumentenkamera legen.",
    "feed_papers": "Alle Seiten der Unterlage „{document}“ in den Einzug des Scanners legen.",
    "lay_on_glass": "Die erste Seite der Unterlage „{document}“ auf das Glas des Scanners legen.",
    "lay_card": "{card} auf den Kartenleser legen.",
    "take_cards": "Alle Karten vom Kartenleser nehmen.",
    "clear_jam": "Den Papierstau beheben und die übrigen Blätter wieder einlegen.",
    "take_papers": "Alle Unterlagen wieder an sich nehmen.",
    "sign": "Auf dem Unterschriftenpad unterschreiben und den Stift weglegen.",
    "touch": "Auf dem Bildschirm „{label}“ berühren.",
    "companion_enters": "Eine zweite Person kommt mit herein; die Tür fällt zu.",
    "companion_leaves": "Die zweite Person geht wieder hinaus; die Tür fällt zu.",
    "stand_at": "Durch die Tür gehen und {cm} cm vor dem Präsenzsensor stehen bleiben; die Tür fällt zu.",
    "stranger_enters": "Eine zweite Person öffnet die Tür und bleibt darin stehen.",
    "stranger_leaves": "Die zweite Person geht wieder hinaus; die Tür fällt zu.",
    "bounce_door": "Die Tür mehrmals kurz anstoßen, ohne hineinzugehen.",
    "open_both": "Die Tür öffnen und offen lassen; an ihr sitzt ein zweiter Kontakt, gebunden an die Ruftaste.",
    "press_both": "Die Ruftaste kurz drücken; an ihr hängt ein zweiter Kontakt, gebunden an den Türkontakt.",
    "draw_line": "Auf dem Pad am Lineal entlang einen geraden Strich von 50 mm ziehen und den Stift weglegen.",
    "set_jam": "Einen Papierstau bei Seite {page} vorbereiten.",
}
"""What the tester is asked to do for an act; the slots that notice it declare so."""

CARDS: Mapping[str, str] = {
    "ausweis": "Eine Karte mit Chip (Ausweis, Bankkarte)",
    "speicherkarte": "Eine Speicherkarte ohne Programme (Fahrkarte, Schlüssel)",
    "unlesbar": "Etwas, das der Leser bemerkt und nicht lesen kann (zwei Karten aufeinander)",
}
"""How a tester knows the cards of a scenario."""

_OCCUPIED = "Der Präsenzsensor meldet jemanden. Das Bürgerbüro verlassen und die Tür hinter sich zufallen lassen."
_STILL_OCCUPIED = (
    "Der Präsenzsensor meldet weiter jemanden, obwohl niemand mehr im Bürgerbüro sein soll. "
    "So lässt sich nicht prüfen, ob er jemanden bemerkt: Lage und Empfindlichkeit prüfen."
)
_SILENT = "Der Präsenzsensor meldet nichts. Strom, Kabel und Anschluss prüfen und das Bürgerbüro verlassen."
_STILL_SILENT = "Der Präsenzsensor meldet nichts: Ob jemand im Bürgerbüro ist, war nicht zu erfahren."

_MEND = "{} wieder in Ordnung bringen und warten, bis das Gerät bereit ist."


def _failing(fault: Fault) -> tuple[tuple[str, ...], str]:
    """The slots that have this fault, and how a tester brings it about."""
    slots = SLOTS_OF_FAULT[fault.name]
    unplug = next((SLOTS[name].unplug for name in slots if fault.word == SILENT), "")
    return slots, fault.order or unplug


def _healing(fault: Fault) -> tuple[tuple[str, ...], str]:
    """The slots that have this fault, and how a tester ends it."""
    slots = SLOTS_OF_FAULT[fault.name]
    return slots, next(filter(None, (SLOTS[name].replug for name in slots)), _MEND.format(SLOTS[slots[0]].title))


ACTS: Mapping[str, tuple[tuple[str, ...], str]] = {
    **{act: (NOTICED_BY[act], order) for act, order in _ORDERS.items()},
    **{f"fail {name}": _failing(fault) for name, fault in FAULTS.items()},
    **{f"heal {name}": _healing(fault) for name, fault in FAULTS.items()},
    **{f"mend {name}": ((name,), slot.replug or _MEND.format(slot.title)) for name, slot in SLOTS.items()},
}
"""Each act: the slots whose devices notice it, and what the tester is asked to do; "" where she cannot do it."""


class GuidedActor:
    """Fulfils `equipment.slots.actor.Actor`.

    `real`: the slots with real devices; `label` says what stands on a button of the screen; `keep` gets each answer.
    An act that only real devices notice is the tester's alone; what emulated devices notice as well happens in their
    world once the tester has said that it is done, and `room` shows it where devices report it (`confirmation`).
    `noticed` hears which slots an act concerns, `acted` of each act before it is done. Raises `NotCheckedError` when it
    was not done.
    """

    def __init__(
        self,
        inner: Actor,
        real: frozenset[str],
        panel: Panel,
        label: Callable[[str], Awaitable[str]],
        keep: Callable[[Answer], None],
        room: Callable[[], Room],
        noticed: Callable[..., None],
        acted: Callable[[str], None] = lambda act: None,
    ) -> None:
        self._inner, self._real, self._panel, self._label, self._keep = inner, real, panel, label, keep
        self._room, self._noticed, self._acted = room, noticed, acted

    async def enter(self) -> None:
        await self.guide("enter", self._inner.enter)

    async def sit(self) -> None:
        await self.guide("sit", self._inner.sit)

    async def stand(self) -> None:
        await self.guide("stand", self._inner.stand)

    async def leave(self) -> None:
        await self.guide("leave", self._inner.leave)

    async def walk_out(self) -> None:
        await self.guide("walk_out", self._inner.walk_out)

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

    async def lay_card(self, card: str) -> None:
        title = CARDS.get(card, card)
        await self.guide("lay_card", lambda: self._inner.lay_card(card), card=title)

    async def take_cards(self) -> None:
        await self.guide("take_cards", self._inner.take_cards)

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
        by_hand = self._real.intersection(slots)
        self._noticed(slots)
        self._acted(act)
        if by_hand:
            if not text:
                raise NotCheckedError("Diese Störung lässt sich an einem echten Gerät nicht von Hand herbeiführen.")
            self._noticed(by_hand, tester=True)
            await self.order(text.format(**words), act)
            await self._confirm(act)
        if not self._real.issuperset(slots):
            await inner()

    async def order(self, text: str, act: str = "") -> None:
        """Have the tester do this, which is this act. Raises `NotCheckedError` when it is not done or confirmed."""
        answer = await self._ask(Kind.ACT, text, act=act)
        if answer.reply is not Reply.DONE:
            raise NotCheckedError(f"Die Aufforderung „{text}“ ist nicht ausgeführt: {_why(answer)}.")

    async def number(self, text: str) -> str:
        """Have something measured; what she says: the number and the name of a photograph. `NotCheckedError`."""
        answer = await self._ask(Kind.NUMBER, text)
        if answer.reply is not Reply.MEASURED:
            raise NotCheckedError(f"Nicht gemessen: „{text}“ {_why(answer)}.")
        return answer.reason

    async def reads(self, text: str, stands: str) -> None:
        """Have the tester read off what only who looks can know. `AssertionError` when it cannot be read.

        `NotCheckedError` when nobody says, or what she says does not stand there: then nobody has looked.
        """
        answer = await self._ask(Kind.READING, text)
        if answer.reply is Reply.NO:
            raise AssertionError(f"Nicht zu lesen: „{text}“")
        if answer.reply is not Reply.READ:
            raise NotCheckedError(f"Nicht abgelesen: „{text}“ {_why(answer)}.")
        if answer.reason.strip() != stands:
            raise NotCheckedError(f"Auf „{text}“ war die Antwort „{answer.reason}“. Das steht nicht da: Hinsehen.")

    async def look(self, text: str, pictures: Sequence[bytes] = (), instead: Callable[[], str] = lambda: "") -> None:
        """Have the tester look, at `pictures` (JPEG) on her page. `NotCheckedError` when nobody says.

        `AssertionError` when it is not so, with what `instead` says of the reason by then.
        """
        answer = await self._answered(text, pictures)
        if answer.reply is not Reply.YES:
            reason = f" Gemeldet ist: „{why}“" if (why := instead()) else ""
            raise AssertionError(f"Auf die Frage „{text}“ war die Antwort: {_why(answer)}.{reason}")

    async def free(self) -> None:
        """Nobody is in the booth, as the radar says; else the tester is asked to leave. Raises `NotCheckedError`."""
        if await self._becomes(is_free, 0.0 if self._room().present else WITHIN_S):
            return
        silent = is_silent(self._room())
        await self.order(_SILENT if silent else _OCCUPIED, "leave")
        if not await self._becomes(is_free, FREE_S):
            raise NotCheckedError(_STILL_SILENT if is_silent(self._room()) else _STILL_OCCUPIED)

    async def _confirm(self, act: str) -> None:
        """What was done shows in what devices report, or the tester says in so many words that it was done."""
        expected = CONFIRMATIONS.get(act)
        if expected is None or expected.slot not in self._real or await self._becomes(expected.shows, WITHIN_S):
            return
        answer = await self._answered(expected.question)
        if answer.reply is not Reply.YES:
            raise NotCheckedError(f"Die Aufforderung ist nicht ausgeführt: {expected.question} {_why(answer)}.")

    async def _becomes(self, shows: Callable[[Room], bool], within_s: float) -> bool:
        """Whether the room is so, or becomes so in this time."""
        loop = asyncio.get_running_loop()
        until_s = loop.time() + within_s
        while not (found := shows(self._room())) and loop.time() < until_s:
            await asyncio.sleep(GLANCE_S)
        return found

    async def _answered(self, text: str, pictures: Sequence[bytes] = ()) -> Answer:
        answer = await self._ask(Kind.QUESTION, text, pictures)
        if answer.reply not in (Reply.YES, Reply.NO):
            raise NotCheckedError(f"Die Frage „{text}“ ist nicht beantwortet: {_why(answer)}.")
        return answer

    async def _ask(self, kind: Kind, text: str, pictures: Sequence[bytes] = (), act: str = "") -> Answer:
        answer = await self._panel.ask(kind, text, pictures, act)
        self._keep(answer)
        return answer


def _why(answer: Answer) -> str:
    return f"{answer.reply.value} ({answer.reason})" if answer.reason else answer.reply.value
