"""That a name has changed, told to open pages of whom it was told to before, whichever process it was changed at.

Names are no part of the log of acts, so nothing of it stands there: it is looked for in the audit, every other second.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from sojus.domain.model.actors import Actor
from sojus.domain.placement.decisions import Party
from sojus.domain.placement.moves import party
from sojus.service.own.name_changes import changed
from sojus.service.service import Service
from sojus.store.persons.persons import Persons

MOST = 200
"""So many are kept for pages that have not read them; whoever missed one finds it among what is her own."""


class NameNews(NamedTuple):
    """`number`: of the line of the audit."""

    number: int
    to: Party
    sentence: str


class ChangedNames:
    """Of one portal. `look` is called by one thread at a time."""

    def __init__(self, persons: Persons, service: Service) -> None:
        self._persons, self._service = persons, service
        self._recent: deque[NameNews] = deque(maxlen=MOST)
        self.at = persons.noted()
        """The line of the audit up to which was looked."""

    def look(self) -> bool:
        """Whether there is news. Raises `MachineError` where the persons' store cannot be asked."""
        found = self._persons.notices(None, self.at)
        views = [(one, self._service.changed_names(Actor(*one.to), [changed(one)])) for one in found]
        self._recent += [NameNews(one.number, one.to, view.sentence) for one, said in views for view in said]
        self.at = max((one.number for one in found), default=self.at)
        return bool(found)

    def behind(self, by: Actor, number: int) -> Sequence[NameNews]:
        """What they are told behind this line."""
        return [one for one in tuple(self._recent) if one.number > number and one.to == party(by)]
