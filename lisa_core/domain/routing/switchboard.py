"""All calls and desks of a Landkreis, and the few moves of which every rule of routing is made.

How it works: the rules (`calls`, `desks`, `transfers`, `bookings`) change nothing themselves; they call moves. A move
changes desks and calls in place and notes in `out` what it decided, in the order in which it is to be sent; `decisions`
has the kinds. `Router` empties `out` before each event, and one event is one pass through here.

After every event no call waits that a ready agent may take. So a call that comes (`enqueue`) looks for a free desk and
else waits in the lanes of the desks that may take it; a desk that gets free (`free`) looks for a waiting call and else
joins the ready ones. Nobody ever looks through all desks or all calls: `eligibility` keeps both in order.

A call waits while it has a `ticket`, a desk is ready while it has a `turn`. Both numbers are new each time, so that an
entry in a lane or a profile that carries an older one is known to be past, and is dropped when its turn comes.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from lisa_core.domain.model.call_words import Ending, ForwardStage, RefusalCode
from lisa_core.domain.model.directory import Directory, Rules
from lisa_core.domain.model.ids import CallId, SiteId
from lisa_core.domain.routing.alarms import Alarms, Holder
from lisa_core.domain.routing.appointments import AppointmentBook
from lisa_core.domain.routing.counters import Counter, in_minutes_s
from lisa_core.domain.routing.decisions import (
    Connect,
    Decision,
    DeskChanged,
    EndCall,
    EndTalk,
    Refuse,
    RingDesk,
    StopRinging,
    TellForwarder,
    TellPlace,
)
from lisa_core.domain.routing.eligibility import Lane, Matching, desk_for, first_ready
from lisa_core.domain.routing.seats import (
    NOTHING_KNOWN,
    NOTHING_TOLD,
    RINGING_TOLD,
    Absence,
    Call,
    CallMode,
    Desk,
    DeskMode,
    Wish,
)

# Module names are quicker to reach than members of an Enum.
OFF, READY, RINGING, TALKING = DeskMode.OFF, DeskMode.READY, DeskMode.RINGING, DeskMode.TALKING
WRAP_UP, PAUSE, ABSENT = DeskMode.WRAP_UP, DeskMode.PAUSE, DeskMode.ABSENT
WAITING, OFFERED, CONNECTED = CallMode.WAITING, CallMode.OFFERED, CallMode.CONNECTED
BY_AGENT, BOOTH_LOST = Ending.AGENT, Ending.BOOTH_LOST

ORDERS = 1 << 48
"""Maximum number of calls within one priority; an order is priority * ORDERS + number."""


class Switchboard:
    """The state of the router. Every method is one move; the rules are in `desks`, `calls` and `transfers`."""

    def __init__(self, directory: Directory, rules: Rules) -> None:
        self.directory, self.rules = directory, rules
        self.now_us = self.count = 0
        self.out: list[Decision] = []
        self.front = directory.front_desk.id
        self.desks = {agent.id: Desk(agent.id, agent.office) for agent in directory.agents.values()}
        self.changed = {agent: DeskChanged(agent) for agent in directory.agents}
        self.calls: dict[CallId, Call] = {}
        self.at_site: dict[SiteId, Call] = {}
        self.lost: dict[SiteId, Absence] = {}
        self.deserted: list[Desk] = []
        self.diary = AppointmentBook()
        self.civil: datetime | None = None
        self.civil_us = 0
        self.matching = Matching(directory.agents.values())
        self.counters = {
            office.id: Counter(office, self.matching.lane(office.id), rules.wrap_up_us)
            for office in directory.offices.values()
        }
        self.plain = self.counters[self.front].plain
        wrap_ups = [counter.wrap_up_us for counter in self.counters.values()]
        self.alarms = Alarms([rules.ring_us, rules.place_us, *wrap_ups])
        self.ring_us = rules.ring_us

    def number(self) -> int:
        """The next number: of a place in a queue, a ticket, a turn, an alarm."""
        self.count += 1
        return self.count

    def order(self, priority: int) -> int:
        """A place behind all of the same `Priority`."""
        self.count += 1
        return priority * ORDERS + self.count

    def local(self) -> datetime | None:
        """What the wall clock shows, without zone; None as long as nobody has said."""
        return self.civil and self.civil + timedelta(microseconds=self.now_us - self.civil_us)

    def wake(self, holder: Holder, wait_us: int) -> None:
        self.count += 1
        self.alarms.set(holder, self.now_us, wait_us, self.count)

    # --- waiting ----------------------------------------------------------------------------------------------------

    def enqueue(self, call: Call) -> bool:
        """Let this call wait, or ring where a desk is free. False: in that office nobody is left to wait for."""
        counter, wish = self.counters[call.office], call.wish
        lanes: tuple[Lane, ...] = ()
        if wish is None:
            desk = desk_for(counter.lane) if counter.ready else None
        elif (desk := self._contact(call, wish)) is None:
            if not counter.staffed and counter.office.overflow_to is not None:
                wish.widened = True
            lanes = self.lanes_of(call)
            desk = None if wish.held else first_ready(lanes)
        if desk is not None:
            self.offer(desk, call)
            return True
        if not counter.staffed and self.has_nobody_to_wait_for(call):
            return False
        self.count += 1
        call.mode, call.agent, call.ticket = WAITING, None, self.count
        counter.queue[call.id] = call
        if wish is not None:
            for lane in lanes:
                lane.push(call)
            self.wake_call(call, wish)
        else:
            counter.lane.push(call)
        if call.order > counter.last_order:
            counter.last_order = call.order
            self.tell_place(counter, call, len(counter.queue))
        else:
            self.tell_place(counter, call, counter.place(call))
            self.retell(counter)
        return True

    def has_nobody_to_wait_for(self, call: Call) -> bool:
        """Whether this call would wait in vain. At the front desk one always waits: somebody will come."""
        counter, wish = self.counters[call.office], call.wish
        if counter.staffed or (call.office == self.front and call.parent is None):
            return False
        other = counter.office.overflow_to
        return not (wish and wish.widened and other is not None and self.counters[other].staffed)

    def _contact(self, call: Call, wish: Wish) -> Desk | None:
        """The known contact of this call, if ready. Notes in `wish` whether the call waits for that agent alone."""
        if wish.preferred is None:
            return None
        contact = self.desks[wish.preferred]
        if contact.mode is READY and contact.office == call.office:
            return contact
        wish.held = wish.hold_us is not None and wish.hold_us > self.now_us and _at_work(contact)
        return None

    def lanes_of(self, call: Call) -> tuple[Lane, ...]:
        """The lanes in which this call waits."""
        counter, wish = self.counters[call.office], call.wish
        if wish is None:
            return (counter.lane,)
        if wish.held and wish.preferred is not None:
            return (self.matching.own(wish.preferred),)
        lane = self.matching.lane(call.office, wish.skill, wish.level) if wish.level else counter.lane
        other = counter.office.overflow_to
        return (lane, self.counters[other].lane) if wish.widened and other is not None else (lane,)

    def reconsider(self, call: Call) -> None:
        """More agents than before may take this waiting call."""
        lanes = self.lanes_of(call)
        if desk := first_ready(lanes):
            self.offer(desk, call)
            return
        for lane in lanes:
            lane.push(call)
        if call.wish is not None:
            self.wake_call(call, call.wish)

    def wake_call(self, call: Call, wish: Wish) -> None:
        """Come back to this call when the next part of its wish is due."""
        next_us = wish.return_us
        for due_us in (wish.hold_us, wish.relax_us, wish.widen_us):
            if due_us is not None and (next_us is None or due_us < next_us):
                next_us = due_us
        call.alarm, call.due_us = 0, None
        if next_us is not None:
            self.wake(call, max(0, next_us - self.now_us))

    def leave(self, call: Call) -> None:
        """This call waits no longer."""
        call.ticket = call.alarm = 0
        call.due_us = None
        counter = self.counters[call.office]
        del counter.queue[call.id]
        if counter.queue and not counter.alarm:
            self.retell(counter)

    def retell(self, counter: Counter) -> None:
        """Places have changed here: tell them, together with what else changes in the meantime."""
        if not counter.alarm:
            self.wake(counter, self.rules.place_us)

    def tell_place(self, counter: Counter, call: Call, place: int) -> None:
        """Tell the caller place and expected wait, if these differ from what was told last."""
        told = (place, in_minutes_s(place * counter.a_place_us(self.now_us, self.rules.estimate_us)))
        if call.told != told:
            call.told = told
            self.out.append(TellPlace(call, place, told[1]))

    # --- calls ------------------------------------------------------------------------------------------------------

    def offer(self, desk: Desk, call: Call) -> None:
        """Ring at this desk for this call."""
        if call.ticket:
            self.leave(call)
        agent, out, now_us, old = desk.agent, self.out, self.now_us, desk.mode
        call.mode, call.agent = OFFERED, agent
        # The way of set_mode, without what cannot be here: this is done for every call there is.
        if old is READY:
            self.counters[desk.office].ready -= 1
            desk.turn = 0
        elif old is PAUSE or old is ABSENT:
            self.counters[desk.office].staffed += 1
        desk.mode, desk.since_us, desk.call = RINGING, now_us, call.id
        self.count = token = self.count + 1
        self.alarms.set(desk, now_us, self.ring_us, token)
        out.append(self.changed[agent])
        out.append(RingDesk(desk, call, now_us - call.placed_us, call.told != RINGING_TOLD))
        call.told = RINGING_TOLD

    def connect(self, desk: Desk, call: Call) -> None:
        """Citizen and agent, or two agents, talk now."""
        agent, office, now_us = desk.agent, desk.office, self.now_us
        call.mode, call.agent, call.office = CONNECTED, agent, office
        call.told, call.wish = NOTHING_TOLD, None
        call.legs += 1
        self.counters[office].accepted_us = now_us
        if office == self.front:
            call.received_by = agent
        if desk.mode is RINGING:
            desk.mode, desk.since_us = TALKING, now_us
            desk.alarm, desk.due_us = 0, None
            self.out.append(self.changed[agent])
        elif desk.mode is not TALKING:
            self.set_mode(desk, TALKING)
        desk.call = call.id
        self.out.append(Connect(desk, call, now_us - desk.since_us))

    def end(self, call: Call, reason: Ending) -> None:
        """The call is over, and with it a question about it."""
        if call.consult is not None:
            self.end(self.calls[call.consult], reason)
        self.forget(call)
        if call.mode is not CONNECTED and call.context is not NOTHING_KNOWN and call.parent is None:
            self.out.append(TellForwarder(call, ForwardStage.GONE))
        # A booth that was away for too long has to be told that its talk is over: the citizen may still be inside.
        booth_too = call.parent is None and (reason is BY_AGENT or reason is BOOTH_LOST)
        desk = None if call.agent is None else self.desks[call.agent]
        if desk is not None and desk.linked and desk.mode is not RINGING:
            self.out.append(EndTalk(desk, call, reason, booth_too))
            self.wrap_up(desk)
            return
        if booth_too:
            self.out.append(EndCall(call, reason))
        if desk is not None and desk.mode is RINGING:
            self.say(desk, StopRinging(desk, call.id, reason))
            self.free(desk)
        elif desk is not None:
            self.wrap_up(desk)

    def forget(self, call: Call) -> None:
        """It is in no queue and no list any more."""
        if call.ticket:
            self.leave(call)
        del self.calls[call.id]
        if call.parent is None:
            del self.at_site[call.site]
        elif parent := self.calls.get(call.parent):
            parent.consult = None

    # --- desks ------------------------------------------------------------------------------------------------------

    def wrap_up(self, desk: Desk) -> None:
        """A talk is over: the desk wraps up, or is free at once."""
        counter = self.counters[desk.office]
        wrap_up_us, mean_us = counter.wrap_up_us, counter.talk_us
        talked_us = self.now_us - desk.since_us + wrap_up_us
        counter.talk_us = mean_us + (talked_us - mean_us) // 8 if mean_us else talked_us
        if wrap_up_us and desk.linked:
            self.set_mode(desk, WRAP_UP, wrap_up_us)
        else:
            self.free(desk)

    def free(self, desk: Desk) -> None:
        """Nothing keeps this desk: it takes the next call, or is ready for one."""
        if not desk.linked:
            self.set_mode(desk, OFF)
        elif desk.pause_wanted:
            self.set_mode(desk, PAUSE)
        elif call := self.matching.call_for(desk):
            self.offer(desk, call)
        else:
            self.set_mode(desk, READY)

    def set_mode(self, desk: Desk, mode: DeskMode, wait_us: int = 0) -> None:
        """The desk's new mode; with `wait_us` it is looked at again then."""
        old, counter = desk.mode, self.counters[desk.office]
        if old is READY:
            counter.ready -= 1
            desk.turn = 0
        gone = mode is PAUSE or mode is ABSENT or mode is OFF
        was_gone = old is PAUSE or old is ABSENT or old is OFF
        if was_gone is not gone:
            counter.staffed += -1 if gone else 1
            if gone:
                self.deserted.append(desk)
        desk.mode, desk.since_us = mode, self.now_us
        desk.alarm, desk.due_us = 0, None
        if wait_us:
            self.wake(desk, wait_us)
        if mode is READY:
            counter.ready += 1
            self.count += 1
            desk.turn = self.count
            self.matching.push_ready(desk)
        if mode is not RINGING and mode is not TALKING:
            desk.call, desk.pause_wanted = None, False
        self.out.append(self.changed[desk.agent])

    def say(self, desk: Desk, decision: Decision) -> None:
        """Note a decision for this desk, if its link is up."""
        if desk.linked:
            self.out.append(decision)

    def refuse(self, desk: Desk, call: CallId, code: RefusalCode, text: str) -> None:
        self.say(desk, Refuse(desk, call, code, text))


def _at_work(desk: Desk) -> bool:
    return desk.linked and (desk.mode is TALKING or desk.mode is RINGING or desk.mode is WRAP_UP)
