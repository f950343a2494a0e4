"""How the page writes what is not its own: scenarios as their file has them, all else in the language of the run."""

from __future__ import annotations

from markupsafe import Markup, escape

from lisa_core.harness.report.record import StepRecord
from lisa_core.harness.text.language import spoken
from lisa_core.harness.text.translation import gloss, in_english, step_gloss

_LONGEST = 4_000
"""A longer text is no sentence: a picture, a file."""


def named(name: str) -> Markup:
    """A feature or scenario by its name; in an English report with its English line, where it has one."""
    return _with_line(escape(name), gloss(name) if spoken() == "en" else "")


def step_written(step: StepRecord) -> Markup:
    """A step as it was written; in an English report with its English line, where it has one."""
    line = step_gloss(step.keyword, step.text) if spoken() == "en" else ""
    return _with_line(Markup('<span class="keyword">{}</span> {}').format(step.keyword, step.text), line)


def spoken_value(value: object) -> object:
    """What the page says through none of its own sentences: errors, reasons, answers, which rooms say in German."""
    if spoken() != "en" or not isinstance(value, str) or isinstance(value, Markup) or len(value) >= _LONGEST:
        return value
    return in_english(value)


def _with_line(german: Markup, line: str) -> Markup:
    if not line:
        return german
    return Markup('<span lang="de">{}</span> <span class="gloss">({})</span>').format(german, line)
