"""Where the scenarios of an order are: folders, files, lines of files, and what is wrong with what was named."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lisa_core.config.classes.values import FOLDER as CLASSES
from lisa_core.domain.model.nearest import nearest_word
from lisa_core.harness.report.requirements import FOLDER
from lisa_core.harness.text.findings import FeatureError, Finding
from lisa_core.harness.text.language import say
from lisa_core.harness.text.sentences import FOLDER as SENTENCES
from lisa_core.harness.text.sentences import SUFFIX
from lisa_core.host.data import data_dir
from lisa_core.host.paths import exists, files_below, is_file, is_folder

AT_LINE = re.compile(r"(?P<path>.+\.feature):(?P<line>\d{1,9})")
"""A scenario by one of its lines: `datei.feature:12`."""


@dataclass(frozen=True, slots=True)
class Places:
    """What pytest collects, the selections by line (`datei.feature:12`), and what of the order is not there."""

    paths: tuple[Path, ...]
    lines: tuple[str, ...] = ()
    wrong: tuple[Finding, ...] = ()


def find(paths: Sequence[str]) -> Places:
    """The places that are meant by these paths; by none at all: the features that we bring along."""
    if not paths:
        return Places((data_dir("features"),))
    places: dict[Path, None] = {}
    whole: list[Path] = []
    lines: list[str] = []
    wrong: list[Finding] = []
    for text in paths:
        found = AT_LINE.fullmatch(text)
        path = Path(found["path"] if found else text)
        if findings := tuple(wrong_path(path)):
            wrong += findings
            continue
        places[path.resolve()] = None
        if found:
            lines.append(f"{path.resolve()}:{found['line']}")
        else:
            whole.append(path.resolve())
    wanted = (line for line in lines if not any(Path(line.rpartition(":")[0]).is_relative_to(one) for one in whole))
    return Places(tuple(places), tuple(wanted), tuple(wrong))


def there(paths: Sequence[str]) -> Places:
    """The same where all of them are there. Raises `FeatureError`."""
    found = find(paths)
    if found.wrong:
        raise FeatureError(found.wrong)
    return found


def root_of(places: Sequence[Path]) -> Path:
    """The folder that all places share, and above it each folder whose steps, features or requirements go with them."""
    folders = [place if place.is_dir() else place.parent for place in places]
    root = Path(os.path.commonpath(folders))
    while root.parent != root and _belongs(root.parent):
        root = root.parent
    return root


def wrong_path(path: Path) -> Iterator[Finding]:
    """Why nothing can run there."""
    if not exists(path):
        beside = [one.name for one in path.parent.iterdir()] if is_folder(path.parent) else []
        advice = say("Pfad prüfen.")
        if near := nearest_word(path.name, beside):
            advice = say("Meinten Sie „{word}“?", word=path.with_name(near))
        yield Finding(path, 0, say("Diesen Pfad gibt es nicht."), advice, "datei-fehlt")
    elif path.is_file() and path.suffix != ".feature":
        what = say("Das ist keine Feature-Datei.")
        yield Finding(path, 0, what, say("Ihr Name endet auf .feature."), "datei-name")
    elif not path.is_dir() and not path.is_file():
        yield _no_file(path)
    elif path.is_dir():
        yield from (wrong := tuple(_wrong_names(path)))
        if not wrong and not any(one.suffix == ".feature" for one in files_below(path)):
            what = say("In diesem Ordner liegt keine Feature-Datei (.feature).")
            yield Finding(path, 0, what, "", "datei-fehlt")


def _wrong_names(folder: Path) -> Iterator[Finding]:
    """Files that were meant as features and would not run."""
    for path in files_below(folder):
        if path.suffix == ".feature":
            if not exists(path):
                yield Finding(path, 0, say("Diese Verknüpfung führt nirgendwohin."), "", "datei-fehlt")
            elif not is_file(path):
                yield _no_file(path)
        elif path.name.lower().endswith((".feature", ".feature.txt")):
            what = say("LISA führt nur Dateien aus, deren Name auf .feature endet.")
            yield Finding(path, 0, what, "", "datei-name")


def _no_file(path: Path) -> Finding:
    """A pipe, a device: whoever reads it waits for somebody who writes."""
    what = say("Das ist keine Datei, sondern ein Gerät, eine Pipe oder ein Socket.")
    return Finding(path, 0, what, say("Eine Feature-Datei nennen."), "datei-unlesbar")


def _belongs(folder: Path) -> bool:
    return (
        (folder / "conftest.py").is_file()
        or any((folder / name).is_dir() for name in (FOLDER, CLASSES, SENTENCES))
        or any(any(folder.glob(f"*{suffix}")) for suffix in (".feature", SUFFIX))
    )
