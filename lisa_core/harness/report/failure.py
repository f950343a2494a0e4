"""What an exception in a step means: its verdict, and the words for it, without the insides of pytest."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping, Set, ValuesView
from enum import Enum
from pathlib import Path

import pytest

from lisa_core.domain.model.errors import DeviceFault, LisaError, NotCheckedError
from lisa_core.harness.report.record import Verdict
from lisa_core.harness.text.findings import shown
from lisa_core.harness.text.language import in_digits, say

_VERDICTS: tuple[tuple[type[BaseException], Verdict], ...] = (
    (pytest.skip.Exception, Verdict.NOT_CHECKED),
    (NotCheckedError, Verdict.NOT_CHECKED),
    (pytest.fail.Exception, Verdict.FAILED),
    (AssertionError, Verdict.FAILED),
    (DeviceFault, Verdict.FAILED),
)
EXPECTED = {
    "==": "{value}",
    "is": "{value}",
    "!=": "nicht {value}",
    "is not": "nicht {value}",
    "<": "weniger als {value}",
    "<=": "höchstens {value}",
    ">": "mehr als {value}",
    ">=": "mindestens {value}",
    "in": "enthalten in {value}",
    "not in": "nicht enthalten in {value}",
}
MOST_TOLD = 20_000
_INSIDES = re.compile(r"[/\\](_pytest|pytest_bdd|pluggy|asyncio|concurrent)[/\\]")


def verdict_of(error: BaseException) -> Verdict:
    """A statement about what was tested is "nicht bestanden"; anything unforeseen is a fault of the harness."""
    error = _first(error)
    return next((verdict for kind, verdict in _VERDICTS if isinstance(error, kind)), Verdict.HARNESS)


def explain(error: BaseException) -> str:
    """What a tester reads: `MOST_TOLD` characters at most."""
    return _short(_explained(_first(error)))


def _explained(error: BaseException) -> str:
    if isinstance(error, AssertionError):
        return _assertion(error)
    if isinstance(error, pytest.skip.Exception):
        return say("Übersprungen: {why}", why=error)
    if isinstance(error, LisaError | pytest.fail.Exception):
        return str(error)
    try:
        told = str(error)
    except Exception as wrong:  # noqa: BLE001  # an error of others that cannot even be told
        told = f"({type(wrong).__name__})"
    return f"{type(error).__name__}: {told}{_place(error)}"


def compared(op: str, found: object, expected: object) -> list[str]:
    """The words for a comparison that did not hold."""
    wanted = say(EXPECTED[op], value=worded(expected)) if op in EXPECTED else f"{op} {worded(expected)}"
    return [say("gefunden: {value}", value=worded(found)), say("erwartet: {value}", value=wanted)]


def worded(value: object) -> str:
    """A value as a person writes it: a text in quotation marks, a list with commas, "nichts" for what is empty."""
    match value:
        case None:
            return say("nichts")
        case bool():
            return say("ja") if value else say("nein")
        case Enum():
            return worded(value.value)
        case str():
            return f"„{value}“" if value else say("nichts")
        case Mapping():
            return ", ".join(f"{worded(key)}: {worded(one)}" for key, one in value.items()) or say("nichts")
        case Set() | list() | tuple() | ValuesView():
            return ", ".join(map(worded, value)) or say("nichts")
        case float():
            return in_digits(f"{value:g}")
        case _:
            return repr(value)


def trace(error: BaseException) -> str:
    """What a developer needs: the way through the steps and the product, without the frames of pytest and asyncio."""
    stack = traceback.TracebackException.from_exception(error)
    _shorten(stack)
    return _short("".join(stack.format()))


def _short(text: str) -> str:
    """Begin and end of a text that is too long for a reader: a step may put a whole file into its error."""
    if len(text) <= MOST_TOLD:
        return text
    half = MOST_TOLD // 2
    return f"{text[:half]}\n{say('… {count} Zeichen ausgelassen …', count=len(text) - MOST_TOLD)}\n{text[-half:]}"


def _first(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _assertion(error: AssertionError) -> str:
    lines = _without_insides([line.strip() for line in str(error).splitlines()])
    if lines := [line for line in lines if line and not line.startswith("+")]:  # "+ where": of use to developers only
        return "\n".join(lines)
    frame = _last_frame(error)
    source = f": {frame.line}" if frame and frame.line else ""
    return f"{say('Nicht erfüllt')}{source}{_place(error)}"


def _without_insides(lines: list[str]) -> list[str]:
    """Without what pytest adds in Python's words ("assert not ['x']") to a sentence that has said it already."""
    said = next((number for number, line in enumerate(lines) if line.startswith("assert ")), len(lines))
    bare = [line.removeprefix("assert ") for line in lines]
    worded_too = said < len(lines) and bare[said].startswith(say("gefunden: {value}", value=""))
    return bare if said == 0 or worded_too else bare[:said]


def _place(error: BaseException) -> str:
    frame = _last_frame(error)
    return f" ({shown(Path(frame.filename))}:{frame.lineno})" if frame else ""


def _last_frame(error: BaseException) -> traceback.FrameSummary | None:
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame for frame in reversed(frames) if not _INSIDES.search(frame.filename)), None)


def _shorten(stack: traceback.TracebackException | None) -> None:
    while stack is not None:
        kept = [frame for frame in stack.stack if not _INSIDES.search(frame.filename)]
        stack.stack = traceback.StackSummary.from_list(kept or list(stack.stack))
        stack = stack.__cause__ or stack.__context__
