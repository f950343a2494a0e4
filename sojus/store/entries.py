"""What stands in the log: acts, each with what was told about it, and the rules by which all after them are decided.

    number  at  name  subject: the key of whoever asked  detail: role and office  data: JSON      chained (store.chain)

No person is in it: an actor is a role and an office, a case is what an office calls it (`CaseId`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lisa_core.domain.model.errors import LisaError
from lisa_core.store.chain import Columns
from lisa_core.store.journal import Entry
from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.model.actors import Actor
from sojus.domain.placement.decisions import Decision, Tell
from sojus.domain.placement.events import Act, PlacementEvent
from sojus.domain.placement.terms import PlacementTerms
from sojus.store.names import NAMES, RULES
from sojus.store.plain import Misfit, plain, value_of

UNREADABLE = (
    "{}, Eintrag {}: Diesen Eintrag kennt diese Version nicht ({}). Eine andere Version hat ihn "
    "geschrieben: diese starten."
)
UNFIT_RULES = "So lassen sich Vokabulare und Fristen nicht aufheben ({})."


@dataclass(frozen=True, slots=True)
class Rules:
    """By which every act is decided until the next rules: the vocabularies of all fields, the terms, and in which time
    zone a day begins and ends (IANA)."""

    vocabularies: tuple[Vocabulary, ...]
    terms: PlacementTerms = PlacementTerms()
    zone: str = "Europe/Berlin"


@dataclass(frozen=True, slots=True)
class _Deed:
    by: Actor
    what: PlacementEvent
    told: tuple[Tell, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """An entry as it was read. `what`: the act, or rules; `told`: to whom, by whoever wrote it."""

    number: int
    key: str
    at: datetime
    what: Act | Rules
    told: tuple[Tell, ...] = ()


def tells(decisions: tuple[Decision, ...]) -> tuple[Tell, ...]:
    """What was told, without which places changed: that follows from the act."""
    return tuple(one for one in decisions if isinstance(one, Tell))


def act_entry(key: str, act: Act, told: tuple[Tell, ...]) -> Entry:
    """An act as an entry of the log."""
    data = _text(_Deed(act.by, act.what, told))
    return Entry(act.at.isoformat(), NAMES[type(act.what)], key, f"{act.by.role} {act.by.office}".strip(), data)


def size_of(act: Act) -> int:
    """Bytes that it will take in the log, but for what is told about it."""
    return len(_text(_Deed(act.by, act.what, ())).encode(errors="replace"))


def rules_entry(key: str, at: datetime, rules: Rules) -> Entry:
    """Rules as an entry of the log. Raises `LisaError` for those that nobody could read."""
    text = _text(rules)
    try:
        value_of(Rules, json.loads(text))
    except Misfit as misfit:
        raise LisaError(UNFIT_RULES.format(misfit)) from None
    return Entry(at.isoformat(), RULES, key, "", text)


def zone_of(rules: Rules) -> ZoneInfo:
    """Where a day begins and ends by these. Raises `LisaError` where there is no such zone."""
    try:
        return ZoneInfo(rules.zone)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        raise LisaError(UNFIT_RULES.format(f"keine Zeitzone: {rules.zone[:40]!r}")) from None


def as_kept(act: Act) -> Act:
    """The act as everybody else will read it. Raises `Misfit` for one that cannot be kept."""
    text = _text(_Deed(act.by, act.what, ()))
    if "\0" in act.by.office or text != text.encode(errors="replace").decode():
        raise Misfit("a character that cannot be kept")
    deed = value_of(_Deed, json.loads(text))
    return Act(deed.by, value_of(datetime, plain(act.at)), deed.what)


def known(name: str, row: Columns) -> Known:
    """The entry in a row of the log called `name`. Raises `LisaError` for one that this version cannot read."""
    number, at, kind, key, _, data, _ = row
    try:
        moment, value = value_of(datetime, at), json.loads(data)
        if kind == RULES:
            return Known(number, key, moment, value_of(Rules, value))
        deed = value_of(_Deed, value)
        return Known(number, key, moment, Act(deed.by, moment, deed.what), deed.told)
    except (Misfit, ValueError) as error:
        raise LisaError(UNREADABLE.format(name, number, error)) from None


def _text(value: object) -> str:
    return json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
