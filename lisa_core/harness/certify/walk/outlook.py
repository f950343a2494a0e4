"""What is told before anything of a certification runs: what would run, why, what needs a hand, how long it takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from lisa_core.config.classes import CertificationClass
from lisa_core.harness.certify.sheets.needed import papers_for
from lisa_core.harness.certify.since.choice import StillValid
from lisa_core.harness.certify.walk.countdown import about
from lisa_core.harness.certify.walk.selection import Selection
from lisa_core.harness.history.shelf import shelf
from lisa_core.harness.report.record import RunRecord

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
    yield f"Dauer: {_duration(out, selection.run, count)}."
    yield from selection.declared
    yield from (f"Nicht zu entscheiden: {why}" for why in selection.undecided)
    if wanted.parts:
        yield f"Jedes Gerät darin hat eine eigene Klasse: {', '.join(wanted.parts)}"
    yield from selection.of_known


def _held_lines(since: StillValid) -> Iterator[str]:
    for identity in since.leaning.bundles:
        held = since.leaning.of(identity)
        count = "1 Szenario gilt" if len(held) == 1 else f"{len(held)} Szenarien gelten"
        yield f"{count} weiter aus dem Paket {identity[:16]}…: Nichts, was sie benutzen, ist anders."
        yield from (f"              {name}" for name in held)


def _duration(out: Path, run: RunRecord, count: int) -> str:
    if run.clock == "virtual":
        return "so schnell, wie dieser Rechner ist (virtuelle Uhr)"
    took = _usual_us(out, run)
    return f"etwa {about(took * count)}" if took else "unbekannt; in diesem Ordner ist noch nichts gelaufen"


def _usual_us(out: Path, like: RunRecord) -> int:
    """How long a scenario took on average in earlier runs in this folder, of the same profile and clock."""
    times = [
        one.duration_us
        for past in shelf(out).runs
        if past.kind == (like.profile, like.clock)
        for one in past.scenarios.values()
        if one.duration_us
    ]
    return sum(times) // len(times) if times else 0
