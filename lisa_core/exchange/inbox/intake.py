"""Receiving what is handed in: parts put together, the seal checked, stored, receipted."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from lisa_core.domain.case import receipt
from lisa_core.domain.model.call_words import SubmissionFault
from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.errors import LisaError, MachineError, ProtocolError
from lisa_core.domain.model.ids import SiteId, VisitId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.model.time import CLOCKS_DIFFER_S, moment_of
from lisa_core.exchange import texts
from lisa_core.exchange.journal.endings import settle
from lisa_core.exchange.journal.numbers import number_of
from lisa_core.host.clock import Clock
from lisa_core.host.machine import tell
from lisa_core.papers.parts import Assembly
from lisa_core.papers.seal import Verified, verify
from lisa_core.store.inbox import NO_VISIT, Inbox, InboxEntry
from lisa_core.store.journal import TakenOver
from lisa_core.store.packages import LARGE
from lisa_core.wire.messages import (
    BoothHello,
    DeskHello,
    SubmissionPart,
    SubmissionReceived,
    SubmissionRefused,
    VisitEnded,
)

MAX_OPEN = 2
"""Maximum number of unfinished submissions of one booth; with more its oldest one is forgotten."""

Answer = SubmissionReceived | SubmissionRefused


@dataclass(frozen=True, slots=True)
class Whole:
    """All parts are here, and there is much to check: who sent it, its last part, in which visit, and what came."""

    sender: BoothHello
    last: SubmissionPart
    visit: VisitId
    ahead_s: float
    assembly: Assembly


@dataclass(frozen=True, slots=True)
class IntakeResult:
    """The answer, and what it said of its time if that is not what stands on its receipt."""

    answer: Answer
    doubt: str


class Intake:
    """One per exchange. The same submission handed in twice gets the same receipt."""

    def __init__(self, directory: Directory, inbox: Inbox, clock: Clock, *, apart: bool = False) -> None:
        """`apart`: there are threads; what is large is for `beside`."""
        self._apart = apart
        self._directory, self._inbox, self._clock = directory, inbox, clock
        self._open: dict[SiteId, dict[str, Assembly]] = {}
        self.doubt = ""
        """What the last one said of its time, if that is not what stands on its receipt."""

    def take(
        self, sender: BoothHello | DeskHello, part: SubmissionPart, visit: VisitId, ahead_s: float = 0.0
    ) -> Answer | Whole | None:
        """Take one part of what was handed in during this visit; the answer comes with the last, or `beside` has it.

        The sender's clock is `ahead_s` ahead of ours, as far as is known.
        """
        self.doubt = ""
        begun = self._open.setdefault(sender.site, {}) if isinstance(sender, BoothHello) else {}
        try:
            if not isinstance(sender, BoothHello) or part.office not in self._directory.offices:
                raise ProtocolError("submission: not from a booth, or for an office that does not exist")
            if part.index + 1 == part.count and (received := self._inbox.find(part.digest)):
                begun.pop(part.submission, None)
                return _receipt(part.submission, received)
            known = begun.get(part.submission)
            assembly = known.add(part) if known else Assembly.begin(part)
            begun[part.submission] = assembly
            while len(begun) > MAX_OPEN:
                del begun[next(iter(begun))]
            if not assembly.complete:
                return None
            if self._apart and assembly.size > LARGE:
                del begun[part.submission]
                return Whole(sender, part, _own(visit, sender.site), ahead_s, assembly)
            package = assembly.package()
            planned = self._planned(assembly, verify(package, _key(sender)), sender.site, ahead_s)
            received = self._inbox.store(planned, package, _own(visit, sender.site))
            del begun[part.submission]
            return _receipt(part.submission, received)
        except TakenOver:
            raise  # whoever writes now is handed it as well, and answers
        except LisaError as error:
            begun.pop(part.submission, None)
            return _refusal(part, error)

    async def beside(self, whole: Whole) -> IntakeResult:
        """Check and write it in a thread; only what lists it is done here. One at a time, for the numbers."""
        part, inbox = whole.last, self._inbox
        try:
            if received := inbox.find(part.digest):
                return IntakeResult(_receipt(part.submission, received), "")
            package, sealed = await asyncio.to_thread(_checked, whole)
            entry = inbox.numbered(self._planned(whole.assembly, sealed, whole.sender.site, whole.ahead_s))
            doubt = self.doubt
            await asyncio.to_thread(inbox.lay, entry, package)
            return IntakeResult(_receipt(part.submission, inbox.receive(entry, len(package), whole.visit)), doubt)
        except TakenOver:
            raise
        except LisaError as error:
            return IntakeResult(_refusal(part, error), "")

    def forget(self, site: SiteId, submission: str) -> None:
        """It will not come whole any more. What was stored is stored."""
        self._open.get(site, {}).pop(submission, None)

    def settle(self, site: SiteId, ended: VisitEnded) -> tuple[Outcome, InboxEntry | None]:
        """How the visit did end, as the inbox knows, and the application that came of it, if any."""
        received = self._inbox.of_visit(_own(ended.visit, site))
        if received is not None:
            self._inbox.note_copy(received.number, ended.copy)
        return settle(ended.outcome, received.number if received else ""), received

    def _planned(self, assembly: Assembly, sealed: Verified, site: SiteId, ahead_s: float) -> InboxEntry:
        """Under which number, and with which time, it is to be received. Says anew what is doubtful about its time."""
        self.doubt = ""
        if sealed.office != assembly.office:
            raise LisaError("submission: sealed for another office than it is addressed to")
        civil = self._clock.instant().civil
        number = number_of(civil, site, self._inbox.count() + 1, papers_only=sealed.papers_only)
        handed_in = moment_of(sealed.handed_in_at)
        counts = receipt.received_at(civil, handed_in, ahead_s)
        if handed_in is None or abs((counts - handed_in).total_seconds()) > CLOCKS_DIFFER_S:
            self.doubt = sealed.handed_in_at if handed_in else "?"
        return InboxEntry(number, assembly.office, counts.isoformat(timespec="seconds"), assembly.digest)


def _checked(whole: Whole) -> tuple[bytes, Verified]:
    package = whole.assembly.package()
    return package, verify(package, _key(whole.sender))


def _refusal(part: SubmissionPart, error: LisaError) -> SubmissionRefused:
    if isinstance(error, MachineError):
        tell(texts.APPLICATION_REFUSED.format(error))
        return no_room(part)
    return SubmissionRefused(part.submission, SubmissionFault.REFUSED, str(error))


def _own(visit: VisitId, site: SiteId) -> VisitId:
    """This visit if it is one of this site: nobody hands in, or ends, a visit to another booth."""
    return visit if visit.startswith(f"{site}-") else NO_VISIT


def no_room(part: SubmissionPart) -> SubmissionRefused:
    """For now nothing can be taken in."""
    return SubmissionRefused(part.submission, SubmissionFault.FULL, texts.NO_ROOM)


def _key(sender: BoothHello) -> Ed25519PublicKey:
    try:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(sender.key))
    except ValueError:
        raise ProtocolError("submission: the booth's hello names no key that could check its seal") from None


def _receipt(submission: str, received: InboxEntry) -> SubmissionReceived:
    return SubmissionReceived(submission, received.number, received.received_at, received.digest)
