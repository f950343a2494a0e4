"""For what somebody may want to know of whom a case is, and for how long it is known: from one file of a Landkreis."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import Field

from lisa_core.config.toml import Table
from lisa_core.host.data import data_dir
from sojus.config.tables import read_tables
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
    shipped = data_dir("fixtures") / "sojus" / "datenschutz.toml"
    file = read_tables(PrivacyFile, path or shipped, "fixtures/sojus/datenschutz.toml", lambda raw: ())
    terms, made = file.retention, [_purpose(PurposeId(key), one) for key, one in file.purposes.items()]
    retention = Retention(timedelta(terms.unused_days), timedelta(terms.ended_days), terms.audit_years)
    return Privacy({one.id: one for one in made}, retention)


def _purpose(key: PurposeId, table: PurposeTable) -> Purpose:
    return Purpose(key, table.name, table.law, frozenset(map(Role, table.roles)))
