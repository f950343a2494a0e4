"""What the persons' store says of names that have changed, as what the service has words for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sojus.service.own.name_words import NameChange
from sojus.store.persons.values import AuditDeed, NameNotice


def newest(notices: Sequence[NameNotice]) -> list[NameChange]:
    """Of each case the last that has happened, the oldest first."""
    last = {(one.owner, one.case): one for one in notices}
    return [changed(one) for one in sorted(last.values(), key=lambda one: one.number)]


def changed(notice: NameNotice) -> NameChange:
    gone = notice.what is AuditDeed.FORGOTTEN
    return NameChange(notice.owner, notice.case, datetime.fromisoformat(notice.at), gone)
