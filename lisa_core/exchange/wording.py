"""Turns decisions of the router into messages for booths and desks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from lisa_core.domain.model.call_words import ConsultStage, Ending, ForwardStage
from lisa_core.domain.model.directory import Directory, Rules
from lisa_core.domain.model.ids import AgentId, CallId, LegId, OfficeId, SiteId
from lisa_core.domain.routing import decisions as d
from lisa_core.domain.routing.events import RoutingEvent
from lisa_core.domain.routing.router import Router
from lisa_core.domain.routing.seats import NOTHING_KNOWN, Call, CallContext, CallMode
from lisa_core.wire import messages as m
from lisa_core.wire.envelope import NO_CALL

# Module names are quicker to reach than members of an Enum.
_WAITING, _RINGING = ForwardStage.WAITING, ForwardStage.RINGING
_ANSWERED, _RETURNED = ForwardStage.ANSWERED, ForwardStage.RETURNED


class ToBooth(NamedTuple):
    """Send `body` to the booth of this site."""

    site: SiteId
    call: CallId
    body: m.Message


class ToDesk(NamedTuple):
    """Send `body` to this agent's desk."""

    agent: AgentId
    call: CallId
    body: m.Message


Command = ToBooth | ToDesk | d.DeskChanged


class WordedRouter(Router):
    """The router of a program that has booths and desks to talk to."""

    def __init__(self, directory: Directory, rules: Rules) -> None:
        super().__init__(directory, rules)
        self._wording = Wording(directory)

    def handle(self, event: RoutingEvent, now_us: int) -> list[Command]:
        """`decide`, in messages; true for good."""
        wording = self._wording
        said: list[Command] = []
        for decision in self.decide(event, now_us):
            WORDS[type(decision)](wording, said, decision)
        return said


