"""What the screen shows, computed from visit and case alone; and what a touch means. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from lisa_core.booth import texts
from lisa_core.model import case_events as ops
from lisa_core.model.case import Case, Field, Form, FormStage, PaperState
from lisa_core.model.directory import Directory, Trigger
from lisa_core.model.ids import PaperId
from lisa_core.model.screen import (
    AgentCard,
    Button,
    FieldRow,
    FieldState,
    PaperRow,
    ReceiptView,
    Scene,
    ScreenView,
    Sound,
)
from lisa_core.slots.catalogue import title_of
from lisa_core.visit import events as e
from lisa_core.visit import states as s

PAPER_STATES: Mapping[PaperState, str] = {
    PaperState.CAPTURING: "wird erfasst",
    PaperState.CAPTURED: "erfasst",
    PaperState.ACCEPTED: "übernommen",
    PaperState.SUBMITTED: "eingereicht",
    PaperState.DISCARDED: "vernichtet",
}


@dataclass(frozen=True, slots=True)
class Sight:
    """What the screen is computed from. `hidden` counts what she could show to this office; `gone` are broken slots.

    `appointment` is the one that was made for her in this visit, as people say it; `linked`: the exchange can be
    reached; `present`: somebody is inside; `feeder`: sheets lie in the scanner; `doing`: what a device is doing for
    her now; `shared` counts what this office sees because she agreed.
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


@dataclass(frozen=True, slots=True)
class Agreed:
    """She lets the office she talks with see what other offices took, or no longer."""

    on: bool = True


SOUNDS: Mapping[Scene, Sound] = {
    Scene.FREE: Sound.SILENT,
    Scene.WELCOME: Sound.NOTICE,
    Scene.TAKE_SEAT: Sound.NOTICE,
    Scene.CLOSED: Sound.NOTICE,
    Scene.CONNECTING: Sound.RINGING,
    Scene.WAITING: Sound.WAITING,
    Scene.TALK: Sound.SILENT,
    Scene.TRANSFER: Sound.RINGING,
    Scene.DELIVERING: Sound.NOTICE,
    Scene.FAREWELL: Sound.NOTICE,
    Scene.FAULT: Sound.NOTICE,
    Scene.WIPING: Sound.NOTICE,
}
"""What is heard in each scene: nobody who cannot read the screen is left without a sign."""


def view(sight: Sight) -> ScreenView:
    """The screen for this moment."""
    shown = picture(sight)
    return replace(shown, sound=SOUNDS[shown.scene])


