"""A leg over WebRTC: the booth's end, and who makes all ends. The contracts are in equipment.slots.call."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from functools import partial

import av

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.media.media_ways import DIRECT, MediaWays, RelayTrouble
from lisa_core.equipment.media.camera_faults import DESK_GONE, SENDER_DIED, SILENT
from lisa_core.equipment.media.desk_call import ColleagueCall, DeskCall
from lisa_core.equipment.media.face import drawn_face
from lisa_core.equipment.media.newest import EndedError
from lisa_core.equipment.media.outlet import Outgoing
from lisa_core.equipment.media.peer import LegConnection
from lisa_core.equipment.media.pictures import Loudness, View, mixed_down, to_jpeg
from lisa_core.equipment.media.sound.voice import BLOCK_SAMPLES, GOES_ON, SteadyVoice
from lisa_core.equipment.media.tracks import PERSON_INTERVAL_S, PictureTrack, SoundTrack
from lisa_core.equipment.media.tuning import LOOPBACK, tune
from lisa_core.equipment.slots.devices import Camera, Loudspeaker, Microphone

TABLE_INTERVAL_S = 1 / 10
"""Minimum seconds between two pictures of the table; the camera usually gives fewer."""
FACE_INTERVAL_S = 1 / 15
LOOK_S = 1.0
"""So often, in seconds, it is looked whether the leg is broken while no picture comes."""


class BoothCall:
    """`equipment.slots.call.BoothLeg` over aiortc."""

    def __init__(self, outgoing: Outgoing, loudspeaker: Loudspeaker | None = None, ways: MediaWays = DIRECT) -> None:
        self._outgoing, self._sound = outgoing, SoundTrack()
        self._loudspeaker, self._spoken = loudspeaker, SteadyVoice(GOES_ON)
        self._mono = av.AudioResampler("s16", "mono", 48_000, frame_size=BLOCK_SAMPLES)
        self._held = False
        self._face, self._voice = View(), Loudness()
        self._peer = LegConnection(ways=ways)

    @property
    def document_shown(self) -> bool:
        return self._outgoing.shown

    @document_shown.setter
    def document_shown(self, shown: bool) -> None:
        self._outgoing.show(shown)

    async def offer(self) -> str:
        self._peer.send(self._sound, "sendrecv")
        self._peer.send(PictureTrack(self._outgoing.citizen, PERSON_INTERVAL_S), "sendrecv")
        self._peer.send(PictureTrack(self._outgoing.document, TABLE_INTERVAL_S), "sendonly")
        for work in self._outgoing.pumps(self._sound.put):
            self._peer.run(work)
        return await self._peer.describe()

    async def accept(self, answer: str) -> None:
        media = await self._peer.take(answer, "answer")
        self._peer.receive(media[0].receiver.track, self._hear)
        self._peer.receive(media[1].receiver.track, self._face.put)
        if self._loudspeaker is not None:
            self._peer.run(self._outgoing.noting_faults(partial(self._loudspeaker.play, self._spoken)))

    async def connected(self, timeout_s: float) -> None:
        await self._peer.connected(timeout_s)

    async def faces(self) -> AsyncIterator[bytes]:
        seen = 0
        while True:
            try:
                async with asyncio.timeout(LOOK_S):
                    picture = await self._face.after(seen)
            except TimeoutError:  # a desk that is gone sends no picture either, and is to be noticed all the same
                self._peer.look()
                if self.fault is None:
                    continue
                return
            except EndedError:
                return
            seen = self._face.count
            yield await asyncio.to_thread(to_jpeg, picture)
            await asyncio.sleep(FACE_INTERVAL_S)

    def show_citizen(self, shown: bool) -> None:
        self._outgoing.show_citizen(shown)

    def mute(self, muted: bool) -> None:
        self._outgoing.muted = muted
        self._sound.drop()
        self._hush()

    def hold(self, on: bool) -> None:
        self._held = on
        self._hush()

    def voice_level(self) -> float:
        return self._voice.level()

    def last_frame_age_us(self) -> int | None:
        return self._face.age_us()

    @property
    def relay_trouble(self) -> RelayTrouble | None:
        return self._peer.trouble

    @property
    def fault(self) -> DeviceFault | None:
        if self._peer.lost:
            return DeviceFault("call.lost", DESK_GONE, retryable=True)
        if self._peer.silent:
            return DeviceFault("call.silent", SILENT, retryable=True)
        if self._peer.sender_died:
            return DeviceFault("call.sender", SENDER_DIED, retryable=True)
        return self._outgoing.fault

    async def aclose(self) -> None:
        self._spoken.mute(True)
        self._outgoing.end()
        self._face.end()
        await self._peer.aclose()

    def _hear(self, frame: av.AudioFrame) -> None:
        self._voice.hear_frame(frame)
        if self._loudspeaker is None:
            return
        if (block := mixed_down(frame)) is not None:
            self._spoken.put(block)
            return
        for resampled in self._mono.resample(frame):
            self._spoken.put(resampled.to_ndarray().tobytes())

    def _hush(self) -> None:
        self._spoken.mute(self._outgoing.muted or self._held)


class RtcMedia:
    """`equipment.slots.call.MediaFactory` over WebRTC; `addresses` are those on which this machine may be reached."""

    def __init__(self, addresses: Sequence[str] = LOOPBACK) -> None:
        tune(addresses)

    async def booth_leg(
        self,
        citizen: Camera,
        document: Camera,
        microphone: Microphone,
        loudspeaker: Loudspeaker | None = None,
        *,
        ways: MediaWays = DIRECT,
    ) -> BoothCall:
        return BoothCall(Outgoing(citizen, document, microphone), loudspeaker, ways)

    async def desk_leg(self, agent_name: str, *, ways: MediaWays = DIRECT) -> DeskCall:
        return DeskCall(drawn_face(agent_name), ways)

    async def colleague_leg(self, agent_name: str, *, ways: MediaWays = DIRECT) -> ColleagueCall:
        return ColleagueCall(drawn_face(agent_name), ways)
