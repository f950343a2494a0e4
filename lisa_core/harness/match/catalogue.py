"""The catalogue of steps, from the live registry: what is printed is what a scenario can use."""

from __future__ import annotations

import importlib
import inspect
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

from lisa_core.harness.match.bridge import of_pytest_bdd
from lisa_core.harness.match.expression import expression_of
from lisa_core.harness.steps.library import step_modules
from lisa_core.harness.text.keywords import KEYWORD_OF_TYPE, STEP_WORDS
from lisa_core.harness.text.words import TYPES

_HOLE = re.compile(r"\{(\w+):(\w+)\}")
_GROUP = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")


@dataclass(frozen=True, slots=True)
class StepEntry:
    """One step as a tester sees it. `keyword` is `*` where any fits; `source` is file:line.

    `group` is the `TITLE` of its module, or the first line of the module's docstring.
    `example` comes from the first line of the docstring ("Wenn die Bürgerin Platz nimmt"), `summary` from the rest.
    """

    group: str
    keyword: str
    pattern: str
    summary: str
    example: str
    source: str
    fields: tuple[tuple[int, int], ...] = ()
    """Where in the example the words stand that may be others, as (start, end)."""
    kinds: tuple[tuple[str, str], ...] = ()
    """What may stand in each placeholder: its name, and the kind of its words (`values.KINDS`)."""
    expression: str = ""
    """The same as a Cucumber Expression, its placeholders named by the kind of their words; or `/a regular one/`."""


OWN: list[StepFunctionContext] = []
"""Sentences of a tester's own that were read; `own.definitions.tell_own` adds them."""


def steps(modules: Iterable[str] | None = None) -> list[StepEntry]:
    """Import the step library (ours and what others installed) and list every known step, module by module.

    Modules stand in the order of the library, which is that of a visit; what no library names comes last.
    """
    place = {module: number for number, module in enumerate(import_steps(modules))}
    return [_entry(context) for context in sorted(registered(), key=partial(_order, place))]


def import_steps(modules: Iterable[str] | None = None) -> list[str]:
    """Import the step library, or these modules of it, so that its steps are registered; returns what was imported."""
    listed = list(step_modules() if modules is None else modules)
    for module in listed:
        importlib.import_module(module)
    return listed


def registered() -> list[StepFunctionContext]:
    """Every known step: those of the library, and a tester's own."""
    return [*library(), *OWN]


def library() -> list[StepFunctionContext]:
    """Every registered step but pytest-bdd's own."""
    return [context for context in step_function_context_registry.values() if not of_pytest_bdd(context.step_func)]


def readable(pattern: str) -> str:
    """A pattern without the marks of its grammar: "{dauer:Dauer} vergehen" -> "{dauer} vergehen"."""
    pattern = _GROUP.sub(r"{\1}", pattern)
    return re.sub(r"\{(\w+):[^{}]*\}", r"{\1}", pattern)


def formatted(entries: Iterable[StepEntry], style: str = "text") -> str:
    """The catalogue as `text`, `md` or `json`; what may stand where adds `legend`."""
    return STYLES[style](list(entries))


def _order(place: Mapping[str, int], context: StepFunctionContext) -> tuple[int, str, str, int]:
    function = inspect.unwrap(context.step_func)
    module, code = function.__module__, function.__code__
    return place.get(module, len(place)), module, code.co_filename, code.co_firstlineno


def sentence(context: StepFunctionContext) -> str:
    """What a tester would write behind the keyword: the example of the docstring, or the readable pattern."""
    return _example(context) or readable(context.parser.name)


def summary(context: StepFunctionContext) -> str:
    """What the docstring says of a step beside its example: what it means, and the table below it."""
    doc = inspect.getdoc(inspect.unwrap(context.step_func)) or ""
    lines = [line.strip() for line in doc.splitlines() if line.strip()]
    return " ".join(lines[1:] if _example(context) else lines)


def _entry(context: StepFunctionContext) -> StepEntry:
    function = inspect.unwrap(context.step_func)
    example = _example(context)
    keyword = KEYWORD_OF_TYPE[context.type] if context.type else "*"
    module = inspect.getmodule(function)
    heading = (inspect.getdoc(module) or "").splitlines() if module else []
    return StepEntry(
        group=getattr(module, "TITLE", heading[0] if heading else function.__module__),
        keyword=keyword,
        pattern=readable(context.parser.name),
        summary=summary(context),
        example=f"{keyword} {sentence(context)}",
        source=f"{Path(function.__code__.co_filename).name}:{function.__code__.co_firstlineno}",
        fields=_fields(context, example, len(keyword) + 1),
        kinds=tuple(_HOLE.findall(context.parser.name)),
        expression=expression_of(context.parser, TYPES),
    )


def _fields(context: StepFunctionContext, example: str, offset: int) -> tuple[tuple[int, int], ...]:
    parser = getattr(context.parser, "parser", None)
    found = parser.parse(example) if example and parser is not None else None
    spans = getattr(found, "spans", {})
    return tuple(sorted((start + offset, end + offset) for start, end in spans.values()))


def _example(context: StepFunctionContext) -> str:
    """The first line of the docstring, without its keyword, when it is a sentence that this step matches."""
    doc = inspect.getdoc(inspect.unwrap(context.step_func)) or ""
    keyword, _, rest = doc.partition("\n")[0].strip().partition(" ")
    is_example = keyword in STEP_WORDS and context.parser.is_matching(rest)
    return rest if is_example else ""


def _grouped(entries: list[StepEntry]) -> dict[str, list[StepEntry]]:
    groups: dict[str, list[StepEntry]] = {}
    for entry in entries:
        groups.setdefault(entry.group, []).append(entry)
    return groups


def _as_text(entries: list[StepEntry]) -> str:
    lines = [f"{len(entries)} Schritte"]
    for group, members in _grouped(entries).items():
        lines += ["", group]
        for entry in members:
            lines.append(f"  {entry.keyword:<10} {entry.pattern}")
            lines += [f"             {entry.summary}"] if entry.summary else []
            lines.append(f"             z. B. {entry.example}")
            lines += [f"             {_kinds(entry)}"] if entry.kinds else []
    return "\n".join(lines)


def _kinds(entry: StepEntry) -> str:
    """`wer: Mitarbeiterin · zustand: Platzzustand`."""
    return " · ".join(f"{name}: {kind}" for name, kind in entry.kinds)


def _as_markdown(entries: list[StepEntry]) -> str:
    lines = ["# Schritte"]
    for group, members in _grouped(entries).items():
        lines += ["", f"## {group}", "", "| Schritt | Bedeutung | Beispiel | Wörter |", "|---|---|---|---|"]
        for entry in members:
            cells = (f"**{entry.keyword}** {entry.pattern}", entry.summary, entry.example, _kinds(entry))
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines)


def _as_json(entries: list[StepEntry]) -> str:
    return json.dumps([asdict(entry) for entry in entries], ensure_ascii=False, indent=2)


STYLES: dict[str, Callable[[list[StepEntry]], str]] = {"text": _as_text, "md": _as_markdown, "json": _as_json}
