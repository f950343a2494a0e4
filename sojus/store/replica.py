"""One process' copy of all placements: it takes in the log, entry by entry, and decides as every other one does.

What an entry says was told is compared with what this replica decides: who decides differently stops, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from lisa_core.domain.model.errors import LisaError
from lisa_core.store.chain import Checkpoint, Columns, follow
from lisa_core.store.chain import Good as Followed
from sojus.domain.placement.decisions import Decision, Tell
from sojus.domain.placement.events import Act
from sojus.domain.placement.machine import handle
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


@dataclass(frozen=True, slots=True)
class Done:
    """An act that is kept, and what follows from it. `again`: it was before, and this is what was told then."""

    number: int
    key: str
    act: Act
    decisions: tuple[Decision, ...]
    again: bool = False


@dataclass(slots=True)
class Replica:
    """The state after entry `head.count` of the log called `name`. `at`: the moment of that entry."""

    name: str
    state: Placements = field(default_factory=lambda: Placements(Register({})))
    head: Checkpoint = Checkpoint()
    at: datetime = datetime.min.replace(tzinfo=UTC)

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
                done.append(self._same(entry, entry.what))
            self.head, self.at = good.head, entry.at
        return done

    def decide(self, act: Act) -> tuple[Decision, ...]:
        """The next act, which has still to be kept."""
        _, decisions = handle(self.state, act)
        self.at = act.at
        return decisions

    def follow_rules(self, rules: Rules) -> None:
        """From the next act on. Raises `LisaError` if words in which groups and places are described are not among
        them, or mean something else."""
        words, zone = {one.id: one for one in rules.vocabularies}, zone_of(rules)
        if lost := lost_words(self.state.register, words):
            raise LisaError(UNFIT.format(self.name, ", ".join(sorted(lost)[:5])))
        self.state.register.vocabularies, self.state.terms, self.state.zone = words, rules.terms, zone

    def _same(self, entry: Known, act: Act) -> Done:
        decisions = self.decide(act)
        if list(map(_sense, tells(decisions))) != list(map(_sense, entry.told)):
            raise LisaError(DIFFERENT.format(self.name, entry.number))
        return Done(entry.number, entry.key, act, decisions)


def _sense(one: Tell) -> tuple[object, ...]:
    """What a sentence says, whatever its wording."""
    return one.to, one.news, one.about, one.why, one.may_wait
