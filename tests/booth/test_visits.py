"""Whole visits on the memory booth in virtual time: the rights of the citizen, and what happens when things break."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from emulator.memory import MemoryScanner
from lisa_core.booth.case.case_file import CaseFile
from lisa_core.config.profile import Profile, load_profile
from lisa_core.desk.client import DeskClient, open_desk
from lisa_core.domain.model.directory import Deadlines
from lisa_core.domain.model.ids import CallId, FormId, OfficeId, ServiceId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.model.screen import ScreenScene
from lisa_core.domain.visit import states as s
from lisa_core.equipment.slots.actor import Actor
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.harness.rig.rig import MEMORY, Rig, Wishes, open_rig
from lisa_core.harness.rig.screen_history import WatchedScreen
from lisa_core.wire import envelope
from lisa_core.wire import messages as m
from lisa_core.wire.envelope import NO_CALL, Envelope, decode, encode

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
FRONT, HOUSING, CARE, AOK = "lisa-team", "wohngeldstelle", "pflegestuetzpunkt", "aok-nordost"


@dataclass
class Stage:
    """A rig and whoever sits at a desk."""

    rig: Rig
    stack: AsyncExitStack

    async def desk(self, office: str, number: int = 0) -> DeskClient:
        agent = self.rig.agent_of(office, number)
        desk = await self.stack.enter_async_context(open_desk(agent, self.rig.media, self.rig.dial_desk, agent))
        desk.ready()
        await desk.until(lambda d: d.state in ("bereit", "klingelt"), "bereit")
        return desk

    async def shows(self, scene: ScreenScene, within_s: float = 60.0) -> None:
        await self.rig.screen.until(lambda screen: screen.view.scene is scene, scene.value, within_s)

    async def answer(self, desk: DeskClient) -> None:
        await desk.until(lambda d: d.offer, "klingelt", 60)
        desk.accept()
        await desk.until(lambda d: d.leg, "im Gespräch")
        await self.rig.screen.until(lambda screen: screen.face, "Gesicht")

    async def outcome(self, within_s: float = 120.0) -> str:
        booth = self.rig.booth
        await self.rig.screen.until(lambda _: booth.outcomes, "Ergebnis", within_s)
        ((_, outcome),) = booth.outcomes
        return outcome


@asynccontextmanager
async def stage(civil: datetime = MONDAY, profile: Profile | None = None) -> AsyncIterator[Stage]:
    """The memory booth with the deadlines of a real site."""
    profile = replace(profile or load_profile("emulated"), deadlines=Deadlines())
    async with AsyncExitStack() as stack:
        rig = await stack.enter_async_context(open_rig(profile, Wishes(kind=MEMORY, civil=civil)))
        yield Stage(rig, stack)


def play(
    scenario: Callable[[Stage], Awaitable[None]], civil: datetime = MONDAY, profile: Profile | None = None
) -> None:
    async def run() -> None:
        async with stage(civil, profile) as opened:
            await scenario(opened)

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(run())


def now_s() -> float:
    return asyncio.get_running_loop().time()


def test_a_cleaner_is_left_in_peace_and_no_picture_is_sent() -> None:
    async def scenario(on: Stage) -> None:
        front = await on.desk(FRONT)
        await on.rig.opened.actor.enter()
        await front.until(lambda d: d.offer, "klingelt")
        await on.rig.opened.actor.touch("nicht_noetig")
        await front.until(lambda d: d.withdrawn, "zurückgezogen")
        assert isinstance(on.rig.booth.state, s.Quiet)
        assert front.leg is None
        await on.rig.opened.actor.leave()
        assert await on.outcome() == Outcome.FALSE_ALARM.value

    play(scenario)


def test_an_open_door_mutes_and_blanks_within_200_ms() -> None:
    async def scenario(on: Stage) -> None:
        front, actor = await on.desk(FRONT), on.rig.opened.actor
        await actor.enter()
        await on.answer(front)
        await actor.show_papers("mietvertrag")
        leg = front.leg
        assert leg is not None
        await leg.first_document_frame(5)
        assert on.rig.opened.disturb is not None
        opened_s = now_s()
        await on.rig.opened.disturb("open_door")
        while leg.document_frame() is not None:
            await asyncio.sleep(0)
        assert now_s() - opened_s <= 0.2
        await actor.speak(1.0)
        assert leg.voice_level() == 0
        await on.rig.opened.disturb("close_door")
        await leg.first_document_frame(5)

    play(scenario)


def test_who_comes_back_in_time_keeps_her_place() -> None:
    async def scenario(on: Stage) -> None:
        await on.rig.opened.actor.enter()
        await on.shows(ScreenScene.WAITING)
        await on.rig.opened.actor.leave()
        await on.shows(ScreenScene.WELCOME)
        await on.rig.opened.actor.enter()
        await on.shows(ScreenScene.WAITING)
        assert "Platz 1" in on.rig.screen.view.text
        front = await on.desk(FRONT)
        await on.answer(front)
        assert not on.rig.booth.outcomes

    play(scenario)


def test_ten_seconds_without_the_line_do_not_end_a_talk() -> None:
    async def scenario(on: Stage) -> None:
        front, actor = await on.desk(FRONT), on.rig.opened.actor
        await actor.enter()
        await on.answer(front)
        await on.rig.line.cut()
        await asyncio.wait((asyncio.get_running_loop().create_future(),), timeout=10)
        on.rig.line.mend()
        await front.until(lambda d: d.leg, "Gespräch")
        front.choose_service(ServiceId("mietzuschuss"))
        await on.rig.screen.until(lambda screen: screen.view.forms, "Anträge", 30)
        front.hang_up()
        await on.shows(ScreenScene.FAREWELL)

    play(scenario)


def test_after_too_long_without_the_line_she_is_called_for_again() -> None:
    async def scenario(on: Stage) -> None:
        front, actor = await on.desk(FRONT), on.rig.opened.actor
        await actor.enter()
        await on.answer(front)
        await on.rig.line.cut()
        await front.until(lambda d: d.ended == "booth_lost", "Gespräch verloren", 60)
        on.rig.line.mend()
        await on.answer(front)
        assert not on.rig.booth.outcomes

    play(scenario)


def test_when_the_line_stays_cut_she_is_told_and_keeps_her_place() -> None:
    async def scenario(on: Stage) -> None:
        await on.rig.opened.actor.enter()
        await on.shows(ScreenScene.WAITING)
        await on.rig.line.cut()
        await on.rig.screen.until(lambda screen: screen.view.title == "Die Verbindung ist unterbrochen", "Störung", 120)
        on.rig.line.mend()
        front = await on.desk(FRONT)
        await on.answer(front)

    play(scenario)


def test_what_was_on_its_way_when_she_left_is_called_back_with_everything_else_of_hers() -> None:
    async def scenario(on: Stage) -> None:
        rig, actor = on.rig, on.rig.opened.actor
        front, care = await on.desk(FRONT), await on.desk(CARE)
        await actor.enter()
        await on.answer(front)
        front.forward(OfficeId(CARE), ServiceId("pflegeberatung"))
        await on.answer(care)
        await signed(actor, rig.screen, care)
        uplink = rig.booth._kit.uplink
        send = uplink.send

        def breaks_off(body: object, call: CallId = NO_CALL) -> bool:
            if isinstance(body, m.SubmissionPart):
                uplink._outbox = None
                cuts.append(asyncio.ensure_future(rig.line.cut()))
            return send(body, call)

        cuts: list[asyncio.Future[None]] = []
        uplink.send = breaks_off
        care.hand_in()
        await rig.screen.until(lambda _: cuts, "der Antrag ist unterwegs")
        await actor.leave()
        assert await on.outcome() == "abgebrochen_technik"
        rig.line.mend()
        await care.until(lambda d: d.ended, "zu Ende", 60)
        await actor.enter()
        await on.answer(front)
        assert rig.exchange.inbox.packages() == {}
        assert not any(isinstance(decode(text).body, m.SubmissionPart) for text in uplink._link.resume(0))

    play(scenario)


async def signed(actor: Actor, screen: WatchedScreen, desk: DeskClient) -> None:
    """The shortest form, filled in together, checked and signed."""
    desk.open_form(FormId("pflegeberatung"))
    await desk.until(lambda d: d.form, "der Antrag ist offen")
    for field in ("name", "vorname", "anschrift", "pflegegrad"):
        desk.set_field(field, "keiner" if field == "pflegegrad" else "Musterfrau")
        await actor.touch(f"feld:{field}")
        await desk.until(partial(confirmed, field), f"{field} ist bestätigt")
    await checked(actor, screen, desk)
    desk.ask_signature()
    await screen.until(lambda s: s.view.signing, "die Bitte zu unterschreiben")
    await actor.sign("musterfrau")
    await screen.until(lambda s: s.view.signature_svg, "die Unterschrift", 30)


async def checked(actor: Actor, screen: WatchedScreen, desk: DeskClient) -> None:
    """All is filled in: she checks it."""
    desk.ask_check()
    await screen.until(lambda s: s.view.declaration, "die Erklärung")
    await actor.touch("erklaerung")
    await screen.until(lambda s: not s.view.declaration, "bestätigt")


def confirmed(field: str, desk: DeskClient) -> bool:
    form = desk.case.form
    return form is not None and any(entry.id == field and entry.confirmed for entry in form.fields)


def test_a_silent_radar_is_told_to_the_agent_and_ends_nothing() -> None:
    async def scenario(on: Stage) -> None:
        front, actor = await on.desk(FRONT), on.rig.opened.actor
        await actor.enter()
        await on.answer(front)
        assert on.rig.opened.disturb is not None
        await on.rig.opened.disturb("silence", device="presence")
        await front.until(lambda d: any(n.code == "device.gone.presence" for n in d.notices), "Nachricht", 30)
        await on.rig.opened.disturb("wake", device="presence")
        await front.until(lambda d: any(n.code == "device.back.presence" for n in d.notices), "Nachricht", 30)
        assert front.leg is not None
        await actor.leave()
        assert await on.outcome() == Outcome.ADVICE.value

    play(scenario)


def test_the_call_button_brings_the_front_desk_back_during_a_transfer() -> None:
    async def scenario(on: Stage) -> None:
        front, care, actor = await on.desk(FRONT), await on.desk(CARE), on.rig.opened.actor
        await actor.enter()
        await on.answer(front)
        front.forward(OfficeId(CARE))
        await care.until(lambda d: d.offer, "klingelt")
        await actor.press_call_button()
        await on.answer(front)
        assert care.offer is None

    play(scenario)


def test_papers_of_one_office_show_at_the_next_only_after_her_consent_and_never_at_another_tenant() -> None:
    async def scenario(on: Stage) -> None:
        front, housing, aok = await on.desk(FRONT), await on.desk(HOUSING), await on.desk(AOK)
        actor = on.rig.opened.actor
        await actor.enter()
        await on.answer(front)
        await actor.feed_papers("verdienstbescheinigung")
        front.scan("Verdienstbescheinigung")
        await front.until(lambda d: d.previews, "Vorschau", 30)
        front.forward(OfficeId(HOUSING))
        await on.answer(housing)
        await housing.until(lambda d: d.case.revision, "Vorgang")
        assert not housing.case.papers
        assert not housing.previews
        await actor.touch("zeigen")
        await housing.until(lambda d: d.case.papers and d.previews, "Unterlage nach Zustimmung")
        housing.forward(OfficeId(AOK))
        await on.answer(aok)
        await aok.until(lambda d: d.case.revision, "Vorgang")
        assert not aok.case.papers
        assert not any(button.id == "zeigen" for button in on.rig.screen.view.buttons)

    play(scenario)


def test_a_form_begun_while_she_was_out_for_a_moment_stays_with_its_tenant() -> None:
    async def scenario(on: Stage) -> None:
        front, aok, actor = await on.desk(FRONT), await on.desk(AOK), on.rig.opened.actor
        await actor.enter()
        await on.answer(front)
        await actor.leave()
        await on.shows(ScreenScene.WELCOME)
        front.open_form(FormId("wohngeld_mietzuschuss"))
        await front.until(lambda d: d.case.form, "Antrag")
        await actor.enter()
        await on.shows(ScreenScene.TALK)
        front.forward(OfficeId(AOK))
        await on.answer(aok)
        await aok.until(lambda d: d.case.revision, "Vorgang")
        assert aok.case.form is None

    play(scenario)


def test_who_answers_is_told_of_devices_that_were_gone_before_or_go_while_she_is_out() -> None:
    async def scenario(on: Stage) -> None:
        actor = on.rig.opened.actor
        assert on.rig.opened.disturb is not None
        await on.rig.opened.disturb("silence", device="door")
        await actor.enter()
        await on.shows(ScreenScene.WAITING)
        await actor.leave()
        await on.shows(ScreenScene.WELCOME)
        await actor.enter()
        await on.shows(ScreenScene.WAITING)
        assert "door" in on.rig.booth.room.gone
        front = await on.desk(FRONT)
        await on.answer(front)
        await front.until(lambda d: any(n.code == "device.gone.door" for n in d.notices), "Nachricht")
        await actor.leave()
        await on.shows(ScreenScene.WELCOME)
        await on.rig.opened.disturb("wake", device="door")
        await front.until(lambda d: any(n.code == "device.back.door" for n in d.notices), "Nachricht")

    play(scenario)


def test_what_lay_in_the_scanner_is_told_also_when_the_scanner_answers_after_the_agent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    check, answers, asked = MemoryScanner.check, asyncio.Event(), asyncio.Semaphore(0)

    async def slow(self: MemoryScanner) -> bool:
        await answers.wait()
        asked.release()
        return await check(self)

    monkeypatch.setattr(MemoryScanner, "check", slow)

    async def scenario(on: Stage) -> None:
        front, actor = await on.desk(FRONT), on.rig.opened.actor
        await actor.feed_papers("mietvertrag")
        await actor.enter()
        await on.answer(front)
        assert asked.locked(), "it has answered already"
        answers.set()
        await front.until(lambda d: any(n.code == "feeder.loaded" for n in d.notices), "Nachricht")
        async with asyncio.timeout(60):
            for _ in range(4):
                await asked.acquire()
        assert sum(n.code == "feeder.loaded" for n in front.notices) == 1

    play(scenario)


def test_she_may_switch_her_camera_off_and_discard_a_paper() -> None:
    async def scenario(on: Stage) -> None:
        front, actor = await on.desk(FRONT), on.rig.opened.actor
        await actor.enter()
        await on.answer(front)
        leg = front.leg
        assert leg is not None
        frame = await leg.first_citizen_frame(5)
        await actor.touch("kamera")
        await front.until(lambda d: any(n.code == "camera.off" for n in d.notices), "Nachricht")
        hidden = leg.citizen_frame()
        assert hidden is None or hidden.width < frame.width
        await actor.feed_papers("verdienstbescheinigung")
        front.scan("Verdienstbescheinigung")
        await front.until(lambda d: d.previews, "Vorschau", 30)
        await actor.touch("verwerfen")
        await actor.touch("vernichten")
        await front.until(lambda d: not d.case.papers or d.case.papers[0].state.value == "verworfen", "verworfen")

    play(scenario)


def test_an_open_door_takes_her_papers_and_answers_off_her_own_screen() -> None:
    async def scenario(on: Stage) -> None:
        front, actor = await on.desk(FRONT), on.rig.opened.actor
        await actor.enter()
        await on.answer(front)
        await actor.feed_papers("verdienstbescheinigung")
        front.scan("Verdienstbescheinigung")
        await on.rig.screen.until(lambda screen: screen.view.papers, "Unterlage auf dem Bildschirm", 30)
        await actor.open_door()
        await on.rig.screen.until(lambda screen: "Tür ist offen" in screen.view.notice, "Hinweis")
        view = on.rig.screen.view
        assert view.scene is ScreenScene.TALK
        assert view.agent is not None
        assert (view.papers, view.rows, view.forms, view.receipt, view.signature_svg) == ((), (), (), None, "")
        await actor.close_door()
        await on.rig.screen.until(lambda screen: screen.view.papers, "Unterlage wieder zu sehen")

    play(scenario)


def test_what_devices_do_for_her_is_said_while_they_do_it() -> None:
    async def scenario(on: Stage) -> None:
        front, actor = await on.desk(FRONT), on.rig.opened.actor
        await actor.enter()
        await on.answer(front)
        assert "Tischkamera" in on.rig.screen.view.hint
        front.book(OfficeId(HOUSING), "2026-11-27T10:00")
        await on.rig.screen.until(lambda screen: "Terminzettel wird gedruckt" in screen.view.hint, "Ansage")
        await on.rig.screen.until(lambda screen: "Ihr nächster Termin" in screen.view.hint, "Termin")
        assert any("Terminzettel wird gedruckt" in view.hint for view in on.rig.screen.seen)

    play(scenario)


@pytest.mark.parametrize("outcome", [Outcome.APPOINTMENT, Outcome.OTHER_OFFICE, Outcome.COPY, Outcome.PAPERS])
def test_the_agent_says_how_a_visit_ends(outcome: Outcome) -> None:
    async def scenario(on: Stage) -> None:
        front, actor = await on.desk(FRONT), on.rig.opened.actor
        await actor.enter()
        await on.answer(front)
        front.classify(outcome)
        front.hang_up()
        await on.shows(ScreenScene.FAREWELL)
        await actor.leave()
        assert await on.outcome() == outcome.value

    play(scenario)


def test_the_button_rings_even_outside_opening_hours_but_not_for_ever() -> None:
    async def scenario(on: Stage) -> None:
        actor = on.rig.opened.actor
        await actor.enter()
        await on.shows(ScreenScene.CLOSED)
        await actor.press_call_button()
        await on.shows(ScreenScene.WAITING)
        await on.shows(ScreenScene.CLOSED, within_s=90)
        await actor.leave()
        assert await on.outcome() == Outcome.CLOSED.value

    play(scenario, MONDAY - timedelta(days=2))


def test_a_desk_that_is_lost_for_good_brings_her_back_to_the_front_desk() -> None:
    async def scenario(on: Stage) -> None:
        actor = on.rig.opened.actor
        async with AsyncExitStack() as gone:
            agent = on.rig.agent_of(FRONT)
            front = await gone.enter_async_context(open_desk(agent, on.rig.media, on.rig.dial_desk, "x"))
            front.ready()
            await actor.enter()
            await on.answer(front)
        second = await on.desk(FRONT, 1)
        await on.answer(second)
        assert on.rig.screen.view.agent is not None
        assert on.rig.screen.view.agent.name == second.name

    play(scenario)


def test_the_log_has_events_and_no_content() -> None:
    async def scenario(on: Stage) -> None:
        front, actor = await on.desk(FRONT), on.rig.opened.actor
        await actor.enter()
        await on.answer(front)
        front.choose_service(ServiceId("mietzuschuss"))
        await actor.leave()
        await on.outcome()
        text = "\n".join(f"{entry.name} {entry.subject} {entry.detail}" for entry in on.rig.booth.journal())
        assert "anruf.angenommen" in text
        assert "loeschung.bewiesen" in text
        assert front.name not in text
        assert "mietzuschuss" not in text

    play(scenario)


def test_messages_of_a_desk_without_the_call_reach_nobody() -> None:
    async def scenario(on: Stage) -> None:
        front, other, actor = await on.desk(FRONT), await on.desk(HOUSING), on.rig.opened.actor
        await actor.enter()
        await on.answer(front)
        call = on.rig.booth.state
        assert isinstance(call, s.Talking)
        other._uplink.send(m.HangUp(), call.visit.call)
        await other.until(lambda d: d.refused, "Ablehnung")
        assert isinstance(on.rig.booth.state, s.Talking)

    play(scenario)


def test_what_makes_the_case_too_large_is_refused_to_the_desk_and_nothing_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each answer fits into a message, all of them together do not: the last one is not taken."""

    async def scenario(on: Stage) -> None:
        desk = await on.desk(FRONT)
        await on.rig.opened.actor.enter()
        await on.answer(desk)
        desk.choose_service(ServiceId("mietzuschuss"))
        desk.open_form(FormId("wohngeld_mietzuschuss"))
        await desk.until(lambda d: d.case.form, "Formular")
        form = desk.case
        room = len(encode(Envelope(9_999, 9_999, CallId("x" * 40), m.CaseState(desk.case, desk.form))))
        monkeypatch.setattr(envelope, "MAX_BYTES", room + 100)
        desk.set_field("name", "Musterfrau-" * 15)
        await desk.until(lambda d: d.notices and d.notices[-1].code == "case.full", "Hinweis")
        assert desk.case == on.rig.booth.case == form
        desk.set_field("name", "Musterfrau")
        await desk.until(lambda d: d.case.form.fields[0].value == "Musterfrau", "Name")

    play(scenario)


