"""The people of a case as they are typed, and as they are kept; and what an office calls the case by itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from lisa_core.domain.model.errors import LisaError
from sojus.store.persons.values import NamedPerson

MOST = 20
"""Young people of one case: sisters and brothers."""
LONGEST = 200
EARLIEST = date(1900, 1, 1)
HOW_MANY = f"Zu einem Fall gehören 1 bis {MOST} Menschen, nicht {{}}."
NO_NAME = f"Ein Name hat 1 bis {LONGEST} Zeichen in einer Zeile. Eingegeben sind {{}}."
NO_DAY = "Der {:%d.%m.%Y} ist kein Geburtstag: er liegt vom 01.01.1900 bis heute."

MOST_REFERENCE = 40
NO_REFERENCE = (
    f"Ein Aktenzeichen hat höchstens {MOST_REFERENCE} Zeichen in einer Zeile, und wenigstens eine Ziffer. Ein Name "
    "gehört nicht hinein: Das Aktenzeichen sieht jeder in Ihrer Stelle, ohne einen Zweck zu nennen."
)


def reference_of(typed: str) -> str:
    """Without spaces around it, "" for none. Raises `LisaError`, in which it does not stand."""
    text = " ".join(typed.split(" ")).strip()
    if text and (len(text) > MOST_REFERENCE or not text.isprintable() or not any(one.isdecimal() for one in text)):
        raise LisaError(NO_REFERENCE)
    return text


def checked(people: Sequence[NamedPerson], today: date) -> tuple[NamedPerson, ...]:
    """With names without spaces around them. Raises `LisaError`, in which no name stands."""
    if not 1 <= len(people) <= MOST:
        raise LisaError(HOW_MANY.format(len(people)))
    return tuple(_checked(one, today) for one in people)


def text_of(people: Sequence[NamedPerson]) -> str:
    """As it is kept."""
    rows = [[one.name, one.born.isoformat() if one.born else None] for one in people]
    return json.dumps(rows, ensure_ascii=False)


def people_of(text: str) -> tuple[NamedPerson, ...]:
    return tuple(NamedPerson(name, date.fromisoformat(born) if born else None) for name, born in json.loads(text))


def _checked(person: NamedPerson, today: date) -> NamedPerson:
    name = " ".join(person.name.split(" ")).strip()
    if not 1 <= len(name) <= LONGEST or not name.isprintable():
        raise LisaError(NO_NAME.format(len(name)))
    if person.born is not None and not EARLIEST <= person.born <= today:
        raise LisaError(NO_DAY.format(person.born))
    return NamedPerson(name, person.born)
