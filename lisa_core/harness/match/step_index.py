"""Which definition stands behind a step: looked up once for each sentence and folder, then remembered.

pytest-bdd looks through every fixture of the run for every single step (2 µs each), so that 500 definitions cost more
than the steps themselves. It also runs the last of several that match; here they are all told.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd.compat import get_fixture_names, getfixturedefs
from pytest_bdd.parsers import cfparse, parse, string
from pytest_bdd.steps import StepFunctionContext, StepNamePrefix, step_function_context_registry

from lisa_core.domain.model.json_types import JsonDict, JsonMap
from lisa_core.harness.match.catalogue import readable
from lisa_core.harness.text.findings import shown
from lisa_core.harness.text.sentences import OwnSentence

_STEP = f"{StepNamePrefix.step_def.value}_"
_LASTING = frozenset({str, int, float, bool, type(None)})
_RESERVED = ("datatable", "docstring")


@dataclass(frozen=True, slots=True)
class Definition:
    """One step definition, with the answers that are needed again and again.

    `begin` is the text that every sentence of it begins with; `parameters` are all its parameters, `required` those
    without a default.
    """

    context: StepFunctionContext
    begin: str
    parameters: frozenset[str]
    required: tuple[str, ...]
    pattern: str
    place: str
    """Where its function is, as file:line."""
    generates: bool
    """Whether it yields: its end comes when the scenario is over."""
    own: OwnSentence | None = None
    """What it is made of, where a tester has written it; see `own.definitions`."""
    read: dict[str, JsonMap] = field(default_factory=dict)
    """What sentences said that were read before, where no step can change it."""

    @property
    def below(self) -> list[str]:
        """What has to stand below the sentence: a table (`datatable`), a text (`docstring`)."""
        return [name for name in _RESERVED if name in self.parameters]

    def matches(self, kind: str, text: str) -> bool:
        """`kind` is given, when or then, or "" for any."""
        if (kind and self.context.type not in (None, kind)) or not text.startswith(self.begin):
            return False
        return bool(self.context.parser.is_matching(text))

    def arguments(self, text: str) -> JsonDict:
        """What the sentence says, converted; only what the function asks for."""
        parsed = self.read.get(text)
        if parsed is None:
            parsed = self.context.parser.parse_arguments(text) or {}
            if all(type(value) in _LASTING for value in parsed.values()):
                self.read[text] = parsed
        convert: Mapping[str, Callable[[str], object]] = self.context.converters
        return {
            name: convert[name](value) if name in convert else value
            for name, value in parsed.items()
            if name in self.parameters
        }

    def fixtures(self, given: JsonMap) -> list[str]:
        """What has to come from fixtures."""
        return [name for name in self.required if name not in given]


class StepIndex:
    """Knows every definition, folder by folder, and every sentence that was asked for."""

    def __init__(self, own: Callable[[Path], Iterable[Definition]] = lambda feature: ()) -> None:
        """`own`: the sentences of a tester's own that a feature sees."""
        self._own = own
        self._visible: dict[object, list[Definition]] = {}
        self._read: dict[int, Definition] = {}
        """By the identity of its context, which it holds: most are seen from every folder."""
        self._known: dict[tuple[object, str, str], tuple[Definition, ...]] = {}
        self.searched = 0
        """For how many sentences that there are not the nearest one was looked for."""

    def definitions(self, file: pytest.File, kind: str, text: str) -> tuple[Definition, ...]:
        """All that match this step in that file; the files of one folder see the same ones."""
        key = (file.parent, kind, text)
        if key not in self._known:
            self._known[key] = tuple(one for one in self.visible(file) if one.matches(kind, text))
        return self._known[key]

    def visible(self, file: pytest.File) -> list[Definition]:
        """All that this file may use."""
        folder = file.parent
        if folder not in self._visible:
            self._visible[folder] = [*self._of(file), *self._own(file.path)]
        return self._visible[folder]

    def _of(self, file: pytest.File) -> Iterator[Definition]:
        manager = file.session._fixturemanager
        names = (name for name in get_fixture_names(manager) if name.startswith(_STEP))
        fixtures = (fixture for name in names for fixture in getfixturedefs(manager, name, file) or ())
        contexts = (step_function_context_registry.get(fixture.func) for fixture in fixtures)
        for context in contexts:
            if context is not None:
                if id(context) not in self._read:
                    self._read[id(context)] = definition_of(context)
                yield self._read[id(context)]


def definition_of(context: StepFunctionContext) -> Definition:
    """The answers about this step definition."""
    parameters = inspect.signature(context.step_func).parameters
    required = [name for name, one in parameters.items() if one.default is one.empty and name not in _RESERVED]
    function = inspect.unwrap(context.step_func)
    place = f"{shown(Path(function.__code__.co_filename))}:{function.__code__.co_firstlineno}"
    generates = inspect.isgeneratorfunction(context.step_func)
    pattern = readable(context.parser.name)
    return Definition(
        context, _begin(context.parser), frozenset(parameters), tuple(required), pattern, place, generates
    )


def _begin(parser: Any) -> str:
    """Regular expressions are asked whatever the sentence; the others say how it begins."""
    if isinstance(parser, string):
        return str(parser.name)
    if isinstance(parser, parse | cfparse):
        return str(parser.name).partition("{")[0].partition("}")[0]
    return ""
