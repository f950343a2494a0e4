"""The legs of a desk without a page over WebRTC: to a booth, and to a colleague. The contracts are in
equipment.slots.call."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from aiortc import RTCRtpTransceiver

from lisa_core.domain.model.frames import Frame
from lisa_core.domain.model.media.media_ways import DIRECT, MediaWays, RelayTrouble
from lisa_core.equipment.media.description import BETWEEN_DESKS, KINDS
from lisa_core.equipment.media.face import voice_block
from lisa_core.equipment.media.newest import Newest
from lisa_core.equipment.media.outlet import COVER_SIZE
from lisa_core.equipment.media.peer import LegConnection
from lisa_core.equipment.media.pictures import Loudness, View
from lisa_core.equipment.media.sound.voice import BLOCK_S
from lisa_core.equipment.media.tracks import PERSON_INTERVAL_S, PictureTrack, SoundTrack


class _AgentCall:
    """The agent's face and voice go out; somebody else's come in."""

    def __init__(self, face: AsyncIterator[Frame], wanted: tuple[str, ...], ways: MediaWays) -> None:
        self._source, self._face, self._sound = face, Newest[Frame](), SoundTrack()
        self._other, self._voice = View(), Loudness()
        self._peer = LegConnection(wanted, ways)

    async def answer(self, offer: str) -> str:
        media = await self._peer.take(offer, "offer")
        self._peer.answer_with(self._sound)
        self._peer.answer_with(PictureTrack(self._face, PERSON_INTERVAL_S))
        self._attend(media)
        return await self._peer.describe()

    @property
    def relay_trouble(self) -> RelayTrouble | None:
        return self._peer.trouble

    def speak(self, seconds: float) -> None:
        self._peer.run(self._say(round(seconds / BLOCK_S)))

    def voice_level(self) -> float:
        return self._voice.level()

    async def aclose(self) -> None:
        self._face.end()
        self._other.end()
        await self._peer.aclose()

    def _attend(self, media: list[RTCRtpTransceiver]) -> None:
        self._peer.receive(media[0].receiver.track, self._voice.hear_frame)
        self._peer.receive(media[1].receiver.track, self._other.put)
        self._peer.run(self._show_face())

    async def _show_face(self) -> None:
        async for frame in self._source:
            self._face.put(frame)

    async def _say(self, blocks: int) -> None:
        loop = asyncio.get_running_loop()
        start_s = loop.time()
        for number in range(blocks):
            self._sound.put(voice_block(number))
            await asyncio.sleep(start_s + (number + 1) * BLOCK_S - loop.time())


class DeskCall(_AgentCall):
    """`equipment.slots.call.DeskLeg`: the other one is the citizen, and there is a table."""

    def __init__(self, face: AsyncIterator[Frame], ways: MediaWays = DIRECT) -> None:
        super().__init__(face, KINDS, ways)
        self._document = View(hidden_size=COVER_SIZE)

    async def first_citizen_frame(self, timeout_s: float) -> Frame:
        return await self._other.first(timeout_s, "der Person")

    async def first_document_frame(self, timeout_s: float) -> Frame:
        return await self._document.first(timeout_s, "der Unterlagen")

    def citizen_frame(self) -> Frame | None:
        return self._other.frame()

    def document_frame(self) -> Frame | None:
        return self._document.frame()

    def frames(self) -> tuple[int, int]:
        return self._other.count, self._document.count

    async def aclose(self) -> None:
        self._document.end()
        await super().aclose()

    def _attend(self, media: list[RTCRtpTransceiver]) -> None:
        super()._attend(media)
        self._peer.receive(media[2].receiver.track, self._document.put)


class ColleagueCall(_AgentCall):
    """`equipment.slots.call.ColleagueLeg`: the other one is at a desk as well; the asking desk offers."""

    def __init__(self, face: AsyncIterator[Frame], ways: MediaWays = DIRECT) -> None:
        super().__init__(face, BETWEEN_DESKS, ways)

    async def offer(self) -> str:
        self._peer.send(self._sound, "sendrecv")
        self._peer.send(PictureTrack(self._face, PERSON_INTERVAL_S), "sendrecv")
        return await self._peer.describe()

    async def accept(self, answer: str) -> None:
        self._attend(await self._peer.take(answer, "answer"))

    async def first_face(self, timeout_s: float) -> Frame:
        return await self._other.first(timeout_s, "der Kollegin")
