"""Everything in which our aiortc differs from aiortc as installed, with the reason for each.

Not changed but to be known: a sender whose track or encoder raises ends without a word (its track is then "ended"; the
ends of a leg look at that); a remote track's queue is unbounded (#1091), so every track is read all the time; there is
no ICE restart, so a broken leg is replaced by a new one.
"""

from __future__ import annotations

import asyncio
import fractions
import math
from collections.abc import Awaitable, Callable, Iterator, Sequence
from weakref import WeakKeyDictionary

import aioice.ice
import aiortc.codecs
import aiortc.rtcrtpreceiver
import aiortc.rtcrtpsender
import aiortc.rtp
import av
import numpy as np
from aiortc import RTCPeerConnection, RTCRtpCodecParameters, RTCRtpSender
from aiortc.codecs.base import Decoder, Encoder
from aiortc.codecs.h264 import H264Encoder
from aiortc.rtcrtpparameters import RTCRtpCodecCapability
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType

from lisa_core.equipment.media.rtp.changed_rows import ChangedRows
from lisa_core.equipment.media.rtp.jitter import EachDecoder, PromptJitterBuffer
from lisa_core.equipment.media.ways.relays import relayed_candidate

LOOPBACK = ("127.0.0.1",)
LARGE_PIXELS = 1280 * 720
"""Above this a picture is a table (few, still, legible), up to this a person (many, moving)."""
SHORTEST = 8
"""Bytes of the shortest message that may come to the port of a leg: RTCP without a report (RFC 3550, 6.1)."""

_original_addresses = aioice.ice.get_host_addresses
_original_encoder, _original_decoder = aiortc.codecs.get_encoder, aiortc.codecs.get_decoder
_original_received = aioice.ice.Connection.data_received
_CONNECT = "_RTCPeerConnection__connect"
_original_connect: Callable[[RTCPeerConnection], Awaitable[None]] = getattr(RTCPeerConnection, _CONNECT)
_connecting: WeakKeyDictionary[RTCPeerConnection, set[asyncio.Task[object]]] = WeakKeyDictionary()


def video_codecs() -> list[RTCRtpCodecCapability]:
    """H.264 first: with preset ultrafast it costs 40 % less than VP8; VP8 stays for a peer without it."""
    rank = {"video/H264": 0, "video/VP8": 1, "video/rtx": 2}
    offered = RTCRtpSender.getCapabilities("video").codecs
    return sorted(offered, key=lambda codec: rank.get(codec.mimeType, 3))


def own_addresses(use_ipv4: bool = True, use_ipv6: bool = True) -> list[str]:
    """All addresses of this machine on which it may be reached, loopback first.

    aioice leaves loopback out, so that two ends on a machine without a network never meet. Firefox on the other hand
    pairs nothing with loopback: it reaches us on an address of the network, even where both are one machine.
    """
    return [*LOOPBACK, *_original_addresses(use_ipv4, use_ipv6)]


def tune(addresses: Sequence[str] = LOOPBACK) -> None:
    """Apply the changes; calling again replaces the addresses. `addresses` () means `own_addresses`.

    They are looked up anew for each leg, since a network may come later than a booth.
    """

    def host_addresses(use_ipv4: bool, use_ipv6: bool) -> list[str]:
        return list(addresses) or own_addresses(use_ipv4, use_ipv6)

    changes = (
        (aioice.ice, "get_host_addresses", host_addresses),
        (aioice.ice, "relayed_candidate", relayed_candidate),
        (aioice.ice.Connection, "data_received", _something_received),
        (aiortc.rtcrtpreceiver, "JitterBuffer", PromptJitterBuffer),
        (aiortc.rtcrtpreceiver, "get_decoder", _decoder),
        (aiortc.rtcrtpsender, "get_encoder", _encoder),
        (aiortc.rtp, "compute_audio_level_dbov", loudness_dbov),
        (RTCPeerConnection, _CONNECT, _connect_noted),
    )
    for owner, name, changed in changes:
        setattr(owner, name, changed)


