"""Who may know of whom a case is: the office whose it is, and the provider from its confirmation to the discharge.

Until the provider has confirmed, it decides on a profile without a name (§ 64 Abs. 2a SGB VIII: what goes to somebody
outside is pseudonymous as far as the task allows); when the stay has ended, or never came, it needs to know no longer.
The same rule opens the id of the case, by which it would be known again.
"""

from __future__ import annotations

from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.ids import CaseId
from sojus.domain.placement.decisions import Party
from sojus.domain.placement.moves import is_house
from sojus.domain.placement.records import Reservation, Stage
from sojus.domain.placement.rows import party
from sojus.domain.placement.state import Placements
from sojus.domain.rights.table import Right, has_right


def may_know(state: Placements, actor: Actor, owner: Party, case: CaseId) -> bool:
    """Whether `actor` may know of whom this case of `owner` is.

    Another office that calls a case of its own by the same id opens nothing by it."""
    if not has_right(actor, Right.NAMES):
        return False
    if actor.role is Role.YOUTH_OFFICE:
        return party(actor) == owner
    ours = (state.reservations[name] for name in state.index.current.get((owner, case), ()))
    return any(is_house(state, actor, one.provider) and is_expected_or_there(state, one) for one in ours)


def is_expected_or_there(state: Placements, reservation: Reservation) -> bool:
    """Whether the provider has confirmed that it takes them in, and one of them is yet to come or still there."""
    if reservation.stage is Stage.CONFIRMED:
        return True
    return reservation.stage is Stage.ADMITTED and any(not state.stays[one].ended for one in reservation.stay_ids)
