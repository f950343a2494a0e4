"""The answers to OWASP ASVS as one page: no script, nothing from elsewhere; for a screen, a reader, and paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from tests.tidy.asvs import SETTINGS, Item, State, standard

FRAME = Path(__file__).with_name("asvs_page.html")
CLASSES = {State.TEST: "test", State.CHECK: "check", State.NOT_APPLICABLE: "none", State.OPEN: "open"}
MEANS = {
    State.TEST: "Tests zeigen es, bei jedem `make test`.",
    State.CHECK: "Ein Mensch prüft es; daneben steht, wer und wann.",
    State.NOT_APPLICABLE: "So etwas gibt es hier nicht; daneben steht, warum.",
    State.OPEN: "Es fehlt etwas; daneben steht, was.",
}


def page(found: Sequence[Item]) -> str:
    """All of it."""
    parts = {
        "stand": _stand(found),
        "filter": "\n".join(_choices()),
        "lagen": "\n".join(_settings(found)),
        "regeln": "\n".join(_rules()),
        "inhalt": "\n".join(_contents(found)),
        "kapitel": "\n".join(_chapters(found)),
        "fassung": escape(standard()["version"]),
        "quelle": escape(standard()["source"]),
        "zahl": str(len(found)),
    }
    text = FRAME.read_text(encoding="utf-8")
    for key, value in parts.items():
        text = text.replace(f"<!-- {key} -->", value)
    return text


def _stand(found: Sequence[Item]) -> str:
    cells = "".join(
        f'<tr><th scope="row"><span class="tag {CLASSES[state]}">{state.value}</span></th>'
        f"<td>{_count(found, state)}</td><td>{_count(found, state, 1)}</td><td>{_text(meaning)}</td></tr>"
        for state, meaning in MEANS.items()
    )
    return (
        '<table class="sums"><thead><tr><th scope="col">Stand</th><th scope="col">Punkte</th>'
        f'<th scope="col">davon Stufe 1</th><th scope="col">Das heißt</th></tr></thead><tbody>{cells}</tbody></table>'
    )


def _count(found: Sequence[Item], state: State, level: int = 0) -> int:
    return sum(item.state is state and level in (0, item.level) for item in found)


def _choices() -> Iterator[str]:
    yield '<label><input type="radio" name="stand" id="f-all" checked /> alle</label>'
    for state in MEANS:
        yield f'<label><input type="radio" name="stand" id="f-{CLASSES[state]}" /> {state.value}</label>'


def _settings(found: Sequence[Item]) -> Iterator[str]:
    for key, (how, why) in SETTINGS.items():
        touched = ", ".join(f'<a href="#{item.id}">{item.id}</a>' for item in found if key in item.open_if)
        yield (
            f'<label><input type="checkbox" id="s-{key}" /> <code>{escape(how)}</code></label>'
            f'<span class="why">{escape(why)} Offen wird: {touched}</span>'
        )


def _rules() -> Iterator[str]:
    """What the choices hide; a row that a setting makes open counts as open."""
    for name in CLASSES.values():
        yield f"body:has(#f-{name}:checked) tr.item:not(.{name}) {{ display: none; }}"
        yield f"body:has(#f-{name}:checked) section.chapter:not(:has(tr.{name})) {{ display: none; }}"
    for key in SETTINGS:
        on, row = f"body:has(#s-{key}:checked)", f"tr.if-{key}"
        yield f"{on} {row} .tag.usual {{ display: none; }}\n{on} {row} .tag.then {{ display: inline-block; }}"
        yield f"{on}:has(#f-open:checked) {row} {{ display: table-row; }}"
        yield f"{on}:has(#f-open:checked) section.chapter:has({row}) {{ display: block; }}"
        others = ", ".join(f"#f-{name}:checked" for name in CLASSES.values() if name != "open")
        yield f"{on}:has({others}) {row} {{ display: none; }}"


def _contents(found: Sequence[Item]) -> Iterator[str]:
    for number, title, rows in _by_chapter(found):
        count = _count(rows, State.OPEN)
        left = f" <span>({count} offen)</span>" if count else ""
        yield f'<li><a href="#k{number}">{number} {escape(title)}</a>{left}</li>'


def _chapters(found: Sequence[Item]) -> Iterator[str]:
    for number, title, rows in _by_chapter(found):
        yield f'<section class="chapter" id="k{number}" aria-labelledby="t{number}">'
        yield f'<h2 id="t{number}">{number} {escape(title)}</h2>'
        yield (
            f'<div class="wide" role="region" aria-labelledby="t{number}" tabindex="0"><table class="items"><thead><tr>'
            '<th scope="col">Nummer</th><th scope="col">Stufe</th><th scope="col">Verlangt ist</th>'
            '<th scope="col">Stand</th><th scope="col">Beleg</th></tr></thead><tbody>'
        )
        yield from map(_row, rows)
        yield "</tbody></table></div></section>"


def _by_chapter(found: Sequence[Item]) -> Iterator[tuple[str, str, list[Item]]]:
    for (number, title), rows in groupby(found, key=lambda item: (item.id.partition(".")[0], item.chapter)):
        yield number, title, list(rows)


def _row(item: Item) -> str:
    classes = " ".join(("item", CLASSES[item.state], *(f"if-{key}" for key in item.open_if)))
    state = f'<span class="tag usual {CLASSES[item.state]}">{item.state.value}</span>'
    state += '<span class="tag then open">offen</span>' if item.open_if else ""
    return (
        f'<tr class="{classes}" id="{item.id}"><th scope="row" title="{item.name}">{item.id}</th><td>{item.level}</td>'
        f"<td>{_text(item.title)}</td><td>{state}</td><td>{''.join(_proof(item))}</td></tr>"
    )


def _proof(item: Item) -> Iterator[str]:
    for said in (item.open, item.not_applicable):
        if said:
            yield f"<p>{_text(said)}</p>"
    if item.check:
        yield f"<p><strong>{escape(item.who)}</strong>, {escape(item.when)}: {_text(item.check)}</p>"
    if item.reads:
        links = ", ".join(f'<a href="{escape(_link(one))}">{escape(one.partition("#")[2])}</a>' for one in item.reads)
        yield f"<p>Zu lesen: {links}</p>"
    if item.note:
        yield f"<p>{_text(item.note)}</p>"
    for key in item.open_if:
        yield f"<p>Offen mit <code>{escape(SETTINGS[key][0])}</code>.</p>"
    if item.tests:
        rows = "".join(f"<li><code>{_breakable(test)}</code></li>" for test in item.tests)
        yield f"{'<p>Was davon schon gezeigt ist:</p>' if item.open else ''}<ul>{rows}</ul>"


def _link(read: str) -> str:
    """The document beside this page; its headings have no names that all readers know."""
    return read.partition("#")[0].removeprefix("docs/")


def _breakable(test: str) -> str:
    """A node id may go on in the next line behind a slash, a colon or an underscore."""
    text = escape(test)
    for mark in ("/", "::", "_", "["):
        text = text.replace(mark, f"<wbr />{mark}" if mark == "[" else f"{mark}<wbr />")
    return text


def _text(said: str) -> str:
    """Escaped, with `code`."""
    parts = escape(said).split("`")
    return "".join(f"<code>{part}</code>" if number % 2 else part for number, part in enumerate(parts))
