"""What the switchboard decided, put into the messages that booths and desks get."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lisa_core.model.directory import Directory
from lisa_core.model.ids import LegId, OfficeId, SiteId
from lisa_core.protocols import messages as m
from lisa_core.protocols.link import NO_CALL
from lisa_core.routing.events import Command, ToBooth, ToDesk
from lisa_core.routing.seats import NOTHING_KNOWN, Call, Context
from lisa_core.routing.switchboard import Decision


class Telling:
    """One method per kind of decision; each adds its messages to `said`. Messages that say the same are made once."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._agents = {agent.id: agent.name for agent in directory.agents.values()}
        self._offices = {office.id: office.name for office in directory.offices.values()}
        self._sites = {site.id: site.name for site in directory.sites.values()}
        self._ringing = {office.id: m.Ringing(office.id, office.name) for office in directory.offices.values()}
        self._offers: dict[SiteId, m.Offer] = {}
        self._ended: dict[str, m.CallEnded] = {}

    # --- ringing and talking ----------------------------------------------------------------------------------------

    def offer(self, said: list[Command], decision: Decision) -> None:
        _, desk, call, context, waited_us = decision
        waited_s = waited_us // 1_000_000
        if context is not NOTHING_KNOWN:
            offer = self._informed_offer(call, context, waited_s)
        else:
            known = self._offers.get(call.site)
            if known is None or known.waited_s != waited_s:
                known = self._offers[call.site] = m.Offer(self._sites[call.site], waited_s)
            offer = known
        said.append(ToDesk(desk.agent, call.id, offer))

    def _informed_offer(self, call: Call, context: Context, waited_s: int) -> m.Offer:
        """With what the front desk, or an appointment, lets know in advance."""
        directory = self._directory
        service = directory.services.get(context.service) if context.service else None
        forms = context.forms or (service.forms if service else ())
        return m.Offer(
            self._sites[call.site],
            waited_s,
            service.name if service else "",
            tuple(directory.forms[form].title for form in forms if form in directory.forms),
            self._agents.get(context.forwarded_by, "") if context.forwarded_by else "",
            context.returned,
            call.parent is not None,
            context.appointment,
        )

    def ringing(self, said: list[Command], decision: Decision) -> None:
        _, call, office = decision
        if call.parent is None:
            said.append(ToBooth(call.site, call.id, self._ringing[office]))
            self._forwarder(said, call, "klingelt", office)
        else:
            self._asker(said, call, m.ConsultState("klingelt", self._offices[office]))

    def queued(self, said: list[Command], decision: Decision) -> None:
        _, call, place, wait_s = decision
        if call.parent is None:
            said.append(ToBooth(call.site, call.id, m.Queued(place, wait_s)))
            self._forwarder(said, call, "wartet", call.office)
        else:
            self._asker(said, call, m.ConsultState("wartet", self._offices[call.office]))

    def take(self, said: list[Command], decision: Decision) -> None:
        _, desk, call = decision
        asked, leg = call.parent is not None, LegId(f"{call.id}.{call.legs}")
        said.append(ToDesk(desk.agent, call.id, m.Taken(leg, self._sites[call.site], asked)))
        if asked:
            state = m.ConsultState("spricht", self._offices[desk.office], self._agents[desk.agent], leg, call.id)
            self._asker(said, call, state)
        else:
            self.answered(said, decision)
            self._forwarder(said, call, "angenommen", desk.office, self._agents[desk.agent])

    def answered(self, said: list[Command], decision: Decision) -> None:
        _, desk, call = decision
        office = self._directory.offices[desk.office]
        name = self._agents[desk.agent]
        leg = LegId(f"{call.id}.{call.legs}")
        answered = m.Answered(leg, desk.agent, name, office.id, office.name, office.front_desk)
        said.append(ToBooth(call.site, call.id, answered))

    def withdrawn(self, said: list[Command], decision: Decision) -> None:
        _, desk, call, reason = decision
        said.append(ToDesk(desk.agent, call, m.Withdrawn(reason)))

    # --- going on and ending ----------------------------------------------------------------------------------------

    def transferring(self, said: list[Command], decision: Decision) -> None:
        _, call, office = decision
        said.append(ToBooth(call.site, call.id, m.Transferring(office, self._offices[office])))

    def returning(self, said: list[Command], decision: Decision) -> None:
        _, call, office = decision
        said.append(ToBooth(call.site, call.id, m.Returning(self._offices[office])))
        self._forwarder(said, call, "zurueck", office)

    def forwarded(self, said: list[Command], decision: Decision) -> None:
        _, call, state = decision
        self._forwarder(said, call, state, call.office)

    def _forwarder(self, said: list[Command], call: Call, state: str, office: OfficeId, agent_name: str = "") -> None:
        """To the agent who forwarded this call, until somebody has answered it or it is back."""
        context = call.context
        forwarder = context.forwarded_by
        if forwarder is not None and context.returned is (state == "zurueck"):
            said.append(ToDesk(forwarder, call.id, m.ForwardState(state, self._offices[office], agent_name)))

    def consult_over(self, said: list[Command], decision: Decision) -> None:
        _, call, state, office = decision
        self._asker(said, call, m.ConsultState(state, self._offices[office]))

    def _asker(self, said: list[Command], call: Call, state: m.ConsultState) -> None:
        """To the agent who asked, about the call she asked about."""
        asker = call.context.forwarded_by
        if asker is not None and call.parent is not None:
            said.append(ToDesk(asker, call.parent, state))

    def ended(self, said: list[Command], decision: Decision) -> None:
        _, desk, call, reason = decision
        said.append(ToDesk(desk.agent, call, self._call_ended(reason)))

    def over(self, said: list[Command], decision: Decision) -> None:
        _, call, reason = decision
        said.append(ToBooth(call.site, call.id, self._call_ended(reason)))

    def _call_ended(self, reason: str) -> m.CallEnded:
        known = self._ended.get(reason)
        if known is None:
            known = self._ended[reason] = m.CallEnded(reason)
        return known

    def refused(self, said: list[Command], decision: Decision) -> None:
        _, desk, call, code, text = decision
        said.append(ToDesk(desk.agent, call, m.Refused(code, text)))

    def slip(self, said: list[Command], decision: Decision) -> None:
        _, desk, call, found = decision
        agent = self._agents.get(found.agent, "")
        known = m.SlipKnown(found.start, found.office, self._offices.get(found.office, ""), found.service, agent)
        said.append(ToDesk(desk.agent, call, known))

    def diary(self, said: list[Command], decision: Decision) -> None:
        _, site, starts = decision
        said.append(ToBooth(site, NO_CALL, m.Appointments(starts)))


WORDS: Mapping[str, Callable[..., Any]] = {
    "offer": Telling.offer,
    "ringing": Telling.ringing,
    "queued": Telling.queued,
    "take": Telling.take,
    "answered": Telling.answered,
    "withdrawn": Telling.withdrawn,
    "transferring": Telling.transferring,
    "returning": Telling.returning,
    "forwarded": Telling.forwarded,
    "consult_over": Telling.consult_over,
    "ended": Telling.ended,
    "over": Telling.over,
    "refused": Telling.refused,
    "slip": Telling.slip,
    "diary": Telling.diary,
}
"""Kind of a decision -> how it is said."""
