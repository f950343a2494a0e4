"""What is handed in, and how visits end: receipted, noted once, and told to the office that owes somebody a copy."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Mapping, Sequence

from lisa_core.domain.model.call_words import SubmissionFault
from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.ids import AgentId, OfficeId, SiteId
from lisa_core.domain.visit.states import visit_named
from lisa_core.exchange.inbox.intake import Intake, IntakeResult, Whole, no_room
from lisa_core.exchange.inbox.large import Finished, Large, Said
from lisa_core.exchange.inbox.owed import Owed
from lisa_core.exchange.journal.endings import arrival, ending
from lisa_core.exchange.journal.names import READ, Entry
from lisa_core.exchange.journal.record import ENDED, OWED, RECEIVED, Record
from lisa_core.exchange.journal.remembered import REMEMBERED
from lisa_core.exchange.peers.peers import Peer
from lisa_core.host.clock import Clock
from lisa_core.store.inbox import Inbox
from lisa_core.wire import messages as m
from lisa_core.wire.envelope import NO_CALL, Envelope


class Applications:
    """One per exchange. `noted`: what was noted before, of ended visits and of received applications, by site."""

    def __init__(
        self,
        directory: Directory,
        inbox: Inbox,
        clock: Clock,
        record: Record,
        desks: Mapping[AgentId, Peer],
        noted: dict[str, dict[SiteId, list[str]]],
        *,
        put: Callable[[Finished], None],
        apart: bool,
    ) -> None:
        """`put` hears of what was checked beside the loop; `apart`: there are threads for that."""
        self._clock, self._record, self._desks = clock, record, desks
        self._intake = Intake(directory, inbox, clock, apart=apart)
        self._large, self._owed = Large(self._intake, put), Owed(directory)
        self._noted = noted

    # --- received ---------------------------------------------------------------------------------------------------

    def receive(self, peer: Peer, envelope: Envelope, part: m.SubmissionPart, *, closed: bool) -> None:
        """An application is acknowledged whole: until then the booth keeps all its parts, in case of a crash here.

        `closed`: nothing can be written, so nothing is taken in.
        """
        ahead_s = peer.ahead_s(self._clock.instant().civil)
        answer = (
            self._no_room(peer, part)
            if closed
            else self._intake.take(peer.hello, part, visit_named(envelope.call), ahead_s)
        )
        if isinstance(answer, Whole):
            self._large.begin(peer, envelope, answer)
        if answer is None or isinstance(answer, Whole):
            peer.holding = peer.holding or envelope.id
        else:
            self.answer(peer, envelope, IntakeResult(answer, self._intake.doubt))

    def answer(self, peer: Peer, envelope: Envelope, taken: IntakeResult) -> None:
        """It was received or refused, and is acknowledged with that."""
        answer = taken.answer
        if isinstance(answer, m.SubmissionReceived) and isinstance(peer.hello, m.BoothHello):
            visit = visit_named(envelope.call)
            self._note_once(RECEIVED, peer.hello.site, answer.number, [arrival(visit, answer.number)])
        if isinstance(answer, m.SubmissionRefused) and answer.code is SubmissionFault.FULL:
            self._record.log("antrag.ohne_platz", envelope.call)
            self._record.send_unlogged(peer, answer, envelope.call)
        else:
            self._record.send_durably(peer, answer, envelope.call)
        if taken.doubt and isinstance(answer, m.SubmissionReceived):
            self._record.log("eingang.zeit", answer.number, f"abgegeben {taken.doubt}, gilt {answer.received_at}")
        peer.holding = 0

    def waits(self, said: Said) -> bool:
        """Whether what comes from its booth now is for later: an application of it is being checked."""
        return self._large.waits(said)

    def waited(self, peer: Peer) -> deque[Said]:
        """It is checked; returns what has come from its booth meanwhile, in order."""
        return self._large.end(peer)

    def close(self) -> None:
        """Wait for nothing any more: what is not listed was not received."""
        self._large.close()

    def _no_room(self, peer: Peer, part: m.SubmissionPart) -> m.SubmissionRefused | None:
        """Its sender hears so with the last part."""
        if isinstance(peer.hello, m.BoothHello):
            self._intake.forget(peer.hello.site, part.submission)
        return no_room(part) if part.index + 1 == part.count else None

    def withdrawn(self, peer: Peer, site: SiteId, body: m.SubmissionWithdrawn) -> None:
        """It will not come whole any more."""
        self._intake.forget(site, body.submission)
        peer.holding = 0

    # --- ended ------------------------------------------------------------------------------------------------------

    def visit_ended(self, peer: Peer, site: SiteId, body: m.VisitEnded) -> None:
        """Recorded once per visit: after a crash a booth repeats its last reports, as it cannot know which arrived.

        Whether an office has an application is known here; a booth that was killed or cut off before the receipt came
        is told, each time it says otherwise.
        """
        outcome, received = self._intake.settle(site, body)
        if received:
            self._note_once(RECEIVED, site, received.number, [arrival(body.visit, received.number)])
        owed = received.number if received and not body.copy else ""
        entries = ending(body.visit, outcome, owed)
        if self._note_once(ENDED, site, body.visit, entries) and received and owed:
            self._owe(owed, received.office)
            self.tell_owed()
        if outcome is not body.outcome:
            self._record.send_durably(peer, m.VisitCorrected(body.visit, outcome), NO_CALL)

    def _note_once(self, kind: str, site: SiteId, name: str, entries: Sequence[Entry]) -> bool:
        """What a booth says again, because it cannot know that it was heard, is noted the first time: True then."""
        known = self._noted[kind].setdefault(site, [])
        if name in known:
            return False
        self._noted[kind][site] = [*known[1 - REMEMBERED :], name]
        self._record.put(kind + site, json.dumps(self._noted[kind][site]))
        for entry in entries:
            self._record.log(*entry)
        return True

    def keep_noted(self) -> None:
        """All of it anew, after what lay beside the log was damaged."""
        for kind, sites in self._noted.items():
            for site, names in sites.items():
                self._record.put(kind + site, json.dumps(names))

    # --- owed by post -----------------------------------------------------------------------------------------------

    def take_up(self, owed: Mapping[str, Sequence[str]], inbox: Inbox) -> None:
        """After a restart: what was owed, with who was told of it, so far as the inbox lists it.

        Whether she has her copy the inbox may have lost: on a full disk the log was written first, before a kill.
        """
        for number in owed:
            inbox.goes_by_post(number)
        offices = {entry.number: entry.office for entry in inbox.owed()}
        for number, told in owed.items():
            if number in offices:
                self._owe(number, offices[number], told)
            else:
                self._record.put(OWED + number, None)

    def _owe(self, number: str, office: OfficeId, told: Sequence[str] = ()) -> None:
        gone = self._owed.add(number, office, told)
        self._record.put(OWED + number, self._owed.kept(number))
        for old in gone:
            self._record.put(OWED + old, None)

    def tell_owed(self) -> None:
        """Whoever is at a desk now and has not heard of it; what nobody reads stands in the inbox as well."""
        there = {agent: peer.line for agent, peer in self._desks.items() if peer.outbox is not None}
        for agent, owed in self._owed.due(there):
            self._record.send_durably(self._desks[agent], owed, NO_CALL)
            self._record.put(OWED + owed.number, self._owed.kept(owed.number))

    def copy_noted(self, agent: AgentId, body: m.CopyNoted) -> None:
        """An agent has read it; no other desk is told any more."""
        if self._owed.read(body.number):
            self._record.log(READ, agent, body.number)
            self._record.put(OWED + body.number, None)
