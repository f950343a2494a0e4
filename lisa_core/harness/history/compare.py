"""What has changed since runs before: no more passed, passed again, new, gone, slower than what is usual."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from lisa_core.harness.history.brief import BAD, BriefRun, BriefScenario, Key
from lisa_core.harness.history.series import Series, series
from lisa_core.harness.report.record import Change, ChangeKind, State, Verdict, duration_text
from lisa_core.harness.text.language import say


def since_before(
    run: BriefRun, before: Sequence[BriefRun], written: Mapping[str, Collection[str]]
) -> tuple[Change, ...]:
    """What is different to what was known of each scenario, in runs of the same kind (profile and clock).

    A run need not have all scenarios: only one that is not among those `written` in a file of this run is gone.
    """
    known = series(one for one in before if one.kind == run.kind)
    if not known:
        return ()
    gone = [one.last for key, one in known.items() if key[0] in written and key[1] not in written[key[0]]]
    return _ordered([*_changes(run, known), *map(_gone, gone), *_slower(run, known)])


def between(run: BriefRun, other: BriefRun, history: Sequence[BriefRun]) -> tuple[Change, ...]:
    """What is different in `run` to one `other`; `history` says which times are usual."""
    gone = [one for key, one in other.scenarios.items() if key not in run.scenarios]
    return _ordered([*_changes(run, series([other])), *map(_gone, gone), *_slower(run, series(history))])


def _ordered(changes: list[Change]) -> tuple[Change, ...]:
    kinds = list(ChangeKind)
    return tuple(sorted(changes, key=lambda one: kinds.index(one.kind)))


def _changes(run: BriefRun, known: Mapping[Key, Series]) -> Iterator[Change]:
    for key, one in run.scenarios.items():
        if one.verdict is Verdict.NOT_APPLICABLE or (_unseen(one) and run.state is not State.FINISHED):
            continue
        found = known.get(key)
        if found is None:
            yield _change(ChangeKind.NEW, one, say(one.verdict.value))
        elif kind := _kind(one.verdict, found.verdict):
            text = say("{now}, zuletzt {before}", now=say(one.verdict.value), before=say(found.verdict.value))
            yield _change(kind, one, text)


def _kind(now: Verdict, before: Verdict) -> ChangeKind | None:
    if now is Verdict.PASSED:
        return ChangeKind.MENDED if before in BAD else None
    lost = before is Verdict.PASSED or (before not in BAD and now in BAD)
    return ChangeKind.BROKEN if lost else None


def _unseen(one: BriefScenario) -> bool:
    return one.verdict is Verdict.NOT_CHECKED


def _slower(run: BriefRun, known: Mapping[Key, Series]) -> Iterator[Change]:
    for key, one in run.scenarios.items():
        usual = known[key].usual(run.kind) if key in known and one.verdict is Verdict.PASSED else None
        if usual and one.duration_us > usual.slow_us:
            what = "{now}, sonst {usual} (Median von {runs} Läufen, auffällig ab {slow})"
            times = {"now": one.duration_us, "usual": usual.median_us, "slow": usual.slow_us}
            words = {name: duration_text(value) for name, value in times.items()}
            yield _change(ChangeKind.SLOWER, one, say(what, runs=usual.runs, **words))


def _gone(one: BriefScenario) -> Change:
    return _change(ChangeKind.GONE, one, say("zuletzt {before}", before=say(one.verdict.value)))


def _change(kind: ChangeKind, one: BriefScenario, text: str) -> Change:
    return Change(kind, one.name, one.place, text)
