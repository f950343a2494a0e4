"""What a changed file of a tester's own sentences can reach: the scenarios that use one that says something else now.

Blanks, comments and the order of sentences are no change. One that is gone, or called otherwise, reaches everything:
which scenarios used it is not known.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lisa_core.harness.choice.change import ChangedFile, Effect
from lisa_core.harness.text.findings import FeatureError, shown
from lisa_core.harness.text.language import say
from lisa_core.harness.text.sentences import OwnSentence, sentences_in


def sentence_effects(change: ChangedFile) -> tuple[Effect, ...] | None:
    """None: it can reach everything."""
    was, is_ = (_sentences(change.path, data) for data in (change.before, change.after))
    if was is None or is_ is None or was.keys() - is_.keys():
        return None
    changed = [own for key, own in is_.items() if key not in was or _said(was[key]) != _said(own)]
    return tuple(_effect(change.path, own) for own in changed)


def _sentences(path: Path, data: bytes | None) -> dict[tuple[str, str], OwnSentence] | None:
    """By how they are used; None where they cannot be read, or two are used alike."""
    try:
        found = sentences_in(path, (data or b"").decode("utf-8-sig").replace("\r\n", "\n")) if data else ()
    except (FeatureError, UnicodeDecodeError):
        return None
    keyed = {(own.kind, own.text): own for own in found}
    return keyed if len(keyed) == len(found) else None


def _said(own: OwnSentence) -> object:
    """All that it does, wherever in its file it stands."""
    return tuple(replace(step, line=0, file=None) for step in own.steps)


def _effect(path: Path, own: OwnSentence) -> Effect:
    place = f"{shown(path)}:{own.line}"
    reason = say("Satz geändert ({place})", place=place)
    return Effect(reason, steps=(f"{path.resolve()}:{own.line}",))
