"""The family of errors. Each message says what happened, where, and what to do; never personal data."""

from __future__ import annotations

from enum import Enum


class LisaError(Exception):
    """Anything that LISA reports in a sentence instead of a traceback."""


class MachineError(LisaError):
    """The machine cannot give what is needed (disk, memory, descriptors, a port); nobody's input is wrong."""


class Side(Enum):
    """Who broke the protocol: we (a bug of ours) or the other end."""

    LOCAL = "local"
    REMOTE = "remote"


class ProtocolError(LisaError):
    """A message that the protocol does not allow."""

    def __init__(self, text: str, side: Side = Side.REMOTE) -> None:
        super().__init__(text)
        self.side = side


class DeviceFault(LisaError):
    """A device said no, or nothing at all.

    `code` is a stable dotted name ("scanner.jam", "presence.silent"); `retryable` says whether trying again can help.
    """

    def __init__(self, code: str, text: str, *, retryable: bool) -> None:
        super().__init__(text)
        self.code = code
        self.retryable = retryable


class AbsentFault(DeviceFault):
    """The device was not there once since the program started: nothing was done with it, and nothing lies in it."""


class ProfileError(LisaError):
    """A hardware profile or configuration that cannot be used; names file, key and the nearest known word."""


class NotCheckedError(LisaError):
    """What was to be checked could not be brought about, or nobody said whether it is so."""


class HarnessError(LisaError):
    """The harness itself failed: nothing can be said about what was tested."""


OF_A_MESSAGE = (ProtocolError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RecursionError)
"""What a message can bring about that nobody foresaw; anything else is a fault of our own disk or memory."""


def place_of(error: BaseException) -> str:
    """Where in the code it happened, for a log: an unforeseen error's own text may hold what somebody typed."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f"{trace.tb_frame.f_globals.get('__name__', '')}:{trace.tb_lineno}"
