"""`lisa migrate`, carried out: every file of a place is read, all that changes is shown, and then written."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from lisa_core.cli.extra import INSTALL, harness_is_there
from lisa_core.config.migration import migrated as migrated_table
from lisa_core.config.migration import waits_in_service, with_waits
from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.text.findings import shown
from lisa_core.host.causes import cause
from lisa_core.host.machine import refusal, tell
from lisa_core.host.paths import exists, files_below, is_file, rewrite
from lisa_core.host.program import OK, code_of


def migrate_place(place: Path, *, dry_run: bool) -> int:
    """Rewrite a folder or one file; `dry_run` only shows it. Returns the exit code."""
    code = OK
    try:
        texts, wrong = _texts(place)
        needed = _move_waits(texts, wrong)
    except LisaError as error:
        tell(str(error))
        return code_of(error)
    changed = {path: new for path, (old, new) in texts.items() if old != new}
    number = len(changed)
    for path, new in changed.items():
        click.echo(_difference(path, texts[path][0], new))
    if not dry_run:
        number = _write_all(changed, needed, wrong)
    for fault in wrong:
        tell(str(fault))
        code = max(code, code_of(fault))
    would = "würden geändert" if dry_run else "geändert"
    click.echo(f"{len(texts)} Dateien gelesen, {number} {would}.")
    return code


def _write_all(changed: Mapping[Path, str], needed: Mapping[Path, Path], wrong: list[LisaError]) -> int:
    """A Landkreis before the profiles whose times it takes: what is interrupted is taken up by the next `migrate`.

    Returns how many were written.
    """
    first, failed, number = set(needed.values()), set[Path](), 0
    for path in sorted(changed, key=lambda path: path not in first):
        if needed.get(path) in failed:
            continue  # its times would be lost
        try:
            rewrite(path, changed[path])
            number += 1
        except OSError as error:
            failed.add(path)
            wrong.append(refusal(f"{path}: lässt sich nicht schreiben ({cause(error)}).", error))
    return number


def _texts(place: Path) -> tuple[dict[Path, tuple[str, str]], list[LisaError]]:
    """Every file of ours with its text and what becomes of it, and what could not be read. Raises `LisaError`."""
    if not place.exists():
        raise LisaError(f"{place}: Diesen Ordner gibt es nicht. Pfad prüfen.")
    texts: dict[Path, tuple[str, str]] = {}
    wrong: list[LisaError] = []
    left = 0
    for path in files_below(place) if place.is_dir() else [place]:
        change = _CHANGES.get(path.suffix)
        if change is _feature and not harness_is_there():
            left += 1
        if change is None or (change is _feature and left):
            continue
        try:
            text = _read(path)
            texts[path] = text, change(path, text)
        except LisaError as error:
            wrong.append(error)
    if left:
        what = f"Feature-Dateien ({left}) blieben, wie sie sind: Für sie braucht „lisa migrate“ den Prüfstand, der hier"
        wrong.append(LisaError(f"{what} nicht installiert ist: {INSTALL}"))
    return texts, wrong


def _feature(path: Path, text: str) -> str:
    from lisa_core.harness.text.former_words import migrated  # reads scenarios, with the extra `harness`

    if _FOREIGN.match(text.removeprefix("\ufeff")):
        return text
    return migrated(path, text)


_FOREIGN = re.compile(r"(?:#(?!\s*language\s*:).*\n|@.*\n|\s)*(?:#\s*language\s*:\s*(?!de\b)|Feature\s*:)")
"""A feature file of another project, in another language."""
_CHANGES: Mapping[str, Callable[[Path, str], str]] = {".feature": _feature, ".satz": _feature, ".toml": migrated_table}
"""What becomes of a file, by how its name ends."""


def _move_waits(texts: dict[Path, tuple[str, str]], wrong: list[LisaError]) -> dict[Path, Path]:
    """How long the exchange rings goes from the profile of a booth in service to its Landkreis, if that is here.

    Returns which Landkreis has to be written before which profile.
    """
    needed: dict[Path, Path] = {}
    wanted: dict[Path, dict[str, set[int]]] = {}
    here = {path.resolve(): path for path in texts}
    for path, (old, new) in texts.items():
        if old == new or path.suffix != ".toml":
            continue
        waits = waits_in_service(path)
        known = here.get(waits.landkreis.resolve()) if waits.landkreis else None
        for key, value in waits.unfit.items():
            there = f"[routing] {key}, in ganzen Sekunden (hier {value / 1000:g} s)".replace(".", ",")
            tell(f"{shown(path)}: Im Betrieb sagt das der Landkreis, dort von Hand eintragen: {there}")
        for key, value in waits.seconds.items():
            if known:
                needed[path] = known
                wanted.setdefault(known, {}).setdefault(key, set()).add(value)
            else:
                there = f"dort unter [routing] eintragen: {key} = {value}"
                tell(f"{shown(path)}: Im Betrieb sagt das der Landkreis, {there}")
    for path, waits_of in wanted.items():
        agreed = {key: next(iter(values)) for key, values in waits_of.items() if len(values) == 1}
        for key in waits_of.keys() - agreed.keys():
            text = f"Die Profile dieses Landkreises sind sich über [routing] {key} nicht einig. Von Hand eintragen."
            wrong.append(LisaError(f"{shown(path)}: {text}"))
        old, new = texts[path]
        try:
            texts[path] = old, with_waits(path, new, agreed)
        except LisaError as error:
            wrong.append(error)
    return needed


def _read(path: Path) -> str:
    """With its line ends as they are."""
    if exists(path) and not is_file(path):
        raise LisaError(f"{shown(path)}: Das ist keine Datei, sondern etwas, das sich nicht umschreiben lässt.")
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise LisaError(
            f"{shown(path)}:{line}: Die Datei ist nicht als UTF-8 gespeichert. Neu speichern als UTF-8."
        ) from None
    except OSError as error:
        raise refusal(f"{shown(path)}: Die Datei lässt sich nicht lesen ({cause(error)}).", error) from error


def _difference(path: Path, old: str, new: str) -> str:
    """Each line that changes, with the file and its number."""
    lines = [f"{shown(path)}:"]
    before, after = old.splitlines(), new.splitlines()
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            lines += [f"  {number + 1:>4} - {before[number]}" for number in range(a, b)]
            lines += [f"  {number + 1:>4} + {after[number]}" for number in range(c, d)]
    return "\n".join(lines)
