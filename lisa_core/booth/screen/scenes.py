"""Which scene the screen shows, from the state of the visit alone, without a text. Pure.

`booth.screen.view` draws the texts of the scene; a simulated citizen decides by the scene. Both ask `scene_of`.
"""

from __future__ import annotations

from collections.abc import Mapping

from lisa_core.domain.model.directory import Trigger
from lisa_core.domain.model.screen import Scene
from lisa_core.domain.visit import states as s

_SCENES: Mapping[type, Scene] = {
    s.Closed: Scene.CLOSED,
    s.Quiet: Scene.WELCOME,
    s.Disturbed: Scene.FAULT,
    s.Talking: Scene.TALK,
    s.InTransfer: Scene.TRANSFER,
    s.Away: Scene.WELCOME,
    s.Farewell: Scene.FAREWELL,
    s.Wiping: Scene.WIPING,
}


def scene_of(state: s.State, trigger: Trigger, present: bool) -> Scene:
    """The large state of the screen. `present`: somebody is inside."""
    if (scene := _SCENES.get(type(state))) is not None:
        return scene
    match state:
        case s.Connecting():
            if not state.linked:
                return Scene.FAULT
            return Scene.CONNECTING if state.place is None else Scene.WAITING
        case s.Entered():
            return Scene.TAKE_SEAT if trigger is Trigger.SEATED else Scene.WELCOME
        case s.Delivering():
            return Scene.WIPING if state.gone else Scene.DELIVERING
        case _:  # nobody's visit: whoever stays inside after one is not called for, and is told how to be
            return Scene.WELCOME if present and isinstance(state, s.Idle) and not state.armed else Scene.FREE
