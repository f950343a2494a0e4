"""The document on A4, to be read, kept and signed: the same bytes for the same document.

A draft has no places for signatures, and says on every page what it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from lisa_core.harness.acceptance.book import SUBJECT
from lisa_core.harness.acceptance.document import UNGRADED, Defect, Document
from lisa_core.harness.acceptance.kept import UNTOLD, Kept
from lisa_core.harness.acceptance.required import Shown
from lisa_core.harness.acceptance.takes import Decided
from lisa_core.harness.report.judgement import known_text, limit_text, value_text
from lisa_core.harness.report.page.words import measure_title, readable
from lisa_core.harness.report.record import Measurement
from lisa_core.harness.settings import CLOCK_TITLES
from lisa_core.harness.text.naming import unrepeated
from lisa_core.papers.pages import SMALL, TITLE
from lisa_core.papers.sheet import Sheet

NAME = "Abnahmeprotokoll"
_DRAFT = "ENTWURF, nicht zur Unterschrift"
_DENSE = 8.5
_WIDE_LABEL = (38, 0)
_TITLES: Mapping[str, str] = dict(
    zip(
        SUBJECT,
        ("Gegenstand", "Auftraggeber", "Auftragnehmer", "Vertrag", "Ort der Prüfung", "Teilnehmende"),
        strict=True,
    )
)
_RESERVED = "behält sich seine Rechte wegen der offenen Mängel dieses Protokolls vor (§ 640 Abs. 3 BGB)"


def as_pdf(document: Document, digest: str) -> bytes:
    """Drawn twice, since each page says how many there are; `digest` is that of the same document as data."""
    pages = _drawn(document, digest, 0)[1]
    return _drawn(document, digest, pages)[0]


def _drawn(document: Document, digest: str, pages: int) -> tuple[bytes, int]:
    footer = f"{NAME} · gehört zu den Daten mit SHA-256 {digest[:16]}…"
    author = document.subject["auftraggeber"] or "LISA"
    sheet = Sheet(NAME, author, footer, _DRAFT if document.draft else "", pages)
    _head(sheet, document, digest)
    for number, (title, section) in enumerate(_SECTIONS, 1):
        if section is _runs:
            sheet.keep_together(62)  # a heading stands with the first run
        if section is _declared and not document.draft:
            sheet.new_page()  # what is signed stands on one sheet
        sheet.heading(f"{number}. {title}")
        section(sheet, document)
    return sheet.pdf(), sheet.pages


def _head(sheet: Sheet, document: Document, digest: str) -> None:
    sheet.line(f"{NAME} (Entwurf)" if document.draft else NAME, TITLE, bold=True)
    sheet.space(3)
    _subject(sheet, document, tuple(_TITLES))
    for sentence in document.draft:
        sheet.line(f"Entwurf: {sentence}")
    sheet.space(2)
    sheet.line(f"SHA-256 der zugehörigen Daten (abnahme.json): {digest}", SMALL, grey=True)


def _subject(sheet: Sheet, document: Document, keys: Sequence[str]) -> None:
    """What it is about, and what came of it."""
    for key in keys:
        sheet.cells((_TITLES[key], document.subject[key] or "–"), _WIDE_LABEL, heads=("Row",))
    sheet.cells(("Fassung", document.version), _WIDE_LABEL, heads=("Row",))
    sheet.space(3)
    for sentence in document.summary:
        sheet.line(sentence, bold=True)


def _noted(sheet: Sheet, document: Document) -> None:
    sheet.line("Dieses Protokoll sagt nicht mehr, als die Läufe gesehen haben.", _DENSE)
    for sentence in document.notes:
        sheet.space(1)
        sheet.line(f"– {sentence}", _DENSE)


def _defects(sheet: Sheet, document: Document) -> None:
    if not document.defects:
        sheet.line("Kein Lauf hat einen Mangel gezeigt, und niemand hat einen eingetragen.", _DENSE)
    for one in document.defects:
        sheet.keep_together(34)
        sheet.line(f"Mangel {one.entry.number}: {one.weight}", bold=True)
        for label, text in _of_defect(one):
            sheet.cells((label, text), _WIDE_LABEL, _DENSE, heads=("Row",))
        sheet.space(3)


def _of_defect(one: Defect) -> list[tuple[str, str]]:
    texts, dates = one.entry.texts, one.entry.dates
    graded = [
        texts.get("eingeordnet_von", ""),
        f"{dates['eingeordnet_am']:%d.%m.%Y}" if "eingeordnet_am" in dates else "",
    ]
    state = f"behoben, gezeigt durch {one.retest}" if one.retest else ("offen" if one.open else "kein Mangel")
    rows = (
        ("Beobachtung", texts.get("beschreibung", "")),
        ("Szenario", texts.get("szenario", "")),
        ("Satz", texts.get("satz", "")),
        ("Gesehen", texts.get("gesehen", "")),
        ("Meldung", texts.get("meldung", "")),
        ("Bekannter Fehler", known_text(one.known) if one.known else ""),
        ("Begründung", texts.get("begruendung", "") or UNGRADED),
        ("Eingeordnet", ", ".join(filter(None, graded)) or UNGRADED),
        ("Frist", f"{dates['frist']:%d.%m.%Y}" if "frist" in dates else ""),
        ("Abhilfe", texts.get("abhilfe", "")),
        ("Stand", state),
        ("Nachprüfung", one.why_open),
    )
    return [(label, readable(text)) for label, text in rows if text]


def _of_numbers(document: Document) -> int:
    """How many millimetres keep the number of each requirement in one line, as far as the others leave room."""
    longest = max((len(one.record.id) for one in document.requirements), default=0)
    return min(46, max(22, 5 + 2 * longest))


def _missing(sheet: Sheet, document: Document) -> None:
    if not document.missing:
        sheet.line("Jede anwendbare Anforderung ist gezeigt.", _DENSE)
        return
    widths = (_of_numbers(document), 62, 0)
    sheet.cells(("Nr.", "Anforderung", "Warum nicht"), widths, _DENSE, heads=("Column",) * 3)
    for one in document.missing:
        why = readable("\n".join(one.why_not) or one.record.verdict.value)
        sheet.cells((one.record.id, one.record.text, why), widths, _DENSE)
        sheet.space(1)


def _required(sheet: Sheet, document: Document) -> None:
    numbers = {one.id: number for number, one in enumerate(document.scenarios, 1)}
    widths = (_of_numbers(document), 68, 24, 0)
    sheet.cells(("Nr.", "Anforderung und Quelle", "Urteil", "Worauf es beruht"), widths, _DENSE, heads=("Column",) * 4)
    for one in document.requirements:
        record = one.record
        told = [
            record.text,
            *([f"Grenze: {readable(record.limit)}"] if record.limit else []),
            f"Quelle: {record.source}",
        ]
        told += [f"{part.id}: {part.text} – {part.verdict.value}" for part in record.parts]
        verdict = record.verdict.value
        sheet.cells((record.id, "\n".join(told), verdict, _ground(one, numbers)), widths, _DENSE)
        sheet.space(1.5)


def _ground(one: Shown, numbers: Mapping[str, int]) -> str:
    named = map(unrepeated, one.record.scenarios)
    scenarios = sorted({numbers[name] for name in named if name in numbers})
    lines = [f"Szenarien {', '.join(map(str, scenarios))}" if scenarios else "kein Szenario"]
    lines += one.seen_on
    lines += [f"Lauf {number}: {_measured(value)}" for number, value in one.measured]
    return "\n".join(lines)


def _measured(one: Measurement) -> str:
    limit = f", {limit_text(one)}: {one.verdict.value}" if one.limit is not None else ""
    return f"{measure_title(one.name)} = {value_text(one)}{limit}"


def _scenarios(sheet: Sheet, document: Document) -> None:
    widths = (12, 0, 46)
    sheet.cells(("Nr.", "Szenario", "Urteil"), widths, _DENSE, heads=("Column",) * 3)
    for number, one in enumerate(document.scenarios, 1):
        file = one.id.partition("::")[0]
        sheet.cells((str(number), f"{one.name} ({file})", _verdicts(one)), widths, _DENSE)


def _verdicts(one: Decided) -> str:
    """`bestanden (Lauf 1, 2)`, or each verdict with its runs; of repetitions also how many."""
    found: dict[str, Counter[int]] = {}
    for run, record in one.records:
        found.setdefault(record.verdict.value, Counter())[run] += 1
    return "\n".join(f"{verdict} ({_in_runs(runs)})" if any(runs) else verdict for verdict, runs in found.items())


def _in_runs(counted: Mapping[int, int]) -> str:
    many = [f"{run} ({count}-mal)" if count > 1 else str(run) for run, count in counted.items()]
    return f"Lauf {', '.join(many)}"


def _runs(sheet: Sheet, document: Document) -> None:
    for number, run in enumerate(document.runs, 1):
        sheet.keep_together(40)
        sheet.line(f"Lauf {number}", bold=True)
        for label, text in _of_run(run):
            sheet.cells((label, text), _WIDE_LABEL, _DENSE, heads=("Row",))
        sheet.space(3)


def _of_run(run: Kept) -> list[tuple[str, str]]:
    conditions = run.conditions
    return [
        ("Beginn", run.begun),
        ("Zustand", f"{run.record.state.value}; {run.executed} von {run.applicable} Szenarien ausgeführt"),
        ("Fassung", run.version),
        ("Profil", f"{conditions.profile}, Prüfsumme {conditions.profile_digest or UNTOLD}"),
        ("Landkreis, Standort", f"{conditions.landkreis}, {conditions.site}"),
        ("Kabine", f"{run.environment.get('Kabine', UNTOLD)}; {CLOCK_TITLES[run.record.clock]}"),
        ("SHA-256", f"{run.digest} (messages.ndjson)"),
    ]


def _declared(sheet: Sheet, document: Document) -> None:
    if document.draft:
        sheet.line("Dies ist ein Entwurf; zu unterschreiben ist er noch nicht.")
        return
    missing = len(document.missing)
    _subject(sheet, document, ("gegenstand", "auftraggeber", "auftragnehmer", "vertrag"))
    if missing:
        sheet.line(f"{missing} von {len(document.requirements)} Anforderungen sind nicht gezeigt (Abschnitt 3).")
    sheet.space(4)
    opened = any(one.open for one in document.defects)
    accepted = f"nimmt ab und {_RESERVED}." if opened else "nimmt ab. Offene Mängel sind nicht bekannt."
    sheet.box(f"Der Auftraggeber {accepted}")
    sheet.box("Der Auftraggeber verweigert die Abnahme, wegen der folgenden Mängel oder Anforderungen (Nummern):")
    sheet.blanks(("Nummern, Gründe",), 8)
    sheet.box("Der Auftraggeber behält sich eine verwirkte Vertragsstrafe vor (§ 341 Abs. 3 BGB).")
    sheet.space(4)
    for labels in (
        ("Für den Auftraggeber: Name, Funktion", "Für den Auftragnehmer: Name, Funktion"),
        ("Ort, Datum", "Ort, Datum"),
        ("Unterschrift", "Unterschrift"),
    ):
        sheet.blanks(labels, 12)


_SECTIONS: Sequence[tuple[str, Callable[[Sheet, Document], None]]] = (
    ("Was die Läufe beweisen und was nicht", _noted),
    ("Mängel", _defects),
    ("Nicht gezeigte Anforderungen", _missing),
    ("Alle Anforderungen", _required),
    ("Szenarien", _scenarios),
    ("Läufe", _runs),
    ("Erklärung", _declared),
)
