"""What is said of names: what keeps one from being deleted, and to whom it was told that it has changed. No name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sojus.domain.model.days import german
from sojus.domain.model.ids import CaseId
from sojus.domain.placement.decisions import Party
from sojus.domain.placement.moves import is_house, party
from sojus.domain.placement.records import Admission, Part, Request, Reservation, Stage
from sojus.domain.rights.knowing import may_know
from sojus.domain.rights.retention import still_open
from sojus.service.mine import NameView
from sojus.service.own.reader import Reader, named

CORRECTED = "{office} hat am {day} berichtigt, wen {places} betrifft. Bitte den Namen neu ansehen."
CORRECTED_AFTER = (
    "{office} hat am {day} berichtigt, wen {places} betraf. Was Sie davon noch aufbewahren, bitte dort erfragen."
)
DELETED = (
    "{office} hat am {day} gelöscht, wen {places} betraf. Was Sie davon abgeschrieben haben, bitte ebenfalls löschen, "
    "soweit Sie es nicht selbst aufbewahren müssen."
)
STILL_OPEN = (
    "Solange von diesem Fall noch etwas offen ist, wird der Name nicht gelöscht: {}. Es wurde nichts gelöscht. Erst "
    "das beenden, absagen oder zurückziehen; ein falscher Name lässt sich berichtigen."
)
TOLD_FOR = timedelta(days=30)
"""How long whoever need not know a name any more is told that it has changed."""


class NameChange(NamedTuple):
    """A name that somebody was told is another one, or `gone`. `at`: aware."""

    owner: Party
    case: CaseId
    at: datetime
    gone: bool


def open_words(reader: Reader, case: CaseId) -> Iterator[str]:
    """What of this case of the own office is not over, each in words."""
    for one in still_open(reader.state, party(reader.by), case):
        match one:
            case Reservation(stage=Stage.WAITING):
                group = one.group and reader.state.register.groups[one.group].name
                yield f"die Warteliste der Gruppe „{group}“ (bis {reader.moment(one.ends_at)})"
            case Reservation():
                yield f"die Reservierung von {_places(reader, one.parts)} (bis {reader.moment(one.ends_at)})"
            case Request():
                yield f"die Anfrage ohne Namen (bis {reader.moment(one.ends_at)})"
            case Admission():
                here = (Part(one.place, one.amount),)
                yield f"der Aufenthalt in {_places(reader, here)} (seit {german(one.admitted_on)})"


def name_views(reader: Reader, changes: Iterable[NameChange], today: date) -> Iterator[NameView]:
    """What whoever reads is told, the oldest first. What they need not know any more is told for some time."""
    for one in changes:
        knows = not one.gone and may_know(reader.state, reader.by, one.owner, one.case)
        if not knows and today - one.at.date() > TOLD_FOR:
            continue
        text = DELETED if one.gone else CORRECTED if knows else CORRECTED_AFTER
        said = text.format(
            office=reader.names.office_name(one.owner),
            day=german(one.at.date()),
            places=_places(reader, _parts(reader, one)),
        )
        yield NameView(one.case if knows else None, one.at.date(), said)


def _parts(reader: Reader, change: NameChange) -> list[Part]:
    """Of whoever reads, in this case."""
    state = reader.state
    kept = (state.reservations[name] for name in state.index.cases.get((change.owner, change.case), ()))
    ours = (one for one in kept if is_house(state, reader.by, one.provider))
    return [part for one in ours for part in one.parts]


def _places(reader: Reader, parts: Iterable[Part]) -> str:
    return named(map(reader.part, parts)) or "einen Platz bei Ihnen"
