"""Whoever comes to a booth: asks the policy what to do, and does it in the physical room."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.screen import ScreenScene
from lisa_core.domain.visit import states as s
from lisa_core.harness.simulation.plan.chance import Dice
from lisa_core.harness.simulation.plan.plan import Arrival, persona_of
from lisa_core.harness.simulation.plan.policies import NEVER_US, CitizenSight, CitizenVerb, Intent, Persona
from lisa_core.harness.simulation.world.alarm import Alarm
from lisa_core.harness.simulation.world.scenes import asked_button
from lisa_core.harness.simulation.world.stage import Program, Stage

STEP_US = 600_000
"""Through the door."""
DOOR_US = 2_000_000
"""A door that nobody holds falls shut after that long."""
_NOBODY, _NO_DICE = Persona(), Dice(0)
COMPANION_US = 4_000_000
NOTICED_US = 18_000_000
"""From stepping in until the citizen has sat down and the booth must be calling."""


class Visitor:
    """One booth's visitors, one after the other: who comes while another is there waits outside."""

    __slots__ = ("_alarm", "_arrival", "_booth", "_dice", "_intent", "_queue", "_sight", "_stage")

    def __init__(self, stage: Stage, booth: Program) -> None:
        self._stage, self._booth = stage, booth
        self._queue: list[Arrival] = []
        self._arrival: Arrival | None = None
        self._dice = _NO_DICE
        self._sight = CitizenSight(_NOBODY, ScreenScene.FREE, 0, False, False, False, 0, NEVER_US, 0)
        self._alarm = Alarm(stage.agenda, self._do)
        self._intent: Intent[CitizenVerb] | None = None

    @property
    def persona(self) -> Persona | None:
        """Whoever is there, inside or just before the door."""
        return self._sight.persona if self._arrival else None

    @property
    def inside(self) -> bool:
        return self._arrival is not None and self._sight.inside

    def comes(self, arrival: Arrival) -> None:
        self._queue.append(arrival)
        if self._arrival is None:
            self._next()

    def look(self, *, scene_changed: bool = False) -> None:
        """Something that the citizen can see has changed."""
        if self._arrival is None:
            return
        sight, now_us = self._sight, self._stage.agenda.now_us
        if scene_changed:
            sight.since_us = now_us
            sight.asks = self._asks()
            if self._booth.scene is ScreenScene.TALK and sight.talk_us == NEVER_US:
                sight.talk_us = now_us
        self._decide()

    def asked(self) -> None:
        """The case may have changed: does the screen ask for something else now?"""
        if self._arrival is None:
            return
        asks = self._asks()
        if asks != self._sight.asks:
            self._sight.asks = asks
            self._decide()

    def _asks(self) -> str:
        """What the screen asks of the citizen; half of all people also let an office see what another took."""
        booth, arrival = self._booth, self._arrival
        if booth.scene is not ScreenScene.TALK or arrival is None:
            return ""
        if asked := asked_button(booth.work.case):
            return asked
        office = s.office_of(booth.state)
        if office is None or not booth.work.hidden(office):
            return ""
        return "zeigen" if Dice(self._stage.seed, "zeigen", arrival.site, arrival.number).chance(50) else ""

    def _next(self) -> None:
        self._arrival = self._queue.pop(0) if self._queue else None
        if self._arrival is None:
            return
        arrival, now_us = self._arrival, self._stage.agenda.now_us
        self._dice = Dice(self._stage.seed, "besucherin", arrival.site, arrival.number)
        stage, scene = self._stage, self._booth.scene
        persona = persona_of(arrival, stage.seed, stage.people, stage.directory)
        self._sight = CitizenSight(persona, scene, now_us, False, False, False, now_us, NEVER_US, now_us)
        self._decide()

    def _decide(self) -> None:
        sight, booth, now_us = self._sight, self._booth, self._stage.agenda.now_us
        sight.scene = booth.scene
        sight.seated, sight.door_open = booth.body.seated, booth.body.door_open
        self._intent = intent = self._stage.people.citizen(sight, self._dice, now_us)
        self._alarm.set(None if intent is None else intent.at_us)

    def _do(self) -> None:
        intent, self._intent = self._intent, None
        if intent is None or self._arrival is None:
            return
        verb = intent.verb
        sight = self._sight
        if verb is not CitizenVerb.LOOK:
            self._stage.watch.act(self._booth.name, verb, intent.detail)
            sight.moved_us = self._stage.agenda.now_us
            if verb not in sight.done:
                sight.done = (*sight.done, verb)
        if (act := _ACTS.get(verb)) is not None:
            act(self, intent.detail)
        if self.persona is not None and self._alarm.due_us is None:
            self._decide()

    # --- what the citizen does --------------------------------------------------------------------------------------

    def _give_up(self, _: object) -> None:
        self._next()

    def _enter(self, _: object) -> None:
        self._sight.inside = True
        agenda, arrival = self._stage.agenda, self._arrival
        self._booth.body.door(True)
        agenda.at(agenda.now_us + STEP_US, self._stepped_in, arrival)
        if self._sight.persona.companion:
            agenda.at(agenda.now_us + COMPANION_US, self._companion, arrival)

    def _stepped_in(self, arrival: Arrival) -> None:
        if arrival is self._arrival and self._sight.inside:
            self._booth.body.people = max(1, self._booth.body.people)
            self._booth.body.changed()
            self._stage.poke(self._booth)
            if self._stage.well.get(self._booth.name):
                self._stage.agenda.at(self._stage.agenda.now_us + NOTICED_US, self._noticed, arrival)

    def _noticed(self, arrival: Arrival) -> None:
        quiet = self._sight.persona.cleaner or CitizenVerb.PRESS in self._sight.done
        if arrival is self._arrival and self._sight.inside and not quiet:
            self._stage.watch.entered(self._booth)

    def _companion(self, arrival: Arrival) -> None:
        """Somebody comes in behind the citizen; it stays one visit."""
        if arrival is self._arrival and self._sight.inside:
            body, agenda = self._booth.body, self._stage.agenda
            body.door(True)
            body.people = 2
            body.changed()
            agenda.at(agenda.now_us + DOOR_US, self._falls_shut)
            self._decide()

    def _falls_shut(self, _: object = None) -> None:
        self._booth.body.door(False)
        if self._arrival is not None:
            self._decide()

    def _sit(self, _: object) -> None:
        self._booth.body.seated = True
        self._booth.body.changed()

    def _open_door(self, _: object) -> None:
        self._booth.body.door(True)

    def _close_door(self, _: object) -> None:
        self._booth.body.door(False)

    def _press(self, _: object) -> None:
        self._booth.body.press()

    def _touch(self, button: str) -> None:
        self._booth.touch(button)

    def _sign(self, _: object) -> None:
        form = self._booth.work.case.form
        if form is not None and "signature_pad" not in self._booth.work.broken:
            strokes = f"{self._dice.below(1 << 30):064x}"
            self._booth.operate(ops.Signed(form.declaration_digest, strokes, "<svg/>"))

    def _step_out(self, _: object) -> None:
        self._out()

    def _leave(self, _: object) -> None:
        self._out()
        self._arrival = None
        self._alarm.set(None)
        # The next one comes in only after the door has fallen shut.
        agenda = self._stage.agenda
        agenda.at(agenda.now_us + 2 * DOOR_US, self._gone)

    def _gone(self, _: object) -> None:
        if self._arrival is None:
            self._next()

    def _out(self) -> None:
        agenda, body = self._stage.agenda, self._booth.body
        self._sight.inside = False
        body.seated = False
        body.door(True)
        agenda.at(agenda.now_us + STEP_US, self._stepped_out)
        agenda.at(agenda.now_us + DOOR_US, self._falls_shut)

    def _stepped_out(self, _: object) -> None:
        self._booth.body.people = 0
        self._booth.body.changed()
        self._stage.poke(self._booth)


_ACTS: Mapping[CitizenVerb, Callable[..., None]] = {
    CitizenVerb.GIVE_UP: Visitor._give_up,
    CitizenVerb.ENTER: Visitor._enter,
    CitizenVerb.COME_BACK: Visitor._enter,
    CitizenVerb.SIT: Visitor._sit,
    CitizenVerb.OPEN_DOOR: Visitor._open_door,
    CitizenVerb.CLOSE_DOOR: Visitor._close_door,
    CitizenVerb.PRESS: Visitor._press,
    CitizenVerb.TOUCH: Visitor._touch,
    CitizenVerb.SIGN: Visitor._sign,
    CitizenVerb.STEP_OUT: Visitor._step_out,
    CitizenVerb.LEAVE: Visitor._leave,
}
