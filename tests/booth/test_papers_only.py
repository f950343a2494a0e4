"""Papers handed in without an application, and copies that nobody keeps, in a whole house. In virtual time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

import pytest

from lisa_core.booth.journal import names
from lisa_core.booth.screen import texts
from lisa_core.desk.client import DeskClient
from lisa_core.domain.model.case import PaperState
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.ids import FormId, OfficeId, ServiceId
from lisa_core.domain.model.screen import ScreenScene
from lisa_core.papers.seal import verify
from tests.booth.test_handing_in import ENDED, OWED, TOLD_S, Office, booth_log, noted
from tests.booth.test_visits import CARE, FRONT, Stage, play
from tests.store.killing import passes

CAME_IN = "unterlagen.eingegangen"
REFERENCE = "PF 0815/26"
SERVICE = ServiceId("pflegeberatung")


def with_a_scan(scenario: Callable[[Stage, DeskClient, Office], Awaitable[None]]) -> None:
    """Three pages of hers are scanned, at the front desk."""

    async def run(house: Stage) -> None:
        async with AsyncExitStack() as desks:
            on = Stage(house.rig, desks)
            front, actor = await on.desk(FRONT), on.rig.opened.actor
            await actor.enter()
            await on.answer(front)
            await actor.feed_papers("mietvertrag")
            front.scan("Bescheid")
            await front.until(lambda d: is_(d, PaperState.CAPTURED), "eingescannt", 60)
            await scenario(on, front, Office(on))

    play(run)


def is_(desk: DeskClient, state: PaperState) -> bool:
    return bool(desk.case.papers) and desk.case.papers[-1].state is state


async def declared(on: Stage, desk: DeskClient) -> None:
    desk.declare_papers(SERVICE, REFERENCE)
    await on.rig.screen.until(lambda screen: screen.view.declaration, "was eingereicht wird")


async def handed_in(on: Stage, desk: DeskClient) -> None:
    await declared(on, desk)
    await on.rig.opened.actor.touch("erklaerung")
    await on.rig.screen.until(lambda screen: not screen.view.declaration, "eingereicht")


def sheets(on: Stage, name: str) -> int:
    assert on.rig.opened.room is not None
    return sum(sheet.startswith(name) for sheet in on.rig.opened.room()["tray"])


def test_from_paper_to_receipt() -> None:
    async def scenario(on: Stage, front: DeskClient, office: Office) -> None:
        await declared(on, front)
        view = on.rig.screen.view
        belongs = ["Pflegestützpunkt Uckermark", "Pflege- und Sozialberatung", REFERENCE]
        assert [row.value for row in view.rows] == belongs
        assert [(row.title, row.pages) for row in view.papers] == [("Bescheid", 3)]
        assert [button.label for button in view.buttons if button.id.startswith("erklaerung")] == [texts.HAND_IN]
        await on.rig.opened.actor.touch("erklaerung")
        receipt = await on.rig.screen.until(lambda screen: screen.view.receipt, "die Eingangsbestätigung")
        assert office.numbers == [receipt.number]
        assert "Pflegestützpunkt Uckermark. Eingereicht: Bescheid (3 Seiten)." in receipt.text
        await front.until(lambda d: any(n.code == "papers.printed" for n in d.notices), "liegt im Drucker")
        sealed = verify(on.rig.exchange.inbox.packages()[receipt.number], on.rig.seal_key)
        assert (sealed.papers_only, sealed.office, sealed.reference) == (True, CARE, REFERENCE)
        await noted(on, names.COPY_HANDED_OUT)
        assert (sheets(on, "Eingangsbestätigung"), sheets(on, "Kopie")) == (1, 0)
        front.hang_up()
        await on.shows(ScreenScene.FAREWELL)
        await on.rig.opened.actor.leave()
        assert await on.outcome() == "unterlagen_eingereicht"
        await passes(TOLD_S)
        assert office.log(CAME_IN, ENDED, OWED) == [(CAME_IN, receipt.number), (ENDED, "unterlagen_eingereicht")]
        told = [name for name, _ in booth_log(on) if name.startswith(("unterlagen.", "antrag."))]
        assert told == ["unterlagen.vorgelegt", "unterlagen.abgegeben", "unterlagen.eingereicht"]
        logs = [*on.rig.booth.journal(), *on.rig.exchange._record._journal.read()]
        assert not any(REFERENCE in str(entry) for entry in logs)

    with_a_scan(scenario)


def test_the_agent_hangs_up_while_it_is_on_its_way() -> None:
    async def scenario(on: Stage, front: DeskClient, office: Office) -> None:
        await declared(on, front)
        await on.rig.opened.actor.touch("erklaerung")
        await on.rig.screen.until(lambda screen: screen.view.hint == texts.HANDING_IN_PAPERS, "unterwegs")
        front.hang_up()
        await on.shows(ScreenScene.DELIVERING)
        assert on.rig.screen.view.title == texts.PAPERS_DELIVERING_TITLE
        await on.shows(ScreenScene.FAREWELL)
        assert on.rig.screen.view.receipt is not None
        await noted(on, names.COPY_HANDED_OUT)
        await on.rig.opened.actor.leave()
        assert await on.outcome() == "unterlagen_eingereicht"

    with_a_scan(scenario)


def test_the_receipt_is_lost_with_the_line_and_she_goes() -> None:
    async def scenario(on: Stage, front: DeskClient, office: Office) -> None:
        office.breaks_off_once_it_is_stored()
        await handed_in(on, front)
        front.hang_up()
        await on.shows(ScreenScene.FAREWELL)
        assert texts.PAPERS_UNCONFIRMED in on.rig.screen.view.notice
        await on.rig.opened.actor.leave()
        assert await on.outcome() == "antrag_unbestaetigt"
        on.rig.line.mend()
        await noted(on, names.VISIT_CORRECTED)
        assert (names.VISIT_CORRECTED, "unterlagen_eingereicht") in booth_log(on)
        assert office.log(ENDED) == [(ENDED, "unterlagen_eingereicht")]
        assert office.by_post == office.numbers
        assert [owed.number for owed in front.owed] == office.numbers

    with_a_scan(scenario)


def test_what_did_not_arrive_is_told_and_her_second_touch_hands_it_in_once() -> None:
    async def scenario(on: Stage, front: DeskClient, office: Office) -> None:
        office.breaks_off_once_it_is_stored()
        await handed_in(on, front)
        again = await on.rig.screen.until(
            lambda s: [one for one in s.view.buttons if one.label == texts.HAND_IN_AGAIN], "noch einmal", 60
        )
        assert on.rig.screen.view.notice == texts.PAPERS_NOT_YET_CONFIRMED
        on.rig.exchange.inbox.store = type(on.rig.exchange.inbox).store.__get__(on.rig.exchange.inbox)
        on.rig.line.mend()
        await on.rig.opened.actor.touch(again[0].id)
        receipt = await on.rig.screen.until(lambda screen: screen.view.receipt, "die Nummer", 60)
        assert office.numbers == [receipt.number]

    with_a_scan(scenario)


def test_another_office_sends_only_what_it_sees() -> None:
    async def scenario(on: Stage, front: DeskClient, office: Office) -> None:
        care = await on.desk(CARE)
        front.forward(OfficeId(CARE), SERVICE)
        await on.answer(care)
        care.declare_papers(SERVICE)
        await care.until(lambda d: any(n.code == "papers.hidden" for n in d.notices), "nicht zu sehen")
        await on.rig.opened.actor.touch("zeigen")
        await care.until(lambda d: d.case.papers, "gezeigt")
        await handed_in(on, care)
        await on.rig.screen.until(lambda screen: screen.view.receipt, "die Nummer")

    with_a_scan(scenario)


def test_another_office_is_told_why_it_can_begin_nothing() -> None:
    async def scenario(on: Stage, front: DeskClient, office: Office) -> None:
        await declared(on, front)
        care = await on.desk(CARE)
        front.forward(OfficeId(CARE), SERVICE)
        await on.answer(care)

        async def begins_nothing(why: str) -> None:
            for begin in (lambda: care.open_form(FormId("pflegeberatung")), care.declare_papers):
                care.notices.clear()
                begin()
                await care.until(lambda d: any(n.code == why for n in d.notices), why)
                assert (care.case.form, care.case.notice) == (None, "")

        await begins_nothing("form.hidden")
        await on.rig.opened.actor.touch("erklaerung")
        await on.rig.screen.until(lambda screen: screen.view.receipt, "die Nummer")
        await begins_nothing("form.handed_in")

    with_a_scan(scenario)


def test_a_copy_leaves_nothing_but_the_paper() -> None:
    async def scenario(on: Stage, front: DeskClient, office: Office) -> None:
        pages = front.case.papers[0].pages
        front.copy_paper(front.case.papers[0].id)
        await on.rig.screen.until(lambda screen: screen.view.hint == texts.PAPER_COPYING, "wird gedruckt")
        await front.until(lambda d: is_(d, PaperState.COPIED), "kopiert")
        await on.rig.screen.until(lambda screen: screen.view.hint == texts.COPY_LIES, "liegt im Drucker")
        assert sheets(on, "Kopie ") == 1
        vault = on.rig.booth._file.work._open().vault
        for page in pages:
            with pytest.raises(Exception, match="gibt es nicht"):
                vault.get(page.blob)
        assert not front.previews
        front.hang_up()
        await on.shows(ScreenScene.FAREWELL)
        await on.rig.opened.actor.leave()
        assert await on.outcome() == "kopie_ausgehaendigt"
        assert not office.numbers

    with_a_scan(scenario)


def test_nothing_is_copied_into_an_empty_booth() -> None:
    async def scenario(on: Stage, front: DeskClient, office: Office) -> None:
        await on.rig.opened.actor.leave()
        await on.shows(ScreenScene.WELCOME)
        front.copy_paper(front.case.papers[0].id)
        await front.until(lambda d: any(n.code == "copy.nobody" for n in d.notices), "niemand da")
        await passes(2)
        assert is_(front, PaperState.CAPTURED)
        assert sheets(on, "Kopie") == 0

    with_a_scan(scenario)


def test_a_printer_out_of_paper_is_told_to_both_and_the_next_try_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario(on: Stage, front: DeskClient, office: Office) -> None:
        printer = on.rig.booth._kit.slots.printer
        prints = printer.hand_out

        async def empty(document: bytes, title: str) -> None:
            raise DeviceFault("printer.paper", "kein Papier", retryable=True)

        monkeypatch.setattr(printer, "hand_out", empty)
        front.copy_paper(front.case.papers[0].id)
        await front.until(lambda d: "kein Papier mehr" in d.case.notice, "kein Papier")
        assert is_(front, PaperState.CAPTURED)
        await on.rig.screen.until(lambda screen: "kein Papier mehr" in screen.view.notice, "kein Papier")
        monkeypatch.setattr(printer, "hand_out", prints)
        front.copy_paper(front.case.papers[0].id)
        await front.until(lambda d: is_(d, PaperState.COPIED), "kopiert")
        assert sheets(on, "Kopie ") == 1

    with_a_scan(scenario)
