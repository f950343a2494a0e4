"""One process' copy of all placements: it takes in the log, entry by entry, and decides as every other one does.

What an entry says was told is compared with what this replica decides: who decides differently stops, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import NamedTuple

from lisa_core.domain.model.errors import OF_A_MESSAGE, LisaError
from lisa_core.store.chain import Checkpoint, Columns, follow
from lisa_core.store.chain import Good as Followed
from sojus.domain.placement.decisions import Decision, News, Party, Tell
from sojus.domain.placement.events import Act
from sojus.domain.placement.machine import handle
from sojus.domain.placement.rows import party
from sojus.domain.placement.state import Placements
from sojus.domain.register.book import Register
from sojus.store.entries import Known, Rules, known, tells, zone_of
from sojus.store.words_in_use import lost_words

DIFFERENT = (
    "{}, Eintrag {}: Diese Version entscheidet anders als die, die ihn geschrieben hat. Es wurde nichts geändert. "
    "Alle Programme mit derselben Version starten; vor einem Wechsel alle in Ruhe beenden."
)
BROKEN = "{}: Das Protokoll der Plätze ist beschädigt: {}. Eine Sicherung zurückspielen."
UNFIT = (
    "{}: In den Vokabularen fehlt oder ist anders, was Gruppen und Plätze schon sagen: {}. Es wurde nichts geändert."
)

KEPT = 200_000
"""Bytes of an office in a day, as they stand in the log: some five hundred wishes for a place that somebody has."""
_REFUSED = (News.REFUSED, News.MISTAKES)


class Unforeseen(ValueError):
    """A fault of ours by which an act could not be decided, its cause. All is as it was before it."""


@dataclass(frozen=True, slots=True)
class Done:
    """An act that was decided, and what follows from it. `number`: its own in the log; of one that came to nothing and
    is not kept, that of the last act before it. `again`: it was done before, and this is what was told then. `size`:
    bytes that were entered for it now."""

    number: int
    key: str
    act: Act
    decisions: tuple[Decision, ...]
    again: bool = False
    size: int = 0


@dataclass(slots=True)
class Refusals:
    """How much of what came to nothing stands in the log, of each office on the newest civil day.

    The log only ever grows, and whoever has an account may be refused fifty times in a second. What is kept of it says
    who asked first, and answers a key that is asked again as it was: both are wanted of what people do, not of a
    program that asks without an end. Every process counts what it reads, so all reckon with the same.
    """

    day: date = date.min
    bytes_of: dict[Party, int] = field(default_factory=dict)

    def note(self, day: date, whose: Party, size: int) -> None:
        """One that is kept."""
        if day != self.day:
            self.day, self.bytes_of = day, {}
        self.bytes_of[whose] = self.bytes_of.get(whose, 0) + size

    def has_room(self, day: date, whose: Party, size: int) -> bool:
        """Whether one of so many bytes is kept as well."""
        return (self.bytes_of.get(whose, 0) if day == self.day else 0) + size <= KEPT


class Moment(NamedTuple):
    """What an act changes that comes to nothing."""

    at: datetime
    now: datetime
    today: date


@dataclass(slots=True)
class Replica:
    """The state after entry `head.count` of the log called `name`. `at`: the moment of that entry. `acted`: the
    number of the newest act that was read or entered. `refused`: what is kept of what came to nothing on its day."""

    name: str
    state: Placements = field(default_factory=lambda: Placements(Register({})))
    head: Checkpoint = Checkpoint()
    at: datetime = datetime.min.replace(tzinfo=UTC)
    acted: int = 0
    refused: Refusals = field(default_factory=Refusals)

    @property
    def moment(self) -> Moment:
        return Moment(self.at, self.state.now, self.state.today)

    def take_in(self, rows: Iterable[Columns]) -> list[Done]:
        """What was appended behind `head`. Raises `LisaError`; then this replica is good for nothing any more."""
        done = []
        for row in rows:
            good = follow([row], None, Followed(self.head))
            if good.why:
                raise LisaError(BROKEN.format(self.name, good.why))
            entry = known(self.name, row)
            if isinstance(entry.what, Rules):
                self.follow_rules(entry.what)
            else:
                done.append(self._same(entry, entry.what, len(row[5].encode())))
                self.acted = entry.number
            self.head, self.at = good.head, entry.at
        return done

    def decide(self, act: Act) -> tuple[Decision, ...]:
        """The next act, which has still to be kept. Raises `Unforeseen`; then nothing of it was."""
        try:
            _, decisions = handle(self.state, act)
        except OF_A_MESSAGE as error:
            raise Unforeseen from error
        self.at = act.at
        return decisions

    def set_back(self, before: Moment) -> None:
        """As if an act that came to nothing had not been."""
        self.at, self.state.now, self.state.today = before

    def follow_rules(self, rules: Rules) -> None:
        """From the next act on. Raises `LisaError` if words in which groups and places are described are not among
        them, or mean something else."""
        words, zone = {one.id: one for one in rules.vocabularies}, zone_of(rules)
        if lost := lost_words(self.state.register, words):
            raise LisaError(UNFIT.format(self.name, ", ".join(sorted(lost)[:5])))
        self.state.register.vocabularies, self.state.terms, self.state.zone = words, rules.terms, zone

    def _same(self, entry: Known, act: Act, size: int) -> Done:
        decisions = self.decide(act)
        if is_refusal(decisions, whose := party(act.by)):
            self.refused.note(self.state.today, whose, size)
        if list(map(_sense, tells(decisions))) != list(map(_sense, entry.told)):
            raise LisaError(DIFFERENT.format(self.name, entry.number))
        return Done(entry.number, entry.key, act, decisions)


def _sense(one: Tell) -> tuple[object, ...]:
    """What a sentence says, whatever its wording."""
    return one.to, one.news, one.about, one.why, one.may_wait


def is_refusal(decisions: Iterable[Decision], whose: Party) -> bool:
    """Whether an act came to nothing: whoever did it is told so, nobody else is told anything, and no place changed."""
    told = list(decisions)
    return bool(told) and all(isinstance(one, Tell) and one.news in _REFUSED and one.to == whose for one in told)
