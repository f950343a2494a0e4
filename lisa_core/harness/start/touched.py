"""Which devices a sentence touches, told without running it: those it names, and those that its function acts on.

A sentence names a device by its noun ("zeigt der Bildschirm „Guten Tag“") or by a fault of it ("das Blatt staut sich").

What a function acts on stands in its code: an act of the citizen (`feed_papers`) is noticed by slots
(`equipment.slots.catalogue.NOTICED_BY`), and what is looked at is a name of a slot (`scene.look(("printer",), ...)`).
Functions beside it in its module, and acts in the ways of the scene (`scene.enter()`), are looked into; no others.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from types import CodeType, FunctionType

from lisa_core.equipment.slots.catalogue import FAILS, NOTICED_BY, SLOTS
from lisa_core.harness.match.values import words_of
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.text.words import TYPES

_NOUNS = {
    name: re.compile(rf"\b(?:{slot.noun}|{slot.noun.removesuffix('kontakt')})(?:e|en|s)?\b")
    for name, slot in SLOTS.items()
}
"""Of each slot what it is called, also in the plural; the door has a contact, and people say door."""
_QUOTED = re.compile("„[^“]*“")
_BODY = "actor"
"""Who acts on the citizen's body asks the scene for it by this name."""


def touched(parser: object, function: Callable[..., object], sentence: str) -> frozenset[str]:
    """The slots that this sentence touches."""
    faults = (str(TYPES[kind](written)) for _, kind, written in words_of(parser, sentence) if kind == "Störung")
    failing = (FAILS[fault][0] for fault in faults if fault in FAILS)
    named = (slot for slot, noun in _NOUNS.items() if noun.search(_QUOTED.sub("", sentence)))
    return frozenset((*failing, *named, *_acted_on(inspect.unwrap(function))))


@lru_cache(maxsize=1024)
def _acted_on(function: Callable[..., object]) -> frozenset[str]:
    """What a function acts on, with the functions beside it that it names, and the ways of the scene that it takes."""
    names, words = _said_in(function)
    found = {slot for act in _acts(names) for slot in NOTICED_BY[act]} | (words & SLOTS.keys())
    for name in names:
        if callable(way := vars(Scene).get(name)):  # of those only the acts: they ask for slots of the rig as well
            found.update(slot for act in _acts(_said_in(way)[0]) for slot in NOTICED_BY[act])
        beside = getattr(function, "__globals__", {}).get(name)
        if isinstance(beside, FunctionType) and beside.__module__ == function.__module__ and beside is not function:
            found |= _acted_on(beside)
    return frozenset(found)


def _acts(names: AbstractSet[str]) -> AbstractSet[str]:
    return names & NOTICED_BY.keys() if _BODY in names else frozenset()


def _said_in(function: Callable[..., object]) -> tuple[AbstractSet[str], AbstractSet[str]]:
    """The names and the words that stand in the code of a function."""
    code: CodeType | None = getattr(function, "__code__", None)
    names, words = set[str](), set[str]()
    for one in _with_nested(code) if code is not None else ():
        names.update(one.co_names)
        for constant in one.co_consts:
            listed = constant if isinstance(constant, tuple) else (constant,)
            words.update(word for word in listed if isinstance(word, str))
    return names, words


def _with_nested(code: CodeType) -> Iterator[CodeType]:
    yield code
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _with_nested(one)