def picture(sight: Sight) -> ScreenView:
    """The same without its sound."""
    state = sight.state
    match state:
        case s.Idle(armed=False) if sight.present:
            text = "Für ein Gespräch drücken Sie bitte die Ruftaste oder berühren Sie „Verbinden“."
            return ScreenView(Scene.WELCOME, "Guten Tag", text, buttons=(Button("rufen", "Verbinden"),))
        case s.Idle():
            text = "Bitte treten Sie ein. Sie werden sofort verbunden."
            return ScreenView(Scene.FREE, "Digitales Bürgerbüro", text)
        case s.Entered():
            return _entered(sight.trigger)
        case s.Closed():
            text = texts.opening_text(state.next_opening)
            return ScreenView(Scene.CLOSED, "Das Bürgerbüro ist gerade geschlossen", text)
        case s.Connecting(linked=False):
            text = "Die Verbindung ist unterbrochen. Wir versuchen es weiter, bitte warten Sie einen Augenblick."
            return ScreenView(Scene.FAULT, "Einen Augenblick bitte", text)
        case s.Connecting(place=None):
            text = "Das LISA-Team wird gerufen. Sie müssen nichts tun."
            return _with_application(ScreenView(Scene.CONNECTING, "Guten Tag", text), state.visit, sight)
        case s.Connecting():
            text = texts.waiting_text(state.place or 1, state.wait_s)
            return _with_application(ScreenView(Scene.WAITING, "Gleich sind Sie dran", text), state.visit, sight)
        case s.Disturbed():
            text = (
                "Das LISA-Team ist gerade nicht zu erreichen. Sobald es wieder geht, werden Sie verbunden; Ihr Platz "
                "bleibt. Sie können auch später wiederkommen."
            )
            return ScreenView(Scene.FAULT, "Die Verbindung ist unterbrochen", text)
        case s.Quiet():
            text = "Es wird niemand gerufen und kein Bild übertragen. Für ein Gespräch drücken Sie die Ruftaste."
            return ScreenView(Scene.WELCOME, "Alles in Ordnung", text, buttons=(Button("rufen", "Doch verbinden"),))
        case s.Talking():
            return _talk(state, sight)
        case s.Transferring():
            return _transfer(state, sight)
        case s.Away():
            before = state.before
            agent = AgentCard(before.agent_name, before.office_name) if isinstance(before, s.Talking) else None
            return ScreenView(Scene.WELCOME, "Sind Sie noch da?", "Kommen Sie einfach wieder herein.", agent=agent)
        case s.Delivering(gone=True):
            return ScreenView(Scene.WIPING, "Einen Augenblick bitte", "Das Bürgerbüro ist gleich wieder frei.")
        case s.Delivering():
            notice = "" if sight.linked else texts.NOT_WAITING_UNLINKED
            text = f"{texts.DELIVERING} {texts.NOT_WAITING}" if sight.linked else texts.DELIVERING
            return ScreenView(Scene.DELIVERING, "Ihr Antrag wird eingereicht", text, notice=notice)
        case s.Farewell():
            return _farewell(state, sight)
        case s.Wiping():
            return ScreenView(Scene.WIPING, "Wir räumen auf", "Alles aus diesem Gespräch wird gelöscht.")


def _entered(trigger: Trigger) -> ScreenView:
    if trigger is Trigger.SEATED:
        text = "Sobald Sie sitzen und die Tür zu ist, erscheint eine Mitarbeiterin."
        return ScreenView(Scene.TAKE_SEAT, "Bitte nehmen Sie Platz", text)
    return ScreenView(Scene.WELCOME, "Guten Tag", "Einen Augenblick, Sie werden gleich verbunden.")


def _farewell(state: s.Farewell, sight: Sight) -> ScreenView:
    """She takes everything with her, and knows what became of her application."""
    visit, case = state.visit, sight.case
    application = texts.UNCONFIRMED if visit.handed_in else texts.NOT_HANDED_IN if visit.failed else ""
    return ScreenView(
        Scene.FAREWELL,
        "Auf Wiedersehen",
        " ".join(filter(None, ("Bitte nehmen Sie alle Ihre Unterlagen mit.", _appointment(sight)))),
        papers=_papers(case),
        notice=" ".join(filter(None, (application, texts.FORGOTTEN if sight.feeder else ""))),
        hint=sight.doing,
        receipt=_receipt(case),
        buttons=_discard(case),
    )


def _with_application(shown: ScreenView, visit: s.Visit, sight: Sight) -> ScreenView:
    """While somebody is called: what an agent before handed in with her goes on, and its receipt reaches her here."""
    buttons = _before(visit, sight)
    return replace(shown, hint=_underway(visit, sight), receipt=_receipt(sight.case), buttons=buttons)


def _underway(visit: s.Visit, sight: Sight) -> str:
    return sight.doing or (texts.UNDERWAY if visit.handed_in else "")


def _talk(state: s.Talking, sight: Sight) -> ScreenView:
    case, directory = sight.case, sight.directory
    if sight.door_open:
        return _talk_unseen(state, sight)
    form = case.form
    spec = directory.forms.get(form.id) if form else None
    labels = {field.id: field.label for field in spec.fields} if spec else {}
    return ScreenView(
        Scene.TALK,
        f"Sie sprechen mit {state.agent_name}",
        text=spec.declaration if spec and form and form.stage is FormStage.CHECKING else "",
        agent=AgentCard(state.agent_name, state.office_name),
        forms=_forms(case, directory),
        form_title=spec.title if spec else "",
        rows=_rows(form, labels) if form else (),
        focus=asked.id if form and (asked := _asked(form)) else "",
        declaration=form is not None and form.stage is FormStage.CHECKING,
        papers=_papers(case),
        notice=_notice(sight),
        hint=_hint(state, sight),
        signature_svg=form.signature_svg if form else "",
        receipt=_receipt(case),
        buttons=(*_buttons(form), *_rights(state, sight)),
    )


