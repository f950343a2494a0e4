"""The booth's end of a leg: offered, accepted, the agent's face brought to the screen, tried again when it breaks.

    booth                          exchange                        desk
    OpenLeg (visit machine)                                        Taken(leg): make the desk's end
    leg.offer()   -- media.offer(leg, sdp) -->  relayed  -->       desk_leg.answer(sdp)
    leg.accept()  <-- media.answer(leg, sdp) -- relayed  <--
    leg.connected() ================ pictures and sound, past the exchange ================
    faces() -> screen, until CloseLeg, a fault or wiping

A description for another leg is stale and dropped. A leg that does not come about in time is offered again under the
same id, LEG_TRIES times; then the desk is told that there are no media, and the visit goes on without. One that has
stood and breaks, as when an end gets another address, is offered again until it stands or the call is over: citizen
and agent are told that it is broken, and that it is back. Where nothing came any more the link is dialled anew as
well: it may rest on the same address.
While the door is open, or the citizen outside, the leg stays, muted and with a cover instead of the table.

`BoothLegs` holds the one leg that is open. Its tasks are those of the visit, so wiping ends it like everything else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from lisa_core.booth.kit import BoothKit
from lisa_core.booth.screen import texts
from lisa_core.booth.tasks import Tasks
from lisa_core.domain.model.errors import DeviceFault, ProtocolError
from lisa_core.domain.model.ids import CallId, LegId
from lisa_core.domain.model.media.media_ways import DIRECT, MediaWays, RelayTrouble
from lisa_core.equipment.slots.call import BoothLeg
from lisa_core.host.causes import cause
from lisa_core.wire.logger import Logger
from lisa_core.wire.messages import MediaAnswer, MediaOffer, RelayMissing

CONNECT_TIMEOUT_S = 10.0
LEG_TRIES = 3
LEG_PAUSE_S = 1.0

log = Logger("lisa.booth")


class LegRunner:
    """`run` lives as long as the leg; cancelling it ends the leg and takes the face off the screen."""

    def __init__(self, kit: BoothKit, call: CallId, leg: LegId, stands: Callable[[], None]) -> None:
        """`stands` is called when picture and sound begin to run."""
        self.id = leg
        self._kit, self._call, self._stands = kit, call, stands
        self._leg: BoothLeg | None = None
        self._guarded, self._held, self._citizen_shown = False, False, True
        self._answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def run(self, ways: MediaWays) -> None:
        """One try; may be called again on the same leg. Raises `DeviceFault` when media do not come about, or break."""
        self._answer = asyncio.get_running_loop().create_future()
        slots = self._kit.slots
        devices = slots.citizen_camera, slots.document_camera, slots.microphone, slots.loudspeaker
        leg = await self._kit.media.booth_leg(*devices, ways=ways)
        self._leg = leg
        try:
            self.guard(self._guarded)
            leg.hold(self._held)
            leg.show_citizen(self._citizen_shown)
            offer = await leg.offer()
            self._tell(leg.relay_trouble, ways)
            self._kit.uplink.send(MediaOffer(self.id, offer), self._call)
            async with asyncio.timeout(CONNECT_TIMEOUT_S):
                await leg.accept(await self._answer)
            await leg.connected(CONNECT_TIMEOUT_S)
            self._stands()
            async for face in leg.faces():
                await slots.screen.show_face(face)
                if leg.fault is not None:
                    break
            if leg.fault is not None:
                raise leg.fault
        except (TimeoutError, ProtocolError) as error:
            raise DeviceFault("call.failed", texts.NO_MEDIA.format(cause(error)), retryable=True) from error
        finally:
            self._leg = None
            await slots.screen.show_face(b"")
            await leg.aclose()

    def _tell(self, trouble: RelayTrouble | None, ways: MediaWays) -> None:
        """Tell the exchange that no relay gives a way. Raises `DeviceFault` where there is to be no other."""
        if trouble is not None:
            self._kit.uplink.send(RelayMissing(trouble), self._call)
            if ways.relay_only:
                raise DeviceFault("call.relay", texts.NO_RELAY.format(trouble), retryable=True)

    def answered(self, body: MediaAnswer) -> None:
        """The desk's description came; one for another leg is stale."""
        if body.leg == self.id and not self._answer.done():
            self._answer.set_result(body.sdp)

    def voice_level(self) -> float:
        """How loud the agent is; 0.0 before there is a leg."""
        return self._leg.voice_level() if self._leg is not None else 0.0

    def show_citizen(self, shown: bool) -> None:
        """Let the citizen's picture go out, or a cover."""
        self._citizen_shown = shown
        if self._leg is not None:
            self._leg.show_citizen(shown)

    def hold(self, on: bool) -> None:
        """Nothing is heard of the agent while she speaks with a colleague."""
        self._held = on
        if self._leg is not None:
            self._leg.hold(on)

    def guard(self, on: bool) -> None:
        """Sound and papers are kept in the booth while `on`, and nothing of the agent is heard outside."""
        self._guarded = on
        if self._leg is not None:
            self._leg.mute(on)
            self._leg.document_shown = not on


