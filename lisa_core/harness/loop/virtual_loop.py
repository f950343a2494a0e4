"""The virtual clock: an event loop whose time jumps to the next timer at once and stands still between the steps.

Time is a whole number of microseconds that starts at 0, so that a run repeats bit for bit. What would bring in another
time or another order (threads, sockets, subprocesses, the descriptors of devices) is refused.
"""

from __future__ import annotations

import asyncio
import selectors
import threading
import time
from collections.abc import Callable
from contextvars import Context
from typing import NoReturn, TypeVarTuple

from lisa_core.domain.model.errors import HarnessError
from lisa_core.harness.text.language import say
from lisa_core.host.interruption import RUN

_Ts = TypeVarTuple("_Ts")
_RESOLUTION_US = 0.5
_REFUSED = (
    *("run_in_executor", "subprocess_exec", "subprocess_shell", "connect_read_pipe", "connect_write_pipe"),
    *("add_reader", "add_writer", "getaddrinfo", "getnameinfo", "sendfile", "start_tls"),
    *("create_connection", "create_server", "create_unix_connection", "create_unix_server"),
    *("create_datagram_endpoint", "connect_accepted_socket"),
    *("sock_recv", "sock_recv_into", "sock_recvfrom", "sock_recvfrom_into", "sock_sendall", "sock_sendto"),
    *("sock_connect", "sock_accept", "sock_sendfile"),
)


class _JumpingSelector(selectors.DefaultSelector):
    """Never waits: where a selector would sleep until the next timer, time is put forward instead."""

    def __init__(self) -> None:
        super().__init__()
        self.now_us = 0
        self.deadline_s: float | None = None

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if RUN.came:
            RUN.check()  # here no task is in the middle of anything
        if self.deadline_s is not None and time.monotonic() > self.deadline_s:
            self.deadline_s = None
            raise HarnessError(say("Der Schritt kommt in virtueller Zeit zu keinem Ende."))
        if events := super().select(0):
            return events
        if timeout is None:
            what = say("Stillstand (deadlock): Alle warten, und keine Frist läuft.")
            raise HarnessError(f"{what} {say('In virtueller Zeit kann nichts mehr geschehen.')}")
        if timeout > 0:
            self.now_us += max(1, round(timeout * 1_000_000))
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """An asyncio loop in virtual time; `now_us` is exact, `time()` the same in seconds."""

    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        self._owner = threading.get_ident()
        super().__init__(self._jumping)
        self._clock_resolution = _RESOLUTION_US / 1_000_000

    @property
    def now_us(self) -> int:
        return self._jumping.now_us

    def time(self) -> float:
        return self._jumping.now_us / 1_000_000

    def limit(self, seconds: float | None) -> None:
        """Raise `HarnessError` out of the loop when it is still busy after that many seconds of the real clock."""
        self._jumping.deadline_s = None if seconds is None else time.monotonic() + seconds

    def call_soon_threadsafe(
        self, callback: Callable[[*_Ts], object], *args: *_Ts, context: Context | None = None
    ) -> asyncio.Handle:
        if threading.get_ident() != self._owner:
            _refuse("call_soon_threadsafe")
        return super().call_soon_threadsafe(callback, *args, context=context)


def _refuse(name: str) -> NoReturn:
    what = say("In virtueller Zeit gibt es keine Threads, Sockets und fremden Programme ({name}).", name=name)
    raise HarnessError(f"{what} {say('Das Szenario mit @stufe:wire kennzeichnen oder mit --clock real ausführen.')}")


def _refusal(name: str) -> Callable[..., NoReturn]:
    def refused(_loop: VirtualLoop, *_args: object, **_options: object) -> NoReturn:
        _refuse(name)

    return refused


for _name in _REFUSED:
    setattr(VirtualLoop, _name, _refusal(_name))
