"""What `lisa history` and `lisa compare` print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import median

from lisa_core.domain.model.nearest import nearest_word
from lisa_core.harness.history.brief import BriefRun, HistoryError, Key
from lisa_core.harness.history.series import Series, flaky, mark_of, series
from lisa_core.harness.history.shelf import Shelf
from lisa_core.harness.report.record import Change, RunRecord, State, Verdict, duration_text
from lisa_core.harness.text.language import say


def history_lines(known: Shelf, wanted: str = "") -> Iterator[str]:
    """The row of each scenario, oldest verdict first; with `wanted`, a part of its name or place, each run of it too.

    Raises `HistoryError` where no scenario is meant.
    """
    every = series(known.runs)
    chosen = {key: one for key, one in every.items() if _meant(one, wanted)}
    if wanted and not chosen:
        what = say("Ein Szenario „{wanted}“ ist in den aufgehobenen Läufen nicht vorgekommen.", wanted=wanted)
        near = nearest_word(wanted, [name for _, name in every])
        raise HistoryError(f"{what} {say('Meinten Sie „{word}“?', word=near)}" if near else what)
    yield from known.notes
    first, last = known.runs[0].name, known.runs[-1].name
    if first == last:
        yield say("Ein Lauf: {first}", first=first)
    else:
        yield say("{count} Läufe, von {first} bis {last}", count=len(known.runs), first=first, last=last)
    yield from _rows(known, chosen, in_full=bool(wanted))
    count, total = len(flaky(chosen)), len(chosen)
    if total == 1:
        yield say("Instabil: {count} von 1 Szenario", count=count)
    else:
        yield say("Instabil: {count} von {total} Szenarien", count=count, total=total)


def compare_lines(run: BriefRun, other: BriefRun, changes: tuple[Change, ...]) -> Iterator[str]:
    """What `changes` are between two runs."""
    yield say("{run} gegenüber {other}", run=run.name, other=other.name)
    for title, here, there in _settings(run, other):
        if here != there:
            yield say("  Verschieden: {title} {here}, dort {there}", title=title, here=here, there=there)
    yield from change_lines(changes)


def since_lines(name: str, run: RunRecord) -> Iterator[str]:
    """What was different in a run to what was known before it."""
    past = run.past
    if run.state is State.REFUSED:
        yield say("{run} ist nicht gelaufen; zu vergleichen ist darin nichts. Einen anderen Lauf nennen.", run=name)
        return
    if not past.before:
        yield say("Vor {run} ist kein Lauf derselben Art aufgehoben.", run=name)
        return
    yield say("{run} gegenüber {other} und den Läufen davor", run=name, other=past.before)
    yield from change_lines(past.changes)


def change_lines(changes: tuple[Change, ...]) -> Iterator[str]:
    """The changes by kind, each with its number."""
    kind = None
    for change in changes:
        if change.kind is not kind:
            kind = change.kind
            count = sum(one.kind is kind for one in changes)
            yield say("{kind}: {count}", kind=say(kind.value), count=count)
        yield f"  {change.name} ({change.text})  {change.place}"
    if not changes:
        yield say("Kein Unterschied.")


def _settings(run: BriefRun, other: BriefRun) -> Iterator[tuple[str, str, str]]:
    yield say("Profil"), run.profile, other.profile
    yield say("Uhr"), run.clock, other.clock
    yield say("Version"), run.version, other.version
    yield say("Zustand"), say(run.state.value), say(other.state.value)


def _meant(one: Series, wanted: str) -> bool:
    text = wanted.lower()
    return text in one.last.name.lower() or text in one.last.place.lower()


def _rows(known: Shelf, chosen: Mapping[Key, Series], *, in_full: bool) -> Iterator[str]:
    """A column for each run, empty where the scenario was not in it."""
    file = ""
    for (place, name), one in chosen.items():
        if place != file:
            file = place
            yield f"\n{file}"
        word = f"  {say('instabil')}" if one.flaky else ""
        marks = "".join(
            mark_of(run.scenarios[one.last.key]) if one.last.key in run.scenarios else " " for run in known.runs
        )
        yield f"  {marks}  {_passed(one):>9}  {_usual(one):>11}  {name}{word}"
        if in_full:
            for run, seen in one.seen:
                repeated = f"  {seen.passed}/{seen.times}" if seen.times > 1 else ""
                time = duration_text(seen.duration_us)
                verdict = say(seen.verdict.value)
                yield f"    {mark_of(seen)} {run.name}  {time:>9}  {verdict}{repeated}  {run.profile}, {run.clock}"


def _passed(one: Series) -> str:
    return f"{sum(seen.verdict is Verdict.PASSED for _, seen in one.seen)}/{len(one.seen)}"


def _usual(one: Series) -> str:
    """The median of the runs of the newest kind in which it passed."""
    kind = one.seen[-1][0].kind
    times = [seen.duration_us for run, seen in one.seen if run.kind == kind and seen.verdict is Verdict.PASSED]
    return duration_text(round(median(times))) if times else "–"
