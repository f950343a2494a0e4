"""What is wrong with a table: where, as whoever made it sees it, why, and what to do."""

from __future__ import annotations

from typing import NamedTuple

MOST_TOLD = 200
"""Who has made more mistakes than these has made one of them many times."""

MOST_NOTED = 1_000
"""With more of them a table is read no further: for each the nearest word is looked for, and cells may be millions."""


class TooManyMistakes(Exception):
    """Nobody reads them all."""


class SheetMistake(NamedTuple):
    """`row`: as the spreadsheet counts, 0: the whole file. `column`: the heading as it is written, "" the whole row."""

    row: int
    column: str
    why: str
    do: str

    @property
    def where(self) -> str:
        """ "Zeile 7, Spalte Tagessatz"."""
        return where(self.row, self.column)

    def __str__(self) -> str:
        said = f"{self.why} {self.do}".rstrip()
        return f"{self.where}: {said}" if self.row else said


def where(row: int, column: str) -> str:
    """ "Zeile 7, Spalte Tagessatz"."""
    if not row:
        return "Die Datei"
    return f"Zeile {row}, Spalte {column}" if column else f"Zeile {row}"
