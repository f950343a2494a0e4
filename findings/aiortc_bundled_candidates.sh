#!/bin/sh
# aiortc takes the candidates of the last bundled medium, and a browser writes them into the first one only.
#
# Expected: of bundled media the first carries the candidates of all (RFC 9143); Chromium's descriptions are so.
# Seen: `setRemoteDescription` is content, and the transport has no remote candidate at all. On one network nobody notices,
# for the browser finds us; where both ends are behind a relay (iceTransportPolicy "relay") they never meet.
# Matters: a call over TURN between aiortc and a browser does not come about. Copy the candidates of the first medium to
# the others before aiortc sees the description.
#
# Version: aiortc 1.16.0 with aioice 0.13.0. Seen on Debian 12 (x86_64), Python 3.11.7, November 2026:
#   in each medium       1 remote candidate
#   in the first medium  0 remote candidates
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'aiortc==1.16.0' 'aioice==0.13.0' 'av==18.1.0'

cat >"$room/take.py" <<'PY'
import asyncio, sys

import aioice.ice
from aiortc import RTCBundlePolicy, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack, VideoStreamTrack

aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: ["127.0.0.1"]


def first_only(sdp):
    head, *media = sdp.split("m=")
    rest = ("".join(l for l in one.splitlines(True) if "candidate" not in l) for one in media[1:])
    return "m=".join((head, media[0], *rest))


async def taken(change):
    ours = RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
    caller, callee = RTCPeerConnection(ours), RTCPeerConnection(ours)
    for end in (caller, callee):
        end.addTrack(AudioStreamTrack())
        end.addTrack(VideoStreamTrack())
    await caller.setLocalDescription(await caller.createOffer())
    await callee.setRemoteDescription(caller.localDescription)
    await callee.setLocalDescription(await callee.createAnswer())
    answer = change(callee.localDescription.sdp)
    await caller.setRemoteDescription(RTCSessionDescription(answer, "answer"))
    transport = caller.getTransceivers()[0].receiver.transport.transport
    count = len(transport.getRemoteCandidates())
    await caller.close()
    await callee.close()
    return count


seen = {"in each medium": asyncio.run(taken(str)), "in the first medium": asyncio.run(taken(first_only))}
for name, count in seen.items():
    print(f"{name:20} {count} remote candidate{'' if count == 1 else 's'}")
if seen != {"in each medium": 1, "in the first medium": 0}:
    sys.exit("Changed: aiortc no longer treats the candidates of bundled media as told here.")
PY
"$room/venv/bin/python" "$room/take.py"
