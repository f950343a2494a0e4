"""What may stand in a sentence, kind by kind: looked at when a file is read, so that a wrong word costs no run.

`KINDS` has a row for each type of `harness.text.words`; `lisa steps` prints it. Where a kind knows its values, a word
that is none of them is wrong input. What an agent calls a paper, and what a screen shows, is known only in the run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from lisa_core.domain.model.call_words import ConsultStage, DeskMode, ForwardStage
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.german import Gender, after, gender_of
from lisa_core.domain.model.nearest import CLOSE
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.model.screen import Sound
from lisa_core.domain.model.time import WEEKDAYS
from lisa_core.equipment.slots.catalogue import SLOTS
from lisa_core.harness.match.fault_words import fault_advice
from lisa_core.harness.match.known import Known
from lisa_core.harness.match.on_screen import wrong_button, wrong_notice, wrong_screen_text
from lisa_core.harness.scene.people import ROLES
from lisa_core.harness.scene.setting import plain_key
from lisa_core.harness.steps.devices.measures import MEASURES
from lisa_core.harness.steps.site import DEADLINES
from lisa_core.harness.text.findings import meant
from lisa_core.harness.text.language import say
from lisa_core.harness.text.words import TYPES, Sentence

_HOLE = re.compile(r"\{(\w+):(\w+)\}")
Wrong = tuple[str, str]
"""What is wrong, and what to do about it."""


@dataclass(frozen=True, slots=True)
class WordKind:
    """One type of word. `title` says in German what may stand there.

    `missing` is the sentence about a value that there is not; without it whatever has the form may stand there. The
    values of a `closed` list are told in every case. `beginning`: how a value begins is enough. `advice`: what to do
    about one, where that is more than the nearest.
    """

    title: str
    values: Callable[[Known], Iterable[str]] = lambda known: ()
    missing: Callable[[str], str] | None = None
    closed: bool = False
    beginning: bool = False
    advice: Callable[[str, Sequence[str]], str] = lambda value, values: ""
    wrong: Callable[[Known, str], Wrong | None] | None = None
    """Judges a value itself, where a list does not say it."""
    written: Callable[[str], str] = str
    """How a value stands in a sentence: with its marks, its article, its preposition."""


def _words(words: Iterable[str]) -> Callable[[Known], Iterable[str]]:
    listed = tuple(words)
    return lambda known: listed


def _office(title: str, preposition: str) -> WordKind:
    return WordKind(
        title,
        lambda known: known.offices,
        lambda value: say("Die Stelle „{value}“ gibt es nicht.", value=value),
        beginning=True,
        written=partial(after, preposition),
    )


def _in_marks(value: str) -> str:
    return f"„{value}“"


def _with_article(noun: str) -> str:
    return _TITLES[noun]


def _brought(paper: str) -> str:
    gender = gender_of(paper)
    return f"{'ihren' if gender is None else _HERS[gender]} {paper}"


_HERS = {Gender.HER: "ihre", Gender.HIM: "ihren", Gender.IT: "ihr"}
_TITLES = {slot.noun: f"{slot.title[0].lower()}{slot.title[1:]}" for slot in SLOTS.values()}
"""By the noun of a device its name with an article."""


def _state(title: str, words: Iterable[str]) -> WordKind:
    return WordKind(
        title,
        _words(words),
        lambda value: say("Den Zustand „{value}“ gibt es nicht.", value=value),
        closed=True,
        written=_in_marks,
    )


KINDS: dict[str, WordKind] = {
    "Bürgerin": WordKind("wer in der Kabine ist: die Bürgerin, der Bürger, die Person, sie, er"),
    "Mitarbeiterin": WordKind(
        "Frau oder Herr und der Name; oder die Mitarbeiterin (am Empfang), die Sachbearbeiterin (bei einer "
        "Fachstelle), wo nur eine sitzt",
        lambda known: known.agents,
        lambda value: say("Es gibt keine Mitarbeiterin namens „{value}“.", value=value),
    ),
    "NeueMitarbeiterin": WordKind("Frau oder Herr und ein Name, den es noch nicht gibt"),
    "VonStelle": _office("eine Stelle mit vom, von der, aus dem; der Anfang ihres Namens genügt", "von"),
    "BeiStelle": _office("eine Stelle mit beim, bei der; der Anfang ihres Namens genügt", "bei"),
    "AnStelle": _office("eine Stelle mit an das, an die, ans; der Anfang ihres Namens genügt", "an"),
    "NeueStelle": WordKind("der Name einer Stelle, die dazukommt, in „ “"),
    "Unterlage": WordKind("eine Unterlage mit Artikel, wie sie im Vorgang heißt: den Mietvertrag"),
    "Testpapier": WordKind(
        "eine Unterlage mit Artikel, die mitgebracht wird: ihren Mietvertrag",
        lambda known: known.papers,
        lambda value: say("Die Unterlage „{value}“ hat hier niemand dabei.", value=value),
        closed=True,
        written=_brought,
    ),
    "EigenesPapier": WordKind("irgendeine Unterlage mit einen, eine, ein: einen Kontoauszug; was sie ist, ist gleich"),
    "Zahl": WordKind("eine Zahl: 3 oder drei"),
    "Seitenzahl": WordKind("die Nummer einer Seite, ab 1"),
    "Kommazahl": WordKind("eine Zahl: 3, drei oder 2,5"),
    "Seiten": WordKind("so viele Seiten: eine Seite, 3 Seiten"),
    "WieOft": WordKind("wie oft: einmal, zweimal, 5-mal"),
    "Dauer": WordKind("eine Dauer mit ms, s, min oder h, auch ausgeschrieben: 2,5 s, zwei Minuten"),
    "Wochentag": WordKind("ein Wochentag", _words(WEEKDAYS)),
    "Datum": WordKind("ein Tag: 31.10.2028"),
    "Uhrzeit": WordKind("eine Uhrzeit: 10 oder 8:30"),
    "Text": WordKind("etwas in Anführungszeichen: „Guten Tag“"),
    "Messgröße": WordKind(
        "eine Messung an einem Gerät, in „ “",
        _words(MEASURES),
        lambda value: say("Die Messung „{value}“ gibt es nicht.", value=value),
        closed=True,
        written=_in_marks,
    ),
    "Taste": WordKind("die Aufschrift einer Taste auf dem Bildschirm, in „ “: „Kamera aus“", wrong=wrong_button),
    "Bildschirmtext": WordKind("was auf dem Bildschirm steht, in „ “; ein Teil davon genügt", wrong=wrong_screen_text),
    "Hinweis": WordKind("was am Arbeitsplatz steht, in „ “; ein Teil davon genügt", wrong=wrong_notice),
    "Ort": WordKind("ein Ort"),
    "Standort": WordKind(
        "der Ort eines Bürgerbüros",
        lambda known: known.sites,
        lambda value: say("Das Bürgerbüro „{value}“ gibt es nicht.", value=value),
    ),
    "NeuerStandort": WordKind("der Ort eines Bürgerbüros; gibt es dort noch keines, kommt es dazu"),
    "Wem": WordKind("ihr, ihm, der Bürgerin, dem Bürger, der Person"),
    "Geraet": WordKind(
        "ein Gerät mit Artikel, das ausfallen kann",
        lambda known: known.devices,
        lambda value: say("Das Gerät „{value}“ kann hier nicht ausfallen.", value=value),
        closed=True,
        written=_with_article,
    ),
    "Störung": WordKind(
        "ein Gerät mit Artikel und was mit ihm nicht stimmt",
        lambda known: known.faults,
        lambda value: say("Die Störung „{value}“ gibt es nicht.", value=value),
        advice=fault_advice,
    ),
    "Besitz": WordKind("ihr oder sein"),
    "Leistung": WordKind(
        "eine Leistung des Landkreises in „ “",
        lambda known: known.services,
        lambda value: say("Die Leistung „{value}“ gibt es nicht.", value=value),
        closed=True,
        written=_in_marks,
    ),
    "Formular": WordKind(
        "ein Antrag in „ “",
        lambda known: known.forms,
        lambda value: say("Den Antrag „{value}“ gibt es nicht.", value=value),
        closed=True,
        written=_in_marks,
    ),
    "Frist": WordKind(
        "eine Frist in „ “",
        _words(DEADLINES),
        lambda value: say("Die Frist „{value}“ gibt es nicht.", value=value),
        closed=True,
        written=_in_marks,
    ),
    "Ergebnis": WordKind(
        "wie ein Besuch endet, in „ “",
        _words(outcome.value for outcome in Outcome),
        lambda value: say("Das Ergebnis „{value}“ gibt es nicht.", value=value),
        closed=True,
        written=_in_marks,
    ),
    "Ton": WordKind(
        "ein Ton in „ “",
        _words(sound.value for sound in Sound if sound is not Sound.SILENT),
        lambda value: say("Den Ton „{value}“ gibt es nicht.", value=value),
        closed=True,
        written=_in_marks,
    ),
    "Platzzustand": _state("wie es um einen Arbeitsplatz steht, in „ “", DeskMode),
    "Rückfragezustand": _state("wie es um eine Rückfrage steht, in „ “", ConsultStage),
    "Weiterleitungszustand": _state("wie es um eine Weiterleitung steht, in „ “", ForwardStage),
}


def add_kinds(kinds: Mapping[str, tuple[Callable[[str], object], str]]) -> None:
    """Kinds of words for sentences of others (`TYPES`, by name): how one is read, with its form (`with_pattern`), and
    what may stand there, in German, for `lisa steps`. Before the first sentence that has them.

    Raises `HarnessError` where another package has given the name to something else.
    """
    for name, (convert, title) in kinds.items():
        if TYPES.setdefault(name, convert) is not convert:
            raise HarnessError(say("Die Wortart „{name}“ gibt es schon.", name=name))
        KINDS[name] = WordKind(title)


ADDS: Mapping[str, Callable[[Known, str], Known]] = {
    "NeuerStandort": Known.with_site,
    "NeueStelle": Known.with_office,
    "NeueMitarbeiterin": Known.with_agent,
}
"""Words after which there is more than before."""


@lru_cache(maxsize=4096)
def words_of(parser: object, text: str) -> tuple[tuple[str, str, str], ...]:
    """Each word of a sentence that may be another one: its placeholder, its type, and the word as it is written."""
    if not isinstance(parser, Sentence) or (found := parser.parser.parse(text, evaluate_result=False)) is None:
        return ()
    written = found.match.groupdict()
    return tuple((name, kind, written[name]) for name, kind in _HOLE.findall(parser.name) if name in written)


def wrong_words(words: Iterable[tuple[str, str, str]], known: Known) -> Iterator[Wrong]:
    """What is wrong with these words; an agent followed by an office has to belong to it."""
    agent = ""
    for _, kind, written in words:
        try:
            value = TYPES[kind](written) if kind in TYPES else None
        except HarnessError as error:  # a day that no calendar has
            yield str(error), ""
            continue
        if isinstance(value, str) and (wrong := wrong_value(kind, value, known)):
            yield wrong
        elif kind == "VonStelle" and agent and not known.agents[agent].startswith(str(value)):
            what = say("{name} gehört zu „{office}“.", name=agent, office=known.agents[agent])
            there = ", ".join(name for name, office in known.agents.items() if office.startswith(str(value)))
            who = say("Dort ist: {names}.", names=there) if there else ""
            yield what, " ".join(filter(None, (say("Die Stelle berichtigen, oder den Namen."), who)))
        agent = str(value) if kind == "Mitarbeiterin" and value in known.agents else ""


def wrong_value(kind: str, value: str, known: Known) -> Wrong | None:
    """What is wrong with a value of this kind."""
    row = KINDS.get(kind)
    if row is not None and row.wrong is not None:
        return row.wrong(known, value)
    if row is None or row.missing is None:
        return None
    values = tuple(row.values(known))
    if not values or value in values or (kind == "Mitarbeiterin" and value in ROLES):
        return None
    if row.beginning and any(one.startswith(value) for one in values):
        return None
    if kind == "Standort" and plain_key(value) in known.sites.values():
        return None
    return row.missing(value), _nearest(row, value, values)


def _nearest(row: WordKind, value: str, values: Sequence[str]) -> str:
    if told := row.advice(value, values):
        return told
    listed = say("Es gibt: {names}.", names=", ".join(values))
    begun = [one for one in values if one.startswith(value)]
    near = meant(
        value, begun or [*values, *(_beginnings(values) if row.beginning else ())], "", 0.0 if begun else CLOSE
    )
    return " ".join(filter(None, (near, listed if row.closed or not near else "")))


def _beginnings(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        words = name.split()
        yield from (" ".join(words[:count]) for count in range(1, len(words)))
