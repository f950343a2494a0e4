"""What is told before anything of a certification runs: what would run, why, what needs a hand, how long it takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from lisa_core.config.classes import CertificationClass
from lisa_core.harness.certify.sheets.needed import papers_for
from lisa_core.harness.certify.since.choice import StillValid
from lisa_core.harness.certify.walk.countdown import about
from lisa_core.harness.certify.walk.estimate import MEASURE_S, REQUEST_S, Estimate, estimated
from lisa_core.harness.certify.walk.selection import Selection
from lisa_core.harness.history.shelf import shelf
from lisa_core.harness.report.record import RunRecord, Verdict
from lisa_core.harness.text.naming import unrepeated

_TO_SEE = "Damit zu sehen ist, was jetzt dort hängt."


def plan_lines(selection: Selection, wanted: CertificationClass, out: Path) -> Iterator[str]:
    """What is told before anything runs."""
    count, hands = len(selection.planned), len(selection.by_hand)
    term = f"gültig von {wanted.valid_from:%d.%m.%Y} bis {wanted.valid_until:%d.%m.%Y}"
    yield f"Klasse {wanted.id}: {wanted.title}, {term}"
    today = datetime.now(tz=UTC).astimezone().date()
    if not wanted.valid_on(today):
        yield f"Heute, am {today:%d.%m.%Y}, gilt diese Klasse nicht: Was jetzt läuft, bleibt beim Nachprüfen offen."
    if selection.is_trial:
        yield f"In diesem Profil ist es emuliert (slots.{wanted.slot} hat keine Adresse): Es wird ein Probelauf."
    yield f"{count} {'Szenario' if count == 1 else 'Szenarien'}, davon {hands} mit jemandem, der etwas tut:"
    since = selection.since
    yield from (f"Alle noch einmal: {why}" for why in (since.common if since else ()))
    for one in selection.planned:
        yield f"  {'von Hand' if one.id in selection.by_hand else '        '}  {one.name}"
        reasons = since.again.get(one.id, (_TO_SEE,)) if since else ()
        yield from (f"              {why}" for why in reasons if since and why not in since.common)
    yield from _held_lines(since) if since else ()
    by_hand = [one for one in selection.planned if one.id in selection.by_hand]
    if papers := papers_for(by_hand):
        yield f"Zu drucken (--plan --papers DATEI.pdf): {'; '.join(one.told for one in papers)}."
    yield from duration_lines(out, selection)
    yield from selection.declared
    yield from (f"Nicht zu entscheiden: {why}" for why in selection.undecided)
    if wanted.parts:
        yield f"Jedes Gerät darin hat eine eigene Klasse: {', '.join(wanted.parts)}"
    yield from selection.of_known


def _held_lines(since: StillValid) -> Iterator[str]:
    for identity in since.leaning.bundles:
        held, bundle = since.leaning.of(identity), f"{identity[:16]}…"
        if len(held) == 1:
            yield f"1 Szenario gilt weiter aus dem Paket {bundle}: Nichts, was es benutzt, ist anders."
        else:
            yield f"{len(held)} Szenarien gelten weiter aus dem Paket {bundle}: Nichts, was sie benutzen, ist anders."
        yield from (f"              {name.rpartition('::')[2]}" for name in held)


def duration_lines(out: Path, selection: Selection) -> Iterator[str]:
    """From earlier runs in this folder; where not each has run there, an estimate, and it says that it is one."""
    planned, run = selection.planned, selection.run
    if run.clock == "virtual":
        yield "Dauer: so schnell, wie dieser Rechner ist (virtuelle Uhr)."
        return
    times = _times(out, run)
    took = [times.get(unrepeated(one.name), 0) for one in planned]
    guess = estimated(planned, selection.by_hand)
    if all(took):
        yield f"Dauer: etwa {about(sum(took))}."
    elif guess.unknown < len(planned):
        yield from _estimate(guess)
    elif times:
        yield f"Dauer: etwa {about(sum(times.values()) // len(times) * len(planned))}."
    else:
        yield "Dauer: unbekannt; in diesem Ordner ist noch nichts gelaufen."


def _estimate(guess: Estimate) -> Iterator[str]:
    yield f"Dauer: geschätzt etwa {_time(guess.total_s)}, da in diesem Ordner nicht jedes davon schon gelaufen ist:"
    if guess.alone_s:
        yield f"  etwa {_time(guess.alone_s)} laufen die Szenarien selbst, gemessen an emulierten Geräten"
    if guess.requests:
        yield f"  {guess.requests}-mal wird jemand um etwas gebeten, je {REQUEST_S} s angenommen"
    if guess.measures:
        yield f"  {guess.measures}-mal misst jemand etwas mit Foto, je {_time(MEASURE_S)} angenommen"
    if guess.unknown:
        yield f"  nicht darin: die Szenarien, von denen keine Dauer bekannt ist ({guess.unknown})"


def _time(seconds: float) -> str:
    return about(round(seconds * 1_000_000))


def _times(out: Path, like: RunRecord) -> dict[str, int]:
    """How long each took that came to a verdict in earlier runs in this folder, of the same profile and clock: by its
    name, in microseconds, the last time."""
    return {
        one.name: one.duration_us
        for past in shelf(out).runs
        if past.kind == (like.profile, like.clock)
        for one in past.scenarios.values()
        if one.duration_us and one.verdict in (Verdict.PASSED, Verdict.FAILED)
    }
