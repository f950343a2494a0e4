"""The booth of an `async def` test: everything is awaited, in the loop in which the booth lives."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

from lisa_core.desk.client import DeskClient
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.screen import ScreenView
from lisa_core.domain.model.time import PATIENCE_S
from lisa_core.harness.direct.sentence import do
from lisa_core.harness.rig.rig import Rig
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps import booth as citizen
from lisa_core.harness.steps import desk as desks
from lisa_core.harness.text.language import say


class AsyncWholeBooth:
    """Booth, exchange and desks of one test. It opens with the first act; `place` and `time` belong before that.

    Whatever does not come within its time raises `AssertionError` with what was waited for; what cannot be,
    `HarnessError` with what to do.
    """

    def __init__(self, scene: Scene, loop: asyncio.AbstractEventLoop) -> None:
        self.scene = scene
        """The world of the test, for what is not to be had here."""
        self._loop = loop

    async def place(self, town: str) -> None:
        """Play at the booth of this town ("Templin"); without it that of the profile."""
        self._here().wish_site(town)

    async def time(self, civil: datetime) -> None:
        """It is this local time when the booth opens; without it a Monday, 10:00."""
        self._here().wish(civil=civil)

    async def agent(self, name: str) -> AsyncSeatedAgent:
        """The agent of this name ("Frau Brandt") sits down at her desk. `HarnessError` names those that there are."""
        return AsyncSeatedAgent(self._here(), name, await self._here().desk(name))

    async def enter(self) -> None:
        """The citizen walks in."""
        await self._here().enter()

    async def sit(self) -> None:
        """The citizen sits down."""
        await (await self._here().actor()).sit()

    async def leave(self) -> None:
        """The citizen walks out, with her papers."""
        await (await self._here().actor()).leave()

    async def speak(self, seconds: float = 2.0) -> None:
        """The citizen says something for so long."""
        await (await self._here().actor()).speak(seconds)

    async def touch(self, button: str) -> None:
        """The citizen touches the button with this inscription, and says yes where the screen asks again."""
        await citizen.citizen_touches(self._here(), "", button)

    async def wait(self, seconds: float) -> None:
        """So much time passes; in virtual time at once."""
        await citizen.time_passes(self._here(), seconds)

    async def shows(self, text: str, within_s: float = PATIENCE_S) -> ScreenView:
        """Wait until this stands on the citizen's screen; returns what else it shows then."""
        screen = (await self._here().rig()).screen
        await screen.until(lambda seen: text in citizen.words_of(seen.view), f"„{text}“", within_s)
        return screen.view

    async def screen(self) -> ScreenView:
        """What the citizen's screen shows now."""
        return (await self._here().rig()).screen.view

    async def outcome(self) -> str:
        """Wait until the visit is over; returns how it ended ("erledigt_beratung"). More than one is a failure."""
        rig = await self._here().rig()
        await self._here().until_true(lambda: rig.booth.outcomes, "der Besuch ist zu Ende")
        found = [outcome for _, outcome in rig.booth.outcomes]
        assert len(found) == 1, f"Ergebnisse: {', '.join(found)}; erwartet war genau eines."
        return found[0]

    async def do(self, sentence: str, table: Sequence[Sequence[str]] | None = None, text: str | None = None) -> None:
        """Do what a sentence of scenarios says ("Wenn die Tür aufgeht"), ours or those of others; see `lisa steps`.

        `table` and `text` are what would stand below it.
        """
        await do(self._here(), sentence, table, text)

    async def rig(self) -> Rig:
        """Booth and exchange themselves, for what is not to be had here."""
        return await self._here().rig()

    def _here(self) -> Scene:
        """The scene, to whoever runs in its loop. Raises `HarnessError`."""
        if asyncio.get_running_loop() is self._loop:
            return self.scene
        what = say("Dieser Test läuft in einer anderen Schleife als die Kabine.")
        raise HarnessError(
            f"{what} {say('LISA führt „async def“ selbst aus: Marken wie asyncio oder anyio weglassen.')}"
        )


class AsyncSeatedAgent:
    """An agent at her desk. `desk` is the desk itself: what she sees stands there."""

    def __init__(self, scene: Scene, name: str, desk: DeskClient) -> None:
        self.name, self.desk = name, desk
        self._scene = scene

    async def ready(self) -> None:
        """She takes calls from now on."""
        self.desk.ready()
        await self.desk.until(lambda desk: desk.state in ("bereit", "klingelt"), "bereit")

    async def rings(self, within_s: float | None = None) -> None:
        """Wait until her desk rings; `within_s` counts from the citizen's coming in."""
        await self._scene.rang(self.desk, within_s)

    async def accept(self) -> None:
        """She waits for the ringing, takes the call, and the talk goes on."""
        await desks.agent_accepts(self._scene, self.name)

    async def reject(self) -> None:
        """She waits for the ringing and rejects the call."""
        await desks.agent_rejects(self._scene, self.name)

    async def forward(self, office: str) -> None:
        """She forwards the call to this office ("Wohngeldstelle")."""
        await desks.agent_forwards(self._scene, self.name, office)

    async def hang_up(self) -> None:
        """She ends the talk."""
        await desks.agent_hangs_up(self._scene, self.name)
