"""What a citizen sees of a visit, as far as it matters to what she does."""

from __future__ import annotations

from collections.abc import Mapping

from lisa_core.booth.view import Sight, picture
from lisa_core.model.case import Case, FormStage
from lisa_core.model.directory import Directory, Trigger
from lisa_core.model.screen import Scene, ScreenView
from lisa_core.simulation.stage import Program
from lisa_core.visit import states as s

_SCENES: Mapping[type, Scene] = {
    s.Idle: Scene.FREE,
    s.Closed: Scene.CLOSED,
    s.Quiet: Scene.WELCOME,
    s.Disturbed: Scene.FAULT,
    s.Talking: Scene.TALK,
    s.Transferring: Scene.TRANSFER,
    s.Away: Scene.WELCOME,
    s.Delivering: Scene.DELIVERING,
    s.Farewell: Scene.FAREWELL,
    s.Wiping: Scene.WIPING,
}


def scene_of(state: s.State, trigger: Trigger) -> Scene:
    """The large state of the screen, as booth.view draws it."""
    if isinstance(state, s.Connecting):
        if not state.linked:
            return Scene.FAULT
        return Scene.CONNECTING if state.place is None else Scene.WAITING
    if isinstance(state, s.Entered):
        return Scene.TAKE_SEAT if trigger is Trigger.SEATED else Scene.WELCOME
    if isinstance(state, s.Delivering) and state.gone:
        return Scene.WIPING
    return _SCENES[type(state)]


def asked_of_her(case: Case) -> str:
    """The button she is asked to touch now, "unterschrift" at the pad, "" for nothing."""
    form = case.form
    if form is None:
        return ""
    if form.stage is FormStage.DRAFT:
        for field in form.fields:
            if field.value and not field.confirmed:
                return f"feld:{field.id}:{field.changed_at}"
    if form.stage is FormStage.CHECKING:
        return f"erklaerung:{form.declaration_digest}"
    return "unterschrift" if form.stage is FormStage.SIGNING else ""


def screen_of(booth: Program, directory: Directory, doing: str = "") -> ScreenView:
    """The whole screen of this moment, as the booth's program would draw it; `doing`: what the printer does for her."""
    state, work = booth.state, booth.work
    hidden = work.hidden(state.office) if isinstance(state, s.Talking) else 0
    sight = Sight(
        *(state, work.case, directory, booth.site.trigger, hidden, booth.room.gone),
        appointment=work.appointment,
        linked=not booth.line.lost_noticed,
        present=booth.room.present,
        door_open=booth.room.door_open,
        doing=doing,
    )
    return picture(sight)


_LINKED = (s.Connecting, s.Disturbed, s.Talking, s.Transferring, s.Delivering)
"""States in which she waits for the exchange, or talks through it."""


def untold(booth: Program, directory: Directory) -> str:
    """What whoever is inside is not told by the screen though it matters to her now; "" for nothing."""
    room = booth.room
    if booth.down or not room.present or "presence" in room.gone:
        return ""
    screen = screen_of(booth, directory)
    if screen.scene is Scene.FREE or not screen.title:
        return f"der Bildschirm sagt ihr nur: {screen.title!r}"
    cut_off = booth.line.lost_noticed and isinstance(booth.state, _LINKED)
    if cut_off and screen.scene is not Scene.FAULT and not screen.notice:
        return f"ohne Verbindung sagt der Bildschirm: {screen.title!r}"
    return ""
