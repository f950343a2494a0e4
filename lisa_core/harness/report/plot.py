"""Measurements against their limits as pictures: one small SVG for each requirement, drawn by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from lisa_core.harness.report.judgement import decimal_text, limit_text
from lisa_core.harness.report.page.words import measure_title
from lisa_core.harness.report.record import Measurement, Verdict

WIDTH, LEFT, RIGHT, TOP, ROW = 480, 16, 16, 40, 22
_CLASSES = {Verdict.PASSED: "value passed", Verdict.FAILED: "value failed"}
"""Colours are the page's own, so that they follow it into the dark."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture and the line below it."""

    svg: str
    caption: str


def plots(measurements: Iterable[Measurement]) -> list[Plot]:
    """One for each requirement and measurement, in the order in which they were first measured."""
    groups: dict[tuple[str, str], list[Measurement]] = {}
    for one in measurements:
        groups.setdefault((one.requirement, one.name), []).append(one)
    return [_plot(*key, group) for key, group in groups.items()]


def _plot(requirement: str, name: str, group: list[Measurement]) -> Plot:
    limit = group[0].limit or Decimal()
    ends = [edge for one in group for edge in (one.value - _spread(one), one.value + _spread(one))]
    low, high = min(Decimal(), limit, *ends), max(limit, *ends)
    span = (high - low) * Decimal("1.1") or Decimal(1)

    def at(value: Decimal) -> float:
        return LEFT + float((value - low) / span) * (WIDTH - LEFT - RIGHT)

    height = TOP + ROW * len(group) + 8
    bound = limit_text(group[0])
    title = f"{requirement}: {measure_title(name)}, {bound}"
    rows = "".join(_row(one, TOP + ROW * number + ROW // 2, at) for number, one in enumerate(group))
    x = at(limit)
    anchor = "end" if x > WIDTH / 2 else "start"
    line = (
        f'<line x1="{x:.1f}" y1="24" x2="{x:.1f}" y2="{height - 4}" stroke-dasharray="5 3"/>'
        f'<text x="{x:.1f}" y="16" text-anchor="{anchor}">{escape(bound)}</text>'
    )
    head = f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title, quote=True)}">'
    return Plot(f"{head}{line}{rows}</svg>", title)


def _row(one: Measurement, y: int, at: Callable[[Decimal], float]) -> str:
    x, spread = at(one.value), _spread(one)
    anchor, offset = ("end", -8) if x > WIDTH * 0.6 else ("start", 8)
    bar = f'<line x1="{at(one.value - spread):.1f}" y1="{y}" x2="{at(one.value + spread):.1f}" y2="{y}"/>'
    text = f'<text x="{x + offset:.1f}" y="{y - 6}" text-anchor="{anchor}">{decimal_text(one.value)}</text>'
    kind = _CLASSES.get(one.verdict, "value")
    return f'<g class="{kind}">{bar}<circle cx="{x:.1f}" cy="{y}" r="4.5"/>{text}</g>'


def _spread(one: Measurement) -> Decimal:
    return one.uncertainty or Decimal()
