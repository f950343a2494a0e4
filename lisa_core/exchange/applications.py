"""What is handed in, and how visits end: receipted, noted once, and told to the office that owes somebody a copy."""

from __future__ import annotations

import json
from collections.abc import Mapping

from lisa_core.exchange.intake import Answer, Intake, no_room
from lisa_core.exchange.names import Entry
from lisa_core.exchange.peers import Peer
from lisa_core.exchange.record import ENDED, RECEIVED, Record
from lisa_core.model.call_words import SubmissionFault
from lisa_core.model.directory import Directory
from lisa_core.model.ids import AgentId, OfficeId, SiteId
from lisa_core.protocols import messages as m
from lisa_core.protocols.link import NO_CALL, Envelope
from lisa_core.store.inbox import Inbox
from lisa_core.transports.clock import Clock
from lisa_core.visit.states import visit_named

REMEMBERED = 100
"""Maximum number of ended visits, and of applications, that are remembered per site."""


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
    ) -> None:
        self._directory, self._clock, self._record, self._desks = directory, clock, record, desks
        self._intake = Intake(directory, inbox, clock)
        self._noted = noted
        self._untold: list[tuple[OfficeId, m.CopyOwed]] = []

    def receive(self, peer: Peer, envelope: Envelope, part: m.SubmissionPart, *, closed: bool) -> None:
        """An application is acknowledged whole: until then the booth keeps all its parts, in case of a crash here.

        `closed`: nothing can be written, so nothing is taken in.
        """
        answer = self._no_room(peer, part) if closed else self._take(peer, envelope, part)
        if isinstance(answer, m.SubmissionRefused) and answer.code is SubmissionFault.FULL:
            self._record.note("antrag.ohne_platz", envelope.call)
            self._record.remark(peer, answer, envelope.call)
        elif answer is not None:
            self._record.tell(peer, answer, envelope.call)
        if self._intake.doubt and isinstance(answer, m.SubmissionReceived):
            doubt = f"abgegeben {self._intake.doubt}, gilt {answer.received_at}"
            self._record.note("eingang.zeit", answer.number, doubt)
        peer.holding = 0 if answer is not None else peer.holding or envelope.id

    def _take(self, peer: Peer, envelope: Envelope, part: m.SubmissionPart) -> Answer | None:
        visit, ahead_s = visit_named(envelope.call), peer.ahead_s(self._clock.instant().civil)
        answer = self._intake.take(peer.hello, part, visit, ahead_s)
        if isinstance(answer, m.SubmissionReceived) and isinstance(peer.hello, m.BoothHello):
            entry = ("antrag.eingegangen", visit, answer.number)
            self._note_once(RECEIVED, peer.hello.site, answer.number, [entry])
        return answer

    def _no_room(self, peer: Peer, part: m.SubmissionPart) -> m.SubmissionRefused | None:
        """Its sender hears so with the last part."""
        if isinstance(peer.hello, m.BoothHello):
            self._intake.forget(peer.hello.site, part.submission)
        return no_room(part) if part.index + 1 == part.count else None

    def withdrawn(self, peer: Peer, site: SiteId, body: m.SubmissionWithdrawn) -> None:
        """It will not come whole any more."""
        self._intake.forget(site, body.submission)
        peer.holding = 0

    def visit_ended(self, peer: Peer, site: SiteId, body: m.VisitEnded) -> None:
        """Recorded once per visit: after a crash a booth repeats its last reports, as it cannot know which arrived.

        Whether an office has an application is known here; a booth that was killed or cut off before the receipt came
        is told, each time it says otherwise.
        """
        outcome, received = self._intake.settle(site, body)
        if received:
            entry = ("antrag.eingegangen", body.visit, received.number)
            self._note_once(RECEIVED, site, received.number, [entry])
        owed = received.number if received and not body.copy else ""
        entries: list[Entry] = [("besuch.beendet", body.visit, outcome.value)]
        if owed:
            entries.append(("beleg.nicht_ausgehaendigt", body.visit, owed))
        if self._note_once(ENDED, site, body.visit, entries) and received and owed:
            self._tell_office(received.office, m.CopyOwed(owed, self._directory.sites[site].name))
        if outcome is not body.outcome:
            self._record.tell(peer, m.VisitCorrected(body.visit, outcome), NO_CALL)

    def _note_once(self, kind: str, site: SiteId, name: str, entries: list[Entry]) -> bool:
        """What a booth says again, because it cannot know that it was heard, is noted the first time: True then."""
        known = self._noted[kind].setdefault(site, [])
        if name in known:
            return False
        self._noted[kind][site] = [*known[1 - REMEMBERED :], name]
        self._record.keep(kind + site, json.dumps(self._noted[kind][site]))
        for entry in entries:
            self._record.note(*entry)
        return True

    def _tell_office(self, office: OfficeId, owed: m.CopyOwed) -> None:
        """Whoever is at a desk of this office, or of the front desk when nobody is, or who comes there next.

        It stands in the inbox as well.
        """
        there = {agent: peer for agent, peer in self._desks.items() if peer.outbox is not None}
        for wanted in (office, self._directory.front_desk.id):
            if desks := [peer for agent, peer in there.items() if self._directory.agents[agent].office == wanted]:
                for peer in desks:
                    self._record.tell(peer, owed, NO_CALL)
                return
        self._untold = [*self._untold[1 - REMEMBERED :], (office, owed)]

    def tell_untold(self) -> None:
        """Somebody has come to a desk."""
        untold, self._untold = self._untold, []
        for office, owed in untold:
            self._tell_office(office, owed)