def _something_received(connection: aioice.ice.Connection, data: bytes, component: int) -> None:
    """Hand on what may be a message; what is shorter than any of them is nobody's, and no reason for a leg to end."""
    if len(data) >= SHORTEST:
        _original_received(connection, data, component)


async def stop_connecting(connection: RTCPeerConnection) -> None:
    """End the tasks with which a connection is being set up; to be done before it is closed.

    aiortc starts them and forgets them. Closed meanwhile they go on: they wait for ever, start senders on a closed
    transport, or die as "Task exception was never retrieved".
    """
    tasks = _connecting.pop(connection, set())
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _connect_noted(connection: RTCPeerConnection) -> None:
    if task := asyncio.current_task():
        _connecting.setdefault(connection, set()).add(task)
    await _original_connect(connection)


def loudness_dbov(frame: av.AudioFrame) -> int:
    """How loud a block (s16) is, -127 to 0 (RFC 6465, appendix A).

    aiortc goes through its samples one by one in Python: a hundred times a second, 3 % of a core.
    """
    samples = frame.to_ndarray().ravel().astype(np.float32)
    power = float(np.dot(samples, samples)) / (max(frame.samples, 1) * 32_767**2)
    return round(max(-127.0, min(0.0, 10 * math.log10(power)))) if power > 0 else -127


class SteadyH264Encoder(H264Encoder):
    """x264 with a preset, and one rate for good.

    aiortc sets no preset ("medium": three times the CPU of "ultrafast"), and it throws the encoder away whenever the
    peer's estimate moves by a tenth, which costs a key frame each time (4 to 10 in nine seconds). What has not changed
    since the picture before is not converted again.
    """

    def __init__(self) -> None:
        super().__init__()
        self._changed = ChangedRows()

    def _encode_frame(self, frame: av.VideoFrame, force_keyframe: bool) -> Iterator[bytes]:
        width, height = (max(2, side - side % 2) for side in (frame.width, frame.height))
        if (width, height) != (frame.width, frame.height):  # x264 takes none whose sides are odd, and ends its sender
            even = frame.reformat(width, height, "yuv420p")
            even.pts, even.time_base = frame.pts, frame.time_base
            frame = even
        elif frame.format.name == "rgb24":
            frame = self._changed.converted(frame)
        codec = self.codec
        if codec is None or (codec.width, codec.height) != (width, height):
            codec = self.codec = _x264(width, height)
        frame.pict_type = PictureType.I if force_keyframe else PictureType.NONE
        data = b"".join(bytes(packet) for packet in codec.encode(frame))
        if data:
            yield from self._split_bitstream(data)


def _x264(width: int, height: int) -> VideoCodecContext:
    """Constant quality under a ceiling: a still picture costs next to nothing.

    The buffer bounds a key frame to 125 kB: as many packets as aiortc keeps for retransmission (128), and no more than
    a receiver's socket takes in one go.
    """
    large = width * height > LARGE_PIXELS
    codec = av.CodecContext.create("libx264", "w")
    codec.width, codec.height, codec.pix_fmt = width, height, "yuv420p"
    codec.framerate = fractions.Fraction(5 if large else 15)
    codec.time_base = fractions.Fraction(1, 90_000)
    codec.profile = "Baseline"
    codec.thread_count = 1
    codec.options = {
        "preset": "ultrafast",
        "tune": "zerolatency",
        "crf": "24" if large else "26",
        "maxrate": "4000000" if large else "1500000",
        "bufsize": "1000000",
    }
    return codec


def _encoder(codec: RTCRtpCodecParameters) -> Encoder:
    return SteadyH264Encoder() if codec.name == "H264" else _original_encoder(codec)


def _decoder(codec: RTCRtpCodecParameters) -> Decoder:
    return EachDecoder(_original_decoder(codec))
