"""The acceptance document as a value: what both parties read, before it is drawn or written as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lisa_core.harness.acceptance.book import SUBJECT, Book, Entry, Retest
from lisa_core.harness.acceptance.defects import Grade, Outcome, Seen, outcome, seen_in
from lisa_core.harness.acceptance.kept import SHORT, Kept, moment_said
from lisa_core.harness.acceptance.notes import notes
from lisa_core.harness.acceptance.required import Demands, Shown, shown_by
from lisa_core.harness.acceptance.takes import Decided, Takes
from lisa_core.harness.report.record import KnownFault, Verdict
from lisa_core.harness.text.naming import unrepeated

UNGRADED = "noch nicht eingeordnet"


@dataclass(frozen=True, slots=True)
class Defect:
    """One defect of the document: the entry of the book, and what became of it.

    `retest` names the run or the person that showed it mended, `why_open` says why nothing did. `known`: it was a known
    fault of the newest run that showed it.
    """

    entry: Entry
    retest: str = ""
    why_open: str = ""
    known: KnownFault | None = None

    @property
    def graded(self) -> bool:
        """Whether somebody set its class, with a reason, a name and a date."""
        return not self.entry.lacks

    @property
    def open(self) -> bool:
        """Whether it still weighs: neither mended nor found to be none."""
        return not self.retest and not (self.graded and self.entry.grade is Grade.NONE)

    @property
    def weight(self) -> str:
        grade = self.entry.grade
        return grade.value if grade and self.graded else UNGRADED


@dataclass(frozen=True, slots=True)
class Document:
    """All of it. `draft` has a sentence for each reason why it is none to be signed yet; empty: it may be."""

    subject: Mapping[str, str]
    runs: tuple[Kept, ...]
    version: str
    notes: tuple[str, ...]
    requirements: tuple[Shown, ...]
    defects: tuple[Defect, ...]
    scenarios: tuple[Decided, ...]
    draft: tuple[str, ...]

    @property
    def missing(self) -> tuple[Shown, ...]:
        """The requirements that are not shown, though they apply."""
        aside = (Verdict.PASSED, Verdict.NOT_APPLICABLE)
        return tuple(one for one in self.requirements if one.record.verdict not in aside)

    @property
    def summary(self) -> tuple[str, ...]:
        """What it says, in three sentences."""
        return (
            _requirements_said(self.requirements),
            _defects_said(self.defects),
            _real_said([run for run in self.runs if run.version == self.version], self.runs),
        )


def document(takes: Takes, asked: Demands, book: Book) -> Document:
    """What these runs and this book come to; every red sentence of the runs has its entry in the book."""
    defects = tuple(_defects(takes, book))
    requirements = tuple(_despite(one, defects, takes) for one in shown_by(asked, takes))
    return Document(
        subject={key: book.subject.get(key, "") for key in SUBJECT},
        runs=takes.runs,
        version=takes.version,
        notes=(*notes(takes), *asked.notes),
        requirements=requirements,
        defects=defects,
        scenarios=takes.decided,
        draft=tuple(_draft(takes, requirements, defects)),
    )


def _despite(one: Shown, defects: Iterable[Defect], takes: Takes) -> Shown:
    """A requirement is not shown while a defect that this version showed in one of its scenarios is open."""
    if one.record.verdict is not Verdict.PASSED:
        return one
    seen, names = seen_in(takes), {unrepeated(name) for name in one.record.scenarios}
    hampering = [
        defect.entry.number
        for defect in defects
        if defect.open
        and defect.entry.key[0] in names
        and (red := seen.get(defect.entry.key))
        and any(take.run.version == takes.version for take in red.takes)
    ]
    return one.kept_from([f"Mangel {number} ist offen." for number in hampering])


def retests_seen(takes: Takes, book: Book) -> tuple[Retest, ...]:
    """Which of the runs showed a defect of the book mended that the book does not have as mended yet."""
    seen = seen_in(takes)
    found = []
    for entry in book.entries:
        red = seen.get(entry.key)
        run = outcome(red, takes, entry.texts.get("abhilfe", "")).mended_by if red else None
        if red is not None and run is not None and not _kept_after(red, _kept(entry, book)):
            found.append(Retest(entry.number, run.digest, run.record.started))
    return tuple(found)


def _kept(entry: Entry, book: Book) -> list[Retest]:
    return [one for one in book.retests if one.defect == entry.number]


def _kept_after(red: Seen, kept: Sequence[Retest]) -> Retest | None:
    """The newest re-test that the book has of it, if that is newer than every red take."""
    last = max(one.run.record.started for one in red.takes)
    return max((one for one in kept if one.begun > last), key=lambda one: one.begun, default=None)


def _defects(takes: Takes, book: Book) -> Iterable[Defect]:
    seen = seen_in(takes)
    for entry in sorted(book.entries, key=lambda one: one.number):
        kept = _kept(entry, book)
        if not entry.key[0]:
            yield _by_hand(entry)
        elif red := seen.get(entry.key):
            yield _judged(entry, outcome(red, takes, entry.texts.get("abhilfe", "")), kept, red)
        elif kept:
            yield Defect(entry, retest=_run_said(max(kept, key=lambda one: one.begun)))
        else:
            yield Defect(
                entry, why_open="Der Lauf, der ihn zeigte, ist nicht genannt; er gehört dazu, um nachzuprüfen."
            )


def _judged(entry: Entry, found: Outcome, kept: Sequence[Retest], red: Seen) -> Defect:
    if run := found.mended_by:
        held: Retest | None = Retest(entry.number, run.digest, run.record.started)
    else:
        held = _kept_after(red, kept)
    if held is not None:
        return Defect(entry, retest=_run_said(held), known=red.known)
    back = f"War behoben und ist wieder aufgetreten ({red.takes[-1].run.begun}). " if kept else ""
    return Defect(entry, why_open=f"{back}{found.why_open}", known=red.known)


def _by_hand(entry: Entry) -> Defect:
    """A defect that a person saw is mended when a person says so, with a name and a date."""
    by, on = entry.texts.get("nachgeprueft_von", ""), entry.dates.get("nachgeprueft_am")
    if by and on:
        return Defect(entry, retest=f"von {by} am {on:%d.%m.%Y}")
    return Defect(entry, why_open="Von Hand gefunden; unter nachgeprueft_von und nachgeprueft_am steht noch niemand.")


def _run_said(retest: Retest) -> str:
    return f"Lauf vom {moment_said(retest.begun)} ({retest.digest[:SHORT]})"


def _draft(takes: Takes, requirements: Sequence[Shown], defects: Sequence[Defect]) -> Iterable[str]:
    if ungraded := [str(one.entry.number) for one in defects if one.open and not one.graded]:
        what = "Mangel" if len(ungraded) == 1 else "Mängel"
        yield f"{what} {', '.join(ungraded)}: {UNGRADED}."
    if not any(run.complete and run.version == takes.version for run in takes.runs):
        yield "Kein Lauf der abzunehmenden Fassung ist vollständig."
    if not requirements:
        yield "Es sind keine Anforderungen bekannt; --requirements nennt sie."


def _requirements_said(requirements: Sequence[Shown]) -> str:
    counted = {verdict: sum(one.record.verdict is verdict for one in requirements) for verdict in Verdict}
    rest = len(requirements) - sum(
        counted[verdict] for verdict in (Verdict.PASSED, Verdict.FAILED, Verdict.NOT_APPLICABLE)
    )
    parts = (
        f"{counted[Verdict.PASSED]} gezeigt",
        f"{counted[Verdict.FAILED]} nicht erfüllt",
        f"{rest} nicht gezeigt",
        *([f"{counted[Verdict.NOT_APPLICABLE]} nicht anwendbar"] if counted[Verdict.NOT_APPLICABLE] else []),
    )
    noun = "Anforderung" if len(requirements) == 1 else "Anforderungen"
    return f"{len(requirements)} {noun}: {', '.join(parts)}."


def _defects_said(defects: Sequence[Defect]) -> str:
    """`2 offene Mängel: 1 betriebsbehindernd, 1 noch nicht eingeordnet; 1 behoben und nachgeprüft.`"""
    opened = [one for one in defects if one.open]
    words = [grade.value for grade in Grade] + [UNGRADED]
    counted = [(sum(one.weight == word for one in opened), word) for word in words]
    told = ", ".join(f"{count} {word}" for count, word in counted if count)
    mended = sum(bool(one.retest) for one in defects)
    none = sum(not one.retest and not one.open for one in defects)
    rest = [f"{mended} behoben und nachgeprüft"] * bool(mended) + [f"{none} kein Mangel"] * bool(none)
    head = "Keine offenen Mängel" if not opened else f"{len(opened)} {_noun(len(opened))}: {told}"
    return "; ".join([head, *rest]) + "."


def _real_said(runs: Sequence[Kept], every: Sequence[Kept]) -> str:
    """`An echten Geräten lief Lauf 2.`"""
    real = [str(every.index(run) + 1) for run in runs if run.on_hardware]
    if not real:
        return "Kein Lauf dieser Fassung lief an echten Geräten: Geprüft sind Programme, keine Geräte."
    return f"An echten Geräten {'lief' if len(real) == 1 else 'liefen'} Lauf {', '.join(real)}."


def _noun(count: int) -> str:
    return "offener Mangel" if count == 1 else "offene Mängel"
