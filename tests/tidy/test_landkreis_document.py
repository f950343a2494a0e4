"""The reference of a Landkreis's file names every key there is, its default and its limits; its example loads."""

from __future__ import annotations

from pathlib import Path

import pytest

from lisa_core.config import directory
from lisa_core.config.directory_routing import LIMITS, UNITS
from lisa_core.config.landkreis.directory_media import MediaTable
from lisa_core.domain.model.directory import Rules
from tests.tidy.sources import ROOT
from tests.tidy.test_documents import fenced, read, rows

REFERENCE = ROOT / "docs" / "landkreis.md"
TABLES = {
    "landkreis": directory._Landkreis,
    "sites.name": directory._Site,
    "offices.name": directory._Office,
    "services.name": directory._Service,
    "agents.name": directory._Agent,
    "media": MediaTable,
}


@pytest.mark.parametrize("table", TABLES)
def test_every_key_of_a_table_is_told_and_whether_it_is_needed(table: str) -> None:
    told = {cells[0].strip("`"): cells[-1] == "nötig" for cells in section(table)}
    needed = {key: field.is_required() for key, field in TABLES[table].model_fields.items()}
    if table == "services.name":
        needed["office"] = True  # that it is missing is told in other words than those of the schema
    assert told == needed


def test_every_rule_of_routing_is_told_with_its_limits_and_what_is_usual() -> None:
    usual = Rules()
    for key, (least, most) in LIMITS.items():
        name, _, unit = key.rpartition("_")
        default = getattr(usual, f"{name}_us") // UNITS[unit][1]
        told = next((cells[2:] for cells in section("routing") if cells[0] == f"`{key}`"), [])
        assert told == [f"{least} bis {most}", f"`{default}`"], key
    assert len(section("routing")) == len(LIMITS)


def test_the_example_loads(tmp_path: Path) -> None:
    (example,) = fenced(REFERENCE, "toml")
    path = tmp_path / "kreis.toml"
    path.write_text(example, encoding="utf-8")
    assert directory.load_directory(str(path))[0].rules == Rules(wrap_up_us=15_000_000)


def section(table: str) -> list[list[str]]:
    """The rows about the keys of one table."""
    text = read(REFERENCE).split(f"\n## `[{table}]`")[1].split("\n## ")[0]
    return [cells for cells in rows(text) if cells[0] != "Schlüssel"]
