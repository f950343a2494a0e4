"""What arrives of a stream, put in order and given out as soon as it can be: in place of aiortc's jitter buffer.

aiortc's has three ways to be late, and stays late for good:

- a picture is given out when the next one begins: 200 ms at five pictures a second. Here its last packet (RTP marker
  bit, RFC 6184 5.1) is enough;
- each packet that comes gives out one picture at most. When a lost packet comes at last, all that waited for it stay
  behind it, one for one, and a still picture is seconds old from then on. Here all of them are given out;
- a packet that never comes is waited for until 512 others have come: 50 s of a still picture, and with sound a quarter
  of a second that is never made up for (#543). Here after half a second of pictures a key frame is asked for, and shown
  as soon as it is whole; of sound what is lost is left out.

What follows a gap is not shown before a key frame: it would be drawn onto a picture that was never seen.
"""

from __future__ import annotations

import re
from typing import cast

from aiortc.codecs.base import Decoder
from aiortc.jitterbuffer import JitterBuffer, JitterFrame
from aiortc.rtp import RtpPacket
from av.frame import Frame

TICKS = 90_000
"""A second of any video over RTP."""
WAITS = TICKS // 2
GIVES_UP = 5 * TICKS
"""From then on a picture is shown whatever it is: its sender may have key frames that we do not know."""
_H264_START = re.compile(rb"\x00\x00\x01[\x07\x27\x47\x67]")
"""A sequence parameter set (H.264 7.3.1), with which each key frame begins."""
_VP8_START = b"\x9d\x01\x2a"
"""RFC 6386 9.1, after the three bytes of the frame tag."""


class Pictures(JitterFrame):
    """One picture, and those that follow it and are whole as well; their times count from its own."""

    rest: tuple[JitterFrame, ...] = ()


class PromptJitterBuffer(JitterBuffer):
    """A drop-in for aiortc's. Gives out `Pictures` of video."""

    _newest = -1
    """The highest number that came."""
    _gap = _broken = False
    """One is missing, and others have come after it. A picture was left out: nothing is shown before a key frame."""
    _since: int | None = None
    """The time of the picture with which waiting began."""
    _asked = 0

    def add(self, packet: RtpPacket) -> tuple[bool, JitterFrame | None]:
        ask, frame = super().add(packet)
        if not self._is_video:
            return ask, frame
        if ask:  # it ran over, or its sender counts anew: something was left out
            self._newest, self._broken = packet.sequence_number, not (frame and begins_key(frame.data))
            frame = None if self._broken else frame
        return self._asks(packet.timestamp, frame) or ask, frame

    def _remove_frame(self, sequence_number: int) -> JitterFrame | None:
        if not self._is_video:
            return self._oldest() if sum(map(bool, self._packets)) > self._prefetch else None
        if self._newest < 0 or (sequence_number - self._newest) % 2**16 < 2**15:
            self._newest = sequence_number
        pictures = self._taken()
        if self._gap and self._go_to_key():
            pictures += self._taken()
        while self._broken and pictures:
            self._broken = not begins_key(pictures[0].data)
            pictures = pictures[1:] if self._broken else pictures
        return _together(pictures) if pictures else None

    def _asks(self, now: int, frame: JitterFrame | None) -> bool:
        """Whether a key frame is to be asked for, again and again while nothing can be shown."""
        if frame is not None or not (self._broken or self._gap):
            self._since, self._asked = None, 0
            return False
        self._since = now if self._since is None else self._since
        waited = (now - self._since) % 2**32
        if waited >= 2**31:  # older than the first
            return False
        self._broken = self._broken and waited < GIVES_UP
        asked, self._asked = self._asked, max(self._asked, waited // WAITS)
        return self._asked > asked

    def _oldest(self) -> JitterFrame:
        """The first block of sound that is held; what is missing before it does not come any more."""
        while (packet := self._packets[self._start % self._capacity]) is None:
            self.remove(1)
        self.remove(1)
        return JitterFrame(_data(packet), packet.timestamp)

    @property
    def _start(self) -> int:
        return self._origin or 0

    def _taken(self) -> list[JitterFrame]:
        """All whole pictures at the head; they are no longer held."""
        taken: list[JitterFrame] = []
        while packets := self._whole(self._start):
            self.remove(len(packets))
            if data := b"".join(map(_data, packets)):  # packets that only probe the line hold nothing
                taken.append(JitterFrame(data, packets[0].timestamp))
        return taken

    def _whole(self, first: int) -> list[RtpPacket]:
        """The packets of the picture that begins there; none when it is not whole."""
        packets: list[RtpPacket] = []
        for number in range(first, first + self._capacity):
            packet = self._packets[number % self._capacity]
            if packet is None:
                self._gap = 0 < (self._newest - number) % 2**16 < 2**15
                return []
            if packets and packet.timestamp != packets[0].timestamp:
                return packets  # a sender that sets no marker
            packets.append(packet)
            if packet.marker:
                return packets
        return []

    def _go_to_key(self) -> bool:
        """Leave out what lies before the newest whole key frame; whether there is one."""
        for count in reversed(range(1, self._capacity)):
            packet = self._packets[(self._start + count) % self._capacity]
            if packet is not None and begins_key(_data(packet)) and self._whole(self._start + count):
                self.remove(count)
                self._gap = False
                return True
        self._gap = True
        return False


class EachDecoder(Decoder):
    """Decodes all of `Pictures`."""

    def __init__(self, inner: Decoder) -> None:
        self._inner = inner

    def decode(self, encoded_frame: JitterFrame) -> list[Frame]:
        frames = self._inner.decode(encoded_frame)
        for later in getattr(encoded_frame, "rest", ()):
            frames += self._inner.decode(JitterFrame(later.data, encoded_frame.timestamp + later.timestamp))
        return frames


def begins_key(data: bytes) -> bool:
    """Whether a picture can be drawn from here on (H.264 or VP8)."""
    return _H264_START.search(data) is not None or (data[3:6] == _VP8_START and not data[0] & 1)


def _together(pictures: list[JitterFrame]) -> Pictures:
    first, *rest = pictures
    found = Pictures(first.data, first.timestamp)
    found.rest = tuple(JitterFrame(one.data, (one.timestamp - first.timestamp) % 2**32) for one in rest)
    return found


def _data(packet: RtpPacket) -> bytes:
    """aiortc's receiver hangs the depacketized bytes onto each packet as `_data`."""
    return cast("bytes", vars(packet)["_data"])