class BoothLegs:
    """The leg that is open, if one is. `news` hears what is new of it, as a code of `texts.NOTICES`: `media.failed`,
    that it does not come about; `media.lost`, that it is broken, and `media.back`, that it stands again."""

    def __init__(self, kit: BoothKit, tasks: Tasks, news: Callable[[str], None]) -> None:
        self._kit, self._tasks, self._news = kit, tasks, news
        self.broken = False
        """Whether picture and sound have run in this leg, and do not run now."""
        self._stood = False
        self._open: tuple[LegRunner, asyncio.Task[None]] | None = None
        self.ways = DIRECT
        """Over which servers the next try goes."""

    def open(self, call: CallId, leg: LegId) -> None:
        """Offer it to the desk."""
        self._stood = self.broken = False
        runner = LegRunner(self._kit, call, leg, self._stands)
        self._open = (runner, self._tasks.spawn(self._run(runner)))

    async def _run(self, runner: LegRunner) -> None:
        tries = 0
        while self._stood or tries < LEG_TRIES:
            tries += 1
            try:
                await runner.run(self.ways)
            except DeviceFault as fault:
                log.warning("leg", code=fault.code, text=str(fault), error=str(fault.__cause__ or ""))
                if fault.code == "call.silent":
                    self._kit.uplink.renew()
                # Whoever hangs up, or loads the desk's page anew, ends this one while it waits: nothing is broken then.
                await asyncio.sleep(LEG_PAUSE_S)
                self._breaks()
                self._kit.uplink.withdraw(("media.",))
                await self._kit.uplink.up()
        self._news("media.failed")

    def _stands(self) -> None:
        if self.broken:
            self._news("media.back")
        self._stood, self.broken = True, False

    def _breaks(self) -> None:
        """Of a leg that never stood nobody misses anything."""
        if self._stood and not self.broken:
            self._news("media.lost")
            self.broken = True

    def close(self) -> None:
        """What was meant for this desk is not for the next one: case and media that have not left are withdrawn."""
        self._kit.uplink.withdraw(("case.", "media."))
        self._stood = self.broken = False  # what ends now is to end
        if self._open is not None:
            self._open[1].cancel()
            self._open = None

    def hold(self, on: bool) -> None:
        """Nothing is heard of the agent while she speaks with a colleague."""
        if self._open is not None:
            self._open[0].hold(on)

    def guard(self, on: bool) -> None:
        """Sound and papers are kept in the booth while `on`."""
        if self._open is not None:
            self._open[0].guard(on)

    def show_citizen(self, shown: bool) -> None:
        """Let the citizen's picture go out, or a cover."""
        if self._open is not None:
            self._open[0].show_citizen(shown)

    def voice_level(self) -> float:
        """How loud the agent is; 0.0 where no leg is open."""
        return self._open[0].voice_level() if self._open is not None else 0.0

    def answered(self, body: MediaAnswer) -> None:
        """The desk's description came."""
        if self._open is not None:
            self._open[0].answered(body)