def test_what_the_exchange_says_and_nobody_foresaw_ends_no_booth() -> None:
    """Starts that are no local times are left out; a time that cannot be shown is told to the desk."""

    async def scenario(on: Stage) -> None:
        desk = await on.desk(FRONT)
        await on.rig.opened.actor.enter()
        await on.answer(desk)
        visit = s.visit_of(on.rig.booth.state)
        assert visit is not None
        (line,) = on.rig.exchange._booths.values()
        strange = m.Appointments(("übermorgen", "2026-11-24T10:00+01:00", "2026-11-24T10:30"))
        on.rig.exchange._send(line, NO_CALL, strange)
        on.rig.exchange._send(line, visit.call, m.AppointmentGiven("t1", "übermorgen", "Wohngeldstelle"))
        await desk.until(lambda d: d.notices, "Hinweis")
        assert desk.notices[-1].code == "message.failed"
        assert on.rig.booth.expected == (datetime.fromisoformat("2026-11-24T10:30"),)
        desk.hang_up()
        await desk.until(lambda d: d.ended, "zu Ende")

    play(scenario)


def test_what_a_desk_says_and_nobody_foresaw_ends_no_visit(monkeypatch: pytest.MonkeyPatch) -> None:
    def strange(*_: object) -> None:
        raise ValueError("Frau Geheim")

    async def scenario(on: Stage) -> None:
        desk = await on.desk(FRONT)
        await on.rig.opened.actor.enter()
        await on.answer(desk)
        monkeypatch.setattr(CaseFile, "operate", strange)
        desk.choose_service(ServiceId("mietzuschuss"))
        await desk.until(lambda d: d.notices, "Hinweis")
        assert desk.notices[-1].code == "message.failed"
        desk.hang_up()
        await desk.until(lambda d: d.ended, "zu Ende")

    play(scenario)
