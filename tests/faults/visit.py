"""One visit from the empty booth to the farewell, phase by phase, with what goes wrong in each of them.

In a phase its faults come, people go on as far as that goes, the faults are mended, and what did not work is done
again: as a citizen and an agent would. It ends well when the application is handed in, everything of it is wiped, and
the booth is free for the next one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial

from lisa_core.desk.client import DeskClient, open_desk
from lisa_core.domain.model.case import PaperState
from lisa_core.domain.model.ids import FormId, OfficeId, ServiceId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.visit import states as s
from lisa_core.harness.rig.rig import Rig
from tests.store.killing import passes

PHASES = ("leer", "herein", "klingelt", "gespraech", "papiere", "antrag", "unterschrift", "abgabe", "abschied")
FRONT, CARE = "lisa-team", "pflegestuetzpunkt"
WITHIN_S = 60.0
PAPER = "Verdienstbescheinigung"
FIELDS = {"name": "Musterfrau", "vorname": "Erika", "anschrift": "Am Beispielsee 3", "pflegegrad": "keiner"}
Faults = Mapping[str, Sequence[str]]
"""By phase what goes wrong in it."""


@dataclass
class Visit:
    """Two agents, and one citizen after the other. `wait_s`: how long people wait before they notice something."""

    rig: Rig
    front: DeskClient
    care: DeskClient
    wait_s: float

    async def __call__(self, faults: Faults) -> None:
        """One visit. Raises `AssertionError` naming the phase in which it got stuck, or what it left behind."""
        before = len(self.rig.booth.outcomes)
        for phase in PHASES:
            try:
                await getattr(self, f"_{phase}")(self._wrong(faults.get(phase, ())))
            except AssertionError as error:
                raise AssertionError(f"{phase} with {faults.get(phase)}: {error}") from error
        await self._ends(before)

    def _wrong(self, names: Sequence[str]) -> Callable[[Callable[[], Awaitable[object]]], Awaitable[None]]:
        """During what is done then, these are wrong."""
        disturb = self.rig.opened.disturb
        assert disturb is not None

        async def during(act: Callable[[], Awaitable[object]]) -> None:
            for name in names:
                await disturb("fail", fault=name)
            await act()
            if names:
                await passes(self.wait_s)
            for name in names:
                await disturb("heal", fault=name)
            if names:
                await passes(self.wait_s)

        return during

    async def _leer(self, during: Callable[..., Awaitable[None]]) -> None:
        await during(partial(passes, 0))

    async def _herein(self, during: Callable[..., Awaitable[None]]) -> None:
        await during(self.rig.opened.actor.enter)
        await self.front.until(lambda d: d.offer, "klingelt", WITHIN_S)

    async def _klingelt(self, during: Callable[..., Awaitable[None]]) -> None:
        async def accepts() -> None:
            self.front.accept()

        await during(accepts)
        await self.front.until(lambda d: d.leg, "im Gespräch", WITHIN_S)

    async def _gespraech(self, during: Callable[..., Awaitable[None]]) -> None:
        await during(partial(self.rig.opened.actor.speak, 0.5))
        await self.front.until(lambda d: d.leg, "im Gespräch", WITHIN_S)
        self.front.forward(OfficeId(CARE), ServiceId("pflegeberatung"))
        await self.care.until(lambda d: d.offer, "klingelt", WITHIN_S)
        self.care.accept()
        await self.care.until(lambda d: d.leg, "im Gespräch", WITHIN_S)

    async def _papiere(self, during: Callable[..., Awaitable[None]]) -> None:
        actor = self.rig.opened.actor

        async def scans() -> None:
            await actor.feed_papers(PAPER.lower())
            self.care.scan(PAPER)

        await during(scans)
        for _ in range(3):
            if await self._comes(_captured):
                break
            await actor.take_papers()
            await scans()
        assert self.care.case.papers[-1].state is PaperState.CAPTURED
        await actor.take_papers()

    async def _antrag(self, during: Callable[..., Awaitable[None]]) -> None:
        async def fills() -> None:
            self.care.open_form(FormId("pflegeberatung"))
            await self.care.until(lambda d: d.form, "der Antrag ist offen", WITHIN_S)
            for field, value in FIELDS.items():
                self.care.set_field(field, value)

        await during(fills)
        for field in FIELDS:
            await self.rig.opened.actor.touch(f"feld:{field}")
            await self.care.until(partial(_confirmed, field), f"{field} ist bestätigt", WITHIN_S)

    async def _unterschrift(self, during: Callable[..., Awaitable[None]]) -> None:
        actor, screen = self.rig.opened.actor, self.rig.screen
        self.care.ask_check()
        await screen.until(lambda s: s.view.declaration, "die Erklärung", WITHIN_S)
        await actor.touch("erklaerung")
        await screen.until(lambda s: not s.view.declaration, "bestätigt", WITHIN_S)

        async def signs() -> None:
            self.care.ask_signature()
            await passes(self.wait_s)
            await actor.sign("musterfrau")

        await during(signs)
        for _ in range(3):
            try:
                await screen.until(lambda s: s.view.signature_svg, "die Unterschrift", 15)
                return
            except AssertionError:
                await signs()
        await screen.until(lambda s: s.view.signature_svg, "die Unterschrift", 15)

    async def _abgabe(self, during: Callable[..., Awaitable[None]]) -> None:
        async def hands_in() -> None:
            self.care.hand_in()

        await during(hands_in)
        await self.rig.screen.until(lambda s: s.view.receipt, "die Nummer", WITHIN_S)

    async def _abschied(self, during: Callable[..., Awaitable[None]]) -> None:
        async def goes() -> None:
            self.care.hang_up()
            await passes(self.wait_s)
            await self.rig.opened.actor.leave()

        await during(goes)

    async def _ends(self, before: int) -> None:
        """It is over, once, nothing of it is left, and the booth is free."""
        booth, room = self.rig.booth, self.rig.opened.room
        await self.rig.screen.until(lambda _: len(booth.outcomes) > before, "zu Ende", 180)
        assert [outcome for _, outcome in booth.outcomes[before:]] == [Outcome.APPLICATION.value]
        await self.rig.screen.until(lambda _: isinstance(booth.state, s.Idle), "frei", WITHIN_S)
        assert room is not None
        assert (booth.erased, booth.pages_kept) == (True, 0)
        for _ in range(100):
            if not (left := [name for name in ("pad_ink", "glass_opaque") if room()[name]]):
                return
            await passes(0.1)
        raise AssertionError(f"left behind: {left}")

    async def _comes(self, so: Callable[[DeskClient], object]) -> bool:
        try:
            await self.care.until(so, "die Unterlage", 15)
        except AssertionError:
            return False
        return True


async def open_visit(stack: AsyncExitStack, rig: Rig, wait_s: float) -> Visit:
    """With both agents ready."""
    desks = []
    for office in (FRONT, CARE):
        agent = rig.agent_of(office)
        desk = await stack.enter_async_context(open_desk(agent, rig.media, rig.dial_desk, agent))
        desk.ready()
        await desk.until(lambda d: d.state == "bereit", "bereit")
        desks.append(desk)
    return Visit(rig, *desks, wait_s)


def _confirmed(field: str, desk: DeskClient) -> bool:
    form = desk.case.form
    return form is not None and any(entry.id == field and entry.confirmed for entry in form.fields)


def _captured(desk: DeskClient) -> bool:
    papers = desk.case.papers
    return bool(papers) and papers[-1].state is PaperState.CAPTURED and not papers[-1].fault
