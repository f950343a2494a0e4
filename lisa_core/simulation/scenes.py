"""What a citizen sees of a visit, as far as it matters to what she does."""

from __future__ import annotations

from collections.abc import Mapping

from lisa_core.model.case import Case, FormStage
from lisa_core.model.directory import Trigger
from lisa_core.model.screen import Scene
from lisa_core.visit import states as s

_SCENES: Mapping[type, Scene] = {
    s.Idle: Scene.FREE,
    s.Closed: Scene.CLOSED,
    s.Quiet: Scene.WELCOME,
    s.Disturbed: Scene.FAULT,
    s.Talking: Scene.TALK,
    s.Transferring: Scene.TRANSFER,
    s.Away: Scene.WELCOME,
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
