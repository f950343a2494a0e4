"""A sentence as a call: which function stands behind it, and what it is given."""

from __future__ import annotations

import inspect
from collections.abc import Sequence

from lisa_core.domain.model.errors import HarnessError
from lisa_core.harness.match.advice import advice, respelled
from lisa_core.harness.match.catalogue import registered
from lisa_core.harness.match.known import known_in
from lisa_core.harness.match.step_index import Definition, definition_of
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.text.former_words import current_step
from lisa_core.harness.text.keywords import STEP_WORDS
from lisa_core.harness.text.language import say


async def do(scene: Scene, written: str, table: Sequence[Sequence[str]] | None, text: str | None) -> None:
    """Do what the sentence says, with or without its keyword. Raises `HarnessError` for one that no step has."""
    sentence = written.strip()
    first, _, rest = sentence.partition(" ")
    sentence = rest.strip() if first in STEP_WORDS else sentence
    definition, said = _found(sentence, scene.settings.profile)
    given = {**definition.arguments(said), "scene": scene, "measure": scene.measure}
    if table is not None:
        given["datatable"] = [list(row) for row in table]
    if text is not None:
        given["docstring"] = text
    if missing := [name for name in (*definition.required, *definition.below) if name not in given]:
        raise HarnessError(
            say("„{sentence}“ braucht {names}; hier gibt es das nicht.", sentence=said, names=", ".join(missing))
        )
    step = inspect.unwrap(definition.context.step_func)
    result = step(**{name: value for name, value in given.items() if name in definition.parameters})
    if inspect.isawaitable(result):
        await result


def _found(sentence: str, profile: str) -> tuple[Definition, str]:
    for text in (sentence, *respelled(sentence), current_step(sentence)):
        found = [context for context in registered() if context.parser.is_matching(text)]
        if len(found) == 1:
            return definition_of(found[0]), text
        if found:
            raise HarnessError(say("Auf „{sentence}“ passen mehrere Schritte.", sentence=text))
    what = say("Den Schritt „{step}“ gibt es nicht.", step=sentence)
    raise HarnessError(f"{what} {advice('', sentence, known_in(profile))}")
