"""A file that people write, read against its schema: all that is wrong at once, with the line of each."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from lisa_core.config.directory_faults import Fault
from lisa_core.config.toml import Table, read_text, read_toml, validated
from lisa_core.config.toml_lines import as_written, is_table_again, read_lines, refuse
from lisa_core.domain.model.errors import ProfileError
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.wire.toml_text import parse_toml

M = TypeVar("M", bound=Table)


def read_tables(
    schema: type[M],
    path: Path,
    example: str,
    faults_of: Callable[[JsonMap], Iterable[Fault]],
) -> M:
    """The file as an instance of `schema`. `example`: where one to copy stands. `faults_of`: what a schema cannot say.

    Raises `ProfileError` listing every fault with file, line and key.
    """
    lines = read_lines(read_text(path))
    try:
        raw = parse_toml(lines.text)
    except tomllib.TOMLDecodeError:
        raw = read_toml(path)  # says where
    if not raw and not lines.faults:
        raise ProfileError(f"{path}: In der Datei steht nichts. Ein Beispiel zum Abschreiben: {example}")
    parsed, misfits = validated(schema, raw)
    faults: list[tuple[int | None, str]] = [*lines.faults]
    faults += [(lines.of(one.key), as_written(one.text)) for one in misfits if not is_table_again(one.key)]
    faults += [(lines.of(key), as_written(f"{key}: {text}")) for key, text in faults_of(raw)]
    if faults or parsed is None:
        refuse(path, faults)
    return parsed
