"""A leaflet on her screen: only what can be read, only in its own talk, and never beside what she signs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lisa_core.domain.model.screen import MOST_LINE, MOST_LINES, MOST_TITLE, Leaflet, cut_to_fit
from tests.browser import scenes

SEEN = Leaflet("Haus Seeblick", ("Heimerziehung", "Sofort frei."))


@pytest.mark.parametrize(
    "leaflet",
    [
        Leaflet(""),
        Leaflet(" "),
        Leaflet("S" * (MOST_TITLE + 1)),
        Leaflet("Haus", ("x",) * (MOST_LINES + 1)),
        Leaflet("Haus", ("x" * (MOST_LINE + 1),)),
        Leaflet("Haus", ("",)),
        Leaflet("Haus\nund noch etwas"),
        Leaflet("Haus", ("von rechts \u202e gelesen",)),
    ],
)
def test_what_nobody_can_read_does_not_fit(leaflet: Leaflet) -> None:
    assert not leaflet.fits


@given(some.text().map(lambda text: f"Haus {text}"), some.lists(some.text()))
def test_whatever_is_cut_fits(title: str, lines: list[str]) -> None:
    assert cut_to_fit(title, lines).fits


def test_it_stands_beside_the_talk_and_never_beside_what_she_signs() -> None:
    shown = {
        name: scenes.look(scenes.TALK, case, leaflet=SEEN, **more).leaflet
        for name, case, more in (
            ("talk", None, {}),
            ("papers", scenes.PAPERS, {}),
            ("door open", scenes.PAPERS, {"door_open": True}),
            ("checking", scenes.CHECKING, {}),
            ("signing", scenes.SIGNING, {}),
        )
    }
    assert shown == {"talk": SEEN, "papers": SEEN, "door open": None, "checking": None, "signing": None}
