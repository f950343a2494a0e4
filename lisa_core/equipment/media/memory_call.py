"""A leg in memory: pictures and sound by reference, no socket, no thread, no timer of its own; for virtual time.

The descriptions are tokens ("memory:3") that pair the ends in the factory that made them. Pictures come as often as the
booth's cameras give them: cameras of a memory booth should give one per change, not fifteen a second.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from functools import partial

from lisa_core.domain.model.errors import DeviceFault, ProtocolError
from lisa_core.domain.model.frames import AudioBlock, Frame
from lisa_core.domain.model.media.media_ways import DIRECT, MediaWays, RelayTrouble
from lisa_core.equipment.media.camera_faults import LEG_OVER, NO_PICTURE, NOT_ANSWERED, UNREACHABLE
from lisa_core.equipment.media.face import face_frame, face_jpeg
from lisa_core.equipment.media.newest import EndedError, Newest
from lisa_core.equipment.media.outlet import COVER, Outgoing
from lisa_core.equipment.media.pictures import Loudness
from lisa_core.equipment.media.sound.voice import BLOCK_SAMPLES, SILENCE
from lisa_core.equipment.slots.devices import Camera, Loudspeaker, Microphone
from lisa_core.host.clock import now_us

VOICE_LEVEL = 0.2
VOICE = b"\x00\x20\x00\xe0" * (BLOCK_SAMPLES // 2)
"""What is heard of an agent in memory: nobody listens to it, so it need not sound like one."""


class MemoryMedia:
    """`equipment.slots.call.MediaFactory` in memory: both ends must come from the same one."""

    def __init__(self) -> None:
        self.offers: dict[str, MemoryBoothLeg] = {}
        self.questions: dict[str, MemoryColleagueLeg] = {}
        self._made = 0

    async def booth_leg(
        self,
        citizen: Camera,
        document: Camera,
        microphone: Microphone,
        loudspeaker: Loudspeaker | None = None,
        *,
        ways: MediaWays = DIRECT,
    ) -> MemoryBoothLeg:
        return MemoryBoothLeg(self, self.token(), Outgoing(citizen, document, microphone), loudspeaker)

    async def desk_leg(self, agent_name: str, *, ways: MediaWays = DIRECT) -> MemoryDeskLeg:
        return MemoryDeskLeg(self, agent_name)

    async def colleague_leg(self, agent_name: str, *, ways: MediaWays = DIRECT) -> MemoryColleagueLeg:
        return MemoryColleagueLeg(self, agent_name)

    def token(self) -> str:
        """A description that no other end has."""
        self._made += 1
        return f"memory:{self._made}"


class MemoryBoothLeg:
    """`equipment.slots.call.BoothLeg` in memory."""

    relay_trouble: RelayTrouble | None = None

    def __init__(
        self, media: MemoryMedia, token: str, outgoing: Outgoing, loudspeaker: Loudspeaker | None = None
    ) -> None:
        self._media, self._token, self.outgoing = media, token, outgoing
        self._loudspeaker, self._held = loudspeaker, False
        self.turn = asyncio.Event()
        """Who may be heard has changed, or speaks now."""
        self.face, self.voice = Newest[bytes](), Loudness()
        self.desk: MemoryDeskLeg | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._settled = asyncio.Event()

    @property
    def document_shown(self) -> bool:
        return self.outgoing.shown

    @document_shown.setter
    def document_shown(self, shown: bool) -> None:
        self.outgoing.show(shown)

    async def offer(self) -> str:
        self._media.offers[self._token] = self
        return self._token

    async def accept(self, answer: str) -> None:
        if self.desk is None or answer != f"{self._token}:answer":
            raise ProtocolError(f"{answer[:40]!r} is not the answer to the offer {self._token!r}")
        works = self.outgoing.pumps(self._hear)
        if self._loudspeaker is not None:
            works = (*works, self.outgoing.noting_faults(partial(self._loudspeaker.play, _Spoken(self))))
        self._tasks = [asyncio.create_task(work) for work in works]
        self.face.put(face_jpeg(self.desk.agent_name))
        self._settled.set()

    async def connected(self, timeout_s: float) -> None:
        try:
            async with asyncio.timeout(timeout_s):
                await self._settled.wait()
        except TimeoutError:
            text = UNREACHABLE.format(f"{timeout_s:g}")
            raise DeviceFault("call.unreachable", text, retryable=True) from None
        if self.face.ended:
            raise DeviceFault("call.failed", LEG_OVER, retryable=True)

    async def faces(self) -> AsyncIterator[bytes]:
        seen = 0
        while True:
            try:
                jpeg = await self.face.after(seen)
            except EndedError:
                return
            seen = self.face.count
            yield jpeg

    def show_citizen(self, shown: bool) -> None:
        self.outgoing.show_citizen(shown)

    def mute(self, muted: bool) -> None:
        self.outgoing.muted = muted
        self.turn.set()

    def hold(self, on: bool) -> None:
        self._held = on
        self.turn.set()

    def heard_for_s(self) -> float:
        """For how many seconds from now the agent may be heard; 0.0 when she is silent, or is to be."""
        if self.desk is None or self.outgoing.muted or self._held:
            return 0.0
        return max(0.0, (self.desk.voice_until_us - now_us()) / 1_000_000)

    def voice_level(self) -> float:
        return VOICE_LEVEL if self.desk and now_us() < self.desk.voice_until_us else 0.0

    def last_frame_age_us(self) -> int | None:
        """A still face does not age while the desk is there: nothing can freeze in memory."""
        return self.face.age_us() if self.face.ended else 0 if self.face.count else None

    @property
    def fault(self) -> DeviceFault | None:
        return self.outgoing.fault

    async def aclose(self) -> None:
        self._media.offers.pop(self._token, None)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.outgoing.end()
        self.face.end()
        self._settled.set()

    def _hear(self, pcm: bytes) -> None:
        if self.desk is not None:
            self.desk.voice.hear_pcm(pcm)


class _Spoken:
    """The agent's voice: one block when it begins and one of silence when it ends; virtual time needs no more."""

    def __init__(self, leg: MemoryBoothLeg) -> None:
        self._leg = leg

    async def __aiter__(self) -> AsyncIterator[AudioBlock]:
        before = False
        while True:
            self._leg.turn.clear()
            left_s = self._leg.heard_for_s()
            if (left_s > 0) is not before:
                before = left_s > 0
                yield AudioBlock(VOICE if before else SILENCE, now_us())
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(left_s or None):
                    await self._leg.turn.wait()


