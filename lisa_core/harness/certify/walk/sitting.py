"""One sitting of a certification: what has not run yet runs, and when all has, the bundle is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from lisa_core.config.classes import CertificationClass, load_class
from lisa_core.config.profile import load_profile
from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.certify import dsse
from lisa_core.harness.certify.bundle import Bundle, bundle_of
from lisa_core.harness.certify.gather import gathered
from lisa_core.harness.certify.make import NAME, written
from lisa_core.harness.certify.trusted.challenge import challenge_of
from lisa_core.harness.certify.walk.countdown import Countdown, about
from lisa_core.harness.certify.walk.parts import ended_in, sitting, together
from lisa_core.harness.certify.walk.selection import Selection, at_places, places_of, selected
from lisa_core.harness.certify.walk.session import Session, begun, forgotten, resumed
from lisa_core.harness.history.place import RUNS, kept
from lisa_core.harness.history.shelf import shelf
from lisa_core.harness.report import messages
from lisa_core.harness.report.record import ExitCode, RunRecord, State
from lisa_core.harness.start.run import Order, run, try_devices

Tell = Callable[[str], object]
_KEEP = 1_000
"""Sittings are never removed."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What `lisa certify` was asked for."""

    out: Path
    key: Path
    session: Session
    paths: tuple[str, ...] = ()


def planned(wish: Wish) -> tuple[Selection, CertificationClass]:
    """What would run. Raises `LisaError` for a class, profile or feature file that is wrong."""
    wanted, profile = load_class(wish.session.wanted), load_profile(wish.session.profile)
    return selected(_order(wish, wish.paths), wanted, profile), wanted


def planned_rest(wish: Wish) -> tuple[Selection, CertificationClass]:
    """What would run of what was begun in this folder. Raises `LisaError`, too, where all of it has run."""
    begun_here = Wish(wish.out, wish.key, resumed(wish.out))
    left = _left(begun_here.session, _sittings(begun_here))
    if not left:
        raise LisaError(f"{wish.out}: Hier ist alles gelaufen. Das Prüfpaket macht lisa certify --resume ohne --plan.")
    whole, (rest, wanted) = (planned(replace(begun_here, paths=paths)) for paths in (begun_here.session.places, left))
    return replace(rest, undecided=whole[0].undecided), wanted


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
    for one in selection.planned:
        yield f"  {'von Hand' if one.id in selection.by_hand else '        '}  {one.name}"
    yield f"Dauer: {_duration(out, selection.run, count)}."
    yield from selection.declared
    yield from (f"Nicht zu entscheiden: {why}" for why in selection.undecided)
    yield from (f"Ein Gerät darin hat eine eigene Klasse: {name}" for name in wanted.parts)


def begin(wish: Wish, tell: Tell) -> tuple[int, Bundle | None]:
    """The first sitting; returns the exit code of its run, and the bundle once all has run. Raises `LisaError`."""
    dsse.read_private_key(wish.key)
    if wish.session.challenge:
        _check_challenge(wish.session.challenge)
    selection, wanted = planned(wish)
    for line in plan_lines(selection, wanted, wish.out):
        tell(line)
    before = tuple(path.name for path in kept(wish.out / RUNS))
    session = replace(wish.session, places=places_of(selection.planned), before=before)
    begun(wish.out, session)
    told = _sit(Wish(wish.out, wish.key, session, wish.paths), tell)
    if not _sittings(Wish(wish.out, wish.key, session)):
        forgotten(wish.out)
    return told


def resume(wish: Wish, tell: Tell) -> tuple[int, Bundle | None]:
    """Another sitting, of what was begun in this folder. Raises `LisaError`."""
    dsse.read_private_key(wish.key)
    return _sit(Wish(wish.out, wish.key, resumed(wish.out)), tell)


def _sit(wish: Wish, tell: Tell) -> tuple[int, Bundle | None]:
    runs = _sittings(wish)
    total = len(runs[0].scenarios) if runs else len(wish.session.places) * wish.session.repeat
    done = ended_in(runs)
    code = 0
    if left := _left(wish.session, runs):
        if done:
            tell(f"Fortgesetzt: {len(done)} von {total} Szenarien sind gelaufen.")
        code, order = try_devices(at_places(_order(wish, ()), left))
        if code:
            return code, None
        code = run(order, (Countdown(len(done), total),))
        runs = _sittings(wish)
    if not runs:
        return code or ExitCode.HARNESS, None
    whole = together(runs)
    if _left(wish.session, runs) or whole.state is not State.FINISHED:
        tell(f"Noch nicht zu Ende. Fortsetzen: lisa certify --resume --out {wish.out} --key {wish.key}")
        return code or ExitCode.UNDECIDED, None
    if len(runs) > 1:
        tell(
            f"Alle {total} Szenarien sind gelaufen, in {len(runs)} Sitzungen. Der Bericht über alle liegt im Prüfpaket."
        )
    return 0, _bundled(wish, whole, runs)


def _bundled(wish: Wish, whole: RunRecord, runs: list[RunRecord]) -> Bundle:
    folder = [path for path in kept(wish.out / RUNS) if path.name not in wish.session.before][-1]
    stream = messages.lines(messages.whole(whole)).encode() if len(runs) > 1 else None
    made_of = gathered(folder, load_class(wish.session.wanted), profile=wish.session.profile, stream=stream)
    bundle = bundle_of(made_of, dsse.read_private_key(wish.key))
    written(wish.out / NAME, bundle.data)
    return bundle


def _sittings(wish: Wish) -> list[RunRecord]:
    folders = [path for path in kept(wish.out / RUNS) if path.name not in wish.session.before]
    return [found for found in map(sitting, folders) if found is not None]


def _left(session: Session, runs: list[RunRecord]) -> tuple[str, ...]:
    """The places of what has not come to an end; all of them where nothing has begun."""
    if not runs:
        return session.places
    done = ended_in(runs)
    return places_of(tuple(one for one in runs[0].scenarios if one.id not in done))


def _order(wish: Wish, paths: tuple[str, ...]) -> Order:
    one = wish.session
    return Order(
        paths,
        profile=one.profile,
        clock=one.clock,
        out=wish.out,
        tester=one.tester,
        place=one.place,
        challenge=one.challenge,
        repeat=one.repeat,
        keep=_KEEP,
        lasting=True,
    )


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


def _check_challenge(text: str) -> None:
    try:
        challenge_of(text)
    except ValueError as error:
        raise LisaError(f"--challenge: {error}. So einfügen, wie lisa countersign --challenge sie ausgibt.") from None
