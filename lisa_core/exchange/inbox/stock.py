"""What lies in the inbox compared with what is listed, at the start of an exchange: what the list lost comes back.

A package says what it is; the log says in which visit it came, and whether the citizen has the copy.
"""

from __future__ import annotations

from datetime import datetime

from lisa_core.domain.case import receipt
from lisa_core.domain.model.errors import LisaError
from lisa_core.exchange import texts
from lisa_core.exchange.journal.remembered import remembered
from lisa_core.host.causes import cause
from lisa_core.papers.seal import Verified, verify_by_itself
from lisa_core.store.journal import Journal
from lisa_core.store.listing import InboxEntry
from lisa_core.store.packages import Lying
from lisa_core.store.received import StoredInbox

DAMAGED, FOUND = "posteingang.beschaedigt", "posteingang.wiedergefunden"


def take_stock(inbox: StoredInbox, journal: Journal) -> list[tuple[str, str, str]]:
    """List again what is whole and not listed, under the number that it had; the rest is set aside.

    Returns the name of an entry, the number and a sentence for each thing found.
    """
    found = [(DAMAGED, "", text) for text in inbox.told]
    unlisted = inbox.unlisted()
    log = remembered(journal.read() if unlisted else ())
    for lying in unlisted:
        visit, copy = log.visit_of(lying.number), log.copies.get(lying.number)
        try:
            package = inbox.read(lying)
            sealed = verify_by_itself(package)
            entry = InboxEntry(lying.number, lying.office, _received_at(lying, sealed), sealed.digest)
            listed = sealed.office == lying.office and inbox.enlist(entry, len(package), visit, copy)
        except (LisaError, OSError):
            listed = False
        if listed:
            found.append((FOUND, lying.number, texts.LISTED_AGAIN.format(inbox.where(lying))))
            continue
        try:
            text = texts.SET_ASIDE.format(inbox.where(lying), inbox.set_aside(lying))
        except OSError as error:
            text = texts.NOT_SET_ASIDE.format(inbox.where(lying), cause(error))
        found.append((DAMAGED, lying.number, text))
    return found


def _received_at(lying: Lying, sealed: Verified) -> str:
    """As the receipt had it: the number begins with the time of the exchange, the package holds that of the booth."""
    handed_in = datetime.fromisoformat(sealed.handed_in_at)
    try:
        arrived = datetime.strptime(lying.number[:15], "%Y%m%d-%H%M%S").replace(tzinfo=handed_in.tzinfo)
    except ValueError:
        arrived = handed_in
    return receipt.received_at(arrived, handed_in).isoformat(timespec="seconds")
