"""What may stand on the citizen's screen and at the desk: judged when a file is read, so that nobody waits for a typo.

A button has one of the labels in `booth.screen.texts`, so any other is wrong. Of longer texts much is made in the run
(names, numbers, what a driver says), so only what is almost a text of the catalogue, and is none, is taken for a typo.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import cache, lru_cache
from types import ModuleType

from lisa_core.booth.screen import texts
from lisa_core.domain.case import texts as case_texts
from lisa_core.domain.model.nearest import nearest_word
from lisa_core.equipment.slots.catalogue import SLOTS
from lisa_core.harness.match.known import Known
from lisa_core.harness.text.findings import meant
from lisa_core.harness.text.language import say

ALMOST = 0.85
"""How like another text one is that was meant as it and only mistyped."""
SHORTEST = 6
"""A text with fewer letters is like too many others."""
_HOLES = re.compile(r"\{\w*\}")
_DISCARD = texts.discard("").strip()
_ARTICLES = frozenset({"der", "die", "das", "dem", "den"})
Wrong = tuple[str, str]


def without_articles(label: str) -> str:
    """An article more or less makes no other button: "auch der Wohngeldstelle zeigen"."""
    return " ".join(word for word in label.split() if word not in _ARTICLES)


def buttons(known: Known) -> tuple[str, ...]:
    """The label of every button, of the papers that are known."""
    offices = (word for name in known.offices for word in (texts.share(name), texts.unshare(name)))
    return (*texts.BUTTONS, *offices, *map(texts.discard, known.papers))


def wrong_button(known: Known, label: str) -> Wrong | None:
    """What is wrong with a label that no button has."""
    labels = buttons(known)
    if without_articles(label) in map(without_articles, labels):
        return None
    paper = label.removesuffix(f" {_DISCARD}")
    if paper != label and not nearest_word(paper, known.papers, ALMOST):  # whatever an agent has called a paper
        return None
    what = say("Die Taste „{value}“ gibt es auf dem Bildschirm nicht.", value=label)
    return what, meant(label, labels, say("Es gibt: {names}.", names=", ".join(f"„{one}“" for one in texts.BUTTONS)))


def wrong_screen_text(known: Known, text: str) -> Wrong | None:
    """What is wrong with a text that is almost one of the screen."""
    what = say("Auf dem Bildschirm steht nie „{value}“.", value=text)
    return _almost(text, _of_screen(tuple(known.agents), known.offices), what)


def wrong_notice(known: Known, text: str) -> Wrong | None:
    """What is wrong with a text that is almost one of those told at the desk."""
    return _almost(text, _of_desk(), say("Am Arbeitsplatz steht nie „{value}“.", value=text))


def _almost(text: str, catalogue: tuple[str, ...], what: str) -> Wrong | None:
    if len(text) < SHORTEST:
        return None
    near = _nearest_part(_plain(text), catalogue)
    if not near:
        return None
    return what, say("Meinten Sie „{word}“?", word=near if text.endswith(near[-1]) else near.rstrip(".,:;"))


@lru_cache(maxsize=256)
def _nearest_part(text: str, catalogue: tuple[str, ...]) -> str:
    """The part of a known text that is almost this one; "" where it is part of one, or like none."""
    if any(text in one for one in catalogue):
        return ""
    best, likeness = "", ALMOST
    matcher = SequenceMatcher(None, b=text.lower(), autojunk=False)
    for part in _parts(catalogue, len(text.split())):
        matcher.set_seq1(part.lower())
        if min(matcher.real_quick_ratio(), matcher.quick_ratio()) > likeness and matcher.ratio() > likeness:
            best, likeness = part, matcher.ratio()
    return best


def _parts(catalogue: Iterable[str], count: int) -> Iterator[str]:
    """All runs of so many words, and of one more or less."""
    for one in catalogue:
        words = one.split()
        for length in {min(count + more, len(words)) for more in (-1, 0, 1)} - {0}:
            for at in range(len(words) - length + 1):
                yield " ".join(words[at : at + length])


def _plain(text: str) -> str:
    """Numbers are as good as each other."""
    return re.sub(r"\d+", "1", " ".join(text.split()))


@cache
def _of_desk() -> tuple[str, ...]:
    told = [texts.notice(f"device.{what}.{slot}") for slot in SLOTS for what in ("gone", "back")]
    return tuple(map(_plain, (*texts.NOTICES.values(), *told, *_constants(case_texts))))


@lru_cache(maxsize=8)
def _of_screen(agents: tuple[str, ...], offices: tuple[str, ...]) -> tuple[str, ...]:
    both = (*_constants(texts), *_constants(case_texts))  # what a case says stands on her screen and at the desk
    return tuple(map(_plain, (*both, *_of_people(agents, offices))))


def _constants(catalogue: ModuleType) -> tuple[str, ...]:
    """Every text of a catalogue that is always the same, and the pieces between what is filled in."""
    return tuple(
        piece
        for name, value in vars(catalogue).items()
        if not name.startswith("__") and isinstance(value, str | tuple | dict)
        for text in _texts(value)
        for piece in _HOLES.split(text)
        if len(piece) >= SHORTEST
    )


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def _of_people(agents: tuple[str, ...], offices: tuple[str, ...]) -> tuple[str, ...]:
    """Every text in which somebody is named, and those about time."""
    front = offices[0] if offices else ""
    return (
        *map(texts.talking_with, agents),
        *map(texts.sees_table, agents),
        *map(texts.capturing, agents),
        *(texts.asks_colleague(agent, office) for agent in agents for office in offices),
        *texts.connecting(front),
        *texts.disturbed(front),
        *(word for office in offices for rings in (True, False) for word in texts.transferring(office, rings)),
        *(word for office in offices for rings in (True, False) for word in texts.returning(office, front, rings)),
        *(texts.waiting_text(1, wait_s, there) for wait_s in (-1, 1, 600) for there in (True, False)),
        *map(texts.waited, (1, 2)),
        *map(texts.silent, SLOTS),
        texts.opening_text(None),
    )
