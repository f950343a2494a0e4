"""An application whose receipt is out when the talk ends, goes on to another office, or is cut off. In virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

from lisa_core.booth.journal import names
from lisa_core.booth.screen import texts
from lisa_core.desk.client import DeskClient, open_desk
from lisa_core.domain.model.case import FormStage
from lisa_core.domain.model.ids import OfficeId, ServiceId, VisitId
from lisa_core.domain.model.screen import ScreenScene
from lisa_core.store.inbox import NO_VISIT, InboxEntry
from lisa_core.wire import messages as m
from tests.booth.test_visits import CARE, FRONT, HOUSING, Stage, play, signed
from tests.store.killing import passes


@dataclass
class Office:
    """The office's inbox, watched: what it holds, and an act for the moment in which something is stored."""

    stage: Stage
    cuts: list[asyncio.Future[None]] = field(default_factory=list)

    def breaks_off_once_it_is_stored(self) -> None:
        """The line is cut before the receipt has left."""
        store = self.stage.rig.exchange.inbox.store

        def stored(entry: InboxEntry, package: bytes, visit: VisitId = NO_VISIT) -> InboxEntry:
            received = store(entry, package, visit)
            self.cuts.append(asyncio.ensure_future(self.stage.rig.line.cut()))
            return received

        self.stage.rig.exchange.inbox.store = stored

    def breaks_off_before_anything_is_sent(self) -> None:
        uplink = self.stage.rig.booth._kit.uplink
        send = uplink.send

        def sent(body: object, *call: Any) -> bool:
            if isinstance(body, m.SubmissionPart) and not self.cuts:
                uplink._outbox = None
                self.cuts.append(asyncio.ensure_future(self.stage.rig.line.cut()))
            return send(body, *call)

        uplink.send = sent

    @property
    def numbers(self) -> list[str]:
        return list(self.stage.rig.exchange.inbox.packages())

    @property
    def by_post(self) -> list[str]:
        return [entry.number for entry in self.stage.rig.exchange.inbox.owed()]

    def log(self, *wanted: str) -> list[tuple[str, str]]:
        """The entries of these names in the log of the exchange, with their detail."""
        journal = self.stage.rig.exchange._record._journal
        return [(entry.name, entry.detail) for entry in journal.read() if entry.name in wanted]


def handing_in(scenario: Callable[[Stage, DeskClient, Office], Awaitable[None]]) -> None:
    """She has signed, at the desk of the Pflegestützpunkt; the front desk is free."""

    async def run(house: Stage) -> None:
        async with AsyncExitStack() as desks:
            await begins(Stage(house.rig, desks))

    async def begins(on: Stage) -> None:
        front, care = await on.desk(FRONT), await on.desk(CARE)
        await on.rig.opened.actor.enter()
        await on.answer(front)
        front.choose_service(ServiceId("pflegeberatung"))
        await on.rig.screen.until(lambda screen: screen.view.forms, "das Anliegen")
        front.forward(OfficeId(CARE), ServiceId("pflegeberatung"))
        await on.answer(care)
        await signed(on.rig.opened.actor, on.rig.screen, care)
        await scenario(on, care, Office(on))

    play(run)


def copies(on: Stage) -> int:
    assert on.rig.opened.room is not None
    return sum(sheet.startswith("Kopie") for sheet in on.rig.opened.room()["tray"])


def booth_log(on: Stage) -> list[tuple[str, str]]:
    return [(entry.name, entry.detail) for entry in on.rig.booth.journal()]


async def noted(on: Stage, name: str) -> None:
    await passes(TOLD_S)
    assert name in [entry for entry, _ in booth_log(on)]


TOLD_S = 10
"""Whatever is to be told over a link that is back is told by then; virtual time costs none."""
ENDED, OWED = "besuch.beendet", "beleg.nicht_ausgehaendigt"


def test_the_agent_hangs_up_right_after_handing_in() -> None:
    async def scenario(on: Stage, care: DeskClient, office: Office) -> None:
        care.hand_in()
        care.hang_up()
        await on.shows(ScreenScene.DELIVERING)
        assert texts.DELIVERING in on.rig.screen.view.text
        await on.shows(ScreenScene.FAREWELL)
        receipt = on.rig.screen.view.receipt
        assert receipt is not None
        assert [receipt.number] == office.numbers
        await noted(on, names.COPY_HANDED_OUT)
        assert copies(on) == 1
        await on.rig.opened.actor.leave()
        assert await on.outcome() == "antrag_eingereicht"
        await passes(TOLD_S)
        told = office.log("antrag.eingegangen", ENDED, OWED)
        assert told == [("antrag.eingegangen", receipt.number), (ENDED, "antrag_eingereicht")]
        assert not office.by_post

    handing_in(scenario)


