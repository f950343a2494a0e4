"""The booth of a plain test: each call returns when it is done. What each does stands at its twin in `booth`."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from lisa_core.desk.client import DeskClient
from lisa_core.domain.model.screen import ScreenView
from lisa_core.domain.model.time import PATIENCE_S
from lisa_core.harness.direct.booth import AsyncSeatedAgent, AsyncWholeBooth

R = TypeVar("R")


class Carry(Protocol):
    """The way into the loop in which the booth lives; `more_s` are seconds that the work itself takes."""

    def __call__(self, work: Coroutine[object, object, R], more_s: float = 0.0) -> R: ...


class WholeBooth:
    """Booth, exchange and desks of one test. It opens with the first act; `place` and `time` belong before that.

    Whatever does not come within its time raises `AssertionError` with what was waited for; what cannot be,
    `HarnessError` with what to do.
    """

    def __init__(self, inner: AsyncWholeBooth, carry: Carry) -> None:
        self._inner, self._carry = inner, carry

    def place(self, town: str) -> None:
        """Play at the booth of this town ("Templin"); without it that of the profile."""
        self._carry(self._inner.place(town))

    def time(self, civil: datetime) -> None:
        """It is this local time when the booth opens; without it a Monday, 10:00."""
        self._carry(self._inner.time(civil))

    def agent(self, name: str) -> SeatedAgent:
        """The agent of this name ("Frau Brandt") sits down at her desk. `HarnessError` names those that there are."""
        return SeatedAgent(self._carry(self._inner.agent(name)), self._carry)

    def enter(self) -> None:
        """The citizen walks in."""
        self._carry(self._inner.enter())

    def sit(self) -> None:
        """The citizen sits down."""
        self._carry(self._inner.sit())

    def leave(self) -> None:
        """The citizen walks out, with her papers."""
        self._carry(self._inner.leave())

    def speak(self, seconds: float = 2.0) -> None:
        """The citizen says something for so long."""
        self._carry(self._inner.speak(seconds), seconds)

    def touch(self, button: str) -> None:
        """The citizen touches the button with this inscription, and says yes where the screen asks again."""
        self._carry(self._inner.touch(button))

    def wait(self, seconds: float) -> None:
        """So much time passes; in virtual time at once."""
        self._carry(self._inner.wait(seconds), seconds)

    def shows(self, text: str, within_s: float = PATIENCE_S) -> ScreenView:
        """Wait until this stands on the citizen's screen; returns what else it shows then."""
        return self._carry(self._inner.shows(text, within_s), within_s)

    @property
    def screen(self) -> ScreenView:
        """What the citizen's screen shows now."""
        return self._carry(self._inner.screen())

    def outcome(self) -> str:
        """Wait until the visit is over; returns how it ended ("erledigt_beratung"). More than one is a failure."""
        return self._carry(self._inner.outcome())

    def do(self, sentence: str, table: Sequence[Sequence[str]] | None = None, text: str | None = None) -> None:
        """Do what a sentence of scenarios says ("Wenn die Tür aufgeht"), ours or those of others; see `lisa steps`."""
        self._carry(self._inner.do(sentence, table, text))


class SeatedAgent:
    """An agent at her desk."""

    def __init__(self, inner: AsyncSeatedAgent, carry: Carry) -> None:
        self._inner, self._carry = inner, carry

    @property
    def name(self) -> str:
        """ "Frau Brandt"."""
        return self._inner.name

    def sees(self, look: Callable[[DeskClient], R]) -> R:
        """What she sees: `look` gets her desk, in the loop in which it lives."""

        async def looked() -> R:
            return look(self._inner.desk)

        return self._carry(looked())

    def ready(self) -> None:
        """She takes calls from now on."""
        self._carry(self._inner.ready())

    def rings(self, within_s: float | None = None) -> None:
        """Wait until her desk rings; `within_s` counts from the citizen's coming in."""
        self._carry(self._inner.rings(within_s), within_s or 0.0)

    def accept(self) -> None:
        """She waits for the ringing, takes the call, and the talk goes on."""
        self._carry(self._inner.accept())

    def reject(self) -> None:
        """She waits for the ringing and rejects the call."""
        self._carry(self._inner.reject())

    def forward(self, office: str) -> None:
        """She forwards the call to this office ("Wohngeldstelle")."""
        self._carry(self._inner.forward(office))

    def hang_up(self) -> None:
        """She ends the talk."""
        self._carry(self._inner.hang_up())
