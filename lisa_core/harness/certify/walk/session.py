"""What was begun in a folder of certification: for which class, with which profile, in how many sittings so far.

A later sitting has to find everything as it was. What is otherwise is told before anything runs, each by its name.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lisa_core.config.classes import class_path
from lisa_core.config.profile import load_profile
from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.harness.certify.gather import program_digest, read_bytes
from lisa_core.harness.certify.make import NAME, written
from lisa_core.harness.report.equipment import profile_digest
from lisa_core.harness.report.record import RunRecord
from lisa_core.harness.text.findings import shown

FILE = "zertifizierung.json"
FORMAT = "lisa.zertifizierung/1"
_SAID_ONCE = {"wanted": "--class", "challenge": "--challenge", "tester": "--tester", "place": "--place"}
_ANEW = "oder mit --out in einem anderen Ordner neu beginnen."


@dataclass(frozen=True, slots=True)
class Session:
    """What every sitting has in common. `places` are the scenarios, in order; `before` the folders of runs that lay
    there when it began, which are none of its sittings."""

    wanted: str
    profile: str
    places: tuple[str, ...]
    challenge: str = ""
    tester: str = ""
    place: str = ""
    repeat: int = 1
    before: tuple[str, ...] = ()
    clock: str = "real"
    language: str = "de"
    folder: str = ""
    """In which folder it was begun: names of files are read from there."""
    digests: tuple[str, ...] = ()
    """What the profile came to, the class file, the program, known faults: SHA-256 each."""
    known: str = ""
    """A file of faults that are known before anything runs."""
    since: tuple[str, ...] = ()
    """Where earlier bundles lie, of what a change cannot have reached."""


def as_begun(session: Session) -> Session:
    """With all that a later sitting is held against. Raises `LisaError`."""
    return replace(session, folder=str(Path.cwd()), digests=tuple(_digests(session)))


def _digests(session: Session) -> Iterator[str]:
    yield profile_digest(load_profile(session.profile))
    yield hashlib.sha256(read_bytes(class_path(session.wanted), "Die Klasse")).hexdigest()
    yield program_digest()
    if session.known:
        yield hashlib.sha256(read_bytes(Path(session.known), "Die Datei bekannter Fehler")).hexdigest()


def begun(out: Path, session: Session) -> None:
    """Write it down, before anything runs. Raises `LisaError` where another one lies there."""
    if (out / NAME).exists():
        raise LisaError(f"{shown(out)}: Hier liegt schon ein Prüfpaket. Mit --out einen anderen Ordner nennen.")
    if (out / FILE).exists():
        told = f"{shown(out)}: Hier liegt eine angefangene Zertifizierung."
        raise LisaError(f"{told} Mit --resume fortsetzen oder mit --out einen anderen Ordner nennen.")
    body = {"format": FORMAT, **asdict(session)}
    written(out / FILE, f"{json.dumps(body, ensure_ascii=False, indent=1)}\n".encode())


def forgotten(out: Path) -> None:
    """Nothing has run: what was begun may begin anew, otherwise too."""
    (out / FILE).unlink(missing_ok=True)


def resumed(out: Path) -> Session:
    """What was begun here. Raises `LisaError`."""
    path = out / FILE
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        if body.pop("format") != FORMAT:
            raise ValueError
        known = {field.name for field in fields(Session)}
        lists = {name: _texts(body.get(name, ())) for name in ("before", "digests", "since")} | {
            "places": _texts(body["places"])
        }
        session = Session(**{**{name: value for name, value in body.items() if name in known}, **lists})
        texts = [value for name, value in asdict(session).items() if name != "repeat"]
        if (
            not all(isinstance(one, str | tuple) for one in texts)
            or type(session.repeat) is not int
            or not session.places
        ):
            raise TypeError
        return session
    except FileNotFoundError:
        raise LisaError(f"{shown(out)}: Hier ist keine Zertifizierung angefangen. Ohne --resume beginnen.") from None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise LisaError(
            f"{shown(path)}: Das lässt sich nicht lesen. Mit --out in einem anderen Ordner neu beginnen."
        ) from None


def refuse_other(session: Session, typed: Session) -> None:
    """Raises `LisaError` where somebody goes on with it and says another thing than whoever began: the bundle names
    one class, one place and whoever tested."""
    for name, option in _SAID_ONCE.items():
        was, now = getattr(session, name), getattr(typed, name)
        if now and now != was:
            begun_with = f"Begonnen ist das mit „{was}“" if was else "Begonnen ist das ohne"
            told = f"{option}: {begun_with}, und dabei bleibt es."
            raise LisaError(f"{told}\nOhne {option} fortsetzen, oder mit --out in einem anderen Ordner neu beginnen.")


def _texts(values: Sequence[object]) -> tuple[str, ...]:
    return tuple(map(str, values))


@contextlib.contextmanager
def where_begun(session: Session) -> Iterator[None]:
    """The names of files in it are read from there, wherever somebody goes on with it; a folder that was moved away
    altogether is looked for from here."""
    with (
        contextlib.chdir(session.folder)
        if session.folder and Path(session.folder).is_dir()
        else contextlib.nullcontext()
    ):
        yield


def refuse_changed(session: Session, runs: Sequence[RunRecord]) -> None:
    """Raises `LisaError` where something is not as it was when this began: all of it at once."""
    if runs:
        _refuse_earlier(runs)
    names = (
        f"{session.profile}: Das Profil ist seit dem Beginn geändert.",
        f"{session.wanted}: Die Klasse ist seit dem Beginn geändert.",
        "Das Programm (lisa) ist ein anderes als zu Beginn.",
        f"{session.known}: Die bekannten Fehler sind seit dem Beginn geändert.",
    )
    found = [name for name, was, now in zip(names, session.digests, _digests(session), strict=False) if was != now]
    texts = {source.path: source.text for source in runs[0].sources} if runs else {}
    for path, text in texts.items():
        if not path.is_file() or path.read_text(encoding="utf-8-sig", errors="replace") != text:
            found.append(f"{shown(path)}: Die Szenarien sind seit dem Beginn geändert.")
    if found:
        raise LisaError("\n".join([*found, f"Zurückändern {_ANEW}"]))


def _refuse_earlier(runs: Sequence[RunRecord]) -> None:
    """Times of a certification go forward, or nobody can say what was first. Raises `MachineError`."""
    end = max(moment for run in runs for moment in _moments(run))
    if (now := datetime.now(tz=UTC)) < end:
        told = f"Die Uhr dieses Rechners steht auf {_local(now)}; die letzte Sitzung war um {_local(end)} noch im Gang."
        raise MachineError(f"{told} Die Uhr stellen und dann fortsetzen.")


def _moments(run: RunRecord) -> Iterator[datetime]:
    """When something of it ended; the virtual clock says nothing of that."""
    yield run.started + timedelta(microseconds=run.wall_us)
    for one in run.scenarios:
        if one.started is not None:
            yield one.started + timedelta(microseconds=one.duration_us if run.clock == "real" else 0)


def _local(at: datetime) -> str:
    return f"{at.astimezone():%d.%m.%Y, %H:%M:%S} Uhr"