def test_the_receipt_reaches_her_while_she_is_forwarded_and_the_next_agent_hears_of_it() -> None:
    async def scenario(on: Stage, care: DeskClient, office: Office) -> None:
        housing = await on.desk(HOUSING)
        care.hand_in()
        care.forward(OfficeId(HOUSING))
        await housing.until(lambda d: d.offer, "klingelt")
        await on.rig.screen.until(lambda screen: screen.view.receipt, "die Nummer")
        assert on.rig.screen.view.scene is ScreenScene.TRANSFER
        await on.answer(housing)
        assert on.rig.screen.view.receipt is not None
        await noted(on, names.COPY_HANDED_OUT)
        housing.hang_up()
        await on.shows(ScreenScene.FAREWELL)
        await on.rig.opened.actor.leave()
        assert await on.outcome() == "antrag_eingereicht"

    handing_in(scenario)


def test_a_receipt_that_comes_at_the_next_desk_is_told_there_too() -> None:
    async def scenario(on: Stage, care: DeskClient, office: Office) -> None:
        housing = await on.desk(HOUSING)
        office.breaks_off_before_anything_is_sent()
        care.hand_in()
        care.forward(OfficeId(HOUSING))
        await housing.until(lambda d: d.offer, "klingelt")
        await on.rig.screen.until(lambda screen: texts.UNDERWAY in screen.view.hint, "noch unterwegs")
        await passes(1)
        assert office.cuts
        housing.accept()
        on.rig.line.mend()
        await housing.until(lambda d: any(n.code == "application.received" for n in d.notices), "Nachricht", 60)
        await on.rig.screen.until(lambda screen: screen.view.receipt, "die Nummer")
        await housing.until(lambda d: any(n.code == "application.printed" for n in d.notices), "liegt im Drucker")
        assert any(notice.code == "application.underway" for notice in housing.notices)

    handing_in(scenario)


def test_the_receipt_is_lost_with_the_line_and_she_goes() -> None:
    """She is told what is true; the exchange knows better, says so once, and the office sees whom to write to."""

    async def scenario(on: Stage, care: DeskClient, office: Office) -> None:
        office.breaks_off_once_it_is_stored()
        care.hand_in()
        care.hang_up()
        await on.shows(ScreenScene.FAREWELL)
        assert on.rig.screen.view.receipt is None
        assert texts.UNCONFIRMED in on.rig.screen.view.notice
        await on.rig.opened.actor.leave()
        assert await on.outcome() == "antrag_unbestaetigt"
        assert copies(on) == 0
        on.rig.line.mend()
        await noted(on, names.VISIT_CORRECTED)
        assert (names.VISIT_CORRECTED, "antrag_eingereicht") in booth_log(on)
        assert office.log(ENDED) == [(ENDED, "antrag_eingereicht")]
        assert office.log(OWED) == [(OWED, number) for number in office.numbers]
        assert [owed.number for owed in care.owed] == office.numbers
        assert office.by_post == office.numbers

    handing_in(scenario)


def test_whoever_comes_next_learns_what_goes_by_post_when_nobody_was_there() -> None:
    async def scenario(on: Stage, care: DeskClient, office: Office) -> None:
        office.breaks_off_once_it_is_stored()
        care.hand_in()
        care.hang_up()
        await on.shows(ScreenScene.FAREWELL)
        await on.stack.aclose()  # all go home
        await on.rig.opened.actor.leave()
        await on.outcome()
        on.rig.line.mend()
        await noted(on, names.VISIT_CORRECTED)
        front = await on.desk(FRONT)
        await front.until(lambda d: d.owed, "mit der Post")
        assert [owed.number for owed in front.owed] == office.numbers
        later = await on.desk(CARE)
        await passes(TOLD_S)
        assert not later.owed, "told once"

    handing_in(scenario)


async def at_another_tab(on: Stage, session: str) -> DeskClient:
    opening = open_desk(on.rig.agent_of(CARE, 0), on.rig.media, on.rig.dial_desk, session)
    return await on.stack.enter_async_context(opening)


