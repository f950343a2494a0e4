"""Which of the line drawings (`pages/drawings.js`) goes with what is asked: where to stand, how a page lies."""

from __future__ import annotations

from collections.abc import Mapping

from lisa_core.harness.tester.panel import Asked, Kind

DRAWINGS: Mapping[str, str] = {
    "enter": "enter",
    "sit": "sit",
    "stand": "stand",
    "leave": "leave",
    "walk_out": "leave",
    "open_door": "door_open",
    "close_door": "door_shut",
    "press_call_button": "button",
    "press_both": "button",
    "speak": "speak",
    "show_papers": "camera",
    "feed_papers": "feeder",
    "lay_on_glass": "glass",
    "lay_card": "card",
    "take_cards": "card_off",
    "clear_jam": "jam",
    "take_papers": "papers_off",
    "sign": "sign",
    "touch": "touch",
    "companion_enters": "two_in",
    "companion_leaves": "two_out",
    "stand_at": "stand_at",
    "stranger_enters": "two_in",
    "stranger_leaves": "two_out",
    "bounce_door": "door_bounce",
    "open_both": "door_open",
    "draw_line": "line",
    "set_jam": "jam",
}
"""By the name of an act; what is failed and mended has `unplug` and `plug`."""
_PREFIXES = {"fail": "unplug", "heal": "plug", "mend": "plug"}
_KINDS = {Kind.QUESTION: "look", Kind.NUMBER: "measure", Kind.READING: "read", Kind.ACT: "act"}


def drawing_of(asked: Asked) -> str:
    """Its name. There is one for everything that can be asked."""
    named = DRAWINGS.get(asked.act) or _PREFIXES.get(asked.act.partition(" ")[0], "")
    return named or _KINDS[asked.kind]
