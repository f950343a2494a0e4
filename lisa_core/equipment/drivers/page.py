"""The citizen's screen as a page: profiles name it, and the booth itself serves it (`booth.screen.page`)."""

from __future__ import annotations

from lisa_core.equipment.slots.devices import Screen
from lisa_core.equipment.slots.driver import Driver, Serves
from lisa_core.host.address import NOWHERE

DRIVER: Driver[Screen] = Driver("page", (Serves(Screen),), NOWHERE, None)
