"""What the screen shows, computed from visit and case alone. Pure; `booth.screen.scenes` says which scene,
`case_view` what is shown of the case, `texts` what is written there, and `touch` what a touch means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lisa_core.booth.screen import case_view, papers_view, texts
from lisa_core.booth.screen.scenes import scene_of
from lisa_core.domain.case.papers_only import is_papers_only
from lisa_core.domain.model.case import Case, FormStage, PaperState
from lisa_core.domain.model.directory import Directory, Site, Trigger
from lisa_core.domain.model.screen import (
    AgentCard,
    Button,
    ButtonPlace,
    Leaflet,
    ReceiptView,
    ScreenScene,
    ScreenView,
    SiteCard,
    Sound,
)
from lisa_core.domain.visit import states as s


@dataclass(frozen=True, slots=True)
class Sight:
    """What the screen is computed from. `hidden` counts what could be shown to this office; `gone` are broken slots.

    `appointment` is the one that was made in this visit, as people say it; `linked`: the exchange can be reached,
    `barred`: it lets this booth in no more; `broken`: picture and sound have run in this talk, and do not now;
    `present`: somebody is inside; `feeder`: sheets lie in the scanner, `left_card`: a card on its reader; `doing`: what
    a device is doing now; `shared` counts what this office sees because the citizen agreed; `copy` says where her copy
    is.

    `told`: what went wrong, in words for her; `asking`: the paper that she is asked back about, `read`: the declaration
    whose end she has seen; `pad_ready`: the pad takes her signature, if one is wanted; `consulting`: the office that
    the agent asks meanwhile; `there`: whether anybody sits at the front desk (None: nobody has said); `minutes` that
    she has waited; `card`: what stands on the free booth; `leaflet`: what the agent shows her.
    """

    state: s.State
    case: Case
    directory: Directory
    trigger: Trigger
    hidden: int = 0
    gone: tuple[str, ...] = ()
    appointment: str = ""
    linked: bool = True
    barred: bool = False
    broken: bool = False
    present: bool = False
    feeder: bool = False
    left_card: bool = False
    door_open: bool = False
    doing: str = ""
    shared: int = 0
    copy: str = ""
    told: str = ""
    asking: str = ""
    read: str = ""
    pad_ready: bool = True
    consulting: str = ""
    there: bool | None = None
    minutes: int = 0
    site: Site | None = None
    card: SiteCard | None = None
    leaflet: Leaflet | None = None


SOUNDS: Mapping[ScreenScene, Sound] = {
    ScreenScene.FREE: Sound.SILENT,
    ScreenScene.WELCOME: Sound.NOTICE,
    ScreenScene.TAKE_SEAT: Sound.NOTICE,
    ScreenScene.CLOSED: Sound.NOTICE,
    ScreenScene.CONNECTING: Sound.RINGING,
    ScreenScene.WAITING: Sound.WAITING,
    ScreenScene.TALK: Sound.SILENT,
    ScreenScene.TRANSFER: Sound.RINGING,
    ScreenScene.DELIVERING: Sound.NOTICE,
    ScreenScene.FAREWELL: Sound.NOTICE,
    ScreenScene.FAULT: Sound.NOTICE,
    ScreenScene.WIPING: Sound.NOTICE,
}
"""What is heard in each scene: nobody who cannot read the screen is left without a sign."""


def view(sight: Sight) -> ScreenView:
    """The screen for this moment."""
    shown = _asked_back(picture(sight), sight)
    deaf_ms = sight.site.deadlines.touch_us // 1_000 if sight.site else 0
    return replace(shown, sound=SOUNDS[shown.scene], deaf_ms=deaf_ms)


def picture(sight: Sight) -> ScreenView:
    """The same without its sound."""
    state, scene = sight.state, scene_of(sight.state, sight.trigger, sight.present)
    match state:
        case s.Idle():
            if scene is ScreenScene.FREE:
                return _free(scene, sight)
            return _plain(scene, texts.NOT_CALLED, Button("rufen", texts.CONNECT))
        case s.Entered():
            return _plain(scene, texts.TAKE_SEAT if scene is ScreenScene.TAKE_SEAT else texts.ENTERED)
        case s.OutOfService():
            said = texts.out_of_service(sight.directory.name)
            return ScreenView(scene, said.title, said.text, notice=_left(sight))
        case s.Closed():
            return ScreenView(scene, texts.CLOSED, texts.opening_text(state.next_opening))
        case s.Connecting():
            return _connecting(scene, state, sight)
        case s.Disturbed():
            return _plain(scene, texts.disturbed(_front(sight)))
        case s.Quiet():
            return _plain(scene, texts.QUIET, Button("rufen", texts.CONNECT_AFTER_ALL))
        case s.Talking():
            return _talk(state, sight)
        case s.InTransfer():
            return _transfer(state, sight)
        case s.Away():
            before = state.before
            agent = AgentCard(before.agent_name, before.office_name) if isinstance(before, s.Talking) else None
            return replace(_plain(scene, texts.AWAY), agent=agent)
        case s.Delivering():
            return _delivering(scene, sight)
        case s.Farewell():
            return _farewell(state, sight)
        case s.Wiping():
            return _plain(scene, texts.WIPING)


def _free(scene: ScreenScene, sight: Sight) -> ScreenView:
    """Nobody is inside: what is promised is what is so."""
    return ScreenView(scene, texts.FREE, texts.COME_IN[sight.there], site=sight.card)


def _front(sight: Sight) -> str:
    """What the front desk is called here."""
    return sight.directory.front_desk.name


def _asked_back(shown: ScreenView, sight: Sight) -> ScreenView:
    """Before something is destroyed she is asked, and can do nothing else but what she always can."""
    found = case_view.question(sight.case, sight.asking)
    if found is None or f"verwerfen:{sight.asking}" not in [button.id for button in shown.buttons]:
        return shown
    question, answers = found
    always = tuple(button for button in shown.buttons if button.place is ButtonPlace.ALWAYS)
    return replace(shown, question=question, buttons=(*answers, *always))


def _plain(scene: ScreenScene, words: texts.Words, *buttons: Button) -> ScreenView:
    return ScreenView(scene, words.title, words.text, buttons=buttons)


def _connecting(scene: ScreenScene, state: s.Connecting, sight: Sight) -> ScreenView:
    if scene is ScreenScene.FAULT:
        return _plain(scene, texts.CUT_OFF)
    if scene is ScreenScene.CONNECTING:
        return _with_application(_plain(scene, texts.connecting(_front(sight))), state.visit, sight)
    text = texts.waiting_text(state.place or 1, state.wait_s, sight.there)
    title = texts.WAITING_ALONE if sight.there is False else texts.WAITING
    return _with_application(ScreenView(scene, title, text, waited=texts.waited(sight.minutes)), state.visit, sight)


def _delivering(scene: ScreenScene, sight: Sight) -> ScreenView:
    if scene is ScreenScene.WIPING:
        return _plain(scene, texts.SOON_FREE)
    if (visit := s.visit_of(sight.state)) is not None and visit.papers_only:
        notice = "" if sight.linked else texts.PAPERS_NOT_WAITING_UNLINKED
        return ScreenView(scene, texts.PAPERS_DELIVERING_TITLE, texts.PAPERS_DELIVERING, notice=notice)
    notice = "" if sight.linked else texts.NOT_WAITING_UNLINKED
    text = f"{texts.DELIVERING} {texts.NOT_WAITING}" if sight.linked else texts.DELIVERING
    return ScreenView(scene, texts.DELIVERING_TITLE, text, notice=notice)


def _farewell(state: s.Farewell, sight: Sight) -> ScreenView:
    """The citizen is to take everything along, and reads what became of the application."""
    visit, case = state.visit, sight.case
    unconfirmed, not_handed_in = (_BARRED_ENDS if sight.barred else _OPEN_ENDS)[visit.papers_only]
    application = unconfirmed if visit.handed_in else not_handed_in if visit.failed else ""
    return ScreenView(
        ScreenScene.FAREWELL,
        texts.GOODBYE,
        _joined(texts.TAKE_ALL, _appointment(sight), texts.turn_to(sight.directory.name) if sight.barred else ""),
        papers=case_view.papers(case),
        notice=_joined(application, _left(sight)),
        hint=sight.doing,
        receipt=_receipt(sight),
        missing=case_view.missing(case, sight.directory) if visit.submitted or visit.handed_in else (),
        buttons=case_view.discards(case),
    )


_OPEN_ENDS: Mapping[bool, tuple[str, str]] = {
    False: (texts.UNCONFIRMED, texts.NOT_HANDED_IN),
    True: (texts.PAPERS_UNCONFIRMED, texts.PAPERS_NOT_HANDED_IN),
}
_BARRED_ENDS: Mapping[bool, tuple[str, str]] = {
    False: (texts.UNCONFIRMED_HERE, texts.NOT_HANDED_IN_HERE),
    True: (texts.PAPERS_UNCONFIRMED_HERE, texts.PAPERS_NOT_HANDED_IN_HERE),
}
"""What she reads at the end when no receipt has come, or when it did not arrive: of an application, of papers only."""


def _left(sight: Sight) -> str:
    """What of hers still lies here."""
    return _joined(texts.FORGOTTEN if sight.feeder else "", texts.CARD_LEFT if sight.left_card else "")


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _receipt(sight: Sight) -> ReceiptView | None:
    form = sight.case.form
    if form is not None and is_papers_only(form):
        return papers_view.receipt(sight.case, form, sight.directory, sight.copy)
    return case_view.receipt(sight.case, sight.copy)


def _with_application(shown: ScreenView, visit: s.Visit, sight: Sight) -> ScreenView:
    """While somebody is called: an application that was handed in before goes on, and its receipt is shown here."""
    buttons = _before(visit, sight)
    hint = _underway(visit, sight)
    return replace(shown, hint=hint, receipt=_receipt(sight), papers=case_view.papers(sight.case), buttons=buttons)


def _underway(visit: s.Visit, sight: Sight) -> str:
    underway = texts.PAPERS_UNDERWAY if visit.papers_only else texts.UNDERWAY
    return sight.doing or (underway if visit.handed_in else "")


def _talk(state: s.Talking, sight: Sight) -> ScreenView:
    case, directory = sight.case, sight.directory
    if sight.door_open:
        return _talk_unseen(state, sight)
    form, spec = case.form, case_view.spec_of(case, directory)
    only = form if is_papers_only(form) else None
    checking = form is not None and form.stage in (papers_view.TO_CHECK if only else (FormStage.CHECKING,))
    signing = form is not None and form.stage is FormStage.SIGNING and sight.pad_ready
    field = case_view.asked(form, spec)
    answers = papers_view.buttons(only, sight.read) if only else case_view.answers(form, spec, sight.read)
    return ScreenView(
        ScreenScene.TALK,
        texts.talking_with(state.agent_name),
        text=spec.declaration if spec and checking else texts.PEN_AWAY if signing else "",
        agent=AgentCard(state.agent_name, state.office_name),
        forms=case_view.titles(case, directory),
        form_title=spec.title if spec else "",
        rows=papers_view.rows(only, directory) if only else case_view.rows(form, spec) if form else (),
        focus=field.id if field else "",
        declaration=checking,
        papers=case_view.papers(case),
        notice=_notice(sight),
        hint=_hint(state, sight),
        signature_svg=form.signature_svg if form else "",
        receipt=_receipt(sight),
        missing=case_view.missing(case, directory),
        signing=signing,
        leaflet=None if checking or signing else sight.leaflet,
        buttons=(*answers, *_rights(state, sight)),
    )


def _talk_unseen(state: s.Talking, sight: Sight) -> ScreenView:
    """The door is open: whoever stands in it sees that they talk, and nothing of what it is about."""
    return ScreenView(
        ScreenScene.TALK,
        texts.talking_with(state.agent_name),
        agent=AgentCard(state.agent_name, state.office_name),
        notice=texts.DOOR_OPEN,
        hint=_at_work(state, sight),
        buttons=(_camera(state.visit),),
    )


def _notice(sight: Sight) -> str:
    """What is wrong, in words for her: what the agent is told of the case stands at the desk."""
    gone = " ".join(map(texts.silent, sight.gone))
    cut = "" if sight.linked else texts.UNLINKED
    return case_view.stopped(sight.case) or sight.told or cut or (texts.BROKEN if sight.broken else gone)


def _hint(state: s.Talking, sight: Sight) -> str:
    """What a device is doing or the citizen is asked; else what the citizen should know besides."""
    if working := _at_work(state, sight):
        return working
    if sight.appointment:
        return _appointment(sight)
    if not state.visit.camera_on:
        return texts.CAMERA_IS_OFF
    return "" if "document_camera" in sight.gone else texts.sees_table(state.agent_name)


def _at_work(state: s.Talking, sight: Sight) -> str:
    """What the agent does without words, and what a device does for her or him, is always announced."""
    asks = texts.asks_colleague(state.agent_name, sight.consulting) if sight.consulting else ""
    return _joined(asks, _device_at_work(state, sight))


def _device_at_work(state: s.Talking, sight: Sight) -> str:
    case, form = sight.case, sight.case.form
    if any(paper.state is PaperState.CAPTURING and not paper.fault for paper in case.papers):
        return texts.capturing(state.agent_name)
    if working := papers_view.at_work(case):
        return working
    if form is not None and form.stage is FormStage.SIGNING and not sight.pad_ready:
        return texts.PAD_NOT_READY
    if form is not None and form.stage in case_view.TALK_HINTS:
        return case_view.TALK_HINTS[form.stage]
    return sight.doing


def _appointment(sight: Sight) -> str:
    return texts.next_appointment(sight.appointment) if sight.appointment else ""


def _rights(state: s.Talking, sight: Sight) -> tuple[Button, ...]:
    """What the citizen may do at any time in a talk."""
    where, place = state.office_name, ButtonPlace.PAPERS
    share = (Button("zeigen", texts.share(where), place=place),) if sight.hidden else ()
    unshare = (Button("nicht_zeigen", texts.unshare(where), place=place),) if sight.shared else ()
    return (*share, *unshare, *case_view.discards(sight.case), _camera(state.visit))


def _camera(visit: s.Visit) -> Button:
    wanted, label = ("aus", texts.CAMERA_OFF) if visit.camera_on else ("an", texts.CAMERA_ON)
    return Button(f"kamera:{wanted}", label, place=ButtonPlace.ALWAYS)


def _before(visit: s.Visit, sight: Sight) -> tuple[Button, ...]:
    """While somebody is called. Somebody who only cleans need not explain that on camera."""
    dismiss = () if visit.answered else (Button("nicht_noetig", texts.NO_ADVICE),)
    return (*dismiss, *case_view.discards(sight.case), _camera(visit))


def _transfer(state: s.InTransfer, sight: Sight) -> ScreenView:
    case, where = sight.case, state.office_name
    words = texts.transferring(where, state.ringing)
    if state.returning:
        words = texts.returning(where, _front(sight), state.ringing)
    return ScreenView(
        ScreenScene.TRANSFER,
        words.title,
        words.text,
        waited=texts.waited(sight.minutes),
        forms=case_view.titles(case, sight.directory),
        papers=case_view.papers(case),
        notice="" if sight.linked else texts.UNLINKED,
        hint=_underway(state.visit, sight),
        receipt=_receipt(sight),
        buttons=(*case_view.discards(case), _camera(state.visit)),
    )
