"""What a file of a provider would do to the register: all of it, or each mistake with its row and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sojus.domain.model.actors import Actor
from sojus.domain.placement.events import TakeIn
from sojus.domain.register import entries as e
from sojus.domain.register.book import Register
from sojus.domain.register.entries import Given
from sojus.domain.register.intake import take_in
from sojus.sheets.changes import Difference, Newcomer, group_name, place_name, told, told_traits
from sojus.sheets.columns import SHEET, Headings, headings_of, is_lacking, known_headings
from sojus.sheets.files.reading import read_table
from sojus.sheets.files.table import UnfitFile
from sojus.sheets.known import known_of, provider_of
from sojus.sheets.mistakes import MOST_TOLD, SheetMistake, TooManyMistakes, where
from sojus.sheets.plan import EntryPlan
from sojus.sheets.rows import Notes
from sojus.sheets.settling import settle

_DO = {
    e.Facility: "Die Angaben zur Einrichtung prüfen.",
    e.Group: "Die Angaben zur Gruppe prüfen.",
    e.Place: "Die Angaben zum Platz prüfen.",
    e.Rate: "Die Tage prüfen, an denen das Entgelt gilt.",
    e.Closure: "Die Tage der Schließung prüfen.",
    e.Stay: "Die Tage der Belegung prüfen.",
}


@dataclass(frozen=True, slots=True)
class Preview:
    """What would come of a file. With one mistake nothing is taken in.

    `rows`: how many say something of a place. `same`: of so many places nothing changes. `gone`: places that stand in
    the portal and not in the file: they stay as they are. `hints`: sentences that keep nobody from anything. `more`:
    so many mistakes beyond those told; `cut`: at least, since the file was read no further. `batch`: what is to be
    taken in; empty where nothing changes.
    """

    rows: int = 0
    new: tuple[Newcomer, ...] = ()
    changed: tuple[Difference, ...] = ()
    same: int = 0
    gone: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    mistakes: tuple[SheetMistake, ...] = ()
    more: int = 0
    cut: bool = False
    batch: tuple[Given, ...] = ()


def batch(preview: Preview) -> TakeIn | None:
    """The act that takes it in, all or nothing; None: there are mistakes, or there is nothing to be taken in."""
    return TakeIn(preview.batch) if preview.batch and not preview.mistakes else None


def preview(data: bytes, by: Actor, at: datetime, register: Register) -> Preview:
    """`data`: a file as it came, CSV or XLSX. `at`: aware, on the wall clock of the place; its date is today.

    The register stays as it is. Raises nothing for what somebody hands in.
    """
    if (provider := provider_of(register, by)) is None:
        return _refused("Ihr Träger steht noch nicht im Portal.", "Den Betreiber bitten, ihn anzulegen.")
    words = list(register.vocabularies.values())
    try:
        table = read_table(data, SHEET, known_headings(words).keys())
    except UnfitFile as unfit:
        return _refused(str(unfit), "")
    headings, wrong = headings_of(table, words)
    if headings is None:
        return _with_mistakes(Preview(), wrong)
    lines = [line for line in table.lines if line.number > headings.row]
    if not lines:
        return _refused("Unter den Überschriften steht nichts.", "Für jeden Platz eine Zeile eintragen.")
    plan = EntryPlan(register, known_of(register, provider.id), provider, Notes(headings, wrong), at.date())
    try:
        if not is_lacking(headings):
            settle(plan, lines)
    except TooManyMistakes:
        return _with_mistakes(Preview(len(lines), cut=True), plan.notes.mistakes, headings)
    return _judged(plan, len(lines), by, at)


def _judged(plan: EntryPlan, rows: int, by: Actor, at: datetime) -> Preview:
    """What the register says of it, on a draft of it."""
    names = {where(one.row, one.column): one for one in plan.wanted}
    given = tuple(Given(where(one.row, one.column), one.entry) for one in plan.wanted)
    draft = plan.register.draft()
    came = take_in(draft, given, by, at)
    mistakes = list(plan.notes.mistakes)
    noted = {(one.row, one.column) for one in mistakes}
    for mistake in came.mistakes:
        one = names[mistake.where]
        if (one.row, one.column) not in noted:
            mistakes.append(SheetMistake(one.row, one.column, mistake.why, _DO.get(type(one.entry), "")))
    if mistakes:
        return _with_mistakes(Preview(rows), mistakes, plan.notes.headings)
    return _told(plan, rows, draft, given)


def _told(plan: EntryPlan, rows: int, after: Register, given: tuple[Given, ...]) -> Preview:
    before, numbers = plan.register, {place: row.number for place, row in plan.settled.items()}
    found = [*told(before, after, plan.wanted), *told_traits(before, after, numbers)]
    new = tuple(one for one in found if isinstance(one, Newcomer))
    changed = tuple(sorted((one for one in found if isinstance(one, Difference)), key=lambda one: one.row))
    touched = {one.row for one in new} | {one.row for one in changed}
    return Preview(
        rows=rows,
        new=new,
        changed=changed,
        same=sum(number not in touched for number in numbers.values()),
        gone=tuple(place_name(before, place) for place in plan.known.books if place not in numbers),
        hints=tuple(_hints(plan, after)),
        batch=given,
    )


def _hints(plan: EntryPlan, after: Register) -> Iterator[str]:
    groups = dict.fromkeys(after.books[place].place.group for place in plan.settled)
    for group in groups:
        name = group_name(after, group)
        if not after.rates.get(group):
            yield f"{name}: Ohne Entgelt erscheinen die Plätze in keiner Suche."
        members = after.members[group]
        new = [place for place in members if place not in plan.register.books]
        gone = [after.books[place].place.name for place in members if place not in plan.settled]
        if new and gone:
            yield (
                f"{name}: „{after.books[new[0]].place.name}“ wäre neu, und „{gone[0]}“ steht nicht in der Datei. "
                "Soll der Platz nur anders heißen? Dann die Vorlage mit Ihren Plätzen nehmen (Spalte Kennung)."
            )


def _refused(why: str, do: str) -> Preview:
    return Preview(mistakes=(SheetMistake(0, "", why, do),))


def _with_mistakes(found: Preview, mistakes: list[SheetMistake], headings: Headings | None = None) -> Preview:
    """In the order of the table, as many as anybody reads."""
    at = {headings.named[asked]: column for asked, column in headings.at.items()} if headings is not None else {}
    ordered = sorted(mistakes, key=lambda one: (one.row, at.get(one.column, -1)))
    return replace(found, mistakes=tuple(ordered[:MOST_TOLD]), more=max(len(ordered) - MOST_TOLD, 0))
