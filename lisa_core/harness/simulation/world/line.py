"""The link of one booth or desk to the exchange: in order, nothing lost while both programs live, and sometimes down.

As `wire.envelope` has it: what was sent while the link was down is delivered after the reconnect. A program that was
started anew has forgotten what it had not sent, and its other end forgets what was meant for its predecessor.
"""

from __future__ import annotations

from collections.abc import Callable

from lisa_core.harness.simulation.world.agenda import Agenda

Deliver = Callable[..., None]


class Line:
    """`up` is whether messages pass; both ends learn of an outage later than it begins, or not at all."""

    __slots__ = (
        "_agenda",
        "_cuts",
        "_down_wait",
        "_seen_life",
        "_up_wait",
        "exchange_life",
        "latency_us",
        "lost_noticed",
        "program_life",
        "since_us",
        "to_exchange",
        "to_program",
        "up",
    )

    def __init__(self, agenda: Agenda, latency_us: int, to_exchange: Deliver, to_program: Deliver) -> None:
        self._agenda, self.latency_us = agenda, latency_us
        self.to_exchange, self.to_program = to_exchange, to_program
        self.up, self.lost_noticed = False, True
        self.since_us = 0
        self._cuts = 1
        self.program_life = self.exchange_life = self._seen_life = 0
        self._up_wait: list[object] = []
        self._down_wait: list[object] = []

    # --- messages ---------------------------------------------------------------------------------------------------

    def send_up(self, message: object) -> None:
        """From the booth or desk to the exchange."""
        self._agenda.at(self._agenda.now_us + self.latency_us, self._arrive_up, (self.program_life, message))

    def send_down(self, message: object) -> None:
        life = (self.program_life, self.exchange_life)
        self._agenda.at(self._agenda.now_us + self.latency_us, self._arrive_down, (life, message))

    def waits(self, message: object) -> bool:
        """Whether this was sent while the link was down, and has not left."""
        return message in self._up_wait

    def withdraw(self, message: object) -> None:
        """Do not send this after the reconnect."""
        if message in self._up_wait:
            self._up_wait.remove(message)

    def _arrive_up(self, packed: tuple[int, object]) -> None:
        if packed[0] != self.program_life:
            return
        if self.up:
            self.to_exchange(packed[1])
        else:
            self._up_wait.append(packed[1])

    def _arrive_down(self, packed: tuple[tuple[int, int], object]) -> None:
        if packed[0] != (self.program_life, self.exchange_life):
            return
        if self.up:
            self.to_program(packed[1])
        else:
            self._down_wait.append(packed[1])

    # --- outages ----------------------------------------------------------------------------------------------------

    def cut(self) -> None:
        """Nothing passes any more, for one more reason."""
        self._cuts += 1
        self.up = False

    def mend(self) -> bool:
        """One reason less; returns whether the link is up again."""
        self._cuts -= 1
        self.up = self._cuts == 0
        if self.up:
            self.since_us = self._agenda.now_us
        return self.up

    def flush(self) -> None:
        """After a reconnect: everything that waited, in order."""
        up, self._up_wait = self._up_wait, []
        down, self._down_wait = self._down_wait, []
        for message in up:
            self.to_exchange(message)
        for message in down:
            self.to_program(message)

    def program_restarted(self) -> None:
        self.program_life += 1
        self._up_wait.clear()
        self._down_wait.clear()

    def exchange_changed(self) -> bool:
        """Whether the exchange was started anew since this was last asked."""
        changed, self._seen_life = self._seen_life != self.exchange_life, self.exchange_life
        return changed

    def exchange_restarted(self) -> None:
        self.exchange_life += 1
        self._down_wait.clear()