def test_what_goes_by_post_is_told_until_somebody_has_read_it() -> None:
    """Whoever was told has closed her page, or the exchange has begun anew: it is not forgotten with that."""

    async def scenario(on: Stage, care: DeskClient, office: Office) -> None:
        office.breaks_off_once_it_is_stored()
        care.hand_in()
        care.hang_up()
        await on.shows(ScreenScene.FAREWELL)
        await on.rig.opened.actor.leave()
        await on.outcome()
        on.rig.line.mend()
        await care.until(lambda d: d.owed, "mit der Post", 60)
        (number,) = office.numbers
        await on.stack.aclose()  # nobody has read it
        again = await at_another_tab(on, "zwei")
        await again.until(lambda d: d.owed, "noch einmal", 60)
        again.note_copy(number)
        await passes(TOLD_S)
        assert office.log("beleg.gelesen") == [("beleg.gelesen", number)]
        await on.stack.aclose()
        last = await at_another_tab(on, "drei")
        await passes(TOLD_S)
        assert not last.owed

    handing_in(scenario)


def test_she_has_gone_before_the_receipt_comes_and_nothing_is_printed_into_the_empty_booth() -> None:
    async def scenario(on: Stage, care: DeskClient, office: Office) -> None:
        office.breaks_off_once_it_is_stored()
        care.hand_in()
        care.hang_up()
        await on.shows(ScreenScene.DELIVERING)
        await on.rig.opened.actor.leave()
        await on.shows(ScreenScene.WIPING)
        assert isinstance(on.rig.screen.view.title, str)
        on.rig.line.mend()
        assert await on.outcome() == "antrag_eingereicht"
        await passes(TOLD_S)
        assert copies(on) == 0
        assert office.by_post == office.numbers

    handing_in(scenario)


def test_the_copy_waits_for_her_who_is_out_for_a_moment() -> None:
    async def scenario(on: Stage, care: DeskClient, office: Office) -> None:
        await on.rig.opened.actor.leave()
        await on.shows(ScreenScene.WELCOME)
        care.hand_in()
        await care.until(lambda d: any(n.code == "application.received" for n in d.notices), "Nachricht")
        await passes(1)
        assert copies(on) == 0
        await on.rig.opened.actor.enter()
        await on.rig.screen.until(lambda screen: screen.view.receipt, "die Nummer")
        await noted(on, names.COPY_HANDED_OUT)
        assert copies(on) == 1

    handing_in(scenario)


def test_what_was_never_sent_is_not_handed_in_and_she_reads_so() -> None:
    async def scenario(on: Stage, care: DeskClient, office: Office) -> None:
        office.breaks_off_before_anything_is_sent()
        care.hand_in()
        care.hang_up()
        await on.shows(ScreenScene.DELIVERING)
        await on.rig.screen.until(lambda screen: texts.NOT_WAITING_UNLINKED in screen.view.notice, "ohne Verbindung")
        await on.shows(ScreenScene.FAREWELL)
        assert texts.NOT_HANDED_IN in on.rig.screen.view.notice
        on.rig.line.mend()
        await on.rig.opened.actor.leave()
        assert await on.outcome() == "abgebrochen_technik"
        await passes(TOLD_S)
        assert office.log(ENDED, OWED) == [(ENDED, "abgebrochen_technik")]
        assert not office.numbers

    handing_in(scenario)


def test_a_receipt_that_comes_after_the_wait_for_it_was_given_up_counts_in_the_talk() -> None:
    async def scenario(on: Stage, care: DeskClient, office: Office) -> None:
        office.breaks_off_once_it_is_stored()
        care.hand_in()
        await on.rig.screen.until(lambda screen: "nicht bestätigt" in screen.view.notice, "nicht bestätigt", 60)
        on.rig.line.mend()
        await on.rig.screen.until(lambda screen: screen.view.receipt, "die Nummer", 60)
        form = on.rig.booth.case.form
        assert form is not None
        assert form.stage is FormStage.SUBMITTED
        await noted(on, names.COPY_HANDED_OUT)

    handing_in(scenario)


def test_a_printer_that_fails_after_the_talk_is_told_to_her_and_to_the_office() -> None:
    async def scenario(on: Stage, care: DeskClient, office: Office) -> None:
        assert on.rig.opened.disturb is not None
        await on.rig.opened.disturb("silence", device="printer")
        care.hand_in()
        care.hang_up()
        await on.shows(ScreenScene.FAREWELL)
        await on.rig.screen.until(lambda screen: screen.view.hint == texts.COPY_BY_POST, "mit der Post")
        await on.rig.opened.actor.leave()
        assert await on.outcome() == "antrag_eingereicht"
        await passes(TOLD_S)
        assert office.by_post == office.numbers

    handing_in(scenario)
