"""What a step of the visit is worth in the event log. Pure; a booth and a simulated booth write just this.

    one step of the machine:  <the event>  [besuch.beendet]  [besuch.begonnen]  [loeschung.begonnen]

The order is that of `booth.journal.history`, which reads it after a crash: a visit is over before the next one begins,
and the end
of a visit stands under its own id, also when the call button begins the next one in the very same step.
"""

from __future__ import annotations

from typing import NamedTuple

from lisa_core.booth.journal import names
from lisa_core.domain.visit import events as e
from lisa_core.domain.visit import states as s


class Written(NamedTuple):
    """One entry without its time. `subject` is a visit, or "" where none is going on."""

    name: str
    subject: str
    detail: str = ""


def matters(before: s.State, after: s.State, commands: tuple[e.Command, ...]) -> bool:
    """Whether a step changed something or asked for something; one that did neither is not logged, nor carried out."""
    return bool(commands) or (after is not before and after != before)


def entries_of(event: e.VisitEvent, before: s.State, after: s.State) -> list[Written]:
    """The entries of a step that matters, in their order."""
    old, new = s.visit_of(before), s.visit_of(after)
    visit = old or new
    found = [Written(names.name_of(event), visit.id if visit is not None else "")]
    another = new is not None and (old is None or new.id != old.id)
    if type(before) is s.Wiping and (another or new is None):
        found.append(Written(names.VISIT_ENDED, before.visit.id, before.outcome.value))
    if another and new is not None:
        found.append(Written(names.VISIT_BEGUN, new.id))
    if type(after) is s.Wiping and type(before) is not s.Wiping:
        found.append(Written(names.WIPE_BEGUN, after.visit.id, after.outcome.value))
    return found
