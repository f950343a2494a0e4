"""The words of one scenario, step by step: each against what there is by then, and some against what came before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lisa_core.equipment.slots.catalogue import DEVICE_OF_SLOT, SLOTS
from lisa_core.harness.match.catalogue import readable
from lisa_core.harness.match.known import Known
from lisa_core.harness.match.values import ADDS, Wrong, words_of, wrong_value, wrong_words
from lisa_core.harness.text.findings import meant
from lisa_core.harness.text.language import say
from lisa_core.harness.text.words import TYPES, number, pages

Table = Sequence[Sequence[str]]
FIELDS = "{wer} einträgt, was {wen} sagt, und sie jede Antwort bestätigt"
SERVICES = "kann {wer} jedes Anliegen wählen, und es führt zu seiner Stelle"
OPENS = "{wer} den {formular} öffnet"
TYPES_IN = "{wer} bei {feld} {wert} einträgt"
COPIES = "{wer} {was} kopiert"
TAKES = "{wer} {was} übernimmt"
JAMS = "im Scanner staut sich Seite {seite}"
FEEDS = "{wer} {was} in den Scanner legt"
FEEDS_OWN = "{wer} {was} mit {seiten} in den Scanner legt"
FAULTY, SILENT = "{stoerung}", "{geraet} ausfällt"
MENDED, ANSWERS = "{geraet} wieder in Ordnung ist", "{geraet} wieder antwortet"
LOOKED_AT = (FIELDS, SERVICES, OPENS, TYPES_IN, COPIES, TAKES, JAMS, FEEDS, FEEDS_OWN, FAULTY, SILENT, MENDED, ANSWERS)
"""Sentences of ours of which more is known than what kind of words stand in them."""

_NAMING = ("Unterlage", "Testpapier", "Text")


class ValueCheck:
    """Takes the steps of one scenario in their order; `alone`: none of others is among them, which may do anything.

    `disturbed`: devices fail by themselves as well.
    """

    def __init__(self, known: Known, *, alone: bool = True, disturbed: bool = False) -> None:
        self._known, self._alone, self._disturbed = known, alone, disturbed
        self._named: set[str] = set()
        """What was named before that may be a paper."""
        self._labels: tuple[str, ...] = ()
        self._form = ""
        self._jam: tuple[int, int] | None = None
        self._fed = 0
        self._broken: dict[str, str] = {}
        """By the device that is faulty by now, what it is called."""

    def step(self, parser: object, sentence: str, line: int, table: Table | None) -> Iterator[Wrong]:
        """What is wrong with the words of this step."""
        words = words_of(parser, sentence)
        if not words:
            return
        for _, kind, written in words:
            if adds := ADDS.get(kind):
                self._known = adds(self._known, str(TYPES[kind](written)))
        yield from wrong_words(words, self._known)
        pattern = readable(getattr(parser, "name", ""))
        if pattern in LOOKED_AT:
            yield from self._looked_at(pattern, {name: written for name, _, written in words}, line, table)
        self._named |= {str(TYPES[kind](written)) for _, kind, written in words if kind in _NAMING}

    def end(self) -> Iterator[tuple[int, Wrong]]:
        """What is wrong with the whole: line and finding. A jam at a page that is not there never happens."""
        if self._jam and self._fed and self._jam[1] > self._fed:
            line, page = self._jam
            what = say("Seite {page} gibt es nicht: In den Scanner kommen {count} Seiten.", page=page, count=self._fed)
            yield line, (what, say("Eine Seite von 1 bis {count} nennen.", count=self._fed))

    def _looked_at(self, pattern: str, words: dict[str, str], line: int, table: Table | None) -> Iterator[Wrong]:
        if pattern == OPENS:
            self._form = words["formular"][1:-1]
            self._labels = self._known.forms.get(self._form, ())
        elif pattern == TYPES_IN:
            yield from self._field(words["feld"][1:-1])
        elif pattern in (COPIES, TAKES):
            yield from self._captured(words["was"].split()[-1])
        elif pattern in (FAULTY, SILENT):
            self._breaks(words.get("geraet") or words["stoerung"])
        elif pattern in (MENDED, ANSWERS):
            yield from self._mended(words["geraet"])
        elif pattern == FEEDS:
            self._fed += self._known.papers.get(words["was"].split()[-1], 0)
        elif pattern == FEEDS_OWN:
            self._fed += pages(words["seiten"])
        elif pattern == JAMS:
            self._jam = (line, number(words["seite"]))
            self._breaks("der Scanner")
            if self._jam[1] < 1:
                yield say("Seiten zählen ab 1."), say("Die Nummer einer Seite nennen.")
        elif all(len(row) == 2 for row in table or ()):  # how many columns there must be says the step
            yield from self._rows(pattern, table or ())

    def _field(self, label: str) -> Iterator[Wrong]:
        """Of a form that this scenario opens its fields are known."""
        if self._labels and label not in self._labels:
            what = say("Das Feld „{value}“ gibt es im „{form}“ nicht.", value=label, form=self._form)
            yield what, meant(label, self._labels, say("Es gibt: {names}.", names=", ".join(self._labels)))

    def _captured(self, title: str) -> Iterator[Wrong]:
        """Only a paper that was named before can be there; whether it was captured is seen in the run."""
        names = self._named | self._known.papers.keys()
        if self._alone and title not in names:
            what = say("Von einer Unterlage „{value}“ ist davor nicht die Rede.", value=title)
            yield what, meant(title, names, say("Davor muss sie jemand einscannen."))

    def _breaks(self, written: str) -> None:
        if device := _device(written):
            self._broken[device] = " ".join(written.split()[:2])

    def _mended(self, written: str) -> Iterator[Wrong]:
        """Nothing is mended that was well: another device was meant, or the fault is missing."""
        device = _device(written)
        if device and self._alone and not self._disturbed and device not in self._broken:
            what = say("Bis hierher fehlt {device} nichts.", device=f"„{written}“")
            broken = ", ".join(self._broken.values())
            missing = say("Davor „Angenommen {device} …“ schreiben: was es gibt, zeigt lisa steps.", device=written)
            yield what, say("Gestört ist: {names}.", names=broken) if broken else missing

    def _rows(self, pattern: str, table: Table) -> Iterator[Wrong]:
        for first, second in table:
            if pattern == FIELDS:
                yield from self._field(first)
            elif pattern == SERVICES:
                wrongs = (wrong_value(*pair, self._known) for pair in (("Leistung", first), ("BeiStelle", second)))
                yield from filter(None, wrongs)


def _device(written: str) -> str:
    """The emulated device that plays what a sentence begins with: "der Türkontakt prellt" -> "door"."""
    noun = written.split()[1]
    return next((DEVICE_OF_SLOT.get(name, name) for name, slot in SLOTS.items() if slot.noun == noun), "")
