"""What the screen shows, computed from visit and case alone. Pure; `booth.screen.scenes` says which scene,
`booth.screen.texts` what
is written there, and `booth.screen.touch` what a touch means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lisa_core.booth.screen import papers_view, texts
from lisa_core.booth.screen.scenes import scene_of
from lisa_core.domain.case.papers_only import form_spec, is_papers_only
from lisa_core.domain.model.case import Case, Field, Form, FormStage, PaperState
from lisa_core.domain.model.directory import Directory, Trigger
from lisa_core.domain.model.screen import (
    AgentCard,
    Button,
    FieldRow,
    FieldState,
    PaperRow,
    ReceiptView,
    ScreenScene,
    ScreenView,
    Sound,
)
from lisa_core.domain.visit import states as s


@dataclass(frozen=True, slots=True)
class Sight:
    """What the screen is computed from. `hidden` counts what could be shown to this office; `gone` are broken slots.

    `appointment` is the one that was made in this visit, as people say it; `linked`: the exchange can be
    reached; `present`: somebody is inside; `feeder`: sheets lie in the scanner; `doing`: what a device is doing
    now; `shared` counts what this office sees because the citizen agreed.
    """

    state: s.State
    case: Case
    directory: Directory
    trigger: Trigger
    hidden: int = 0
    gone: tuple[str, ...] = ()
    appointment: str = ""
    linked: bool = True
    present: bool = False
    feeder: bool = False
    door_open: bool = False
    doing: str = ""
    shared: int = 0


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
    shown = picture(sight)
    return replace(shown, sound=SOUNDS[shown.scene])


def picture(sight: Sight) -> ScreenView:
    """The same without its sound."""
    state, scene = sight.state, scene_of(sight.state, sight.trigger, sight.present)
    match state:
        case s.Idle():
            if scene is ScreenScene.FREE:
                return _plain(scene, texts.FREE)
            return _plain(scene, texts.NOT_CALLED, Button("rufen", texts.CONNECT))
        case s.Entered():
            return _plain(scene, texts.TAKE_SEAT if scene is ScreenScene.TAKE_SEAT else texts.ENTERED)
        case s.Closed():
            return ScreenView(scene, texts.CLOSED, texts.opening_text(state.next_opening))
        case s.Connecting():
            return _connecting(scene, state, sight)
        case s.Disturbed():
            return _plain(scene, texts.DISTURBED)
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


def _plain(scene: ScreenScene, words: texts.Words, *buttons: Button) -> ScreenView:
    return ScreenView(scene, words.title, words.text, buttons=buttons)


def _connecting(scene: ScreenScene, state: s.Connecting, sight: Sight) -> ScreenView:
    if scene is ScreenScene.FAULT:
        return _plain(scene, texts.CUT_OFF)
    if scene is ScreenScene.CONNECTING:
        return _with_application(_plain(scene, texts.CONNECTING), state.visit, sight)
    text = texts.waiting_text(state.place or 1, state.wait_s)
    return _with_application(ScreenView(scene, texts.WAITING, text), state.visit, sight)


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
    unconfirmed, not_handed_in = _OPEN_ENDS[visit.papers_only]
    application = unconfirmed if visit.handed_in else not_handed_in if visit.failed else ""
    return ScreenView(
        ScreenScene.FAREWELL,
        texts.GOODBYE,
        " ".join(filter(None, (texts.TAKE_ALL, _appointment(sight)))),
        papers=_papers(case),
        notice=" ".join(filter(None, (application, texts.FORGOTTEN if sight.feeder else ""))),
        hint=sight.doing,
        receipt=_receipt(sight),
        buttons=_discard(case),
    )


_OPEN_ENDS: Mapping[bool, tuple[str, str]] = {
    False: (texts.UNCONFIRMED, texts.NOT_HANDED_IN),
    True: (texts.PAPERS_UNCONFIRMED, texts.PAPERS_NOT_HANDED_IN),
}
"""What she reads at the end when no receipt has come, or when it did not arrive: of an application, of papers only."""


def _with_application(shown: ScreenView, visit: s.Visit, sight: Sight) -> ScreenView:
    """While somebody is called: an application that was handed in before goes on, and its receipt is shown here."""
    buttons = _before(visit, sight)
    return replace(shown, hint=_underway(visit, sight), receipt=_receipt(sight), buttons=buttons)


def _underway(visit: s.Visit, sight: Sight) -> str:
    underway = texts.PAPERS_UNDERWAY if visit.papers_only else texts.UNDERWAY
    return sight.doing or (underway if visit.handed_in else "")


def _talk(state: s.Talking, sight: Sight) -> ScreenView:
    case, directory = sight.case, sight.directory
    if sight.door_open:
        return _talk_unseen(state, sight)
    form = case.form
    spec = form_spec(directory.forms, form.id) if form else None
    checks = form is not None and form.stage in (papers_view.TO_CHECK if is_papers_only(form) else _TO_CHECK)
    return ScreenView(
        ScreenScene.TALK,
        texts.talking_with(state.agent_name),
        text=spec.declaration if spec and checks else "",
        agent=AgentCard(state.agent_name, state.office_name),
        forms=_forms(case, directory),
        form_title=spec.title if spec else "",
        rows=_rows(form, directory) if form else (),
        focus=asked.id if form and (asked := _asked(form)) else "",
        declaration=checks,
        papers=_papers(case),
        notice=_notice(sight),
        hint=_hint(state, sight),
        signature_svg=form.signature_svg if form else "",
        receipt=_receipt(sight),
        buttons=(*_buttons(form), *_rights(state, sight)),
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
    """What is wrong."""
    broken = map(texts.silent, sight.gone)
    return sight.case.notice or ("" if sight.linked else texts.UNLINKED) or " ".join(broken)


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
    """What an agent's device action does is always announced."""
    case, form = sight.case, sight.case.form
    if any(paper.state is PaperState.CAPTURING for paper in case.papers):
        return texts.capturing(state.agent_name)
    if working := papers_view.at_work(case):
        return working
    if form is not None and form.stage in _TALK_HINTS:
        return _TALK_HINTS[form.stage]
    return sight.doing


