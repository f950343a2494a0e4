"""From files to files: a bundle is made of a kept run, and one that somebody was given is checked."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.certify import dsse
from lisa_core.harness.certify.bundle import MOST_ENTRIES, Bundle, bundle_of, drawn
from lisa_core.harness.certify.contents import STREAM, contents_of
from lisa_core.harness.certify.gather import gathered, read_bytes
from lisa_core.harness.certify.headline import concluded
from lisa_core.harness.certify.house import house
from lisa_core.harness.certify.retrial import tried_again
from lisa_core.harness.certify.statement import digest
from lisa_core.harness.certify.trust import Trust, read_trust
from lisa_core.harness.certify.verify import Verified, verified
from lisa_core.harness.history.shelf import find
from lisa_core.harness.text.findings import shown
from lisa_core.host.causes import cause
from lisa_core.host.machine import refusal
from lisa_core.papers.stored_zip import unpacked

NAME = "pruefpaket.zip"


def certified(out: Path, run: str, key: Path, into: Path, profile: str = "") -> tuple[Bundle, Path]:
    """The bundle of a run that is kept in `out`, written into the folder `into`. Raises `LisaError`."""
    signer = dsse.read_private_key(key)
    bundle = bundle_of(gathered(find(out, run), profile=profile), signer)
    return bundle, written(into / NAME, bundle.data)


def checked_bundle(path: Path, trust: Path | None) -> tuple[Verified, Trust | None]:
    """What is to be said of the bundle in this file, and whose keys are believed. Raises `LisaError`."""
    believed = read_trust(trust) if trust else None
    data = read_bytes(path, "Das Prüfpaket")
    try:
        return verified(data, house()), believed
    except LisaError as error:
        raise LisaError(f"{shown(path)}: {error}") from error


def redrawn(path: Path, into: Path) -> list[Path]:
    """Page and paper of a bundle that is whole, drawn anew by this version from its stream. Raises `LisaError`."""
    entries = unpacked(read_bytes(path, "Das Prüfpaket"), MOST_ENTRIES)
    contents = contents_of(entries)
    retrial = tried_again(contents.run, contents.asked)
    conclusion = concluded(contents.run, retrial.requirements, None)
    files = drawn(contents, retrial, conclusion, None, digest(entries[STREAM]))
    return [written(into / name, data) for name, data in files.items()]


def written(path: Path, data: bytes) -> Path:
    """The file, whole or not at all. Raises `LisaError`."""
    try:
        _write(path, data)
    except OSError as error:
        raise refusal(f"{shown(path)}: lässt sich nicht schreiben ({cause(error)}).", error) from error
    except ValueError as error:
        raise LisaError(f"{path!s:.60}: So kann keine Datei heißen.") from error
    return path


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
