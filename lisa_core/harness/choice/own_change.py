"""What a changed file of a tester's own sentences can reach: the scenarios that say one that unfolds otherwise now."""

from __future__ import annotations

from lisa_core.domain.model.json_types import JsonMap
from lisa_core.harness.choice.change import ChangedFile, Effect
from lisa_core.harness.choice.feature_change import said, text_of
from lisa_core.harness.text.findings import FeatureError, shown
from lisa_core.harness.text.language import say
from lisa_core.harness.text.sentences import LINES_BEFORE, syntax_of


def own_effects(change: ChangedFile) -> tuple[Effect, ...] | None:
    """None: it can reach everything. So does a sentence that is gone or has other words: who said it is not known."""
    then, now = _sentences(change, change.before), _sentences(change, change.after)
    if then is None or now is None or then.keys() - now.keys():
        return None
    changed = [line for name, (line, steps) in now.items() if name not in then or then[name][1] != steps]
    return tuple(_effect(change, line) for line in changed)


def _sentences(change: ChangedFile, data: bytes | None) -> dict[str, tuple[int, list[object]]] | None:
    """By its words the line of each and what it is made of; None where they cannot be read or two are alike."""
    text = text_of(data)
    if text is None:
        return None
    try:
        pickles = syntax_of(change.path, text).pickles
    except FeatureError:
        return None
    found: dict[str, tuple[int, list[object]]] = {}
    for one in pickles:
        found[_name(one)] = (one["location"]["line"] - LINES_BEFORE, [said(step) for step in one["steps"]])
    return found if len(found) == len(pickles) else None


def _name(pickle: JsonMap) -> str:
    return " ".join(str(pickle["name"]).split())


def _effect(change: ChangedFile, line: int) -> Effect:
    place = f"{shown(change.path)}:{line}"
    return Effect(say("Satz geändert ({place})", place=place), steps=(f"{change.path.resolve()}:{line}",))
