"""A file that has changed, and what that can reach: values that travel from `lisa run` into pytest as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from lisa_core.harness.text.tags import REQUIREMENT


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file as it was and as it is; None: it was not there, or is gone. Both None: nobody knows what it was."""

    path: Path
    before: bytes | None = None
    after: bytes | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change can reach. `reason` is for testers, in the language of the run.

    `every`: all scenarios. Else those of `file` (in these `lines`; none: all of it), those whose sentences contain one
    of `words` or are not ours, those that show one of `requirements` or a part of it, those that use a function of
    `steps` (file:line).
    """

    reason: str
    every: bool = False
    file: str = ""
    lines: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What one scenario reads: its place, its tags, the text of its steps with what stands below them, their functions.

    `foreign`: it has sentences of others, and what their functions read no sentence says.
    """

    file: str
    line: int
    tags: frozenset[str]
    text: str
    steps: frozenset[str]
    foreign: bool = False


def why(effects: Sequence[Effect], scenario: Reading) -> tuple[str, ...]:
    """The reasons for which this scenario can come out otherwise; none: nothing that has changed reaches it."""
    return tuple(dict.fromkeys(one.reason for one in effects if _reaches(one, scenario)))


def _reaches(effect: Effect, scenario: Reading) -> bool:
    here = effect.file == scenario.file and (not effect.lines or scenario.line in effect.lines)
    said = bool(effect.words) and (scenario.foreign or _says(scenario.text.casefold(), effect.words))
    shown = any(_shows(scenario.tags, name) for name in effect.requirements)
    return effect.every or here or said or shown or not scenario.steps.isdisjoint(effect.steps)


def _says(text: str, words: Sequence[str]) -> bool:
    return any(word.casefold() in text for word in words)


def _shows(tags: frozenset[str], name: str) -> bool:
    whole = f"{REQUIREMENT}:{name}"
    return any(tag == whole or tag.startswith(f"{whole}.") or whole.startswith(f"{tag}.") for tag in tags)


def as_text(effects: Sequence[Effect]) -> str:
    """For the way into pytest."""
    return json.dumps([asdict(one) for one in effects])


def from_text(text: str) -> tuple[Effect, ...]:
    """The way back."""
    return tuple(_effect(dict(values)) for values in json.loads(text))


def _effect(values: dict[str, object]) -> Effect:
    return Effect(**dict(_frozen(values)))  # type: ignore[arg-type]  # what `as_text` wrote


def _frozen(values: dict[str, object]) -> Iterator[tuple[str, object]]:
    for one in fields(Effect):
        value = values[one.name]
        yield one.name, tuple(value) if isinstance(value, list) else value
