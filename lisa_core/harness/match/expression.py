"""A step's pattern and a word's form as programs for JavaScript read them: Cucumber Expressions, regular expressions.

Source of the grammar: cucumber/cucumber-expressions, README, "Escaping"; ECMAScript, "RegExp: Patterns".
"""

from __future__ import annotations

import re
from collections.abc import Collection

from pytest_bdd import parsers

_HOLE = re.compile(r"\{\{|\}\}|\{[^{}]*\}")
_BUILT_IN = {"d": "int", "n": "int", "f": "float", "g": "float", "w": "word", "S": "word"}
"""What the parse library knows by a letter, by its name in Cucumber Expressions."""
_MEANT = re.compile(r"[\\/({]")
"""What has a meaning in a Cucumber Expression, unless a backslash stands before it."""
_LETTERS = "ÄÖÜäöüß"
"""What belongs to a word here and is no `\\w` of JavaScript."""
_BOUNDARY = rf"(?:(?<=[\w{_LETTERS}])(?![\w{_LETTERS}])|(?<![\w{_LETTERS}])(?=[\w{_LETTERS}]))"
_PIECE = re.compile(r"\\.|\[|\]|/|\(\?P<", re.DOTALL)


def expression_of(parser: parsers.StepParser, types: Collection[str]) -> str:
    """A Cucumber Expression, or `/.../` for a step that is a regular expression itself.

    A placeholder has the name of its type where that is one of `types`; where nobody knows its words, it takes any.
    """
    if isinstance(parser, parsers.re):
        return f"/^(?:{in_javascript(parser.regex.pattern)})$/"
    if not isinstance(parser, parsers.parse):
        return _plain(parser.name)
    text, end = "", 0
    for hole in _HOLE.finditer(parser.name):
        text += _plain(parser.name[end : hole.start()]) + _placeholder(hole[0], types)
        end = hole.end()
    return text + _plain(parser.name[end:])


def in_javascript(pattern: str) -> str:
    """A regular expression of Python for JavaScript: the same matches for German text, as far as ours need it."""
    within, text, end = False, "", 0
    for piece in _PIECE.finditer(pattern):
        text += pattern[end : piece.start()]
        end = piece.end()
        if piece[0] == r"\w":
            text += rf"\w{_LETTERS}" if within else rf"[\w{_LETTERS}]"
        elif piece[0] == r"\b":
            text += _BOUNDARY
        elif piece[0] == "(?P<":
            text += "(?<"
        else:
            text += r"\/" if piece[0] == "/" else piece[0]
            within = piece[0] == "[" if piece[0] in "[]" else within
    return text + pattern[end:]


def _plain(text: str) -> str:
    return _MEANT.sub(r"\\\g<0>", text)


def _placeholder(hole: str, types: Collection[str]) -> str:
    if hole in ("{{", "}}"):
        return _plain(hole[0])
    kind = hole[1:-1].partition(":")[2]
    return f"{{{kind if kind in types else _BUILT_IN.get(kind, '')}}}"
