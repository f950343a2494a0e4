"""What was begun in a folder of certification: for which class, with which profile, in how many sittings so far."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.certify.make import NAME, written
from lisa_core.harness.text.findings import shown

FILE = "zertifizierung.json"
FORMAT = "lisa.zertifizierung/1"


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
        lists = {name: _texts(body[name]) for name in ("places", "before")}
        return Session(**{**{name: value for name, value in body.items() if name in known}, **lists})
    except FileNotFoundError:
        raise LisaError(f"{shown(out)}: Hier ist keine Zertifizierung angefangen. Ohne --resume beginnen.") from None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise LisaError(
            f"{shown(path)}: Das lässt sich nicht lesen. Mit --out in einem anderen Ordner neu beginnen."
        ) from None


def _texts(values: Sequence[object]) -> tuple[str, ...]:
    return tuple(map(str, values))