def _talk_unseen(state: s.Talking, sight: Sight) -> ScreenView:
    """The door is open: whoever stands in it sees that they talk, and nothing of what it is about."""
    return ScreenView(
        Scene.TALK,
        f"Sie sprechen mit {state.agent_name}",
        agent=AgentCard(state.agent_name, state.office_name),
        notice=texts.DOOR_OPEN,
        hint=_at_work(state, sight),
        buttons=(_camera(state.visit),),
    )


def _notice(sight: Sight) -> str:
    """What is wrong."""
    broken = (f"{title_of(slot)} antwortet gerade nicht." for slot in sight.gone)
    return sight.case.notice or ("" if sight.linked else texts.UNLINKED) or " ".join(broken)


def _hint(state: s.Talking, sight: Sight) -> str:
    """What is being done for her or asked of her; else what she should know besides."""
    if working := _at_work(state, sight):
        return working
    if sight.appointment:
        return _appointment(sight)
    if not state.visit.camera_on:
        return "Ihre Kamera ist ausgeschaltet."
    return "" if "document_camera" in sight.gone else f"{state.agent_name} sieht, was Sie unter die Tischkamera legen."


def _at_work(state: s.Talking, sight: Sight) -> str:
    """What an agent's device action does is always announced."""
    case, form = sight.case, sight.case.form
    if any(paper.state is PaperState.CAPTURING for paper in case.papers):
        return f"{state.agent_name} erfasst gerade Ihre Unterlagen."
    if form is not None and form.stage in _TALK_HINTS:
        return _TALK_HINTS[form.stage]
    return sight.doing


def _appointment(sight: Sight) -> str:
    return f"Ihr nächster Termin: {sight.appointment}." if sight.appointment else ""


def _rights(state: s.Talking, sight: Sight) -> tuple[Button, ...]:
    """What she may do at any time in a talk."""
    share = (Button("zeigen", f"Unterlagen auch {state.office_name} zeigen"),) if sight.hidden else ()
    unshare = (Button("nicht_zeigen", f"Unterlagen {state.office_name} nicht mehr zeigen"),) if sight.shared else ()
    return (*share, *unshare, *_discard(sight.case), _camera(state.visit))


def _camera(visit: s.Visit) -> Button:
    return Button("kamera:aus", "Kamera aus") if visit.camera_on else Button("kamera:an", "Kamera an")


def _discard(case: Case) -> tuple[Button, ...]:
    """Each paper that is not handed in may be destroyed."""
    if case.form is not None and case.form.stage is FormStage.CHECKING:
        return ()  # what she checks includes the papers; "Etwas ändern" brings them back
    kept = (paper for paper in case.papers if paper.state in (PaperState.CAPTURED, PaperState.ACCEPTED))
    return tuple(Button(f"verwerfen:{paper.id}", f"{paper.title} verwerfen") for paper in kept)


def _before(visit: s.Visit, sight: Sight) -> tuple[Button, ...]:
    """While somebody is called. Who only cleans must not have to explain herself on camera."""
    dismiss = () if visit.answered else (Button("nicht_noetig", "Ich brauche keine Beratung"),)
    return (*dismiss, *_discard(sight.case), _camera(visit))


