"""What `lisa abnahme` says on the console: what came of it, what is still to be entered where, and the files."""

from __future__ import annotations

from collections.abc import Iterable

from lisa_core.harness.acceptance.document import Defect
from lisa_core.harness.acceptance.make import Made
from lisa_core.harness.report.judgement import known_text
from lisa_core.harness.text.findings import shown


def told(made: Made) -> Iterable[str]:
    """Line by line."""
    whole = made.document
    for number, run in enumerate(whole.runs, 1):
        many = "1 Szenario" if run.executed == 1 else f"{run.executed} Szenarien"
        yield f"Lauf {number}: {run.begun}, {many}, {run.version}"
    yield from whole.summary
    for one in whole.defects:
        if one.open and not one.graded:
            yield f"{shown(made.book.path)}:{one.entry.line}: Mangel {one.entry.number} {_what(one)}"
            yield from [f"  Bekannter Fehler: {known_text(one.known)}"] if one.known else []
            yield f"  Noch einzutragen: {', '.join(one.entry.lacks)}"
    if whole.draft:
        yield "Das Protokoll ist ein Entwurf:"
        yield from (f"  {sentence}" for sentence in whole.draft)
    else:
        yield "Das Protokoll ist fertig zur Unterschrift."
    if empty := [key for key, text in whole.subject.items() if not text]:
        yield f"Auf der ersten Seite noch leer: {', '.join(empty)}. Einzutragen in {shown(made.book.path)}."
    yield from map(shown, made.files)


def _what(one: Defect) -> str:
    texts = one.entry.texts
    name = texts.get("szenario", "").partition("::")[2]
    return f"„{name}“, {texts.get('satz', '')}" if name else texts.get("beschreibung", "")
