"""The citizen's screen as a page: profiles name it, and the booth itself serves it (`booth.screen.page`)."""

from __future__ import annotations

from lisa_core.equipment.slots.devices import Screen
from lisa_core.equipment.slots.driver import Driver, Evidence, Serves, Tried
from lisa_core.host.address import NOWHERE

EVIDENCE = Evidence(
    "Der Bildschirm der Bürgerin, als Seite im Browser",
    Tried.NEEDLESS,
    "das Bürgerbüro bedient sie selbst",
)
DRIVER: Driver[Screen] = Driver("page", (Serves(Screen),), NOWHERE, None, evidence=EVIDENCE)
