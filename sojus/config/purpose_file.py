"""For what somebody may want to know of whom a case is: the list from its file, which a Landkreis may replace."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import Field

from lisa_core.config.toml import Table, read_text, read_toml, validated
from lisa_core.config.toml_lines import as_written, is_table_again, read_lines, refuse
from lisa_core.host.data import data_dir
from lisa_core.wire.toml_text import parse_toml
from sojus.domain.model.actors import Role
from sojus.domain.rights.purposes import Purpose, PurposeId, Purposes


class PurposeTable(Table):
    """[purposes.KEY]"""

    name: str = Field(min_length=1)
    law: str = Field(min_length=1)
    roles: list[Literal["jugendamt", "traeger"]] = Field(min_length=1)


class PurposeFile(Table):
    """A whole file."""

    schema_: Literal[1] = Field(1, alias="schema")
    purposes: dict[str, PurposeTable] = Field(min_length=1)


def load_purposes(path: Path | None = None) -> Purposes:
    """Those of this file, else the shipped ones. Raises `ProfileError` listing every fault with file, line and key."""
    path = path or data_dir("fixtures") / "sojus" / "zwecke.toml"
    lines = read_lines(read_text(path))
    try:
        raw = parse_toml(lines.text)
    except tomllib.TOMLDecodeError:
        raw = read_toml(path)  # says where
    parsed, misfits = validated(PurposeFile, raw)
    faults: list[tuple[int | None, str]] = [*lines.faults]
    faults += [(lines.of(one.key), as_written(one.text)) for one in misfits if not is_table_again(one.key)]
    if faults or parsed is None:
        refuse(path, faults)
    return {PurposeId(key): _purpose(PurposeId(key), one) for key, one in parsed.purposes.items()}


def _purpose(key: PurposeId, table: PurposeTable) -> Purpose:
    return Purpose(key, table.name, table.law, frozenset(map(Role, table.roles)))
