"""One sitting of a certification: what has not run yet runs, and when all has, the bundle is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from lisa_core.config.classes import CertificationClass, load_class
from lisa_core.config.profile import load_profile
from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.equipment.drivers.identity import Said
from lisa_core.equipment.drivers.link import Links
from lisa_core.harness.certify import dsse
from lisa_core.harness.certify.bundle import Bundle
from lisa_core.harness.certify.make import NAME, earlier, made_since, written
from lisa_core.harness.certify.since.plan import chosen_for
from lisa_core.harness.certify.trusted.challenge import challenge_of
from lisa_core.harness.certify.walk.claim import claimed
from lisa_core.harness.certify.walk.countdown import Countdown
from lisa_core.harness.certify.walk.links import lost_links
from lisa_core.harness.certify.walk.outlook import plan_lines
from lisa_core.harness.certify.walk.packing import ingredients_of
from lisa_core.harness.certify.walk.parts import ended_in, sitting, together
from lisa_core.harness.certify.walk.questions import Questioned, questioned, refuse_exchanged
from lisa_core.harness.certify.walk.selection import (
    Selection,
    at_places,
    narrowed,
    places_of,
    read_known,
    selected,
    with_known,
)
from lisa_core.harness.certify.walk.session import (
    Session,
    as_begun,
    begun,
    forgotten,
    refuse_changed,
    refuse_other,
    resumed,
    where_begun,
)
from lisa_core.harness.certify.walk.unopened import Unopened
from lisa_core.harness.history.place import RUNS, kept
from lisa_core.harness.report.record import ExitCode, RunRecord, State
from lisa_core.harness.report.requirements import folders_above
from lisa_core.harness.start.run import Order, run
from lisa_core.harness.start.vendor.check import checked
from lisa_core.harness.text.findings import shown
from lisa_core.host.machine import tell as machine_tell

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
    listen: str = ""
    """Where a phone may answer in this sitting."""
    go_on: str = ""
    """The command that goes on with it, from the folder in which this sitting was asked for; "": from here."""


def planned(wish: Wish, said: Mapping[str, Said] | None = None) -> tuple[Selection, CertificationClass]:
    """What would run; `said`: who the devices are, where they were asked. Raises `LisaError` for a class, profile or
    feature file that is wrong, and for an earlier bundle that is not whole."""
    wanted, sound = load_class(wish.session.wanted), checked(wish.session.profile, _features(wish.paths))
    if sound.mistakes:
        raise LisaError(sound.text())
    if wanted.id != (meant := sound.profile.certification_class or wanted.id):
        raise LisaError(f"{sound.profile.path}: Dieses Profil ist für die Klasse {meant}, verlangt ist {wanted.id}.")
    before = earlier([Path(one) for one in wish.session.since])
    known = read_known(wish.session.known)
    selection = with_known(selected(_order(wish, wish.paths), wanted, sound.profile), known)
    if not before:
        return selection, wanted
    since = chosen_for(selection.run, [one.id for one in selection.planned], wanted, before, said)
    return narrowed(selection, since), wanted


def _features(paths: tuple[str, ...]) -> list[Path]:
    """The folders of scenarios that have requirements of their own."""
    found = [Path(path.rpartition(":")[0] or path).absolute() for path in paths]
    files = [path / "x.feature" if path.is_dir() else path for path in found]
    return [folder.parent for folder in folders_above(files, Path.cwd()) if folder.is_dir()]


def planned_rest(wish: Wish) -> tuple[Selection, CertificationClass]:
    """What would run of what was begun in this folder. Raises `LisaError`, too, where all of it has run."""
    begun_here = replace(wish, out=wish.out.absolute(), session=replace(resumed(wish.out), since=()), paths=())
    runs = _sittings(begun_here)
    if not (left := _left(begun_here.session, runs)):
        raise LisaError(f"{wish.out}: Hier ist alles gelaufen. Das Prüfpaket macht lisa certify --resume ohne --plan.")
    with where_begun(begun_here.session):
        refuse_changed(begun_here.session, runs)
        whole, _ = planned(replace(begun_here, paths=begun_here.session.places))
        rest, wanted = planned(replace(begun_here, paths=left))
    return replace(rest, undecided=whole.undecided), wanted


def begin(wish: Wish, tell: Tell) -> tuple[int, Bundle | None]:
    """The first sitting; returns the exit code of its run, and the bundle once all has run. Raises `LisaError`."""
    signer = dsse.read_private_key(wish.key)
    if wish.session.challenge:
        _check_challenge(wish.session.challenge)
    said: Mapping[str, Said] | None = None
    if wish.session.since:
        earlier([Path(one) for one in wish.session.since], signer)
        code, asked = _questioned(wish, [], "Vor den Szenarien")
        if code:
            return code, None
        said = asked.said
    selection, wanted = planned(wish, said)
    for line in plan_lines(selection, wanted, wish.out):
        tell(line)
    with claimed(wish.out, tell):
        before = tuple(path.name for path in kept(wish.out / RUNS))
        session = as_begun(replace(wish.session, places=places_of(selection.planned), before=before))
        now = replace(wish, session=session)
        begun(wish.out, session)
        try:
            return _sit(now, tell)
        finally:
            if not _sittings(now):
                forgotten(wish.out)


def resume(wish: Wish, tell: Tell) -> tuple[int, Bundle | None]:
    """Another sitting, of what was begun in this folder; from where is no matter. Raises `LisaError`."""
    dsse.read_private_key(wish.key)
    session = resumed(wish.out)
    refuse_other(session, wish.session)
    typed = replace(wish, session=session, paths=(), go_on=_how_to_go_on(wish))
    here = replace(typed, out=wish.out.absolute(), key=wish.key.absolute())
    with claimed(wish.out, tell), where_begun(session):
        if (here.out / NAME).exists():
            raise LisaError(f"{wish.out}: Hier ist alles zu Ende; das Prüfpaket liegt darin ({NAME}).")
        refuse_changed(session, _sittings(here))
        return _sit(here, tell)


def _sit(wish: Wish, tell: Tell) -> tuple[int, Bundle | None]:
    runs = _sittings(wish)
    code, asked = _questioned(wish, runs, "Vor den Szenarien")
    if code:
        return code, None
    for line in asked.lines(load_class(wish.session.wanted)):
        tell(line)
    if left := _left(wish.session, runs):
        total = len(runs[0].scenarios) if runs else len(wish.session.places) * wish.session.repeat
        if done := ended_in(runs):
            tell(f"Fortgesetzt: {len(done)} von {total} Szenarien sind gelaufen.")
        order = replace(at_places(_order(wish, ()), left), said=asked.said, links=asked.links)
        unopened = Unopened()
        code = run(order, (Countdown(len(done), total), *([unopened] if asked.said else [])))
        runs = _sittings(wish)
        if unopened.why:
            machine_tell(f"Angehalten, ein Gerät ist nicht mehr da: {unopened.why}")
        if not runs:
            return code or ExitCode.HARNESS, None
        if _left(wish.session, runs) or runs[-1].state is not State.FINISHED:
            tell(f"Noch nicht zu Ende. {_how_to_go_on(wish)}")
            return code or ExitCode.UNDECIDED, None
        code, asked = _questioned(wish, runs, "Nach den Szenarien")
        if code:
            machine_tell(f"Was gemessen ist, ist nicht verloren. {_how_to_go_on(wish)}")
            return code, None
    if len(runs) > 1:
        count = len(together(runs).scenarios)
        tell(f"Alle {count} Szenarien sind gelaufen, in {len(runs)} Sitzungen. Der Bericht über alle liegt im Paket.")
    try:
        return 0, _bundled(wish, runs, asked.links)
    except MachineError as error:
        raise MachineError(
            f"{error}\nGemessen ist alles. Das in Ordnung bringen, dann: {_how_to_go_on(wish)}"
        ) from error


def _questioned(wish: Wish, runs: list[RunRecord], when: str) -> tuple[int, Questioned]:
    """What the devices say of themselves; where they cannot be asked, the exit code, and why is told.

    Raises `LisaError` for devices that are not those of the scenarios that have run.
    """
    if wish.session.clock == "virtual":
        return 0, Questioned({}, {})
    asked = questioned(load_profile(wish.session.profile))
    untimed = [*lost_links(runs, asked.links)] if not asked.code else []
    for line in (*asked.wrong, *untimed):
        machine_tell(f"{when}: {line}")
    if asked.code or untimed:
        machine_tell("Über kein Gerät ist damit etwas gesagt.")
        return asked.code or ExitCode.UNDECIDED, asked
    refuse_exchanged(runs, asked.said)
    return 0, asked


def _how_to_go_on(wish: Wish) -> str:
    return wish.go_on or f"Fortsetzen: lisa certify --resume --out {shown(wish.out)} --key {shown(wish.key)}"


def _bundled(wish: Wish, runs: list[RunRecord], after: Links) -> Bundle:
    folder = [path for path in kept(wish.out / RUNS) if path.name not in wish.session.before][-1]
    before = earlier([Path(one) for one in wish.session.since])
    made_of = ingredients_of(wish.session, folder, runs, after)
    bundle = made_since(made_of, dsse.read_private_key(wish.key), before)
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
        language=one.language,
        out=wish.out,
        tester=one.tester,
        place=one.place,
        challenge=one.challenge,
        listen=wish.listen,
        repeat=one.repeat,
        known=one.known,
        keep=_KEEP,
        lasting=True,
    )


def _check_challenge(text: str) -> None:
    try:
        challenge_of(text)
    except ValueError as error:
        raise LisaError(f"--challenge: {error}. So einfügen, wie lisa countersign --challenge sie ausgibt.") from None