class MemoryDeskLeg:
    """`equipment.slots.call.DeskLeg` in memory."""

    relay_trouble: RelayTrouble | None = None

    def __init__(self, media: MemoryMedia, agent_name: str) -> None:
        self._media, self.agent_name = media, agent_name
        self._booth: MemoryBoothLeg | None = None
        self.voice, self.voice_until_us = Loudness(), 0

    async def answer(self, offer: str) -> str:
        booth = self._media.offers.get(offer)
        if booth is None or booth.desk is not None:
            raise ProtocolError(f"{offer[:40]!r} is no offer that waits for an answer")
        self._booth, booth.desk = booth, self
        return f"{offer}:answer"

    async def first_citizen_frame(self, timeout_s: float) -> Frame:
        return await self._first(self._outgoing.citizen, timeout_s, "der Person")

    async def first_document_frame(self, timeout_s: float) -> Frame:
        return await self._first(self._outgoing.document, timeout_s, "der Unterlagen")

    def citizen_frame(self) -> Frame | None:
        return self._outgoing.citizen.value

    def document_frame(self) -> Frame | None:
        frame = self._outgoing.document.value
        return None if frame is COVER else frame

    def frames(self) -> tuple[int, int]:
        return self._outgoing.citizen.count, self._outgoing.document.count

    def speak(self, seconds: float) -> None:
        self.voice_until_us = now_us() + round(seconds * 1_000_000)
        self._turn()

    def voice_level(self) -> float:
        return self.voice.level()

    async def aclose(self) -> None:
        self.voice_until_us = 0
        self._turn()
        if self._booth is not None:
            self._booth.face.end()

    def _turn(self) -> None:
        if self._booth is not None:
            self._booth.turn.set()

    @property
    def _outgoing(self) -> Outgoing:
        if self._booth is None:
            raise DeviceFault("call.no_picture", NOT_ANSWERED, retryable=True)
        return self._booth.outgoing

    async def _first(self, source: Newest[Frame], timeout_s: float, what: str) -> Frame:
        seen = 0
        try:
            async with asyncio.timeout(timeout_s):
                while (frame := await source.after(seen)) is COVER:
                    seen = source.count
        except (TimeoutError, EndedError):
            text = NO_PICTURE.format(what, f"{timeout_s:g}")
            raise DeviceFault("call.no_picture", text, retryable=True) from None
        return frame


class MemoryColleagueLeg:
    """`equipment.slots.call.ColleagueLeg` in memory."""

    relay_trouble: RelayTrouble | None = None

    def __init__(self, media: MemoryMedia, agent_name: str) -> None:
        self._media, self._agent_name, self._token = media, agent_name, media.token()
        self._other: MemoryColleagueLeg | None = None
        self._met, self._voice_until_us = asyncio.Event(), 0

    async def offer(self) -> str:
        self._media.questions[self._token] = self
        return self._token

    async def accept(self, answer: str) -> None:
        if self._other is None or answer != f"{self._token}:answer":
            raise ProtocolError(f"{answer[:40]!r} is not the answer to the offer {self._token!r}")
        self._met.set()
        self._other._met.set()

    async def answer(self, offer: str) -> str:
        asking = self._media.questions.pop(offer, None)
        if asking is None:
            raise ProtocolError(f"{offer[:40]!r} is no offer that waits for an answer")
        self._other, asking._other = asking, self
        return f"{offer}:answer"

    async def first_face(self, timeout_s: float) -> Frame:
        try:
            async with asyncio.timeout(timeout_s):
                await self._met.wait()
        except TimeoutError:
            text = NO_PICTURE.format("der Kollegin", f"{timeout_s:g}")
            raise DeviceFault("call.no_picture", text, retryable=True) from None
        return face_frame(self._other._agent_name if self._other else "")

    def speak(self, seconds: float) -> None:
        self._voice_until_us = now_us() + round(seconds * 1_000_000)

    def voice_level(self) -> float:
        other = self._other
        return VOICE_LEVEL if other and self._met.is_set() and now_us() < other._voice_until_us else 0.0

    async def aclose(self) -> None:
        self._media.questions.pop(self._token, None)
        self._voice_until_us = 0
        self._met.clear()
