"""The columns of the table: their German headings, what they mean, and which ones a file has.

Case, order and blanks do not matter. What nobody knows is refused with the nearest known: a column passed over in
silence would be a wish that nobody heard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from lisa_core.domain.model.nearest import nearest_word
from sojus.domain.field.vocabulary import Vocabulary
from sojus.sheets.files.table import Broken, Line, SheetTable, letters
from sojus.sheets.mistakes import SheetMistake

SHEET = "Plätze"
"""The sheet that is read of a workbook that has one of this name."""
LOOKED_AT = 20
"""The headings stand within so many rows; above them people write a title."""
TRAIT = "Merkmal "
"""Before the name of a trait that is called like another column; it may stand before all of them."""


class Column(Enum):
    """What is the same in all fields of work: the heading, what else it is called, and what is to be entered."""

    ID = ("Kennung", (), "Die Kennung eines Platzes im Portal; leer bei neuen. Damit kann ein Platz umbenannt werden.")
    PROVIDER = ("Träger", (), "Ihr Träger. Kann leer bleiben; steht hier ein anderer, wird die Datei abgelehnt.")
    FACILITY = ("Einrichtung", ("Haus",), "Das Haus, oder die Stelle, von der die Hilfe ausgeht.")
    NORTH = ("Breite", ("Breitengrad", "Latitude", "Lat"), "Geografische Breite in Grad, zum Beispiel 53,8655.")
    EAST = ("Länge", ("Längengrad", "Longitude", "Lon"), "Geografische Länge in Grad, zum Beispiel 13,2401.")
    ADDRESS = ("Anschrift", ("Adresse",), "Straße, Nummer und Ort; leer oder „-“, wenn sie geschützt ist.")
    PHONE = (
        "Telefon",
        ("Telefonnummer", "Tel.", "Rufnummer"),
        "Wo jemand abhebt, mit Vorwahl; als Text: 030 23125 001.",
    )
    GROUP = ("Gruppe", ("Team", "Wohngruppe"), "Die Gruppe in der Einrichtung; bei Hilfe zu Hause das Team.")
    AREA = ("Arbeitsfeld", (), "Nur nötig, wenn eine Hilfeart in mehreren Arbeitsfeldern gleich heißt.")
    KIND = ("Hilfeart", ("Hilfe", "Angebot"), "Die Art der Hilfe; für alle Plätze der Gruppe dieselbe.")
    YOUNGEST = ("Alter von", ("Mindestalter", "Alter ab"), "Das jüngste Alter in ganzen Jahren, das aufgenommen wird.")
    OLDEST = ("Alter bis", ("Höchstalter",), "Das älteste Alter in ganzen Jahren, das aufgenommen wird.")
    GENDERS = ("Geschlecht", ("Geschlechter",), "Wer aufgenommen wird; mehrere mit Semikolon, oder „alle“.")
    PLACE = ("Platz", ("Bett", "Platzname"), "Wie der Platz heißt. Keine Namen von Menschen.")
    CAPACITY = ("Umfang", ("Anzahl", "Kapazität"), "Wie viele Plätze, Wochenstunden oder Kontakte; ein Bett ist 1.")
    CENTS = ("Entgelt", ("Tagessatz", "Stundensatz", "Preis"), "Was es kostet, in Euro: 216,88.")
    PER = ("Entgelt je", ("Einheit", "je"), "Wofür das Entgelt gilt, wie es die Hilfeart vorsieht.")
    RATE_FROM = ("Entgelt ab", ("gültig ab", "gilt ab"), "Der erste Tag, an dem das Entgelt gilt.")
    RATE_UNTIL = ("Entgelt bis", ("gültig bis", "gilt bis"), "Der letzte Tag, an dem es gilt, oder „offen“.")
    OCCUPIED = ("Belegt", ("Belegung", "davon belegt"), "ja oder nein; bei mehreren Plätzen, wie viele belegt sind.")
    OCCUPIED_FROM = ("Belegt ab", ("Belegt seit",), "Der erste Tag; leer: heute, oder wie im Portal.")
    OCCUPIED_UNTIL = ("Belegt bis", (), "Der letzte Tag, an dem der Platz belegt ist, oder „offen“.")
    CLOSED_FROM = ("Geschlossen ab", (), "Der erste Tag, an dem niemand aufgenommen wird; „nein“: nicht geschlossen.")
    CLOSED_UNTIL = ("Geschlossen bis", (), "Der letzte Tag der Schließung, oder „offen“.")
    CLOSED_WHY = ("Grund der Schließung", ("Grund",), "Kurz, zum Beispiel Umbau. Keine Namen von Menschen.")

    def __init__(self, heading: str, others: tuple[str, ...], means: str) -> None:
        self.heading = heading
        self.others = others
        self.means = means


NEEDED = (Column.FACILITY, Column.GROUP, Column.PLACE)
"""Without these no row says which place it is about."""
Asked = Column | str
"""What a column is about: one of all fields of work, or a trait by its German name as it is compared."""


@dataclass(frozen=True, slots=True)
class Headings:
    """`row`: where the headings stand. `at`: of what is asked, in which column it stands; `named`: as it is written."""

    row: int
    at: Mapping[Asked, int]
    named: Mapping[Asked, str]

    def name(self, asked: Asked) -> str:
        """As the file calls it; of a column that it does not have, as it should be called."""
        return self.named.get(asked, asked.heading if isinstance(asked, Column) else asked)


def clean(text: str) -> str:
    """In one line, with one blank between words, and without what cannot be seen: soft hyphens, marks of direction."""
    said = " ".join(text.split())
    return said if said.isprintable() else "".join(letter for letter in said if letter.isprintable())


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """As names and headings are compared: clean and small."""
    return clean(text).casefold()


def known_headings(vocabularies: Iterable[Vocabulary]) -> dict[str, tuple[Asked, ...]]:
    """What each name of a column can be, as it is compared: a trait may be called as another column is called too."""
    known: dict[str, tuple[Asked, ...]] = {}
    for column in Column:
        known.update({folded(name): (column,) for name in (column.heading, *column.others)})
    for vocabulary in vocabularies:
        for trait in vocabulary.traits.values():
            name = folded(trait.name)
            known[f"{folded(TRAIT)} {name}"] = (name,)
            if name not in known.get(name, ()):
                known[name] = (*known.get(name, ()), name)
    return known


def trait_heading(name: str) -> str:
    """What the column of a trait is called."""
    return TRAIT + name if folded(name) in {folded(column.heading) for column in Column} else name


def headings_of(table: SheetTable, vocabularies: Iterable[Vocabulary]) -> tuple[Headings | None, list[SheetMistake]]:
    """Where the headings stand and what is wrong with them; None: there are none."""
    known = known_headings(vocabularies)
    first = table.lines[:LOOKED_AT]
    best = max(first, key=lambda line: sum(_word(cell) in known for cell in line.cells.values()))
    if not any(_word(cell) in known for cell in best.cells.values()):
        wanted = ", ".join(column.heading for column in NEEDED)
        return None, [
            SheetMistake(best.number, "", "Hier stehen keine bekannten Überschriften.", f"Nötig sind {wanted}.")
        ]
    return _read(best, table, known)


def _read(line: Line, table: SheetTable, known: Mapping[str, tuple[Asked, ...]]) -> tuple[Headings, list[SheetMistake]]:
    at: dict[Asked, int] = {}
    named: dict[Asked, str] = {}
    wrong: list[SheetMistake] = []
    sure = {_word(cell): known[_word(cell)][0] for cell in line.cells.values() if len(known.get(_word(cell), ())) == 1}
    for column, cell in line.cells.items():
        said = clean(cell.shown if isinstance(cell, Broken) else str(cell))
        can_be = known.get(_word(cell), ())
        asked = next((one for one in can_be if len(can_be) == 1 or one not in sure.values()), None)
        if asked is None:
            wrong.append(_unknown(line.number, said, known))
        elif asked in at:
            why = f"Die Spalte steht schon in {letters(at[asked])} („{named[asked]}“)."
            wrong.append(SheetMistake(line.number, said, why, "Eine von beiden löschen."))
        else:
            at[asked], named[asked] = column, said
    for column in sorted({column for line_ in table.lines for column in line_.cells} - line.cells.keys()):
        below = next((one for one in table.lines if one.number > line.number and column in one.cells), None)
        if below is not None:
            why = f"Die Spalte hat keine Überschrift, und in Zeile {below.number} steht etwas."
            wrong.append(SheetMistake(line.number, letters(column), why, "Eine Überschrift eintragen oder sie leeren."))
    wrong += _missing(line.number, at)
    return Headings(line.number, at, named), wrong


def is_lacking(headings: Headings) -> bool:
    """Whether a column without which no row can be read is not there; that is noted already."""
    return any(_missing(headings.row, headings.at))


def _missing(row: int, at: Mapping[Asked, int]) -> Iterator[SheetMistake]:
    for column in NEEDED:
        if column not in at and not (column is not Column.PLACE and Column.ID in at):
            do = "Die Spalte einfügen; die Vorlage hat alle Spalten."
            yield SheetMistake(row, column.heading, "Diese Spalte fehlt.", do)


def _unknown(row: int, said: str, known: Iterable[str]) -> SheetMistake:
    near = nearest_word(folded(said), known)
    do = "Die Spalte löschen, oder so nennen wie in der Vorlage."
    if near:
        do = f"Meinten Sie „{_WRITTEN.get(near, near)}“? Sonst die Spalte löschen."
    return SheetMistake(row, said[:60], "Diese Spalte ist nicht bekannt.", do)


def _word(cell: object) -> str:
    return folded(cell) if isinstance(cell, str) else ""


_WRITTEN = {folded(name): name for column in Column for name in (column.heading, *column.others)}
