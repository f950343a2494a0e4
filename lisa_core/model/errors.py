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
