"""Names in the right case: "mit Herrn Seidel", "bei der Wohngeldstelle".

The one place for it: the citizen's screen and the sentences of scenarios ask here; the desk's page declines people only
(`dative` in its `words.js`). What an office is called decides its article (`die Wohngeldstelle`, `das Sozialamt`); a
name in which no word is known here stands without one, which is right for names ("bei Musterland").
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class Fall(Enum):
    """The cases of German that sentences to people need; the genitive is written around."""

    WHO = 0
    """Nominative: "Frau Vogt spricht"."""
    WHOM_TO = 1
    """Dative, after "mit", "bei", "von", "zu"."""
    WHOM = 2
    """Accusative, after "an", "für"."""


class Gender(Enum):
    """Which article a noun has."""

    HER = "die"
    HIM = "der"
    IT = "das"


_ARTICLES: Mapping[Gender, tuple[str, str, str]] = {
    Gender.HER: ("die", "der", "die"),
    Gender.HIM: ("der", "dem", "den"),
    Gender.IT: ("das", "dem", "das"),
}
_NOUNS: Mapping[Gender, str] = {
    Gender.HER: "stelle kasse behörde agentur zentrale kammer hilfe wache polizei kanzlei bücherei schule direktion "
    "aok wirtschaft beauftragte heit keit schaft ung",
    Gender.HIM: "punkt service dienst bereich empfang kreis verband verein beirat betrieb hof",
    Gender.IT: "amt team center zentrum büro gericht haus referat dezernat ministerium register archiv institut",
}
_ENDINGS: Mapping[Gender, tuple[str, ...]] = {gender: tuple(nouns.split()) for gender, nouns in _NOUNS.items()}
_JOINED: Mapping[tuple[str, str], str] = {
    ("bei", "dem"): "beim",
    ("von", "dem"): "vom",
    ("zu", "dem"): "zum",
    ("zu", "der"): "zur",
    ("an", "das"): "ans",
}
_FALL_AFTER: Mapping[str, Fall] = {
    **dict.fromkeys(("mit", "bei", "von", "zu"), Fall.WHOM_TO),
    **dict.fromkeys(("an", "für"), Fall.WHOM),
}


def person(name: str, fall: Fall = Fall.WHO) -> str:
    """A person as named in the directory, "Herr Seidel", in this case: "Herrn Seidel". Also back from "Herrn"."""
    title, space, rest = name.partition(" ")
    if title not in ("Herr", "Herrn") or not space:
        return name
    return f"{'Herr' if fall is Fall.WHO else 'Herrn'} {rest}"


def gender_of(office: str) -> Gender | None:
    """Which article an office has, by its first word whose ending is known; None: it stands without one."""
    for word in office.replace("-", " ").casefold().split():
        for gender, endings in _ENDINGS.items():
            if word.endswith(endings):
                return gender
    return None


def office(name: str, fall: Fall = Fall.WHO) -> str:
    """An office with its article in this case: "dem LISA-Team", "der Wohngeldstelle Uckermark"."""
    gender = gender_of(name)
    return f"{_ARTICLES[gender][fall.value]} {name}" if gender is not None else name


def after(preposition: str, name: str) -> str:
    """A person or an office after "mit", "bei", "von", "zu", "an" or "für": "beim LISA-Team", "mit Herrn Seidel"."""
    fall = _FALL_AFTER[preposition]
    if name.startswith(("Frau ", "Herr ", "Herrn ")):
        return f"{preposition} {person(name, fall)}"
    article, space, rest = office(name, fall).partition(" ")
    joined = _JOINED.get((preposition, article)) if space else None
    return f"{joined} {rest}" if joined else f"{preposition} {office(name, fall)}"


def beginning(sentence: str) -> str:
    """The same with a capital at its begin: an article may stand first."""
    return sentence[:1].upper() + sentence[1:]
