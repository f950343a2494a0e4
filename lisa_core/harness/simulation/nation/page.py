"""The report of a simulation as one HTML file: everything is inline, it opens offline, and it is the same to the byte
for the same order, whatever the machine and the number of workers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from lisa_core.domain.model.ids import SiteId
from lisa_core.harness.simulation.nation.intervals import CONFIDENCE, interval
from lisa_core.harness.simulation.nation.plots import BAR, INK, MOST, Bar, by_hour, by_site, top_of
from lisa_core.harness.simulation.nation.report import headline, rows, said, warmup
from lisa_core.harness.simulation.nation.result import Key, Result
from lisa_core.harness.simulation.play.report import number, percent, seconds
from lisa_core.harness.simulation.play.totals import Waits
from lisa_core.harness.simulation.rules.tally import RULES

_SECOND_US = 1_000_000
_HEAD = (
    '<!doctype html>\n<html lang="de">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
)


def page(result: Result) -> str:
    """The whole file."""
    title = escape(headline(result.order))
    style = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    body = "\n".join(part for section in _SECTIONS for part in section(result))
    return (
        f"{_HEAD}<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        f"{body}\n</main>\n</body>\n</html>\n"
    )


def _verdict(result: Result) -> Iterator[str]:
    checked, broken = sum(result.totals.checked.values()), sum(result.totals.broken.values())
    kind = "verdict broken" if broken else "verdict"
    yield f'<p class="{kind}">Invarianten: {number(checked)} geprüft, {number(broken)} verletzt</p>'
    for one in result.broken:
        where = f"Landkreis {one.portion.kreis}, Startwert {one.portion.seed}"
        also = f", in {one.kreise} Landkreisen" if one.kreise > 1 else ""
        yield f"<p>{escape(f'{RULES[one.breach.rule]}: {one.breach.found} ({where}{also})')}</p>"
    yield f'<p class="soft">Prüfsumme <code>{result.digest}</code></p>'


def _figures(result: Result) -> Iterator[str]:
    totals, waits = result.totals, result.totals.all_waits()
    plain = [
        ("Besuche", number(totals.visits)),
        ("davon gerufen", number(totals.called)),
        ("beantwortet", number(waits.count)),
        ("Wartezeit im Mittel", seconds(waits.mean_us())),
        ("Wartezeit, 95 % unter", seconds(waits.p95_us())),
        ("Servicegrad (20 s)", percent(totals.service_level_permille())),
        ("Abbruch vor dem Gespräch", percent(totals.abandonment_permille())),
    ]
    yield "<h2>Kennzahlen</h2>"
    yield _table("Über alles, was zählt", ("", ""), plain)
    if result.order.replications > 1:
        level = f"{CONFIDENCE * 100:.0f} %"
        means = [(name, said(found, unit)) for name, unit, found in rows(result)]
        yield f"<h2>Mittel über {result.order.replications} Wiederholungen</h2>"
        yield _table(f"Mit Vertrauensbereich ({level}, Student t)", ("", "Mittel ± Bereich"), means)
    yield "<h2>Einschwingen</h2>"
    told = " ".join(warmup(result))
    yield f"<p>{escape(told[:1].upper() + told[1:])}</p>"


def _plots(result: Result) -> Iterator[str]:
    totals = result.totals
    sites = result.sites()
    hours = [_bar(result, str(hour), totals.at_hour(hour), ("hour", hour)) for hour in totals.hours()]
    places = [_bar(result, _name(result, site), totals.at_site(site), ("site", site)) for site in sites]
    one_by_one = {site: _hours_of(result, site) for site in sites}
    yield "<h2>Wartezeit bis zum Gesicht</h2>"
    legend = [(BAR, "Mittel"), (MOST, "95 % unter"), *([(INK, "Vertrauensbereich")] if _spread(hours) else [])]
    yield f"<p>{''.join(_key(*one) for one in legend)}</p>"
    yield '<div class="plots">'
    yield _figure("Nach Stunde, alle Standorte", by_hour("Wartezeit nach Stunde", hours, top_of(hours)))
    yield _figure("Nach Standort", by_site("Wartezeit nach Standort", places, top_of(places)))
    yield "</div>"
    yield "<h2>Nach Stunde an jedem Standort</h2>"
    yield '<div class="plots">'
    top_s = top_of([bar for bars in one_by_one.values() for bar in bars])
    for site, bars in one_by_one.items():
        name = _name(result, site)
        yield _figure(name, by_hour(f"Wartezeit nach Stunde: {name}", bars, top_s))
    yield "</div>"


def _numbers(result: Result) -> Iterator[str]:
    totals = result.totals
    hours = totals.hours()
    told = []
    for site in result.sites():
        cells = (totals.waits.get((site, hour), Waits()) for hour in hours)
        told.append((_name(result, site), *(seconds(cell.mean_us()) if cell.count else "–" for cell in cells)))
    yield "<h2>Dieselben Zahlen</h2>"
    yield _table("Mittlere Wartezeit nach Standort und Stunde", ("Standort", *(f"{hour} Uhr" for hour in hours)), told)


_SECTIONS = (_verdict, _plots, _figures, _numbers)


def _bar(result: Result, name: str, waits: Waits, key: Key | None = None) -> Bar:
    values = result.replicated(key) if key else []
    half_s = interval(values).half / _SECOND_US if len(values) > 1 else 0.0
    return Bar(name, waits.total_us / max(1, waits.count) / _SECOND_US, half_s, waits.p95_us() / _SECOND_US)


def _hours_of(result: Result, site: SiteId) -> list[Bar]:
    totals = result.totals
    return [_bar(result, str(hour), totals.waits.get((site, hour), Waits())) for hour in totals.hours()]


def _name(result: Result, site: SiteId) -> str:
    return result.directory.sites[site].name


def _spread(bars: Sequence[Bar]) -> bool:
    return any(bar.half_s for bar in bars)


def _key(colour: str, text: str) -> str:
    return f'<span class="key"><span style="background: {colour}"></span>{text}</span> '


def _figure(caption: str, picture: str) -> str:
    return f"<figure><figcaption>{escape(caption)}</figcaption>{picture}</figure>"


def _table(caption: str, head: Sequence[str], told: Sequence[Sequence[str]]) -> str:
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head) if any(head) else ""
    body = "\n".join(
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in rest)}</tr>'
        for first, *rest in told
    )
    thead = f"<thead><tr>{top}</tr></thead>" if top else ""
    region = f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(caption, quote=True)}">'
    table = f"<table><caption>{escape(caption)}</caption>{thead}<tbody>\n{body}\n</tbody></table>"
    return f"{region}{table}</div>"
