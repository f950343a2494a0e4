"""What the screen says and lets her hear, in every state the visit can be in."""

from __future__ import annotations

from functools import cache

import pytest

from lisa_core.booth.view import SOUNDS, Sight, view
from lisa_core.model.case import Case
from lisa_core.model.directory import Directory, Trigger
from lisa_core.model.screen import Scene, Sound
from lisa_core.visit import states as s
from lisa_core.visit.explore import walk

NOWHERE = Directory({}, {}, {}, {}, {})


@cache
def states() -> set[s.State]:
    """All that the visit machine can get into."""
    return {edge.after for edge in walk()}


@pytest.mark.parametrize("trigger", list(Trigger))
def test_nobody_is_left_without_words_and_a_sound_or_a_human(trigger: Trigger) -> None:
    for state in states():
        shown = view(Sight(state, Case(), NOWHERE, trigger, present=True))
        assert shown.title, state
        assert shown.text or shown.scene is Scene.TALK, state
        inside = not (isinstance(state, s.Idle) and state.armed)
        assert not inside or shown.sound is not Sound.SILENT or shown.agent is not None, state


@pytest.mark.parametrize("trigger", list(Trigger))
def test_her_camera_is_hers_in_every_state_in_which_somebody_may_come_to_see_her(trigger: Trigger) -> None:
    for state in states():
        if isinstance(state, s.Talking | s.Transferring) or (isinstance(state, s.Connecting) and state.linked):
            buttons = {button.id for button in view(Sight(state, Case(), NOWHERE, trigger, present=True)).buttons}
            assert buttons & {"kamera:aus", "kamera:an"}, state


def test_every_scene_has_its_sound() -> None:
    assert set(SOUNDS) == set(Scene)
