"""The table of words: what people write that has another name now, and the last version that understands the old one.

Who renames a sentence, tag, key or option adds a row here, and nothing else has to be done: the edge that reads it
understands it and says once what it is called now, and `lisa migrate` rewrites it (ADR 49).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Word(Enum):
    """Where a word stands."""

    STEP = "Schritt"
    TAG = "Tag"
    PROFILE = "Schlüssel im Hardware-Profil"
    LANDKREIS = "Schlüssel in der Landkreis-Datei"
    OPTION = "Option"
    BINDING = "Anfang einer Adresse"


@dataclass(frozen=True, slots=True)
class Rename:
    """`old` is called `new` from version `since` on, which is the last one to understand `old`.

    A step is written with its placeholders and their types ("{wer:Bürgerin} Platz nimmt"); `new` names the same ones. A
    key is written with its tables ("slots.*.address", `*` for any); an option with its command ("exchange --config"). A
    scheme of an address is written as it is typed ("tcp://") and holds for those drivers that take the new one.
    """

    word: Word
    old: str
    new: str
    since: str


RENAMES: tuple[Rename, ...] = (
    Rename(Word.PROFILE, "deadlines.ring_ms", "exchange.ring_ms", "0.2.0"),
    Rename(Word.PROFILE, "deadlines.transfer_ms", "exchange.transfer_ms", "0.2.0"),
    Rename(Word.TAG, "braucht:presence.abstand", "braucht:presence.entfernung", "0.2.0"),
    Rename(
        Word.STEP,
        "sind {seiten:Seiten} aus dem Scanner angekommen",
        "hat der Scanner {seiten:Seiten} geliefert",
        "0.2.0",
    ),
    Rename(Word.BINDING, "tcp://", "socket://", "0.2.0"),
)


def renames_of(word: Word) -> tuple[Rename, ...]:
    """The rows about this kind of word."""
    return tuple(row for row in RENAMES if row.word is word)
