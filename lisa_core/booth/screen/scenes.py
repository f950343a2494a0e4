"""Which scene the screen shows, from the state of the visit alone, without a text. Pure.

`booth.screen.view` draws the texts of the scene; a simulated citizen decides by the scene. Both ask `scene_of`.
"""

from __future__ import annotations

from collections.abc import Mapping

from lisa_core.domain.model.directory import Trigger
from lisa_core.domain.model.screen import ScreenScene
from lisa_core.domain.visit import states as s

_SCENES: Mapping[type, ScreenScene] = {
    s.Closed: ScreenScene.CLOSED,
    s.Quiet: ScreenScene.WELCOME,
    s.OutOfService: ScreenScene.FAULT,
    s.Disturbed: ScreenScene.FAULT,
    s.Talking: ScreenScene.TALK,
    s.InTransfer: ScreenScene.TRANSFER,
    s.Away: ScreenScene.WELCOME,
    s.Farewell: ScreenScene.FAREWELL,
    s.Wiping: ScreenScene.WIPING,
}


def scene_of(state: s.State, trigger: Trigger, present: bool) -> ScreenScene:
    """The large state of the screen. `present`: somebody is inside."""
    if (scene := _SCENES.get(type(state))) is not None:
        return scene
    match state:
        case s.Connecting():
            if not state.linked:
                return ScreenScene.FAULT
            return ScreenScene.CONNECTING if state.place is None else ScreenScene.WAITING
        case s.Entered():
            return ScreenScene.TAKE_SEAT if trigger is Trigger.SEATED else ScreenScene.WELCOME
        case s.Delivering():
            return ScreenScene.WIPING if state.gone else ScreenScene.DELIVERING
        case _:  # nobody's visit: whoever stays inside after one is not called for, and is told how to be
            stays = present and isinstance(state, s.Idle) and not state.armed
            return ScreenScene.WELCOME if stays else ScreenScene.FREE
