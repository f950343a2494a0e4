#!/bin/sh
# aiortc refuses an offer whose medium names no direction.
#
# Expected: SDP (RFC 8866, 6.7) says that a medium without a direction is `sendrecv`, and that one direction for all media
# may stand above them; telephone gateways leave it out or put it there. An answerer takes both.
# Seen: in both cases `setRemoteDescription` is content, and `createAnswer` ends with ValueError "None is not in list",
# which names neither the line nor the medium.
# Matters: an interpreter of sign language or the 115 who joins through a SIP gateway cannot be let into a talk. Write the
# direction into each medium before aiortc sees the offer.
#
# Version: aiortc 1.16.0 with aioice 0.13.0. Seen on Debian 12 (x86_64), Python 3.11.7, November 2026:
#   in the medium  answered sendrecv
#   above          ValueError: None is not in list
#   nowhere        ValueError: None is not in list
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'aiortc==1.16.0' 'aioice==0.13.0' 'av==18.1.0'

cat >"$room/ask.py" <<'PY'
import asyncio, sys

import aioice.ice
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack

aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: ["127.0.0.1"]
LINE = "a=sendrecv\r\n"
offers = {
    "in the medium": lambda sdp: sdp,
    "above": lambda sdp: sdp.replace(LINE, "").replace("t=0 0\r\n", "t=0 0\r\n" + LINE),
    "nowhere": lambda sdp: sdp.replace(LINE, ""),
}


async def answered(change):
    caller, callee = RTCPeerConnection(), RTCPeerConnection()
    for end in (caller, callee):
        end.addTrack(AudioStreamTrack())
    try:
        await caller.setLocalDescription(await caller.createOffer())
        await callee.setRemoteDescription(RTCSessionDescription(change(caller.localDescription.sdp), "offer"))
        await callee.setLocalDescription(await callee.createAnswer())
        return "answered sendrecv" if LINE in callee.localDescription.sdp else "answered otherwise"
    except ValueError as refused:
        return f"ValueError: {refused}"
    finally:
        await caller.close()
        await callee.close()


seen = {name: asyncio.run(answered(change)) for name, change in offers.items()}
for name, what in seen.items():
    print(f"{name:14} {what}")
refusal = "ValueError: None is not in list"
if seen != {"in the medium": "answered sendrecv", "above": refusal, "nowhere": refusal}:
    sys.exit("Changed: aiortc no longer treats an offer without a direction as told here.")
PY
"$room/venv/bin/python" "$room/ask.py"
