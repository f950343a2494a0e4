#!/bin/sh
# After one packet that comes a second late, aiortc gives out every picture of a video a second late, for good.
#
# Expected: RTP marks the last packet of a picture (for VP8 RFC 7741, 4.1). When the late one is there, all the pictures
# behind it are whole and can be given out, and a live picture is live again.
# Seen: each packet that comes gives out one picture at most, so those that had to wait stay in the buffer, and all that
# follow wait behind them. Each longer gap adds to it; `getStats()` has no figure for it. (One picture is behind before as
# well: for aiortc a picture ends when the next one begins.)
# Matters: after one bad moment of a mobile line the citizen's lips are behind the sound for the rest of the talk. Measure
# the age of pictures on a line that loses, not on a desk, and give the receiver a jitter buffer that gives out all that is
# whole.
#
# Version: aiortc 1.16.0 with aioice 0.13.0. Seen on Debian 12 (x86_64), Python 3.11.7, November 2026:
#   ten pictures a second; one packet comes a second late
#   pictures behind: 1 before, 10 four seconds afterwards
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'aiortc==1.16.0' 'aioice==0.13.0' 'av==18.1.0'

cat >"$room/ask.py" <<'PY'
import asyncio, statistics, sys
from fractions import Fraction

import aioice.ice
import av
from aiortc import RTCPeerConnection, VideoStreamTrack
from aiortc.rtp import is_rtcp

aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: ["127.0.0.1"]
BEFORE, AFTER, LATE_S = 20, 50, 1


class Camera(VideoStreamTrack):
    """A small grey picture each tenth of a second; one fits in a packet."""

    made = 0

    async def recv(self):
        await asyncio.sleep(0.1)
        picture = av.VideoFrame(64, 64, "yuv420p")
        for plane in picture.planes:
            plane.update(bytes([self.made]) * plane.buffer_size)
        picture.pts, picture.time_base = self.made * 9000, Fraction(1, 90000)
        self.made += 1
        return picture


class Line:
    """Carries everything; holds one packet back, and what is sent again in its place."""

    def __init__(self, transport):
        self.carry, transport._send_rtp = transport._send_rtp, self.send
        self.to_hold, self.held, self.kept = False, None, None

    async def send(self, data):
        if self.to_hold and not is_rtcp(data):
            self.to_hold, self.held, self.kept = False, data[2:4], data
            asyncio.get_running_loop().call_later(LATE_S, self.let_go)
        elif self.held is None or is_rtcp(data) or data[2:4] != self.held:
            await self.carry(data)

    def let_go(self):
        self.held = None
        self.going = asyncio.ensure_future(self.carry(self.kept))


async def talk():
    """How many pictures the camera was ahead of each picture that came."""
    caller, callee, camera = RTCPeerConnection(), RTCPeerConnection(), Camera()
    line = Line(caller.addTrack(camera).transport)
    (there,) = caller.getTransceivers()
    there.setCodecPreferences([c for c in there.sender.getCapabilities("video").codecs if c.mimeType == "video/VP8"])
    come = asyncio.get_running_loop().create_future()
    callee.on("track", come.set_result)
    await caller.setLocalDescription(await caller.createOffer())
    await callee.setRemoteDescription(caller.localDescription)
    await callee.setLocalDescription(await callee.createAnswer())
    await caller.setRemoteDescription(callee.localDescription)
    track, behind, first = await come, [], None
    while len(behind) < BEFORE + AFTER:
        picture = await track.recv()
        first = picture.pts if first is None else first
        behind.append(camera.made - 1 - (picture.pts - first) // 9000)
        line.to_hold = len(behind) == BEFORE
    await caller.close()
    await callee.close()
    return behind


behind = asyncio.run(asyncio.wait_for(talk(), 60))
before, after = statistics.median(behind[10:BEFORE]), statistics.median(behind[-10:])
print("ten pictures a second; one packet comes a second late")
print(f"pictures behind: {before:.0f} before, {after:.0f} four seconds afterwards")
if before > 3 or after < before + 7:
    sys.exit(f"Changed: aiortc is {before:.0f} pictures behind before a late packet and {after:.0f} afterwards.")
PY
"$room/venv/bin/python" "$room/ask.py"
