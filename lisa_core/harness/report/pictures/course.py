"""Who said what to whom, as a sequence picture: a line for each speaker, time downwards, the steps across as bands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from lisa_core.harness.report.pictures.moment import BOOTH, CITIZEN, EXCHANGE, STEP, Utterance
from lisa_core.harness.report.pictures.spoken import who, words_of
from lisa_core.harness.text.language import in_digits

COLUMN, LEFT, ROW, HEAD, BAND = 210, 70, 34, 40, 26
_LETTER = 7.0
"""Width of a letter in the picture's units, roughly."""
_FIRST = (CITIZEN, BOOTH, EXCHANGE)


@dataclass(frozen=True, slots=True)
class Band:
    """A step: its sentence, and whether it is the one that failed."""

    text: str
    failed: bool = False


def drawn(course: Iterable[Utterance], bands: Sequence[Band], title: str) -> str:
    """An SVG for a page that has styles for `.course`; "" where nothing was said."""
    said = together(course)
    speakers = _speakers(one for one, _ in said if one.name != STEP)
    if not speakers:
        return ""
    at = {name: LEFT + COLUMN * number + COLUMN // 2 for number, name in enumerate(speakers)}
    rows: list[str] = []
    y, width = HEAD, LEFT + COLUMN * len(speakers)
    for one, count in said:
        if one.name != STEP:
            rows.append(_arrow(one, count, at, y))
            y += ROW
        elif int(one.detail) < len(bands):
            rows.append(_band(bands[int(one.detail)], y, width))
            y += BAND
    lines = "".join(f'<line class="life" x1="{x}" y1="{HEAD - 8}" x2="{x}" y2="{y}"/>' for x in at.values())
    heads = "".join(f'<text class="who" x="{x}" y="20">{escape(who(name))}</text>' for name, x in at.items())
    label = escape(title, quote=True)
    whole = f'<svg class="course" viewBox="0 0 {width} {y + 4}" width="{width}" role="img" aria-label="{label}">'
    return f"{whole}{lines}{heads}{''.join(rows)}</svg>"


def together(course: Iterable[Utterance]) -> list[tuple[Utterance, int]]:
    """What was said several times running, once, with how often."""
    kept: list[tuple[Utterance, int]] = []
    for one in course:
        if kept and _same(kept[-1][0], one):
            kept[-1] = (kept[-1][0], kept[-1][1] + 1)
        else:
            kept.append((one, 1))
    return kept


def seconds(at_us: int) -> str:
    """`1,25 s`"""
    return in_digits(f"{at_us / 1_000_000:.2f} s")


def _same(one: Utterance, other: Utterance) -> bool:
    return (one.sender, one.receiver, one.name, one.detail) == (other.sender, other.receiver, other.name, other.detail)


def _speakers(said: Iterable[Utterance]) -> list[str]:
    found = list(dict.fromkeys(name for one in said for name in (one.sender, one.receiver)))
    return [*(name for name in _FIRST if name in found), *(name for name in found if name not in _FIRST)]


def _band(band: Band, y: int, width: int) -> str:
    kind = "band failed" if band.failed else "band"
    text = _cut(band.text, width - LEFT)
    return (
        f'<g class="{kind}"><rect x="{LEFT - 4}" y="{y - 14}" width="{width - LEFT}" height="20" rx="4"/>'
        f'<text x="{LEFT + 4}" y="{y}">{escape(text)}</text></g>'
    )


def _arrow(one: Utterance, count: int, at: dict[str, int], y: int) -> str:
    begin, end = at[one.sender], at[one.receiver]
    toward = 1 if end >= begin else -1
    tip = f"M{end - 8 * toward} {y + 4}L{end} {y + 8}L{end - 8 * toward} {y + 12}Z"
    text = _cut(words_of(one.name, one.detail), abs(end - begin) - 10) + (f" ×{count}" if count > 1 else "")
    return (
        f'<g class="said"><text class="when" x="4" y="{y + 8}">{seconds(one.at_us)}</text>'
        f'<line x1="{begin}" y1="{y + 8}" x2="{end - 6 * toward}" y2="{y + 8}"/><path d="{tip}"/>'
        f'<text class="what" x="{(begin + end) / 2:.0f}" y="{y + 2}">{escape(text)}</text></g>'
    )


def _cut(text: str, room: int) -> str:
    most = max(8, int(room / _LETTER))
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
