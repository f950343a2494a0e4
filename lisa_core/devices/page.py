"""The citizen's screen as a page: profiles name it, and the booth itself serves it (`booth.screen`)."""

from __future__ import annotations

from lisa_core.slots.devices import Screen
from lisa_core.transports.address import NOWHERE
from lisa_core.transports.driver import Driver, Serves

DRIVER: Driver[Screen] = Driver("page", (Serves(Screen),), NOWHERE, None)