def _appointment(sight: Sight) -> str:
    return texts.next_appointment(sight.appointment) if sight.appointment else ""


def _rights(state: s.Talking, sight: Sight) -> tuple[Button, ...]:
    """What the citizen may do at any time in a talk."""
    share = (Button("zeigen", texts.share(state.office_name)),) if sight.hidden else ()
    unshare = (Button("nicht_zeigen", texts.unshare(state.office_name)),) if sight.shared else ()
    return (*share, *unshare, *_discard(sight.case), _camera(state.visit))


def _camera(visit: s.Visit) -> Button:
    return Button("kamera:aus", texts.CAMERA_OFF) if visit.camera_on else Button("kamera:an", texts.CAMERA_ON)


def _discard(case: Case) -> tuple[Button, ...]:
    """Each paper that is not handed in may be destroyed."""
    if case.form is not None and case.form.stage is FormStage.CHECKING:
        return ()  # the check includes the papers; "Etwas ändern" brings them back
    kept = (paper for paper in case.papers if paper.state in (PaperState.CAPTURED, PaperState.ACCEPTED))
    return tuple(Button(f"verwerfen:{paper.id}", texts.discard(paper.title)) for paper in kept)


def _before(visit: s.Visit, sight: Sight) -> tuple[Button, ...]:
    """While somebody is called. Somebody who only cleans need not explain that on camera."""
    dismiss = () if visit.answered else (Button("nicht_noetig", texts.NO_ADVICE),)
    return (*dismiss, *_discard(sight.case), _camera(visit))


def _transfer(state: s.InTransfer, sight: Sight) -> ScreenView:
    case, directory = sight.case, sight.directory
    words = texts.returning(state.office_name) if state.returning else texts.transferring(state.office_name)
    notice = "" if sight.linked else texts.UNLINKED
    return ScreenView(
        ScreenScene.TRANSFER,
        words.title,
        words.text,
        forms=_forms(case, directory),
        papers=_papers(case),
        notice=notice,
        hint=_underway(state.visit, sight),
        receipt=_receipt(sight),
        buttons=(*_discard(case), _camera(state.visit)),
    )


_TO_CHECK = (FormStage.CHECKING,)
_TALK_HINTS: Mapping[FormStage, str] = {
    FormStage.SIGNING: texts.SIGN_NOW,
    FormStage.SUBMITTING: texts.HANDING_IN,
}


def _forms(case: Case, directory: Directory) -> tuple[str, ...]:
    service = directory.services.get(case.service) if case.service else None
    return tuple(directory.forms[form].title for form in service.forms) if service else ()


def _rows(form: Form, directory: Directory) -> tuple[FieldRow, ...]:
    if is_papers_only(form):
        return papers_view.rows(form, directory)
    spec = directory.forms.get(form.id)
    labels = {field.id: field.label for field in spec.fields} if spec else {}

    def field_state(value: str, confirmed: bool) -> FieldState:
        if confirmed:
            return FieldState.CONFIRMED
        return FieldState.FILLED if value else FieldState.EMPTY

    return tuple(
        FieldRow(field.id, labels.get(field.id, field.id), field.value, field_state(field.value, field.confirmed))
        for field in form.fields
    )


def _asked(form: Form) -> Field | None:
    """The field that the citizen is asked about: the first that is filled in and not confirmed."""
    return next((field for field in form.fields if field.value and not field.confirmed), None)


def _buttons(form: Form | None) -> tuple[Button, ...]:
    if form is None:
        return ()
    if is_papers_only(form):
        return papers_view.buttons(form)
    if form.stage is FormStage.DRAFT and (asked := _asked(form)):
        return (Button(f"feld:{asked.id}:{asked.changed_at}", texts.CORRECT, primary=True),)
    if form.stage is FormStage.CHECKING:
        return (
            Button(f"erklaerung:{form.declaration_digest}", texts.ALL_CORRECT, primary=True),
            Button("aendern", texts.CHANGE),
        )
    if form.stage is FormStage.SIGNED:
        return (Button("neu_unterschreiben", texts.SIGN_AGAIN),)
    return ()


def _papers(case: Case) -> tuple[PaperRow, ...]:
    return tuple(
        PaperRow(paper.id, paper.title, len(paper.pages), paper.state, texts.PAPER_STATES[paper.state])
        for paper in case.papers
    )


def _receipt(sight: Sight) -> ReceiptView | None:
    form = sight.case.form
    if form is not None and is_papers_only(form):
        return papers_view.receipt(sight.case, form, sight.directory)
    receipt = form.receipt if form else None
    if receipt is None:
        return None
    return ReceiptView(receipt.number, receipt.received_at, receipt.digest, texts.RECEIPT)
