"""Citizens and agents as pure policies: what they see, dice and the time go in; what they mean to do next comes out.

They fulfil `lisa_core.harness.simulation.plan.policies.People` (entry-point group `lisa.people`). Nobody here knows a
machine's state: a
citizen sees the screen and the room, an agent sees the desk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.call_words import DeskMode
from lisa_core.domain.model.case import Case, FormStage, Paper, PaperState
from lisa_core.domain.model.directory import Directory, FieldKind, FieldSpec, Service
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.model.screen import ScreenScene
from lisa_core.harness.simulation.plan.chance import Dice
from lisa_core.harness.simulation.plan.policies import AgentSight, AgentVerb, CitizenSight, CitizenVerb, Intent, Persona

SECOND_US = 1_000_000
MINUTE_US = 60 * SECOND_US
TOO_LONG_US = 45 * MINUTE_US
"""No talk is longer, whatever is still open."""

EXAMPLES: Mapping[FieldKind, str] = {
    FieldKind.TEXT: "Beispielmann",
    FieldKind.DATE: "12.08.1964",
    FieldKind.MONEY: "512,40",
    FieldKind.NUMBER: "2",
    FieldKind.IBAN: "DE89 3704 0044 0532 0130 00",
}
"""An answer per kind of field; the IBAN is the one that ISO 13616 is usually explained with."""


def persona(dice: Dice, services: Sequence[Service]) -> Persona:
    """Somebody who comes; `services` are those offered today."""
    if dice.chance(4):
        return Persona(
            cleaner=True,
            dismisses=dice.chance(60),
            talk_us=0,
            patience_us=dice.between(20, 90) * SECOND_US,
        )
    service = dice.one_of(services) if services and dice.chance(75) else None
    drawn = Persona(
        service=service.id if service else None,
        hands_in=bool(service and service.forms) and dice.chance(40),
        companion=dice.chance(12),
        patience_us=5 * MINUTE_US + dice.exponential(15 * MINUTE_US),
        sits_us=dice.between(1, 9) * SECOND_US,
        talk_us=MINUTE_US + dice.exponential(4 * MINUTE_US),
        out_us=dice.between(4, 30) * SECOND_US,
    )
    return dice.one_of(_WHIM)(drawn, dice.between(1, 240) * SECOND_US) if dice.chance(15) else drawn


_WHIM: Sequence[Callable[[Persona, int], Persona]] = (
    lambda one, after_us: replace(one, out_after_us=after_us),
    lambda one, after_us: replace(one, door_us=after_us),
    lambda one, after_us: replace(one, press_us=after_us),
    lambda one, after_us: replace(one, walk_us=after_us),
)
"""Few do anything unexpected, and then one thing."""

# --- the citizen ----------------------------------------------------------------------------------------------------


def citizen(sight: CitizenSight, dice: Dice, now_us: int) -> Intent[CitizenVerb] | None:
    """What the citizen does next; None: nothing new."""
    if not sight.inside:
        return _outside(sight, dice, now_us)
    if sight.persona.cleaner:
        return _cleans(sight, now_us)
    at_us, verb, detail = _INSIDE[sight.scene](sight, dice, now_us)
    settles_us = _settles_us(sight, now_us)
    if settles_us is not None and settles_us <= at_us:
        return Intent(settles_us, CitizenVerb.CLOSE_DOOR if sight.door_open else CitizenVerb.SIT)
    return Intent(at_us if at_us > now_us else now_us, verb, detail)


def _settles_us(sight: CitizenSight, now_us: int) -> int | None:
    """Wherever a citizen is let in, the door gets closed and the seat taken sooner or later."""
    if sight.scene in _ON_HER_WAY or (sight.seated and not sight.door_open):
        return None
    wait_us = 2 * SECOND_US if sight.door_open else sight.persona.sits_us
    return max(now_us, sight.moved_us + wait_us)


_ON_HER_WAY = (ScreenScene.CLOSED, ScreenScene.FAREWELL, ScreenScene.WIPING)


def _cleans(sight: CitizenSight, now_us: int) -> Intent[CitizenVerb]:
    asked = sight.scene in (ScreenScene.CONNECTING, ScreenScene.WAITING) and CitizenVerb.TOUCH not in sight.done
    if sight.persona.dismisses and asked:
        return Intent(now_us + SECOND_US, CitizenVerb.TOUCH, "nicht_noetig")
    return Intent(max(now_us, sight.came_us + sight.persona.patience_us), CitizenVerb.LEAVE)


def _outside(sight: CitizenSight, dice: Dice, now_us: int) -> Intent[CitizenVerb] | None:
    if CitizenVerb.STEP_OUT in sight.done:
        return Intent(max(now_us, sight.moved_us + sight.persona.out_us), CitizenVerb.COME_BACK)
    if sight.scene is ScreenScene.FREE:
        return Intent(now_us, CitizenVerb.ENTER)
    if now_us - sight.came_us > 20 * MINUTE_US:
        return Intent(now_us, CitizenVerb.GIVE_UP)
    return Intent(now_us + dice.between(20, 60) * SECOND_US, CitizenVerb.LOOK)


Wish = tuple[int, CitizenVerb, str]
"""When, what and to what."""


def _unnoticed(sight: CitizenSight, dice: Dice, now_us: int) -> Wish:
    """The screen does not notice the citizen, who after a while uses the button that is there for it, and then goes."""
    if now_us - sight.came_us > sight.persona.patience_us:
        return now_us, CitizenVerb.LEAVE, ""
    return max(sight.since_us, sight.moved_us) + dice.between(20, 40) * SECOND_US, CitizenVerb.PRESS, ""


def _waiting(sight: CitizenSight, dice: Dice, now_us: int) -> Wish:
    mine = sight.persona
    if 0 <= mine.out_after_us < mine.patience_us and CitizenVerb.STEP_OUT not in sight.done:
        return sight.came_us + mine.out_after_us, CitizenVerb.STEP_OUT, ""
    return sight.came_us + mine.patience_us, CitizenVerb.LEAVE, ""


def _in_between(sight: CitizenSight, dice: Dice, now_us: int) -> Wish:
    """Being handed on, or told of a fault: the citizen stays for a good while."""
    return sight.since_us + 10 * MINUTE_US, CitizenVerb.LEAVE, ""


def _talking(sight: CitizenSight, dice: Dice, now_us: int) -> Wish:
    mine = sight.persona
    # Nobody sits before a screen for ever.
    wish: Wish = (sight.talk_us + 60 * MINUTE_US, CitizenVerb.LEAVE, "")
    if sight.asks == "unterschrift":
        wish = (now_us + dice.between(4, 9) * SECOND_US, CitizenVerb.SIGN, "")
    elif sight.asks == "zeigen":
        wish = (now_us + 6 * SECOND_US, CitizenVerb.TOUCH, sight.asks)
    elif sight.asks:
        wish = (now_us + dice.between(1, 4) * SECOND_US, CitizenVerb.TOUCH, sight.asks)
    for after_us, verb in (
        (mine.door_us, CitizenVerb.OPEN_DOOR),
        (mine.press_us, CitizenVerb.PRESS),
        (mine.walk_us, CitizenVerb.LEAVE),
    ):
        if after_us >= 0 and sight.talk_us + after_us < wish[0] and verb not in sight.done:
            wish = (sight.talk_us + after_us, verb, "")
    return wish


def _awaiting_receipt(sight: CitizenSight, dice: Dice, now_us: int) -> Wish:
    """Number and copy are to come any moment: most wait for them, some have to go."""
    return sight.since_us + dice.between(4, 40) * SECOND_US, CitizenVerb.LEAVE, ""


def _leaving(sight: CitizenSight, dice: Dice, now_us: int) -> Wish:
    return now_us + dice.between(3, 12) * SECOND_US, CitizenVerb.LEAVE, ""


_INSIDE: Mapping[ScreenScene, Callable[[CitizenSight, Dice, int], Wish]] = {
    ScreenScene.FREE: _unnoticed,
    ScreenScene.WELCOME: _unnoticed,
    ScreenScene.TAKE_SEAT: _unnoticed,
    ScreenScene.CLOSED: _leaving,
    ScreenScene.CONNECTING: _waiting,
    ScreenScene.WAITING: _waiting,
    ScreenScene.TALK: _talking,
    ScreenScene.TRANSFER: _in_between,
    ScreenScene.DELIVERING: _awaiting_receipt,
    ScreenScene.FAREWELL: _leaving,
    ScreenScene.FAULT: _in_between,
    ScreenScene.WIPING: _leaving,
}

# --- the agent ------------------------------------------------------------------------------------------------------


def agent(sight: AgentSight, directory: Directory, dice: Dice, now_us: int) -> Intent[AgentVerb] | None:
    """What an agent does next, None: waits."""
    act = _AT_DESK.get(sight.state)
    return act(sight, directory, dice, now_us) if act else None


def _off_the_phone(sight: AgentSight, directory: Directory, dice: Dice, now_us: int) -> Intent[AgentVerb] | None:
    if sight.forwarded is not None and dice.chance(4):
        return Intent(now_us + dice.between(1, 4) * SECOND_US, AgentVerb.TAKE_BACK, sight.forwarded)
    if sight.on_duty:
        return Intent(now_us + dice.between(2, 20) * SECOND_US, AgentVerb.READY)
    return None


def _absent(sight: AgentSight, directory: Directory, dice: Dice, now_us: int) -> Intent[AgentVerb] | None:
    return Intent(now_us + dice.between(30, 240) * SECOND_US, AgentVerb.READY) if sight.on_duty else None


def _ready(sight: AgentSight, directory: Directory, dice: Dice, now_us: int) -> Intent[AgentVerb] | None:
    return None if sight.on_duty else Intent(now_us, AgentVerb.PAUSE)


def _ringing(sight: AgentSight, directory: Directory, dice: Dice, now_us: int) -> Intent[AgentVerb] | None:
    if sight.mood == "stumm":
        return None
    verb = AgentVerb.REJECT if sight.mood == "unwillig" else AgentVerb.ACCEPT
    return Intent(now_us + dice.between(1_000, 6_000) * 1_000, verb)


def _talk(sight: AgentSight, directory: Directory, dice: Dice, now_us: int) -> Intent[AgentVerb] | None:
    if sight.consulted:
        # A colleague asks: the citizen comes after that, or not at all.
        return Intent(sight.talk_us + 3 * MINUTE_US, AgentVerb.HANG_UP)
    if not sight.somebody:
        return Intent(now_us + dice.between(25, 60) * SECOND_US, AgentVerb.HANG_UP)
    matter = sight.matter
    service = directory.services.get(matter.service) if matter and matter.service else None
    if now_us - sight.talk_us > TOO_LONG_US or matter is None or matter.cleaner:
        return Intent(now_us + dice.between(5, 20) * SECOND_US, AgentVerb.HANG_UP)
    if sight.front_desk:
        return _front_desk(sight, service, dice, now_us)
    if service is not None and matter.hands_in and service.office == sight.office:
        return _application(sight, service, directory, dice, now_us)
    return _ends(sight, max(now_us + 5 * SECOND_US, sight.talk_us + matter.talk_us), dice, now_us)


def _front_desk(sight: AgentSight, service: Service | None, dice: Dice, now_us: int) -> Intent[AgentVerb]:
    """The agent asks for the matter, names the forms and forwards; simple questions are answered at once."""
    if sight.asked in _STILL_ASKING:
        return Intent(now_us + dice.between(35, 60) * SECOND_US, AgentVerb.TAKE_BACK)
    if sight.asked == "spricht":
        verb = AgentVerb.HAND_OVER if dice.chance(90) else AgentVerb.TAKE_BACK
        return Intent(now_us + dice.between(10, 40) * SECOND_US, verb)
    if service is None or sight.returned or sight.asked:
        return _ends(sight, now_us + dice.between(60, 180) * SECOND_US, dice, now_us)
    if sight.case.service != service.id:
        operation = ops.ChooseService(service.id)
        return Intent(now_us + dice.between(15, 45) * SECOND_US, AgentVerb.CASE, operation)
    verb = AgentVerb.ASK if dice.chance(20) else AgentVerb.FORWARD
    return Intent(now_us + dice.between(30, 120) * SECOND_US, verb, (service.office, service.id))


_STILL_ASKING = ("wartet", "klingelt")


def _ends(sight: AgentSight, at_us: int, dice: Dice, now_us: int) -> Intent[AgentVerb]:
    """The talk ends then; now and then the agent first says how."""
    if not sight.classified and dice.chance(8):
        return Intent(now_us + 5 * SECOND_US, AgentVerb.CLASSIFY, dice.one_of(_ENDINGS))
    return Intent(at_us, AgentVerb.HANG_UP)


_ENDINGS = (Outcome.APPOINTMENT, Outcome.OTHER_OFFICE, Outcome.COPY)


def _application(
    sight: AgentSight, service: Service, directory: Directory, dice: Dice, now_us: int
) -> Intent[AgentVerb]:
    if sight.case.form is not None and sight.case.form.stage is FormStage.SUBMITTED:
        return Intent(now_us + dice.between(10, 40) * SECOND_US, AgentVerb.HANG_UP)
    operation = next_operation(sight.case, service, directory)
    if operation is None and sight.case.form is not None and sight.case.form.stage is FormStage.SUBMITTING:
        # Most wait until the receipt is there; some are gone as soon as they have clicked.
        wait_us = dice.between(100, 900) * 1_000 if dice.chance(10) else 5 * MINUTE_US
        return Intent(now_us + wait_us, AgentVerb.HANG_UP)
    if operation is None:
        return Intent(now_us + 5 * MINUTE_US, AgentVerb.HANG_UP)
    return Intent(now_us + dice.between(2, 8) * SECOND_US, AgentVerb.CASE, operation)


def next_operation(case: Case, service: Service, directory: Directory) -> ops.AgentOperation | None:
    """The next thing to do on the way to handing in; None: the citizen or a device has to do something."""
    form = case.form
    if case.service != service.id:
        return ops.ChooseService(service.id)
    if form is None:
        return ops.OpenForm(service.forms[0])
    if form.stage is FormStage.DRAFT:
        return _next_in_draft(case, directory)
    if form.stage is FormStage.CHECKED:
        return ops.AskSignature()
    return ops.HandIn() if form.stage is FormStage.SIGNED else None


def _next_in_draft(case: Case, directory: Directory) -> ops.AgentOperation | None:
    assert case.form is not None
    spec = directory.forms[case.form.id]
    answers = {field.id: field for field in case.form.fields}
    if any(field.value and not field.confirmed for field in case.form.fields):
        return None
    for field in spec.fields:
        if field.required and not answers[field.id].value:
            return ops.SetField(field.id, _example(field), case.revision)
    for title in spec.attachments[:1]:
        paper = _paper(case, title)
        if paper is None and case.notice:
            return ops.CaptureStill(title)  # the scanner does not answer: it goes without
        if paper is None or paper.fault:
            return ops.ScanPapers(title)
        if paper.state is PaperState.CAPTURING:
            return None
        if paper.state is PaperState.CAPTURED:
            return ops.AcceptPaper(paper.id)
    return ops.AskCheck()


def _paper(case: Case, title: str) -> Paper | None:
    kept = (paper for paper in case.papers if paper.title == title and paper.state is not PaperState.DISCARDED)
    return next(kept, None)


def _example(field: FieldSpec) -> str:
    return field.choices[0] if field.choices else EXAMPLES[field.kind]


_AT_DESK: Mapping[DeskMode, Callable[[AgentSight, Directory, Dice, int], Intent[AgentVerb] | None]] = {
    DeskMode.PAUSE: _off_the_phone,
    DeskMode.WRAP_UP: _off_the_phone,
    DeskMode.ABSENT: _absent,
    DeskMode.READY: _ready,
    DeskMode.RINGING: _ringing,
    DeskMode.TALKING: _talk,
}
"""By what the desk shows; an agent who is logged off does nothing here."""
