"""What keeps a device from being asked, and whose business that is. Never is it said that the device does not conform:
whoever was not reached has not been tested.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from lisa_core.config.drivers import BROKEN
from lisa_core.domain.model.errors import DeviceFault, LisaError


class Business(Enum):
    """Whose business it is, as people read it."""

    SETUP = "falsch eingerichtet"
    NOT_READY = "nicht bereit"
    DRIVER = "Treiber defekt"
    OTHER_DEVICE = "anderes Gerät als erklärt"


_OF_SETUP = frozenset(
    {
        *("missing", "busy", "refused", "misled", "untrusted", "lost", "too_large", "silent", "garbled", "offline"),
        *("unsupported", "no_answer", "format", "server", "muted", "encryption", "stall", "io", "strange"),
    }
)
"""How the codes of faults end that come of addresses, options, cables, power and rights."""
_OTHERWISE: Mapping[str, Business] = {
    BROKEN: Business.DRIVER,
    "pad.other_model": Business.OTHER_DEVICE,
    "printer.busy": Business.NOT_READY,
    "scanner.busy": Business.NOT_READY,
    "pad.busy": Business.NOT_READY,
}


def kind_of(error: LisaError) -> Business:
    """Whose business it is that opening or asking the device ended so."""
    if not isinstance(error, DeviceFault):
        return Business.SETUP  # an address or an option that can never be right
    if error.code in _OTHERWISE:
        return _OTHERWISE[error.code]
    return Business.SETUP if error.code.rpartition(".")[2] in _OF_SETUP else Business.NOT_READY
