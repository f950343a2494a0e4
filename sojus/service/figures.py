"""Counts without persons, as tables for a page: of a ministry, a Landesjugendamt, decision makers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class TableView:
    """`note`: what has to be known to read it. Every row has a cell for each column."""

    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


@dataclass(frozen=True, slots=True)
class FiguresView:
    today: date
    tables: tuple[TableView, ...]