def _transfer(state: s.Transferring, sight: Sight) -> ScreenView:
    case, directory = sight.case, sight.directory
    if state.returning:
        title, text = (
            "Wir verbinden Sie wieder mit dem LISA-Team",
            f"{state.office_name} ist gerade nicht zu erreichen.",
        )
    else:
        title, text = (
            f"Sie werden verbunden: {state.office_name}",
            "Bitte bleiben Sie sitzen. Sie müssen nichts tun.",
        )
    notice = "" if sight.linked else texts.UNLINKED
    return ScreenView(
        Scene.TRANSFER,
        title,
        text,
        forms=_forms(case, directory),
        papers=_papers(case),
        notice=notice,
        hint=_underway(state.visit, sight),
        receipt=_receipt(case),
        buttons=(*_discard(case), _camera(state.visit)),
    )


_TALK_HINTS: Mapping[FormStage, str] = {
    FormStage.SIGNING: "Bitte unterschreiben Sie jetzt auf dem Unterschriftenpad vor Ihnen.",
    FormStage.SUBMITTING: "Ihr Antrag wird abgegeben.",
}


def _forms(case: Case, directory: Directory) -> tuple[str, ...]:
    service = directory.services.get(case.service) if case.service else None
    return tuple(directory.forms[form].title for form in service.forms) if service else ()


def _rows(form: Form, labels: Mapping[str, str]) -> tuple[FieldRow, ...]:
    def field_state(value: str, confirmed: bool) -> FieldState:
        if confirmed:
            return FieldState.CONFIRMED
        return FieldState.FILLED if value else FieldState.EMPTY

    return tuple(
        FieldRow(field.id, labels.get(field.id, field.id), field.value, field_state(field.value, field.confirmed))
        for field in form.fields
    )


def _asked(form: Form) -> Field | None:
    """The field she is asked about: the first that is filled in and not confirmed."""
    return next((field for field in form.fields if field.value and not field.confirmed), None)


def _buttons(form: Form | None) -> tuple[Button, ...]:
    if form is None:
        return ()
    if form.stage is FormStage.DRAFT and (asked := _asked(form)):
        return (Button(f"feld:{asked.id}:{asked.changed_at}", "Stimmt so", primary=True),)
    if form.stage is FormStage.CHECKING:
        return (
            Button(f"erklaerung:{form.declaration_digest}", "Alles richtig", primary=True),
            Button("aendern", "Etwas ändern"),
        )
    if form.stage is FormStage.SIGNED:
        return (Button("neu_unterschreiben", "Noch einmal unterschreiben"),)
    return ()


def _papers(case: Case) -> tuple[PaperRow, ...]:
    return tuple(PaperRow(paper.id, paper.title, len(paper.pages), PAPER_STATES[paper.state]) for paper in case.papers)


def _receipt(case: Case) -> ReceiptView | None:
    receipt = case.form.receipt if case.form else None
    if receipt is None:
        return None
    return ReceiptView(receipt.number, receipt.received_at, receipt.digest, texts.RECEIPT)


Meaning = ops.CitizenAct | e.CameraChosen | e.Dismissed | e.CallButton | Agreed


def _confirm(argument: str) -> ops.ConfirmField:
    field, _, changed_at = argument.rpartition(":")
    return ops.ConfirmField(field, int(changed_at) if changed_at.isdecimal() else None)


_TOUCHES: Mapping[str, Callable[[str], Meaning]] = {
    "feld": _confirm,
    "erklaerung": ops.ConfirmDeclaration,
    "aendern": lambda _: ops.ReopenForm(),
    "neu_unterschreiben": lambda _: ops.SignAgain(),
    "verwerfen": lambda paper: ops.DiscardPaper(PaperId(paper)),
    "kamera": lambda wanted: e.CameraChosen(wanted == "an"),
    "nicht_noetig": lambda _: e.Dismissed(),
    "rufen": lambda _: e.CallButton(),
    "zeigen": lambda _: Agreed(),
    "nicht_zeigen": lambda _: Agreed(on=False),
}


def meaning(button: str) -> Meaning | None:
    """What touching this button says; None for one that does not exist."""
    kind, _, argument = button.partition(":")
    make = _TOUCHES.get(kind)
    return make(argument) if make else None
