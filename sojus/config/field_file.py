"""The vocabulary of a field of work from its file: the one place where it is read, and checked."""

from __future__ import annotations

from pathlib import Path

from lisa_core.domain.model.errors import ProfileError
from lisa_core.domain.model.nearest import nearest
from lisa_core.host.data import data_dir
from sojus.config.field_faults import faults_of
from sojus.config.field_tables import FieldFile, vocabulary_of
from sojus.config.tables import read_tables
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
    return vocabulary_of(read_tables(FieldFile, path, "docs/felder.md", faults_of))


def _shipped(field: str) -> Path:
    shipped = shipped_fields()
    if field not in shipped:
        raise ProfileError(f"Das Arbeitsfeld „{field}“ gibt es nicht.{nearest(field, list(shipped))}")
    return shipped[field]
