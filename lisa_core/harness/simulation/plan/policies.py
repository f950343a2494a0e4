"""The people of a simulation as pure policies: what they see, and what they mean to do next.

Found through the entry-point group `lisa.people`: a module or object that fulfils `People`. A policy is asked whenever
what somebody sees has changed, and its answer replaces what that person meant to do before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from lisa_core.domain.model.call_words import DeskMode
from lisa_core.domain.model.case import Case
from lisa_core.domain.model.directory import Directory, Service
from lisa_core.domain.model.ids import CallId, OfficeId, ServiceId
from lisa_core.domain.model.screen import ScreenScene
from lisa_core.harness.simulation.plan.chance import Dice

V = TypeVar("V")

NEVER_US = -1
"""A time in a `Persona`: this never happens."""


class CitizenVerb(StrEnum):
    """What a citizen can do with the body; the values name the act in a history."""

    LOOK = "sieht nach dem Bürgerbüro"
    GIVE_UP = "kommt ein andermal wieder"
    ENTER = "betritt das Bürgerbüro"
    SIT = "nimmt Platz"
    OPEN_DOOR = "öffnet die Tür"
    CLOSE_DOOR = "schließt die Tür"
    STEP_OUT = "geht kurz hinaus"
    COME_BACK = "kommt zurück"
    PRESS = "drückt die Ruftaste"
    TOUCH = "berührt den Bildschirm"
    SIGN = "unterschreibt"
    LEAVE = "verlässt das Bürgerbüro"


class AgentVerb(StrEnum):
    """What an agent can do at a desk."""

    READY = "meldet sich bereit"
    PAUSE = "macht Pause"
    ACCEPT = "nimmt das Gespräch an"
    REJECT = "lehnt den Anruf ab"
    FORWARD = "leitet weiter"
    ASK = "fragt bei der Fachstelle nach"
    HAND_OVER = "übergibt das Gespräch"
    TAKE_BACK = "holt das Gespräch zurück"
    CLASSIFY = "vermerkt das Ergebnis"
    HANG_UP = "beendet das Gespräch"
    CASE = "arbeitet am Vorgang"


@dataclass(frozen=True, slots=True)
class Persona:
    """Who comes, and what this citizen will do if nothing prevents it. Times are in microseconds.

    What is `NEVER_US`, 0 or False does not happen: a simpler persona is a shorter history.
    """

    service: ServiceId | None = None
    hands_in: bool = False
    cleaner: bool = False
    """Comes to work in the booth, neither sits down nor wants to talk."""
    dismisses: bool = False
    """Says so on the screen."""
    companion: bool = False
    patience_us: int = 900_000_000
    """From coming in to a human face."""
    sits_us: int = 3_000_000
    talk_us: int = 300_000_000
    """How long the matter takes at the office."""
    out_after_us: int = NEVER_US
    """Time from coming in to stepping out, if the citizen still waits then."""
    out_us: int = 8_000_000
    door_us: int = NEVER_US
    """Time from the begin of a talk to opening the door."""
    press_us: int = NEVER_US
    """Time from the begin of a talk to pressing the call button."""
    walk_us: int = NEVER_US
    """Time from the begin of a talk to walking out."""


@dataclass(slots=True)
class CitizenSight:
    """What a citizen sees and knows. `asks` names the button to touch now, or "unterschrift"."""

    persona: Persona
    scene: ScreenScene
    since_us: int
    """Since when the screen has shown this scene."""
    inside: bool
    seated: bool
    door_open: bool
    came_us: int
    """When the citizen arrived before the booth."""
    talk_us: int
    """When the first talk began; `NEVER_US` before."""
    moved_us: int
    """When the citizen last did something."""
    done: tuple[CitizenVerb, ...] = ()
    asks: str = ""


@dataclass(slots=True)
class AgentSight:
    """What an agent sees at the desk, and has heard from the citizen."""

    state: DeskMode
    """As the desk shows it: a value of domain.routing.seats.DeskMode."""
    office: OfficeId
    front_desk: bool
    on_duty: bool
    call: CallId | None = None
    talk_us: int = NEVER_US
    """Since when the agent has been talking."""
    somebody: bool = True
    """Whether anybody is to be seen."""
    returned: bool = False
    """The office did not answer: the citizen is back at the front desk."""
    asked: str = ""
    """How a question to a colleague stands: the states of wire.messages.ConsultState."""
    consulted: bool = False
    """It is a colleague who asks, not a citizen."""
    classified: bool = False
    """The agent has said how the visit ends."""
    forwarded: CallId | None = None
    """The call that the agent handed on last."""
    matter: Persona | None = None
    case: Case = Case()
    mood: str = ""
    """"": as always; "stumm": does not answer; "unwillig": rejects calls."""


class Intent(NamedTuple, Generic[V]):
    """What somebody will do at that moment, unless something changes before. `detail` as the verb needs it."""

    at_us: int
    verb: V
    detail: Any = None


class People(Protocol):
    """Three pure functions; chance comes from the dice that are handed in."""

    def persona(self, dice: Dice, services: Sequence[Service]) -> Persona:
        """Somebody who comes; `services` are those offered today."""
        ...

    def citizen(self, sight: CitizenSight, dice: Dice, now_us: int) -> Intent[CitizenVerb] | None: ...

    def agent(self, sight: AgentSight, directory: Directory, dice: Dice, now_us: int) -> Intent[AgentVerb] | None: ...
