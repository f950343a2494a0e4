"""The vocabulary of a field of work from its file: the one place where it is read, and checked."""

from __future__ import annotations

import tomllib
from pathlib import Path

from lisa_core.config.toml import read_text, read_toml, validated
from lisa_core.config.toml_lines import as_written, is_table_again, read_lines, refuse
from lisa_core.domain.model.errors import ProfileError
from lisa_core.domain.model.nearest import nearest
from lisa_core.host.data import data_dir
from lisa_core.wire.toml_text import parse_toml
from sojus.config.field_faults import faults_of
from sojus.config.field_tables import FieldFile, vocabulary_of
from sojus.domain.field.vocabulary import Vocabulary


def load_vocabulary(field: str) -> Vocabulary:
    """By its name among the shipped ones, or by the path of its file (it ends with .toml).

    Raises `ProfileError` listing every fault with file, line and key.
    """
    return read_vocabulary(Path(field) if field.endswith(".toml") else _shipped(field))


def shipped_fields() -> dict[str, Path]:
    """Their files by their names."""
    return {path.stem: path for path in sorted((data_dir("fixtures") / "felder").glob("*.toml"))}


def read_vocabulary(path: Path) -> Vocabulary:
    """The vocabulary in this file. Raises `ProfileError` listing every fault with file, line and key."""
    lines = read_lines(read_text(path))
    try:
        raw = parse_toml(lines.text)
    except tomllib.TOMLDecodeError:
        raw = read_toml(path)  # says where
    if not raw and not lines.faults:
        raise ProfileError(f"{path}: In der Datei steht nichts. Ein Beispiel zum Abschreiben: docs/felder.md")
    parsed, misfits = validated(FieldFile, raw)
    faults: list[tuple[int | None, str]] = [*lines.faults]
    faults += [(lines.of(one.key), as_written(one.text)) for one in misfits if not is_table_again(one.key)]
    faults += [(lines.of(key), as_written(f"{key}: {text}")) for key, text in faults_of(raw)]
    if faults or parsed is None:
        refuse(path, faults)
    return vocabulary_of(parsed)


def _shipped(field: str) -> Path:
    shipped = shipped_fields()
    if field not in shipped:
        raise ProfileError(f"Das Arbeitsfeld „{field}“ gibt es nicht.{nearest(field, list(shipped))}")
    return shipped[field]
