"""Waits as pictures: small SVGs, drawn by hand; as wide as a phone, so that their letters can be read on one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

WIDTH = 340
INK, SOFT, GRID, BAR, MOST = "#12222b", "#445661", "#d3dce0", "#5b9fb4", "#8a3b00"
_LEFT, _RIGHT, _TOP, _PLOT, _FOOT, _ROW = 34, 8, 26, 132, 34, 46
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_MARKS = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """A mean wait and its interval, and below which 95 % of the waits were; in seconds."""

    name: str
    mean_s: float
    half_s: float
    most_s: float

    @property
    def end_s(self) -> float:
        return max(self.mean_s + self.half_s, self.most_s)


def top_of(bars: Sequence[Bar]) -> float:
    """Where an axis ends that shows all of them."""
    highest = max((bar.end_s for bar in bars), default=0.0)
    return max(1.0, ceil(highest / _step(highest) - 1e-9) * _step(highest)) if highest else 1.0


def by_hour(title: str, bars: Sequence[Bar], top_s: float) -> str:
    """A column for each hour; the hours stand below."""
    height, wide = _TOP + _PLOT + _FOOT, (WIDTH - _LEFT - _RIGHT) / max(1, len(bars))

    def y(value_s: float) -> float:
        return _TOP + _PLOT * (1 - min(max(0.0, value_s), top_s) / top_s)

    parts = [_text(_LEFT - 6, 11, "s", "end")]
    for mark in _marks(top_s):
        parts.append(_line((_LEFT, y(mark)), (WIDTH - _RIGHT, y(mark)), GRID, 1))
        parts.append(_text(_LEFT - 6, y(mark) + 4, _german(mark), "end"))
    for number, bar in enumerate(bars):
        x, half = _LEFT + wide * (number + 0.5), min(13.0, wide * 0.34)
        parts.append(_rectangle((x - half, y(bar.mean_s)), (2 * half, y(0) - y(bar.mean_s))))
        low, high = y(bar.mean_s - bar.half_s), y(bar.mean_s + bar.half_s)
        parts += [_line((x, low), (x, high), INK, 2)] if bar.half_s else []
        parts.append(_line((x - half, y(bar.most_s)), (x + half, y(bar.most_s)), MOST, 3))
        parts.append(_text(x, y(0) + 15, bar.name, "middle"))
    parts.append(_text(_LEFT + (WIDTH - _LEFT - _RIGHT) / 2, height - 3, "Uhr", "middle"))
    return _svg(title, height, parts)


def by_site(title: str, bars: Sequence[Bar], top_s: float) -> str:
    """A row for each site, its name above."""

    def x(value_s: float) -> float:
        return 2 + (WIDTH - 70) * min(max(0.0, value_s), top_s) / top_s

    parts: list[str] = []
    for number, bar in enumerate(bars):
        at = number * _ROW
        parts.append(_text(2, at + 15, bar.name))
        parts.append(_rectangle((2, at + 21), (x(bar.mean_s) - 2, 14)))
        low, high = x(bar.mean_s - bar.half_s), x(bar.mean_s + bar.half_s)
        parts += [_line((low, at + 28), (high, at + 28), INK, 2)] if bar.half_s else []
        parts.append(_line((x(bar.most_s), at + 19), (x(bar.most_s), at + 37), MOST, 3))
        parts.append(_text(x(bar.end_s) + 7, at + 33, f"{_german(bar.mean_s)} s"))
    return _svg(title, max(1, len(bars)) * _ROW, parts)


Point = tuple[float, float]


def _step(highest: float) -> float:
    """1, 2, 2.5 or 5 of some power of ten: about four of them reach the highest."""
    rough = max(highest, 1e-6) / _MARKS
    power = 10.0 ** floor(log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough - 1e-9)


def _marks(top_s: float) -> list[float]:
    step = _step(top_s)
    return [step * number for number in range(floor(top_s / step + 1e-9) + 1)]


def _svg(title: str, height: float, parts: list[str]) -> str:
    head = f'<svg viewBox="0 0 {WIDTH} {height:g}" role="img" aria-label="{escape(title, quote=True)}">'
    return f"{head}{''.join(parts)}</svg>"


def _line(begin: Point, end: Point, colour: str, width: float) -> str:
    (x1, y1), (x2, y2) = begin, end
    place = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {place} stroke="{colour}" stroke-width="{width}"/>'


def _rectangle(corner: Point, size: Point) -> str:
    (x, y), (width, height) = corner, size
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{BAR}"/>'


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{INK}">{escape(text)}</text>'


def _german(value: float) -> str:
    text = f"{value:.1f}" if value < 100 else f"{value:.0f}"
    return text.removesuffix(".0").replace(".", ",")
