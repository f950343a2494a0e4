"""From a kept run to what a bundle is made of: its files, its profile, the requirements that it knew, this program."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from lisa_core.config.classes import CertificationClass, class_path, known_classes
from lisa_core.config.profile import profile_files
from lisa_core.domain.model.errors import OF_A_MESSAGE, LisaError, ProfileError
from lisa_core.harness.certify.bundle import MAX_BYTES, Ingredients, named_entries
from lisa_core.harness.certify.classes import sought_of
from lisa_core.harness.certify.contents import CLASSES, EXTRAS, KNOWN, PROFILES, PROGRAM, REQUIREMENTS, STREAM
from lisa_core.harness.certify.earlier.parts import parts_as_bytes
from lisa_core.harness.certify.earlier.program import program_parts
from lisa_core.harness.certify.statement import Declared
from lisa_core.harness.history.place import FILES
from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.record import MESSAGES, RunRecord
from lisa_core.harness.report.requirements import folders_above, shipped_folder
from lisa_core.harness.text.findings import shown
from lisa_core.harness.text.tags import requirements_of
from lisa_core.host.causes import cause
from lisa_core.host.machine import refusal
from lisa_core.host.paths import files_below, opened

_PACKAGES = ("lisa_core", "emulator")
_DRAWING = ("jinja2", "pillow", "reportlab")
"""Whose version may change what the papers look like."""


def gathered(
    folder: Path, wanted: CertificationClass | None = None, *, profile: str = "", known: str = ""
) -> Ingredients:
    """What belongs to the run in this folder; `wanted`: the class it was made for; `profile`: where it lies now, if
    not where the run found it; `known`: a file of faults that were known before.

    Raises `LisaError` naming what cannot be read.
    """
    stream = read_bytes(folder / MESSAGES, "Der Lauf")
    expected = {Path(known).name: read_bytes(Path(known), "Die Datei bekannter Fehler")} if known else {}
    run = _run(folder / MESSAGES, stream)
    extras = {path.name: read_bytes(path, "Die Beilage") for path in sorted(_left_beside(folder))}
    files = {STREAM: stream, **beside(run, wanted, profile)}
    files |= {**named_entries(expected, KNOWN), **named_entries(extras, EXTRAS)}
    return Ingredients(files, declared_here(), sought_of(wanted) if wanted else None)


def beside(run: RunRecord, wanted: CertificationClass | None, profile: str = "") -> dict[str, bytes]:
    """What a run is judged by, and what it was made with: profile, requirements, classes, the parts of this program."""
    return {
        **named_entries(_profile(profile or run.profile), PROFILES),
        **named_entries(_requirements(run), REQUIREMENTS),
        **_classes(run, wanted),
        PROGRAM: parts_as_bytes(program_parts()),
    }


def declared_here() -> Declared:
    """What whoever packs with this program says of it."""
    return Declared(version("lisa-booth"), program_digest(), drawing_versions())


def _run(path: Path, stream: bytes) -> RunRecord:
    try:
        return read(stream.decode("utf-8"))
    except (LisaError, *OF_A_MESSAGE) as error:
        why = f" ({error})" if isinstance(error, LisaError) else ""
        raise LisaError(f"{shown(path)}: Das ist kein Lauf von LISA{why}.") from error


@cache
def program_digest() -> str:
    """SHA-256 over all files of this program that can change a verdict: each Python file by its path and its text."""
    root, whole = Path(__file__).resolve().parents[3], hashlib.sha256()
    for package in _PACKAGES:
        for path in files_below(root / package):
            if path.suffix == ".py":
                whole.update(f"{path.relative_to(root).as_posix()}\0".encode())
                whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def drawing_versions() -> str:
    """The versions of what draws page and paper: `jinja2 3.1.6, ...`."""
    return ", ".join(f"{name} {version(name)}" for name in _DRAWING)


def read_bytes(path: Path, what: str) -> bytes:
    """A whole file, of bounded size. Raises `LisaError`; `what` says in German what it was to be."""
    try:
        with opened(path) as file:
            data = file.read(MAX_BYTES + 1) if (size := path.stat().st_size) <= MAX_BYTES else b""
        if (size := max(size, len(data))) > MAX_BYTES:  # a device tells no size, and may never end
            raise LisaError(f"{shown(path)}: {what} ist zu groß ({size >> 20} MiB, erlaubt sind {MAX_BYTES >> 20}).")
        return data
    except OSError as error:
        raise refusal(f"{shown(path)}: {what} lässt sich nicht lesen ({cause(error)}).", error) from error
    except ValueError as error:
        raise LisaError(f"{path!s:.60}: So kann keine Datei heißen.") from error


def _profile(name: str) -> dict[str, bytes]:
    try:
        files = profile_files(name)
    except ProfileError as error:
        raise LisaError(f"Das Profil des Laufs fehlt: {error} Mit --profile sagen, wo es jetzt liegt.") from error
    return {path.name: read_bytes(path, "Das Profil") for path in files}


def _requirements(run: RunRecord) -> dict[str, bytes]:
    """The files of requirements beside the features of this run and above them, and ours; each by its name."""
    shipped = shipped_folder()
    folders = [*([shipped] if shipped else []), *folders_above([one.path for one in run.sources], Path.cwd())]
    paths = [path for folder in dict.fromkeys(folders) for path in sorted(folder.glob("*.toml"))]
    return {f"{path.parent.parent.name}-{path.name}": read_bytes(path, "Die Anforderungen") for path in paths}


def _classes(run: RunRecord, wanted: CertificationClass | None) -> dict[str, bytes]:
    """The class that is wanted, and of each other that a scenario names the newest version; each by its own name."""
    named = {name.partition(".")[0] for one in run.scenarios for name in requirements_of(one.tags)}
    newest = {name.rpartition("-")[0]: class_path(name) for name in known_classes()}
    paths = {name: path for name, path in newest.items() if name in named}
    paths |= {wanted.name: wanted.path} if wanted else {}
    return {f"{CLASSES}{path.name}": read_bytes(path, "Die Klasse") for path in paths.values()}


def _left_beside(folder: Path) -> Iterator[Path]:
    """What else a run has kept."""
    found = (path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    return (path for path in found if path.name not in FILES)
