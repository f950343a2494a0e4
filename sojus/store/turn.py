"""What one process does in its turn, on its own replica: wishes one after the other, and whatever is due before them.

Nothing of it is kept yet: `rows` are what has to be appended. If they cannot be, the replica is of no use any more.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

from lisa_core.domain.model.errors import OF_A_MESSAGE, LisaError
from lisa_core.domain.model.values import MAX_ID_CHARS
from lisa_core.store.chain import Columns, chain_rows
from lisa_core.store.journal import Entry
from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.ids import OfficeId, TenantId
from sojus.domain.placement.events import Act, Elapsed, PlacementEvent
from sojus.domain.placement.machine import next_due
from sojus.domain.placement.rows import party
from sojus.store.entries import Known, Rules, act_entry, as_kept, rules_entry, tells
from sojus.store.plain import Misfit
from sojus.store.replica import Done, Replica, Unforeseen, is_refusal

CLOCK = Actor(Role.CLOCK, OfficeId(""), TenantId(""))
OTHER_ACT = "Unter dem Schlüssel „{}“ steht schon etwas anderes im Protokoll. Einen neuen nehmen."
LONGEST_KEY = 200
BAD_KEY = f"Ein Schlüssel hat 1 bis {LONGEST_KEY} druckbare Zeichen."
CANNOT_BE_KEPT = (
    "So lässt sich das nicht aufheben: Eine Zahl ist keine oder viel zu lang, eine Kennung hat mehr als "
    f"{MAX_ID_CHARS} Zeichen, ein Zeichen gibt es nicht, oder etwas ist falscher Art."
)


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody wants to do this. `key`: a name for the wish that nobody has used; who got no answer asks again by it.

    `at`: when, aware, on the wall clock of the place.
    """

    key: str
    by: Actor
    what: PlacementEvent
    at: datetime


Answer = Done | Exception
"""What became of a wish. An act that was refused is done as well; an error: nothing of it is kept."""


def checked(wish: Wish) -> Wish | LisaError:
    """The wish as everybody else will read it, or why it cannot be kept."""
    try:
        if not 0 < len(wish.key) <= LONGEST_KEY or not wish.key.isprintable():
            return LisaError(BAD_KEY)
        act = as_kept(Act(wish.by, wish.at, wish.what))
    except (Misfit, *OF_A_MESSAGE):  # no number (NaN), one of thousands of digits, a value that is none of its kind
        return LisaError(CANNOT_BE_KEPT)
    return Wish(wish.key, act.by, act.what, act.at)


@dataclass(slots=True)
class Turn:
    """`before`: the entries that stand in the log already by the keys of these wishes."""

    replica: Replica
    before: dict[str, Known] = field(default_factory=dict)
    rows: list[Columns] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)

    def answers(self, wishes: Iterable[Wish | LisaError]) -> list[Answer]:
        """Do them in this order."""
        return [self._one(wish) if isinstance(wish, Wish) else wish for wish in wishes]

    def elapse(self, now: datetime) -> None:
        """What is due by now comes first, and a new day."""
        while is_due(self.replica, moment := self._moment(now)):
            self._decide(uuid.uuid4().hex, Act(CLOCK, moment, Elapsed()))

    def follow_rules(self, rules: Rules, now: datetime) -> None:
        """From the next act on."""
        self.replica.follow_rules(rules)
        moment = self._moment(now)
        self._enter(rules_entry(uuid.uuid4().hex, moment, rules))
        self.replica.at = moment

    def _one(self, wish: Wish) -> Answer:
        if (was := self.before.get(wish.key)) is not None:
            if not isinstance(was.what, Act) or (was.what.by, was.what.what) != (wish.by, wish.what):
                return LisaError(OTHER_ACT.format(wish.key))
            return Done(was.number, was.key, was.what, was.told, again=True)
        self.elapse(wish.at)
        act = Act(wish.by, self._moment(wish.at), wish.what)
        try:
            done = self._decide(wish.key, act)
        except Unforeseen as fault:  # the others shall not suffer
            return fault.__cause__ if isinstance(fault.__cause__, Exception) else fault
        self.before[wish.key] = Known(done.number, done.key, act.at, act, tells(done.decisions))
        return done

    def _decide(self, key: str, act: Act) -> Done:
        """What came to nothing is kept as far as there is room for it; else it is answered, and that is all."""
        replica = self.replica
        before = replica.moment
        decisions = replica.decide(act)
        entry = act_entry(key, act, tells(decisions))
        size = len(entry.data.encode())
        if is_refusal(decisions, whose := party(act.by)):
            day = replica.state.today
            if day == before.today and not replica.refused.has_room(day, whose, size):
                replica.set_back(before)
                return Done(replica.acted, key, act, decisions)
            replica.refused.note(day, whose, size)
        self._enter(entry)
        replica.acted = replica.head.count
        done = Done(replica.acted, key, act, decisions, size=size)
        self.done.append(done)
        return done

    def _enter(self, entry: Entry) -> None:
        rows, self.replica.head = chain_rows(self.replica.head, [entry])
        self.rows += rows

    def _moment(self, at: datetime) -> datetime:
        """Never before the last one in the log: a process whose clock is behind takes that."""
        later = at if at >= self.replica.at else self.replica.at.astimezone(at.tzinfo)
        return later.astimezone(timezone(later.utcoffset() or timedelta()))


def is_due(replica: Replica, now: datetime) -> bool:
    """Whether something has come to its end by now, or a day has begun on which everybody who waits is tried again."""
    state = replica.state
    due, begun = next_due(state), state.today > date.min
    return (due is not None and due <= now) or (begun and now > state.now and state.day_of(now) > state.today)
