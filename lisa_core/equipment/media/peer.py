"""One end of a peer connection: set-up, waiting, own tasks, and an end that leaves nothing behind."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Iterator

import av
from aiortc import MediaStreamTrack, RTCPeerConnection, RTCRtpTransceiver, RTCSessionDescription
from aiortc.exceptions import InternalError, InvalidAccessError, InvalidStateError, OperationError
from aiortc.mediastreams import MediaStreamError

from lisa_core.domain.model.errors import DeviceFault, ProtocolError
from lisa_core.domain.model.media.media_ways import DIRECT, MediaWays, RelayTrouble
from lisa_core.equipment.media.camera_faults import LEG_OVER, UNREACHABLE
from lisa_core.equipment.media.description import KINDS, check_description, with_candidates_everywhere
from lisa_core.equipment.media.tuning import stop_connecting, video_codecs
from lisa_core.equipment.media.ways.relays import Gathering, configuration
from lisa_core.wire.logger import Logger

NOT_SDP = (
    ValueError,
    AssertionError,
    LookupError,
    AttributeError,
    TypeError,
    RuntimeError,
    InternalError,
    InvalidAccessError,
    InvalidStateError,
    OperationError,
)
"""What aiortc raises on a description that is none, at once or when it answers: it parses without checks."""

OVER = ("failed", "closed")
SILENT_LOOKS = 5
"""Looks in a row, a second or more apart, at which nothing had come since the one before. A program that was held up
itself counts one look for all that time; ICE alone would need half a minute."""
_RECEIVED = "_RTCDtlsTransport__rx_packets"
"""What aiortc counts; it comes at least once a second, as reports on what we send do (RFC 3550)."""
CLOSE_S = 3.0
"""Seconds for closing a connection: one that does not end must hold up neither a desk nor the wiping."""

log = Logger("lisa.media")


class LegConnection:
    """An `RTCPeerConnection` and the tasks that feed and empty its tracks."""

    def __init__(self, wanted: tuple[str, ...] = KINDS, ways: MediaWays = DIRECT) -> None:
        self._wanted = wanted
        self._gathering = Gathering(ways)
        self._connection = RTCPeerConnection(configuration(ways))
        self._changed = asyncio.Event()
        self._connection.on("connectionstatechange", self._wake)
        self._tasks: set[asyncio.Task[None]] = set()
        self._out: list[MediaStreamTrack] = []
        self._closing: asyncio.Task[None] | None = None
        self._received, self._silent_looks = 0, 0

    @property
    def state(self) -> str:
        """ "new", "connecting", "connected", "failed" or "closed"."""
        return self._connection.connectionState

    @property
    def lost(self) -> bool:
        """Whether the connection is over though nobody here closed it."""
        return self._closing is None and (self.state in OVER or self._transport_state in OVER)

    @property
    def silent(self) -> bool:
        """Whether nothing has come from the other end for several looks, though nobody has said that it is over."""
        return self._silent_looks >= SILENT_LOOKS

    def look(self) -> None:
        """See whether anything has come; to be called every second while nothing else shows it."""
        media = self._connection.getTransceivers()
        received = getattr(media[0].receiver.transport, _RECEIVED) if media else 0
        self._silent_looks = self._silent_looks + 1 if received == self._received else 0
        self._received = received

    @property
    def trouble(self) -> RelayTrouble | None:
        """Why no relay gave this end a way, once it is described; None where one did or none was asked."""
        return self._gathering.trouble

    @property
    def sender_died(self) -> bool:
        """Whether aiortc gave up sending one of our tracks over a connection that stands."""
        return self._transport_state == "connected" and any(track.readyState == "ended" for track in self._out)

    @property
    def _transport_state(self) -> str:
        """The one bundled transport; it knows that the other end has gone before the connection does."""
        media = self._connection.getTransceivers()
        return media[0].receiver.transport.state if media else "new"

    def send(self, track: MediaStreamTrack, direction: str) -> None:
        """Offer a track; the order of the calls is the order of the media in the description."""
        transceiver = self._connection.addTransceiver(track, direction)
        if track.kind == "video":
            transceiver.setCodecPreferences(video_codecs())
        self._out.append(track)

    def answer_with(self, track: MediaStreamTrack) -> None:
        """Send a track on the first medium of its kind that was offered."""
        self._connection.addTrack(track)
        self._out.append(track)

    async def describe(self) -> str:
        """Return our complete description: an offer, or the answer when an offer was taken."""
        with _trusting_nobody("offer"), self._gathering.noted():
            await self._connection.setLocalDescription()
        return self._connection.localDescription.sdp

    async def take(self, sdp: str, kind: str) -> list[RTCRtpTransceiver]:
        """Take the other end's description, `kind` "offer" or "answer"; return the media in its order."""
        check_description(sdp, kind, self._wanted)
        with _trusting_nobody(kind):
            complete = RTCSessionDescription(with_candidates_everywhere(sdp), kind)
            await self._connection.setRemoteDescription(complete)
        return self._connection.getTransceivers()

    async def connected(self, timeout_s: float) -> None:
        """Wait for the connection. Raises `DeviceFault` `call.unreachable` or `call.failed`."""
        try:
            async with asyncio.timeout(timeout_s):
                while self.state not in ("connected", *OVER):
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            text = UNREACHABLE.format(f"{timeout_s:g}")
            raise DeviceFault("call.unreachable", text, retryable=True) from None
        if self.state != "connected":
            raise DeviceFault("call.failed", LEG_OVER, retryable=True)

    def run(self, work: Coroutine[object, object, None]) -> None:
        """Let something run until it ends or this end is closed."""
        task = asyncio.create_task(work)
        self._tasks.add(task)

    def receive(self, track: MediaStreamTrack | None, put: Callable[..., None]) -> None:
        """Hand each decoded frame of a track to `put`; a track that the other end does not send is no error."""
        if track is not None:
            self.run(_emptied(track, put))

    async def aclose(self) -> None:
        """End it. Goes on to its end even if the caller is cancelled; closing twice is harmless."""
        self._closing = self._closing or asyncio.create_task(self._end())
        await asyncio.shield(self._closing)

    async def _end(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        try:
            async with asyncio.timeout(CLOSE_S):
                await stop_connecting(self._connection)
                await self._connection.close()
        except TimeoutError:
            log.warning("close", state=self.state)
        for track in self._out:
            track.stop()  # nothing more is sent, closed or not
        self._wake()
        # the decoders' last words were posted to the loop while they were joined: let them be said
        await asyncio.sleep(0)

    def _wake(self) -> None:
        self._changed.set()


@contextlib.contextmanager
def _trusting_nobody(kind: str) -> Iterator[None]:
    try:
        yield
    except NOT_SDP as error:
        raise ProtocolError(f"the media {kind} does not fit this call: {error}") from error


async def _emptied(track: MediaStreamTrack, put: Callable[..., None]) -> None:
    with contextlib.suppress(MediaStreamError):
        while True:
            frame = await track.recv()
            if isinstance(frame, av.VideoFrame | av.AudioFrame):
                put(frame)