class Wording:
    """One method per kind of decision; each adds its messages to `said`. Messages that say the same are made once."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._agents = {agent.id: agent.name for agent in directory.agents.values()}
        self._offices = {office.id: office.name for office in directory.offices.values()}
        self._sites = {site.id: site.name for site in directory.sites.values()}
        self._ringing = {office.id: m.Ringing(office.id, office.name) for office in directory.offices.values()}
        self._offers: dict[SiteId, m.Offer] = {}
        self._ended: dict[Ending, m.CallEnded] = {}

    # --- ringing and talking ----------------------------------------------------------------------------------------

    def offer(self, said: list[Command], decision: d.RingDesk) -> None:
        call, waited_s = decision.call, decision.waited_us // 1_000_000
        if call.context is not NOTHING_KNOWN:
            offer = self._informed_offer(call, call.context, waited_s)
        else:
            known = self._offers.get(call.site)
            if known is None or known.waited_s != waited_s:
                known = self._offers[call.site] = m.Offer(self._sites[call.site], waited_s)
            offer = known
        said.append(ToDesk(decision.desk.agent, call.id, offer))
        if call.context.cut_off:
            said.append(ToDesk(decision.desk.agent, call.id, m.CutOff(self._agents.get(call.context.cut_off, ""))))
        if empty := call.context.unstaffed:
            said.append(ToDesk(decision.desk.agent, call.id, m.Unstaffed(self._offices.get(empty, ""))))
        if decision.news:
            self._to_ringing(said, call, decision.desk.office)

    def _informed_offer(self, call: Call, context: CallContext, waited_s: int) -> m.Offer:
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

    def ringing(self, said: list[Command], decision: d.TellRinging) -> None:
        self._to_ringing(said, decision.call, decision.office)

    def _to_ringing(self, said: list[Command], call: Call, office: OfficeId) -> None:
        if call.parent is None:
            said.append(ToBooth(call.site, call.id, self._ringing[office]))
            self._to_forwarder(said, call, _RINGING, office)
        else:
            self._to_asker(said, call, m.ConsultState(ConsultStage.RINGING, self._offices[office]))

    def place(self, said: list[Command], decision: d.TellPlace) -> None:
        call = decision.call
        if call.parent is None:
            said.append(ToBooth(call.site, call.id, m.Queued(decision.place, decision.wait_s)))
            self._to_forwarder(said, call, _WAITING, call.office)
        else:
            self._to_asker(said, call, m.ConsultState(ConsultStage.WAITING, self._offices[call.office]))

    def connect(self, said: list[Command], decision: d.Connect) -> None:
        desk, call = decision.desk, decision.call
        asked, leg = call.parent is not None, LegId(f"{call.id}.{call.legs}")
        said.append(ToDesk(desk.agent, call.id, m.Taken(leg, self._sites[call.site], asked)))
        if talked_s := decision.talked_us // 1_000_000:
            said.append(ToDesk(desk.agent, call.id, m.Talked(talked_s)))
        office, name = desk.office, self._agents[desk.agent]
        if asked:
            self._to_asker(said, call, m.ConsultState(ConsultStage.TALKING, self._offices[office], name, leg, call.id))
            self._to_citizen(said, call, self._offices[office])
        else:
            said.append(ToBooth(call.site, call.id, self._answer(desk.agent, office, leg)))
            self._to_forwarder(said, call, _ANSWERED, office, name)

    def answered(self, said: list[Command], decision: d.TellAnswered) -> None:
        desk, call = decision.desk, decision.call
        answer = self._answer(desk.agent, desk.office, LegId(f"{call.id}.{call.legs}"))
        said.append(ToBooth(call.site, call.id, answer))

    def _answer(self, agent: AgentId, at: OfficeId, leg: LegId) -> m.Answered:
        office = self._directory.offices[at]
        return m.Answered(leg, agent, self._agents[agent], office.id, office.name, office.front_desk)

    def withdrawn(self, said: list[Command], decision: d.StopRinging) -> None:
        said.append(ToDesk(decision.desk.agent, decision.call, m.Withdrawn(decision.reason)))

    # --- going on and ending ----------------------------------------------------------------------------------------

    def transferring(self, said: list[Command], decision: d.TellTransferring) -> None:
        call, office = decision.call, decision.office
        said.append(ToBooth(call.site, call.id, m.Transferring(office, self._offices[office])))

    def returning(self, said: list[Command], decision: d.TellReturning) -> None:
        call, office = decision.call, decision.office
        said.append(ToBooth(call.site, call.id, m.Returning(self._offices[office])))
        self._to_forwarder(said, call, _RETURNED, office)

    def forwarder(self, said: list[Command], decision: d.TellForwarder) -> None:
        self._to_forwarder(said, decision.call, decision.stage, decision.call.office)

    def _to_forwarder(
        self, said: list[Command], call: Call, stage: ForwardStage, office: OfficeId, agent_name: str = ""
    ) -> None:
        """To the agent who forwarded this call, until somebody has answered it or it is back."""
        context = call.context
        forwarder = context.forwarded_by
        if forwarder is not None and context.returned is (stage is _RETURNED):
            said.append(ToDesk(forwarder, call.id, m.ForwardState(stage, self._offices[office], agent_name)))

    def consult_over(self, said: list[Command], decision: d.EndConsult) -> None:
        self._to_asker(said, decision.call, m.ConsultState(decision.stage, self._offices[decision.office]))
        if decision.call.mode is CallMode.CONNECTED and decision.stage is not ConsultStage.HANDED_OVER:
            self._to_citizen(said, decision.call, "")

    def _to_asker(self, said: list[Command], call: Call, state: m.ConsultState) -> None:
        """To the agent who asked, about the call that the question is about."""
        asker = call.context.forwarded_by
        if asker is not None and call.parent is not None:
            said.append(ToDesk(asker, call.parent, state))

    def _to_citizen(self, said: list[Command], question: Call, office_name: str) -> None:
        """To the booth, about its call: whom its agent asks meanwhile."""
        if question.parent is not None:
            said.append(ToBooth(question.site, question.parent, m.Consulting(office_name)))

    def ended(self, said: list[Command], decision: d.EndTalk) -> None:
        call, ended = decision.call, self._call_ended(decision.reason)
        if decision.booth_too:
            said.append(ToBooth(call.site, call.id, ended))
        said.append(ToDesk(decision.desk.agent, call.id, ended))

    def over(self, said: list[Command], decision: d.EndCall) -> None:
        said.append(ToBooth(decision.call.site, decision.call.id, self._call_ended(decision.reason)))

    def _call_ended(self, reason: Ending) -> m.CallEnded:
        known = self._ended.get(reason)
        if known is None:
            known = self._ended[reason] = m.CallEnded(reason)
        return known

    def refused(self, said: list[Command], decision: d.Refuse) -> None:
        said.append(ToDesk(decision.desk.agent, decision.call, m.Refused(decision.code, decision.text)))

    # --- appointments -----------------------------------------------------------------------------------------------

    def slip(self, said: list[Command], decision: d.ShowAppointment) -> None:
        found = decision.found
        agent = self._agents.get(found.agent, "") if found.agent else ""
        known = m.SlipKnown(found.start, found.office, self._offices.get(found.office, ""), found.service, agent)
        said.append(ToDesk(decision.desk.agent, decision.call, known))

    def diary(self, said: list[Command], decision: d.TellDiary) -> None:
        said.append(ToBooth(decision.site, NO_CALL, m.Appointments(decision.starts)))

    def booked(self, said: list[Command], decision: d.ConfirmBooking) -> None:
        made = decision.made
        said.append(ToDesk(decision.agent, decision.call, m.Booked(made.token, made.start, self._sites[made.site])))

    def given(self, said: list[Command], decision: d.GiveAppointment) -> None:
        made = decision.made
        given = m.AppointmentGiven(made.token, made.start, self._offices[made.office])
        said.append(ToBooth(made.site, decision.call, given))

    def unbooked(self, said: list[Command], decision: d.ConfirmUnbooking) -> None:
        said.append(ToDesk(decision.agent, NO_CALL, m.Unbooked(decision.token)))

    def changed(self, said: list[Command], decision: d.DeskChanged) -> None:
        said.append(decision)


WORDS: Mapping[type, Callable[..., None]] = {
    d.DeskChanged: Wording.changed,
    d.RingDesk: Wording.offer,
    d.TellRinging: Wording.ringing,
    d.TellPlace: Wording.place,
    d.Connect: Wording.connect,
    d.TellAnswered: Wording.answered,
    d.StopRinging: Wording.withdrawn,
    d.TellTransferring: Wording.transferring,
    d.TellReturning: Wording.returning,
    d.TellForwarder: Wording.forwarder,
    d.EndConsult: Wording.consult_over,
    d.EndTalk: Wording.ended,
    d.EndCall: Wording.over,
    d.Refuse: Wording.refused,
    d.ShowAppointment: Wording.slip,
    d.TellDiary: Wording.diary,
    d.ConfirmBooking: Wording.booked,
    d.GiveAppointment: Wording.given,
    d.ConfirmUnbooking: Wording.unbooked,
}
"""Kind of a decision -> the method that makes its messages."""
