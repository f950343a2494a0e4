"""What the program adds to `abnahme.toml`: a defect for each new red sentence, a re-test for each one mended.

It only ever appends. What stands there already stays as it is, letter by letter, and what comes out is read again
before it is written: a file that cannot be added to is left alone, and said so.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Sequence

from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.acceptance.book import DEFECT, RETEST, Book, Retest
from lisa_core.harness.acceptance.defects import Grade, Seen
from lisa_core.harness.acceptance.kept import SHORT, ZONE
from lisa_core.harness.text.findings import shown
from lisa_core.wire.toml_text import parse_toml

_HEAD = """\
# Abnahme: was Menschen festlegen. `lisa abnahme` hängt hier neue Mängel und Nachprüfungen an und ändert sonst nichts.
# Was die Schlüssel bedeuten, steht in docs/abnahme.md.

[abnahme]
gegenstand = ""
auftraggeber = ""
auftragnehmer = ""
vertrag = ""
ort = ""
teilnehmende = ""
"""
_DEFECT = """
[[mangel]]
nr = {number}
szenario = {scenario}
satz = {sentence}
gesehen = {seen}
meldung = {told}
# klasse: {grades}
klasse = ""
begruendung = ""
eingeordnet_von = ""
eingeordnet_am = ""
frist = ""
abhilfe = ""
"""
_RETEST = """
[[nachpruefung]]
mangel = {defect}
lauf = {digest}
begonnen = {begun}
"""
_GRADES = ", ".join(f"„{grade.value}“" for grade in Grade)


def with_defects(book: Book, seen: Iterable[Seen]) -> str:
    """The text of the book with an entry for each red sentence that has none."""
    known = {one.key for one in book.entries}
    number = max((one.number for one in book.entries), default=0)
    added = []
    for one in seen:
        if one.key not in known:
            number += 1
            added.append(_defect(number, one))
    return _longer(book, added)


def with_retests(book: Book, retests: Sequence[Retest]) -> str:
    """The text of the book with these re-tests, each once."""
    known = {(one.defect, one.digest) for one in book.retests}
    new = [one for one in retests if (one.defect, one.digest) not in known]
    return _longer(
        book,
        [
            _RETEST.format(
                defect=one.defect,
                digest=quoted(one.digest),
                begun=quoted(one.begun.astimezone(ZONE).isoformat(timespec="microseconds")),
            )
            for one in new
        ],
    )


def _defect(number: int, seen: Seen) -> str:
    run = seen.takes[0].run
    return _DEFECT.format(
        number=number,
        scenario=quoted(seen.key[0]),
        sentence=quoted(seen.key[1]),
        seen=quoted(f"{run.begun}, Lauf {run.digest[:SHORT]}"),
        told=quoted(seen.told),
        grades=_GRADES,
    )


def quoted(text: str) -> str:
    """As a basic string of TOML: the escapes of JSON are among its own."""
    whole = text.encode("utf-8", "replace").decode()
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")


def _longer(book: Book, added: Sequence[str]) -> str:
    text = book.text or _HEAD
    if not added:
        return text
    end = "\r\n" if "\r\n" in text else "\n"
    longer = text if text.endswith("\n") else f"{text}{end}"
    longer += "".join(added).replace("\n", end)
    try:
        before, after = (parse_toml(one.removeprefix("\ufeff")) for one in (text, longer))
    except tomllib.TOMLDecodeError:
        before, after = {}, {DEFECT: [], RETEST: []}
    kept = all(after.get(name, [])[: len(table)] == table for name, table in before.items() if isinstance(table, list))
    if not after.get(DEFECT) or not kept:
        raise LisaError(
            f"{shown(book.path)}: Die Datei lässt sich nicht ergänzen. Jeden Mangel mit [[{DEFECT}]] beginnen."
        )
    return longer
