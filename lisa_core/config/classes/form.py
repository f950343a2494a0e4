"""The form of a class file: its tables and keys, as a schema. Whether the values fit together says `reading`."""

from __future__ import annotations

from datetime import date
from typing import Literal

from lisa_core.config.toml import Table

Number = int | float


class HeadTable(Table):
    """`[klasse]`. Without `steckplatz` it is a class of whole booths."""

    name: str
    version: str
    titel: str
    titel_en: str
    gueltig_ab: date
    gueltig_bis: date
    quelle: str
    steckplatz: str = ""
    faehigkeiten: list[str] = []
    klassen: list[str] = []
    ungeprueft: str = ""


class LimitTable(Table):
    """`[anforderung.grenze]`: exactly one of `hoechstens` and `mindestens`."""

    messung: str
    einheit: str
    unsicherheit: Number
    hoechstens: Number | None = None
    mindestens: Number | None = None
    regel: Literal["schutzband"] = "schutzband"

    @property
    def bound(self) -> Number:
        """The number of the limit, whichever of the two it is."""
        return next(one for one in (self.hoechstens, self.mindestens, 0) if one is not None)


class ContributionTable(Table):
    """`[[anforderung.bezug.anteil]]`: one thing that makes the reference inexact, in the unit of the limit."""

    text: str
    halbbreite: Number
    verteilung: Literal["rechteck", "dreieck", "normal"] = "rechteck"


class ReferenceTable(Table):
    """`[anforderung.bezug]`: what the measure is taken against, and what that leaves uncertain."""

    womit: str
    text: str = ""
    anteil: list[ContributionTable] = []


class DemandTable(Table):
    """`[[anforderung]]`: one thing that the class asks for."""

    id: str
    text: str
    text_en: str
    quelle: str
    verbindlich: Literal["pflicht", "bedingt", "wahlfrei"] = "pflicht"
    faehigkeit: str = ""
    nachweis: Literal["szenario", "pruefer", "labor"] = "szenario"
    grenze: LimitTable | None = None
    bezug: ReferenceTable | None = None
    offen: str = ""
    ungeprueft: str = ""
    beruht_auf: Literal["geraet", "bau"] = "geraet"


class File(Table):
    """A whole class file."""

    klasse: HeadTable
    anforderung: list[DemandTable] = []
