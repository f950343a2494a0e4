"""`lisa steps --format html`: all sentences as one file that opens offline, to be searched, read and printed.

Each sentence stands in its area, with an example, the words that may stand in it in this Landkreis, and the scenarios
that use it. At the end stand the kinds of words, and the sentences that testers tried and did not find.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from lisa_core.harness.match.advice import matches, nearest_sentences
from lisa_core.harness.match.catalogue import StepEntry
from lisa_core.harness.match.known import known_in
from lisa_core.harness.match.legend import rows
from lisa_core.harness.report.record import ScenarioRecord
from lisa_core.harness.start.wanted import Wanted
from lisa_core.harness.text.findings import shown
from lisa_core.harness.text.keywords import KEYWORD_OF_TYPE

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Missed:
    """A sentence that was tried, with its keyword, and the nearest ones that there are."""

    text: str
    times: int
    last: str
    near: tuple[str, ...]


def page(
    entries: Sequence[StepEntry],
    profile: str,
    users: Mapping[str, tuple[ScenarioRecord, ...]],
    tried: Iterable[Wanted],
) -> str:
    """The whole file; `users`: by the pattern of a sentence the scenarios that use it."""
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"example": _example, "place": _place, "day": _day}
    style, script = ((_HERE / f"catalogue.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))
    groups: dict[str, list[StepEntry]] = {}
    for entry in entries:
        groups.setdefault(entry.group, []).append(entry)
    return environment.get_template("catalogue.html.jinja").render(
        groups=groups,
        count=len(entries),
        unused=sum(entry.pattern not in users for entry in entries),
        users=users,
        profile=profile,
        kinds={kind: (title, values) for kind, title, values in rows(entries, known_in(profile))},
        missed=[_missed(one) for one in tried if not matches(one.text)],
        style=Markup(style),  # ours
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def _hash(text: str) -> str:
    """What Content-Security-Policy knows an inline style or script by."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _example(entry: StepEntry) -> Markup:
    """The example, with a mark around each word that may be another one."""
    text, end = "", 0
    for start, stop in entry.fields:
        text += f"{escape(entry.example[end:start])}<mark>{escape(entry.example[start:stop])}</mark>"
        end = stop
    return Markup(text + escape(entry.example[end:]))  # escaped piece by piece


def _place(one: ScenarioRecord) -> str:
    return f"{shown(one.file)}:{one.line}"


def _day(iso: str) -> str:
    """As people write a day: 29.11.2026."""
    return ".".join(reversed(iso.split("-")))


def _missed(one: Wanted) -> Missed:
    near = nearest_sentences(one.kind, one.text) or nearest_sentences("", one.text)
    return Missed(f"{KEYWORD_OF_TYPE.get(one.kind, '*')} {one.text}", one.times, one.last, tuple(near))
