"""Gherkin's own parser, twice as quick, and what it makes of a feature: the tree and its pickles.

The parser of gherkin-official builds a table of its 55 states for every line; here that is done once for each file. A
line is asked for a keyword only if it begins with a letter that one of them has. Errors end the parsing at the first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count
from operator import attrgetter

from gherkin.ast_builder import AstBuilder
from gherkin.parser import Parser, ParserContext
from gherkin.pickles.compiler import Compiler
from gherkin.stream.id_generator import IdGenerator
from gherkin.token import Token
from gherkin.token_matcher import TokenMatcher

from lisa_core.domain.model.json_types import Json, JsonMap
from lisa_core.harness.text.dialect import dialect_name as named

_STATES = 60
_BEGINS = {"Comment": "#", "Language": "#", "TagLine": "@", "TableRow": "|"}
_TITLES = ("FeatureLine", "RuleLine", "BackgroundLine", "ScenarioLine", "ExamplesLine")
_FILES = count(1)


@dataclass(frozen=True, slots=True)
class Syntax:
    """One file: `tree` is gherkin's (feature, comments), `pickles` its scenarios and rows, as in Cucumber Messages."""

    tree: JsonMap
    pickles: tuple[JsonMap, ...]


def parse_text(text: str, uri: str) -> Syntax:
    """Read a feature. Raises a `gherkin.errors.ParserError` for the first thing that cannot stand where it is."""
    ids = _Ids()
    tree: Json = _QuickParser(AstBuilder(ids)).parse(text, _QuickMatcher())
    whole: Json = {"uri": uri, **tree}
    pickles: Json = _PlainCompiler(ids).compile(whole)
    return Syntax(tree, tuple(pickles))


class _Ids(IdGenerator):
    """No id occurs twice, whatever the file."""

    def __init__(self) -> None:
        super().__init__()
        self._file = next(_FILES)
        self._node = count()

    def get_next_id(self) -> str:
        return f"{self._file}.{next(self._node)}"


class _PlainCompiler(Compiler):
    """Fills in placeholders letter by letter; gherkin's own takes the name of a column as a pattern: "Preis (EUR)"."""

    def _interpolate(self, name: Json, variable_cells: Json, value_cells: Json) -> Json:
        for variable, value in zip(variable_cells, value_cells, strict=False):
            name = name and name.replace(f"<{variable['value']}>", value["value"])
        return name


class _QuickParser(Parser):
    def __init__(self, builder: AstBuilder) -> None:
        super().__init__(builder)
        self.stop_at_first_error = True
        names = (f"match_token_at_{state}" for state in range(_STATES))
        self._states: list[Callable[[Token, ParserContext], int]] = [getattr(self, name, _no_state) for name in names]
        for kind, letter in _BEGINS.items():
            vars(self)[f"match_{kind}"] = partial(_match_begun, letter, attrgetter(f"match_{kind}"))
        for kind in _TITLES:
            vars(self)[f"match_{kind}"] = partial(_match_title, attrgetter(f"match_{kind}"))

    def match_token(self, state: int, token: Token, context: ParserContext) -> int:
        return self._states[state](token, context)

    def match_EOF(self, context: ParserContext, token: Token) -> bool:  # noqa: N802  # gherkin's name for it
        return token.eof() and context.token_matcher.match_EOF(token)

    def handle_external_error(self, context: ParserContext, default: Json, argument: Json, action: Json) -> Json:
        return action(argument)

    def handle_ast_error(self, context: ParserContext, argument: Json, action: Json) -> None:
        action(argument)


def _match_begun(letter: str, matching: Json, context: ParserContext, token: Token) -> bool:
    """A kind of line that begins with this letter."""
    line = token.line
    return bool(line) and line._trimmed_line_text[:1] == letter and matching(context.token_matcher)(token)


def _match_title(matching: Json, context: ParserContext, token: Token) -> bool:
    """A kind of line that has a colon behind its keyword."""
    line = token.line
    return bool(line) and ":" in line._trimmed_line_text and matching(context.token_matcher)(token)


def _no_state(_token: Token, _context: ParserContext) -> int:
    raise AssertionError("gherkin's parser went to a state that it does not have")


class _QuickMatcher(TokenMatcher):
    _step_letters: frozenset[str] = frozenset()

    def __init__(self) -> None:
        super().__init__()
        vars(self)["match_StepLine"] = self._match_step_line  # gherkin's name for it

    def _match_step_line(self, token: Token) -> bool:
        return token.line._trimmed_line_text[:1] in self._step_letters and TokenMatcher.match_StepLine(self, token)

    def _change_dialect(self, dialect_name: str, location: Json = None) -> None:
        super()._change_dialect(named(dialect_name) or dialect_name, location)
        self._step_letters = frozenset(keyword[0] for keyword in self._sorted_step_keywords)
