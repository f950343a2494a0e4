"""What the service says, in the form of the portal's JSON: so both ways of a scenario read the same."""

from __future__ import annotations

import dataclasses
from datetime import date
from enum import Enum
from typing import TypeVar

from lisa_core.domain.model.json_types import JsonMap
from sojus.harness.seen import Answer, Denied, Seen
from sojus.service.answers import Granted, Refused

T = TypeVar("T")


def granted(answer: T | Refused) -> T:
    """What was asked for. Raises `Denied` where the portal refuses it."""
    if isinstance(answer, Refused):
        raise Denied(answer_of(answer))
    return answer


def answer_of(came: Granted | Refused) -> Answer:
    """What came of an act."""
    if isinstance(came, Granted):
        return Answer(came.sentence)
    instead = tuple(Seen.read(said(hit)) for hit in came.hits)
    mistakes = [f"{one.where}: {one.why}" for one in came.mistakes]
    return Answer(" ".join([came.error, *mistakes]), came.reason.value, instead)


def said(view: object) -> JsonMap:
    """A view in the form of the portal's JSON."""
    made = _plain(view)
    assert isinstance(made, dict)
    return made


def _plain(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case tuple() | list():
            return [_plain(one) for one in value]
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            names = [field.name for field in dataclasses.fields(value)]
            return {name.removesuffix("_"): _plain(getattr(value, name)) for name in names}
        case _:
            return value
