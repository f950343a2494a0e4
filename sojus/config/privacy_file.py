"""For what somebody may want to know of whom a case is, and for how long it is known: from one file of a Landkreis."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import Field

from lisa_core.config.toml import Table, read_text, read_toml, validated
from lisa_core.config.toml_lines import as_written, is_table_again, read_lines, refuse
from lisa_core.host.data import data_dir
from lisa_core.wire.toml_text import parse_toml
from sojus.domain.model.actors import Role
from sojus.domain.rights.purposes import Purpose, PurposeId, Purposes
from sojus.domain.rights.retention import Retention

LONGEST_DAYS = 100 * 366


class Privacy(NamedTuple):
    """What the file says."""

    purposes: Purposes
    retention: Retention


class RetentionTable(Table):
    """[retention]"""

    unused_days: int = Field(ge=1, le=LONGEST_DAYS)
    ended_days: int = Field(ge=1, le=LONGEST_DAYS)
    audit_years: int = Field(ge=1, le=100)


class PurposeTable(Table):
    """[purposes.KEY]"""

    name: str = Field(min_length=1)
    law: str = Field(min_length=1)
    roles: list[Literal["jugendamt", "traeger"]] = Field(min_length=1)


class PrivacyFile(Table):
    """A whole file."""

    schema_: Literal[1] = Field(1, alias="schema")
    retention: RetentionTable
    purposes: dict[str, PurposeTable] = Field(min_length=1)


def load_privacy(path: Path | None = None) -> Privacy:
    """That of this file, else the shipped one. Raises `ProfileError` listing every fault with file, line and key."""
    path = path or data_dir("fixtures") / "sojus" / "datenschutz.toml"
    lines = read_lines(read_text(path))
    try:
        raw = parse_toml(lines.text)
    except tomllib.TOMLDecodeError:
        raw = read_toml(path)  # says where
    parsed, misfits = validated(PrivacyFile, raw)
    faults: list[tuple[int | None, str]] = [*lines.faults]
    faults += [(lines.of(one.key), as_written(one.text)) for one in misfits if not is_table_again(one.key)]
    if faults or parsed is None:
        refuse(path, faults)
    terms, made = parsed.retention, [_purpose(PurposeId(key), one) for key, one in parsed.purposes.items()]
    retention = Retention(timedelta(terms.unused_days), timedelta(terms.ended_days), terms.audit_years)
    return Privacy({one.id: one for one in made}, retention)


def _purpose(key: PurposeId, table: PurposeTable) -> Purpose:
    return Purpose(key, table.name, table.law, frozenset(map(Role, table.roles)))
