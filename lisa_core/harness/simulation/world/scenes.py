"""What a citizen sees of a visit, as far as it matters to what the citizen does."""

from __future__ import annotations

from lisa_core.booth.screen.view import Sight, picture
from lisa_core.domain.model.case import Case, FormStage
from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.screen import ScreenScene, ScreenView
from lisa_core.domain.visit import states as s
from lisa_core.harness.simulation.world.stage import Program


def asked_button(case: Case) -> str:
    """The button that the citizen is asked to touch now, "unterschrift" at the pad, "" for nothing."""
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


def screen_of(booth: Program, directory: Directory) -> ScreenView:
    """The whole screen of this moment, as the booth's program would draw it."""
    state, work = booth.state, booth.work
    office = state.office if isinstance(state, s.Talking) else None
    sight = Sight(
        state,
        work.case,
        directory,
        booth.site.trigger,
        hidden=work.hidden(office) if office is not None else 0,
        gone=booth.room.gone,
        appointment=work.appointment,
        linked=booth.linked,
        present=booth.room.present,
        feeder=bool(booth.room.feeder),
        door_open=booth.room.door_open,
        doing=work.doing,
        shared=work.shared(office) if office is not None else 0,
        copy=work.copy,
        told=work.told,
        consulting=booth.consulting,
    )
    return picture(sight)


_LINKED = (s.Connecting, s.Disturbed, s.Talking, s.InTransfer, s.Delivering)
"""States in which the citizen waits for the exchange, or talks through it."""


def why_untold(booth: Program, directory: Directory) -> str:
    """What the screen does not tell the citizen inside though it matters now; "" for nothing."""
    room = booth.room
    if booth.down or not room.present or "presence" in room.gone:
        return ""
    screen = screen_of(booth, directory)
    if screen.scene is ScreenScene.FREE or not screen.title:
        return f"der Bildschirm sagt ihr nur: {screen.title!r}"
    cut_off = not booth.linked and isinstance(booth.state, _LINKED)
    if cut_off and screen.scene is not ScreenScene.FAULT and not screen.notice:
        return f"ohne Verbindung sagt der Bildschirm: {screen.title!r}"
    return ""
