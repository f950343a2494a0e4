"""An agent at a desk: asks the policy what to do with what the desk shows, and sends it to the exchange."""

from __future__ import annotations

from datetime import timedelta

from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.directory import Agent
from lisa_core.domain.model.ids import CallId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.routing import events as r
from lisa_core.domain.routing.seats import DeskMode
from lisa_core.exchange.routing_input import booking, from_desk
from lisa_core.harness.simulation.plan.chance import Dice
from lisa_core.harness.simulation.plan.policies import NEVER_US, AgentSight, AgentVerb, Intent
from lisa_core.harness.simulation.world.alarm import Alarm
from lisa_core.harness.simulation.world.line import Line
from lisa_core.harness.simulation.world.stage import Program, Stage
from lisa_core.wire import messages as m

RELAY_US = 40_000
"""From the desk through the exchange to the booth."""


class Seat:
    """`mood` and absences are set from outside."""

    __slots__ = (
        "_alarm",
        "_booth",
        "_dice",
        "_intent",
        "_sight",
        "_stage",
        "agent",
        "line",
        "name",
        "session",
        "talk_us",
    )

    def __init__(self, stage: Stage, agent: Agent) -> None:
        self._stage, self.agent = stage, agent
        self.name = str(agent.id)
        self.session = 1
        self.talk_us = 0
        """How long the agent has talked altogether."""
        self._dice = Dice(stage.seed, "platz", agent.id)
        self._booth: Program | None = None
        self._alarm = Alarm(stage.agenda, self._do)
        self._intent: Intent[AgentVerb] | None = None
        front = stage.directory.offices[agent.office].front_desk
        self._sight = AgentSight(DeskMode.OFF, agent.office, front, on_duty=False)
        latency_us = self._dice.between(1, 20) * 1_000
        self.line = Line(stage.agenda, latency_us, stage.exchange.handle, self.receive)

    # --- duty -------------------------------------------------------------------------------------------------------

    def duty(self, on: bool) -> None:
        """The agent's shift begins or ends; a talk goes on."""
        self._sight.on_duty = on
        if on:
            self._stage.exchange.reconnect(self)
        else:
            self.look()

    def mood(self, mood: str) -> None:
        self._sight.mood = mood
        self.look()

    def away(self, lasts_us: int) -> None:
        """The agent closes the desk's page and opens it again later."""
        self._close()
        self._over()
        self._stage.exchange.outage(self, lasts_us, 0)

    def _log_off(self) -> None:
        self._close()
        self._stage.exchange.hang(self)

    def _close(self) -> None:
        self._sight.state = DeskMode.OFF
        self.session += 1
        self.line.program_restarted()
        self._intent = None
        self._alarm.set(None)

    # --- what comes in ----------------------------------------------------------------------------------------------

    def receive(self, messages: list[tuple[CallId, m.Message | DeskMode]]) -> None:
        """From the exchange, which says how the desk stands after everything else it has to say."""
        for call, body in messages:
            self._take(call, body)

    def _take(self, call: CallId, body: m.Message | DeskMode) -> None:
        sight = self._sight
        match body:
            case DeskMode():
                sight.state = body
                if body is not DeskMode.RINGING and body is not DeskMode.TALKING:
                    self._over()
                self.look()
            case m.Offer():
                self._dice = Dice(self._stage.seed, "anruf", self.name, call)
                sight.call, sight.returned = call, body.returned
            case m.Taken():
                self._taken(call, body.consult)
            case m.Withdrawn():
                self._over()
            case m.CallEnded():
                self._over()
                sight.forwarded = call if body.reason == "forwarded" else None
            case m.ConsultState():
                sight.asked = body.state
                self.look()
            case m.Refused():
                # An office that cannot be forwarded to: the matter stays here.
                sight.returned = True
                self.look()
            case _:
                pass  # nothing that a policy looks at

    def _taken(self, call: CallId, consulted: bool) -> None:
        site = self._stage.exchange.router.site_of(call)
        self._sight.consulted, self._sight.forwarded = consulted, None
        self._sight.call, self._sight.talk_us = call, self._stage.agenda.now_us
        self._booth = self._stage.booths.get(site) if site else None

    def _over(self) -> None:
        sight = self._sight
        if sight.talk_us != NEVER_US:
            self.talk_us += self._stage.agenda.now_us - sight.talk_us
        sight.call, sight.talk_us, sight.returned, self._booth = None, NEVER_US, False, None
        sight.asked, sight.consulted, sight.classified = "", False, False

    # --- what the agent does ----------------------------------------------------------------------------------------

    def look(self) -> None:
        """Something that the agent can see has changed."""
        sight, stage, booth = self._sight, self._stage, self._booth
        if not sight.on_duty and sight.state in _MAY_GO:
            self._log_off()
            return
        if booth is not None:
            sight.somebody = booth.body.people > 0
            sight.matter = booth.guest
            sight.case = booth.shown(self.agent.office)
        self._intent = intent = stage.people.agent(sight, stage.directory, self._dice, stage.agenda.now_us)
        self._alarm.set(None if intent is None else intent.at_us)

    def _do(self) -> None:
        intent, self._intent = self._intent, None
        if intent is None:
            return
        self._stage.watch.act(self.name, intent.verb, intent.detail)
        call = self._sight.call or CallId("")
        if intent.verb is AgentVerb.CASE or intent.verb is AgentVerb.CLASSIFY:
            agenda = self._stage.agenda
            agenda.at(agenda.now_us + RELAY_US, self._operate, (call, intent.detail))
        else:
            about = intent.detail or call if intent.verb is AgentVerb.TAKE_BACK else call
            self.line.send_up(from_desk(self.agent.id, about, _message(intent)))
        self._sight.forwarded = None

    def _operate(self, packed: tuple[CallId, ops.AgentOperation]) -> None:
        """The exchange relays between the booth and the one desk that has the call."""
        booth = self._booth
        if booth is None or booth.leg is None or booth.leg[0] != packed[0] or not (self.line.up and booth.line.up):
            self.look()
        elif isinstance(packed[1], Outcome):
            self._classify(booth, packed[0], packed[1])
        elif booth.work.may(packed[1], self.agent.office):
            booth.operate(packed[1])
        else:
            self.look()

    def _classify(self, booth: Program, call: CallId, outcome: Outcome) -> None:
        self._sight.classified = True
        booth.receive([(call, m.Classify(outcome))])
        if outcome is Outcome.APPOINTMENT:
            stage, agent = self._stage, self.agent
            tomorrow = stage.exchange.civil(stage.agenda.now_us) + timedelta(days=1)
            start = f"{tomorrow:%Y-%m-%dT%H:%M}"
            book = m.Book(agent.office, start)
            self.line.send_up(booking(agent.id, call, book, booth.site.id, f"{call}-termin"))
        self.look()

    # --- the link ---------------------------------------------------------------------------------------------------

    def joined(self, fresh: bool) -> r.RoutingEvent:
        return r.DeskJoined(self.agent.id, fresh)

    def lost(self) -> r.RoutingEvent:
        return r.DeskLost(self.agent.id)

    def link_lost(self) -> None:
        """The desk shows it; a talk goes on, media does not pass the exchange."""

    def link_back(self, fresh: bool) -> None:
        """The exchange tells how the desk stands."""


_MAY_GO = (DeskMode.PAUSE.value, DeskMode.WRAP_UP.value, DeskMode.ABSENT.value)


def _message(intent: Intent[AgentVerb]) -> m.Message:
    """What the desk's page would send."""
    match intent.verb:
        case AgentVerb.READY:
            return m.Ready(headset=True)
        case AgentVerb.PAUSE:
            return m.Pause()
        case AgentVerb.ACCEPT:
            return m.Accept()
        case AgentVerb.REJECT:
            return m.Reject()
        case AgentVerb.FORWARD:
            return m.Forward(*intent.detail)
        case AgentVerb.HANG_UP:
            return m.HangUp()
        case AgentVerb.ASK:
            return m.Consult(*intent.detail)
        case AgentVerb.HAND_OVER:
            return m.HandOver()
        case AgentVerb.TAKE_BACK:
            return m.TakeBack()
        case _:
            raise ValueError(f"{intent.verb} is not for the exchange")
