"""What may stand in each placeholder of a sentence: the second part of `lisa steps`, for the Landkreis of a profile."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator

from lisa_core.harness.match.catalogue import StepEntry, formatted
from lisa_core.harness.match.editor import snippets
from lisa_core.harness.match.fault_words import by_device
from lisa_core.harness.match.known import Known, known_in
from lisa_core.harness.match.values import KINDS
from lisa_core.harness.settings import DEFAULT_PROFILE

_WIDTH, _INDENT = 110, 26
Row = tuple[str, str, tuple[str, ...]]
"""A kind of word, what it is, and the values that there are, where they are known: a paragraph, or one a device."""


def whole(entries: Iterable[StepEntry], style: str, profile: str = DEFAULT_PROFILE) -> str:
    """The catalogue of steps, and what may stand in their placeholders in a run with this profile."""
    listed, known = list(entries), known_in(profile)
    if style == "vscode":
        return snippets(listed, known)
    told = list(rows(listed, known))
    add = _ADDED.get(style)
    return formatted(listed, style) + (add(told) if add and told else "")


def rows(entries: Iterable[StepEntry], known: Known | None) -> Iterator[Row]:
    """Each kind of word that these sentences have."""
    for kind in sorted({kind for entry in entries for _, kind in entry.kinds if kind in KINDS}):
        row = KINDS[kind]
        values = tuple(row.values(known)) if known else ()
        yield kind, row.title, by_device(values) if kind == "Störung" else (" · ".join(values),) if values else ()


def _as_text(rows: Iterable[Row]) -> str:
    lines = ["", "", "Was in den Klammern stehen darf"]
    for kind, title, values in rows:
        first, *more = textwrap.wrap(title, _WIDTH - _INDENT)
        hanging = "  " if len(values) > 1 else ""
        for one in values:
            more += textwrap.wrap(one, _WIDTH - _INDENT, break_long_words=False, subsequent_indent=hanging)
        lines += ["", f"  {kind:<{_INDENT - 2}}{first}", *(f"{'':<{_INDENT}}{line}" for line in more)]
    return "\n".join(lines)


def _as_markdown(rows: Iterable[Row]) -> str:
    lines = ["", "", "## Was in den Klammern stehen darf", "", "| Wort | Was es ist | Werte |", "|---|---|---|"]
    for kind, title, values in rows:
        cells = (f"**{kind}**", title, "<br>".join(values))
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines)


_ADDED: dict[str, Callable[[list[Row]], str]] = {"text": _as_text, "md": _as_markdown}
