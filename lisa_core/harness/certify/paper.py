"""The short paper of a bundle: what came of it and why, what was tested with what, one line for each verdict.

Drawn from the stream alone, the same bytes for the same run; who reads it sees on each page to which stream it belongs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from lisa_core.harness.certify.contents import Contents
from lisa_core.harness.certify.earlier.leaning import Leaning
from lisa_core.harness.certify.headline import Conclusion, Sought
from lisa_core.harness.certify.retrial import Retrial
from lisa_core.harness.certify.statement import ZONE, devices
from lisa_core.harness.report.environment import LINK
from lisa_core.harness.report.judgement import limit_text, value_text
from lisa_core.harness.report.page.words import measure_title
from lisa_core.harness.report.record import RunRecord
from lisa_core.harness.text.translation import in_english
from lisa_core.papers.pages import BODY, SMALL, TITLE
from lisa_core.papers.sheet import Sheet

NAME = "Prüfpaket"
MOST_REASONS = 40
_DENSE, _LABEL = 8.5, (38, 0)
_NO_MORE = (
    "Dieses Blatt sagt nicht mehr, als der Strom der Nachrichten enthält. Ob ein Gerät wirklich dasteht, kann kein "
    "Programm sagen: Das bezeugt, wer gegenzeichnet."
)

_LEANS = (
    "Diese Szenarien sind nicht noch einmal gelaufen: Nichts, was sie benutzen, ist anders als in dem früheren Paket. "
    "Das Urteil oben ist das ohne sie; mit ihnen sagt es lisa verify --against, wenn die früheren Pakete vorliegen."
)


class _EnglishSheet(Sheet):
    """The same sheet in English, for a run that spoke it; a scenario keeps its name, with its English line."""

    language, page_word = "en", "Page"

    def line(self, text: str, size: float = BODY, *, bold: bool = False, grey: bool = False) -> None:
        super().line(in_english(text), size, bold=bold, grey=grey)

    def heading(self, text: str) -> None:
        super().heading(_capital(in_english(text)))

    def cells(
        self, texts: Sequence[str], widths_mm: Sequence[float], size: float = BODY, heads: Sequence[str] = ()
    ) -> None:
        english = map(in_english, texts)
        titled = [_capital(one) if at < len(heads) else one for at, one in enumerate(english)]
        super().cells(titled, widths_mm, size, heads)


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def as_pdf(contents: Contents, retrial: Retrial, conclusion: Conclusion, sought: Sought | None, stream: str) -> bytes:
    """The paper; `stream` is the SHA-256 of the messages. Whoever checks draws it again, so it is drawn once: a page
    does not say how many there are."""
    run = contents.run
    title, footer = f"{NAME}: {conclusion.headline.value}", f"{NAME} · gehört zum Strom mit SHA-256 {stream[:16]}…"
    is_english = run.language == "en"
    sheet = _EnglishSheet(in_english(title), "LISA", in_english(footer)) if is_english else Sheet(title, "LISA", footer)
    sheet.line(title, TITLE, bold=True)
    sheet.space(3)
    for label, text in _head(run, sought):
        sheet.cells((label, text or "–"), _LABEL, heads=("Row",))
    sheet.space(2)
    sheet.line(_NO_MORE, _DENSE)
    sheet.line(f"SHA-256 des Stroms (messages.ndjson): {stream}", SMALL, grey=True)
    _reasons(sheet, conclusion)
    _leaning(sheet, contents.leaning)
    _devices(sheet, run)
    _verdicts(sheet, retrial)
    return sheet.pdf()


def _head(run: RunRecord, sought: Sought | None) -> list[tuple[str, str]]:
    told = dict(run.environment)
    return [
        ("Klasse", sought.name if sought else "keine genannt"),
        ("Profil", f"{run.profile}, Prüfsumme {told.get('Prüfsumme des Profils', 'nicht vermerkt')[:16]}"),
        ("Geprüft durch", run.tester),
        ("Ort", run.place),
        ("Beginn", _moment(run.started)),
        ("Fassung", f"lisa-booth {told.get('lisa-booth', 'nicht vermerkt')}, Stand {told.get('Stand', 'unbekannt')}"),
        ("Rechner", told.get("Rechner", "")),
    ]


def _reasons(sheet: Sheet, conclusion: Conclusion) -> None:
    sheet.heading("Was dahinter steht")
    if not conclusion.reasons:
        sheet.line("Alles, was die Klasse verlangt, ist an echten Geräten bestanden.", _DENSE)
    for headline, why in conclusion.reasons[:MOST_REASONS]:
        sheet.cells((headline.value, why), _LABEL, _DENSE, heads=("Row",))
    if (rest := len(conclusion.reasons) - MOST_REASONS) > 0:
        sheet.line(f"und {rest} weitere Gründe", _DENSE)


def _leaning(sheet: Sheet, leaning: Leaning) -> None:
    if not leaning.held:
        return
    sheet.heading("Worauf sich das stützt")
    sheet.line(_LEANS, _DENSE)
    sheet.cells(("Szenario, das weiter gilt", "Paket"), (0, 38), _DENSE, heads=("Column",) * 2)
    for name, identity in leaning.held:
        sheet.cells((name, f"{identity[:16]}…"), (0, 38), _DENSE)


def _devices(sheet: Sheet, run: RunRecord) -> None:
    sheet.heading("Geräte, auf denen Urteile beruhen")
    found = devices(run)
    if not found:
        sheet.line("Keine: Der Lauf hat seine Geräte selbst gespielt.", _DENSE)
        return
    widths = (30, 30, 0, 30)
    sheet.cells(("Gerät", "Was es war", "Kennung", "Treiber"), widths, _DENSE, heads=("Column",) * 4)
    for slot, origin, identity, driver, _ in found:
        sheet.cells((slot, origin, identity or "–", driver), widths, _DENSE)
    for name, text in run.environment:
        if name.startswith(LINK):
            sheet.line(f"{name}: {text}", _DENSE)


def _verdicts(sheet: Sheet, retrial: Retrial) -> None:
    if retrial.requirements:
        sheet.heading("Anforderungen")
        sheet.cells(("Nr.", "Anforderung", "Urteil"), (22, 0, 34), _DENSE, heads=("Column",) * 3)
        for asked in retrial.requirements:
            sheet.cells((asked.id, asked.text, asked.verdict.value), (22, 0, 34), _DENSE)
    values = [value for one in retrial.scenarios for value in one.measurements if value.limit is not None]
    if values:
        sheet.heading("Messwerte mit Grenze")
        heads = ("Messwert", "Wert ± U", "Grenze", "Urteil")
        sheet.cells(heads, (0, 38, 34, 34), _DENSE, heads=("Column",) * 4)
        for value in values:
            cells = (measure_title(value.name), value_text(value), limit_text(value), value.verdict.value)
            sheet.cells(cells, (0, 38, 34, 34), _DENSE)
    sheet.heading("Szenarien")
    counted = Counter(one.verdict.value for one in retrial.scenarios)
    sheet.line(", ".join(f"{count} {word}" for word, count in counted.items()), _DENSE)
    sheet.cells(("Szenario", "Urteil"), (0, 34), _DENSE, heads=("Column",) * 2)
    for one in retrial.scenarios:
        sheet.cells((one.name, one.verdict.value), (0, 34), _DENSE)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(ZONE):%d.%m.%Y, %H:%M} Uhr"
